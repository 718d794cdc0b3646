"""The time to change one's mind: after File nothing is sent for some seconds, and one key goes back to the call."""

import math
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from ptodesk_gui.application.backstage import Backstage
from ptodesk_gui.application.call import standing_from_draft
from ptodesk_gui.application.calling import Calling
from ptodesk_gui.application.clock import Clock
from ptodesk_gui.application.filing import RECEIPT, Filing
from ptodesk_gui.application.procedure import Found
from ptodesk_gui.application.sentences import sentence
from ptodesk_gui.sop.progress import PlanProgress
from ptodesk_gui.sop.view import Weight
from ptodesk_gui.ui.main_window import MainWindow
from ptodesk_gui.ui.outbox import ReceiptPage

if TYPE_CHECKING:
    from ptodesk_gui.outbox.record import Draft

BACK: Final = "call.back"  # the action
IN_BAR: Final = "Sent in {seconds} s: take back  {key}"
TAKEN_BACK: Final = "{title}: nothing was sent. The call is back as it was; file it when it is right."
TOO_LATE: Final = "it is being sent already and cannot be taken back."
NOTHING: Final = "There is no filed call that could still be taken back."
NOTHING_IN_PALETTE: Final = "Nothing was filed just now"
LOOK_MS: Final = 200


class Countdown(QObject):
    """Shows, as long as it is true, that a filed call can be gone back to, and goes back to it."""

    said = Signal(str, object)  # a sentence, its Weight
    shown = Signal(str)  # what the bar says of it, for where there is no bar; empty when nothing can be taken back
    taken_back = Signal(int, str)  # plan id, call id
    settled = Signal(object)  # PlanProgress: a call is in the outbox, and its countdown is over

    def __init__(
        self,
        window: MainWindow,
        receipt: ReceiptPage,
        filing: Filing,
        calling: Calling,
        backstage: Backstage,
        clock: Clock,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._receipt, self._filing, self._calling = receipt, filing, calling
        self._backstage, self._clock = backstage, clock
        self._awaited: set[int] = set()  # plans that were queued here and whose countdown runs
        self._asked: set[int] = set()  # plans that are being taken back
        self._own: set[int] = set()  # plans that this window may take back: another's are that window's
        window.set_why_not(BACK, lambda: "" if self._running else NOTHING_IN_PALETTE)
        self.button = window.add_to_bar(BACK, "")
        self.button.hide()
        self._words = ""
        self._looking = QTimer(self)
        self._looking.setInterval(LOOK_MS)
        self._looking.timeout.connect(self.follow)
        self._key = window.action(BACK).shortcut().toString()
        window.action(BACK).triggered.connect(self.take_back)
        receipt.take_back_requested.connect(self.take_back)
        backstage.found.connect(self._found)
        filing.counted.connect(self.follow)
        window.page_shown.connect(self.follow)
        filing.queued.connect(self._queued)

    @property
    def _running(self) -> list[PlanProgress]:
        """The plans that can be taken back now: the one whose receipt is shown first, then the one that was filed last."""
        now = self._clock.now()
        plans = (plan for plan in self._filing.plans.values() if plan.plan_id in self._own - self._asked)
        found = [plan for plan in plans if plan.undo_until is not None and plan.undo_until > now]
        shown = self._receipt.plan_id if self._window.page == RECEIPT else None
        return sorted(found, key=lambda plan: (plan.plan_id == shown, plan.plan_id), reverse=True)

    def follow(self) -> None:
        """Show how many seconds are left, and of which plan; nothing once there are none."""
        running, now = self._running, self._clock.now()
        left = {plan.plan_id: math.ceil((plan.undo_until or now) - now) for plan in running}
        on_page = self._window.page == RECEIPT and self._receipt.plan_id in left  # which has a button for it
        self.button.setVisible(bool(running) and not on_page)
        words = IN_BAR.format(seconds=left[running[0].plan_id], key=self._key) if running else ""
        if words != self._words:
            self._words = words
            self.shown.emit(words)
        if running:
            self.button.setText(words)
            self.button.updateGeometry()
            if not self._looking.isActive():
                self._looking.start()
        elif not self._awaited:
            self._looking.stop()
        self._window.fit_bar()
        self._receipt.set_seconds_left(left.get(self._receipt.plan_id))
        for plan_id in self._awaited - left.keys() - self._asked:
            self._awaited.discard(plan_id)
            if (plan := self._filing.plans.get(plan_id)) is not None:
                self.settled.emit(plan)

    def take_back(self) -> None:
        """Go back to the call that is shown, else to the one that was filed last, if nothing of it was sent yet."""
        running = self._running
        if not running:
            self.said.emit(NOTHING, Weight.HINT)
            return
        plan = running[0]
        self._asked.add(plan.plan_id)
        self._backstage.on_disk(
            lambda store: store.take_back(plan.plan_id),
            lambda draft: self._taken_back(plan, draft),
            lambda error: self._not_taken_back(plan, sentence(error)),
        )

    def _found(self, found: Found) -> None:
        """What was filed before the start is gone back to here, unless another window has its calls."""
        if found.mine:
            self._own |= {plan.plan_id for plan in found.plans}
            self.follow()

    def _queued(self, plan: PlanProgress) -> None:
        self._own.add(plan.plan_id)
        self._awaited.add(plan.plan_id)
        self.follow()

    def _taken_back(self, plan: PlanProgress, draft: "Draft | None") -> None:
        if draft is None:
            self._not_taken_back(plan, TOO_LATE)
            return
        self._asked.discard(plan.plan_id)
        self._awaited.discard(plan.plan_id)
        self._filing.drop(plan.plan_id)
        self.taken_back.emit(plan.plan_id, plan.call_id)
        self._calling.go_on_with(standing_from_draft(draft.call_id, draft.payload, draft.focus))
        self.said.emit(TAKEN_BACK.format(title=plan.title), Weight.HINT)

    def _not_taken_back(self, plan: PlanProgress, why: str) -> None:
        self.said.emit(f"{plan.title}: {why}", Weight.WARNING)
        self._asked.discard(plan.plan_id)
        self.follow()
