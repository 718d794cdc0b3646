"""A bad day: the desk is slow, rate-limited and lossy. By chance, but the same seed always has the same bad day."""

import hashlib
import random
import threading
from collections import Counter
from dataclasses import dataclass

from ptodesk_gui.practice import faults
from ptodesk_gui.practice.faults import Fault

SEED = 7
READS = 0.2  # how much of the trouble meets requests that only read: what trainees are to see is writes that get lost
_SEARCHES = frozenset(  # read, though they are POSTs
    {"/rest/api/3/search/jql", "/rest/api/3/comment/list", "/rest/api/3/issue/bulkfetch"}
)
LONGEST_RUN = 2  # faults in a row for one operation: the day is bad, not hopeless


@dataclass(frozen=True)
class BadDay:
    """How bad it is. ``slowest``: seconds that an answer may take longer. The rest are chances from 0 to 1.

    ``lost``: the desk acts and its answer is lost (cut, or broken off). ``limited``: 429 with ``Retry-After``, and the desk
    has not acted. ``stumbles``: a 500, before or after the desk has acted. ``unreached``: the request never arrives.
    """

    seed: int = SEED
    slowest: float = 1.2
    lost: float = 0.2
    limited: float = 0.15
    stumbles: float = 0.1
    unreached: float = 0.05
    retry_after: int = 1  # seconds


class Weather:
    """Says what happens to each request of a bad day. The n-th request of an operation always meets the same."""

    def __init__(self, day: BadDay) -> None:
        self._day = day
        self._counts: Counter[tuple[str, str]] = Counter()
        self._in_a_row: Counter[tuple[str, str]] = Counter()
        self._lock = threading.Lock()

    def fault(self, method: str, template: str) -> Fault:
        """What is to happen to this request: trouble, or at least an answer that takes its time."""
        operation = (method, template)
        with self._lock:
            self._counts[operation] += 1
            chance = self._chance(*operation, self._counts[operation])
            trouble = self._trouble(chance, reads=method == "GET" or template in _SEARCHES)
            if trouble is None or self._in_a_row[operation] >= LONGEST_RUN:
                self._in_a_row[operation] = 0
                return faults.slow(chance.random() * self._day.slowest)
            self._in_a_row[operation] += 1
            return trouble

    def _chance(self, method: str, template: str, count: int) -> random.Random:
        """Chance of its own for each request: how threads take turns changes nothing."""
        name = f"{self._day.seed} {method} {template} {count}".encode()
        return random.Random(hashlib.sha256(name).digest())  # noqa: S311 - weather, not a secret

    def _trouble(self, chance: random.Random, *, reads: bool) -> Fault | None:
        day, drawn = self._day, chance.random() / (READS if reads else 1.0)
        if drawn < (bar := day.lost):
            return chance.choice((faults.cut_after(), faults.half_body()))
        if drawn < (bar := bar + day.limited):
            return faults.too_many(day.retry_after)
        if drawn < (bar := bar + day.stumbles):
            return faults.answer(500, acts=not reads and chance.random() < 0.5)
        return faults.cut_before() if drawn < bar + day.unreached else None
