"""Notices that the workstation's clock was set while the program ran."""

from collections.abc import Callable
from typing import Final

SLACK: Final = 120.0  # seconds by which two clocks may drift apart without anybody minding


class Clockwatch:
    """Holds the clock against one that is never set. What was to be waited for is still waited for, neither longer nor shorter."""

    def __init__(self, clock: Callable[[], float], steady: Callable[[], float]) -> None:
        self._clock = clock
        self._steady = steady
        self._ahead = clock() - steady()

    def leap(self) -> float:
        """Seconds by which the clock was set since the last time this was asked, back when below zero; 0 when it was not."""
        ahead = self._clock() - self._steady()
        by = ahead - self._ahead
        if abs(by) <= SLACK:
            return 0.0
        self._ahead = ahead
        return by
