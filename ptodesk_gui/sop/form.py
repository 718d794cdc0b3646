"""What the form of a call is made of, by name: its inputs, its items, and how a word beside an input is meant.

No records here: the window is painted before the first record is made, and making their classes takes longer than painting it.
"""

from enum import StrEnum
from typing import Final

YES: Final = "yes"
NO: Final = "no"
OWN: Final = "own"


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


class Item(StrEnum):
    """The items of the call checklist, in the order they are shown."""

    CALLER = "caller"
    ADDRESS = "address"
    INSTALLER = "installer"
    JOB = "job"
    INSPECTION = "inspection"
    CONTACT = "contact"
    CONCERN = "concern"


class ItemState(StrEnum):
    """How far an item of the checklist is."""

    OPEN = "open"  # nothing known yet
    PARTLY = "partly"  # something is missing that a ticket or a reply wants
    DONE = "done"
    FAULT = "fault"  # something typed cannot be read, or cannot be true


class Weight(StrEnum):
    """How a word beside a field is meant."""

    ERROR = "error"  # what is typed cannot be used; it stays in the field and is not filed
    WARNING = "warning"
    HINT = "hint"  # how the input was read: "Mar 5, 2026"
