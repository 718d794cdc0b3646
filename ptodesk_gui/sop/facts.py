"""What follows from a case before any ticket is thought of: dates, company, area, and the values of the texts' blanks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from ptodesk_gui.sop.case import Address, Case, Channel, Inspection, Job, Note
from ptodesk_gui.sop.grace import Grace, GraceStatus, grace_period
from ptodesk_gui.sop.plan import Problem
from ptodesk_gui.sop.playbook import Area, KnownInstaller, Playbook
from ptodesk_gui.sop.replies import BLANKS

MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
UNKNOWN: Final = "unknown"
_SUBJECT: Final = {"him": "he", "her": "she", "them": "they"}
_ONLY_PTO_UNLESS: Final = frozenset(Note) - {Note.INSTALLER_UNREACHABLE}


@dataclass(frozen=True, slots=True)
class Facts:
    """A case read with a playbook on one day. ``values`` fills the texts' blanks; what is not known is left out."""

    case: Case
    playbook: Playbook
    today: date
    grace: Grace
    date_problems: tuple[Problem, ...]
    installer: KnownInstaller | None
    area: Area | None
    values: Mapping[str, str]

    @property
    def started(self) -> bool:
        """Whether the grace period has begun and may be spoken of (C12, C14)."""
        return self.grace.status is not GraceStatus.NOT_STARTED

    @property
    def dates_impossible(self) -> bool:
        """Whether the dates contradict each other or today (C14)."""
        return any(problem.blocks for problem in self.date_problems)

    @property
    def only_pto_missing(self) -> bool:
        """Whether the system is fully installed and inspected, and only the utility's PTO is missing (H5)."""
        case = self.case
        return (
            self.started
            and case.inspection is Inspection.PASSED
            and case.job.m3 is None
            and _ONLY_PTO_UNLESS.isdisjoint(case.notes)
        )

    @property
    def homeowner(self) -> str:
        """First and last name (N3), or ``unknown``."""
        return self.case.homeowner.name or UNKNOWN

    @property
    def installer_name(self) -> str:
        """The installer as it is written (N1), or ``unknown``."""
        return UNKNOWN if self.installer is None else self.installer.name

    @property
    def organization(self) -> str | None:
        """The installer as a Jira organization (T4); None when it is not known."""
        return None if self.installer is None else self.installer.organization

    @property
    def rep_email(self) -> str:
        """Whom the installer ticket goes to: the representative, or the contact of a group whose tickets are on again (I7)."""
        group_contact = self.installer.contact if self.installer is not None and self.installer.gets_tickets else ""
        return group_contact or self.case.installer.rep_email

    @property
    def installer_concern(self) -> str:
        """What the installer ticket says: the agent's text for the installer, or the neutral one (I5)."""
        return self.case.installer_concern or self.playbook.installer_concern


def gather(case: Case, playbook: Playbook, today: date) -> Facts:
    """The facts of a case as of today. Never raises, however little is known."""
    problems = date_problems(case.job, today, playbook.grace_days)
    impossible = any(problem.blocks for problem in problems)
    grace = Grace(GraceStatus.NOT_STARTED) if impossible else grace_period(case.job.m2, today, playbook.grace_days)
    installer = playbook.installer(case.installer.name)
    area = None if installer is None else playbook.area(case.address, installer.name)
    values = _values(case, playbook, grace, today, installer)
    return Facts(case, playbook, today, grace, problems, installer, area, values)


def names_needed(channel: Channel, job_found: bool) -> bool:
    """Whether a case must name the homeowner and the installer; where the job was not found by a message, it need not."""
    if channel in (Channel.PHONE, Channel.HOMEOWNER_EMAIL):
        return True
    return job_found and channel is not Channel.INSTALLER


def date_problems(job: Job, today: date, grace_days: int) -> tuple[Problem, ...]:
    """What is impossible (C14, blocks) or strange about the job's dates as of today."""
    problems = []
    if job.m2 is not None and (date.max - job.m2).days < grace_days:
        problems.append(Problem("job.m2", "C14", "No calendar has the day of the first payment.", True))
    if job.m2 is not None and job.m2 > today:
        problems.append(Problem("job.m2", "C14", f"After today: M2 is on {numeric(job.m2)}.", True))
    if job.m1 is not None and job.m2 is not None and job.m2 < job.m1:
        text = f"Before M1: M2 is on {numeric(job.m2)}, M1 on {numeric(job.m1)}."
        problems.append(Problem("job.m2", "C14", text, True))
    if job.m2 is not None and job.m3 is not None and job.m3 < job.m2:
        text = f"Before M2: M3 is on {numeric(job.m3)}, M2 on {numeric(job.m2)}."
        problems.append(Problem("job.m3", "C14", text, True))
    if job.m2 is None and job.m1 is not None and job.m3 is not None and job.m3 < job.m1:
        text = f"Before M1: M3 is on {numeric(job.m3)}, M1 on {numeric(job.m1)}. Look them up again."
        problems.append(Problem("job.m3", "C14", text, False))
    for path, name, day in (("job.m1", "M1", job.m1), ("job.m3", "M3", job.m3)):
        if day is not None and day > today:
            text = f"After today: {name} is on {numeric(day)}. Look it up again."
            problems.append(Problem(path, "C14", text, False))
    return tuple(problems)


def _values(
    case: Case, playbook: Playbook, grace: Grace, today: date, installer: KnownInstaller | None
) -> dict[str, str]:
    homeowner = case.homeowner
    pronoun = homeowner.pronoun or "them"
    concern = case.installer_concern or playbook.installer_concern
    values = {
        "homeowner": homeowner.name if homeowner.first_name and homeowner.last_name else "",
        "installer": "" if installer is None else installer.name,
        "rep": case.installer.rep_first_name,
        "agent": case.agent,
        "pronoun": pronoun,
        "subject_pronoun": _SUBJECT.get(pronoun, "they"),
        "concern": within_sentence(concern),
        "address": address_line(case.address),
        "request": "" if case.source_ticket is None else case.source_ticket.request,
    }
    if grace.m2 is not None and grace.due is not None:
        values |= {
            "install_month": month(grace.m2, with_year=grace.m2.year != today.year),
            "m2_month_year": month(grace.m2, with_year=True),
            "m2_date": f"{grace.m2.month}/{grace.m2.day}/{grace.m2.year % 100:02}",
            "due_month": month(grace.due, with_year=grace.due.year != grace.m2.year),
        }
    return {name: value for name, value in values.items() if value}


def blank_fields(case: Case) -> dict[str, str]:
    """For a text's variable, the field that is really missing, where it is not the usual one."""
    return {"homeowner": "homeowner.last_name"} if case.homeowner.first_name else {}


def missing_field(name: str, case: Case) -> str:
    """The field to fill for a variable that is not known."""
    return blank_fields(case).get(name, BLANKS[name].field)


def month(day: date, *, with_year: bool) -> str:
    """The month's name, with the year or without (C15)."""
    return f"{MONTHS[day.month - 1]} {day.year}" if with_year else MONTHS[day.month - 1]


def numeric(day: date) -> str:
    """M/D/YYYY without leading zeros (T6)."""
    return f"{day.month}/{day.day}/{day.year:04}"


def long_date(day: date) -> str:
    """The day in words: April 2, 2026."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def within_sentence(concern: str) -> str:
    """The concern as it stands within a sentence of a text: without a full stop of its own."""
    return concern[:-1] if concern.endswith(".") and not concern.endswith("..") else concern


def address_line(address: Address) -> str:
    """``street, city, ST zip`` with what is not known left out; empty when nothing is."""
    place = " ".join([part for part in (address.state, address.zip) if part])
    return ", ".join([part for part in (address.street, address.city, place) if part])
