"""What the agent has typed so far, letter for letter, before it is read as facts.

The window keeps an ``Entry``; ``read_entry`` (in ``sop/reading.py``) turns it into a ``Case`` and a word beside each
field that could not be read. Keeping the letters apart from the facts is what makes a draft lossless: "3/5" stays
"3/5" in the field and becomes 2026-03-05 only in the case.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final


class Field(StrEnum):
    """Every input of a case; the call screen has all but ``TICKET_FIELDS``. The value is the path of the fact in a CASE file."""

    FIRST_NAME = "homeowner.first_name"
    LAST_NAME = "homeowner.last_name"
    EMAIL = "homeowner.email"
    PHONE = "homeowner.phone"
    PRONOUN = "homeowner.pronoun"
    STREET = "address.street"
    CITY = "address.city"
    STATE = "address.state"
    ZIP = "address.zip"
    INSTALLER = "installer.name"
    REP_FIRST_NAME = "installer.rep_first_name"
    REP_EMAIL = "installer.rep_email"
    JOB_URL = "job.url"
    M1 = "job.m1"
    M2 = "job.m2"
    M3 = "job.m3"
    INSPECTION = "inspection"  # an Inspection value
    NOTE_UNREACHABLE = "notes.installer_unreachable"  # notes: YES or ""
    NOTE_NOT_SCHEDULED = "notes.inspection_not_scheduled"
    NOTE_PENDING = "notes.inspection_pending"
    NOTE_FAILED = "notes.inspection_failed_changes_needed"
    NOTE_NOT_SUBMITTED = "notes.pto_not_submitted"
    CONCERN = "concern"
    CONCERN_PASTED = "concern_pasted"  # YES when text was pasted into the concern (T8)
    INSTALLER_CONCERN = "installer_concern"
    DOUBLE_BILLING = "still_asking_about_double_billing"  # YES or ""
    HOMEOWNER_REPLY = "homeowner_reply"  # "": the SOP's choice; a reply id; OWN: the text in HOMEOWNER_REPLY_TEXT
    HOMEOWNER_REPLY_TEXT = "homeowner_reply.text"
    INSTALLER_REPLY = "installer_reply"
    INSTALLER_REPLY_TEXT = "installer_reply.text"
    DISCLOSURE_CONFIRMED = "disclosure_confirmed"  # YES or ""
    # A case that came with a ticket or meets open ones (TICKET_FIELDS below): a plain phone call leaves these empty.
    CHANNEL = "channel"  # a Channel value; "" is a phone call
    JOB_FOUND = "job.found"  # NO when the job is not in engine; "" or YES: it is
    NEW_INFORMATION = "new_information"
    SOURCE_KEY = "source_ticket.key"  # "": there is no source ticket
    SOURCE_PROJECT = "source_ticket.project"
    SOURCE_REQUEST = "source_ticket.request"
    SOURCE_TEXT = "source_ticket.text"
    OPEN_HOMEOWNER = "open_homeowner_ticket"  # a ticket's key
    OPEN_INSTALLER = "open_installer_ticket"
    PARTNER_CANNOT_IDENTIFY = "partner_cannot_identify_job"  # YES or ""


class Memory(StrEnum):
    """What is remembered of how the inputs came about, for contradictions. Kept among the values, so that a draft has it."""

    REP_NAME_FOR = "installer.rep_first_name.typed_for"  # the installer that stood there when this was typed
    REP_EMAIL_FOR = "installer.rep_email.typed_for"
    PASTED_NAME = "pasted.homeowner_name"  # the homeowner's name in the text that was pasted last


YES = "yes"
NO = "no"
OWN = "own"

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
        """The same entry with one input changed. For which installer its representative was typed is remembered."""
        values = {**self.values, which.value: value}
        for rep, memory in _TYPED_FOR.items():
            installer, typed = values.get(Field.INSTALLER, "").strip(), values.get(rep, "").strip()
            if which is rep or not typed:
                values.pop(memory, None)
            if typed and installer and which is not Field.INSTALLER:
                values.setdefault(memory.value, installer)
        return replace(self, values=values)

    def memory(self, which: Memory) -> str:
        """What is remembered; empty when nothing is."""
        return self.values.get(which, "")

    def with_memory(self, which: Memory, value: str) -> "Entry":
        """The same entry with that remembered; nothing, when the value is empty."""
        values = {path: kept for path, kept in self.values.items() if path != which}
        return replace(self, values={**values, which.value: value} if value else values)
