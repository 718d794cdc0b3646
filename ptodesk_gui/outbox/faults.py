"""What can be wrong with the store's file, each a sentence with its cure."""

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
        "Start the program again: it keeps the file as it is and goes on with what can be read.",
    ),
    sqlite3.SQLITE_NOTADB: (
        "The outbox is damaged.",
        "Start the program again: it keeps the file as it is and goes on with what can be read.",
    ),
}


class DamageError(sqlite3.DatabaseError):
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
        words = _FAULTS.get(code, (f"The outbox cannot be used (sqlite {code}).", "Tell IT."))
        raise StoreError(*words, damaged=code in _DAMAGED) from error
    except OSError as error:
        word = error.strerror or type(error).__name__
        raise StoreError(
            f"The program's data folder cannot be used: {word}.", "Ask IT for write access to it."
        ) from error


def _primary_code(error: sqlite3.Error) -> int:
    return int(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)) & 0xFF
