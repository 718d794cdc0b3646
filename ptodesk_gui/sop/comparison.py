"""What was filed beside what the procedure asks of a practice caller, point by point with the rule.

What is asked is the plan of the caller's true facts; what was filed is read from the desk.
"""

from collections.abc import Iterator
from datetime import date
from itertools import zip_longest
from typing import Final

from ptodesk_gui.sop.case import Case
from ptodesk_gui.sop.comparison_replies import Replies
from ptodesk_gui.sop.disclosure import shares_run
from ptodesk_gui.sop.facts import UNKNOWN, Facts, gather
from ptodesk_gui.sop.filed import FiledTicket, OnDesk
from ptodesk_gui.sop.flows import make_plan
from ptodesk_gui.sop.flows.flags import disclosed_words
from ptodesk_gui.sop.names import place_key
from ptodesk_gui.sop.playbook import Playbook
from ptodesk_gui.sop.steps import (
    UNCHANGED,
    CloseTicket,
    CreateTicket,
    EditTicket,
    InternalComment,
    LinkTickets,
    MoveTicket,
    PublicReply,
    Remind,
    Step,
    Ticket,
)
from ptodesk_gui.sop.training import Point, Verdict

NONE: Final = "None"
ANONYMOUS: Final = "Anonymous"
OWN_WORDS: Final = "Your own words: read whether they say the same."
_NAMES: Final = {
    "source": "Ticket it came in with",
    "homeowner": "Homeowner ticket",
    "installer": "Installer ticket",
    "open_homeowner": "Open homeowner ticket",
    "open_installer": "Open installer ticket",
}
_ALL: Final = "All tickets"
_NEVER_ASKED: Final = {"homeowner": "No new homeowner ticket", "installer": "No installer ticket"}


def compare(case: Case, playbook: Playbook, today: date, desk: OnDesk) -> tuple[Point, ...]:
    """Every point of the plan for the case, and what stands on the desk beside it."""
    return tuple(_Comparer(case, playbook, today, desk).points())


class _Comparer:
    """Compares one practice call."""

    def __init__(self, case: Case, playbook: Playbook, today: date, desk: OnDesk) -> None:
        self._case = case
        self._facts: Facts = gather(case, playbook, today)
        self._plan = make_plan(case, playbook, today)
        self._desk = desk
        self._replies = Replies(self._facts, self._plan, desk.since)

    def points(self) -> Iterator[Point]:
        asked: dict[Ticket, list[Step]] = {}
        for step in self._plan.steps:
            if not isinstance(step, LinkTickets):
                asked.setdefault(step.ticket, []).append(step)
        for role, steps in asked.items():
            yield from self._ticket(role, steps)
        for step in self._plan.steps:
            if isinstance(step, LinkTickets):
                yield self._link(step)
        yield from self._never_asked(asked)
        yield from self._too_many()

    # -- one ticket

    def _ticket(self, role: Ticket, steps: list[Step]) -> Iterator[Point]:
        found = self._desk.tickets.get(role)
        where = self._where(role)
        if found is None:
            rules = steps[0].rules
            yield Point(where, "The ticket", rules, Verdict.DIFFERENT, "One ticket", NONE, "It is not on the desk.")
            return
        for step in steps:
            yield from self._step(where, role, step, found)
        yield from self._replies.not_asked(where, role, steps, found)

    def _step(self, where: str, role: Ticket, step: Step, found: FiledTicket) -> Iterator[Point]:
        match step:
            case MoveTicket():
                yield _same(where, "Project", step.rules, step.project, found.ticket.project)
            case CreateTicket():
                yield _same(
                    where, "Project", ("I1" if role is Ticket.INSTALLER else "H1",), step.project, found.ticket.project
                )
                yield from self._fields(where, role, step, found)
            case EditTicket():
                yield from self._fields(where, role, step, found)
            case InternalComment():
                yield from self._comment(where, step, found)
            case PublicReply():
                yield self._replies.point(where, step, found)
            case CloseTicket():
                yield _closing(where, step, found)
            case Remind():
                said = "Closed" if found.ticket.closed else "Open"
                yield _same(where, "Stays open for the answer", step.rules, "Open", said)
                if self._desk.reminders is not None:
                    filed = self._desk.reminders.get(role)
                    yield _same(where, "Come back to", step.rules, _reminder(step), _reminder(filed))
            case LinkTickets():
                return

    def _fields(self, where: str, role: Ticket, step: CreateTicket | EditTicket, found: FiledTicket) -> Iterator[Point]:
        ticket, rules = found.ticket, step.rules
        labels = step.labels if isinstance(step, CreateTicket) else step.add_labels
        if isinstance(step.summary, str):
            yield self._title(where, role, step.summary, ticket.summary)
        if isinstance(step.description, str):
            yield from self._description(where, role, step.description, ticket.description)
        if isinstance(labels, tuple):
            there = ", ".join(ticket.labels) or NONE
            verdict = Verdict.RIGHT if set(labels) <= set(ticket.labels) else Verdict.DIFFERENT
            yield Point(where, "Label", ("T2",), verdict, ", ".join(labels), there)
        if isinstance(step.request_type, str):
            yield _same(where, "Request type", ("T3",), step.request_type, ticket.request_type, loose=True)
        if step.organization is not UNCHANGED:
            there = ", ".join(ticket.organizations) or NONE
            yield _same(where, "Organization", ("T4",), step.organization or NONE, there)
        if step.reporter is not UNCHANGED:
            yield _reporter(where, rules, step, found)
        if step.assignee is not UNCHANGED:
            yield _same(where, "Assignee", ("T10",), step.assignee or NONE, found.assignee or NONE)

    def _title(self, where: str, role: Ticket, asked: str, filed: str) -> Point:
        rule = {"installer": "I2", "source": "H8"}.get(role, "H7" if "H7" in self._reply_rules() else "H2")
        point = _same(where, "Title", (rule,), asked, filed)
        lead = asked.partition(" > ")[0] + " > "
        if role is Ticket.SOURCE and point.verdict is Verdict.DIFFERENT and filed.startswith(lead) and filed != lead:
            return Point(where, "Title", (rule,), Verdict.LOOK, asked, filed, OWN_WORDS)
        return point

    def _description(self, where: str, role: Ticket, asked: str, filed: str) -> Iterator[Point]:
        wanted, there = asked.split("\n"), filed.split("\n")
        for number, line in enumerate(wanted[:2]):
            label = line.partition(":")[0]
            yield _same(where, f"Description: {label}", ("T7",), line, there[number] if number < len(there) else "")
        yield self._concern(where, role, wanted[2], " ".join(there[2:]))

    def _concern(self, where: str, role: Ticket, asked: str, filed: str) -> Point:
        what, concern = "Description: Concern", filed.removeprefix("Concern:").strip()
        if not filed.startswith("Concern:") or concern in ("", UNKNOWN):
            return Point(where, what, ("T7",), Verdict.DIFFERENT, asked, filed or NONE, "There is no concern.")
        if role is Ticket.INSTALLER and (words := disclosed_words(self._facts, concern)):
            note = f"The installer reads about billing: {', '.join(words)}."
            return Point(where, what, ("I5",), Verdict.DIFFERENT, asked, filed, note)
        source = self._case.source_ticket
        if source is not None and shares_run(concern, source.text):
            note = "It is copied from the ticket: sum it up in your own words."
            return Point(where, what, ("T8",), Verdict.DIFFERENT, asked, filed, note)
        if filed == asked:
            return Point(where, what, ("T7",), Verdict.RIGHT, asked, filed)
        return Point(where, what, ("T7", "T8"), Verdict.LOOK, asked, filed, OWN_WORDS)

    def _comment(self, where: str, step: InternalComment, found: FiledTicket) -> Iterator[Point]:
        internal = [comment.text for comment in found.comments(self._desk.since, public=False)]
        label = step.body.partition(":")[0]
        if isinstance(step.mention, str):
            there = ", ".join(found.mentions) or NONE
            named = any(place_key(m.removeprefix("@")) == place_key(step.mention) for m in found.mentions)
            verdict = Verdict.RIGHT if named else Verdict.DIFFERENT
            yield Point(where, "Mention in an internal comment", step.rules, verdict, f"@{step.mention}", there)
        elif "T5" in step.rules:
            texts = [text for text in internal if text.startswith(f"{label}:")]
            yield from _six_lines(where, step, texts)
        else:
            yield _news(where, step, internal)

    # -- between tickets

    def _link(self, step: LinkTickets) -> Point:
        one, other = self._desk.tickets.get(step.from_), self._desk.tickets.get(step.to)
        asked = f"{_lower(self._where(step.from_))} {step.relation} {_lower(self._where(step.to))}"
        if one is None or other is None:
            return Point(_ALL, "Link", step.rules, Verdict.DIFFERENT, asked, NONE, "One of the two tickets is missing.")
        there = [link for link in one.ticket.links if link.key == other.ticket.key]
        if any(place_key(link.phrase) == place_key(step.relation) for link in there):
            return Point(_ALL, "Link", step.rules, Verdict.RIGHT, asked, asked)
        filed = "; ".join(f"{one.ticket.key} {link.phrase} {link.key}" for link in there) or NONE
        turned = any(place_key(link.back) == place_key(step.relation) for link in there)
        note = "It is the wrong way round." if turned else ""
        return Point(_ALL, "Link", step.rules, Verdict.DIFFERENT, asked, filed, note)

    def _never_asked(self, asked: dict[Ticket, list[Step]]) -> Iterator[Point]:
        """Tickets that the procedure does not want here, or forbids (I7, O2, H7, H9, H10, I8)."""
        replies = {"homeowner": self._plan.homeowner_reply.rule, "installer": self._plan.installer_reply.rule}
        for name, what in _NEVER_ASKED.items():
            if Ticket(name) in asked:
                continue
            rule = self._never_rule(name, replies[name])
            found = self._desk.tickets.get(name)
            verdict = Verdict.RIGHT if found is None else Verdict.DIFFERENT
            yield Point(_ALL, what, (rule,), verdict, NONE, NONE if found is None else found.ticket.key)

    def _never_rule(self, name: str, reply_rule: str) -> str:
        if reply_rule in ("O5", "O6"):
            return "O2" if self._case.source_ticket is None else self._again_rule()
        return reply_rule if name == "installer" or reply_rule != "H5" else "O2"

    def _again_rule(self) -> str:
        """The rule of a concern that came with a ticket while others are open (O1, O3, O4)."""
        rules = (rule for step in self._plan.steps for rule in step.rules if rule in ("O1", "O3", "O4"))
        return next(rules, "T9")

    def _too_many(self) -> Iterator[Point]:
        for ticket in self._desk.others:
            filed = f"{ticket.key} {ticket.summary}"
            yield Point(_ALL, "A ticket too many", ("T9",), Verdict.DIFFERENT, NONE, filed)

    def _reply_rules(self) -> tuple[str, ...]:
        return self._plan.homeowner_reply.rule, self._plan.installer_reply.rule

    def _where(self, role: str) -> str:
        found = self._desk.tickets.get(role)
        return _NAMES[role] if found is None else f"{_NAMES[role]} {found.ticket.key}"


def _reminder(step: Remind | None) -> str:
    """When it is come back to, and what happens then (H9, H10)."""
    if step is None:
        return NONE
    lead = f"After {step.after_hours} hours"
    return f"{lead}, then closed unless an answer came" if step.then == "close" else lead


def _same(where: str, what: str, rules: tuple[str, ...], asked: str, filed: str, *, loose: bool = False) -> Point:
    """The two must be the same; ``loose``: but for case and spaces."""
    same = place_key(asked) == place_key(filed) if loose else asked == filed
    return Point(where, what, rules, Verdict.RIGHT if same else Verdict.DIFFERENT, asked, filed or NONE)


def _reporter(where: str, rules: tuple[str, ...], step: CreateTicket | EditTicket, found: FiledTicket) -> Point:
    """An address is compared with the address, a company's name with the name; nobody is nobody who is a customer."""
    ticket = found.ticket
    who = ticket.reporter_email or ticket.reporter
    own = tuple(rule for rule in rules if rule in ("H3", "I3", "H8", "H9", "H10", "O4", "T12")) or rules[:1]
    if step.reporter is None:
        anonymous = isinstance(step, EditTicket)
        nobody = not who or (ticket.by_staff and not anonymous)
        asked = ANONYMOUS if anonymous else "Nobody yet"
        verdict = Verdict.RIGHT if nobody else Verdict.DIFFERENT
        return Point(where, "Reporter", own if anonymous else (*own, "M1"), verdict, asked, asked if nobody else who)
    asked = str(step.reporter)
    filed = ticket.reporter_email if "@" in asked else ticket.reporter
    same = asked.casefold() == filed.casefold()
    verdict = Verdict.RIGHT if same else Verdict.DIFFERENT
    return Point(where, "Reporter", own, verdict, asked, filed if same else who or ANONYMOUS)


def _closing(where: str, step: CloseTicket, found: FiledTicket) -> Point:
    asked = f"{step.transition}, {step.resolution}, {step.category}"
    if not found.ticket.closed:
        return Point(where, "Closed as", step.rules, Verdict.DIFFERENT, asked, f"Open ({found.ticket.status})")
    category = next((choice for choice in found.choices if place_key(choice) == place_key(step.category)), "")
    filed = ", ".join((found.ticket.status, found.resolution or NONE, category or ", ".join(found.choices) or NONE))
    return _same(where, "Closed as", step.rules, asked, filed, loose=True)


def _six_lines(where: str, step: InternalComment, texts: list[str]) -> Iterator[Point]:
    """The comment with the job's details: one point where all of it is right, else one for every line that differs (T5, T6)."""
    what = "Internal comment, six lines"
    if not texts:
        yield Point(where, what, step.rules, Verdict.DIFFERENT, step.body, NONE)
        return
    if step.body in texts:
        yield Point(where, what, step.rules, Verdict.RIGHT, step.body, step.body)
        return
    for asked, filed in zip_longest(step.body.split("\n"), texts[-1].split("\n"), fillvalue=""):
        if asked != filed:
            label = (asked or filed).partition(":")[0]
            rules = ("T6",) if label == "Notes" else ("T5",)
            yield Point(where, f"Internal comment: {label}", rules, Verdict.DIFFERENT, asked or NONE, filed or NONE)


def _news(where: str, step: InternalComment, internal: list[str]) -> Point:
    """New information: the agent's own words, so long as there are some (O7)."""
    what = "New information, as an internal comment"
    if step.body in internal:
        return Point(where, what, step.rules, Verdict.RIGHT, step.body, step.body)
    if not internal:
        return Point(where, what, step.rules, Verdict.DIFFERENT, step.body, NONE)
    return Point(where, what, step.rules, Verdict.LOOK, step.body, internal[-1], OWN_WORDS)


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]
