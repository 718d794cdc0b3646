"""What waits on the practice desk: the tickets of every practice caller, in the words of the procedure itself. No Qt."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from ptodesk_gui.practice import PracticeDesk, Stock, StockComment, StockTicket
from ptodesk_gui.sop.callers import Caller, earlier_case, known_as, written_by
from ptodesk_gui.sop.flows import make_plan
from ptodesk_gui.sop.playbook import Playbook
from ptodesk_gui.sop.recognition import recognize
from ptodesk_gui.sop.steps import CreateTicket, InternalComment, LinkTickets, PublicReply, Ticket

OPEN_ROLES = {Ticket.HOMEOWNER: Ticket.OPEN_HOMEOWNER, Ticket.INSTALLER: Ticket.OPEN_INSTALLER}
SAMPLE = ".example"  # no real address ends so
COLLEAGUE = "Sample Agent One"  # who filed the open tickets, as the replies in them are signed


def fill(desk: PracticeDesk, callers: Iterable[Caller], playbook: Playbook, today: date) -> None:
    """See to it that every caller's tickets wait on the desk."""
    desk.stock(shelf(callers, playbook, today), companies(playbook))


def shelf(callers: Iterable[Caller], playbook: Playbook, today: date) -> tuple[Stock, ...]:
    """The tickets of every caller as of today; callers without tickets have an empty set, so that they can begin anew."""
    return tuple(stock_of(caller, playbook, today) for caller in callers)


def stock_of(caller: Caller, playbook: Playbook, today: date) -> Stock:
    """The tickets of one caller: the one the concern came in with, and those that are open already."""
    waiting = tuple(_waiting(caller, today))
    history, links = _history(caller, playbook, today)
    return Stock(caller.id, (*waiting, *history), links, known_as(caller.case.homeowner))


def companies(playbook: Playbook) -> tuple[tuple[str, str], ...]:
    """The companies that pass concerns on, as customers (email, name): their tickets' reporters are found by these names (H8)."""
    return tuple((f"{channel}@example.com", partner.reporter) for channel, partner in playbook.partners.items())


def with_senders(playbook: Playbook, callers: Iterable[Caller]) -> Playbook:
    """The playbook that also knows the channels of the callers' tickets by their senders, where those are at ``.example`` (H11)."""
    known = dict(playbook.recognition)
    for caller in callers:
        ticket, channel = caller.waiting, caller.case.channel
        domain = ticket.sender_email.rpartition("@")[2] if ticket is not None else ""
        if domain.endswith(SAMPLE) and channel in known and recognize(f"x@{domain}", "", playbook) is None:
            pattern = re.compile(rf"@{re.escape(domain)}$")
            known[channel] = replace(known[channel], senders=(*known[channel].senders, pattern))
    return replace(playbook, recognition=known)


def _waiting(caller: Caller, today: date) -> Iterable[StockTicket]:
    ticket = caller.waiting
    if ticket is not None:
        yield StockTicket(
            role=Ticket.SOURCE,
            project=ticket.project,
            summary=ticket.title,
            text=written_by(caller, today),
            days_ago=ticket.days_ago,
            reporter=(ticket.sender_email, ticket.sender_name),
        )


def _history(
    caller: Caller, playbook: Playbook, today: date
) -> tuple[tuple[StockTicket, ...], tuple[tuple[str, str, str], ...]]:
    """The open tickets as the procedure made them on the day of the earlier call, and their links."""
    history = caller.history
    if history is None:
        return (), ()
    plan = make_plan(earlier_case(caller, today, COLLEAGUE), playbook, today - timedelta(days=history.days_ago))
    roles = {role: name for role, name in OPEN_ROLES.items() if history.installer or role is not Ticket.INSTALLER}
    created = [step for step in plan.steps if isinstance(step, CreateTicket) and step.ticket in roles]
    made = {step.ticket for step in created}
    tickets = tuple(
        StockTicket(
            role=roles[step.ticket],
            project=step.project,
            summary=step.summary,
            text=step.description,
            days_ago=history.days_ago,
            reporter=_reporter(step, caller),
            assignee=step.assignee or "",
            labels=step.labels,
            request_type=step.request_type,
            organization=step.organization or "",
            comments=tuple(
                StockComment(said.body, internal=isinstance(said, InternalComment))
                for said in plan.steps
                if isinstance(said, InternalComment | PublicReply) and said.ticket is step.ticket
            ),
        )
        for step in created
    )
    links = tuple(
        (str(roles[step.from_]), step.relation, str(roles[step.to]))
        for step in plan.steps
        if isinstance(step, LinkTickets) and {step.from_, step.to} <= made
    )
    return tickets, links


def _reporter(step: CreateTicket, caller: Caller) -> tuple[str, str] | None:
    if not step.reporter:
        return None
    case = caller.case
    name = case.installer.rep_first_name if step.ticket is Ticket.INSTALLER else case.homeowner.name
    return step.reporter, f"{name} (sample)" if name else step.reporter
