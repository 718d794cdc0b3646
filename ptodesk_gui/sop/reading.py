"""From what is typed to facts: ``read_entry`` reads an entry as a case, with a word beside each field that needs one.

Nothing typed is altered or lost: the entry keeps the letters, the case gets the fact. A field whose word is an error
is unknown in the case. The same entry and day always read the same, whatever the workstation's language.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, TypeVar

from ptodesk_gui.sop import typed
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
from ptodesk_gui.sop.entry import NO, OWN, YES, Entry, Field
from ptodesk_gui.sop.facts import numeric
from ptodesk_gui.sop.replies import HOMEOWNER_REPLIES, INSTALLER_REPLIES
from ptodesk_gui.sop.typed_dates import read_date
from ptodesk_gui.sop.typed_email import email, warm_up
from ptodesk_gui.sop.view import FieldWord

__all__ = ["PRONOUNS", "Reading", "agent_name", "entry_from_case", "read_entry", "warm_up"]

PRONOUNS: Final = ("them", "him", "her")

NOTE_FIELDS: Final[Mapping[Field, Note]] = {
    Field.NOTE_UNREACHABLE: Note.INSTALLER_UNREACHABLE,
    Field.NOTE_NOT_SCHEDULED: Note.INSPECTION_NOT_SCHEDULED,
    Field.NOTE_PENDING: Note.INSPECTION_PENDING,
    Field.NOTE_FAILED: Note.INSPECTION_FAILED_CHANGES_NEEDED,
    Field.NOTE_NOT_SUBMITTED: Note.PTO_NOT_SUBMITTED,
}

_UNKNOWN_CHOICE: Final = typed.error("This choice is not known here. Choose again.")

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Reading:
    """The facts of an entry, and the words beside its fields."""

    case: Case
    words: Mapping[Field, FieldWord]


def read_entry(entry: Entry, today: date) -> Reading:
    """The entry as a case, as of today. Never raises, whatever is typed."""
    reader = _Reader(entry, today)
    case = Case(
        channel=reader.choice(Field.CHANNEL, Channel, Channel.PHONE),
        agent=agent_name(entry.agent)[0],
        homeowner=reader.homeowner(),
        address=reader.address(),
        installer=reader.installer(),
        job=reader.job(),
        inspection=reader.choice(Field.INSPECTION, Inspection, Inspection.NOT_ASKED),
        notes=tuple(note for which, note in NOTE_FIELDS.items() if entry.on(which)),
        concern=reader.text(Field.CONCERN, typed.long_text),
        installer_concern=reader.text(Field.INSTALLER_CONCERN, typed.long_text),
        still_asking_about_double_billing=entry.on(Field.DOUBLE_BILLING),
        new_information=reader.text(Field.NEW_INFORMATION, typed.long_text),
        source_ticket=reader.source_ticket(),
        open_homeowner_ticket=reader.text(Field.OPEN_HOMEOWNER, typed.ticket_key) or None,
        open_installer_ticket=reader.text(Field.OPEN_INSTALLER, typed.ticket_key) or None,
        homeowner_reply=reader.reply(Field.HOMEOWNER_REPLY, Field.HOMEOWNER_REPLY_TEXT, HOMEOWNER_REPLIES),
        installer_reply=reader.reply(Field.INSTALLER_REPLY, Field.INSTALLER_REPLY_TEXT, INSTALLER_REPLIES),
        disclosure_confirmed=entry.on(Field.DISCLOSURE_CONFIRMED),
        partner_cannot_identify_job=entry.on(Field.PARTNER_CANNOT_IDENTIFY),
    )
    return Reading(case, reader.words)


def agent_name(text: str) -> typed.Read:
    """The agent's name from the settings, and the word about it."""
    return typed.name(text)


class _Reader:
    """Reads one entry field by field and gathers the words."""

    def __init__(self, entry: Entry, today: date) -> None:
        self._entry = entry
        self._today = today
        self.words: dict[Field, FieldWord] = {}

    def text(self, which: Field, read: Callable[[str], typed.Read]) -> str:
        text = self._entry.text(which)
        if not text:
            return ""
        fact, word = read(text)
        self._say(which, word)
        return fact

    def day(self, which: Field) -> date | None:
        text = self._entry.text(which)
        if not text:
            return None
        fact, word = read_date(text, self._today)
        self._say(which, word)
        return fact

    def choice(self, which: Field, values: type[Choice], usual: Choice) -> Choice:
        text = self._entry.text(which)
        try:
            return values(text) if text else usual
        except ValueError:
            self._say(which, _UNKNOWN_CHOICE)
            return usual

    def homeowner(self) -> Homeowner:
        pronoun = self._entry.text(Field.PRONOUN) or PRONOUNS[0]
        if pronoun not in PRONOUNS:
            self._say(Field.PRONOUN, typed.error("Choose one of: " + ", ".join(PRONOUNS) + "."))
            pronoun = PRONOUNS[0]
        return Homeowner(
            first_name=self.text(Field.FIRST_NAME, typed.name),
            last_name=self.text(Field.LAST_NAME, typed.name),
            email=self.text(Field.EMAIL, email),
            phone=self.text(Field.PHONE, typed.phone),
            pronoun=pronoun,
        )

    def address(self) -> Address:
        return Address(
            street=self.text(Field.STREET, typed.line),
            city=self.text(Field.CITY, typed.line),
            state=self.text(Field.STATE, typed.state),
            zip=self.text(Field.ZIP, typed.zip_code),
        )

    def installer(self) -> Installer:
        return Installer(
            name=self.text(Field.INSTALLER, typed.name),
            rep_first_name=self.text(Field.REP_FIRST_NAME, typed.name),
            rep_email=self.text(Field.REP_EMAIL, email),
        )

    def job(self) -> Job:
        return Job(
            found=self._entry.text(Field.JOB_FOUND) != NO,
            url=self.text(Field.JOB_URL, typed.page_address),
            m1=self.day(Field.M1),
            m2=self.day(Field.M2),
            m3=self.day(Field.M3),
        )

    def source_ticket(self) -> SourceTicket | None:
        key = self.text(Field.SOURCE_KEY, typed.ticket_key)
        ticket = SourceTicket(
            key=key,
            project=self.text(Field.SOURCE_PROJECT, typed.name),
            request=self.text(Field.SOURCE_REQUEST, typed.line),
            text=self.text(Field.SOURCE_TEXT, typed.message_text),
        )
        return ticket if key else None

    def reply(self, which: Field, own_text: Field, known: tuple[str, ...]) -> str | OwnWords | None:
        """The agent's choice. Own words that are still missing stay the agent's choice: the SOP's is not sent instead."""
        chosen = self._entry.text(which)
        if not chosen or chosen in known:
            return chosen or None
        if chosen != OWN:
            self._say(which, _UNKNOWN_CHOICE)
            return None
        text = self.text(own_text, typed.long_text)
        if not text and own_text not in self.words:
            self._say(own_text, typed.error("Write the reply, or choose another one."))
        return OwnWords(text)

    def _say(self, which: Field, word: FieldWord | None) -> None:
        if word is not None:
            self.words[which] = word


def entry_from_case(case: Case, call_id: str) -> Entry:
    """The inputs that read as this case: for practice callers and the tour. Dates as 3/5/2026.

    Reads back as the same case where its texts are as ``read_entry`` gives them (trimmed, valid) and its notes are in the order of ``Note``.
    """
    values = {which: value for which, value in _typed_values(case).items() if value}
    return Entry(call_id, case.agent, {which.value: value for which, value in values.items()})


def _typed_values(case: Case) -> dict[Field, str]:
    homeowner, address, installer, job = case.homeowner, case.address, case.installer, case.job
    return {
        Field.FIRST_NAME: homeowner.first_name,
        Field.LAST_NAME: homeowner.last_name,
        Field.EMAIL: homeowner.email,
        Field.PHONE: homeowner.phone,
        Field.PRONOUN: "" if homeowner.pronoun == PRONOUNS[0] else homeowner.pronoun,
        Field.STREET: address.street,
        Field.CITY: address.city,
        Field.STATE: address.state,
        Field.ZIP: address.zip,
        Field.INSTALLER: installer.name,
        Field.REP_FIRST_NAME: installer.rep_first_name,
        Field.REP_EMAIL: installer.rep_email,
        Field.JOB_URL: job.url,
        Field.M1: _typed_day(job.m1),
        Field.M2: _typed_day(job.m2),
        Field.M3: _typed_day(job.m3),
        Field.INSPECTION: "" if case.inspection is Inspection.NOT_ASKED else case.inspection.value,
        **{which: _yes(note in case.notes) for which, note in NOTE_FIELDS.items()},
        Field.CONCERN: case.concern,
        Field.INSTALLER_CONCERN: case.installer_concern,
        Field.DOUBLE_BILLING: _yes(case.still_asking_about_double_billing),
        **_typed_reply(case.homeowner_reply, Field.HOMEOWNER_REPLY, Field.HOMEOWNER_REPLY_TEXT),
        **_typed_reply(case.installer_reply, Field.INSTALLER_REPLY, Field.INSTALLER_REPLY_TEXT),
        Field.DISCLOSURE_CONFIRMED: _yes(case.disclosure_confirmed),
        **_typed_tickets(case),
    }


def _typed_tickets(case: Case) -> dict[Field, str]:
    source = case.source_ticket or SourceTicket("")
    return {
        Field.CHANNEL: "" if case.channel is Channel.PHONE else case.channel.value,
        Field.JOB_FOUND: "" if case.job.found else NO,
        Field.NEW_INFORMATION: case.new_information,
        Field.SOURCE_KEY: source.key,
        Field.SOURCE_PROJECT: source.project,
        Field.SOURCE_REQUEST: source.request,
        Field.SOURCE_TEXT: source.text,
        Field.OPEN_HOMEOWNER: case.open_homeowner_ticket or "",
        Field.OPEN_INSTALLER: case.open_installer_ticket or "",
        Field.PARTNER_CANNOT_IDENTIFY: _yes(case.partner_cannot_identify_job),
    }


def _typed_reply(reply: str | OwnWords | None, which: Field, own_text: Field) -> dict[Field, str]:
    if isinstance(reply, OwnWords):
        return {which: OWN, own_text: reply.text}
    return {which: reply or ""}


def _typed_day(day: date | None) -> str:
    return "" if day is None else numeric(day)


def _yes(on: bool) -> str:
    return YES if on else ""
