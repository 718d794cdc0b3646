"""What the window was started with."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class Asked:
    """The command line's wishes. ``fresh`` and ``bad_day`` are for practice (see ``training_place``)."""

    __slots__ = ("bad_day", "fresh", "link", "practice", "self_test", "tour")

    def __init__(
        self,
        practice: bool = False,
        tour: "Path | None" = None,
        fresh: bool = False,
        bad_day: bool = False,
        self_test: str | None = None,
        link: str = "",
    ) -> None:
        self.practice = practice
        self.tour = tour  # where the pictures of the tour go; None opens the window
        self.fresh = fresh
        self.bad_day = bad_day
        self.link = link  # what a phone system or a browser opens a call with, as it was given
        self.self_test = self_test  # the file that its lines go to, "" for standard output; None: no self-test
