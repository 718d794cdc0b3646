"""Opens a store only to read it, damaged or not, and gives what can be read of its tables. The file itself is not touched."""

import glob
import os
import shutil
import sqlite3
import struct
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from ptodesk_gui.outbox.sealing import Seal, SealedConnection

BUSY_SECONDS: Final = 5.0
_BESIDE: Final = ("-wal", "-shm", "-journal")
_MAGIC: Final = b"SQLite format 3\x00"
_PAGE: Final = 4096  # bytes of a page: what every store of this program has
_GAP: Final = 200_000  # most ids that are tried one by one where a table cannot be walked


class Unsealed(Seal):
    """Of a store from before anything was sealed: what is there is what it says."""

    def __init__(self) -> None:
        self.store_id = ""

    def opened(self, place: str, row: str, value: bytes | str) -> str:
        """The value as it stands."""
        return value if isinstance(value, str) else ""


@dataclass(slots=True)
class Rows:
    """What could be read of a table. ``broken``: not all of it could."""

    found: list[tuple[Any, ...]] = field(default_factory=list)
    broken: bool = False


def set_aside_beside(path: Path) -> tuple[Path, ...]:
    """The stores that were set aside from this place, for whatever reason, the oldest first."""
    found = path.parent.glob(f"{glob.escape(path.name)}.*-????????-??????-*")
    return tuple(sorted(file for file in found if not file.name.endswith(_BESIDE) and file.is_file()))


@contextmanager
def in_use(path: Path) -> Iterator[SealedConnection]:
    """The store that programs have open just now, for reading only. Raises sqlite3.Error."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro",
        uri=True,
        isolation_level=None,
        timeout=BUSY_SECONDS,
        factory=SealedConnection,
    )
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def copy_of(path: Path) -> Iterator[SealedConnection]:
    """A copy of a store that nobody has open, for the user alone, beside it and only for the block. Raises sqlite3.Error, OSError.

    Of a file whose first bytes are not those of a database they are put in their place: what comes after may be whole.
    """
    folder = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.parent))
    try:
        copy = folder / "copy"
        shutil.copyfile(path, copy)
        with suppress(FileNotFoundError):
            shutil.copyfile(f"{path}-wal", f"{copy}-wal")
        for file in folder.iterdir():
            file.chmod(0o600)
        if not _is_database(copy):
            _mend_header(copy)
        connection = sqlite3.connect(copy, isolation_level=None, factory=SealedConnection)
        try:
            connection.execute("PRAGMA user_version").fetchone()
            yield connection
        finally:
            connection.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def has_table(db: sqlite3.Connection, table: str) -> bool:
    """Whether there is such a table. Raises sqlite3.DatabaseError: the file cannot be read at all."""
    return db.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)).fetchone() is not None


def rows_of(db: sqlite3.Connection, table: str, columns: Sequence[str], key: str, where: str = "1") -> Rows:
    """What can be read of a table: from its beginning as far as it goes, from its end, and one by one in between."""
    rows = Rows()
    query = f"SELECT {key}, {', '.join(columns)} FROM {table} WHERE {where}"  # noqa: S608 - names of our own
    seen: dict[Any, tuple[Any, ...]] = {}
    ends: list[Any] = []
    for order in ("ASC", "DESC"):
        last = None
        try:
            for name, *values in db.execute(f"{query} ORDER BY {key} {order}"):
                seen[name] = tuple(values)
                last = name
        except sqlite3.DatabaseError:
            rows.broken = True
            ends.append(last)
        else:
            break
    if len(ends) == 2 and all(isinstance(end, int) for end in ends):
        for name in range(ends[0] + 1, min(ends[1], ends[0] + _GAP)):
            with suppress(sqlite3.DatabaseError):
                for _, *values in db.execute(f"{query} AND {key} = ?", (name,)):
                    seen[name] = tuple(values)
    rows.found = [seen[name] for name in sorted(seen)]
    return rows


def _is_database(file: Path) -> bool:
    with file.open("rb") as opened:
        head = opened.read(100)
    return not head or (head.startswith(_MAGIC) and int.from_bytes(head[16:18], "big") == _PAGE)


def _mend_header(file: Path) -> None:
    """Put the first 100 bytes of a store in the place of what stands there (see sqlite.org/fileformat2.html, 1.3)."""
    kind = 2 if os.path.exists(f"{file}-wal") else 1
    head = struct.pack(">16sHBBBBBBII", _MAGIC, _PAGE, kind, kind, 0, 64, 32, 32, 0, 0)
    rest = struct.pack(">IIIIIIIII", 0, 0, 0, 4, 0, 0, 1, 0, 0)
    with file.open("r+b") as opened:
        opened.write((head + rest).ljust(100, b"\0"))
