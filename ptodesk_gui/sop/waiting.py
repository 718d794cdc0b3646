"""The tickets that wait to be taken, as rows to paint: age, channel, reporter (H11)."""

from collections.abc import Iterable
from datetime import datetime

from ptodesk_gui.sop.history_words import age_in_words
from ptodesk_gui.sop.playbook import Playbook
from ptodesk_gui.sop.recognition import recognize
from ptodesk_gui.sop.tickets import SiteTicket, WaitingRow


def waiting_rows(tickets: Iterable[SiteTicket], playbook: Playbook, now: datetime) -> tuple[WaitingRow, ...]:
    """One row per ticket, in the order in which the site gives them. ``now`` knows its time zone."""
    return tuple(_row(ticket, playbook, now) for ticket in tickets)


def _row(ticket: SiteTicket, playbook: Playbook, now: datetime) -> WaitingRow:
    return WaitingRow(
        key=ticket.key,
        summary=ticket.summary,
        age=age_in_words(ticket.created, now),
        reporter=ticket.reporter or ticket.reporter_email,
        channel=recognize(ticket.reporter_email, ticket.summary, playbook),
        created=ticket.created,
    )
