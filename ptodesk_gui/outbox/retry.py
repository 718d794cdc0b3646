"""What becomes of a step, and when it is tried again. Pure: time and chance are arguments.

``waiting -> sending -> done``, with ``sending -> unclear`` (looked up by its key, then ``done`` or ``waiting``),
``sending -> later`` (tried again at a time) and ``sending -> refused`` (a person is needed).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from ptodesk_gui.desk.desk import Done, Later, NotArrived, Refused, Unclear
from ptodesk_gui.outbox.record import Scope, StepRow, known_tickets, roles_of
from ptodesk_gui.sop.progress import SEEN_TO, PlanState, StepState
from ptodesk_gui.sop.steps import CreateTicket

Answer = Done | Refused | Later | Unclear | NotArrived

FIRST_WAIT: Final = 2.0  # seconds: the longest first wait; it doubles with every failure
LONGEST_WAIT: Final = 300.0
LONGEST_ASKED: Final = 6 * 3600.0  # a site's own Retry-After is honoured up to this
BEYOND_BELIEF: Final = LONGEST_ASKED * 1.2  # nothing waits longer than this: the clock was set back
LOOKS: Final = 10  # look-ups without an answer before a person is asked: about three minutes with the waits below
ASK_AFTER: Final = 60.0  # seconds after sending before a person is asked to look: until then it may still arrive
LOOK_WAITS: Final = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)

CHECKING: Final = "It is being checked whether this arrived."
NOT_SETTLED: Final = "Looking it up did not settle whether this arrived."
CHOICES: Final = "Look for it on the site. If it is there, say so and it is not sent again; if it is not there, have it sent once more."


@dataclass(frozen=True, slots=True)
class Holds:
    """What must wait for now: whole sites and single tickets until a time, and sites whose sign-in is refused."""

    sites: Mapping[str, float] = field(default_factory=dict)
    tickets: Mapping[str, float] = field(default_factory=dict)
    signed_out: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # site -> reason, cure

    def site_waits(self, site: str, now: float) -> bool:
        """Whether nothing may be sent to the site now."""
        return site in self.signed_out or not is_due(self.sites.get(site), now)


def backoff(failures: int, chance: float) -> float:
    """Seconds to wait after the ``failures``-th failure in a row, with full jitter; ``chance`` is in [0, 1)."""
    ceiling = min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(max(failures, 1) - 1, 16))
    return ceiling * chance


def is_due(not_before: float | None, now: float) -> bool:
    """Whether a time to wait for has come. A time impossibly far ahead means that the clock was set back: it counts as come."""
    return not_before is None or not_before <= now or not_before - now > BEYOND_BELIEF


def waits_for_sign_in(row: StepRow) -> bool:
    """Whether the site refused the account or its token when this step was tried, so that nothing there goes on."""
    return row.scope is Scope.SITE and (row.state is StepState.REFUSED or row.for_person)


def held_off(row: StepRow, until: float) -> StepRow:
    """A new step that is not to be sent before a time: the call it is of may be gone back to until then."""
    return replace(row, state=StepState.LATER, not_before=until)


def is_held_off(row: StepRow) -> bool:
    """Whether a step has been waiting for its time since it was queued, and was never tried."""
    return row.state is StepState.LATER and not row.attempts and row.not_before is not None


def may_be_taken_back(steps: Sequence[StepRow], now: float) -> float | None:
    """Until when a plan can be taken back; None when it cannot: its time is over, or something of it may have gone out."""
    times = [row.not_before for row in steps if is_held_off(row) and row.not_before is not None]
    if not times or len(times) < len(steps) or is_due(min(times), now):
        return None
    return min(times)


def claimed(row: StepRow, now: float, ticket: str | None) -> StepRow:
    """The step as it must be on disk before its request goes out; as it is when it has moved on meanwhile."""
    if row.state not in (StepState.WAITING, StepState.LATER):
        return row
    return replace(
        row,
        state=StepState.SENDING,
        ticket=ticket,
        attempts=row.attempts + 1,
        first_attempt=now if row.first_attempt is None else row.first_attempt,
        last_attempt=now,
        since=now,
        reason="",
        cure="",
        not_before=None,
        scope=Scope.STEP,
    )


def interrupted(row: StepRow, now: float) -> StepRow:
    """A step that was being sent when the program ended: nobody knows whether it arrived."""
    return _unclear(row, "The program ended while this was being sent; it is being checked whether it arrived.", now)


def answered(
    row: StepRow, sent: StepRow, answer: Answer, url: str, now: float, failures: int, chance: float
) -> StepRow:
    """The step after its attempt ``sent`` was answered. ``row`` is how it stands on disk now, ``failures`` counts the site's.

    When the row is no longer this attempt's (it was taken for interrupted meanwhile), only "done" still counts:
    that it happened stays true whoever says so.
    """
    if isinstance(answer, Done):
        return _done(row, answer, url, now)
    if row.state is not StepState.SENDING or row.attempts != sent.attempts:
        return row
    if isinstance(answer, Unclear):
        return _unclear(row, answer.reason, now, answer.after)
    if isinstance(answer, NotArrived):
        return replace(_cleared(row), state=StepState.WAITING, since=now)
    if isinstance(answer, Refused):
        return replace(
            row,
            state=StepState.REFUSED,
            reason=answer.reason,
            cure=answer.cure,
            scope=Scope.SITE if answer.sign_in else Scope.STEP,
            since=now,
        )
    scope, wait = _wait(answer, failures, row.attempts, chance)
    return replace(row, state=StepState.LATER, reason=answer.reason, not_before=now + wait, scope=scope, since=now)


def looked_up(
    row: StepRow,
    answer: Answer,
    url: str,
    now: float,
    failures: int,
    chance: float,
) -> StepRow:
    """An unclear step after it was looked up. Whatever the answer, it is not sent again before a look-up said "not there"."""
    if isinstance(answer, Done):
        return _done(row, answer, url, now)
    if row.state is not StepState.UNCLEAR:
        return row
    if isinstance(answer, NotArrived):
        return replace(_cleared(row), state=StepState.WAITING, since=now, looks=0)
    if isinstance(answer, Refused):
        left = (row.last_attempt or 0.0) + ASK_AFTER - now
        if not answer.sign_in and 0 < left <= ASK_AFTER:
            return replace(row, not_before=now + left, scope=Scope.STEP, since=now)
        cure = answer.cure if answer.sign_in else f"{answer.cure} {CHOICES}"
        scope = Scope.SITE if answer.sign_in else Scope.STEP
        return replace(row, reason=answer.reason, cure=cure, scope=scope, for_person=True)
    if isinstance(answer, Later):
        scope, wait = _wait(answer, failures, 0, chance)
        return replace(row, reason=answer.reason, not_before=now + wait, scope=scope, since=now)
    row = replace(row, reason=answer.reason, looks=row.looks + 1, scope=Scope.STEP)
    if row.looks >= LOOKS:
        return replace(row, reason=NOT_SETTLED, cure=CHOICES, for_person=True, not_before=None)
    wait = LOOK_WAITS[min(row.looks, len(LOOK_WAITS)) - 1]
    if answer.after is not None:  # then a "no" will be certain; a "yes" may be found sooner
        wait = min(wait, max(answer.after, LOOK_WAITS[0]))
    return replace(row, not_before=now + wait, since=now)


def waiting_from(row: StepRow, now: float) -> StepRow:
    """The step with its wait begun anew: by the clock as it is now, nobody can tell how much of it has passed."""
    return row if row.not_before is None else replace(row, not_before=row.not_before - row.since + now, since=now)


def tried_again(row: StepRow, now: float) -> StepRow:
    """The step after a person asked to try it again: at once. An unclear one is looked up again, never sent."""
    if row.state is StepState.UNCLEAR:
        return replace(_cleared(row), reason=CHECKING, looks=0)
    if row.state in (StepState.REFUSED, StepState.LATER):
        return replace(_cleared(row), state=StepState.WAITING, since=now)
    return row


def told(row: StepRow, arrived: bool, ticket: str | None, url: str, now: float) -> StepRow:
    """An unclear step after a person said whether it arrived.

    Raises ValueError when a ticket that was made is not named: the other steps need its key.
    """
    if row.state is not StepState.UNCLEAR:
        return row
    if not arrived:
        return replace(_cleared(row), state=StepState.WAITING, since=now, looks=0)
    if isinstance(row.step, CreateTicket) and not ticket:
        raise ValueError("The key of the ticket is needed, such as PTO-12.")
    return _done(row, Done(ticket or row.ticket), url, now)


def ticked_off(row: StepRow) -> StepRow:
    """A step after a person did what the site had left to do; where that was nothing, what the plan had to leave out (M1)."""
    seen_to = row.reason if row.left_to_do or row.state is not StepState.DONE else SEEN_TO
    return replace(row, left_to_do="", reporter_missing=False, reason=seen_to)


def scheduled(row: StepRow, ticket: str | None, now: float) -> StepRow:
    """A reminder's step once the reminder is on the list: nothing is sent for it."""
    return _done(replace(row, attempts=row.attempts + 1), Done(ticket), "", now)


def runnable(steps: Sequence[StepRow], now: float, holds: Holds) -> list[StepRow]:
    """The steps of one plan that may be tried (or, when unclear, looked up) now; the site itself must be free."""
    tickets = known_tickets(steps)

    def free(row: StepRow) -> bool:
        if not is_due(row.not_before, now):
            return False
        if row.state is StepState.UNCLEAR:
            return not row.for_person
        if row.state not in (StepState.WAITING, StepState.LATER) or _waits_for(row, steps):
            return False
        return all(is_due(holds.tickets.get(tickets.get(role, "")), now) for role, _ in roles_of(row.step))

    return [row for row in steps if free(row)]


def turn_of(row: StepRow) -> tuple[bool, int, int, int]:
    """Sorts steps: look-ups, then what was tried least, then the oldest, so that a step that always fails keeps nobody waiting."""
    return row.state is not StepState.UNCLEAR, row.attempts, row.plan_id, row.position


def next_try(steps: Sequence[StepRow]) -> float | None:
    """The earliest time at which something of the plan goes on by itself: 0 now, None never (or once a request is answered)."""
    times: dict[str, float] = {}
    for row in _movable(steps):
        waits_for = _waits_for(row, steps)
        if row.state is not StepState.SENDING and waits_for <= times.keys():
            times[row.step.id] = max([row.not_before or 0.0, *(times[need] for need in waits_for)])
    return min(times.values(), default=None)


def plan_state(steps: Sequence[StepRow], signed_out: bool) -> PlanState:
    """The state of a whole plan. ``signed_out``: its site refuses the account, so nothing goes on by itself."""
    states = {row.state for row in steps}
    if states <= {StepState.DONE}:
        return PlanState.FILED
    if StepState.SENDING in states:
        return PlanState.FILING
    movable = _movable(steps)
    if signed_out or not movable:
        return PlanState.PERSON
    if any((row.state is StepState.LATER or row.not_before) and not is_held_off(row) for row in movable):
        return PlanState.LATER
    return PlanState.FILING if any(row.attempts for row in steps) else PlanState.WAITING


def _movable(steps: Sequence[StepRow]) -> list[StepRow]:
    """The steps that are not done and, with what they wait for, wait for no person. (Needs come first in a plan.)"""
    stuck: set[str] = set()
    movable = []
    for row in steps:
        if row.state is StepState.REFUSED or row.for_person or not stuck.isdisjoint(_waits_for(row, steps)):
            stuck.add(row.step.id)
        elif row.state is not StepState.DONE:
            movable.append(row)
    return movable


def _waits_for(row: StepRow, steps: Sequence[StepRow]) -> set[str]:
    """The steps that must be done before this one is sent: those it needs, and those that make its tickets."""
    if row.state in (StepState.DONE, StepState.UNCLEAR):  # sent already: all it needed was done
        return set()
    roles = {role for role, _ in roles_of(row.step)}
    before = {r.step.id for r in steps if isinstance(r.step, CreateTicket) and r.step.ticket.value in roles}
    before = (before | set(row.step.needs)) - {row.step.id}
    return before - {r.step.id for r in steps if r.state is StepState.DONE}


def _done(row: StepRow, answer: Done, url: str, now: float) -> StepRow:
    if row.state is StepState.DONE:
        return row
    return replace(
        _cleared(row),
        state=StepState.DONE,
        ticket=answer.ticket or row.ticket,
        url=url,
        left_to_do=answer.left_to_do or "",
        reporter_missing=answer.reporter_missing,
        since=now,
    )


def _unclear(row: StepRow, reason: str, now: float, after: float | None = None) -> StepRow:
    not_before = None if after is None else now + _asked(after)
    return replace(_cleared(row), state=StepState.UNCLEAR, reason=reason, looks=0, since=now, not_before=not_before)


def _cleared(row: StepRow) -> StepRow:
    return replace(row, reason="", cure="", not_before=None, scope=Scope.STEP, for_person=False)


def _wait(answer: Later, failures: int, attempts: int, chance: float) -> tuple[Scope, float]:
    """How far the trouble reaches, and the seconds to wait.

    What the site asked for is kept to, with a little more, so that several workstations do not come back in the same
    instant. Trouble that the site named no time for is the step's own when the site has failed less often in a row than
    the step has been sent: it has done something else in between.
    """
    scope = Scope.SITE if answer.whole_site else Scope.TICKET
    if answer.after is not None:
        return scope, _asked(answer.after) + chance
    if scope is Scope.TICKET:
        return scope, backoff(attempts, chance)
    if failures < attempts:
        return Scope.STEP, backoff(attempts, chance)
    return scope, backoff(failures, chance)


def _asked(after: float | None) -> float:
    """Seconds that the desk asked to wait, within reason."""
    return min(max(after or 0.0, 0.0), LONGEST_ASKED)
