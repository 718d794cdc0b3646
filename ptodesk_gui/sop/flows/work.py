"""A plan in the making: the steps so far, the problems so far, and the places where steps work."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ptodesk_gui.sop.case import Case, SourceTicket
from ptodesk_gui.sop.facts import Facts
from ptodesk_gui.sop.plan import ChosenReply, Problem
from ptodesk_gui.sop.playbook import Closing, Playbook
from ptodesk_gui.sop.steps import CloseTicket, LinkTickets, MoveTicket, Step, Ticket


@dataclass(frozen=True, slots=True)
class Place:
    """A ticket that steps work on: which one, its key if it exists already, and what must be done before anything on it."""

    ticket: Ticket
    key: str | None
    needs: tuple[str, ...] = ()


NO_REPLY = ChosenReply(None, "", ())


@dataclass(slots=True)
class Work:
    """What the flows write into. Closings are kept apart: they come last."""

    facts: Facts
    steps: list[Step] = field(default_factory=list)
    closings: list[Step] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    homeowner_reply: ChosenReply = NO_REPLY
    installer_reply: ChosenReply = NO_REPLY

    @property
    def case(self) -> Case:
        """The case the plan is for."""
        return self.facts.case

    @property
    def playbook(self) -> Playbook:
        """The playbook the plan follows."""
        return self.facts.playbook

    def add(self, step: Step) -> str:
        """Append a step; gives its id."""
        self.steps.append(step)
        return step.id

    def problem(self, path: str, rule: str, text: str, *, blocks: bool = False) -> None:
        """Note a problem of a field."""
        self.problems.append(Problem(path, rule, text, blocks))

    def existing(self, ticket: Ticket, source: SourceTicket) -> Place:
        """The ticket the concern came in with, moved to the playbook's project first where it must be (T1)."""
        named, said = source.key.partition("-")[0].upper(), source.project.upper()
        to, sources = self.playbook.project, self.playbook.source_projects
        if said and said != named:
            text = f"{source.key} has a key of {named}, and its project is given as {said}. Check that it is the right ticket."
            self.problem("source_ticket.project", "T1", text)
        if named in sources or said in sources:  # moving one that is there already changes nothing
            step_id = f"{ticket}.move"
            self.add(MoveTicket(id=step_id, rules=("T1",), ticket=ticket, key=source.key, project=to))
            return Place(ticket, source.key, (step_id,))
        if named != to:
            text = f"Tickets are moved to {to} from {', '.join(sources)} only: this one stays in {named}."
            self.problem("source_ticket.project", "T1", text)
        return Place(ticket, source.key)

    def close(self, place: Place, closing: Closing, rules: tuple[str, ...], after: Sequence[str] = ()) -> None:
        """Close a ticket, last: once everything done to it, its links and ``after`` are done."""
        own = [step.id for step in self.steps if place.ticket in _touched(step)]
        self.closings.append(
            CloseTicket(
                id=f"{place.ticket}.close",
                rules=rules,
                needs=tuple(dict.fromkeys([*own, *after])),
                ticket=place.ticket,
                key=place.key,
                transition=closing.transition,
                resolution=closing.resolution,
                category=closing.category,
            )
        )


def _touched(step: Step) -> tuple[Ticket, ...]:
    """The tickets that a step changes."""
    return (step.from_, step.to) if isinstance(step, LinkTickets) else (step.ticket,)
