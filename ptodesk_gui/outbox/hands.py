"""The hands that carry out steps: a thread per step under way, or, for tests, the caller itself."""

import sys
import threading
import time
from collections.abc import Callable
from typing import Protocol


class Hands(Protocol):
    """How the filer has work done and how it waits."""

    def start(self, job: Callable[[], None]) -> None:
        """Have the job done."""

    def wait(self, wake: threading.Condition, seconds: float) -> None:
        """Wait until woken, or for so long. The caller holds ``wake``."""

    def monotonic(self) -> float:
        """Seconds on a clock that is never set."""


class ThreadHands:
    """A thread per step under way; the filer sees to it that there are only a few. None of them keeps the program from ending."""

    def start(self, job: Callable[[], None]) -> None:
        """Have the job done by a thread of its own."""
        threading.Thread(target=job, name="ptodesk-step", daemon=True).start()

    def wait(self, wake: threading.Condition, seconds: float) -> None:
        """Wait until woken, or for so long."""
        wake.wait(seconds)

    def monotonic(self) -> float:
        """Seconds on a clock that is never set, and that goes on while the computer sleeps where there is one."""
        return _steady()


def _steady() -> float:
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


class InlineHands:
    """No threads and no waiting: a job is done before ``start`` returns, and waiting moves the clock on."""

    def __init__(self, now: float = 1_800_000_000.0) -> None:
        self.now = now

    def clock(self) -> float:
        """The time, in seconds since the epoch, that the store and the filer are to go by."""
        return self.now

    def start(self, job: Callable[[], None]) -> None:
        """Do the job."""
        job()

    def wait(self, wake: threading.Condition, seconds: float) -> None:
        """Let so much time have passed."""
        self.now += seconds

    def monotonic(self) -> float:
        """The same clock."""
        return self.now
