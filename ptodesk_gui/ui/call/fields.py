"""The checklist as a table: which inputs each item has, in which rows, and what they are called."""

from collections.abc import Mapping
from typing import Final

from ptodesk_gui.sop.form import Field, Item, ItemState
from ptodesk_gui.ui.widgets.signs import Sign


class Line:
    """One input under its label. ``share`` is its part of the row's width; ``spoken`` its name for screen readers;
    ``example`` says in the empty field how it may be filled."""

    __slots__ = ("example", "field", "label", "share", "spoken")

    def __init__(self, field: Field, label: str, spoken: str, share: int = 1, example: str = "") -> None:
        self.field = field
        self.label = label
        self.spoken = spoken
        self.share = share
        self.example = example


TITLES: Final[Mapping[Item, str]] = {
    Item.CALLER: "Caller",
    Item.ADDRESS: "Address",
    Item.INSTALLER: "Installer",
    Item.JOB: "Job",
    Item.INSPECTION: "Inspection",
    Item.CONTACT: "Contact",
    Item.CONCERN: "Concern",
}

LINES: Final[Mapping[Item, tuple[tuple[Line, ...], ...]]] = {
    Item.CALLER: (
        (
            Line(Field.FIRST_NAME, "First name", "Homeowner's first name", 10),
            Line(Field.LAST_NAME, "Last name", "Homeowner's last name", 10),
        ),
        (
            Line(Field.EMAIL, "Email", "Homeowner's email", 10),
            Line(Field.PHONE, "Phone", "Homeowner's phone", 10),
        ),
    ),
    Item.ADDRESS: (
        (
            Line(Field.STREET, "Street", "Street of the system's address", 12),
            Line(Field.CITY, "City", "City of the system's address", 8),
        ),
        (
            Line(Field.STATE, "State", "State of the system's address", 9),
            Line(Field.ZIP, "ZIP", "ZIP of the system's address", 11),
        ),
    ),
    Item.INSTALLER: (
        (
            Line(Field.INSTALLER, "Company", "Installer company", 12),
            Line(Field.REP_FIRST_NAME, "Rep's first name", "Installer rep's first name", 8),
        ),
        (Line(Field.REP_EMAIL, "Rep's email (contractor in engine)", "Installer rep's email"),),
    ),
    Item.JOB: (
        (Line(Field.JOB_URL, "Job link", "Link of the job page", 1, "https://"),),
        (
            Line(Field.M1, "M1", "M1 approval date", 1, "m/d/yy"),
            Line(Field.M2, "M2", "M2 approval date", 1, "m/d/yy"),
            Line(Field.M3, "M3", "M3 approval date", 1, "m/d/yy"),
        ),
    ),
}

PRONOUN: Final = ("Pronoun", "Homeowner's pronoun", {"them": "them", "her": "her", "him": "him"})
INSPECTION: Final[Mapping[str, str]] = {
    "not_asked": "Not asked",
    "not_scheduled": "Not scheduled",
    "pending": "Pending",
    "passed": "Passed",
    "failed": "Failed",
}
NOTES: Final[Mapping[Field, str]] = {
    Field.NOTE_UNREACHABLE: "Cannot reach installer",
    Field.NOTE_NOT_SCHEDULED: "Inspection not scheduled",
    Field.NOTE_PENDING: "Inspection pending",
    Field.NOTE_FAILED: "Failed, changes needed",
    Field.NOTE_NOT_SUBMITTED: "PTO not submitted",
}
NOTES_SPOKEN: Final[Mapping[Field, str]] = {
    Field.NOTE_UNREACHABLE: "Homeowner cannot reach the installer",
    Field.NOTE_NOT_SCHEDULED: "Inspection is not scheduled",
    Field.NOTE_PENDING: "Inspection is pending",
    Field.NOTE_FAILED: "Failed a municipal inspection, changes needed",
    Field.NOTE_NOT_SUBMITTED: "Installer has not submitted the PTO request to the utility",
}
CONCERN: Final = ("Concern, in your own words", "Homeowner's concern, in your own words")
ADD_NOTES: Final = "Add to the concern"
ADD_NOTES_SPOKEN: Final = "Add what was ticked and the inspection to the concern"
INSTALLER_CONCERN: Final = ("What the installer is told (PTO only, no billing)", "Concern as the installer is told it")
DOUBLE_BILLING: Final = ("Still asks about double billing", "Homeowner still asks about double billing")
DISCLOSURE: Final = ("Installer may read this", "The installer may read the billing words")

STATE_WORDS: Final[Mapping[ItemState, str]] = {
    ItemState.OPEN: "Open",
    ItemState.PARTLY: "Partly",
    ItemState.DONE: "Done",
    ItemState.FAULT: "Check",
}
STATE_SIGNS: Final[Mapping[ItemState, Sign]] = {
    ItemState.OPEN: Sign.EMPTY,
    ItemState.PARTLY: Sign.HALF,
    ItemState.DONE: Sign.TICK,
    ItemState.FAULT: Sign.FAULT,
}
NEXT: Final = ", ask next"
