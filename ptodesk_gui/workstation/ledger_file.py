"""The ledger of what calls take, in a file of its own beside the outbox: seconds and a day, nothing of anybody.

It is worth less than a call: a file that cannot be read is begun anew, and one that cannot be written is left alone.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

from ptodesk_gui.sop.ledger import LedgerRow

NAME: Final = "ledger.sqlite3"
BUSY_SECONDS: Final = 5.0
_TABLE: Final = (
    "CREATE TABLE IF NOT EXISTS calls (id TEXT PRIMARY KEY, day TEXT NOT NULL, call REAL NOT NULL, review REAL NOT NULL,"
    " wrap_up REAL NOT NULL, desk REAL, corrections INTEGER NOT NULL) WITHOUT ROWID"
)

T = TypeVar("T")


class LedgerFile:
    """Every method may wait for the disk, and may be called on any thread."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME

    def add(self, call_id: str, row: LedgerRow) -> None:
        """Write down a call; the latest counts where it was filed twice."""
        values = (_id(call_id), row.day.isoformat(), row.call, row.review, row.wrap_up, row.desk, row.corrections)
        self._do(lambda db: db.execute("INSERT OR REPLACE INTO calls VALUES (?, ?, ?, ?, ?, ?, ?)", values))

    def set_desk(self, call_id: str, seconds: float) -> None:
        """Write down how long the desk took for a call."""
        self._do(lambda db: db.execute("UPDATE calls SET desk = ? WHERE id = ?", (seconds, _id(call_id))))

    def remove(self, call_id: str) -> None:
        """Forget a call: it was not filed after all."""
        self._do(lambda db: db.execute("DELETE FROM calls WHERE id = ?", (_id(call_id),)))

    def rows(self) -> tuple[LedgerRow, ...]:
        """Every call that is written down, the earliest day first."""
        query = "SELECT day, call, review, wrap_up, desk, corrections FROM calls ORDER BY day, id"
        found = self._do(lambda db: db.execute(query).fetchall()) if self._path.exists() else ()
        return tuple(LedgerRow(date.fromisoformat(day), *rest) for day, *rest in found or ())

    def remove_before(self, day: date) -> None:
        """Forget what is older."""
        if self._path.exists():
            self._do(lambda db: db.execute("DELETE FROM calls WHERE day < ?", (day.isoformat(),)))

    def _do(self, what: Callable[[sqlite3.Connection], T]) -> T | None:
        try:
            with self._open() as db:
                return what(db)
        except sqlite3.OperationalError:  # locked, full, not to be written
            return None
        except sqlite3.DatabaseError:  # no database any more
            self._path.unlink(missing_ok=True)
            return None

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=BUSY_SECONDS)) as db, db:
            db.execute("PRAGMA secure_delete = ON")
            db.execute(_TABLE)
            yield db


def _id(call_id: str) -> str:
    """What tells calls apart here, and leads to none in the outbox."""
    return hashlib.sha256(f"ledger {call_id}".encode()).hexdigest()[:32]
