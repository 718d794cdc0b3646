"""A link that a phone system or a browser opens a call with: ``ptodesk://call?name=Jane+Doe&phone=...``, read as facts to fill in.

Anybody can make such a link, so nothing in it is believed: it only fills in what the agent then sees, and one that is
not plain in every part is refused as a whole, in a sentence that repeats nothing of it.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from ptodesk_gui.sop import typed
from ptodesk_gui.sop.entry import Entry, Field, Memory
from ptodesk_gui.sop.ticket_text import split_address, split_name

LINK_MOST: Final = 2_000  # characters of a link
KEYS: Final = ("name", "phone", "email", "address", "job", "ticket")

_HEAD: Final = re.compile(r"ptodesk:(?://)?call/?(?:\?(.*))?", re.IGNORECASE | re.DOTALL)
_ESCAPE: Final = re.compile(r"%([0-9A-Fa-f]{2})|%")
_KEY: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,19}-[1-9][0-9]{0,9}")
_SPACED: Final = "\t\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"  # they part words on paper, and are spaces on one line
_PLUS_IS_SPACE: Final = frozenset({"name", "address"})  # elsewhere it is a plus: +1 303 ..., jane+solar@...

TOO_LONG: Final = f"it is longer than {LINK_MOST:,} characters."
OTHER: Final = "it does not begin with ptodesk://call."
UNKNOWN: Final = "it has a part that is not known. Known are: " + ", ".join(KEYS) + "."
TWICE: Final = "it names {key} twice."
ENCODING: Final = "its {key} is not encoded as UTF-8 with percent signs."
CONTROL: Final = "its {key} has a control character in it."
LONG_VALUE: Final = "its {key} is too long."
NO_JOB: Final = "its job is no address that begins with https://."
NO_TICKET: Final = "its ticket is no key such as PTO-12."


@dataclass(frozen=True, slots=True)
class CallLink:
    """What a link fills in, by field; ``ticket``: the key of the ticket that the call is about."""

    values: Mapping[Field, str] = field(default_factory=dict)
    ticket: str = ""

    @property
    def who(self) -> str:
        """Who calls, as far as the link says: the name, else the phone number."""
        name = f"{self.values.get(Field.FIRST_NAME, '')} {self.values.get(Field.LAST_NAME, '')}".strip()
        return name or self.values.get(Field.PHONE, "")

    def entry(self, call_id: str, agent: str) -> Entry:
        """A call with what the link says, and nothing else; the ticket is remembered, and joins the call once it was read."""
        entry = Entry(call_id, agent).with_memory(Memory.LINK_TICKET, self.ticket)
        for which, value in self.values.items():
            entry = entry.with_value(which, value)
        return entry


class LinkRefused(Exception):  # noqa: N818 - reads as what became of the link
    """The link cannot be used; the text says why, after "A link was not opened:"."""


def read_link(text: str) -> CallLink:
    """What the link fills in. Raises LinkRefused and nothing else, whatever is in it."""
    if len(text) > LINK_MOST:
        raise LinkRefused(TOO_LONG)
    head = _HEAD.fullmatch(text)
    if head is None:
        raise LinkRefused(OTHER)
    said: dict[str, str] = {}
    for part in (head[1] or "").split("&"):
        key, _, value = part.partition("=")
        if not part:
            continue
        if key not in KEYS:
            raise LinkRefused(UNKNOWN)
        if key in said:
            raise LinkRefused(TWICE.format(key=key))
        said[key] = _decoded(key, value)
    values: dict[Field, str] = {}
    for key, read in _READERS.items():
        if said.get(key):
            values |= read(said[key])
    return CallLink({which: value for which, value in values.items() if value}, _ticket(said.get("ticket", "")))


def _decoded(key: str, value: str) -> str:
    """The value's text on one line. A line break or tab in it is a space; anything else that nobody can see is refused."""
    if key in _PLUS_IS_SPACE:
        value = value.replace("+", " ")
    try:
        raw = _ESCAPE.sub(_byte, value)
        text = raw.encode("utf-8", "surrogateescape").decode("utf-8")
    except (UnicodeError, ValueError) as fault:
        raise LinkRefused(ENCODING.format(key=key)) from fault
    text = "".join(" " if char in _SPACED else char for char in text)
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in text):
        raise LinkRefused(CONTROL.format(key=key))
    return unicodedata.normalize("NFC", typed.one_line(text)[0])


def _byte(escape: "re.Match[str]") -> str:
    """One escaped byte, in the form that ``surrogateescape`` makes a byte of again."""
    if escape[1] is None:
        raise ValueError("a percent sign without two digits")
    number = int(escape[1], 16)
    return chr(number if number < 0x80 else 0xDC00 + number)


def _line(key: str, text: str, most: int = typed.LINE_MOST) -> str:
    if len(text) > most:
        raise LinkRefused(LONG_VALUE.format(key=key))
    return text


def _name(text: str) -> dict[Field, str]:
    first, last = split_name(_line("name", text, typed.NAME_MOST)) or (text, "")
    return {Field.FIRST_NAME: first, Field.LAST_NAME: last}


def _address(text: str) -> dict[Field, str]:
    found = split_address(_line("address", text))
    return {Field.STREET: found.street, Field.CITY: found.city, Field.STATE: found.state, Field.ZIP: found.zip}


def _job(text: str) -> dict[Field, str]:
    fact, word = typed.page_address(text)
    if word is not None or not fact.lower().startswith("https://"):
        raise LinkRefused(NO_JOB)
    return {Field.JOB_URL: fact}


def _ticket(text: str) -> str:
    if text and not _KEY.fullmatch(text):
        raise LinkRefused(NO_TICKET)
    return text.upper()


_READERS: Final[Mapping[str, Callable[[str], dict[Field, str]]]] = {
    "name": _name,
    "phone": lambda text: {Field.PHONE: _line("phone", text)},
    "email": lambda text: {Field.EMAIL: _line("email", text, 320)},
    "address": _address,
    "job": _job,
}
