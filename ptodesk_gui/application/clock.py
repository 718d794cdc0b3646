"""The clocks of the program, in one place, so that a test can set them."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Clock:
    """``now``: seconds since the epoch. ``today``: the workstation's local date (C15). ``steady``: seconds that are never set back."""

    now: Callable[[], float] = time.time
    today: Callable[[], date] = date.today
    steady: Callable[[], float] = time.monotonic
