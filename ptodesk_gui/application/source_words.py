"""The ticket that a case came with, as a record to paint: its channel in words, and which questions it asks."""

from collections.abc import Mapping
from typing import Final

from ptodesk_gui.sop.case import Case, Channel
from ptodesk_gui.sop.entry import Entry, Field
from ptodesk_gui.sop.playbook import Playbook
from ptodesk_gui.sop.recognition import recognize
from ptodesk_gui.sop.tickets import SiteTicket
from ptodesk_gui.ui.history.view import SourceView

CHANNELS: Final[Mapping[Channel, str]] = {
    Channel.PHONE: "Phone",
    Channel.HOMEOWNER_EMAIL: "Homeowner's email",
    Channel.HUBSPOT: "HubSpot",
    Channel.ACCOUNT_SERVICING: "Account Servicing",
    Channel.OMNIDIAN: "Omnidian",
    Channel.INSTALLER: "Installer",
}
_JOB_MAY_BE_UNKNOWN: Final = frozenset({Channel.HUBSPOT, Channel.ACCOUNT_SERVICING, Channel.OMNIDIAN})  # H7, H9, H10
OVERRULED: Final = "You chose it; by its sender and title it looks like: {channel}."
RECOGNIZED: Final = "Recognized by its sender or title."
BY_PHONE: Final = "The call at hand is about it."
NOT_RECOGNIZED: Final = "Neither its sender nor its title is of another channel."


def source_view(entry: Entry, case: Case, playbook: Playbook, ticket: SiteTicket | None) -> SourceView | None:
    """The ticket beside the form; None without one. ``ticket`` None: it was opened in an earlier run."""
    source = case.source_ticket
    if source is None:
        return None
    channel = case.channel
    job_asked = channel in _JOB_MAY_BE_UNKNOWN and not case.open_homeowner_ticket
    return SourceView(
        key=source.key,
        channel=channel.value,
        channels={each.value: words for each, words in CHANNELS.items()},
        why=_why(channel, playbook, ticket),
        text=entry.text(Field.SOURCE_TEXT),
        reading=channel is not Channel.PHONE,
        request=source.request if channel in playbook.partners else None,
        job_asked=job_asked,
        identify_asked=job_asked and channel in playbook.partners and not case.job.found,
    )


def _why(channel: Channel, playbook: Playbook, ticket: SiteTicket | None) -> str:
    """Why this channel (H11)."""
    if ticket is None:
        return ""
    found = recognize(ticket.reporter_email, ticket.summary, playbook)
    sender = ticket.reporter_email or ticket.reporter
    words = f"From {sender}. " if sender else ""
    if found is None:
        return words + {Channel.HOMEOWNER_EMAIL: NOT_RECOGNIZED, Channel.PHONE: BY_PHONE}.get(channel, "")
    return words + (RECOGNIZED if found is channel else OVERRULED.format(channel=CHANNELS[found]))
