"""The grace period: how many days after the M2 approval the first payment is due (C6, C7, C11, C12)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class GraceStatus(StrEnum):
    """Where today lies in the grace period."""

    NOT_STARTED = "not_started"
    WITHIN = "within"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Grace:
    """The grace period as of one day. ``day`` is today - m2, ``days_left`` is due - today, both in days; all None when not started."""

    status: GraceStatus
    m2: date | None = None
    due: date | None = None
    day: int | None = None
    days_left: int | None = None


def grace_period(m2: date | None, today: date, days: int) -> Grace:
    """The grace period of ``days`` calendar days from the M2 date (C7). Day 60 itself is still within (C11)."""
    if m2 is None:
        return Grace(GraceStatus.NOT_STARTED)
    due = m2 + timedelta(days=days)
    left = (due - today).days
    status = GraceStatus.WITHIN if left >= 0 else GraceStatus.PAST
    return Grace(status, m2, due, (today - m2).days, left)
