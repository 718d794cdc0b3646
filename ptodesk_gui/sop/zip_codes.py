"""ZIP codes: which city and state each belongs to, what is filled in from it, and what does not go with it (C1, N2)."""

import re
from dataclasses import dataclass
from typing import Final

from ptodesk_gui.sop.case import Address
from ptodesk_gui.sop.entry import Entry, Field, Memory
from ptodesk_gui.sop.likeness import state_key, words_of

FILLED: Final = {Field.CITY: Memory.CITY_FROM_ZIP, Field.STATE: Memory.STATE_FROM_ZIP}

_ZIP: Final = re.compile(r"\s*([0-9]{5})(?:[- ]?[0-9]{4})?\s*")
_ZIP_SIZE: Final = 5
_STATE_SIZE: Final = 2
_LONG_FORMS: Final = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount", "pt": "point"}


@dataclass(frozen=True, slots=True)
class ZipPlace:
    """Where the postal service delivers a ZIP code: its city, the state's two letters, other names it takes for the city."""

    city: str
    state: str
    also: tuple[str, ...] = ()


class ZipCodes:
    """Every ZIP code of a list, looked up in the text of the file as it is: nothing is built from it beforehand."""

    def __init__(self, lines: bytes) -> None:
        """``lines``: UTF-8, a ZIP code a line, in their order: ``80120COLittleton|another name``."""
        self._lines = lines

    def of(self, text: str) -> ZipPlace | None:
        """The place of a ZIP code of 5 or 9 digits; None for one that is not in the list, and for any other text."""
        found = _ZIP.fullmatch(text)
        if found is None or not text.isascii():
            return None
        wanted, low, high = found[1].encode(), 0, len(self._lines)
        while low < high:  # both at the beginning of a line
            begin = self._lines.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = self._lines.find(b"\n", begin)
            end = len(self._lines) if end < 0 else end
            here = self._lines[begin : begin + _ZIP_SIZE]
            if here == wanted:
                return _place(self._lines[begin + _ZIP_SIZE : end].decode())
            low, high = (end + 1, high) if here < wanted else (low, begin)
        return None


def fill(entry: Entry, place: ZipPlace) -> Entry:
    """City and state filled in where nothing was typed, and filled anew where they came from another ZIP code."""
    for field, value in ((Field.CITY, place.city), (Field.STATE, place.state)):
        now = entry.text(field)
        if not now.strip() or now == entry.memory(FILLED[field]):
            entry = entry.with_value(field, value).with_memory(FILLED[field], value)
    return entry


def filled(entry: Entry) -> tuple[Field, ...]:
    """The fields whose values came from the ZIP code and were not typed over."""
    return tuple(field for field, memory in FILLED.items() if entry.text(field) and entry.memory(memory))


def mismatch(address: Address, place: ZipPlace) -> str:
    """What of the address does not go with its ZIP code, in a sentence; empty when nothing is wrong, or is still being typed."""
    zip5 = address.zip.strip()[:_ZIP_SIZE]
    there = f"{zip5} is {place.city}, {place.state}"
    if address.state and state_key(address.state) != place.state.casefold():
        return f"{there}, not {address.state}: check the ZIP code and the state."
    typed = _city_key(address.city)
    if typed and not any(_city_key(name).startswith(typed) for name in (place.city, *place.also)):
        return f"{there}, not {address.city}: check the ZIP code and the city."
    return ""


def _place(text: str) -> ZipPlace:
    city, *also = text[_STATE_SIZE:].split("|")
    return ZipPlace(city, text[:_STATE_SIZE], tuple(also))


def _city_key(name: str) -> str:
    """What two spellings of one city share: St. Louis and Saint Louis."""
    return " ".join(_LONG_FORMS.get(word, word) for word in words_of(name))
