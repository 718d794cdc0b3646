"""The playbook: everything of the procedure that a team lead may change without a programmer.

Plain records, made by ``sop/playbook_check.py`` from the files in ``resources/playbook/``. Names and values here are
never guessed: what the files do not say is a fault there.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ptodesk_gui.sop.case import Address, Channel
from ptodesk_gui.sop.disclosure import billing_pattern
from ptodesk_gui.sop.names import company_key, organization_name, place_key, tidy
from ptodesk_gui.sop.replies import Text


@dataclass(frozen=True, slots=True)
class Closing:
    """How a ticket is closed: transition, resolution, value of the select field on the closing screen (T11)."""

    transition: str
    resolution: str
    category: str


@dataclass(frozen=True, slots=True)
class LinkPhrases:
    """How links between tickets read on the site, as in "homeowner is caused by installer"."""

    is_caused_by: str
    relates_to: str
    duplicates: str


@dataclass(frozen=True, slots=True)
class Titles:
    """The titles of tickets (H2, I2, H8)."""

    homeowner: Text
    installer: Text
    partner: Text


@dataclass(frozen=True, slots=True)
class InstallerGroup:
    """Installers that are treated alike (C3, H4, I7).

    ``self_help``: their homeowners get the self-help reply. ``installer_tickets`` False: no installer ticket, the
    person of the playbook is mentioned instead. ``contact``: whom the tickets go to when they are turned on again.
    """

    id: str
    self_help: bool = False
    installer_tickets: bool = True
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Company:
    """A listed installer: the name it is written by, its other names, its group (N1)."""

    name: str
    aliases: tuple[str, ...] = ()
    group: InstallerGroup | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """A place where one company's homeowners get a reply of their own (C2, H4). States in every spelling that counts (N2)."""

    city: str
    states: tuple[str, ...]
    company: str
    reply: str

    def holds(self, address: Address, company: str) -> bool:
        """Whether the address lies in the area and the company, by its listed name, is the area's."""
        return (
            company == self.company
            and place_key(address.city) == place_key(self.city)
            and place_key(address.state) in {place_key(state) for state in self.states}
        )


@dataclass(frozen=True, slots=True)
class Partner:
    """A company that passes concerns on: its name in titles, and who its tickets' reporter is (H8)."""

    name: str
    reporter: str


@dataclass(frozen=True, slots=True)
class Recognition:
    """How tickets of a channel are known (H11): by the sender's address or by the title."""

    senders: tuple[re.Pattern[str], ...] = ()
    titles: tuple[re.Pattern[str], ...] = ()


@dataclass(frozen=True, slots=True)
class KnownInstaller:
    """An installer as it is written in titles, texts and as an organization (N1, T4)."""

    name: str
    organization: str
    group: InstallerGroup | None = None

    @property
    def gets_tickets(self) -> bool:
        """Whether installer tickets are made for it (I7)."""
        return self.group is None or self.group.installer_tickets

    @property
    def self_help(self) -> bool:
        """Whether its homeowners get the self-help reply (C3, H4)."""
        return self.group is not None and self.group.self_help

    @property
    def contact(self) -> str:
        """The address its tickets go to instead of the representative's (000); empty for most."""
        return "" if self.group is None else self.group.contact


@dataclass(frozen=True, slots=True, kw_only=True)
class Playbook:
    """One version of the procedure's names, numbers and words."""

    version: str
    valid_from: date
    grace_days: int
    reminder_hours: int
    project: str
    source_projects: tuple[str, ...]
    label: str
    request_type: str
    person: str  # who gets the tickets (T10) and is mentioned instead of an installer ticket (I7)
    mention: Text
    links: LinkPhrases
    done: Closing
    duplicate: Closing
    closing_field: str  # the name of the closing screen's select field; empty: found by its value (T11)
    titles: Titles
    groups: tuple[InstallerGroup, ...]
    companies: tuple[Company, ...]
    areas: tuple[Area, ...]
    installer_concern: str  # the neutral concern of installer tickets (I5)
    billing_words: tuple[str, ...]
    partners: Mapping[Channel, Partner]
    recognition: Mapping[Channel, Recognition]
    waiting_tickets: str  # the search for tickets nobody has taken yet, in Jira's query language
    texts: Mapping[str, Text]  # by id, all of replies.TEXT_IDS
    countdown: int  # seconds after File in which the call can be gone back to; 0: none
    besides: Mapping[str, str]  # what to tell besides an approved sentence (C8, C9), by the sentence's id
    billing: re.Pattern[str] = field(init=False, repr=False, compare=False)
    _companies: Mapping[str, KnownInstaller] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        known = {
            company_key(name): KnownInstaller(company.name, organization_name(company.name), company.group)
            for company in self.companies
            for name in (company.name, *company.aliases)
        }
        object.__setattr__(self, "_companies", known)
        object.__setattr__(self, "billing", billing_pattern(self.billing_words))

    def installer(self, name: str) -> KnownInstaller | None:
        """The installer by a name as typed; None for an empty one. A name that is not listed is a company of its own (N1)."""
        written = tidy(name)
        if not written:
            return None
        return self._companies.get(company_key(written)) or KnownInstaller(written, organization_name(written))

    def holds_on(self, day: date) -> bool:
        """Whether this version is in force on the day."""
        return self.valid_from <= day

    def area(self, address: Address, company: str) -> Area | None:
        """The area that the address and the company, by its listed name, lie in."""
        return next((area for area in self.areas if area.holds(address, company)), None)
