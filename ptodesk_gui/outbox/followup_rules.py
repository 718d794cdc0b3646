"""What becomes of a follow-up (H7, H9, H10). Pure: time and chance are arguments.

``waiting -> due -> answered | closing -> closed | kept by a person``. Nothing is called due, answered or closing before
the site was looked at, unless it cannot be. How long a reply has waited is told by the site's own clock, so a
workstation's clock that was set back, forward or by years costs a look and neither fires early nor never.
"""

from dataclasses import dataclass, replace
from typing import Final

from ptodesk_gui.desk.desk import Later, Looked, Refused
from ptodesk_gui.outbox.retry import backoff
from ptodesk_gui.sop.progress import FollowUpState, StepState

SLACK: Final = 120.0  # seconds by which two clocks may disagree without anybody minding
FRESH: Final = 120.0  # seconds for which "nobody has answered" is good enough to close a ticket
FIRST_LOOK: Final = 900.0  # seconds after which an answer without a date is first looked for (H7)
RARELY: Final = 6 * 3600.0  # seconds between two looks at most
SOON: Final = 10.0  # seconds between two looks at least
AFTER_REFUSAL: Final = 3600.0
LONGEST_SNOOZE: Final = 31 * 24.0  # hours

CLOSED_MEANWHILE: Final = "It was closed meanwhile, not by this program."
YOU_WROTE: Final = "You wrote in it yourself since the reply, so it is not closed."
SOMEBODY_WROTE: Final = "Somebody wrote in it since the reply."
NO_REPLY: Final = "The reply is not there for the customer to read, so nobody can have answered it."
LOOK_AT_IT: Final = "Look at the ticket, then press Answered or Close now."
NO_CLOSING: Final = "How to close it was not kept when it was filed."
CLOSE_BY_HAND: Final = "Close it in the browser, then press Answered."
CLOCK_OFF: Final = "This computer's clock is or was {off} off; the follow-up goes by the site's clock."
IS_BEING_CLOSED: Final = "{ticket} is being closed at this moment; that cannot be taken back any more."
IS_OVER: Final = "The follow-up of {ticket} is over."

_OPEN: Final = frozenset({FollowUpState.WAITING, FollowUpState.DUE})
_FOR_PERSON: Final = _OPEN | {FollowUpState.ANSWERED}
UNSENT: Final = frozenset({StepState.WAITING, StepState.LATER})  # a step that has not happened and may be taken back


class NotPossibleError(Exception):
    """What a person asked for cannot be done with the follow-up as it stands; the text is a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpRow:
    """One follow-up as it is on disk. Times are seconds since the epoch by this workstation's clock.

    ``step_id`` is the step that asked for it. It is due ``seconds`` after ``created`` (None: whenever an answer comes,
    H7); ``due`` is when that will be as far as is known. ``reply_key`` is the step key of the reply that is to be answered,
    empty when none was sent. ``by_itself``: closed when it is due unless an answer came; ``closing`` is how.
    ``by_person``: a person had it closed. ``written`` is when the row was last written.
    """

    id: int
    plan_id: int
    step_id: str
    site: str
    role: str
    ticket: str
    text: str
    created: float
    seconds: float | None
    due: float | None
    next_look: float
    written: float
    since: float
    state: FollowUpState = FollowUpState.WAITING
    by_itself: bool = False
    by_person: bool = False
    snoozed: bool = False
    closing: tuple[str, str, str] | None = None
    reply_key: str = ""
    looks: int = 0  # looks in a row that came to nothing
    reason: str = ""
    cure: str = ""

    @property
    def close_step_id(self) -> str:
        """The id of the step that closes the ticket, once there is one."""
        return f"{self.step_id}.close"


def must_look(row: FollowUpRow, now: float) -> bool:
    """Whether the site is to be looked at now: a time has come, or the clock was set back since it was reckoned."""
    return row.state in _OPEN and (row.next_look <= now or row.written - now > SLACK)


def is_stale(row: FollowUpRow, step: StepState | None, now: float) -> bool:
    """Whether the look that allowed a closing is too long ago, and the closing has not been sent since."""
    if row.state is not FollowUpState.CLOSING or row.by_person or step not in UNSENT:
        return False
    return abs(now - row.since) > FRESH


def looked(row: FollowUpRow, found: Looked, now: float) -> FollowUpRow:
    """The follow-up after a look at the site."""
    left = _left(row, found, now)
    row = replace(row, looks=0, reason="", cure="", written=now)
    if found.closed:
        return _to(row, FollowUpState.CLOSED, now, CLOSED_MEANWHILE)
    if found.answered:
        return _to(row, FollowUpState.ANSWERED, now, SOMEBODY_WROTE if found.by_others else YOU_WROTE)
    if left is None:
        return replace(row, next_look=now + _pause(now - row.created))
    if left > 0:
        return _not_yet(row, left, _clock_words(row, found, now), now)
    if not row.by_itself:
        return replace(_to(row, FollowUpState.DUE, now), next_look=now + _pause(now - row.created))
    if row.closing is None or not found.asked:
        reason, cure = (NO_CLOSING, CLOSE_BY_HAND) if row.closing is None else (NO_REPLY, LOOK_AT_IT)
        return replace(_to(row, FollowUpState.DUE, now, reason, cure), next_look=now + RARELY)
    return _to(row, FollowUpState.CLOSING, now)


def not_looked(row: FollowUpRow, answer: Later | Refused, now: float, chance: float) -> FollowUpRow:
    """The follow-up when the site could not be looked at: due all the same when its time has come, never closed."""
    looks = row.looks + 1
    if isinstance(answer, Refused):
        wait, cure = AFTER_REFUSAL, answer.cure
    else:
        wait, cure = answer.after if answer.after is not None else backoff(looks, chance), ""
    row = replace(row, looks=looks, next_look=now + min(max(wait, SOON), RARELY), written=now)
    return held(row, answer.reason, cure, now)


def held(row: FollowUpRow, reason: str, cure: str, now: float) -> FollowUpRow:
    """The follow-up while nothing can be asked of its site: shown as due when its time has come."""
    if row.state is FollowUpState.DUE or (row.due is not None and row.due <= now):
        row = _to(row, FollowUpState.DUE, now)
    return replace(row, reason=reason, cure=cure, written=now)


def taken_back(row: FollowUpRow, reason: str, now: float) -> FollowUpRow:
    """The follow-up when its closing was held up for too long: the site is looked at once more before it is closed."""
    return replace(_to(row, FollowUpState.DUE, now, reason), next_look=now, written=now)


# --- what a person says -----------------------------------------------------------------------------------------------


def kept(row: FollowUpRow, step: StepState | None, now: float) -> FollowUpRow:
    """A person has seen to it; the ticket stays as it is. ``step`` is the state of its closing, if there is one.

    Raises NotPossibleError: it is being closed.
    """
    if row.state is FollowUpState.CLOSING and step not in UNSENT | {StepState.REFUSED, None}:
        raise NotPossibleError(IS_BEING_CLOSED.format(ticket=row.ticket))
    if row.state in (FollowUpState.CLOSED, FollowUpState.KEPT):
        return row
    return replace(_to(row, FollowUpState.KEPT, now), written=now)


def closed_by_person(row: FollowUpRow, now: float) -> FollowUpRow:
    """A person wants it closed now. Raises NotPossibleError: it is over, or how to close it is not known."""
    if row.state is FollowUpState.CLOSING:
        return replace(row, by_person=True, written=now)
    _must_be_open(row)
    if row.closing is None:
        raise NotPossibleError(f"{NO_CLOSING} {CLOSE_BY_HAND}")
    return replace(_to(row, FollowUpState.CLOSING, now), by_person=True, written=now)


def snoozed(row: FollowUpRow, hours: float, now: float) -> FollowUpRow:
    """A person wants to be reminded of it in so many hours; a closing that was agreed to comes no sooner for that.

    Raises NotPossibleError: it is over or being closed, or that is no number of hours to wait.
    """
    if not 0 < hours <= LONGEST_SNOOZE:
        raise NotPossibleError(f"A follow-up can wait for up to {LONGEST_SNOOZE:.0f} hours.")
    if row.state is FollowUpState.CLOSING:
        raise NotPossibleError(IS_BEING_CLOSED.format(ticket=row.ticket))
    _must_be_open(row)
    due = now + hours * 3600.0
    if row.by_itself and row.seconds is not None:
        due = max(due, row.created + row.seconds)
    return replace(_to(row, FollowUpState.WAITING, now), due=due, next_look=due, snoozed=True, looks=0, written=now)


def _must_be_open(row: FollowUpRow) -> None:
    if row.state not in _FOR_PERSON:
        raise NotPossibleError(IS_OVER.format(ticket=row.ticket))


# --- time -------------------------------------------------------------------------------------------------------------


def _left(row: FollowUpRow, found: Looked, now: float) -> float | None:
    """Seconds until it is due, by the site's clock where that says; None when it never is by time."""
    waited = now - row.created if found.waited is None else found.waited
    agreed = None if row.seconds is None else row.seconds - waited
    if not row.snoozed or row.due is None:
        return agreed
    left = row.due - (row.written if row.written - now > SLACK else now)  # a clock that was set back waits once more
    return max(left, agreed) if row.by_itself and agreed is not None else left


def _not_yet(row: FollowUpRow, left: float, reason: str, now: float) -> FollowUpRow:
    """It is too early by the site's clock. What was shown as due to a person stays so: nothing fires twice."""
    row = replace(row, reason=reason, next_look=now + left)
    if row.state is FollowUpState.DUE and not row.by_itself:
        return row
    return replace(_to(row, FollowUpState.WAITING, now, reason), due=now + left)


def _clock_words(row: FollowUpRow, found: Looked, now: float) -> str:
    """How far this computer's clock is from the site's, where that is worth a sentence."""
    off = 0.0 if found.waited is None else abs(now - row.created - found.waited)
    return CLOCK_OFF.format(off=_about(off)) if off > SLACK else ""


def _about(seconds: float) -> str:
    for size, name in ((365.25 * 86400, "year"), (86400.0, "day"), (3600.0, "hour"), (60.0, "minute")):
        if seconds >= size:
            count = round(seconds / size)
            return f"about {count} {name}{'' if count == 1 else 's'}"
    return "a little"


def _pause(age: float) -> float:
    """Seconds until the next look for an answer: the longer it has not come, the rarer."""
    return min(max(age / 10, FIRST_LOOK), RARELY)


def _to(row: FollowUpRow, state: FollowUpState, now: float, reason: str = "", cure: str = "") -> FollowUpRow:
    since = row.since if state is row.state else now
    return replace(row, state=state, since=since, reason=reason, cure=cure)
