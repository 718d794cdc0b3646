"""The composition root: builds everything, connects it, and cleans up in reverse order. Nobody else knows everybody."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QCloseEvent

from ptodesk_gui.application.backstage import Backstage, Found, Procedure
from ptodesk_gui.application.call import CallAtHand
from ptodesk_gui.application.calling import Calling
from ptodesk_gui.application.clock import Clock
from ptodesk_gui.application.copying import let_go
from ptodesk_gui.application.place import Place
from ptodesk_gui.sop.view import Weight
from ptodesk_gui.ui.main_window import CALL, MainWindow

if TYPE_CHECKING:
    from ptodesk_gui.application.beside import Beside
    from ptodesk_gui.application.filing import Filing
    from ptodesk_gui.application.reminding import Reminding
    from ptodesk_gui.application.settling import Settling
    from ptodesk_gui.application.training import Training
    from ptodesk_gui.application.tray import Tray
    from ptodesk_gui.ui.outbox import OutboxPage, ReceiptPage
    from ptodesk_gui.ui.review import ReviewPage
    from ptodesk_gui.ui.settings import SettingsView
    from ptodesk_gui.workstation.single_instance import SingleInstance

AGENT_FIELD = "agent"  # no field of the call: the agent's name is in the settings
LEFT_OPEN = "{count} calls are not all filed; they are kept, and filing goes on at the next start."
ONE_LEFT_OPEN = "1 call is not all filed; it is kept, and filing goes on at the next start."
SAVED_AGAIN = "What you typed is on disk again."
NOT_ON_DISK = (
    "What you typed is not on disk and is lost when the window closes. {why} "
    "Ctrl+Shift+C copies it; close once more to leave all the same."
)
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
    ) -> None:
        """``agent`` signs replies until the settings have been read; ``window`` is one that stands already; ``instance``
        says whether it is the only one of its folder, where that was decided already."""
        super().__init__()
        self.window = MainWindow(practice) if window is None else window
        self.call = CallAtHand(clock, agent)
        self.backstage = Backstage(place, clock, self, instance)
        self.calling = Calling(self.window.call_page, self.call, self.backstage, self)
        self.filing: Filing | None = None
        self.settling: Settling | None = None
        self.beside: Beside | None = None
        self.training: Training | None = None
        self.reminding: Reminding | None = None
        self._place = place
        self._clock = clock
        self._ticking = QTimer(self)
        self._ticking.setInterval(TICK_MS)
        self._settled_once = False
        self._starting = True  # until all is open, or the agent turns to another page
        self._in_passing = False  # whether what the strip says is for the page that is shown
        self._greeting = ""
        self._said_error = self._warned_of_loss = False
        self._cleanups: list[Callable[[], object]] = []
        self._connect_call()

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

    def stop(self) -> None:
        """Clean up, what came last first. May be called twice."""
        while self._cleanups:
            self._cleanups.pop()()

    def _open(self) -> None:
        """Build what comes after the call, and have loaded, off this thread, what stands beside it."""
        self.backstage.open_store()
        from ptodesk_gui.application.backstage import load_beside
        from ptodesk_gui.application.filing import OUTBOX, RECEIPT, REVIEW, Filing
        from ptodesk_gui.application.playbook_shown import PlaybookShown
        from ptodesk_gui.application.reminding import Reminding
        from ptodesk_gui.application.settling import Settling
        from ptodesk_gui.application.store_care import StoreCare
        from ptodesk_gui.application.tray import Tray
        from ptodesk_gui.ui.outbox import OutboxPage, ReceiptPage
        from ptodesk_gui.ui.review import ReviewPage

        review, receipt, outbox = ReviewPage(), ReceiptPage(), OutboxPage()
        for name, page in ((REVIEW, review), (RECEIPT, receipt), (OUTBOX, outbox)):
            self.window.add_page(name, page)
        self.filing = Filing((review, receipt, outbox), self.call, self.backstage, self._clock, self)
        self.settling = Settling(self.window, self._place, self.backstage, self)
        PlaybookShown(self.window, self.backstage, self).left.connect(self.filing.leave_outbox)
        self._connect(self.filing, self.settling, review, receipt, outbox)
        self.reminding = Reminding(outbox.follow_ups, self.backstage, self._clock, self)
        self._train(self.filing)
        care = StoreCare(self.backstage, self)
        care.said.connect(self._warn)
        tray = Tray(self.window, self)
        self._connect_reminding(self.reminding, tray, self.filing)
        self._cleanups += [
            tray.stop,
            let_go,
            self.backstage.stop,
            self.calling.drafts.flush,
            self._ticking.stop,
            care.stop,
        ]
        self._ticking.start()
        self.backstage.slow.submit(load_beside, self._complete)

    def _complete(self, _loaded: None) -> None:
        """Build what stands beside the call, then open what may wait for disk, network or keyring."""
        if not self._cleanups or self.filing is None:  # closed meanwhile
            return
        from ptodesk_gui.application.arriving import Behind
        from ptodesk_gui.application.beside import Beside
        from ptodesk_gui.application.keeping_up import KeepingUp

        behind = Behind(self._clock, self.backstage, self.filing.working_on)
        self.beside = Beside(self.window, self.call, self.calling, self._place, behind, self)
        self._connect_beside(self.beside, self.filing)
        self.calling.page_is_whole()
        self._cleanups.append(self.beside.stop)
        self._cleanups.append(KeepingUp(self.backstage, self).stop)
        self.backstage.start()

    def _train(self, filing: "Filing") -> None:
        """The practice callers, where there is somebody to practise on."""
        from ptodesk_gui.application.training_place import TrainingPlace

        if isinstance(self._place, TrainingPlace):
            from ptodesk_gui.application.training import Training

            self.training = Training(self.window, self.call, self.backstage, self._place, self)
            self.training.left.connect(filing.leave_outbox)

    def _connect_call(self) -> None:
        """What counts from the first letter on."""
        page, calling = self.window.call_page, self.calling
        page.edited.connect(calling.edit)
        page.pasted.connect(calling.paste)
        page.reply_chosen.connect(calling.choose_reply)
        page.focus_changed.connect(calling.move)
        page.copy_requested.connect(calling.copy)
        calling.said.connect(self._say)
        calling.refused.connect(self._say_in_passing)
        calling.unsaved.connect(self._unsaved)
        self.window.copy_all_requested.connect(calling.copy_all)

    def _connect(
        self,
        filing: "Filing",
        settling: "Settling",
        review: "ReviewPage",
        receipt: "ReceiptPage",
        outbox: "OutboxPage",
    ) -> None:
        window, page, calling, backstage = self.window, self.window.call_page, self.calling, self.backstage
        for signal, slot in (
            # what the agent asks for
            (page.end_call_requested, filing.end_call),
            (review.file_requested, calling.drafts.flush),  # before it: what it says is not to be the last word
            (review.file_requested, filing.file),
            (review.back_requested, filing.back),
            (review.jump_requested, self._jump),
            (receipt.new_call_requested, self._new_call),
            (receipt.open_requested, filing.open_page),
            (receipt.copy_requested, filing.copy_key),
            (receipt.ticked_off, filing.tick_off),
            (receipt.retry_requested, filing.retry),
            (receipt.outbox_requested, filing.show_outbox),
            (outbox.retry_requested, filing.retry),
            (outbox.arrived_requested, filing.arrived),
            (outbox.resend_requested, filing.resend),
            (outbox.receipt_requested, filing.show_receipt),
            (outbox.take_up_requested, calling.take_up),
            (outbox.throw_away_requested, calling.drafts.forget),
            (outbox.throw_away_requested, filing.throw_away),
            (outbox.back_requested, filing.leave_outbox),
            (window.new_call_requested, self._new_call),
            (window.outbox_requested, filing.show_outbox),
            (window.settings_requested, settling.open),
            (window.page_shown, self._page_shown),
            (window.closing, self._closing),
            # what happens behind the window
            (backstage.learned, self._learned),
            (backstage.settled, self._settled),
            (backstage.found, self._found),
            (backstage.opened, self._all_open),
            (backstage.forgotten, filing.forget),
            (backstage.progressed, filing.progress),
            (backstage.noticed, self._warn),
            (backstage.failed, self._warn),
            (self._ticking.timeout, self._tick),
            # what the window then shows
            (calling.changed, self._call_changed),
            (calling.taken_up, self._show_call),
            (filing.said, self._say),
            (settling.said, self._say),
            (filing.page_wanted, window.show_page),
            (filing.field_wanted, page.focus_field),
            (filing.counted, window.set_outbox),
            (filing.kept_counted, window.set_kept),
        ):
            signal.connect(slot)

    def _connect_beside(self, beside: "Beside", filing: "Filing") -> None:
        beside.said.connect(self._say)
        beside.page_wanted.connect(self.window.show_page)
        beside.call_wanted.connect(self._show_call)
        beside.left.connect(filing.leave_outbox)
        self.backstage.opened.connect(beside.history.look_again)
        if self.reminding is not None:
            self.reminding.take_up_requested.connect(beside.arriving.come_back)

    def _connect_reminding(self, reminding: "Reminding", tray: "Tray", filing: "Filing") -> None:
        self.backstage.followed.connect(reminding.follow)
        self.backstage.forgotten.connect(lambda: reminding.follow(()))
        self._ticking.timeout.connect(reminding.tick)
        reminding.open_requested.connect(filing.open_page)
        filing.queued.connect(reminding.filed)
        reminding.said.connect(self._say)
        reminding.counted.connect(self.window.set_follow_ups)
        reminding.notified.connect(tray.notify)

    def _all_open(self) -> None:
        self._starting = False

    def _learned(self, procedure: Procedure) -> None:
        self.calling.learn(procedure)
        if self.filing is not None:
            self.filing.learn(procedure)
        if self.beside is not None:
            self.beside.learn(procedure)
        self._warn(procedure.notice)

    def _found(self, found: Found) -> None:
        restored = self.calling.restore(found)
        goes_on = self.filing.found(found) if self.filing is not None else ""
        due = self.reminding.found(found) if self.reminding is not None else ""
        if words := " ".join(part for part in (self._greeting, found.notice, restored, goes_on, due) if part):
            self._say(words, Weight.WARNING if found.notice or self._greeting else Weight.HINT)
        self._greeting = ""

    def _settled(self, view: "SettingsView") -> None:
        self.calling.set_agent(view.agent)
        self.window.set_site(view.url)
        if self.settling is not None:
            self.settling.settled(view)
            if not self._settled_once:
                self.settling.open_if_missing(view)
        self._settled_once = True

    def _jump(self, path: str) -> None:
        if path == AGENT_FIELD and self.settling is not None:
            self.settling.open()
        elif self.beside is not None and self.beside.go_to(path):
            self.call.resume()
        elif self.filing is not None:
            self.filing.jump(path)

    def _new_call(self) -> None:
        self.window.clear_strip()
        self._show_call()
        self.calling.begin()

    def _show_call(self) -> None:
        self.window.show_page(CALL)

    def _call_changed(self) -> None:
        view = self.call.view
        self.window.set_homeowner(view.case.homeowner.name if view is not None else "")
        self._show_times()
        if self.beside is not None:
            self.beside.follow()
        if self.filing is not None:
            self.filing.refresh_review()
            self.filing.follow()

    def _tick(self) -> None:
        self.calling.look_at_date()
        self._show_times()

    def _show_times(self) -> None:
        self.window.set_call_seconds(self.call.call_seconds)
        self.window.set_wrap_up_seconds(self.call.wrap_up_seconds)

    def _unsaved(self, unsaved: bool) -> None:
        self._warned_of_loss = False
        self.window.set_unsaved(unsaved)
        if not unsaved and self._said_error:  # a warning of what was done to the store stays
            self._say(SAVED_AGAIN, Weight.HINT)

    def _page_shown(self) -> None:
        self._show_times()
        self._starting = False
        if self._in_passing:  # what was said in passing does not outlast its page
            self.window.clear_strip()

    def _say(self, text: str, weight: Weight) -> None:
        before = self.window.notice if self._starting else ""  # several come at once then: none takes another's place
        if before and text and text not in before:
            text = f"{before} {text}"
            weight = weight if self._in_passing else min(weight, Weight.WARNING, key=list(Weight).index)
        self._in_passing = weight is Weight.HINT
        self._said_error = weight is Weight.ERROR
        self.window.say_in_strip(text, weight)

    def _say_in_passing(self, text: str) -> None:
        self._say(text, Weight.WARNING)
        self._in_passing = True

    def _warn(self, text: str) -> None:
        if text:
            self._say(text, Weight.WARNING)

    def _closing(self, event: QCloseEvent) -> None:
        """Say what stays to be filed; it is kept and goes on at the next start. What is not on disk keeps the window open once."""
        if (why := self.calling.drafts.why) and not self._warned_of_loss:
            self._warned_of_loss = True
            self._say(NOT_ON_DISK.format(why=why), Weight.ERROR)
            event.ignore()
            return
        if self.filing is not None and (count := self.filing.unsent):
            text = ONE_LEFT_OPEN if count == 1 else LEFT_OPEN.format(count=count)
            self._say(text, Weight.WARNING)
            if sys.stderr is not None:  # a windowed program may have none
                sys.stderr.write(f"{text}\n")
        event.accept()
