"""Reads a CASE file's values as a ``Case``, exactly: whatever is wrong is named with its path, all of it at once.

Unlike ``read_entry`` nothing is guessed or mended here but outer spaces, line ends and the form of letters (NFC): a
file is written by a program or with time to look twice, an entry by somebody on the phone.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

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
from ptodesk_gui.sop.case_values import LINE_MOST, ValueReader, kind_of, shown
from ptodesk_gui.sop.facts import names_needed
from ptodesk_gui.sop.faults import CaseFaults
from ptodesk_gui.sop.replies import HOMEOWNER_REPLIES, INSTALLER_REPLIES

NAME_MOST: Final = 120  # characters
URL_MOST: Final = 2_000
MESSAGE_MOST: Final = 100_000  # what a sender wrote
PRONOUNS: Final = ("them", "him", "her")

_PROJECT: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
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


def read_case(data: object) -> Case:
    """The case that the decoded JSON says. Raises CaseFaults with every fault, in the order of the case."""
    reader = _Reader(_PARTS)
    case = reader.case(data)
    if case is None or reader.faults:
        raise CaseFaults(reader.faults)
    return case


class _Reader(ValueReader):
    """Reads the parts of a case."""

    def case(self, data: object) -> Case | None:
        if not isinstance(data, dict):
            self.fault("case", f"must be an object in braces, not {kind_of(data)}.")
            return None
        self.unknown(data, "")
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

    def homeowner(self, data: Mapping[str, Any], *, named: bool) -> Homeowner:
        return Homeowner(
            first_name=self.text(data, "homeowner.first_name", NAME_MOST, required=named),
            last_name=self.text(data, "homeowner.last_name", NAME_MOST, required=named),
            email=self.email(data, "homeowner.email"),
            phone=self.text(data, "homeowner.phone", LINE_MOST),
            pronoun=self.pronoun(data),
        )

    def pronoun(self, data: Mapping[str, Any]) -> str:
        text = self.text(data, "homeowner.pronoun", NAME_MOST) or PRONOUNS[0]
        if text not in PRONOUNS:
            self.fault("homeowner.pronoun", f"is {shown(text)}; must be one of {', '.join(PRONOUNS)}.")
        return text

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
            self.fault("notes", f"must be a list in square brackets, not {kind_of(values)}.")
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
            self.unknown(value, path)
            return OwnWords(self.long_text(value, f"{path}.text", required=True))
        if not isinstance(value, str):
            self.fault(path, f'must be a reply\'s id, {{"text": "..."}} or null, not {kind_of(value)}.')
        elif value not in known:
            self.fault(path, f"is {shown(value)}; must be one of {', '.join(known)}.")
        else:
            return value
        return None
