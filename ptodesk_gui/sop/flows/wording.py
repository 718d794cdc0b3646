"""What is written into tickets: titles, descriptions, the internal comment with the job's details (T5-T7, H2, I2, H8)."""

import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Final

from ptodesk_gui.sop.case import Job
from ptodesk_gui.sop.facts import UNKNOWN, Facts, address_line, numeric
from ptodesk_gui.sop.flows.work import Place, Work
from ptodesk_gui.sop.replies import Text
from ptodesk_gui.sop.steps import InternalComment

SUMMARY_MOST: Final = 255  # Jira counts a sign outside the basic plane twice, and so do we
ELLIPSIS: Final = "…"
_JOINER: Final = "\u200d"

_FIELDS: Final = {
    "homeowner": "homeowner.last_name",
    "installer": "installer.name",
    "request": "source_ticket.request",
    "partner": "source_ticket.request",
}


def title(work: Work, text: Text, values: Mapping[str, str], rule: str) -> str:
    """The title of a ticket on one line; the longest name in it is shortened, visibly, where it would not fit."""
    values = {name: " ".join(value.split()) for name, value in values.items()}
    whole = text.fill(values)
    if size(whole) <= SUMMARY_MOST:
        return whole
    longest = max(text.variables, key=lambda name: (size(values[name]), name))
    work.problem(
        _FIELDS[longest], rule, f"The title is longer than {SUMMARY_MOST} characters: the name in it is shortened."
    )
    for most in range(size(values[longest]) - 1, 0, -1):
        whole = text.fill({name: shortened(value, most) for name, value in values.items()})
        if size(whole) <= SUMMARY_MOST:
            return whole
    return shortened(whole, SUMMARY_MOST)


def size(text: str) -> int:
    """How long Jira finds the text."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def shortened(text: str, most: int) -> str:
    """The text where it is short enough, else its beginning with an ellipsis; no sign is cut in two."""
    if size(text) <= most:
        return text
    end = min(most - 1, len(text) - 1)
    while size(text[:end]) > most - 1:
        end -= 1
    while end > 0 and (unicodedata.combining(text[end]) or _JOINER in text[end - 1 : end + 1]):
        end -= 1
    return text[:end].rstrip() + ELLIPSIS


def description(facts: Facts, concern: str) -> str:
    """Three lines: homeowner, address, concern (T7). Line breaks of the concern become spaces."""
    lines = (
        f"Homeowner: {facts.homeowner}",
        f"Address: {address_line(facts.case.address) or UNKNOWN}",
        f"Concern: {' '.join(concern.split()) or UNKNOWN}",
    )
    return "\n".join(lines)


def details(work: Work, place: Place) -> str:
    """The internal comment with the job's details; gives the step's id (T5)."""
    step = InternalComment(
        id=f"{place.ticket}.details",
        rules=("T5", "T6"),
        needs=place.needs,
        ticket=place.ticket,
        key=place.key,
        body=details_text(work.facts),
    )
    return work.add(step)


def details_text(facts: Facts) -> str:
    """Exactly six lines; what is not known reads ``unknown`` (T5, T6)."""
    case = facts.case
    rep_email = case.installer.rep_email or facts.rep_email
    lines = (
        f"Homeowner Name: {facts.homeowner} ({case.homeowner.email or UNKNOWN})",
        f"Address: {address_line(case.address) or UNKNOWN}",
        f"Job Link: {case.job.url or UNKNOWN}",
        f"Installer: {facts.installer_name}",
        f"Installer Rep: {case.installer.rep_first_name or UNKNOWN} ({rep_email or UNKNOWN})",
        f"Notes: {notes_line(case.job)}",
    )
    return "\n".join(lines)


def notes_line(job: Job) -> str:
    """M1, M2 and M3 in one line (T6)."""
    third = f"M3 approved on {numeric(job.m3)}." if job.m3 is not None else "M3 not started."
    return f"{_milestone('M1', job.m1)} {_milestone('M2', job.m2)} {third}"


def _milestone(name: str, day: date | None) -> str:
    return f"{name} not approved." if day is None else f"{name} approved on {numeric(day)}."
