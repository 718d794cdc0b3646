"""Typed dates read as days, the way people in the US write them, whatever the workstation's language is.

Month before day; a year of two digits is in this century; without a year the latest such day that is not after today
is meant. The hint says how the date was read.
"""

import re
from calendar import isleap
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from ptodesk_gui.sop.facts import MONTHS
from ptodesk_gui.sop.typed import error, one_line
from ptodesk_gui.sop.view import FieldWord, Weight

_MOST_DAYS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
FIRST_YEAR, LAST_YEAR = 2000, 2099  # no milestone of a solar job lies outside of this century

ReadDate = tuple[date | None, FieldWord | None]

# The first sentence of a word is short enough to stand beside a date's label; the rest is shown while the keyboard is there.
_NONE: Final = "Not a date."
_HOW: Final = "Type month/day/year, such as 3/5/2026."
_NOT_APPROVED: Final = frozenset({"-", "no", "none", "not approved", "not started", "n/a", "na"})
_DASHES: Final = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-") | {"\u2044": "/", "\u2215": "/"}
)
_YEAR_FIRST: Final = re.compile(r"([0-9]{4}) ?[-/.] ?([0-9]{1,2}) ?[-/.] ?([0-9]{1,2})")
_MONTH_FIRST: Final = re.compile(r"([0-9]{1,2}) ?[-/. ] ?([0-9]{1,2})(?: ?[-/. ] ?'?([0-9]+))?")
_BEGUN: Final = re.compile(r"[0-9]{1,2}|[0-9]{1,2} ?[-/.]|[0-9]{1,4} ?[-/.] ?[0-9]{1,2} ?[-/.]?|[0-9]{4}")
_IN_WORDS: Final = re.compile(r"(?:[a-z]+|[0-9]+|[ ,.'/-])+")
_TOKENS: Final = re.compile(r"[a-z]+|[0-9]+")
_ORDINAL: Final = re.compile(r"(?<=[0-9])(?:st|nd|rd|th)\b")
_CLOCK_TIME: Final = re.compile(r",? (?:at )?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?[ap]\.?m\.?)?$")
_TODAY, _YESTERDAY = "today", "yesterday"
_BEGINNINGS: Final = (_TODAY, _YESTERDAY, *(month.casefold() for month in MONTHS))
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@lru_cache(maxsize=256)
def read_date(text: str, today: date) -> ReadDate:
    """The day a text means, and how it was read; an error word when it means none. An empty text is no date yet."""
    line, _ = one_line(text)
    line = line.translate(_DASHES).casefold()
    if not line:
        return None, None
    if line in _NOT_APPROVED:
        return None, FieldWord(Weight.HINT, "Not approved")
    if len(line) > 40:
        return None, error(f"{_NONE} {_HOW}")
    day = _read(_CLOCK_TIME.sub("", line), today)
    if isinstance(day, date):
        return day, FieldWord(Weight.HINT, _short(day))
    return None, error(day)


def _read(line: str, today: date) -> date | str:
    """The day, or what is wrong with it."""
    if line in (_TODAY, _YESTERDAY):
        return today - timedelta(days=line == _YESTERDAY)
    if found := _YEAR_FIRST.fullmatch(line):
        return _day(found[1], int(found[2]), int(found[3]), today)
    if found := _MONTH_FIRST.fullmatch(line):
        return _day(found[3], int(found[1]), int(found[2]), today)
    if _BEGUN.fullmatch(line) or any(word.startswith(line) for word in _BEGINNINGS):
        return f"Not whole yet. {_HOW}"
    if _IN_WORDS.fullmatch(line):
        return _read_words(line, today)
    return f"{_NONE} {_HOW}"


def _read_words(line: str, today: date) -> date | str:
    tokens = [t for t in _TOKENS.findall(_ORDINAL.sub("", line)) if t != "of" and not _is_weekday(t)]
    months = [i for i, token in enumerate(tokens) if token.isalpha()]
    month = _month(tokens[months[0]]) if len(months) == 1 else None
    if month is None:
        return f"{_NONE} {_HOW}"
    match tokens[: months[0]], tokens[months[0] + 1 :]:
        case ([], [number]) | ([number], []):
            if len(number) > 2:
                return f"No day yet. {_HOW}"
            return _day(None, month, int(number), today)
        case ([], [number, year]) | ([number], [year]) if len(number) <= 2:
            return _day(year, month, int(number), today)
        case [year], [number] if len(number) <= 2:
            return _day(year, month, int(number), today)
    return f"Not whole yet. {_HOW}"


def _month(word: str) -> int | None:
    """The number of the month that a word of three letters or more begins."""
    word = "sep" if word == "sept" else word
    if len(word) < 3:
        return None
    return next((n for n, name in enumerate(MONTHS, 1) if name.casefold().startswith(word)), None)


def _is_weekday(word: str) -> bool:
    return len(word) >= 3 and any(name.startswith(word) for name in _WEEKDAYS)


def _day(typed_year: str | None, month: int, day: int, today: date) -> date | str:
    """The day of these numbers, or what is wrong with them."""
    if not 1 <= month <= 12:
        swapped = f" The month comes first: {day}/{month}." if 1 <= day <= 12 and 12 < month <= 31 else ""
        return f"No month {month}.{swapped} {_HOW}"
    if not 1 <= day <= _MOST_DAYS[month - 1]:
        return f"No {MONTHS[month - 1]} {day}. {_HOW}"
    if typed_year is None:
        return _latest(month, day, today)
    if len(typed_year) not in (2, 4):
        return f"Year {typed_year[:8]}? It needs two or four digits. {_HOW}"
    year = int(typed_year) + (FIRST_YEAR if len(typed_year) == 2 else 0)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return f"Wrong year: {typed_year}. {_HOW}"
    if (month, day) == (2, 29) and not isleap(year):
        return f"No leap day: February {year} has 28 days. {_HOW}"
    return date(year, month, day)


def _short(day: date) -> str:
    """Mar 5, 2026."""
    return f"{MONTHS[day.month - 1][:3]} {day.day}, {day.year}"


def _latest(month: int, day: int, today: date) -> date:
    """The latest such day that is not after today."""
    year = today.year if (month, day) <= (today.month, today.day) else today.year - 1
    while (month, day) == (2, 29) and not isleap(year):
        year -= 1
    return date(year, month, day)
