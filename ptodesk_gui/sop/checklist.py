"""The call checklist: what is known of each item, what is still wanted, and what comes next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from ptodesk_gui.sop.case import Case, Inspection
from ptodesk_gui.sop.entry import Entry, Field
from ptodesk_gui.sop.facts import numeric
from ptodesk_gui.sop.reading import NOTE_FIELDS
from ptodesk_gui.sop.view import ChecklistItem, FieldWord, Item, ItemState, Weight

FIELD_NAMES: Final[Mapping[Field, str]] = {
    Field.FIRST_NAME: "first name",
    Field.LAST_NAME: "last name",
    Field.EMAIL: "email",
    Field.PHONE: "phone",
    Field.PRONOUN: "pronoun",
    Field.STREET: "street",
    Field.CITY: "city",
    Field.STATE: "state",
    Field.ZIP: "ZIP",
    Field.INSTALLER: "installer",
    Field.REP_FIRST_NAME: "representative's first name",
    Field.REP_EMAIL: "representative's email",
    Field.JOB_URL: "job link",
    Field.M1: "M1 date",
    Field.M2: "M2 date",
    Field.M3: "M3 date",
    Field.INSPECTION: "inspection",
    Field.CONCERN: "concern",
    Field.INSTALLER_CONCERN: "concern for the installer",
    Field.HOMEOWNER_REPLY: "reply to the homeowner",
    Field.HOMEOWNER_REPLY_TEXT: "reply to the homeowner",
    Field.INSTALLER_REPLY: "reply to the installer",
    Field.INSTALLER_REPLY_TEXT: "reply to the installer",
    Field.CHANNEL: "channel",
    Field.NEW_INFORMATION: "new information",
    Field.SOURCE_KEY: "source ticket",
    Field.SOURCE_PROJECT: "project of the source ticket",
    Field.SOURCE_REQUEST: "request of the source ticket",
    Field.SOURCE_TEXT: "text of the source ticket",
    Field.OPEN_HOMEOWNER: "open homeowner ticket",
    Field.OPEN_INSTALLER: "open installer ticket",
}

_NOTE_WORDS: Final[Mapping[Field, str]] = {
    Field.NOTE_UNREACHABLE: "cannot reach the installer",
    Field.NOTE_NOT_SCHEDULED: "inspection not scheduled",
    Field.NOTE_PENDING: "inspection pending",
    Field.NOTE_FAILED: "failed inspection, changes needed",
    Field.NOTE_NOT_SUBMITTED: "PTO not submitted",
}
_INSPECTION_WORDS: Final[Mapping[Inspection, str]] = {
    Inspection.NOT_ASKED: "Not asked yet",
    Inspection.NOT_SCHEDULED: "Not scheduled",
    Inspection.PENDING: "Pending (scheduled)",
    Inspection.PASSED: "Passed",
    Inspection.FAILED: "Failed",
}
_QUESTIONS: Final = {Item.INSPECTION: _INSPECTION_WORDS[Inspection.NOT_ASKED], Item.CONTACT: "Anything else?"}
_SHORT_NAMES: Final = {  # for narrow places
    Field.REP_FIRST_NAME: "rep's name",
    Field.REP_EMAIL: "rep's email",
    Field.JOB_URL: "link",
    Field.M1: "M1",
    Field.M2: "M2",
    Field.M3: "M3",
    Field.INSTALLER_CONCERN: "installer's text",
}
NOTHING_NOTED: Final = "Nothing noted"
_SHORT: Final = 48  # characters of a concern that the checklist shows


@dataclass(frozen=True, slots=True)
class _Inputs:
    """The inputs of an item: ``wanted`` by a ticket or a reply, ``others`` that may stay empty."""

    wanted: tuple[Field, ...]
    others: tuple[Field, ...] = ()

    @property
    def all(self) -> tuple[Field, ...]:
        return self.wanted + self.others


_REP: Final = (Field.REP_FIRST_NAME, Field.REP_EMAIL)
_INPUTS: Final[Mapping[Item, _Inputs]] = {
    Item.CALLER: _Inputs((Field.FIRST_NAME, Field.LAST_NAME, Field.EMAIL), (Field.PHONE, Field.PRONOUN)),
    Item.ADDRESS: _Inputs((Field.STREET, Field.CITY, Field.STATE, Field.ZIP)),
    Item.INSTALLER: _Inputs((Field.INSTALLER, *_REP)),
    Item.JOB: _Inputs((Field.JOB_URL, Field.M1, Field.M2), (Field.M3,)),
    Item.INSPECTION: _Inputs((), (Field.INSPECTION,)),
    Item.CONTACT: _Inputs((), tuple(NOTE_FIELDS)),
    Item.CONCERN: _Inputs((Field.CONCERN,), (Field.DOUBLE_BILLING,)),
}


def checklist(
    entry: Entry, case: Case, words: Mapping[Field, FieldWord], rep_wanted: bool
) -> tuple[ChecklistItem, ...]:
    """Every item with its state. ``rep_wanted`` False: this installer gets no ticket, so its representative may stay unknown (I7)."""
    return tuple(_item(item, entry, case, words, rep_wanted) for item in Item)


def next_item(items: Iterable[ChecklistItem]) -> Item | None:
    """The first item that is not done; that nothing was noted may stay so once the concern is known."""
    return next((shown.item for shown in items if shown.state is not ItemState.DONE and not _passed(shown)), None)


def _passed(shown: ChecklistItem) -> bool:
    return shown.words == NOTHING_NOTED


def _item(item: Item, entry: Entry, case: Case, words: Mapping[Field, FieldWord], rep_wanted: bool) -> ChecklistItem:
    inputs = _INPUTS[item]
    if item is Item.INSTALLER and not rep_wanted:
        inputs = _Inputs((Field.INSTALLER,), _REP)
    faults = [which for which in inputs.all if which in words and words[which].weight is Weight.ERROR]
    if faults:
        unusable = "Cannot be used: " + _names(faults)
        return ChecklistItem(item, ItemState.FAULT, unusable, "Cannot be used: " + _short_names(faults))
    known = _known(item, case)
    if not known and not any(entry.text(which).strip() for which in inputs.all):
        if item is Item.CONTACT and case.concern:  # what comes after it is known: perhaps there was nothing to note
            return ChecklistItem(item, ItemState.OPEN, NOTHING_NOTED, NOTHING_NOTED)
        return _open(item, inputs)
    missing = [which for which in inputs.wanted if not entry.text(which).strip()]
    if missing:
        lead = f"{known}; missing: " if known else "Missing: "
        return ChecklistItem(item, ItemState.PARTLY, lead + _names(missing), "Missing: " + _short_names(missing))
    if known:
        return ChecklistItem(item, ItemState.DONE, known)
    return _open(item, inputs)


def _open(item: Item, inputs: _Inputs) -> ChecklistItem:
    if item in _QUESTIONS:
        return ChecklistItem(item, ItemState.OPEN, _QUESTIONS[item], _QUESTIONS[item])
    wanted = "Ask for: " + _short_names(inputs.wanted)
    return ChecklistItem(item, ItemState.OPEN, "Ask for: " + _names(inputs.wanted), wanted)


def _known(item: Item, case: Case) -> str:
    """What is known of the item, in a few words; empty when nothing is."""
    homeowner, address, installer = case.homeowner, case.address, case.installer
    match item:
        case Item.CALLER:
            return _joined(homeowner.name, homeowner.email, homeowner.phone)
        case Item.ADDRESS:
            return _joined(address.street, address.city, f"{address.state} {address.zip}".strip())
        case Item.INSTALLER:
            return _joined(installer.name, installer.rep_first_name, installer.rep_email)
        case Item.JOB:
            dates = (("M1", case.job.m1), ("M2", case.job.m2), ("M3", case.job.m3))
            return _joined("link" if case.job.url else "", *(f"{name} {numeric(day)}" for name, day in dates if day))
        case Item.INSPECTION:
            return "" if case.inspection is Inspection.NOT_ASKED else _INSPECTION_WORDS[case.inspection]
        case Item.CONTACT:
            return _joined(*(_NOTE_WORDS[which] for which, note in NOTE_FIELDS.items() if note in case.notes))
        case Item.CONCERN:
            double = "still asking about double billing" if case.still_asking_about_double_billing else ""
            return _joined(_shortened(case.concern), double)


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _names(fields: Iterable[Field]) -> str:
    return ", ".join(FIELD_NAMES[which] for which in fields)


def _short_names(fields: Iterable[Field]) -> str:
    return ", ".join(_SHORT_NAMES.get(which, FIELD_NAMES[which]) for which in fields)


def _shortened(text: str) -> str:
    line = " ".join(text[: 2 * _SHORT].split())
    return line if len(line) <= _SHORT else line[: _SHORT - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"
