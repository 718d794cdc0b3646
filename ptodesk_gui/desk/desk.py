"""What the outbox asks of a desk: one attempt at one step, and an answer that says what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from ptodesk_gui.sop.steps import Step


@dataclass(frozen=True, slots=True)
class Target:
    """What a step needs to know besides itself.

    ``step_key`` is the step's idempotency key, random and durable, the same on every attempt. ``tickets`` maps a
    ticket's role ("homeowner") to its key ("PTO-12") as far as they are known. ``properties`` are entity properties
    to set on the ticket that the step makes, edits or says something in (the playbook's version, for instance).

    ``last_attempt`` is when the step was last tried (0 when that is the first attempt, or not known); a look-up believes
    that a step has not happened only some time after it. ``reporter_missing`` says that the ticket's reporter was left
    to a person when it was made (``Done.reporter_missing``): a public reply then makes sure first that somebody receives it.
    """

    step_key: str
    tickets: Mapping[str, str]
    first_attempt: float  # seconds since the epoch when the step was first tried
    properties: Mapping[str, object] = field(default_factory=dict)
    last_attempt: float = 0.0
    reporter_missing: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """The step has happened. ``ticket`` is the key of the ticket made or worked on.

    ``left_to_do`` is a sentence for a person when the site did not let the program do all of it
    ("Set the reporter of PTO-12 to jane@example.com."): shown until ticked off, never passed over.
    ``reporter_missing`` says that it is the reporter: later steps on the ticket carry it in their ``Target``.
    """

    ticket: str | None = None
    left_to_do: str | None = None
    reporter_missing: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """The step has not happened and will not by itself: what is wrong, and what a person does about it."""

    reason: str
    cure: str
    sign_in: bool = False  # the account or its token is what is wrong: no other step will do better


@dataclass(frozen=True, slots=True)
class Later:
    """The step has not happened; it may be tried again. ``after`` is how many seconds the site asked to wait, if it said."""

    reason: str
    after: float | None = None
    whole_site: bool = True  # False: only this ticket must wait (a limit on writes to one issue)


@dataclass(frozen=True, slots=True)
class Unclear:
    """The request went out and its answer got lost: the step may have happened.

    ``after`` in seconds: from ``perform``, how long to wait before looking; from ``settle``, when "not there" will be
    certain ("there" may be found sooner).
    """

    reason: str
    after: float | None = None


@dataclass(frozen=True, slots=True)
class NotArrived:
    """A look-up found, with certainty, that the step has not happened: it may be tried again."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look at a ticket found that waits for an answer to a reply of ours.

    ``asked``: the reply is there, for the customer to read. ``answered``: a comment that came after it counts as an answer, ``by_others`` one of
    somebody other than the account that replied. ``waited`` is how many seconds ago the reply went out by the site's own
    clock, None when it does not say. ``closed``: the ticket is closed.
    """

    asked: bool
    answered: bool
    by_others: bool
    waited: float | None
    closed: bool = False


Outcome = Done | Refused | Later | Unclear


class Desk(Protocol):
    """A ticket desk. Both methods may be called from several worker threads at once and never raise for what a network or site may do."""

    def perform(self, step: Step, target: Target) -> Outcome:
        """Try the step once."""

    def settle(self, step: Step, target: Target) -> Done | NotArrived | Later | Unclear | Refused:
        """Find out whether an earlier attempt at the step arrived, without changing anything.

        ``Unclear`` means the site's search may not show it yet: ask again later.
        """

    def browse_url(self, ticket: str) -> str:
        """The address of the ticket's page for a browser."""


@runtime_checkable
class PreparingDesk(Desk, Protocol):
    """A desk that can look up what a whole plan needs, side by side, before its first step."""

    def prepare(self, steps: Sequence[Step]) -> None:
        """Find (or make) the customers and organizations that the steps name. Best effort: what fails here is tried again by the step itself."""


@runtime_checkable
class AnsweringDesk(Desk, Protocol):
    """A desk that can say whether somebody answered."""

    def answer_since(self, ticket: str, reply_key: str) -> Looked | Later | Refused:
        """What became of the ticket since the reply that the step of that key wrote. Changes nothing, and never raises."""
