"""The housekeeping of a store, in pieces so small that nobody waits for them: what is old goes, what is there is found."""

import glob
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Final

from ptodesk_gui.outbox import past_calls
from ptodesk_gui.outbox.database import Database
from ptodesk_gui.outbox.retention import DAY, Retention

LOOKED_AT: Final = 500  # plans looked through at a time
REMOVED: Final = 5
NOTED: Final = 5


class Upkeep:
    """Does a piece of what is to be done whenever it is asked to. One thread at a time."""

    def __init__(self, database: Database, clock: Callable[[], float], keep_days: int) -> None:
        self._database = database
        self._clock = clock
        self._keep_days = keep_days
        self._retention = Retention(database, clock, keep_days)
        self._left: Iterator[None] | None = None
        self._begun = False

    def step(self) -> bool:
        """Do the next piece; whether there is more to do now. Raises StoreError, and goes on where it was the next time."""
        if self._left is None:
            if not self._retention.count_day() and self._begun:
                return False
            self._begun = True
            self._left = self._pieces()
        try:
            next(self._left)
        except StopIteration:
            self._left = None
            return False
        except BaseException:
            self._left = None
            self._begun = False
            raise
        return True

    def _pieces(self) -> Iterator[None]:
        after: int | None = 0
        while after is not None:
            after = self._retention.begin_ages(after, LOOKED_AT)
            yield
        removed = False
        while self._retention.remove(REMOVED):
            removed = True
            yield
        if removed:
            self._retention.forget_pages()
            yield
        self._remove_backups()
        yield from self._note_missing()

    def _remove_backups(self) -> None:
        """The store as it was before a newer version took it over: it has what is removed here since."""
        path = self._database.path
        for file in path.parent.glob(f"{glob.escape(path.name)}.v*.backup"):
            with suppress(OSError):
                if self._clock() - file.stat().st_mtime > self._keep_days * DAY:
                    file.unlink()

    def _note_missing(self) -> Iterator[None]:
        """Calls from before there was a search, or that came back with a store that had been set aside."""
        before = 2**62
        while True:
            with self._database.writing() as db:
                plans = past_calls.missing(db, before, NOTED)
                for plan_id in plans:
                    past_calls.note_plan(db, plan_id)
            if not plans:
                return
            before = plans[-1]
            yield
