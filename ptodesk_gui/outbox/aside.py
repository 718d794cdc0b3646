"""Stores that were set aside: what they are called, what can be said of them without their key, and when they go."""

import glob
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

WITHOUT_KEY: Final = "without-key"
DAMAGED: Final = "damaged"
KEPT: Final = (
    "An outbox whose key could not be had is set aside as {name}, with {calls} and {drafts}. "
    "Nothing of it is deleted; it is taken up again by itself as soon as its key is back: "
    "unlock the keyring, or have IT bring it back as it was."
)
CALLS: Final = ("1 call that is not all filed", "{count} calls that are not all filed")
DRAFTS: Final = ("1 call that was not ended", "{count} calls that were not ended")


UNREADABLE: Final = "An outbox is set aside as {name} and cannot be read. Keep that file, and tell IT."


@dataclass(frozen=True, slots=True)
class Aside:
    """A store that was set aside because its key could not be had, and what it holds. Without ``store_id`` it cannot be read."""

    path: Path
    store_id: str
    calls: int
    drafts: int

    @property
    def words(self) -> str:
        """What there is to say of it."""
        if not self.store_id:
            return UNREADABLE.format(name=self.path.name)
        return KEPT.format(name=self.path.name, calls=counted(self.calls, CALLS), drafts=counted(self.drafts, DRAFTS))


def counted(count: int, words: tuple[str, str]) -> str:
    """So many of something, in words."""
    return words[0] if count == 1 else words[1].format(count=count)


def free_name(path: Path, why: str) -> Path:
    """A name beside the store that is free, with the time in it."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    number = 0
    while (name := path.with_name(f"{path.name}.{why}-{stamp}-{number}")).exists():
        number += 1
    return name


def is_empty(connection: sqlite3.Connection) -> bool:
    """Whether there is nothing in the store that anybody could miss."""
    tables = ("drafts", "plans", "taken_up")
    return not any(connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() for table in tables)  # noqa: S608


def kept_aside(path: Path) -> tuple[Aside, ...]:
    """The stores that were set aside beside ``path`` for want of their key, the oldest first."""
    return tuple(found for file in _files(path) if (found := _looked_into(file)) is not None)


def is_any(path: Path) -> bool:
    """Whether there is one."""
    return next(_files(path), None) is not None


def store_id_of(path: Path) -> str:
    """The name of the store in the file, under which its key is kept; empty when there is none, or none can be read."""
    try:
        with closing(_read_only(path)) as db:
            return str(db.execute("SELECT id FROM store").fetchone()[0])
    except sqlite3.Error:
        return ""


def remove_taken_up(path: Path) -> None:
    """Remove those whose calls are all in the store at ``path`` again: they must never be taken up a second time."""
    for found in kept_aside(path):
        if found.store_id and taken_up(path, found.store_id) == "whole":
            with suppress(OSError):
                found.path.unlink()


def taken_up(path: Path, store_id: str) -> str:
    """How far the store of that id was taken up into the one at ``path``: "", "open" or "whole"."""
    try:
        with closing(_read_only(path)) as db:
            found = db.execute("SELECT whole FROM taken_up WHERE id = ?", (store_id,)).fetchone()
    except sqlite3.Error:
        return ""
    return "" if found is None else "whole" if found[0] else "open"


def _files(path: Path) -> Iterator[Path]:
    yield from sorted(
        file
        for file in path.parent.glob(f"{glob.escape(path.name)}.{WITHOUT_KEY}-*")
        if not file.name.endswith(("-wal", "-shm", "-journal"))
    )


def _looked_into(file: Path) -> Aside | None:
    try:
        with closing(_read_only(file)) as db:
            (store_id,) = db.execute("SELECT id FROM store").fetchone()
            (calls,) = db.execute("SELECT count(*) FROM plans WHERE open = 1").fetchone()
            (drafts,) = db.execute("SELECT count(*) FROM drafts").fetchone()
    except sqlite3.Error:
        return Aside(file, "", 0, 0) if file.exists() else None  # else it was taken up meanwhile
    return Aside(file, store_id, calls, drafts)


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None, timeout=1)
