"""What changes by itself is spoken by screen readers: advice, flags, faults of fields, filing. Each of it once."""

import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer

from ptodesk_gui.sop.grace import GraceStatus
from ptodesk_gui.sop.progress import PlanProgress, PlanState
from ptodesk_gui.sop.view import CallView, Rendering, Weight
from ptodesk_gui.ui.outbox import words
from ptodesk_gui.ui.widgets.spoken import QUIET_MS

if TYPE_CHECKING:
    from ptodesk_gui.application.backstage import Backstage
    from ptodesk_gui.application.call import CallAtHand
    from ptodesk_gui.application.calling import Calling
    from ptodesk_gui.application.clock import Clock
    from ptodesk_gui.application.filing import Filing

SAY_NOW = "Say now: {words}"
BLANK = "blank: {what}"
BEING_FILED = "{title}: being filed."
CAN_BE_TAKEN_BACK = "{title}: sent in {seconds} seconds. {key} takes it back."
NOTHING = "Nothing is to be said yet. {why}"

Speak = Callable[[str, bool], None]


class Spoken(NamedTuple):
    """A sentence, and whether it interrupts what is being spoken."""

    text: str
    urgent: bool = False


def all_of(view: CallView) -> Mapping[str, Spoken]:
    """What there is to hear of a call, by what it is about; flags first, then the period, then the words to say."""
    heard = {f"notice.{notice.id}": Spoken(notice.text, urgent=True) for notice in view.notices}
    grace = view.grace
    if grace.status != GraceStatus.NOT_STARTED:
        heard["grace"] = Spoken(f"{grace.headline}. {grace.sentence}")
    for saying in view.say:
        heard[f"say.{saying.id}"] = Spoken(SAY_NOW.format(words=f"{read_out(saying.words)} {saying.besides}".strip()))
    for field, word in view.field_words.items():
        if word.weight is not Weight.HINT:
            heard[f"word.{field}"] = Spoken(word.text)
    return heard


def read_out(rendering: Rendering) -> str:
    """A text with its blanks named."""
    return "".join(part.text if part.blank_field is None else BLANK.format(what=part.text) for part in rendering.parts)


class Heard:
    """What was spoken of the call at hand and of each plan. No Qt."""

    def __init__(self) -> None:
        self._call_id = ""
        self._before: Mapping[str, Spoken] = {}
        self._plans: dict[int, PlanState] = {}

    def of_call(self, call_id: str, view: CallView) -> list[Spoken]:
        """What is new since it was asked last. Words to say are new once, and not with each blank that is filled."""
        if call_id != self._call_id:
            self._call_id, self._before = call_id, {}
        before, self._before = self._before, all_of(view)
        return [
            spoken
            for about, spoken in self._before.items()
            if about not in before or (spoken != before[about] and not about.startswith("say."))
        ]

    def of_plan(self, plan: PlanProgress, now: float, key: str) -> Spoken | None:
        """What is new of a plan's filing; a refusal is said by the window itself. ``key`` takes it back as long as that is true."""
        before, self._plans[plan.plan_id] = self._plans.get(plan.plan_id), plan.state
        if plan.state is before or plan.state is PlanState.PERSON:
            return None
        if before is None and plan.undo_until is not None and plan.undo_until > now:
            seconds = math.ceil(plan.undo_until - now)
            return Spoken(CAN_BE_TAKEN_BACK.format(title=plan.title, seconds=seconds, key=key), urgent=True)
        if plan.state in (PlanState.WAITING, PlanState.FILING):
            return Spoken(BEING_FILED.format(title=plan.title)) if before is None else None
        keys = ", ".join(f"{words.role_words(role)} {key}" for role, key in plan.tickets.items())
        return Spoken(". ".join(part for part in (f"{plan.title}: {words.plan_words(plan)}", keys) if part))


class Announcing(QObject):
    """Listens to the call at hand and to the outbox."""

    def __init__(
        self,
        speak: Speak,
        call: "CallAtHand",
        calling: "Calling",
        filing: "Filing",
        backstage: "Backstage",
        clock: "Clock",
        key: str,
        parent: QObject,
    ) -> None:
        """``speak`` takes a sentence and whether it is urgent; ``key`` takes a filed call back."""
        super().__init__(parent)
        self._clock, self._key = clock, key
        self._speak = speak
        self._call = call
        self._heard = Heard()
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET_MS)
        self._quiet.timeout.connect(self._tell)
        calling.changed.connect(self._quiet.start)
        filing.queued.connect(self._progressed)
        backstage.progressed.connect(self._progressed)

    def again(self) -> None:
        """Speak all there is to hear of the call, as the agent asked."""
        view = self._call.view
        if view is not None:
            heard = [spoken.text for spoken in all_of(view).values()]
            self._speak(" ".join(heard) or NOTHING.format(why=" ".join(view.ask[:1])).strip(), True)

    def _tell(self) -> None:
        if self._call.view is not None:
            for spoken in self._heard.of_call(self._call.entry.call_id, self._call.view):
                self._speak(*spoken)

    def _progressed(self, plan: PlanProgress) -> None:
        if (spoken := self._heard.of_plan(plan, self._clock.now(), self._key)) is not None:
            self._speak(*spoken)
