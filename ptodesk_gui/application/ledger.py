"""Measures what each call takes, writes it down when it is filed, and shows the agent's own figures (docs/training.md)."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from ptodesk_gui.application.backstage import Backstage
from ptodesk_gui.application.call import CallAtHand, Phase
from ptodesk_gui.application.clock import Clock
from ptodesk_gui.sop.ledger import LedgerRow, csv_text, figures
from ptodesk_gui.sop.progress import PlanProgress, PlanState
from ptodesk_gui.sop.view import Weight
from ptodesk_gui.ui.actions import WINDOW_GROUP, Spec
from ptodesk_gui.ui.ledger import LedgerPage
from ptodesk_gui.ui.main_window import MainWindow
from ptodesk_gui.workstation.ledger_file import LedgerFile

LEDGER: Final = "ledger"  # the name of the page and its action
ACTION: Final = Spec(LEDGER, "Your own figures", "Ctrl+Shift+L", WINDOW_GROUP, "")
REVIEW: Final = "review"  # the page
SAVED: Final = "Saved: {name}."
NOT_SAVED: Final = "The figures could not be saved: {why}."


@dataclass(slots=True)
class _Taken:
    """What a call that is not filed has taken so far."""

    call: float = 0.0
    wrap_up: float = 0.0
    review: float = 0.0
    corrections: int = 0
    phase: Phase = Phase.CALL
    filed: bool = False
    over: bool = False  # filed, and seen so: if it is at hand again, its filing was taken back


class Stopwatch:
    """Looks at the call at hand whenever something changes; knows what each call has taken. No Qt."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._taken: dict[str, _Taken] = {}
        self._since: tuple[str, float] | None = None  # the call whose review is open, and since when

    def look(self, call: CallAtHand, page: str) -> None:
        """The call at hand may be another, or in another stage, or the page is another."""
        now = self._clock.steady()
        if self._since is not None:
            id_, since = self._since
            if id_ in self._taken:
                self._taken[id_].review += now - since
        standing = call.standing
        id_ = standing.entry.call_id
        self._since = (id_, now) if standing.phase is Phase.WRAP_UP and page == REVIEW else None
        for other, taken in self._taken.items():
            if taken.filed and (other != id_ or standing.phase is Phase.FILED):
                taken.over = True
        if standing.seconds is None or standing.phase is Phase.FILED:
            return
        taken = self._taken.setdefault(id_, _Taken())
        if taken.over or (taken.phase is Phase.WRAP_UP and standing.phase is Phase.CALL):
            taken.corrections += 1
        if taken.over:
            taken.filed = taken.over = False
        taken.phase, taken.call, taken.wrap_up = standing.phase, standing.seconds, standing.wrap_up or 0.0

    def filed(self, call_id: str) -> LedgerRow | None:
        """What the call took altogether, once for each time that it is filed; None for one that was not seen."""
        taken = self._taken.get(call_id)
        if taken is None or taken.filed:
            return None
        taken.filed = True
        review = min(taken.review, taken.wrap_up)  # the clock of the wrap-up begins anew with every end of the call
        return LedgerRow(self._clock.today(), taken.call, review, taken.wrap_up, None, taken.corrections)


class Ledger(QObject):
    """Stands between the calls, the file, and the page."""

    said = Signal(str, object)  # a sentence, its Weight
    left = Signal()  # back to where the call at hand is

    def __init__(
        self, window: MainWindow, call: CallAtHand, backstage: Backstage, folder: Path, clock: Clock, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window, self._call, self._backstage, self._clock = window, call, backstage, clock
        self._file = LedgerFile(folder)
        self._watch = Stopwatch(clock)
        self._queued: dict[int, tuple[str, float]] = {}  # plans that the desk is not done with: their calls, since when
        self._page: LedgerPage | None = None  # made when it is asked for
        window.add_actions((ACTION,))
        window.action(LEDGER).triggered.connect(self.show)
        backstage.slow.submit(self._forget_old)

    def look(self) -> None:
        """Something of the call at hand has changed."""
        self._watch.look(self._call, self._window.page)

    def queued(self, plan: PlanProgress) -> None:
        """A call was filed: what it took is written down."""
        self.look()
        row = self._watch.filed(plan.call_id)
        if row is not None:
            # It is not waited for the desk as long as the call can still be taken back.
            held_off = 0.0 if plan.undo_until is None else max(0.0, plan.undo_until - self._clock.now())
            self._queued[plan.plan_id] = (plan.call_id, self._clock.steady() + held_off)
            self._backstage.disk.submit(lambda: self._file.add(plan.call_id, row))
            self.progressed(plan)

    def progressed(self, plan: PlanProgress) -> None:
        """A plan has moved on: the desk may be done with it."""
        if plan.plan_id in self._queued and plan.state in (PlanState.FILED, PlanState.PERSON):
            call_id, since = self._queued.pop(plan.plan_id)
            seconds = max(0.0, self._clock.steady() - since)
            self._backstage.disk.submit(lambda: self._file.set_desk(call_id, seconds))

    def taken_back(self, plan_id: int, call_id: str) -> None:
        """A call is not filed after all; what it takes altogether is written down if it is filed later."""
        self._queued.pop(plan_id, None)
        self._backstage.disk.submit(lambda: self._file.remove(call_id))

    def show(self) -> None:
        """Show the agent's own figures."""
        if self._page is None:
            self._page = LedgerPage()
            self._page.back_requested.connect(self.left)
            self._page.save_requested.connect(self.save)
            self._window.add_page(LEDGER, self._page)
        self._window.show_page(LEDGER)
        today = self._clock.today()
        self._backstage.disk.submit(lambda: figures(self._file.rows(), today), self._page.set_figures)

    def save(self, path: str) -> None:
        """Write every call's figures into this file, for a lead."""

        def write() -> None:
            Path(path).write_text(csv_text(self._file.rows()), encoding="utf-8", newline="")

        self._backstage.disk.submit(
            write,
            lambda _: self.said.emit(SAVED.format(name=Path(path).name), Weight.HINT),
            lambda error: self.said.emit(NOT_SAVED.format(why=getattr(error, "strerror", "") or "error"), Weight.ERROR),
        )

    def _forget_old(self) -> None:
        days = self._backstage.read_settings().keep_days
        self._file.remove_before(self._clock.today() - timedelta(days=days))
