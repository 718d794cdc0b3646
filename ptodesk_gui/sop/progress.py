"""How far the filing of a plan is: the records that the outbox keeps and the window and the console show."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ptodesk_gui.sop.steps import Step

SEEN_TO: Final = (
    "A person has seen to what the plan had to leave out."  # the reason of a step that is done, once ticked off
)


class StepState(StrEnum):
    """The states of a step; each has a writer and a recovery in the outbox."""

    WAITING = "waiting"  # not tried yet, or known not to have happened
    SENDING = "sending"  # a request may be on its way
    DONE = "done"
    UNCLEAR = "unclear"  # it may have happened: looked up by its key before anything else
    LATER = "later"  # it has not happened: tried again at ``not_before``
    REFUSED = "refused"  # a person is needed


class PlanState(StrEnum):
    """The state of a whole plan, derived from its steps."""

    WAITING = "waiting"
    FILING = "filing"
    FILED = "filed"  # every step is done
    LATER = "later"
    PERSON = "person"  # nothing goes on before a person has acted


@dataclass(frozen=True, slots=True)
class StepProgress:
    """One step and what became of it. Times are seconds since the epoch."""

    step: Step
    words: str  # the step in words: "Create the homeowner ticket"
    state: StepState
    ticket: str | None = None  # the key of the ticket it made or worked on
    reason: str = ""  # why it is not done, in a sentence
    cure: str = ""  # what to do about it
    left_to_do: str = ""  # what the site left for a person although the step is done
    attempts: int = 0
    not_before: float | None = None
    since: float = 0.0
    ask_arrived: bool = False  # unclear, and looking it up did not settle it: a person must say whether it arrived


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """One plan and its steps. ``title`` names it for the agent ("Jane Doe, Sunny Roofs"); ``site`` is where it is filed."""

    plan_id: int
    call_id: str
    site: str
    title: str
    created: float
    state: PlanState
    steps: tuple[StepProgress, ...]
    tickets: Mapping[str, str]  # role -> key
    browse_urls: Mapping[str, str]  # role -> the ticket's page
    held: str = ""  # why none of it goes on for now, in a sentence: signed out, another site, the site asked to wait
    held_cure: str = ""  # what to do about it; empty when it goes on by itself
    undo_until: float | None = None  # nothing is sent before, and the call can be gone back to; None: it cannot

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(s.state is StepState.DONE for s in self.steps)


@dataclass(frozen=True, slots=True)
class PastCall:
    """A call of before, as a search finds it. ``created`` is seconds since the epoch; ``tickets`` are keys."""

    plan_id: int
    title: str
    created: float
    filed: bool
    site: str
    address: str = ""
    emails: tuple[str, ...] = ()
    tickets: tuple[str, ...] = ()


class FollowUpState(StrEnum):
    """The states of a follow-up (H7, H9, H10); each has a writer and a recovery in the outbox."""

    WAITING = "waiting"  # its time has not come, or nobody has answered yet
    DUE = "due"  # it has come: a person looks (H9), or the site could not be asked yet whether an answer came (H10)
    ANSWERED = "answered"  # somebody wrote in the ticket since: a person looks, nothing is closed
    CLOSING = "closing"  # the closing is a step of its plan now
    CLOSED = "closed"
    KEPT = "kept"  # a person has seen to it


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Something to come back to. Times are seconds since the epoch.

    ``title`` names its plan. ``due`` None: whenever the answer comes (H7). ``closing`` is how the ticket is closed
    ("Done, Other, Operations"), empty where it cannot be closed from here; ``closes_itself``: the agent has agreed that
    this happens at the due time unless an answer came.

    To take one up, open ``ticket`` as a case of its own: its channel is found as for any other (H7's is the homeowner's
    email, H9's the partner's again), and what its reporter answered is the case's text (``takeover.from_ticket``). Once a plan
    about that ticket is queued, a person has seen to it: ``FollowUps.answered(id)``.
    """

    id: int
    plan_id: int
    title: str
    site: str
    ticket: str
    text: str
    due: float | None
    state: FollowUpState
    since: float
    closing: str = ""
    closes_itself: bool = False
    by_person: bool = False  # a person had it closed
    browse_url: str = ""
    reason: str = ""  # why it stands as it does, in a sentence
    cure: str = ""  # what a person does about it

    @property
    def over(self) -> bool:
        """Whether nothing of it is left."""
        return self.state in (FollowUpState.CLOSED, FollowUpState.KEPT)

    @property
    def for_person(self) -> bool:
        """Whether it waits for a person."""
        if self.state is FollowUpState.DUE:
            return not self.closes_itself or bool(self.cure)
        return self.state is FollowUpState.ANSWERED or (self.state is FollowUpState.CLOSING and bool(self.cure))

    def when(self, now: float) -> str:
        """When it is or was due, else since when it stands as it does: "in 3 h", "since 20 min", "since 5 days"."""
        by_time = self.due is not None and self.state in (FollowUpState.WAITING, FollowUpState.DUE)
        seconds = (self.due if by_time and self.due is not None else self.since) - now
        if seconds > 0 and not by_time:
            return ""  # the clock was set back since
        for size, unit, least in ((86400.0, "days", 3.0), (3600.0, "h", 1.0), (60.0, "min", 1.0)):
            if seconds >= size * least:
                return f"in {math.ceil(seconds / size)} {unit}"
            if -seconds >= size * least:
                return f"since {math.floor(-seconds / size)} {unit}"
        return "now"
