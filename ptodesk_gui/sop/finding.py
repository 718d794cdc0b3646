"""By which words a past call is found: names, emails, address, phone and ticket keys, without case and accents.

Everything is taken from the plan itself, from what its tickets say in the lines of T5 and T7. A word is found by its
beginning, from three letters on; shorter ones, keys and whole emails as they are.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from ptodesk_gui.sop.steps import CreateTicket, EditTicket, InternalComment, LinkTickets, Step
from ptodesk_gui.sop.ticket_text import Kind, read_lines

PREFIXES: Final = (
    3,
    4,
    5,
    6,
    7,
    8,
)  # letters of the beginnings of words that are looked up; what is longer is compared
MOST_WORDS: Final = 80  # of one call
MOST_ASKED: Final = 8  # words of one question that count
_LONGEST: Final = 40  # letters of a word that count

_WORDS: Final = re.compile(r"[^\W_]+")
_WHOLE: Final = re.compile(r"[a-z][a-z0-9_]{0,19}-[0-9]{1,12}|[^@]+@[^@]+\.[^@]+")
_APART: Final = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_APOSTROPHES: Final = frozenset("'’`´")
_PEOPLE: Final = frozenset({Kind.NAME, Kind.FIRST_NAME, Kind.LAST_NAME, Kind.INSTALLER, Kind.REP, Kind.PHONE})
_PLACES: Final = frozenset({Kind.ADDRESS, Kind.STREET, Kind.CITY, Kind.STATE, Kind.ZIP})
_EMAILS: Final = frozenset({Kind.EMAIL, Kind.REP_EMAIL})


@dataclass(frozen=True, slots=True)
class FoundBy:
    """What one past call is found by. ``words`` are those of all of it, as they are compared; keys are among them."""

    address: str
    emails: tuple[str, ...]
    keys: tuple[str, ...]
    words: tuple[str, ...]


def found_by(title: str, steps: Sequence[Step], keys: Iterable[str]) -> FoundBy:
    """What the call of these steps is found by; ``keys`` are those of its tickets as far as they are known."""
    texts, address, emails = [title], "", dict[str, None]()
    for step in steps:
        reporter = getattr(step, "reporter", None)
        if isinstance(reporter, str) and "@" in reporter:
            emails[reporter] = None
        for line in read_lines(_text_of(step)):
            if line.kind in _PLACES:
                address = address or (line.value if line.kind is Kind.ADDRESS else "")
                texts.append(line.value)
            elif line.kind in _EMAILS:
                emails[line.value] = None
            elif line.kind in _PEOPLE:
                texts.append(line.value)
    own = tuple(dict.fromkeys(key for key in (*keys, *(key for step in steps for key in _keys_of(step))) if key))
    numbers = (key.rpartition("-")[2] for key in own)
    words = [word for text in (*texts, *emails, *numbers) for word in words_in(text)]
    whole = [one.casefold() for one in (*own, *emails) if not any(char.isspace() for char in one)]
    return FoundBy(address, tuple(emails), own, tuple(dict.fromkeys((*whole, *words)))[:MOST_WORDS])


def words_in(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: no case, no accents, no punctuation; an apostrophe parts nothing."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_APART)
    bare = "".join(char for char in plain if not unicodedata.combining(char) and char not in _APOSTROPHES)
    return tuple(word[:_LONGEST] for word in _WORDS.findall(bare))


def asked_for(text: str, *, whole: bool = True) -> tuple[str, ...]:
    """The words of a question; what looks like a ticket's key or an email is one word unless ``whole`` is false."""
    found: list[str] = []
    for piece in text.split():
        plain = piece.casefold().strip(".,;:!?()[]\"'")
        found += [plain] if whole and _WHOLE.fullmatch(plain) else words_in(piece)
    return tuple(dict.fromkeys(found))[:MOST_ASKED]


def is_whole(word: str) -> bool:
    """Whether a word is compared as it is: a ticket's key, an email, or a word too short to begin others."""
    return "-" in word or "@" in word or len(word) < PREFIXES[0]


def beginnings(words: Iterable[str]) -> frozenset[str]:
    """What is looked up of a call's words."""
    found: set[str] = set()
    for word in words:
        if is_whole(word):
            found.add(word)
        else:
            found.update(word[:letters] for letters in PREFIXES if len(word) >= letters)
    return frozenset(found)


def beginning_of(asked: str) -> str:
    """What is looked up for one word of a question."""
    return asked if is_whole(asked) else asked[: max(letters for letters in PREFIXES if len(asked) >= letters)]


def answers(words: str, asked: Iterable[str]) -> bool:
    """Whether a call of these words, with a space between each two, is one that was asked for: each begins one of them, or is one."""
    row = f" {words} "
    return all(f" {one} " in row if is_whole(one) else f" {one}" in row for one in asked)


def _text_of(step: Step) -> str:
    if isinstance(step, CreateTicket | EditTicket):
        return step.description if isinstance(step.description, str) else ""
    return step.body if isinstance(step, InternalComment) else ""


def _keys_of(step: Step) -> tuple[str | None, ...]:
    return (step.from_key, step.to_key) if isinstance(step, LinkTickets) else (step.key,)
