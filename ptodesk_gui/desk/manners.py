"""Keeping to the wait that a site asks of everybody (429, or a 503 with Retry-After), whichever part of the program asks next."""

import threading
from collections.abc import Callable
from typing import Final

from ptodesk_gui.desk.errors import Kind, TroubleError, TroubleFacts

LONGEST_HOLD: Final = 3600.0  # seconds; a site that asks for more is asked again after that


class Hold:
    """How long nothing is sent to a site. For use from several threads; ``clock`` is one that is never set."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._until = clock()

    def note(self, facts: TroubleFacts) -> None:
        """Keep to what the answer asks, unless it is about one ticket only."""
        if facts.after is None or facts.one_ticket or facts.status not in (429, 503):
            return
        with self._lock:
            self._until = max(self._until, self._clock() + min(facts.after, LONGEST_HOLD))

    def check(self, *, once: bool) -> None:
        """Raises TroubleError, as the site itself would answer, while the wait is not over. Then nothing is sent."""
        with self._lock:
            left = self._until - self._clock()
        if left > 0:
            raise TroubleError(TroubleFacts(Kind.STATUS, once=once, status=429, after=left))
