"""Follow-ups in the window: the list on the outbox page, a notice when one becomes due, and what a person says of them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ptodesk_gui.application.backstage import Backstage
from ptodesk_gui.application.clock import Clock
from ptodesk_gui.application.procedure import Found
from ptodesk_gui.sop.progress import FollowUp, FollowUpState, PlanProgress
from ptodesk_gui.sop.view import Weight
from ptodesk_gui.ui.outbox.followup_words import may_take_up

if TYPE_CHECKING:
    from ptodesk_gui.ui.outbox.followup_box import FollowUpBox

DUE = "{ticket} is due: {text} The outbox (Ctrl+Shift+O) has it."
ANSWERED = "{ticket} was answered: look at it. The outbox (Ctrl+Shift+O) has it."
STUCK = "{ticket} could not be closed. The outbox (Ctrl+Shift+O) says why."
CLOSED = "{ticket} is closed as {closing}: no answer came."
CLOSED_BY_PERSON = "{ticket} is closed as {closing}."
CLOSED_ELSEWHERE = "{ticket}: {reason}"
SEVERAL = "{count} follow-ups need you. The outbox (Ctrl+Shift+O) has them."
AT_THE_START = "{count} follow-ups are due; the outbox has them."
ONE_AT_THE_START = "1 follow-up is due; the outbox has it."
_ITS_OWN = ("source", "homeowner")  # the roles of the ticket that a call is about
REPAINT_TICKS = 30  # seconds between two paintings of the times


class Reminding(QObject):
    """Stands between the list of follow-ups and the outbox."""

    open_requested = Signal(str)  # an address for the browser
    take_up_requested = Signal(str)  # a ticket's key: it is to be opened as a call
    said = Signal(str, object)  # a sentence, its Weight
    notified = Signal(str)  # a few words without anybody's name, for outside the window
    counted = Signal(int)  # how many wait for a person

    def __init__(self, box: "FollowUpBox", backstage: Backstage, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._box = box
        self._backstage = backstage
        self._clock = clock
        self._all: tuple[FollowUp, ...] = ()
        self._ticks = 0
        box.answered_requested.connect(self.answered)
        box.close_requested.connect(self.close_now)
        box.snooze_requested.connect(self.snooze)
        box.open_requested.connect(self.open_requested)
        box.take_up_requested.connect(self.take_up_requested)

    @property
    def waiting(self) -> tuple[FollowUp, ...]:
        """What there is to come back to."""
        return tuple(one for one in self._all if not one.over)

    def found(self, found: Found) -> str:
        """Take what the store held at the start; what there is to say of it."""
        self._take(found.follow_ups)
        count = sum(one.for_person for one in self._all)
        if not count:
            return ""
        return ONE_AT_THE_START if count == 1 else AT_THE_START.format(count=count)

    def follow(self, all_of_them: Sequence[FollowUp]) -> None:
        """One of them has changed: say so when it needs a person, or when it was closed by itself."""
        before = {one.id: one for one in self._all}
        self._take(all_of_them)
        news = [one for one in self._all if _is_news(before.get(one.id), one)]
        calling = [one for one in news if one.for_person]
        if len(calling) > 1:
            self.said.emit(SEVERAL.format(count=len(calling)), Weight.WARNING)
        elif news:
            one = (calling or news)[0]
            self.said.emit(_notice(one), Weight.WARNING if one.for_person else Weight.HINT)
        for one in calling:
            self.notified.emit(f"Follow-up {one.ticket}: {one.state.value}")

    def filed(self, plan: PlanProgress) -> None:
        """A later call about the ticket is in the outbox: the answer has come, and is seen to (H7, H9)."""
        about = {plan.tickets.get(role) for role in _ITS_OWN}
        for one in self._all:
            if one.ticket in about and one.site == plan.site and one.plan_id != plan.plan_id and may_take_up(one):
                self.answered(one.id)

    def tick(self) -> None:
        """A second has passed: the times on the page grow old."""
        self._ticks += 1
        if self._ticks >= REPAINT_TICKS and self._box.isVisible():
            self.paint()

    def paint(self) -> None:
        """Paint the list as of now."""
        self._ticks = 0
        self._box.set_follow_ups(self._all, self._clock.now())

    def answered(self, id_: int) -> None:
        """A person has seen to it."""
        self._backstage.act(lambda filer: filer.follow_ups.answered(id_))

    def close_now(self, id_: int) -> None:
        """A person wants the ticket closed."""
        self._backstage.act(lambda filer: filer.follow_ups.close_now(id_))

    def snooze(self, id_: int, hours: float) -> None:
        """A person wants to be reminded later."""
        self._backstage.act(lambda filer: filer.follow_ups.snooze(id_, hours))

    def _take(self, all_of_them: Sequence[FollowUp]) -> None:
        self._all = tuple(all_of_them)
        self.paint()
        self.counted.emit(sum(one.for_person for one in self._all))


def _is_news(before: FollowUp | None, now: FollowUp) -> bool:
    if now.for_person:
        return before is None or not before.for_person or before.state is not now.state
    return now.state is FollowUpState.CLOSED and before is not None and not before.over


def _notice(one: FollowUp) -> str:
    if one.state is FollowUpState.CLOSED:
        sentence = CLOSED_ELSEWHERE if one.reason else CLOSED_BY_PERSON if one.by_person else CLOSED
    else:
        sentence = {FollowUpState.ANSWERED: ANSWERED, FollowUpState.CLOSING: STUCK}.get(one.state, DUE)
    why = one.reason if one.closes_itself and one.reason else one.text
    return sentence.format(ticket=one.ticket, closing=one.closing, reason=one.reason, text=why)
