"""Which journal a store is written with, and whether one that was left by a program that died has lost something."""

import sqlite3
from pathlib import Path
from typing import Final

from ptodesk_gui.outbox.faults import primary_code

_WAL: Final = 2  # bytes 18 and 19 of a file that is written with a write-ahead log
_WAL_HEAD: Final = 32  # bytes of the log's own head, and of that of each of its pages
_FRAME_HEAD: Final = 24
_MAGIC: Final = (0x377F0682, 0x377F0683)
_NO_SHARED_MEMORY: Final = frozenset(
    {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_READONLY}
)


def use_log(connection: sqlite3.Connection, path: Path) -> None:
    """Have what is committed on disk when the commit returns, by a write-ahead log, or without one where none works."""
    try:
        (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    except sqlite3.OperationalError as error:
        if primary_code(error) not in _NO_SHARED_MEMORY:
            raise
        mode = ""
    if mode == "wal":
        connection.execute("PRAGMA synchronous = FULL")
    else:
        use_rollback_journal(connection, path)


def use_rollback_journal(connection: sqlite3.Connection, path: Path) -> None:
    """The same without memory that programs share, as on a network drive. EXTRA: the commit, that the journal goes, is on disk too."""
    if _is_wal(path):  # one program alone can leave it without shared memory, before it has read anything
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA journal_mode = DELETE").fetchone()
        connection.execute("PRAGMA locking_mode = NORMAL")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    connection.execute("PRAGMA synchronous = EXTRA")


def _is_wal(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(20)[18:] == bytes((_WAL, _WAL))


class LeftLog:
    """The log that lies beside a store before it is opened. SQLite takes what is whole of it and drops the rest without a word."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._log = path.with_name(f"{path.name}-wal")
        self._before = self._head()
        self._commits = self._last_commit(self._before)

    @property
    def is_all_there_is(self) -> bool:
        """Whether the store's own file is empty, so that SQLite would delete the log."""
        try:
            return self._path.stat().st_size == 0 and self._log.stat().st_size > 0
        except FileNotFoundError:
            return False

    def lost(self, connection: sqlite3.Connection) -> bool:
        """Whether something that was written down at the end of the log could not be taken over by ``connection``."""
        if not self._before or self._head() != self._before:  # there was none, or another program goes on with it
            return False
        taken = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()[1]
        if self._commits is None:
            return int(taken) == 0
        return 0 <= int(taken) < self._commits

    def _head(self) -> bytes:
        try:
            with self._log.open("rb") as file:
                return file.read(_WAL_HEAD)
        except FileNotFoundError:
            return b""

    def _last_commit(self, head: bytes) -> int | None:
        """How many pages the log has up to its last commit, by its marks alone; None when its head is none."""
        if not head:
            return 0
        if len(head) < _WAL_HEAD or int.from_bytes(head[:4], "big") not in _MAGIC:
            return None
        page_size, salts = int.from_bytes(head[8:12], "big"), head[16:24]
        if not 512 <= page_size <= 65536:
            return None
        last, whole = 0, (self._log.stat().st_size - _WAL_HEAD) // (_FRAME_HEAD + page_size)
        with self._log.open("rb") as file:
            for number in range(whole):
                file.seek(_WAL_HEAD + number * (_FRAME_HEAD + page_size))
                frame = file.read(_FRAME_HEAD)
                if frame[8:16] != salts:  # of an older log
                    break
                if any(frame[4:8]):  # the size of the store after a commit
                    last = number + 1
        return last
