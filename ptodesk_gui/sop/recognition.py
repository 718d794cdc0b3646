"""Which channel a waiting ticket came through, told by its sender and title (H11). The agent can always overrule it."""

from email.utils import parseaddr

from ptodesk_gui.sop.case import Channel
from ptodesk_gui.sop.playbook import Playbook


def recognize(sender: str, title: str, playbook: Playbook) -> Channel | None:
    """The channel of a ticket; None where no pattern of the playbook fits.

    ``sender`` is an address, with or without a display name: only the address counts, since anybody can write
    anything into the name. A sender speaks before any title does.
    """
    address = _address_in(sender)
    for channel, marks in playbook.recognition.items():
        if any(pattern.search(address) for pattern in marks.senders):
            return channel
    for channel, marks in playbook.recognition.items():
        if any(pattern.search(title) for pattern in marks.titles):
            return channel
    return None


def _address_in(sender: str) -> str:
    try:
        return parseaddr(sender)[1] or sender.strip()
    except RecursionError:  # it reads line breaks and comments one within the other
        return ""
