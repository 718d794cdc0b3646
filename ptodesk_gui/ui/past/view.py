"""Past calls as the page shows them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PastRow:
    """One call that was found; every text as it is shown."""

    plan_id: int
    title: str
    about: str


@dataclass(frozen=True, slots=True)
class PastTicket:
    """A ticket of the call: whose it is, its key, the address of its page (empty where that is not known)."""

    role: str
    key: str
    url: str


@dataclass(frozen=True, slots=True)
class PastText:
    """Something that was said, copied or written: what and when, and its words."""

    heading: str
    words: str


@dataclass(frozen=True, slots=True)
class PastCallView:
    """One call in full. ``why_not`` says why no new call can be begun from it; empty when one can."""

    plan_id: int
    title: str
    facts: tuple[str, ...]
    tickets: tuple[PastTicket, ...]
    texts: tuple[PastText, ...]
    why_not: str = ""
