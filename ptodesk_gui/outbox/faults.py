"""What can be wrong with the store's file, each a sentence with its cure."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final


class StoreError(Exception):
    """The store cannot do its work: what is wrong, and what a person does about it. ``damaged``: the next opening sees to it."""

    def __init__(self, reason: str, cure: str, *, damaged: bool = False) -> None:
        super().__init__(f"{reason} {cure}")
        self.reason = reason
        self.cure = cure
        self.damaged = damaged


_DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_FULL: Final = ("The disk is full.", "Make room on it; what is in the outbox stays there.")
_READ_ONLY: Final = ("The outbox may not be written.", "Ask IT for write access to the program's data folder.")
_HELD: Final = ("Another program holds the outbox.", "Close other windows of the program, then try again.")
_SICK: Final = ("The disk does not answer as it should.", "Check the disk or the network drive of the data folder.")
_BROKEN: Final = (
    "The outbox is damaged.",
    "It is mended by itself, or set aside and a new one begun: the file as it was is kept.",
)
_FAULTS: Final = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: ("The outbox may not be opened.", "Ask IT for access to the program's data folder."),
    sqlite3.SQLITE_CANTOPEN: ("The outbox cannot be opened.", "Ask IT for access to the program's data folder."),
    sqlite3.SQLITE_BUSY: _HELD,
    sqlite3.SQLITE_LOCKED: _HELD,
    sqlite3.SQLITE_IOERR: _SICK,
    sqlite3.SQLITE_PROTOCOL: _SICK,
    sqlite3.SQLITE_CORRUPT: _BROKEN,
    sqlite3.SQLITE_NOTADB: _BROKEN,
}
_NO_ROOM: Final = frozenset({sqlite3.SQLITE_IOERR_SHMSIZE})  # of a disk without room for what programs share
_OF_THE_SYSTEM: Final = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EROFS: _READ_ONLY,
    errno.EIO: _SICK,
    errno.ESTALE: _SICK,
}


class DamageError(sqlite3.DatabaseError):
    """The check of the file found it damaged."""

    sqlite_errorcode = sqlite3.SQLITE_CORRUPT


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the file's content is broken, rather than busy, full or out of reach."""
    return primary_code(error) in _DAMAGED


@contextmanager
def faults_named() -> Iterator[None]:
    """Turns what sqlite and the disk raise into StoreError."""
    try:
        yield
    except sqlite3.Error as error:
        code = primary_code(error)
        words = _FAULTS.get(code, (f"The outbox cannot be used (sqlite {code}).", "Tell IT."))
        if getattr(error, "sqlite_errorcode", 0) in _NO_ROOM:
            words = _FULL
        raise StoreError(*words, damaged=code in _DAMAGED) from error
    except TimeoutError as error:  # of the lock under which it is opened
        raise StoreError(*_HELD) from error
    except OSError as error:
        word = error.strerror or type(error).__name__
        other = (f"The program's data folder cannot be used: {word}.", "Ask IT for write access to it.")
        raise StoreError(*_OF_THE_SYSTEM.get(error.errno or 0, other)) from error


def primary_code(error: sqlite3.Error) -> int:
    """Which of sqlite's faults it is, without its finer parts."""
    return int(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)) & 0xFF
