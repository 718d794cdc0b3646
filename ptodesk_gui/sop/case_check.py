"""Reads a CASE file's values as a ``Case``, exactly: whatever is wrong is named with its path, all of it at once.

Unlike ``read_entry`` nothing is guessed or mended here but outer spaces, line ends and the form of letters (NFC): a
file is written by a program or with time to look twice, an entry by somebody on the phone.
"""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, TypeVar

from ptodesk_gui.sop.case import (
    Address,
    Case,
    Channel,
    Homeowner,
    Inspection,
    Installer,
    Job,
    Note,
    OwnWords,
    SourceTicket,
)
from ptodesk_gui.sop.facts import names_needed
from ptodesk_gui.sop.faults import CaseFaults
from ptodesk_gui.sop.replies import HOMEOWNER_REPLIES, INSTALLER_REPLIES

NAME_MOST: Final = 120  # characters
LINE_MOST: Final = 255
EMAIL_MOST: Final = 320
URL_MOST: Final = 2_000
LONG_MOST: Final = 5_000
MESSAGE_MOST: Final = 100_000  # what a sender wrote
PRONOUNS: Final = ("them", "him", "her")

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_KEY: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*-[1-9][0-9]{0,9}")
_PROJECT: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_BREAKS: Final = frozenset("\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029")
_SPACES: Final = " \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "": (
        *("channel", "agent", "homeowner", "address", "installer", "job", "inspection", "notes", "concern"),
        *("installer_concern", "still_asking_about_double_billing", "new_information", "source_ticket"),
        *("open_homeowner_ticket", "open_installer_ticket", "homeowner_reply", "installer_reply"),
        *("disclosure_confirmed", "partner_cannot_identify_job"),
    ),
    "homeowner": ("first_name", "last_name", "email", "phone", "pronoun"),
    "address": ("street", "city", "state", "zip"),
    "installer": ("name", "rep_first_name", "rep_email"),
    "job": ("found", "url", "m1", "m2", "m3"),
    "source_ticket": ("key", "project", "request", "text"),
    "homeowner_reply": ("text",),
    "installer_reply": ("text",),
}

Choice = TypeVar("Choice", bound=StrEnum)


def read_case(data: object) -> Case:
    """The case that the decoded JSON says. Raises CaseFaults with every fault, in the order of the case."""
    reader = _Reader()
    case = reader.case(data)
    if case is None or reader.faults:
        raise CaseFaults(reader.faults)
    return case


class _Reader:
    """Reads value by value and gathers the faults; a value with a fault reads as not known."""

    def __init__(self) -> None:
        self.faults: list[tuple[str, str]] = []

    def case(self, data: object) -> Case | None:
        if not isinstance(data, dict):
            self.fault("case", f"must be an object in braces, not {_kind(data)}.")
            return None
        self._unknown(data, "")
        channel = self.choice(data, "channel", Channel, None, required=True)
        agent = self.text(data, "agent", NAME_MOST, required=True)
        job = self.part(data, "job")
        found = self.flag(job, "job.found", usual=True)
        named = found if channel is None else names_needed(channel, found)
        homeowner = self.homeowner(self.part(data, "homeowner"), named=named)
        address = self.address(self.part(data, "address"))
        installer = self.installer(self.part(data, "installer"), named=named)
        milestones = self.job(job, found=found)
        inspection = self.choice(data, "inspection", Inspection, Inspection.NOT_ASKED)
        return Case(
            channel=channel or Channel.PHONE,
            agent=agent,
            homeowner=homeowner,
            address=address,
            installer=installer,
            job=milestones,
            inspection=inspection or Inspection.NOT_ASKED,
            notes=self.notes(data),
            concern=self.long_text(data, "concern"),
            installer_concern=self.long_text(data, "installer_concern"),
            still_asking_about_double_billing=self.flag(data, "still_asking_about_double_billing"),
            new_information=self.long_text(data, "new_information"),
            source_ticket=self.source(data, channel),
            open_homeowner_ticket=self.key(data, "open_homeowner_ticket") or None,
            open_installer_ticket=self.key(data, "open_installer_ticket") or None,
            homeowner_reply=self.reply(data, "homeowner_reply", HOMEOWNER_REPLIES),
            installer_reply=self.reply(data, "installer_reply", INSTALLER_REPLIES),
            disclosure_confirmed=self.flag(data, "disclosure_confirmed"),
            partner_cannot_identify_job=self.flag(data, "partner_cannot_identify_job"),
        )

    # --- the parts of a case ---

    def homeowner(self, data: Mapping[str, Any], *, named: bool) -> Homeowner:
        pronoun = self.text(data, "homeowner.pronoun", NAME_MOST)
        if pronoun and pronoun not in PRONOUNS:
            self.fault("homeowner.pronoun", f"is {pronoun!r}; must be one of {', '.join(PRONOUNS)}.")
        return Homeowner(
            first_name=self.text(data, "homeowner.first_name", NAME_MOST, required=named),
            last_name=self.text(data, "homeowner.last_name", NAME_MOST, required=named),
            email=self.email(data, "homeowner.email"),
            phone=self.text(data, "homeowner.phone", LINE_MOST),
            pronoun=pronoun or PRONOUNS[0],
        )

    def address(self, data: Mapping[str, Any]) -> Address:
        return Address(*(self.text(data, f"address.{part}", LINE_MOST) for part in _PARTS["address"]))

    def installer(self, data: Mapping[str, Any], *, named: bool) -> Installer:
        return Installer(
            name=self.text(data, "installer.name", NAME_MOST, required=named),
            rep_first_name=self.text(data, "installer.rep_first_name", NAME_MOST),
            rep_email=self.email(data, "installer.rep_email"),
        )

    def job(self, data: Mapping[str, Any], *, found: bool) -> Job:
        return Job(
            found=found,
            url=self.text(data, "job.url", URL_MOST),
            m1=self.day(data, "job.m1"),
            m2=self.day(data, "job.m2"),
            m3=self.day(data, "job.m3"),
        )

    def notes(self, data: Mapping[str, Any]) -> tuple[Note, ...]:
        values = data.get("notes")
        if values is None or values == "":
            return ()
        if not isinstance(values, list):
            self.fault("notes", f"must be a list in square brackets, not {_kind(values)}.")
            return ()
        notes = (self.one_of(value, f"notes[{i}]", Note) for i, value in enumerate(values))
        return tuple(dict.fromkeys(note for note in notes if note is not None))

    def source(self, data: Mapping[str, Any], channel: Channel | None) -> SourceTicket | None:
        if not data.get("source_ticket"):
            self.part(data, "source_ticket")
            if channel not in (None, Channel.PHONE):
                self.fault("source_ticket", f"is missing: needed for the channel {channel}.")
            return None
        ticket = self.part(data, "source_ticket")
        project = self.text(ticket, "source_ticket.project", NAME_MOST)
        if project and not _PROJECT.fullmatch(project):
            self.fault("source_ticket.project", f"{project!r} is no project key, such as EBH.")
        return SourceTicket(
            key=self.key(ticket, "source_ticket.key", required=True),
            project=project.upper(),
            request=self.text(ticket, "source_ticket.request", LINE_MOST),
            text=self.long_text(ticket, "source_ticket.text", MESSAGE_MOST),
        )

    def reply(self, data: Mapping[str, Any], path: str, known: tuple[str, ...]) -> str | OwnWords | None:
        value = data.get(path)
        if value is None or value == "":
            return None
        if isinstance(value, dict):
            self._unknown(value, path)
            return OwnWords(self.long_text(value, f"{path}.text", required=True))
        if not isinstance(value, str):
            self.fault(path, f'must be a reply\'s id, {{"text": "..."}} or null, not {_kind(value)}.')
        elif value not in known:
            self.fault(path, f"is {_shown(value)}; must be one of {', '.join(known)}.")
        else:
            return value
        return None

    # --- kinds of values ---

    def part(self, data: Mapping[str, Any], path: str) -> Mapping[str, Any]:
        value = data.get(path)
        if value is None or value == "":
            return {}
        if not isinstance(value, dict):
            self.fault(path, f"must be an object in braces, not {_kind(value)}.")
            return {}
        self._unknown(value, path)
        return value

    def flag(self, data: Mapping[str, Any], path: str, *, usual: bool = False) -> bool:
        value = data.get(_last(path))
        if value is None or value == "":
            return usual
        if not isinstance(value, bool):
            self.fault(path, f"must be true or false, not {_kind(value)}.")
            return usual
        return value

    def choice(
        self, data: Mapping[str, Any], path: str, known: type[Choice], usual: Choice | None, *, required: bool = False
    ) -> Choice | None:
        value = data.get(path)
        if value is None or value == "":
            if required:
                self.fault(path, f"is missing; must be one of {', '.join(known)}.")
            return usual
        return self.one_of(value, path, known)

    def one_of(self, value: object, path: str, known: type[Choice]) -> Choice | None:
        if isinstance(value, str) and value in known._value2member_map_:
            return known(value)
        shown = _shown(value) if isinstance(value, str) else _kind(value)
        self.fault(path, f"is {shown}; must be one of {', '.join(known)}.")
        return None

    def day(self, data: Mapping[str, Any], path: str) -> date | None:
        text = self.text(data, path, LINE_MOST)
        if not text:
            return None
        if not _DAY.fullmatch(text):
            self.fault(path, f"is {_shown(text)}; must be a date such as 2026-03-05.")
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.fault(path, f"is {_shown(text)}: there is no such day.")
            return None

    def key(self, data: Mapping[str, Any], path: str, *, required: bool = False) -> str:
        text = self.text(data, path, LINE_MOST, required=required)
        if text and not _KEY.fullmatch(text):
            self.fault(path, f"is {_shown(text)}; must be a ticket's key such as PTO-12.")
        return text.upper()

    def email(self, data: Mapping[str, Any], path: str) -> str:
        text = self.text(data, path, EMAIL_MOST)
        fault = _email_fault(text) if text else None
        if fault is not None:
            self.fault(path, f"is no email address. {fault}")
            return ""
        return text

    def long_text(self, data: Mapping[str, Any], path: str, most: int = LONG_MOST, *, required: bool = False) -> str:
        return self.text(data, path, most, required=required, lines=True)

    def text(
        self, data: Mapping[str, Any], path: str, most: int, *, required: bool = False, lines: bool = False
    ) -> str:
        value = data.get(_last(path))
        if value is None or value == "":
            if required:
                self.fault(path, "is missing.")
            return ""
        if not isinstance(value, str):
            self.fault(path, f"must be text in quotes, not {_kind(value)}.")
            return ""
        if not value.isascii():
            value = unicodedata.normalize("NFC", value)
        value = value.replace("\r\n", "\n").strip(_SPACES + "\n") if lines else value.strip(_SPACES)
        if not value and required:
            self.fault(path, "is missing.")
        elif len(value) > most:
            self.fault(path, f"is {len(value):,} characters long; {most:,} is the most.")
        elif not value.isprintable() and (bad := _bad_sign(value, lines=lines)):
            self.fault(path, bad)
        else:
            return value
        return ""

    # --- faults ---

    def fault(self, path: str, text: str) -> None:
        self.faults.append((path, text))

    def _unknown(self, data: Mapping[str, Any], path: str) -> None:
        known = _PARTS[path]
        for key in data:
            if key not in known:
                close = difflib.get_close_matches(key, known, 1)
                meant = f" Did you mean {close[0]}?" if close else f" Known are: {', '.join(known)}."
                self.fault(f"{path}.{key}" if path else key, f"is not a key of a case.{meant}")


def _last(path: str) -> str:
    return path.rpartition(".")[2]


def _bad_sign(text: str, *, lines: bool) -> str:
    """What is wrong with a text that is not printable as it stands; empty where it is only of an unusual kind."""
    for place, char in enumerate(text, 1):
        if char in _BREAKS and not (lines and char in "\n\u2028\u2029"):
            return f"has a line break of an unusual kind at character {place}." if lines else "must be on one line."
        kind = unicodedata.category(char)
        if kind == "Cc" and char not in _BREAKS:
            return f"has a control character (U+{ord(char):04X}) at character {place}."
        if kind == "Cs":
            return f"has half a character (U+{ord(char):04X}) at character {place}."
    return ""


def _kind(value: object) -> str:
    """A value's kind in words, as JSON has it."""
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "text"
        case list():
            return "a list"
        case _:
            return "an object"


def _shown(text: str) -> str:
    """The beginning of a text, in quotes."""
    return repr(text if len(text) <= 40 else text[:40] + "...")


@lru_cache(maxsize=1024)
def _email_fault(address: str) -> str | None:
    """What is wrong with the address; None when it can be used. The library is loaded with the first address."""
    from email_validator import EmailNotValidError, validate_email

    try:
        validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError as fault:
        return str(fault)
    return None


def duplicate_keys(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """An object of a JSON text. Raises CaseFaults for a key that is given twice: one of its values would be lost."""
    out: dict[str, Any] = {}
    for key, value in pairs:
        if key in out:
            raise CaseFaults([(key, "is given twice. Keep one.")])
        out[key] = value
    return out
