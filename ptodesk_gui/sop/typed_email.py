"""Typed email addresses: checked by a library without the network, with a guess at what was meant.

The library takes a noticeable time to load, so it is loaded with the first address that is checked, or by ``warm_up``.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from ptodesk_gui.sop.typed import Read, error, line, warning

EMAIL_MOST: Final = 320

_PROVIDERS: Final = (
    "gmail.com",
    "yahoo.com",
    "hotmail.com",
    "outlook.com",
    "icloud.com",
    "aol.com",
    "comcast.net",
    "live.com",
)
# Real domains that look like a slip of one of the providers.
_REAL: Final = frozenset({"mail.com", "ymail.com", "email.com", "live.co", "me.com", "alo.com", "ao.com"})
_WRONG_ENDINGS: Final = {
    "con": "com",
    "cmo": "com",
    "ocm": "com",
    "comm": "com",
    "coom": "com",
    "vom": "com",
    "xom": "com",
    "cpm": "com",
    "cim": "com",
    "nett": "net",
    "nte": "net",
    "ney": "net",
    "ogr": "org",
    "orgg": "org",
}
_IN_BRACKETS: Final = re.compile(r"<\s*(?:mailto:)?([^<>\s]+@[^<>\s]+)\s*>")
_NO_DOT: Final = re.compile(r"[^@]+@[\w-]{2,}(?:com|net|org|edu|gov)", re.IGNORECASE)
_SPOKEN_AT: Final = re.compile(r"\s*[(\[]?\bat\b[)\]]?\s*")


def _slips(domain: str) -> Iterator[str]:
    """The domain with one slip of the fingers: two letters swapped, one left out, one doubled."""
    name, _, ending = domain.partition(".")
    for i in range(len(name)):
        if i:
            yield name[: i - 1] + name[i] + name[i - 1] + name[i + 1 :] + "." + ending
        yield name[:i] + name[i + 1 :] + "." + ending
        yield name[:i] + name[i] + name[i:] + "." + ending
    yield name + "." + ending[:-1]
    yield name + "." + ending[0] + ending[2:]
    yield name + ending


_MEANT: Final = {slip: domain for domain in _PROVIDERS for slip in _slips(domain) if slip not in _REAL | {*_PROVIDERS}}


def warm_up() -> None:
    """Load the checking library ahead of the first address; called once the window is painted."""
    _fault("jane@example.com")


@lru_cache(maxsize=256)
def email(text: str) -> Read:
    """An email address as typed, without outer spaces. Without a text nothing is loaded or checked."""
    fact, word = line(text, EMAIL_MOST)
    if not fact:
        return fact, word
    fault = _fault(fact)
    if fault is not None:
        return "", error(_with_guess(fault, fact))
    likely = _likely(fact)
    if likely is not None:
        return fact, warning(f"Did you mean {likely}?")
    return fact, word


@lru_cache(maxsize=256)
def meant(text: str) -> str | None:
    """The address that was probably meant; None when what is typed may well be right, or nobody can tell."""
    fact = line(text, EMAIL_MOST)[0]
    if not fact:
        return None
    return _likely(fact) if _fault(fact) is None else _guess(fact)


def _fault(address: str) -> str | None:
    """What is wrong with the address, in a sentence; None when it can be used."""
    from email_validator import EmailNotValidError, validate_email

    try:
        validate_email(address, check_deliverability=False)
    except EmailNotValidError as fault:
        return str(fault)
    return None


def _likely(address: str) -> str | None:
    """The address that was probably meant by one that could be used but looks like a slip."""
    user, _, domain = address.rpartition("@")
    domain = domain.lower()
    stem, _, ending = domain.rpartition(".")
    right = _MEANT.get(domain)
    if right is None and ending in _WRONG_ENDINGS:
        mended = f"{stem}.{_WRONG_ENDINGS[ending]}"
        right = _MEANT.get(mended, mended)
    return f"{user}@{right}" if right else None


def _with_guess(fault: str, address: str) -> str:
    """The fault, and the first mended form of the address that could be used."""
    guess = _guess(address)
    if guess is not None:
        return f"Did you mean {guess}? {fault}"
    return f"Not an email address: {fault[:1].lower()}{fault[1:]} Type it as name@example.com."


def _guess(address: str) -> str | None:
    """The first mended form of an address that could be used."""
    mended = (guess for guess in dict.fromkeys(_guesses(address)) if guess != address and _fault(guess) is None)
    found = next(mended, None)
    return None if found is None else _likely(found) or found


def _guesses(address: str) -> Iterator[str]:
    if found := _IN_BRACKETS.search(address):
        yield found[1]
    yield address.removeprefix("mailto:")
    bare = address.strip(" .,;:<>\"'()[]")
    yield bare
    yield bare.replace(",", ".")
    yield re.sub(r"\s+", "", bare)
    yield re.sub(r"\s+", "", bare.replace(",", "."))
    yield re.sub(r"\.{2,}", ".", bare)
    if "@" in bare and (likely := _likely(bare)) is not None:
        yield likely
    if _NO_DOT.fullmatch(bare):
        yield f"{bare[:-3]}.{bare[-3:]}"
    if "@" not in bare:
        yield _SPOKEN_AT.sub("@", bare)
        for provider in _PROVIDERS:
            if bare.lower().endswith(provider):
                user = bare[: -len(provider)].rstrip(" .")
                yield f"{user}@{provider}"
