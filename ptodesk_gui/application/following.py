"""What follows from choosing an open ticket, in words, read off the plan: what is added where, and what is not created (O1-O7, I7, I8)."""

from collections.abc import Iterator, Sequence

from ptodesk_gui.sop.case import Case, Channel
from ptodesk_gui.sop.steps import CreateTicket, InternalComment, LinkTickets, PublicReply, Step, Ticket


def chosen_ticket(case: Case) -> str:
    """The open ticket that the case adds to; empty when it adds to none."""
    if case.channel is Channel.INSTALLER:
        return case.open_installer_ticket or ""
    return case.open_homeowner_ticket or ""


def headline(case: Case) -> str:
    """The banner: "Adds to PTO-5: no new homeowner ticket."."""
    if case.channel is Channel.INSTALLER:
        return f"Duplicates {case.open_installer_ticket}: no new ticket."
    return f"Adds to {case.open_homeowner_ticket}: no new homeowner ticket."


def consequences(case: Case, steps: Sequence[Step]) -> str:
    """What the plan does instead, in a few words."""
    words = ", ".join(_parts(case, steps))
    return f"{words[0].upper()}{words[1:]}." if words else ""


def _parts(case: Case, steps: Sequence[Step]) -> Iterator[str]:
    """The source ticket's end, where the replies go, and what stands for an installer's ticket."""
    source = next((s for s in steps if isinstance(s, LinkTickets) and s.from_ is Ticket.SOURCE), None)
    if source is not None:
        yield f"{source.from_key} is linked and closed"
    replied = {step.ticket for step in steps if isinstance(step, PublicReply)}
    open_ = ((Ticket.OPEN_HOMEOWNER, case.open_homeowner_ticket), (Ticket.OPEN_INSTALLER, case.open_installer_ticket))
    if there := [key for ticket, key in open_ if key and ticket in replied]:
        yield f"replies in {' and '.join(there)}"
    if any(isinstance(step, CreateTicket) and step.ticket is Ticket.INSTALLER for step in steps):
        yield "a new installer ticket"
    for step in steps:
        if isinstance(step, InternalComment) and isinstance(step.mention, str):
            yield f"{step.mention} is mentioned there"
