"""The facts of one case: what the agent knows about the homeowner, the system, the installer and the request."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Channel(StrEnum):
    """How the concern reached the company."""

    PHONE = "phone"
    HOMEOWNER_EMAIL = "homeowner_email"
    HUBSPOT = "hubspot"
    ACCOUNT_SERVICING = "account_servicing"
    OMNIDIAN = "omnidian"
    INSTALLER = "installer"


class Inspection(StrEnum):
    """What is known of the municipal inspection (C4)."""

    NOT_ASKED = "not_asked"
    NOT_SCHEDULED = "not_scheduled"
    PENDING = "pending"
    PASSED = "passed"
    FAILED = "failed"


class Note(StrEnum):
    """What else the homeowner said (C5)."""

    INSTALLER_UNREACHABLE = "installer_unreachable"
    INSPECTION_NOT_SCHEDULED = "inspection_not_scheduled"
    INSPECTION_PENDING = "inspection_pending"
    INSPECTION_FAILED_CHANGES_NEEDED = "inspection_failed_changes_needed"
    PTO_NOT_SUBMITTED = "pto_not_submitted"


@dataclass(frozen=True, slots=True)
class Homeowner:
    """The person who has the concern. An empty string means: not known."""

    first_name: str = ""
    last_name: str = ""
    email: str = ""
    phone: str = ""
    pronoun: str = "them"

    @property
    def name(self) -> str:
        """First and last name with one space between them (N3); empty when neither is known."""
        if self.first_name and self.last_name:
            return f"{self.first_name} {self.last_name}"
        return self.first_name or self.last_name


@dataclass(frozen=True, slots=True)
class Address:
    """Where the solar system stands (C1). An empty string means: not known."""

    street: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""


@dataclass(frozen=True, slots=True)
class Installer:
    """The company that built the system, as typed, and its representative (the job page's contractor)."""

    name: str = ""
    rep_first_name: str = ""
    rep_email: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """The job page: its address and the approval dates of its milestones. None means: not approved or not known."""

    found: bool = True
    url: str = ""
    m1: date | None = None
    m2: date | None = None
    m3: date | None = None


@dataclass(frozen=True, slots=True)
class SourceTicket:
    """The ticket the concern came in with. ``request`` is its short description, ``text`` what the sender wrote."""

    key: str
    project: str = ""
    request: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class OwnWords:
    """A reply the agent wrote instead of an approved one."""

    text: str


@dataclass(frozen=True, slots=True)
class Case:
    """One case, complete or not. Field names and meaning are those of a CASE file of the console command."""

    channel: Channel
    agent: str
    homeowner: Homeowner = field(default_factory=Homeowner)
    address: Address = field(default_factory=Address)
    installer: Installer = field(default_factory=Installer)
    job: Job = field(default_factory=Job)
    inspection: Inspection = Inspection.NOT_ASKED
    notes: tuple[Note, ...] = ()
    concern: str = ""
    installer_concern: str = ""
    still_asking_about_double_billing: bool = False
    new_information: str = ""
    source_ticket: SourceTicket | None = None
    open_homeowner_ticket: str | None = None
    open_installer_ticket: str | None = None
    homeowner_reply: str | OwnWords | None = None
    installer_reply: str | OwnWords | None = None
    disclosure_confirmed: bool = False
    partner_cannot_identify_job: bool = False
