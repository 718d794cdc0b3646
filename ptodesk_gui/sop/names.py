"""How names of companies, cities and states are compared and written (N1, N2, T4)."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_LEGAL_ENDINGS: Final = frozenset({"inc", "llc", "co", "corp", "ltd"})
_DOTS_WITHIN: Final = re.compile(r"[.'’`]")
_APART: Final = re.compile(r"[\W_]+")


def tidy(name: str) -> str:
    """The name as typed, without outer and double spaces (N1)."""
    return " ".join(name.split())


@lru_cache(maxsize=4096)
def company_key(name: str) -> str:
    """What two spellings of one company share: no case, spaces, ``_``, punctuation or legal ending (N1).

    Empty only when the name has no letter, digit or other sign at all.
    """
    plain = unicodedata.normalize("NFKC", name).casefold()
    words = [word for word in _APART.split(_DOTS_WITHIN.sub("", plain)) if word]
    while len(words) > 1 and words[-1] in _LEGAL_ENDINGS:
        words.pop()
    return "".join(words) or tidy(plain)


def organization_name(company: str) -> str:
    """The company as a Jira organization: ``_`` for every space (T4)."""
    return tidy(company).replace(" ", "_")


def place_key(place: str) -> str:
    """What two spellings of one city or state share: no case, no outer spaces (N2)."""
    return place.strip().casefold()
