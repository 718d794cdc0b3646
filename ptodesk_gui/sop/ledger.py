"""What a call takes, in seconds and without a word of what it is about: the agent's own figures, and the lines of them for a lead."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from statistics import median
from typing import Final

DAYS: Final = 14  # that are shown
CSV_HEAD: Final = "day,call_seconds,review_seconds,wrap_up_seconds,desk_seconds,corrections"
NONE_YET: Final = "No call was filed in the last {days} days."
SUMMARY: Final = (
    "{calls} in the last {days} days. Half of them took at most {call} on the line and {wrap_up} after it, {review} of it in the review. "
    "The desk was done {desk}. {corrections}"
)
NOT_KNOWN: Final = "at a time that is not known"


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One filed call. Seconds: ``call`` from the first letter to the end of the call, ``wrap_up`` from there until it was filed,
    ``review`` the part of that with the review open, ``desk`` from there until the site had all of it or a person was
    needed, the countdown after File apart (None: not seen). ``corrections``: how often the agent went back from the review to the call."""

    day: date
    call: float
    review: float
    wrap_up: float
    desk: float | None
    corrections: int


@dataclass(frozen=True, slots=True)
class DayFigures:
    """One day: how many calls, and what half of them took at most, in seconds; ``corrections`` of all of them."""

    day: date
    calls: int
    call: float
    review: float
    wrap_up: float
    desk: float | None
    corrections: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of the last days in a sentence, and day by day, the latest first; days without calls are left out."""

    summary: str
    days: tuple[DayFigures, ...] = ()


def figures(rows: Iterable[LedgerRow], today: date, days: int = DAYS) -> Figures:
    """The figures of so many days up to today."""
    since = today - timedelta(days=days - 1)
    recent = [row for row in rows if since <= row.day <= today]
    if not recent:
        return Figures(NONE_YET.format(days=days))
    of_day = {
        day: [row for row in recent if row.day == day] for day in sorted({row.day for row in recent}, reverse=True)
    }
    whole = _of(today, recent)
    summary = SUMMARY.format(
        calls=_count(len(recent), "call"),
        days=days,
        call=clock(whole.call),
        review=clock(whole.review),
        wrap_up=clock(whole.wrap_up),
        desk=NOT_KNOWN if whole.desk is None else f"{clock(whole.desk)} after that",
        corrections=f"{_count(whole.corrections, 'correction')}.",
    )
    return Figures(summary, tuple(_of(day, there) for day, there in of_day.items()))


def csv_text(rows: Iterable[LedgerRow]) -> str:
    """A line for each call with plain numbers, for a spreadsheet, the earliest first."""
    lines = (
        ",".join(
            "" if value is None else f"{value:.0f}" if isinstance(value, float) else str(value) for value in values
        )
        for row in sorted(rows, key=lambda row: row.day)
        if (values := [getattr(row, each.name) for each in fields(row)])
    )
    return "\r\n".join((CSV_HEAD, *lines, ""))


def clock(seconds: float) -> str:
    """Seconds as minutes and seconds: 4:05."""
    whole = max(0, round(seconds))
    return f"{whole // 60}:{whole % 60:02}"


def _of(day: date, rows: Sequence[LedgerRow]) -> DayFigures:
    desk = [row.desk for row in rows if row.desk is not None]
    return DayFigures(
        day,
        len(rows),
        median(row.call for row in rows),
        median(row.review for row in rows),
        median(row.wrap_up for row in rows),
        median(desk) if desk else None,
        sum(row.corrections for row in rows),
    )


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number or 'No'} {thing}s"
