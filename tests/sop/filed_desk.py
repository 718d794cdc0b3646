"""A desk on which a plan was filed to the letter, as records; tests plant differences in it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from ptodesk_gui.sop.filed import FiledTicket, OnDesk
from ptodesk_gui.sop.plan import Plan
from ptodesk_gui.sop.steps import (
    CloseTicket,
    CreateTicket,
    EditTicket,
    InternalComment,
    LinkTickets,
    MoveTicket,
    PublicReply,
)
from ptodesk_gui.sop.tickets import Comment, Link, SiteTicket

SINCE = datetime(2026, 3, 14, 9, tzinfo=UTC)
LATER = datetime(2026, 3, 14, 10, tzinfo=UTC)
EARLIER = datetime(2026, 3, 1, tzinfo=UTC)
BACK = {"is caused by": "causes", "duplicates": "is duplicated by", "relates to": "relates to"}


def filed(plan: Plan) -> OnDesk:
    """The desk after every step of the plan."""
    tickets: dict[str, FiledTicket] = {}
    for step in plan.steps:
        for role, key in _roles(step):
            number = len(tickets) + 11
            own = key or f"PTO-{number}"
            blank = SiteTicket(
                own, "EBH" if own.startswith("EBH") else "PTO", status="Waiting for support", closed=False
            )
            tickets.setdefault(role, FiledTicket(blank))
    for step in plan.steps:
        _file(tickets, step)
    return OnDesk(SINCE, tickets)


def changed(desk: OnDesk, role: str, **values: Any) -> OnDesk:
    """The desk with a ticket changed: its own fields, or those around it (``assignee``, ``mentions`` ...)."""
    old = desk.tickets[role]
    around = {name: values.pop(name) for name in ("assignee", "resolution", "choices", "mentions") if name in values}
    new = replace(old, ticket=replace(old.ticket, **values), **around)
    return replace(desk, tickets={**desk.tickets, role: new})


def without(desk: OnDesk, role: str) -> OnDesk:
    """The desk without a ticket."""
    return replace(desk, tickets={name: found for name, found in desk.tickets.items() if name != role})


def with_comment(desk: OnDesk, role: str, text: str, *, public: bool, when: datetime = LATER) -> OnDesk:
    """The desk with one more comment."""
    return changed(desk, role, comments=(*desk.tickets[role].ticket.comments, Comment(text, public, when, "Sample")))


def comments_changed(desk: OnDesk, role: str, change: Callable[[Comment], Comment | None]) -> OnDesk:
    """The desk with the comments of a ticket changed; None takes one away."""
    kept = [after for comment in desk.tickets[role].ticket.comments if (after := change(comment)) is not None]
    return changed(desk, role, comments=tuple(kept))


def _roles(step: Any) -> list[tuple[str, str | None]]:
    if isinstance(step, LinkTickets):
        return [(step.from_.value, step.from_key), (step.to.value, step.to_key)]
    return [(step.ticket.value, step.key)]


def _file(tickets: dict[str, FiledTicket], step: Any) -> None:
    if isinstance(step, LinkTickets):
        one, other = tickets[step.from_.value], tickets[step.to.value]
        link = Link(step.relation, BACK[step.relation], other.ticket.key)
        tickets[step.from_.value] = replace(one, ticket=replace(one.ticket, links=(*one.ticket.links, link)))
        return
    role = step.ticket.value
    old = tickets[role]
    match step:
        case MoveTicket():
            tickets[role] = replace(old, ticket=replace(old.ticket, project=step.project))
        case CreateTicket() | EditTicket():
            tickets[role] = _with_fields(old, step)
        case InternalComment() | PublicReply():
            text = step.body
            mentioned = ()
            if isinstance(step, InternalComment) and isinstance(step.mention, str):
                mentioned = (f"@{step.mention}",)
                text = f"@{step.mention} {text}"
            said = Comment(text, isinstance(step, PublicReply), LATER, "Sample")
            new = replace(old.ticket, comments=(*old.ticket.comments, said))
            tickets[role] = replace(old, ticket=new, mentions=(*old.mentions, *mentioned))
        case CloseTicket():
            closed = replace(old.ticket, closed=True, status=step.transition)
            tickets[role] = replace(old, ticket=closed, resolution=step.resolution, choices=(step.category,))


def _with_fields(old: FiledTicket, step: CreateTicket | EditTicket) -> FiledTicket:
    labels = step.labels if isinstance(step, CreateTicket) else step.add_labels
    values: Mapping[str, Any] = {
        "summary": step.summary,
        "description": step.description,
        "labels": labels,
        "request_type": step.request_type,
    }
    given: dict[str, Any] = {name: value for name, value in values.items() if isinstance(value, str | tuple)}
    if isinstance(step.organization, str):
        given["organizations"] = (step.organization,)
    if step.reporter is None and isinstance(step, CreateTicket):
        given |= {"reporter": "Practice Agent", "reporter_email": "agent@example.com", "by_staff": True}
    elif step.reporter is None:
        given |= {"reporter": "", "reporter_email": ""}
    elif isinstance(step.reporter, str):
        given |= {
            "reporter": step.reporter,
            "reporter_email": step.reporter if "@" in step.reporter else "x@example.com",
        }
    new = replace(old, ticket=replace(old.ticket, **given))
    return replace(new, assignee=step.assignee) if isinstance(step.assignee, str) else new
