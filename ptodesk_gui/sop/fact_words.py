"""The facts of a call in words, by their fields, and what became of one of them."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from ptodesk_gui.sop.case import Case, Channel, Inspection, OwnWords
from ptodesk_gui.sop.checklist import FIELD_NAMES
from ptodesk_gui.sop.entry import Field
from ptodesk_gui.sop.facts import numeric
from ptodesk_gui.sop.reading import NOTE_FIELDS
from ptodesk_gui.sop.replies import TEXT_TITLES
from ptodesk_gui.sop.view import CallView

AGENT: Final = "agent"  # the agent's name is in the settings
_SHOWN: Final = 60  # characters of a value that a sentence shows
_WORDS: Final[Mapping[str, str]] = {
    **{which.value: name for which, name in FIELD_NAMES.items()},
    AGENT: "agent's name",
    Field.JOB_FOUND: "job in engine",
    Field.NOTE_UNREACHABLE: "note that the installer cannot be reached",
    Field.NOTE_NOT_SCHEDULED: "note that the inspection is not scheduled",
    Field.NOTE_PENDING: "note that the inspection is pending",
    Field.NOTE_FAILED: "note that the inspection failed",
    Field.NOTE_NOT_SUBMITTED: "note that PTO was not submitted",
}


def facts_of(view: CallView) -> dict[str, str]:
    """Every fact that a text can state or be chosen by, in words, by its field; what is not known is left out."""
    case = view.case
    homeowner, address, installer, job = case.homeowner, case.address, case.installer, case.job
    words: dict[str, str] = {
        AGENT: case.agent,
        Field.FIRST_NAME: homeowner.first_name,
        Field.LAST_NAME: homeowner.last_name,
        Field.PRONOUN: homeowner.pronoun,
        Field.STREET: address.street,
        Field.CITY: address.city,
        Field.STATE: address.state,
        Field.ZIP: address.zip,
        Field.INSTALLER: installer.name,
        Field.REP_FIRST_NAME: installer.rep_first_name,
        Field.M1: _day(job.m1),
        Field.M2: _day(job.m2),
        Field.M3: _day(job.m3),
        Field.INSPECTION: "" if case.inspection is Inspection.NOT_ASKED else case.inspection.replace("_", " "),
        Field.INSTALLER_CONCERN: view.installer_concern,
        Field.JOB_FOUND: "found" if job.found else "not found",
        Field.CHANNEL: "phone" if case.channel is Channel.PHONE else case.channel.replace("_", " "),
        Field.OPEN_HOMEOWNER: case.open_homeowner_ticket or "",
        Field.OPEN_INSTALLER: case.open_installer_ticket or "",
        Field.SOURCE_REQUEST: "" if case.source_ticket is None else case.source_ticket.request,
        **{which: "noted" if note in case.notes else "" for which, note in NOTE_FIELDS.items()},
        **_picked(case),
    }
    return {str(path): value for path, value in words.items() if value}


def _picked(case: Case) -> dict[str, str]:
    """What the agent picked or wrote instead of the procedure's choice."""
    found: dict[str, str] = {}
    for pick, which, text in (
        (case.homeowner_reply, Field.HOMEOWNER_REPLY, Field.HOMEOWNER_REPLY_TEXT),
        (case.installer_reply, Field.INSTALLER_REPLY, Field.INSTALLER_REPLY_TEXT),
    ):
        if isinstance(pick, OwnWords):
            found |= {which.value: "your own words", text.value: pick.text}
        else:
            found[which.value] = "the procedure's choice" if pick is None else f"“{TEXT_TITLES.get(pick, pick)}”"
    return found


def _day(day: date | None) -> str:
    return "" if day is None else numeric(day)


def change_in_words(path: str, before: str, after: str) -> str:
    """What became of a fact: "the M2 date was 2/1/2026, and is 12/1/2025 by now"."""
    name = f"the {_WORDS.get(path, path)}"
    if path in NOTE_FIELDS:
        return f"{name} was {'added' if after else 'taken back'}"
    if not before:
        return f"{name} was not known, and is {_short(after)} by now"
    if not after:
        return f"{name} was {_short(before)}, and is not known any more"
    return f"{name} was {_short(before)}, and is {_short(after)} by now"


def _short(value: str) -> str:
    line = " ".join(value[: 4 * _SHOWN].split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"
