"""The store's file: opened so that what was committed stays, and every failure of it is a sentence with a cure."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from ptodesk_gui.outbox import aside
from ptodesk_gui.outbox.faults import StoreError, faults_named, is_damage
from ptodesk_gui.outbox.keys import Keys
from ptodesk_gui.outbox.mending import suspect
from ptodesk_gui.outbox.migrations import MIGRATIONS, Migration
from ptodesk_gui.outbox.opening import Bounds, Opening
from ptodesk_gui.outbox.sealing import SealedConnection

__all__ = ["Database", "StoreError", "faults_named", "is_damage"]

BUSY_SECONDS: Final = 10.0
CHECKED_BYTES: Final = 64 * 1024 * 1024  # a larger file is checked at opening only when it was found damaged in use


class Database:
    """One connection to the store's file, used by one thread at a time. Other processes may have it open as well.

    ``notice`` says, in sentences, what had to be done to open it and what is set aside; empty when nothing.
    """

    def __init__(
        self,
        path: Path,
        migrations: Sequence[Migration] = MIGRATIONS,
        *,
        keys: Keys | None = None,
        may_set_aside: bool = False,
    ) -> None:
        """Opens or makes the file. Raises StoreError: it is from a newer version, or cannot be opened or written.

        ``keys`` None: without a keyring. A store whose key cannot be had is a StoreError, or set aside where that may be done.
        """
        self._path = path
        self._lock = threading.RLock()
        opening = Opening(
            path, migrations, keys or Keys(path), Bounds(BUSY_SECONDS, CHECKED_BYTES), may_set_aside=may_set_aside
        )
        with faults_named():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._connection = opening.open()
        self._presence = opening.presence
        self.notice = " ".join([*opening.notices, *(found.words for found in aside.kept_aside(path))])

    @contextmanager
    def reading(self) -> Iterator[SealedConnection]:
        """The connection, for queries."""
        with self._lock, faults_named(), self._suspicion():
            yield self._connection

    @contextmanager
    def writing(self) -> Iterator[SealedConnection]:
        """The connection within a transaction: on disk when the block ends, nothing of it when the block raises."""
        with self._lock, faults_named(), self._suspicion():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Close the file. Nothing can be done with it afterwards."""
        with self._lock, faults_named():
            self._connection.close()
            self._presence.leave()

    @contextmanager
    def _suspicion(self) -> Iterator[None]:
        """Has the file checked at the next opening when it turns out to be damaged."""
        try:
            yield
        except sqlite3.Error as error:
            if is_damage(error):
                suspect(self._path, error)
            raise
