"""The review before filing: both tickets exactly as they will be, and every step of the plan in words."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from ptodesk_gui.sop.case import Case
from ptodesk_gui.sop.plan import Plan, Problem
from ptodesk_gui.sop.reply_view import NO_REPLY
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
    Unchanged,
)
from ptodesk_gui.sop.view import Review, ReviewLine, ReviewStep, TicketPreview

NOBODY: Final = "Nobody"
ANONYMOUS: Final = "Anonymous"

_SIDES: Final = {
    Ticket.SOURCE: "source",
    Ticket.HOMEOWNER: "homeowner",
    Ticket.INSTALLER: "installer",
    Ticket.OPEN_HOMEOWNER: "open homeowner",
    Ticket.OPEN_INSTALLER: "open installer",
}
_READERS: Final = {
    Ticket.SOURCE: "the sender",
    Ticket.HOMEOWNER: "the homeowner",
    Ticket.INSTALLER: "the installer",
    Ticket.OPEN_HOMEOWNER: "the homeowner",
    Ticket.OPEN_INSTALLER: "the installer",
}
_JOB_UNKNOWN: Final = frozenset({"H7", "H9", "H10"})
_LEFT_OUT: Final = frozenset({"C12", "H3", "I3", "M1", "O7"})  # rules whose problems say what is left undone
_REPLIES: Final = frozenset({"homeowner_reply", "installer_reply"})
_CUSTOMER_SEES: Final = frozenset({"Title", "Description"})


def plan_title(case: Case) -> str:
    """What a plan is called in lists: "Jane Doe, Sunny Roofs"."""
    source = case.source_ticket.key if case.source_ticket else ""
    who = case.homeowner.name or case.homeowner.email or source or case.open_homeowner_ticket or "Homeowner not known"
    return f"{who}, {case.installer.name}" if case.installer.name else who


def step_words(step: Step) -> str:
    """The step in a few words: "Create the homeowner ticket"."""
    match step:
        case MoveTicket():
            return f"Move {_short(step.ticket, step.key)} to project {step.project}"
        case CreateTicket():
            return f"Create {_named(step.ticket, step.key)}"
        case EditTicket():
            changed = [label.lower() for label, _ in _field_lines(step)]
            return f"Set {_listed(changed)} of {_short(step.ticket, step.key)}"
        case InternalComment():
            mention = "" if isinstance(step.mention, Unchanged) else f", mentioning {step.mention}"
            return f"Internal comment in {_named(step.ticket, step.key)}{mention}"
        case PublicReply():
            where = f" in {step.key}" if step.key else ""
            return f"Reply to {_READERS[step.ticket]}{where}"
        case LinkTickets():
            return f"Link: {step.from_key or _SIDES[step.from_]} {step.relation} {step.to_key or _SIDES[step.to]}"
        case CloseTicket():
            how = f"{step.transition}, {step.resolution}, {step.category}"
            return f"Close {_short(step.ticket, step.key)} as {how}"
        case Remind():
            what = _short(step.ticket, step.key)
            if isinstance(step.then, Unchanged):
                return f"Remind of {what} after {step.after_hours} hours"
            return f"Close {what}{_as_agreed(step)} after {step.after_hours} hours, unless an answer came"


def step_lines(step: Step) -> tuple[ReviewLine, ...]:
    """What the step puts into its ticket, word for word; nothing for a link, whose words say it all."""
    return () if isinstance(step, LinkTickets) else tuple(_lines(step))


def review(plan: Plan, problems: Iterable[Problem], case: Case | None = None) -> Review:
    """The plan as it will be filed. With the case the audience is named, not only addressed."""
    problems = tuple(problems)
    links = (step for step in plan.steps if isinstance(step, LinkTickets))
    return Review(
        problems=tuple(sorted(problems, key=lambda problem: not problem.blocks)),
        tickets=tuple(_preview(ticket, steps, case) for ticket, steps in _by_ticket(plan.steps)),
        links=tuple(_link_sentence(link) for link in links),
        not_done=tuple(dict.fromkeys(_not_done(plan))),
        can_file=bool(plan.steps) and not any(problem.blocks for problem in problems),
        steps=tuple(ReviewStep(step.id, step_words(step)) for step in plan.steps),
    )


TicketStep = MoveTicket | CreateTicket | EditTicket | InternalComment | PublicReply | CloseTicket | Remind


def _by_ticket(steps: Sequence[Step]) -> list[tuple[Ticket, list[TicketStep]]]:
    """The steps of each ticket, in the order in which the tickets come up."""
    found: dict[Ticket, list[TicketStep]] = {}
    for step in steps:
        if not isinstance(step, LinkTickets):
            found.setdefault(step.ticket, []).append(step)
    return list(found.items())


def _preview(ticket: Ticket, steps: list[TicketStep], case: Case | None) -> TicketPreview:
    key = next((step.key for step in steps if step.key), None)
    new = any(isinstance(step, CreateTicket) for step in steps)
    heading = _named(ticket, key).removeprefix("the ")
    return TicketPreview(
        ticket=ticket.value,
        heading=(f"New {heading}" if new else heading[0].upper() + heading[1:]),
        audience=_audience(ticket, steps, case),
        lines=tuple(line for step in steps for line in _lines(step)),
    )


def _lines(step: TicketStep) -> Iterator[ReviewLine]:
    """What the step puts into the ticket, word for word."""
    match step:
        case CreateTicket() | EditTicket():
            for label, text in _field_lines(step):
                yield ReviewLine(label, text, step.id, public=label in _CUSTOMER_SEES)
        case InternalComment():
            if not isinstance(step.mention, Unchanged):
                yield ReviewLine("Mention", step.mention, step.id)
            yield ReviewLine("Internal comment", step.body, step.id)
        case PublicReply():
            yield ReviewLine(f"Reply to {_READERS[step.ticket]}", step.body, step.id, public=True)
        case MoveTicket():
            yield ReviewLine("Move", f"To project {step.project}", step.id)
        case CloseTicket():
            yield ReviewLine("Close", f"{step.transition}, {step.resolution}, {step.category}", step.id)
        case Remind():
            then = (
                "" if isinstance(step.then, Unchanged) else f" It is closed{_as_agreed(step)}, unless an answer came."
            )
            yield ReviewLine("Reminder", f"After {step.after_hours} hours: {step.text}{then}", step.id)


def _as_agreed(step: Remind) -> str:
    """How the reminder closes the ticket (H10)."""
    return "" if step.closing is None else f" as {', '.join(step.closing)}"


def _field_lines(step: CreateTicket | EditTicket) -> Iterator[tuple[str, str]]:
    """The fields a step sets, as label and full text. What the customer sees comes first."""
    labels = step.labels if isinstance(step, CreateTicket) else step.add_labels
    nobody = NOBODY if isinstance(step, CreateTicket) else ANONYMOUS
    values = (
        ("Title", step.summary),
        ("Description", step.description),
        ("Reporter", nobody if step.reporter is None else step.reporter),
        ("Organization", "None" if step.organization is None else step.organization),
        ("Request type", step.request_type),
        ("Labels", UNCHANGED if isinstance(labels, Unchanged) else ", ".join(labels)),
        ("Assignee", NOBODY if step.assignee is None else step.assignee),
    )
    if isinstance(step, CreateTicket):
        yield "Project", step.project
    for label, value in values:
        if not isinstance(value, Unchanged):
            yield label, value


def _audience(ticket: Ticket, steps: list[TicketStep], case: Case | None) -> str:
    """Who sees what of the ticket, and who gets its replies."""
    fields = next((step for step in steps if isinstance(step, CreateTicket | EditTicket)), None)
    agents = "internal comments are for agents only"
    if fields is None or isinstance(fields.reporter, Unchanged):
        return f"Its reporter sees the description and the replies; {agents}."
    if fields.reporter is None:
        who = "Anonymous: nobody" if isinstance(fields, EditTicket) else "No reporter yet: nobody"
        return f"{who} gets its replies; {agents}."
    who = _with_name(ticket, fields.reporter, case)
    shared = ""
    if isinstance(fields.organization, str):
        shared = f" So may the people of {fields.organization} where the site shows an organization its tickets."
    return f"{who} sees the description and the replies; {agents}.{shared}"


def _with_name(ticket: Ticket, reporter: str, case: Case | None) -> str:
    if case is not None and ticket is Ticket.INSTALLER and reporter == case.installer.rep_email:
        name = case.installer.rep_first_name
    elif case is not None and reporter == case.homeowner.email:
        name = case.homeowner.name
    else:
        name = ""
    return f"{name} ({reporter})" if name else reporter


def _link_sentence(link: LinkTickets) -> str:
    first = _named(link.from_, link.from_key)
    return f"{first[0].upper()}{first[1:]} {link.relation} {_named(link.to, link.to_key)}."


def _not_done(plan: Plan) -> Iterator[str]:
    """What the procedure would have and this plan has not, each with its reason, in sentences."""
    for flag in plan.flags:
        if flag.id == "no_installer_ticket":
            yield f"{flag.text} ({flag.rule})"
    if plan.installer_reply.rule in _JOB_UNKNOWN:
        yield f"No installer ticket before the job is found. ({plan.installer_reply.rule})"
    for problem in plan.problems:
        left_out = (
            problem.rule in _LEFT_OUT or problem.field in _REPLIES or problem.text.startswith("The reply to the ")
        )
        if left_out and not problem.blocks:
            yield f"{problem.text} ({problem.rule})"
    told = {problem.rule for problem in plan.problems}
    for reply, reader in ((plan.homeowner_reply, "homeowner"), (plan.installer_reply, "installer")):
        if reply.chosen is None and reply.rule in NO_REPLY.keys() - told:
            yield f"No reply to the {reader}. {NO_REPLY[reply.rule]} ({reply.rule})"


def _named(ticket: Ticket, key: str | None) -> str:
    return f"the {_SIDES[ticket]} ticket" + (f" {key}" if key else "")


def _short(ticket: Ticket, key: str | None) -> str:
    return key or _named(ticket, None)


def _listed(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words) or "nothing"
    return f"{', '.join(words[:-1])} and {words[-1]}"
