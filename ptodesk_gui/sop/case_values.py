"""Reads single values of decoded JSON, with a named fault for each that is not what it must be.

Nothing is guessed or mended but outer spaces, line ends and the form of letters (NFC).
"""

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, TypeVar

from ptodesk_gui.sop.typed import is_blank

LINE_MOST: Final = 255  # characters of a line that has no limit of its own
EMAIL_MOST: Final = 320
LONG_MOST: Final = 5_000

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_KEY: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*-[1-9][0-9]{0,9}")
_BREAKS: Final = frozenset("\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029")
_SPACES: Final = " \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"

Choice = TypeVar("Choice", bound=StrEnum)


class ValueReader:
    """Reads value by value and gathers the faults as (path, what is wrong); a value with a fault reads as not known.

    ``parts`` are the keys that an object may have, by its path. A value's key is the last part of its path.
    """

    def __init__(self, parts: Mapping[str, tuple[str, ...]]) -> None:
        self._parts = parts
        self.faults: list[tuple[str, str]] = []

    def part(self, data: Mapping[str, Any], path: str) -> Mapping[str, Any]:
        """An object within an object; empty where there is none."""
        value = data.get(path)
        if value is None or value == "":
            return {}
        if not isinstance(value, dict):
            self.fault(path, f"must be an object in braces, not {kind_of(value)}.")
            return {}
        self.unknown(value, path)
        return value

    def flag(self, data: Mapping[str, Any], path: str, *, usual: bool = False) -> bool:
        """A yes or no."""
        value = data.get(_last(path))
        if value is None or value == "":
            return usual
        if not isinstance(value, bool):
            self.fault(path, f"must be true or false, not {kind_of(value)}.")
            return usual
        return value

    def choice(
        self, data: Mapping[str, Any], path: str, known: type[Choice], usual: Choice | None, *, required: bool = False
    ) -> Choice | None:
        """One of the known values; ``usual`` where there is none."""
        value = data.get(path)
        if value is None or value == "":
            if required:
                self.fault(path, f"is missing; must be one of {', '.join(known)}.")
            return usual
        return self.one_of(value, path, known)

    def one_of(self, value: object, path: str, known: type[Choice]) -> Choice | None:
        """The value as one of the known ones; None with a fault where it is none of them."""
        if isinstance(value, str) and value in tuple(known):
            return known(value)
        said = shown(value) if isinstance(value, str) else kind_of(value)
        self.fault(path, f"is {said}; must be one of {', '.join(known)}.")
        return None

    def day(self, data: Mapping[str, Any], path: str) -> date | None:
        """An ISO date."""
        text = self.text(data, path, LINE_MOST)
        if not text:
            return None
        if not _DAY.fullmatch(text):
            self.fault(path, f"is {shown(text)}; must be a date such as 2026-03-05.")
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.fault(path, f"is {shown(text)}: there is no such day.")
            return None

    def key(self, data: Mapping[str, Any], path: str, *, required: bool = False) -> str:
        """A ticket's key, in capital letters."""
        text = self.text(data, path, LINE_MOST, required=required)
        if text and not _KEY.fullmatch(text):
            self.fault(path, f"is {shown(text)}; must be a ticket's key such as PTO-12.")
        return text.upper()

    def email(self, data: Mapping[str, Any], path: str) -> str:
        """An email address as given."""
        text = self.text(data, path, EMAIL_MOST)
        fault = _email_fault(text) if text else None
        if fault is not None:
            self.fault(path, f"is no email address. {fault}")
            return ""
        return text

    def long_text(self, data: Mapping[str, Any], path: str, most: int = LONG_MOST, *, required: bool = False) -> str:
        """A text that may have several lines."""
        return self.text(data, path, most, required=required, lines=True)

    def text(
        self, data: Mapping[str, Any], path: str, most: int, *, required: bool = False, lines: bool = False
    ) -> str:
        """A text of at most so many characters, on one line unless ``lines``; empty where there is none to be seen."""
        value = data.get(_last(path))
        if value is None or value == "":
            if required:
                self.fault(path, "is missing.")
            return ""
        if not isinstance(value, str):
            self.fault(path, f"must be text in quotes, not {kind_of(value)}.")
            return ""
        if not value.isascii():
            value = unicodedata.normalize("NFC", value)
        value = value.replace("\r\n", "\n").strip(_SPACES + "\n") if lines else value.strip(_SPACES)
        if len(value) > most:
            self.fault(path, f"is {len(value):,} characters long; {most:,} is the most.")
        elif not value.isprintable() and (bad := _bad_sign(value, lines=lines)):
            self.fault(path, bad)
        elif not is_blank(value):
            return value
        elif required:
            self.fault(path, "is missing.")
        return ""

    def fault(self, path: str, text: str) -> None:
        """Note a fault."""
        self.faults.append((path, text))

    def unknown(self, data: Mapping[str, Any], path: str) -> None:
        """Note every key that an object of this path may not have, and every one that it has twice."""
        known = self._parts[path]
        for key in getattr(data, "twice", ()):
            self.fault(_below(path, key), "is given twice. Keep one.")
        for key in data:
            if key not in known:
                close = difflib.get_close_matches(key, known, 1)
                meant = f" Did you mean {close[0]}?" if close else f" Known are: {', '.join(known)}."
                self.fault(_below(path, key), f"is not a key of a case.{meant}")


class JsonObject(dict[str, Any]):
    """An object of a JSON text that knows its ``twice`` given keys: one of their values would be lost."""

    def __init__(self, pairs: Iterable[tuple[str, Any]]) -> None:
        pairs = tuple(pairs)
        super().__init__(pairs)
        counts = Counter(key for key, _ in pairs)
        self.twice = tuple(key for key, count in counts.items() if count > 1)


def _below(path: str, key: str) -> str:
    named = key or '""'
    return f"{path}.{named}" if path else named


def _last(path: str) -> str:
    return path.rpartition(".")[2]


def _bad_sign(text: str, *, lines: bool) -> str:
    """What is wrong with a text that is not printable as it stands; empty where it is only of an unusual kind."""
    for place, char in enumerate(text, 1):
        if char in _BREAKS and not (lines and char in "\n\u2028\u2029"):
            return f"has a line break of an unusual kind at character {place}." if lines else "must be on one line."
        kind = unicodedata.category(char)
        if kind == "Cc" and char not in _BREAKS:
            return f"has a control character (U+{ord(char):04X}) at character {place}."
        if kind == "Cs":
            return f"has half a character (U+{ord(char):04X}) at character {place}."
    return ""


def kind_of(value: object) -> str:
    """A value's kind in words, as JSON has it."""
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "text"
        case list():
            return "a list"
        case _:
            return "an object"


def shown(text: str) -> str:
    """The beginning of a text, in quotes."""
    return repr(text if len(text) <= 40 else text[:40] + "...")


@lru_cache(maxsize=1024)
def _email_fault(address: str) -> str | None:
    """What is wrong with the address; None when it can be used. The library is loaded with the first address."""
    from email_validator import EmailNotValidError, validate_email

    try:
        validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError as fault:
        return str(fault)
    return None
