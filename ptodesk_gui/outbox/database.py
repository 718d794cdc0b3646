"""The store's file: opened so that what was committed stays, and every failure of it is a sentence with a cure."""

import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from ptodesk_gui.outbox.migrations import MIGRATIONS, Migration, migrate, version_of

BUSY_SECONDS: Final = 10.0
CHECKED_BYTES: Final = 64 * 1024 * 1024  # a larger file is checked at opening only when it was found damaged in use


class StoreError(Exception):
    """The store cannot do its work: what is wrong, and what a person does about it."""

    def __init__(self, reason: str, cure: str) -> None:
        super().__init__(f"{reason} {cure}")
        self.reason = reason
        self.cure = cure


_DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_FAULTS: Final = {
    sqlite3.SQLITE_FULL: ("The disk is full.", "Make room on it; what is in the outbox stays there."),
    sqlite3.SQLITE_READONLY: (
        "The outbox may not be written.",
        "Ask IT for write access to the program's data folder.",
    ),
    sqlite3.SQLITE_PERM: ("The outbox may not be opened.", "Ask IT for access to the program's data folder."),
    sqlite3.SQLITE_CANTOPEN: ("The outbox cannot be opened.", "Ask IT for access to the program's data folder."),
    sqlite3.SQLITE_BUSY: ("Another program holds the outbox.", "Close other windows of the program, then try again."),
    sqlite3.SQLITE_LOCKED: ("Another program holds the outbox.", "Close other windows of the program, then try again."),
    sqlite3.SQLITE_IOERR: (
        "The disk does not answer as it should.",
        "Check the disk or the network drive of the data folder.",
    ),
    sqlite3.SQLITE_CORRUPT: (
        "The outbox is damaged.",
        "Start the program again: it sets the file aside and begins a new one.",
    ),
    sqlite3.SQLITE_NOTADB: (
        "The outbox is damaged.",
        "Start the program again: it sets the file aside and begins a new one.",
    ),
}


class Database:
    """One connection to the store's file, used by one thread at a time. Other processes may have it open as well.

    ``notice`` says, in a sentence, what had to be done to open it; empty when nothing.
    """

    def __init__(self, path: Path, migrations: Sequence[Migration] = MIGRATIONS) -> None:
        """Opens or makes the file. Raises StoreError: it is from a newer version, or cannot be opened or written."""
        self.notice = ""
        self._path = path
        self._suspected = path.with_name(f"{path.name}.suspect")
        self._lock = threading.RLock()
        with faults_named():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._connection = self._open(migrations)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, for queries."""
        with self._lock, faults_named(), self._suspicion():
            yield self._connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
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

    def _open(self, migrations: Sequence[Migration]) -> sqlite3.Connection:
        from filelock import FileLock  # only programs that file need it

        with FileLock(f"{self._path}.opening", timeout=BUSY_SECONDS, mode=0o600):
            try:
                return self._opened(migrations)
            except sqlite3.DatabaseError as error:
                if not is_damage(error):
                    raise
                aside = self._set_aside()
                self.notice = (
                    f"The outbox was damaged and has been set aside as {aside}; a new one was begun. "
                    "Calls that were not filed yet may be in the old one: keep it, and tell IT."
                )
                return self._opened(migrations)

    def _opened(self, migrations: Sequence[Migration]) -> sqlite3.Connection:
        os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
        self._path.chmod(0o600)
        connection = sqlite3.connect(self._path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            found = version_of(connection)
            if found > len(migrations):
                raise StoreError(
                    "The outbox was written by a newer version of the program, which this one must not touch.",
                    "Start the newer version, or ask IT to install it.",
                )
            self._check(connection)
            connection.execute(
                "PRAGMA journal_mode = WAL"
            )  # a network drive may answer with another mode: that is safe too
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            migrate(connection, migrations, lambda version: self._back_up(connection, version))
        except BaseException:
            connection.close()
            raise
        return connection

    def _check(self, connection: sqlite3.Connection) -> None:
        """Raises _Damage when the file is broken inside."""
        if self._path.stat().st_size > CHECKED_BYTES and not self._suspected.exists():
            return
        (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            raise _Damage
        self._suspected.unlink(missing_ok=True)

    @contextmanager
    def _suspicion(self) -> Iterator[None]:
        """Has the file checked at the next opening when it turns out to be damaged."""
        try:
            yield
        except sqlite3.Error as error:
            if is_damage(error):
                self._suspected.touch(mode=0o600)
            raise

    def _back_up(self, connection: sqlite3.Connection, version: int) -> None:
        target = self._path.with_name(f"{self._path.name}.v{version}.backup")
        os.close(os.open(target, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600))
        with closing(sqlite3.connect(target)) as copy:
            connection.backup(copy)

    def _set_aside(self) -> str:
        """Rename the damaged file (and what belongs to it) to a name that is free; the new name."""
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
        number = 0
        while (aside := self._path.with_name(f"{self._path.name}.damaged-{stamp}-{number}")).exists():
            number += 1
        for ending in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                os.replace(f"{self._path}{ending}", f"{aside}{ending}")
        self._suspected.unlink(missing_ok=True)
        return aside.name


class _Damage(sqlite3.DatabaseError):
    """The check of the file found it damaged."""

    sqlite_errorcode = sqlite3.SQLITE_CORRUPT


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the file's content is broken, rather than busy, full or out of reach."""
    return _primary_code(error) in _DAMAGED


@contextmanager
def faults_named() -> Iterator[None]:
    """Turns what sqlite and the disk raise into StoreError."""
    try:
        yield
    except sqlite3.Error as error:
        code = _primary_code(error)
        raise StoreError(*_FAULTS.get(code, (f"The outbox cannot be used (sqlite {code}).", "Tell IT."))) from error
    except OSError as error:
        word = error.strerror or type(error).__name__
        raise StoreError(
            f"The program's data folder cannot be used: {word}.", "Ask IT for write access to it."
        ) from error


def _primary_code(error: sqlite3.Error) -> int:
    return int(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)) & 0xFF
