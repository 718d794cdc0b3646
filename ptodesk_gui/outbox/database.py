"""The store's file: opened so that what was committed stays, and every failure of it is a sentence with a cure."""

import os
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

from ptodesk_gui.outbox import aside
from ptodesk_gui.outbox.faults import StoreError, faults_named, is_damage
from ptodesk_gui.outbox.keys import Keys, keep_folder
from ptodesk_gui.outbox.mending import suspect
from ptodesk_gui.outbox.migrations import MIGRATIONS, Migration
from ptodesk_gui.outbox.opening import Bounds, Opening
from ptodesk_gui.outbox.sealing import SealedConnection

__all__ = ["Database", "StoreError", "faults_named", "is_damage"]

BUSY_SECONDS: Final = 10.0
CHECKED_BYTES: Final = 64 * 1024 * 1024  # a larger file is checked at opening only when it was found damaged in use


TAKEN_AWAY: Final = (
    "The outbox's file was taken away while the program was open; it has been written again, with all that was in it."
)
REPLACED: Final = "Another file was put in the outbox's place while the program was open; it goes on with that one."


class Database:
    """One connection to the store's file, used by one thread at a time. Other processes may have it open as well.

    A file that turns out to be damaged, or is no longer where it was, is opened anew by itself. ``notice`` says, in
    sentences, what had to be done to open it and what is set aside; empty when nothing.
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
        self.path = path
        self._lock = threading.RLock()
        self._to_open = (migrations, keys or Keys(path), may_set_aside)
        self._stale = False  # it has to be opened anew before it is used again
        self._past_mending = False  # opening it anew for its damage has changed nothing
        self.notice = ""
        with faults_named():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._open()

    @contextmanager
    def reading(self) -> Iterator[SealedConnection]:
        """The connection, for queries."""
        with self._lock, faults_named(), self._suspicion():
            self._see_to_the_file()
            yield self._connection

    @contextmanager
    def writing(self) -> Iterator[SealedConnection]:
        """The connection within a transaction: on disk when the block ends, nothing of it when the block raises."""
        with self._lock, faults_named(), self._suspicion():
            self._see_to_the_file()
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

    def _open(self, *before: str) -> bool:
        """Open it; whether anything had to be done for that. ``before``: what there is to say already."""
        migrations, keys, may_set_aside = self._to_open
        bounds = Bounds(BUSY_SECONDS, CHECKED_BYTES)
        opening = Opening(self.path, migrations, keys, bounds, may_set_aside=may_set_aside)
        self._connection = opening.open()
        self._is_open = True
        self._presence = opening.presence
        self._file = file_at(self.path)
        aside_now = (found.words for found in aside.kept_aside(self.path))
        self.notice = " ".join([*before, *opening.notices, *aside_now])
        return bool(opening.notices)

    def _see_to_the_file(self) -> None:
        """Open it anew where what is open is not the file that is there: what is written to that one is lost at the end."""
        if self._is_open and self._connection.in_transaction:
            return
        found = self._file if self._stale else file_at(self.path)
        if found == self._file and not self._stale:
            return
        words, damaged = [], self._stale
        if not damaged:
            words.append(REPLACED if found else TAKEN_AWAY)
            if not found:
                bring_back(self._connection, self.path, self._to_open[1])
        self._stale, self._is_open = True, False
        before = self._connection.seal.store_id
        self._connection.close()
        self._presence.leave()
        mended = self._open(*words)
        if damaged and self._connection.seal.store_id != before:
            number_apart(self._connection)
        self._past_mending = damaged and not mended
        self._stale = False

    @contextmanager
    def _suspicion(self) -> Iterator[None]:
        """Has the file checked at the next opening when it turns out to be damaged, and opens it anew, once, for that."""
        try:
            yield
        except sqlite3.Error as error:
            if is_damage(error):
                suspect(self.path, error)
                self._stale = self._stale or not self._past_mending
            raise


def number_apart(connection: SealedConnection) -> None:
    """Have a store that was begun anew in use give numbers that the one before it cannot have given.

    A window still shows the calls of that one under their numbers, and what is done to them there must not meet a new call.
    """
    connection.execute("UPDATE upkeep SET highest = max(highest, ?)", (int(time.time()),))


def file_at(path: Path) -> tuple[int, int] | None:
    """Which file is there; None when there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def bring_back(connection: SealedConnection, path: Path, keys: Keys) -> None:
    """Write what a connection has open, whose file is no longer there, to where it was, unless another program just did."""
    from filelock import FileLock

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with FileLock(f"{path}.opening", timeout=BUSY_SECONDS, mode=0o600):
        if file_at(path) is not None:
            return
        half = path.with_name(f"{path.name}.brought-back")
        half.unlink(missing_ok=True)
        os.close(os.open(half, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        with closing(sqlite3.connect(half)) as copy:
            connection.backup(copy)
        for ending in ("-wal", "-shm"):  # of the file that is gone
            Path(f"{path}{ending}").unlink(missing_ok=True)
        keys.keep_again(connection.seal.store_id, connection.seal.key)
        os.replace(half, path)
        keep_folder(path.parent)
