"""Practising: a caller on the line beside the call, and after filing the comparison with what the procedure asks."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ptodesk_gui.application.backstage import Backstage
from ptodesk_gui.application.call import CallAtHand, Phase
from ptodesk_gui.application.filing import RECEIPT
from ptodesk_gui.application.sentences import sentence
from ptodesk_gui.application.training_place import Exercise, TrainingPlace
from ptodesk_gui.sop.callers import job_page, said_by
from ptodesk_gui.sop.case import Channel
from ptodesk_gui.sop.progress import PlanProgress, PlanState, StepState
from ptodesk_gui.sop.steps import Remind
from ptodesk_gui.sop.training import CallerRow, CallerView, Comparison, TicketRef
from ptodesk_gui.sop.view import Weight
from ptodesk_gui.ui.actions import PRACTICE_ACTIONS
from ptodesk_gui.ui.training import ComparisonPage, TrainingPanel
from ptodesk_gui.ui.training.panel import TrainingDock

if TYPE_CHECKING:
    from ptodesk_gui.sop.callers import Caller
    from ptodesk_gui.sop.training import Point
    from ptodesk_gui.ui.main_window import MainWindow

JOB_PAGE = "the job page"
COMPARISON = "comparison"
IN_STRIP = "Practice callers  Ctrl+P"
SHOWN_AFTER_MS = 1000  # until the desk's search shows every ticket that was made, one too many among them
NOT_COMPARED = "It could not be compared: {why}"
NOT_FILED = "Not all of it is filed: the outbox says why. What is there can be compared all the same."
BAD = "The practice desk has a bad day now: it is slow, limits and loses. The outbox copes; watch it."
GOOD = "The practice desk has a good day again."
CHANNELS: Mapping[Channel, str] = {
    Channel.PHONE: "On the phone",
    Channel.HOMEOWNER_EMAIL: "Email from the homeowner",
    Channel.HUBSPOT: "HubSpot email",
    Channel.ACCOUNT_SERVICING: "Account Servicing",
    Channel.OMNIDIAN: "Omnidian",
    Channel.INSTALLER: "From the installer",
}
SHOWN: Mapping[str, str] = {"source": "The ticket that waits"}  # open tickets are for the trainee to find (T9)


class Training(QObject):
    """Stands between the practice panel, the call and the practice desk."""

    left = Signal()  # back from the comparison to where the call at hand is
    copy_requested = Signal(str, str)  # a text, what it is in words

    def __init__(
        self, window: "MainWindow", call: CallAtHand, backstage: Backstage, place: TrainingPlace, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._call = call
        self._backstage = backstage
        self._place = place
        self._exercise: Exercise | None = None
        self._said = 0
        self._plan: PlanProgress | None = None
        self._times: tuple[int | None, int | None] = (None, None)
        self._comparison: Comparison | None = None
        window.add_actions(PRACTICE_ACTIONS)
        bad_day = window.action("practice.bad_day")
        bad_day.setCheckable(True)
        bad_day.setChecked(place.bad_day)
        self.panel = TrainingPanel(bad_day)
        self.dock = TrainingDock(window, self.panel)
        self.page = ComparisonPage()
        window.add_page(COMPARISON, self.page)
        button = window.add_to_strip("practice")
        button.setText(IN_STRIP)
        button.setAccessibleName(window.action("practice").text())
        self._connect()

    def _connect(self) -> None:
        window, panel, backstage = self._window, self.panel, self._backstage
        for signal, slot in (
            (window.action("practice").triggered, self._toggle),
            (window.action("practice.next").triggered, self._next),
            (window.action("practice.compare").triggered, self._show_comparison),
            (window.action("practice.bad_day").toggled, self._set_bad_day),
            (window.page_shown, self._page_shown),
            (panel.caller_chosen, self.begin),
            (panel.next_requested, self._next),
            (panel.compare_requested, self._show_comparison),
            (panel.copy_requested, self._copy),
            (self.page.back_requested, self.left),
            (backstage.opened, self._opened),
            (backstage.progressed, self._progressed),
        ):
            signal.connect(slot)

    # -- the exercise

    def begin(self, caller_id: str) -> None:
        """Let a caller call: a new call begins, and the desk has the caller's tickets as for the first time."""
        self._backstage.slow.submit(lambda: self._place.begin(caller_id), self._begun, self._failed)

    def _begun(self, exercise: Exercise) -> None:
        self._exercise, self._plan, self._comparison = exercise, None, None
        self._said, self._times = 0, (None, None)
        self._window.new_call_requested.emit()
        self.panel.set_stage(0)
        self._next()

    def _next(self) -> None:
        """The caller says the next sentence."""
        if self._exercise is not None:
            lines = said_by(self._exercise.caller, self._exercise.today)
            self._said = min(self._said + 1, len(lines))
            self.panel.set_caller(_view(self._exercise, lines, self._said))

    def _page_shown(self, page: str) -> None:
        """The receipt: the call is over, and took so long."""
        if page == RECEIPT and self._call.phase is Phase.FILED and self._times == (None, None):
            self._times = self._call.call_seconds, self._call.wrap_up_seconds

    def _progressed(self, plan: PlanProgress) -> None:
        """The first plan that is queued while a caller is on the line is that caller's."""
        exercise = self._exercise
        if exercise is None or plan.created < exercise.since:
            return
        if self._plan is not None and plan.plan_id != self._plan.plan_id:
            return
        before, self._plan = self._plan, plan
        if plan.state is PlanState.FILED and (before is None or before.state is not PlanState.FILED):
            self.panel.set_stage(2)
            QTimer.singleShot(SHOWN_AFTER_MS, self, self._compare)
        elif plan.state is PlanState.PERSON:
            self.panel.set_trouble(NOT_FILED)
        elif before is None:
            self.panel.set_stage(1)

    def _compare(self) -> None:
        exercise, plan, agent = self._exercise, self._plan, self._call.entry.agent
        if exercise is not None and plan is not None:
            tickets, reminders = dict(plan.tickets), _reminders(plan)
            self._backstage.slow.submit(
                lambda: self._place.compare(exercise, tickets, agent, reminders),
                lambda points: self._compared(exercise, points),
                lambda error: self.panel.set_trouble(NOT_COMPARED.format(why=sentence(error))),
            )

    def _compared(self, exercise: Exercise, points: "tuple[Point, ...]") -> None:
        if exercise is not self._exercise:
            return  # another caller has called meanwhile
        self._comparison = Comparison(exercise.caller.title, exercise.caller.lesson, points, *self._times)
        self.page.set_comparison(self._comparison)
        self.panel.set_result(self._comparison)

    def _show_comparison(self) -> None:
        if self._comparison is not None:
            self._window.show_page(COMPARISON)
        else:
            self._compare()

    # -- the panel, the desk

    def _toggle(self) -> None:
        if self.dock.isVisible():
            self.dock.fold()
            self._window.call_page.focus_field(self._call.focus)
        else:
            self.dock.open()

    def _opened(self) -> None:
        self.panel.set_callers(tuple(_row(caller) for caller in self._place.callers))
        if notice := self._place.notice:
            self._window.say_in_strip(notice, Weight.WARNING)

    def _set_bad_day(self, bad: bool) -> None:
        self._backstage.slow.submit(lambda: self._place.set_bad_day(bad))
        self._window.say_in_strip(BAD if bad else GOOD, Weight.WARNING if bad else Weight.HINT)

    def _copy(self, text: str) -> None:
        keys = self._exercise.keys.values() if self._exercise is not None else ()
        self.copy_requested.emit(text, text if text in keys else JOB_PAGE)

    def _failed(self, error: Exception) -> None:
        self._window.say_in_strip(sentence(error), Weight.WARNING)


def _reminders(plan: PlanProgress) -> dict[str, Remind]:
    """What the outbox will come back to of this plan, by the role of its ticket."""
    return {
        str(step.step.ticket): step.step
        for step in plan.steps
        if isinstance(step.step, Remind) and step.state is StepState.DONE
    }


def _row(caller: "Caller") -> CallerRow:
    return CallerRow(caller.id, caller.title, CHANNELS[caller.case.channel], caller.about)


def _view(exercise: Exercise, lines: tuple[str, ...], said: int) -> CallerView:
    caller = exercise.caller
    return CallerView(
        title=caller.title,
        channel=CHANNELS[caller.case.channel],
        about=caller.about,
        said=lines[:said],
        left=len(lines) - said,
        job_page=job_page(caller, exercise.today),
        tickets=tuple(TicketRef(words, exercise.keys[role]) for role, words in SHOWN.items() if role in exercise.keys),
        rules=caller.rules,
    )
