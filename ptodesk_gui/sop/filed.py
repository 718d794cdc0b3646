"""Records of what a desk has after filing, for the comparison with what the procedure asks. The desk fills them, field by field."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ptodesk_gui.sop.plan import Plan
from ptodesk_gui.sop.steps import LinkTickets, Remind
from ptodesk_gui.sop.tickets import Comment, SiteTicket


@dataclass(frozen=True, slots=True)
class FiledTicket:
    """A ticket with everything that a plan can set. ``choices`` are the values of its select fields, the closing screen's among them.

    ``mentions`` are the words of the real mentions in its comments ("@Jessica Hauger").
    """

    ticket: SiteTicket
    assignee: str = ""
    resolution: str = ""
    choices: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()

    def comments(self, since: datetime, *, public: bool) -> tuple[Comment, ...]:
        """The comments since a moment: those that the customer sees, or the internal ones."""
        return tuple(c for c in self.ticket.comments if c.public is public and (c.when is None or c.when >= since))


@dataclass(frozen=True, slots=True)
class OnDesk:
    """What is on the desk after a practice call, and what the agent's own outbox will come back to. ``tickets`` by role; ``others`` were made since then and belong to no role."""

    since: datetime
    tickets: Mapping[str, FiledTicket] = field(default_factory=dict)
    others: tuple[SiteTicket, ...] = ()
    reminders: Mapping[str, Remind] | None = None  # by role; None: not looked at


def keys_by_role(asked: Plan, filed: Mapping[str, str]) -> dict[str, str]:
    """Which ticket stands for which role: those that were there before, then those that the agent's own plan made.

    ``filed`` are the keys of the agent's plan by role. A ticket stands for one role only: an email's ticket that was
    taken for the homeowner's, for instance, is still the ticket that the concern came in with.
    """
    found: dict[str, str] = {}
    for role, key in _known(asked):
        found.setdefault(role, key)
    for role, key in filed.items():
        if key not in found.values():
            found.setdefault(role, key)
    return found


def _known(plan: Plan) -> Iterable[tuple[str, str]]:
    for step in plan.steps:
        if isinstance(step, LinkTickets):
            ends = [(step.from_, step.from_key), (step.to, step.to_key)]
        else:
            ends = [(step.ticket, step.key)]
        yield from ((role.value, key) for role, key in ends if key)
