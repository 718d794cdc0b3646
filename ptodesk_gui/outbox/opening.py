"""Opens a store's file: made, checked, migrated, unlocked; or set aside whole when it is damaged or its key cannot be had."""

import os
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ptodesk_gui.outbox import aside
from ptodesk_gui.outbox.disk import network_kind
from ptodesk_gui.outbox.faults import DamageError, StoreError, is_damage
from ptodesk_gui.outbox.journal import LeftLog, use_log, use_rollback_journal
from ptodesk_gui.outbox.keys import OTHER, RESTORE, Keys, NoKey, keep_folder
from ptodesk_gui.outbox.mending import mend, suspicion_of
from ptodesk_gui.outbox.migrations import SEALED, Migration, migrate, version_of
from ptodesk_gui.outbox.presence import Presence
from ptodesk_gui.outbox.sealing import Seal, SealedConnection, new_key, new_store_id

DAMAGED: Final = (
    "The outbox was damaged and has been set aside as {name}; a new one was begun. "
    "Calls that were not filed yet may be in the old one: keep it, and tell IT."
)
NO_FILE: Final = (
    "Something that is no outbox stood in its place and has been set aside as {name}; a new one was begun. "
    "If calls are missing, tell IT."
)
EMPTIED: Final = "The outbox's file was empty, and a new one was begun. If calls are missing, tell IT."
END_LOST: Final = (
    "What was written last before the computer or the program went down could not be read; a copy of it is {name}. "
    "Look whether your last call is as you left it; if something is missing, tell IT."
)
DAMAGED_IN_USE: Final = (
    "The outbox is damaged, and a window or console has it open.",
    "Close that one, then start again: the file is set aside and a new one begun.",
)
BEGUN: Final = "So a new outbox was begun."
CLOSED: Final = "The outbox cannot be opened. {reason}"
IN_USE: Final = "The outbox cannot be opened beside the window or console that has it open. {reason}"
USE_THAT: Final = "Go on in the other window, or close it and start again. {cure}"
NEWER: Final = (
    "The outbox was written by a newer version of the program, which this one must not touch.",
    "Start the newer version, or ask IT to install it.",
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long another program is waited for, in seconds, and how large a file is checked although nothing is suspected."""

    busy: float
    checked_bytes: int


class Opening:
    """One opening of the store at ``path``. ``notices`` says what had to be done, ``presence`` that it is open."""

    def __init__(
        self, path: Path, migrations: Sequence[Migration], keys: Keys, bounds: Bounds, *, may_set_aside: bool
    ) -> None:
        self.presence = Presence(path)
        self.notices: list[str] = []
        self._path = path
        self._migrations = migrations
        self._keys = keys
        self._bounds = bounds
        self._may_set_aside = may_set_aside

    def open(self) -> SealedConnection:
        """The connection, with the file as this program needs it. Raises StoreError, sqlite3.Error, OSError."""
        from filelock import FileLock  # only programs that file need it

        with FileLock(f"{self._path}.opening", timeout=self._bounds.busy, mode=0o600):
            aside.remove_taken_up(self._path)
            self._clear_the_place()
            try:
                connection = self._opened()
            except _KeylessError as error:
                self._set_aside_without_key(error.why)
                connection = self._opened()
            except sqlite3.DatabaseError as error:
                if not is_damage(error):
                    raise
                self._set_aside_damaged()
                connection = self._opened()
            self.presence.enter()
        return connection

    def _opened(self) -> SealedConnection:
        with suppress(FileExistsError):  # opening and closing one that is there would free the locks on it
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        self._path.chmod(0o600)
        left = self._left_log()
        connection = connected(self._path, self._bounds.busy)
        try:
            remote = network_kind(self._path.parent)
            if remote:
                use_rollback_journal(connection, self._path)  # before anything is read
            found = version_of(connection)
            if found > len(self._migrations):
                raise StoreError(*NEWER)
            if left is not None and left.lost(connection):
                self._keep_copy(connection)
            self._check(connection)
            if not remote:
                use_log(connection, self._path)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA secure_delete = ON")  # what is removed is overwritten
            if found < SEALED:
                self._begin_sealing(connection)
            else:
                connection.seal = self._seal(connection)
                migrate(connection, self._migrations, lambda version: self._back_up(connection, version))
            if len(self._migrations) >= SEALED:
                scrub(connection, self._path, was_empty=found == 0)
                if notice := mend(connection, self._path):
                    self.notices.append(notice)
        except BaseException:
            connection.close()
            raise
        return connection

    def _left_log(self) -> LeftLog | None:
        """The log that a program that died has left; None while another is at work: it has written what it has not yet marked."""
        with self.presence.alone() as alone:
            return LeftLog(self._path) if alone else None

    def _check(self, connection: sqlite3.Connection) -> None:
        """Raises DamageError when the file is broken inside."""
        suspected = suspicion_of(self._path).exists()
        if self._path.stat().st_size > self._bounds.checked_bytes and not suspected:
            return
        check = "integrity_check" if suspected else "quick_check"  # the one looks at the indexes as well
        (verdict,) = connection.execute(f"PRAGMA {check}(1)").fetchone()
        if verdict != "ok":
            raise DamageError

    def _back_up(self, connection: sqlite3.Connection, version: int) -> None:
        target = self._path.with_name(f"{self._path.name}.v{version}.backup")
        os.close(os.open(target, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600))
        with closing(sqlite3.connect(target)) as copy:
            connection.backup(copy)

    # -- the key

    def _begin_sealing(self, connection: SealedConnection) -> None:
        """Bring a file that is new, or of a version that sealed nothing, to one whose key is kept for good."""
        name, key = new_store_id(), new_key()
        notice = self._keys.keep(name, key)
        connection.seal = Seal(name, key)
        try:
            migrate(connection, self._migrations, lambda version: self._back_up(connection, version))
        except BaseException:
            with suppress(sqlite3.Error):
                if version_of(connection) < SEALED:  # else it is sealed with that key, whatever failed after it
                    self._keys.forget(name)
            raise
        self._keys.prove(name, key)
        if notice:
            self.notices.append(notice)

    def _seal(self, connection: SealedConnection) -> Seal:
        """Raises _KeylessError."""
        name, check = connection.execute("SELECT id, key_check FROM store").fetchone()
        key = self._keys.find(name)
        if isinstance(key, NoKey):
            raise _KeylessError(key)
        seal = Seal(name, key)
        if not seal.fits(check):
            raise _KeylessError(NoKey(OTHER, RESTORE))
        self._keys.prove(name, key)
        return seal

    # -- setting aside

    def _set_aside_without_key(self, why: NoKey) -> None:
        """Make room for a new store. Raises StoreError: it is not for this program to do so, or another has it open."""
        with self.presence.alone() as alone:
            if not alone:
                raise StoreError(IN_USE.format(reason=why.reason), USE_THAT.format(cure=why.cure))
            with closing(connected(self._path, self._bounds.busy)) as connection:
                empty = aside.is_empty(connection)
                if not empty and not self._may_set_aside:
                    raise StoreError(CLOSED.format(reason=why.reason), why.cure)
                (mode,) = connection.execute("PRAGMA journal_mode = DELETE").fetchone()  # all of it in one file
                if mode != "delete":
                    raise StoreError(IN_USE.format(reason=why.reason), USE_THAT.format(cure=why.cure))
            if empty:
                self._path.unlink()
            else:
                os.replace(self._path, aside.free_name(self._path, aside.WITHOUT_KEY))
                self.notices.append(f"{why.reason} {BEGUN} {why.cure}")
            keep_folder(self._path.parent)

    def _clear_the_place(self) -> None:
        """Set aside what is no store but stands where it belongs, and a log whose store is empty: it would be deleted."""
        if self._path.is_dir() or LeftLog(self._path).is_all_there_is:
            self._set_aside_damaged(NO_FILE if self._path.is_dir() else DAMAGED)
        elif self._path.is_file() and self._path.stat().st_size == 0:
            self.notices.append(EMPTIED)

    def _keep_copy(self, connection: sqlite3.Connection) -> None:
        """Copy the store, and its log as it is, before the end of the log is written over.

        The store by way of the connection: to open and close its file would free the locks on it, and whoever closes it
        next would take this program's log away, with all that is written to it from then on.
        """
        name = aside.free_name(self._path, aside.DAMAGED)
        for ending in ("", "-wal"):
            os.close(os.open(f"{name}{ending}", os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        with closing(sqlite3.connect(name)) as copy:
            connection.backup(copy)
        shutil.copyfile(f"{self._path}-wal", f"{name}-wal")
        keep_folder(self._path.parent)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        self.notices.append(END_LOST.format(name=name.name))

    def _set_aside_damaged(self, words: str = DAMAGED) -> None:
        """Rename the damaged file, and what belongs to it, as they are. Raises StoreError: another program has it open."""
        name = aside.free_name(self._path, aside.DAMAGED)
        with self.presence.alone() as alone:
            if not alone:
                raise StoreError(*DAMAGED_IN_USE)
            for ending in ("", "-wal", "-shm"):
                with suppress(FileNotFoundError):
                    os.replace(f"{self._path}{ending}", f"{name}{ending}")
        suspicion_of(self._path).unlink(missing_ok=True)
        self.notices.append(words.format(name=name.name))


class _KeylessError(Exception):
    def __init__(self, why: NoKey) -> None:
        super().__init__(why.reason)
        self.why = why


def connected(path: Path, busy: float) -> SealedConnection:
    """A connection to the file, as it is."""
    return sqlite3.connect(path, timeout=busy, isolation_level=None, check_same_thread=False, factory=SealedConnection)


def scrub(connection: sqlite3.Connection, path: Path, *, was_empty: bool) -> None:
    """Have nothing left, in the file or beside it, of what was there before it was sealed; else the next opening tries again."""
    (done,) = connection.execute("SELECT scrubbed FROM store").fetchone()
    if done:
        return
    try:
        if not was_empty:
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("VACUUM")
            (busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if busy:
                return
            for version in range(1, SEALED):
                path.with_name(f"{path.name}.v{version}.backup").unlink(missing_ok=True)
        connection.execute("UPDATE store SET scrubbed = 1")
    except (sqlite3.OperationalError, OSError) as error:
        if isinstance(error, sqlite3.Error) and is_damage(error):
            raise
