"""Records of training that the window paints: the practice callers, the one who is on the line, and the comparison afterwards."""

from dataclasses import dataclass, field
from enum import StrEnum


class Verdict(StrEnum):
    """How a point of what was filed stands to what the procedure asks."""

    RIGHT = "right"
    LOOK = "look"  # allowed, or in the agent's own words: for a person to judge
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the comparison. ``where`` names the ticket, ``what`` the point ("Title"), ``note`` says why it is judged so."""

    where: str
    what: str
    rules: tuple[str, ...]
    verdict: Verdict
    asked: str
    filed: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was filed beside what the procedure asks of a caller. Times in seconds; None where they were not taken."""

    caller: str
    lesson: str
    points: tuple[Point, ...]
    call_seconds: int | None = None
    wrap_up_seconds: int | None = None

    def count(self, verdict: Verdict) -> int:
        """How many points stand so."""
        return sum(point.verdict is verdict for point in self.points)


@dataclass(frozen=True, slots=True)
class CallerRow:
    """A caller in the list to choose from. ``channel`` in words."""

    id: str
    title: str
    channel: str
    about: str


@dataclass(frozen=True, slots=True)
class TicketRef:
    """A ticket of the caller's on the practice desk: what it is in words, and its key."""

    words: str
    key: str


@dataclass(frozen=True, slots=True)
class CallerView:
    """The caller who is on the line. ``said`` is what has been said so far, ``left`` how many sentences are still to come."""

    title: str
    channel: str
    about: str
    said: tuple[str, ...]
    left: int
    job_page: str
    tickets: tuple[TicketRef, ...] = ()
    rules: tuple[str, ...] = field(default=())
