"""How much two names or two addresses are the same, for telling whose an open ticket is (T9, N2, N3).

Two are the same only when nobody could think otherwise; everything less is a likeness for a person to judge.
"""

import re
import unicodedata
from difflib import SequenceMatcher
from enum import IntEnum
from functools import lru_cache
from typing import Final, NamedTuple

from ptodesk_gui.sop.case import Address
from ptodesk_gui.sop.names import place_key
from ptodesk_gui.sop.typed import STATES

_WORDS: Final = re.compile(r"[^\W_]+")
_ALIKE: Final = 0.75  # of 1: two first names, or two last names, that are probably one
_STATE_CODES: Final = {name.casefold(): code.casefold() for code, name in STATES.items()}

_SUFFIX_PAIRS: Final = """
avenue=ave av=ave boulevard=blvd circle=cir court=ct cove=cv drive=dr expressway=expy highway=hwy lane=ln loop=loop
parkway=pkwy place=pl plaza=plz point=pt ridge=rdg road=rd square=sq street=st terrace=ter terr=ter trail=trl way=way
"""
_DIRECTION_PAIRS: Final = "north=n south=s east=e west=w northeast=ne northwest=nw southeast=se southwest=sw"
STREET_SUFFIXES: Final = dict(pair.split("=") for pair in _SUFFIX_PAIRS.split())
_SHORT_WORDS: Final = STREET_SUFFIXES | dict(pair.split("=") for pair in _DIRECTION_PAIRS.split())
_UNITS: Final = frozenset({"apt", "apartment", "unit", "ste", "suite", "lot", "bldg", "building", "fl", "floor", "rm"})


class Likeness(IntEnum):
    """How much two are alike, the least first. ``UNKNOWN``: one of them is not known."""

    OTHER = 0
    UNKNOWN = 1
    NEAR = 2  # names that may be one; addresses in one street
    CLOSE = 3  # the same house, as far as both are known
    SAME = 4


class Street(NamedTuple):
    """A street line taken apart: "12 N Main Street Apt 3" is 12, (n, main, st), (3)."""

    number: str
    name: tuple[str, ...]
    unit: tuple[str, ...]


def email_key(email: str) -> str:
    """What two spellings of one address share; the whole address counts."""
    return email.strip().casefold()


def name_key(name: str) -> str:
    """What two spellings of one name share: no case, no outer or double spaces."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


@lru_cache(maxsize=1024)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text without case, accents and punctuation; an apostrophe or full stop within a word parts nothing."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(char for char in plain if not unicodedata.combining(char) and char not in "'’`.")
    return tuple(_WORDS.findall(bare))


def compare_names(one: str, other: str) -> Likeness:
    """SAME: the same first and last name. NEAR: the same but for accents, order, a middle name, a short form or a slip."""
    mine, theirs = words_of(one), words_of(other)
    if not mine or not theirs:
        return Likeness.UNKNOWN
    if name_key(one) == name_key(other):
        return Likeness.SAME if len(mine) > 1 else Likeness.NEAR
    if len(mine) < 2 or len(theirs) < 2:
        return Likeness.OTHER
    if set(mine) <= set(theirs) or set(theirs) <= set(mine):
        return Likeness.NEAR
    first, last = (mine[0], theirs[0]), (mine[-1], theirs[-1])
    short = first[0].startswith(first[1]) or first[1].startswith(first[0])
    if last[0] == last[1] and (short or alike(*first)):
        return Likeness.NEAR
    return Likeness.NEAR if first[0] == first[1] and alike(*last) else Likeness.OTHER


def alike(one: str, other: str, least: float = _ALIKE) -> bool:
    """Whether two words are probably one with a slip."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= least


def compare_addresses(one: Address, other: Address) -> Likeness:
    """SAME: street and ZIP, or street, city and state. CLOSE: the same house where less is known. NEAR: the same street."""
    mine, theirs = street_of(one.street), street_of(other.street)
    if not mine.name or not theirs.name:
        return Likeness.UNKNOWN
    same, differ = _places(one, other)
    if mine == theirs:
        if not differ and ("zip" in same or {"city", "state"} <= same):
            return Likeness.SAME
        return Likeness.OTHER if differ and not same & {"city", "zip"} else Likeness.CLOSE
    if mine.name != theirs.name or (differ and not same & {"city", "zip"}):
        return Likeness.OTHER
    if mine.number and mine.number == theirs.number:
        return Likeness.CLOSE
    return Likeness.NEAR if same & {"city", "zip"} else Likeness.OTHER


@lru_cache(maxsize=1024)
def street_of(line: str) -> Street:
    """A street line taken apart, in the short forms of the postal service: Street and St are one."""
    words = [_SHORT_WORDS.get(word, word) for word in words_of(line.replace("#", " unit "))]
    at = next((i for i, word in enumerate(words) if word in _UNITS and i), len(words))
    numbered = bool(words) and words[0][0].isdigit() and at > 1
    unit = tuple(word for word in words[at:] if word not in _UNITS)
    return Street(words[0] if numbered else "", tuple(words[int(numbered) : at]), unit)


def state_key(state: str) -> str:
    """What two spellings of one state share: CO and Colorado (N2)."""
    key = place_key(state)
    return _STATE_CODES.get(key, key)


def _places(one: Address, other: Address) -> tuple[set[str], set[str]]:
    """What of city, state and ZIP is the same, and what differs; what one of them lacks is neither."""
    pairs = {
        "city": (place_key(one.city), place_key(other.city)),
        "state": (state_key(one.state), state_key(other.state)),
        "zip": (one.zip.strip()[:5], other.zip.strip()[:5]),
    }
    known = {name: mine == theirs for name, (mine, theirs) in pairs.items() if mine and theirs}
    return {name for name, equal in known.items() if equal}, {name for name, equal in known.items() if not equal}
