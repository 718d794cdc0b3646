"""How much is in a store, without its key and without changing it: what support asks for first."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from ptodesk_gui.outbox.migrations import version_of


@dataclass(frozen=True, slots=True)
class Census:
    """The version of the store's tables and how many there are of each; ``drafts`` are calls that were not ended, ``open`` those not all filed."""

    version: int
    drafts: int
    plans: int
    open: int
    follow_ups: int
    size: int  # bytes


def census(store: Path) -> Census | None:
    """What is in the store at the path; None where there is none, or it cannot be read."""
    if not store.is_file():
        return None
    try:
        with closing(sqlite3.connect(f"{store.absolute().as_uri()}?mode=ro", uri=True, timeout=1.0)) as db:
            return Census(
                version_of(db),
                _count(db, "SELECT count(*) FROM drafts"),
                _count(db, "SELECT count(*) FROM plans"),
                _count(db, "SELECT count(*) FROM plans WHERE open"),
                _count(db, "SELECT count(*) FROM follow_ups WHERE state NOT IN ('closed', 'kept')"),
                store.stat().st_size,
            )
    except (sqlite3.Error, OSError):
        return None


def _count(db: sqlite3.Connection, query: str) -> int:
    (count,) = db.execute(query).fetchone()
    return int(count)
