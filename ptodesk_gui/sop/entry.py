"""What the agent has typed so far, letter for letter, before it is read as facts.

The window keeps an ``Entry``; ``read_entry`` (in ``sop/reading.py``) turns it into a ``Case`` and a word beside each
field that could not be read. Keeping the letters apart from the facts is what makes a draft lossless: "3/5" stays
"3/5" in the field and becomes 2026-03-05 only in the case.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from ptodesk_gui.sop.form import NO, OWN, YES, Field

__all__ = ["NO", "OWN", "TICKET_FIELDS", "YES", "Entry", "Field", "Memory"]


class Memory(StrEnum):
    """What is remembered of how the inputs came about and of what left the window. Kept among the values, so that a draft has it."""

    REP_NAME_FOR = "installer.rep_first_name.typed_for"  # the installer that stood there when this was typed
    REP_EMAIL_FOR = "installer.rep_email.typed_for"
    CITY_FROM_ZIP = "address.city.from_zip"  # what was filled in there by the ZIP code, until somebody types there
    STATE_FROM_ZIP = "address.state.from_zip"
    PASTED_NAME = "pasted.homeowner_name"  # the homeowner's name in the text that was pasted last
    LINK_TICKET = "link.ticket"  # the key of the ticket that the call's link named, until a ticket has joined the call
    TICKETS_OF = "tickets.site"  # the site of the tickets that were opened or chosen; keys are another site's as well
    COPIES = "copies"  # every copy of a reply: when, to whom, its text, as JSON
    USES = "uses"  # what was copied and said, as ``uses_as_text`` writes it, for stale marks


TICKET_FIELDS: Final = frozenset(
    {
        Field.CHANNEL,
        Field.JOB_FOUND,
        Field.NEW_INFORMATION,
        Field.SOURCE_KEY,
        Field.SOURCE_PROJECT,
        Field.SOURCE_REQUEST,
        Field.SOURCE_TEXT,
        Field.OPEN_HOMEOWNER,
        Field.OPEN_INSTALLER,
        Field.PARTNER_CANNOT_IDENTIFY,
    }
)


_TICKET_KEYS: Final = (Field.SOURCE_KEY, Field.OPEN_HOMEOWNER, Field.OPEN_INSTALLER)
_CONFIRMED_WORDS: Final = frozenset({Field.INSTALLER_CONCERN, Field.INSTALLER_REPLY, Field.INSTALLER_REPLY_TEXT})
_FROM_ZIP: Final = {Field.CITY: Memory.CITY_FROM_ZIP, Field.STATE: Memory.STATE_FROM_ZIP}
_TYPED_FOR: Final = {Field.REP_FIRST_NAME: Memory.REP_NAME_FOR, Field.REP_EMAIL: Memory.REP_EMAIL_FOR}


@dataclass(frozen=True, slots=True)
class Entry:
    """One call's inputs. ``call_id`` is a random id made when the call began; ``agent`` is the agent's name from the settings.

    ``values`` maps a field's path to what stands in it; a missing path is an empty input. Paths that this version
    does not know are kept, so that a draft of a newer version loses nothing.
    """

    call_id: str
    agent: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    def text(self, which: Field) -> str:
        """What stands in the field, untouched."""
        return self.values.get(which, "")

    def on(self, which: Field) -> bool:
        """Whether a yes/no input is set."""
        return self.values.get(which, "") == YES

    def with_value(self, which: Field, value: str) -> "Entry":
        """The same entry with one input changed. For which installer its representative was typed is remembered, and what
        the ZIP code filled in is forgotten when it is typed over.

        What was confirmed for the installer is confirmed for the words as they were, and no longer when they change (I5).
        """
        values = {**self.values, which.value: value}
        if which in _CONFIRMED_WORDS and value != self.text(which):
            values.pop(Field.DISCLOSURE_CONFIRMED, None)
        if which in _FROM_ZIP and value != self.text(which):
            values.pop(_FROM_ZIP[which], None)
        for rep, memory in _TYPED_FOR.items():
            installer, typed = values.get(Field.INSTALLER, "").strip(), values.get(rep, "").strip()
            if which is rep or not typed:
                values.pop(memory, None)
            if typed and installer and which is not Field.INSTALLER:
                values.setdefault(memory.value, installer)
        return replace(self, values=values)

    @property
    def names_tickets(self) -> bool:
        """Whether the call works on tickets that are there already."""
        return any(map(self.text, _TICKET_KEYS))

    def with_tickets_of(self, site: str, *those: Field) -> "Entry":
        """The same entry, which remembers that the tickets in these fields are of this site. As long as it names others that are
        of another one, that one counts; where it names none, nothing is remembered."""
        if not self.names_tickets:
            return self.with_memory(Memory.TICKETS_OF, "")
        others = any(self.text(which) for which in _TICKET_KEYS if which not in those)
        return self if others and self.memory(Memory.TICKETS_OF) else self.with_memory(Memory.TICKETS_OF, site)

    def memory(self, which: Memory) -> str:
        """What is remembered; empty when nothing is."""
        return self.values.get(which, "")

    def with_memory(self, which: Memory, value: str) -> "Entry":
        """The same entry with that remembered; nothing, when the value is empty."""
        values = {path: kept for path, kept in self.values.items() if path != which}
        return replace(self, values={**values, which.value: value} if value else values)
