"""Records that the history's widgets paint, already decided and in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto


class Tone(Enum):
    """How the strip beside the call speaks."""

    QUIET = auto()  # nothing to do
    DOUBTFUL = auto()  # somebody has to look
    FOUND = auto()  # an open ticket of this homeowner, not chosen
    CHOSEN = auto()  # the call adds to an open ticket


@dataclass(frozen=True, slots=True)
class StripView:
    """What the strip over the call says: a headline and the rest. ``action`` is what its key does; empty: nothing to open.

    ``news``: new information is asked for.
    """

    tone: Tone
    headline: str
    rest: str = ""
    action: str = ""
    news: bool = False


@dataclass(frozen=True, slots=True)
class OfferRow:
    """A value that can be taken over. ``name`` is the field in words, ``instead_of`` what is typed there now."""

    name: str
    value: str
    why: str
    instead_of: str = ""


@dataclass(frozen=True, slots=True)
class OffersView:
    """Values to take over, where they are from, and what there is to say about them."""

    title: str
    rows: tuple[OfferRow, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceView:
    """The ticket that the case came with, as it stands beside the form.

    ``channel`` is a value of ``channels``, which maps them to words; ``why`` says how it was recognized. ``request`` None: not asked
    for. ``job_asked``, ``identify_asked``: whether those questions arise. ``reading`` False: the words to say need the room; the text has a few lines.
    """

    key: str
    channel: str
    channels: Mapping[str, str]
    why: str
    text: str
    reading: bool
    request: str | None = None
    job_asked: bool = False
    identify_asked: bool = False


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A ticket that waits to be taken, in words."""

    key: str
    title: str
    about: str  # channel, age, reporter


@dataclass(frozen=True, slots=True)
class WaitingView:
    """The waiting list: its tickets, or a sentence why there are none."""

    words: str
    lines: tuple[WaitingLine, ...] = ()
