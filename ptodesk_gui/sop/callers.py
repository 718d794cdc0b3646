"""Practice callers: who calls, what they say and in which order, what the job page shows, and which rules that exercises.

Sample data that a team lead can edit (``resources/practice/callers``); ``caller_check`` reads it. Dates are days before
today, so that a caller never goes stale.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from ptodesk_gui.sop.case import Case, Channel, Homeowner, Job, SourceTicket
from ptodesk_gui.sop.facts import MONTHS, address_line, numeric
from ptodesk_gui.sop.replies import Text
from ptodesk_gui.sop.steps import Ticket

MILESTONES: Final = ("m1", "m2", "m3")
NOT_ON_FILE: Final = "not on file"
NO_JOB: Final = "No job was found in the engine for what is known."
FIRST_CONCERN: Final = "The system is installed; the homeowner asks when PTO is expected."


@dataclass(frozen=True, slots=True)
class Waiting:
    """The ticket a concern came in with, as it waits on the practice desk. ``request``: its short description (H8)."""

    project: str
    title: str
    sender_name: str
    sender_email: str
    request: str
    text: Text
    days_ago: int = 0


@dataclass(frozen=True, slots=True)
class OpenHistory:
    """The open tickets that the homeowner has already: the homeowner ticket and, with ``installer``, the installer's."""

    days_ago: int
    installer: bool = True
    concern: str = FIRST_CONCERN


@dataclass(frozen=True, slots=True)
class Caller:
    """One practice caller. ``case`` holds the true facts without dates, agent and keys; ``days`` the milestones, in days ago.

    ``says`` are the sentences in the order in which a real person comes to them; ``lesson`` is what there is to learn.
    """

    id: str
    title: str
    about: str
    lesson: str
    rules: tuple[str, ...]
    says: tuple[Text, ...]
    case: Case
    days: Mapping[str, int]
    waiting: Waiting | None = None
    history: OpenHistory | None = None


def case_of(caller: Caller, today: date, agent: str, keys: Mapping[str, str] | None = None) -> Case:
    """The caller's true facts as of today. ``keys`` names his tickets on the desk by role ("source", "open_homeowner")."""
    keys = keys or {}
    m1, m2, m3 = (_day(caller, name, today) for name in MILESTONES)
    return replace(
        caller.case,
        agent=agent,
        job=replace(caller.case.job, m1=m1, m2=m2, m3=m3),
        source_ticket=_source(caller, today, keys.get(Ticket.SOURCE, "")),
        open_homeowner_ticket=keys.get(Ticket.OPEN_HOMEOWNER) or None,
        open_installer_ticket=keys.get(Ticket.OPEN_INSTALLER) or None,
    )


def earlier_case(caller: Caller, today: date, agent: str) -> Case:
    """The call that the open tickets of a caller come from: the same homeowner, on the phone, the first time."""
    case = case_of(caller, today, agent)
    history = caller.history or OpenHistory(0)
    return Case(
        channel=Channel.PHONE,
        agent=agent,
        homeowner=case.homeowner,
        address=case.address,
        installer=case.installer,
        job=case.job,
        inspection=case.inspection,
        concern=history.concern,
    )


def said_by(caller: Caller, today: date) -> tuple[str, ...]:
    """What the caller says, sentence by sentence, with today's dates in it."""
    words = spoken_dates(caller.days, today)
    return tuple(text.fill(words) for text in caller.says)


def written_by(caller: Caller, today: date) -> str:
    """What the waiting ticket says; empty where there is none."""
    return "" if caller.waiting is None else caller.waiting.text.fill(spoken_dates(caller.days, today))


def spoken_dates(days: Mapping[str, int], today: date) -> dict[str, str]:
    """What a text may say of the milestones: ``m2_month`` ("March"), ``m2_day`` ("March 5"), ``m2_weeks`` ("6 weeks")."""
    words: dict[str, str] = {}
    for name, ago in days.items():
        day = today - timedelta(days=ago)
        month = MONTHS[day.month - 1]
        words |= {f"{name}_month": month, f"{name}_day": f"{month} {day.day}", f"{name}_weeks": _weeks(ago)}
    return words


def job_page(caller: Caller, today: date) -> str:
    """What the job page shows, a line for each fact, in the order of the page. It can be copied and pasted as a block."""
    case = case_of(caller, today, "")
    if not case.job.found:
        return NO_JOB
    installer = case.installer
    lines = (
        ("Homeowner", case.homeowner.name),
        ("Email", case.homeowner.email),
        ("Phone", case.homeowner.phone),
        ("Address", address_line(case.address)),
        ("Installer", installer.name),
        ("Contractor", installer.rep_first_name),
        ("Contractor email", installer.rep_email),
        ("Job link", case.job.url),
    )
    shown = [f"{label}: {value or NOT_ON_FILE}" for label, value in lines]
    return "\n".join([*shown, *(_milestone(name, case.job) for name in MILESTONES)])


def known_as(homeowner: Homeowner) -> tuple[str, ...]:
    """What the tickets of this homeowner can be told by: the email and the whole name."""
    name = homeowner.name if homeowner.first_name and homeowner.last_name else ""
    return tuple(word for word in (homeowner.email, name) if word)


def _source(caller: Caller, today: date, key: str) -> SourceTicket | None:
    waiting = caller.waiting
    if waiting is None or not key:
        return None
    return SourceTicket(key, waiting.project, waiting.request, written_by(caller, today))


def _day(caller: Caller, name: str, today: date) -> date | None:
    return today - timedelta(days=caller.days[name]) if name in caller.days else None


def _milestone(name: str, job: Job) -> str:
    day: date | None = getattr(job, name)
    if day is not None:
        return f"{name.upper()} approved on {numeric(day)}"
    return f"{name.upper()} not {'started' if name == 'm3' else 'approved'}"


def _weeks(days: int) -> str:
    weeks = round(days / 7)
    return f"{days} days" if weeks < 2 else f"{weeks} weeks"
