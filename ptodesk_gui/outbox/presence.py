"""Who has a store open: a store is set aside only when nobody else has."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path


class Presence:
    """Held as long as a program has the store open, beside others who do. It ends with its holder, however it ends.

    It is a shared lock on an empty file beside the store, taken by way of sqlite, which has one on every system.
    """

    def __init__(self, store: Path) -> None:
        self._file = Path(f"{store}.open")
        self._connection: sqlite3.Connection | None = None

    def enter(self) -> None:
        """Be there. Where the disk cannot lock, nobody can tell: then nothing is held."""
        if self._connection is not None:
            return
        connection = self._connected()
        try:
            connection.execute("BEGIN")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.Error:
            connection.close()
        else:
            self._connection = connection

    def leave(self) -> None:
        """Be there no more. May be called twice."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Whether nobody else has the store open; for the block nobody can be sure to have."""
        with closing(self._connected()) as connection:
            try:
                connection.execute("BEGIN EXCLUSIVE")
            except sqlite3.Error:
                yield False
                return
            yield True

    def _connected(self) -> sqlite3.Connection:
        with suppress(FileExistsError):  # opening and closing one that is there would free the locks that we hold
            os.close(os.open(self._file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        return sqlite3.connect(self._file, timeout=0, isolation_level=None, check_same_thread=False)
