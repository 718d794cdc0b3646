"""How far the filing of a plan is: the records that the outbox keeps and the window and the console show."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ptodesk_gui.sop.steps import Step


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

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(s.state is StepState.DONE for s in self.steps)
