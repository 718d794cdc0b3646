"""One step and one plan as the outbox keeps them, and the progress records that are shown of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from ptodesk_gui.sop.progress import StepState
from ptodesk_gui.sop.steps import (
    CreateTicket,
    EditTicket,
    InternalComment,
    LinkTickets,
    MoveTicket,
    PublicReply,
    Step,
)


class Scope(StrEnum):
    """How far a trouble reaches."""

    STEP = "step"
    TICKET = "ticket"
    SITE = "site"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """One step as it is on disk. Times are seconds since the epoch.

    ``scope`` says whose trouble it is: with LATER or UNCLEAR, who else waits until ``not_before``; REFUSED by the whole
    site means that the account or its token is what is wrong. ``for_person`` marks an unclear step that
    looking up cannot settle. ``since`` is when it came to stand so or last began to wait. ``looks`` counts the look-ups that found nothing certain. ``ticket`` is the key it made or works on, as soon as that is known.
    """

    plan_id: int
    position: int
    step: Step
    step_key: str
    state: StepState = StepState.WAITING
    ticket: str | None = None
    url: str = ""
    reason: str = ""
    cure: str = ""
    left_to_do: str = ""
    reporter_missing: bool = False
    attempts: int = 0
    looks: int = 0
    first_attempt: float | None = None
    last_attempt: float | None = None
    not_before: float | None = None
    since: float = 0.0
    scope: Scope = Scope.STEP
    for_person: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """One plan as it is on disk, with its steps in their order. ``properties`` go onto the tickets that it works on."""

    plan_id: int
    call_id: str
    site: str
    title: str
    created: float
    steps: tuple[StepRow, ...]
    properties: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """A call that is not filed yet: its inputs as the window wrote them, and the field the agent was in."""

    call_id: str
    payload: Mapping[str, object]
    focus: str
    saved: float


def roles_of(step: Step) -> tuple[tuple[str, str | None], ...]:
    """The tickets a step works on: each one's role, and its key where the plan knows it."""
    if isinstance(step, LinkTickets):
        return (step.from_.value, step.from_key), (step.to.value, step.to_key)
    return ((step.ticket.value, step.key),)


def sets_properties(step: Step, steps: Iterable[StepRow]) -> bool:
    """Whether the step puts the plan's properties on its ticket: when it makes or edits it, or says the first thing in one that nobody
    of the plan makes or edits.
    """
    if isinstance(step, CreateTicket | EditTicket):
        return True
    if not isinstance(step, InternalComment | PublicReply):
        return False
    theirs = [r.step for r in steps if not isinstance(r.step, LinkTickets) and r.step.ticket is step.ticket]
    if any(isinstance(other, CreateTicket | EditTicket) for other in theirs):
        return False
    return next(s for s in theirs if isinstance(s, InternalComment | PublicReply)).id == step.id


def known_tickets(steps: Iterable[StepRow]) -> dict[str, str]:
    """Role -> key of every ticket of the plan that exists; a ticket that was moved has its new key."""
    tickets: dict[str, str] = {}
    for row in steps:
        for role, key in roles_of(row.step):
            if key:
                tickets.setdefault(role, key)
        if row.state is StepState.DONE and row.ticket and isinstance(row.step, CreateTicket | MoveTicket):
            tickets[row.step.ticket.value] = row.ticket
    return tickets


def known_urls(steps: Sequence[StepRow]) -> dict[str, str]:
    """Role -> address of the ticket's page, as far as a step has worked on that very ticket."""
    pages = {row.ticket: row.url for row in steps if row.ticket and row.url}
    return {role: pages[key] for role, key in known_tickets(steps).items() if key in pages}
