"""What of the store's tables is sealed, and rows of them as they are without the seal."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from ptodesk_gui.outbox.sealing import SealedConnection

# Table -> its sealed columns. Everything else is random, a time, a state, a number, a ticket's key, the site's address or a
# name of the playbook's.
SEALED_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "drafts": ("payload", "focus"),
    "plans": ("title", "properties"),
    "steps": ("step", "reason", "cure", "left_to_do"),
    "follow_ups": ("text", "reason", "cure"),
    "filed_calls": ("payload", "focus"),
}

FORGET_CALL: Final = "DELETE FROM filed_calls WHERE call_id = (SELECT call_id FROM plans WHERE plan_id = ?)"

Row = dict[str, Any]


def row_name(table: str, row: Mapping[str, Any]) -> str:
    """What names a row for good, and is sealed with its values."""
    if table == "follow_ups":
        return f"{row['plan_id']}/{row['step_id']}"
    return str(row["step_key" if table == "steps" else "call_id"])


def read_rows(db: SealedConnection, table: str, where: str, *values: object) -> Iterator[Row]:
    """Rows with all their columns, opened. Raises UnsealError."""
    found = db.execute(f"SELECT * FROM {table} WHERE {where}", values)  # noqa: S608 - names and terms of our own
    names = [column[0] for column in found.description]
    for values_found in found:
        row = dict(zip(names, values_found, strict=True))
        for column in SEALED_COLUMNS[table]:
            row[column] = db.seal.opened(f"{table}.{column}", row_name(table, row), row[column])
        yield row


def add_row(db: SealedConnection, table: str, row: Row) -> None:
    """Put in a row, sealed."""
    sealed = {
        column: db.seal.sealed(f"{table}.{column}", row_name(table, row), row[column])
        for column in SEALED_COLUMNS[table]
    }
    values = {**row, **sealed}
    places = ", ".join("?" * len(values))
    query = f"INSERT INTO {table} ({', '.join(values)}) VALUES ({places})"  # noqa: S608 - names of our own columns
    db.execute(query, tuple(values.values()))
