"""The composition root: builds everything, connects it, and cleans up in reverse order. Nobody else knows everybody."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from ptodesk_gui.application import connections
from ptodesk_gui.application.backstage import Backstage
from ptodesk_gui.application.call import CallAtHand, Phase
from ptodesk_gui.application.calling import Calling
from ptodesk_gui.application.clips import Clips
from ptodesk_gui.application.clock import Clock
from ptodesk_gui.application.copying import let_go
from ptodesk_gui.application.leaving import Leaving
from ptodesk_gui.application.place import Place
from ptodesk_gui.application.procedure import Found, Procedure
from ptodesk_gui.application.saying import Saying
from ptodesk_gui.application.tidying import Tidying
from ptodesk_gui.sop.view import Weight
from ptodesk_gui.ui.main_window import CALL, MainWindow

if TYPE_CHECKING:
    from ptodesk_gui.application.appearance import Appearance
    from ptodesk_gui.application.beside import Beside
    from ptodesk_gui.application.filing import Filing
    from ptodesk_gui.application.popping import Popping
    from ptodesk_gui.application.reminding import Reminding
    from ptodesk_gui.application.settling import Settling
    from ptodesk_gui.application.switching import Switching
    from ptodesk_gui.application.training import Training
    from ptodesk_gui.ui.settings import SettingsView
    from ptodesk_gui.workstation.single_instance import SingleInstance

AGENT_FIELD = "agent"  # no field of the call: the agent's name is in the settings
TICK_MS = 1000


class App(QObject):
    """One window and all that is behind it."""

    def __init__(
        self,
        place: Place,
        clock: Clock,
        *,
        practice: bool,
        agent: str = "",
        window: MainWindow | None = None,
        instance: "SingleInstance | None" = None,
        countdown: int | None = None,
    ) -> None:
        """``agent`` signs replies until the settings have been read; ``window`` is one that stands already; ``instance``
        says whether it is the only one of its folder, where that was decided already; ``countdown`` is how many seconds after
        File the call can be gone back to, where that is not to be as the playbook or IT has it."""
        super().__init__()
        self._cleanups: list[Callable[[], object]] = [Tidying(self).stop]  # before there is another thread
        self.window = MainWindow(practice) if window is None else window
        self.saying = Saying(self.window, self)
        self.call = CallAtHand(clock, agent)
        self.backstage = Backstage(place, clock, self, instance)
        self.clips = Clips(self)
        self.calling = Calling(self.window.call_page, self.call, self.backstage, self.clips, clock.steady, self)
        self.leaving = Leaving(self.window, self.calling.drafts, self.saying, self._unsent, self)
        self.switching: Switching | None = None
        self.filing: Filing | None = None
        self.settling: Settling | None = None
        self.appearance: Appearance | None = None
        self.beside: Beside | None = None
        self.popping: Popping | None = None
        self.training: Training | None = None
        self.reminding: Reminding | None = None
        self._place = place
        self.clock = clock
        self.ticking = QTimer(self)
        self.ticking.setInterval(TICK_MS)
        self._settled_once = False
        self._seconds_to_undo = countdown
        self._greeting = ""
        self._links: list[str] = []  # given before there is what opens them
        connections.connect_call(self)
        self._answer = connections.hold_back(self)

    def start(self) -> None:
        """Show the window; what takes time begins when it has been painted."""
        if self.window.is_painted:
            self._open()
        else:
            self.window.painted.connect(self._open)
            self.window.show()

    def greet(self, text: str) -> None:
        """Say this with the first that is said of what was found at the start."""
        self._greeting = text

    def open_link(self, link: str) -> None:
        """Open a call with a link, as soon as that can be."""
        if self.popping is None:
            self._links.append(link)
        else:
            self.popping.open(link)

    def stop(self) -> None:
        """Clean up, what came last first. May be called twice."""
        while self._cleanups:
            self._cleanups.pop()()

    def _open(self) -> None:
        """Build what comes after the call, a part in each turn, so that no letter waits for all of it."""
        self.backstage.open_store()
        self._cleanups += [let_go, self.backstage.stop, self.calling.drafts.flush]
        self._take_turns(self._opening())

    def _take_turns(self, steps: "Iterator[None]") -> None:
        """Do this, a step in each turn, unless the window is closed meanwhile."""
        from ptodesk_gui.application.in_turns import InTurns

        if self._cleanups:
            self._cleanups.append(InTurns(steps, self).stop)

    def _opening(self) -> "Iterator[None]":
        """The parts; behind them what stands beside the call is loaded, and built."""
        from ptodesk_gui.application.in_turns import BESIDE, OPENING, loading

        yield from loading(OPENING)
        from itertools import chain

        from ptodesk_gui.application.announcing import Announcing
        from ptodesk_gui.application.appearance import Appearance
        from ptodesk_gui.application.backstage import load_beside
        from ptodesk_gui.application.countdown import Countdown
        from ptodesk_gui.application.filing import OUTBOX, RECEIPT, REVIEW, Filing
        from ptodesk_gui.application.lines import Lines
        from ptodesk_gui.application.past import Past
        from ptodesk_gui.application.playbook_shown import PlaybookShown
        from ptodesk_gui.application.reminding import Reminding
        from ptodesk_gui.application.settling import Settling
        from ptodesk_gui.application.store_care import StoreCare
        from ptodesk_gui.application.switching import Switching
        from ptodesk_gui.application.tray import Tray
        from ptodesk_gui.ui.outbox import OutboxPage, ReceiptPage
        from ptodesk_gui.ui.review import ReviewPage

        review = ReviewPage()
        yield
        self.window.add_page(REVIEW, review)
        yield
        receipt = ReceiptPage()
        yield
        self.window.add_page(RECEIPT, receipt)
        yield
        outbox = OutboxPage()
        yield
        self.window.add_page(OUTBOX, outbox)
        yield
        self.settling = Settling(self.window, self._place, self.backstage, self)
        self.appearance = Appearance(self.backstage, self)
        self._cleanups += [self.appearance.keep_now, self.settling.stop]
        yield
        self.playbook_shown = PlaybookShown(self.window, self.backstage, self)
        yield
        past = Past(self.window, self.calling, self.backstage, self.clock, self)
        yield
        tray = Tray(self.window, self)
        self._cleanups.append(tray.stop)
        yield
        # from here on in one turn: what the agent asks for, and what happens behind the window, is answered whole or not yet
        self.filing = Filing((review, receipt, outbox), self.call, self.backstage, self.clock, self)
        self.filing.countdown = self._seconds_to_undo
        self.playbook_shown.left.connect(self.filing.leave_outbox)
        connections.connect(self, self.filing, self.settling, review, receipt, outbox)
        connections.connect_look(self, self.appearance, self.settling)
        key = self.window.action("call.back").shortcut().toString()
        listened_to = (self.call, self.calling, self.filing, self.backstage)
        speaking = Announcing(self.window.speak, *listened_to, self.clock, key, self)
        self.window.action("speak").triggered.connect(speaking.again)
        self.switching = Switching(self.window, self.call, self.calling, self)
        self.switching.back_wanted.connect(self.filing.leave_outbox)
        countdown = self.countdown = Countdown(
            self.window, receipt, self.filing, self.calling, self.backstage, self.clock, self
        )
        countdown.said.connect(self.saying.say)
        connections.connect_copying(self, Lines(self.window, self.call, self.clips, self))
        connections.connect_past(self, past, self.filing)
        self.reminding = Reminding(outbox.follow_ups, self.backstage, self.clock, self)
        self._train(self.filing)
        care = StoreCare(self.backstage, self)
        care.said.connect(self.saying.warn)
        connections.connect_reminding(self, self.reminding, self.filing)
        connections.connect_notifying(self, self.reminding, tray, self.filing)
        countdown.settled.connect(self.reminding.filed)
        self._cleanups += [self.ticking.stop, care.stop]
        self.ticking.start()
        self._answer()
        self.backstage.listen()
        ahead = chain(loading(BESIDE), self.window.call_page.prepare(), review.prepare(), self._completing(self.filing))
        self.backstage.slow.submit(load_beside, lambda _: self._take_turns(ahead))

    def _completing(self, filing: "Filing") -> "Iterator[None]":
        """What stands beside the call; then what may wait for disk, network or keyring is opened."""
        from ptodesk_gui.application.arriving import Behind
        from ptodesk_gui.application.beside import Beside
        from ptodesk_gui.application.compact_mode import CompactMode
        from ptodesk_gui.application.keeping_up import KeepingUp
        from ptodesk_gui.application.place import Holding
        from ptodesk_gui.application.rollout import Rollout

        behind = Behind(self.clock, self.backstage, filing.working_on)
        self.beside = Beside(self.window, self.call, self.calling, self._place, behind, self)
        self._cleanups.append(self.beside.stop)
        connections.connect_beside(self, self.beside, filing)
        self.calling.page_is_whole()
        yield
        connections.connect_helping(self, self.beside, filing)
        connections.connect_ledger(self, filing, self.countdown, self._place.store_path.parent)
        self.popping = connections.connect_popping(self, self.beside)
        for link in self._links:
            self.popping.open(link)
        yield
        compact = CompactMode(self.window, self.call, self.calling, self.backstage, self)
        compact.call_wanted.connect(self.go_to_call)
        self.countdown.shown.connect(compact.set_countdown)
        if self.appearance is not None:
            self.appearance.changed.connect(compact.fit)
        self._cleanups.append(compact.keep)
        yield
        self._cleanups.append(KeepingUp(self.backstage, self).stop)
        rollout = Rollout(self.backstage, self.call, self, real=isinstance(self._place, Holding))
        rollout.said.connect(self.saying.say)
        self.playbook_shown.again_asked.connect(rollout.look_now)
        self._cleanups.append(rollout.stop)
        self.backstage.start()

    def _train(self, filing: "Filing") -> None:
        """The practice callers, where there is somebody to practise on."""
        from ptodesk_gui.application.training_place import TrainingPlace

        if isinstance(self._place, TrainingPlace):
            from ptodesk_gui.application.training import Training

            self.training = Training(self.window, self.call, self.backstage, self._place, self)
            self.training.left.connect(filing.leave_outbox)
            self.training.copy_requested.connect(self.clips.copy)

    def learned(self, procedure: Procedure) -> None:
        """The playbook is there, or another one holds from today on."""
        self.calling.learn(procedure)
        if self.filing is not None:
            self.filing.learn(procedure)
            if (
                self.window.page == CALL and self.call.phase is Phase.WRAP_UP
            ):  # it came back before the procedure was there
                said = self.window.notice
                self.filing.end_call()
                self.saying.say(said, Weight.HINT)
        if self.beside is not None:
            self.beside.learn(procedure)
        self.saying.warn(procedure.notice)

    def found(self, found: Found) -> None:
        """The store is open, and this was in it."""
        restored = self.calling.restore(found)
        goes_on = self.filing.found(found) if self.filing is not None else ""
        due = self.reminding.found(found) if self.reminding is not None else ""
        if words := " ".join(part for part in (self._greeting, found.notice, restored, goes_on, due) if part):
            self.saying.say(words, Weight.WARNING if found.notice or self._greeting else Weight.HINT)
        self._greeting = ""

    def settled(self, view: "SettingsView") -> None:
        """The settings as they hold."""
        self.calling.set_agent(view.agent)
        self.window.set_site(view.url)
        if self.appearance is not None:
            self.appearance.settle(view)
        if self.settling is not None:
            self.settling.settled(view)
            if not self._settled_once:
                self.settling.open_if_missing(view)
        self._settled_once = True

    def jump(self, path: str) -> None:
        """Go where a problem of the review is mended."""
        if path == AGENT_FIELD and self.settling is not None:
            self.settling.open()
        elif self.beside is not None and self.beside.go_to(path):
            self.call.resume()
        elif self.filing is not None:
            self.filing.jump(path)

    def new_call(self) -> None:
        """The next call."""
        self.window.clear_strip()
        self.show_call()
        self.calling.begin()

    def show_call(self) -> None:
        """Show the call page."""
        self.window.show_page(CALL)

    def go_to_call(self) -> None:
        """Go on talking: with the call at hand, out of its review if it is there, or with the next one if it was filed.

        Nothing may be typed into a call that is filed: it would go nowhere.
        """
        if self.call.phase is Phase.FILED:
            self.new_call()
        elif self.filing is not None:
            self.filing.back()

    def call_changed(self) -> None:
        """Another call is at hand, or something of it is another."""
        view = self.call.view
        self.window.set_homeowner(view.case.homeowner.name if view is not None else "")
        self._show_times()
        if self.beside is not None:
            self.beside.follow()
        if self.filing is not None:
            self.filing.refresh_review()
            self.filing.follow()
        if self.switching is not None:
            self.switching.follow()

    def tick(self) -> None:
        """A second has passed."""
        self.calling.look_at_date()
        self._show_times()
        if self.switching is not None:
            self.switching.tick()

    def _unsent(self) -> int:
        return self.filing.unsent if self.filing is not None else 0

    def _show_times(self) -> None:
        self.window.set_call_seconds(self.call.call_seconds)
        self.window.set_wrap_up_seconds(self.call.wrap_up_seconds)

    def page_shown(self) -> None:
        """Another page is shown."""
        self._show_times()
        self.saying.page_shown()
