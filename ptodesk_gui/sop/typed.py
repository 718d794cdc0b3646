"""Typed text read as plain facts: names, long texts, ZIP, state, phone, addresses of pages and ticket keys.

Every reader takes what stands in a field and gives the fact and, where there is something to say, the word beside the
field. A reader never raises; when its word is an error, the fact is the empty value.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Final
from urllib.parse import SplitResult, parse_qsl, urlsplit

from ptodesk_gui.sop.view import FieldWord, Weight

NAME_MOST: Final = 120  # characters of a name
LINE_MOST: Final = 255  # characters of any other line
URL_MOST: Final = 2_000
LONG_MOST: Final = 5_000  # characters of a concern, a reply or new information
MESSAGE_MOST: Final = 100_000  # characters of what a sender wrote

Read = tuple[str, FieldWord | None]

# Line breaks of every kind, and tabs. Pasted into a field of one line they part words, so they become spaces.
_BREAKS: Final = re.compile("\r\n|[\t\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029]")
# What nobody can see but what turns text round, hides in it, or cannot be sent: control characters, bidirectional
# embeddings, overrides and isolates, zero-width spaces (not the joiners: emoji and some scripts need them), surrogates
# without their other half, and code points that are no characters.
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u200b\u2060\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb"
    "\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
# Kinds of characters that leave nothing on paper by themselves, and the letters and signs that do not either.
_NOTHING: Final = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Mn", "Me"})
_FILLERS: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_SPACES: Final = re.compile(r"\s+")
_ZIP: Final = re.compile(r"[0-9]{5}(?:[- ]?[0-9]{4})?")
_KEY: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*-[1-9][0-9]{0,9}")
_NO_SCHEME: Final = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::[0-9]+)?/")

_LEFT_OUT: Final = FieldWord(Weight.WARNING, "Invisible control characters were left out.")

STATES: Final[Mapping[str, str]] = {
    "AL": "Alabama",
    "AK": "Alaska",
    "AZ": "Arizona",
    "AR": "Arkansas",
    "CA": "California",
    "CO": "Colorado",
    "CT": "Connecticut",
    "DE": "Delaware",
    "DC": "District of Columbia",
    "FL": "Florida",
    "GA": "Georgia",
    "HI": "Hawaii",
    "ID": "Idaho",
    "IL": "Illinois",
    "IN": "Indiana",
    "IA": "Iowa",
    "KS": "Kansas",
    "KY": "Kentucky",
    "LA": "Louisiana",
    "ME": "Maine",
    "MD": "Maryland",
    "MA": "Massachusetts",
    "MI": "Michigan",
    "MN": "Minnesota",
    "MS": "Mississippi",
    "MO": "Missouri",
    "MT": "Montana",
    "NE": "Nebraska",
    "NV": "Nevada",
    "NH": "New Hampshire",
    "NJ": "New Jersey",
    "NM": "New Mexico",
    "NY": "New York",
    "NC": "North Carolina",
    "ND": "North Dakota",
    "OH": "Ohio",
    "OK": "Oklahoma",
    "OR": "Oregon",
    "PA": "Pennsylvania",
    "PR": "Puerto Rico",
    "RI": "Rhode Island",
    "SC": "South Carolina",
    "SD": "South Dakota",
    "TN": "Tennessee",
    "TX": "Texas",
    "UT": "Utah",
    "VT": "Vermont",
    "VA": "Virginia",
    "WA": "Washington",
    "WV": "West Virginia",
    "WI": "Wisconsin",
    "WY": "Wyoming",
}
_STATE_WORDS: Final = frozenset(word.casefold() for pair in STATES.items() for word in pair)


def error(text: str) -> FieldWord:
    """A word for what cannot be used."""
    return FieldWord(Weight.ERROR, text)


def warning(text: str) -> FieldWord:
    """A word for what is used, but looks wrong."""
    return FieldWord(Weight.WARNING, text)


def is_blank(text: str) -> bool:
    """Whether nothing of the text can be seen. Such a name would be a blank in a greeting."""
    return all(char in _FILLERS or unicodedata.category(char) in _NOTHING for char in text)


def one_line(text: str) -> Read:
    """The text on one line: outer and double spaces and line breaks trimmed (N1), unseen characters left out."""
    if text.isascii() and text.isprintable():  # nearly every keystroke
        return (" ".join(text.split()), None)
    spaced = _BREAKS.sub(" ", text)
    seen = _UNSEEN.sub("", spaced)
    fact = _SPACES.sub(" ", seen).strip()
    if fact and is_blank(fact):
        return "", _LEFT_OUT
    return fact, _LEFT_OUT if len(seen) != len(spaced) else None


def line(text: str, most: int = LINE_MOST) -> Read:
    """A fact of one line with at most so many characters."""
    fact, word = one_line(text)
    if len(fact) > most:
        return "", error(f"{len(fact):,} characters, {most:,} is the most. Shorten it.")
    return fact, word


def name(text: str) -> Read:
    """A name: of a person or a company."""
    return line(text, NAME_MOST)


@lru_cache(maxsize=4)  # a long text that stays while everything beside it is typed
def message_text(text: str) -> Read:
    """What somebody wrote in a ticket: as ``long_text``, and longer."""
    return long_text(text, MESSAGE_MOST)


def long_text(text: str, most: int = LONG_MOST) -> Read:
    """A text of several lines: line breaks of one kind, unseen characters left out, nothing else altered inside."""
    word = None
    if not (text.isascii() and text.isprintable()):
        broken = _BREAKS.sub(lambda found: " " if found[0] == "\t" else "\n", text)
        text = _UNSEEN.sub("", broken)
        word = _LEFT_OUT if len(text) != len(broken) else None
    fact = text.strip()
    if fact and is_blank(fact):
        return "", _LEFT_OUT
    if len(fact) > most:
        return "", error(f"{len(fact):,} characters, {most:,} is the most. Shorten it by {len(fact) - most:,}.")
    return fact, word


def zip_code(text: str) -> Read:
    """A ZIP code. Another text is kept, with a word: the address may still be found by it."""
    fact, word = line(text)
    if fact and not _ZIP.fullmatch(fact):
        return fact, warning("Not a ZIP code: 5 or 9 digits, such as 80120 or 80120-1234.")
    return fact, word


def state(text: str) -> Read:
    """A US state by its two letters or its name (N2). Another text is kept, with a word."""
    fact, word = line(text)
    if fact and fact.casefold() not in _STATE_WORDS:
        return fact, warning("Not a US state: two letters or the whole name, such as CO or Colorado.")
    return fact, word


def phone(text: str) -> Read:
    """A phone number in any form. Fewer than seven digits get a word."""
    fact, word = line(text)
    digits = sum(char.isdigit() for char in fact)
    if fact and digits < 7:
        return fact, warning("Too short: a phone number has more than " + _count(digits, "digit") + ".")
    return fact, word


def page_address(text: str) -> Read:
    """The address of a page on the web: http or https and a host, nothing else."""
    fact, word = line(text, URL_MOST)
    if not fact:
        return fact, word
    try:
        parts = urlsplit(fact)
        usable = parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and " " not in fact
    except ValueError:  # urlsplit's answer to a broken host in brackets
        usable = False
    if not usable:
        return "", error("Not a web address. Paste the whole address of the job page, beginning with https://.")
    return fact, word


def ticket_key(text: str) -> Read:
    """A ticket's key, typed or within the address of a page that shows it: its own, a queue's, a board's."""
    fact, word = line(text, URL_MOST)
    if not fact:
        return fact, word
    key = fact if _KEY.fullmatch(fact) else _key_in(fact)
    if not key:
        return "", error("Not a ticket key. Type it as PTO-12, or paste the address of the ticket.")
    return key.upper(), word


def ticket_host(text: str) -> str:
    """The host of a pasted address; empty where a key alone was typed."""
    parts = _address_parts(line(text, URL_MOST)[0])
    return "" if parts is None else parts.netloc.rpartition("@")[2].lower()


def _key_in(address: str) -> str:
    """The key that the address ends its path with, else the one it selects; empty without one."""
    parts = _address_parts(address)
    if parts is None:
        return ""
    path = (segment for segment in reversed(parts.path.split("/")) if _KEY.fullmatch(segment))
    selected = (value for name, value in parse_qsl(parts.query) if name == "selectedIssue" and _KEY.fullmatch(value))
    return next(path, "") or next(selected, "")


def _address_parts(address: str) -> SplitResult | None:
    """The address taken apart, with or without https:// before it; None where it is none."""
    if " " in address:
        return None
    try:
        parts = urlsplit(f"//{address}" if _NO_SCHEME.match(address) else address)
        return parts if parts.hostname and parts.scheme in ("", "http", "https") else None
    except ValueError:  # urlsplit's answer to a broken host in brackets
        return None


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number or 'no'} {thing}s"
