"""What the window was started with."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class Asked:
    """The command line's wishes. ``fresh`` and ``bad_day`` are for practice (see ``training_place``)."""

    __slots__ = ("bad_day", "fresh", "practice", "tour")

    def __init__(
        self, practice: bool = False, tour: "Path | None" = None, fresh: bool = False, bad_day: bool = False
    ) -> None:
        self.practice = practice
        self.tour = tour  # where the pictures of the tour go; None opens the window
        self.fresh = fresh
        self.bad_day = bad_day
