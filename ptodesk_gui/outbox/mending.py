"""A store in which a single value is damaged goes on without that call: a copy of the whole is kept, and it is said."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from ptodesk_gui.outbox import aside
from ptodesk_gui.outbox.aside import counted
from ptodesk_gui.outbox.personal import FORGET_CALL, read_rows
from ptodesk_gui.outbox.sealing import SealedConnection, UnsealError

WITHOUT: Final = (
    "{calls} cannot be read any more, and the outbox goes on without. As they are, all of them and everything else are "
    "kept in {name}: keep that file, and tell IT."
)
_CALLS: Final = ("1 call in the outbox", "{count} calls in the outbox")


def suspicion_of(path: Path) -> Path:
    """The file that is there when the store was found damaged in use, and is to be looked through at the next opening."""
    return path.with_name(f"{path.name}.suspect")


def suspect(path: Path, error: sqlite3.Error) -> None:
    """Have the store looked through at the next opening, and first of all where it was found damaged."""
    where = f"{error.place}\t{error.row}\n" if isinstance(error, UnsealError) else ""
    with open(
        os.open(suspicion_of(path), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8"
    ) as file:
        file.write(where)


def mend(db: SealedConnection, path: Path) -> str:
    """Go on without the calls that cannot be read, when the store is suspected; what there is to say of that."""
    suspicion = suspicion_of(path)
    if not suspicion.exists():
        return ""
    drafts = [call_id for (call_id,) in db.execute("SELECT call_id FROM drafts") if not _reads(db, "drafts", call_id)]
    plans = [plan_id for plan_id in _suspected_plans(db, suspicion) if not _plan_reads(db, plan_id)]
    words = ""
    if drafts or plans:
        kept = _copied(db, path)
        _leave_out(db, drafts, plans)
        words = WITHOUT.format(calls=counted(len(drafts) + len(plans), _CALLS), name=kept.name)
    suspicion.unlink(missing_ok=True)
    return words


def _suspected_plans(db: SealedConnection, suspicion: Path) -> set[int]:
    """Those that are not over, and those in which something was found that did not open."""
    found = {plan_id for (plan_id,) in db.execute("SELECT plan_id FROM plans WHERE open = 1")}
    found.update(n for (n,) in db.execute("SELECT plan_id FROM follow_ups WHERE state NOT IN ('closed', 'kept')"))
    for line in suspicion.read_text("utf-8").splitlines():
        place, _, row = line.partition("\t")
        found.update(_plans_of(db, place.partition(".")[0], row))
    return found


def _plans_of(db: SealedConnection, table: str, row: str) -> Iterator[int]:
    if table == "follow_ups":
        yield int(row.partition("/")[0])
    elif table in ("plans", "steps"):
        query = {
            "plans": "SELECT plan_id FROM plans WHERE call_id = ?",
            "steps": "SELECT plan_id FROM steps WHERE step_key = ?",
        }
        yield from (plan_id for (plan_id,) in db.execute(query[table], (row,)))


def _plan_reads(db: SealedConnection, plan_id: int) -> bool:
    return all(_reads(db, table, plan_id) for table in ("plans", "steps", "follow_ups"))


def _reads(db: SealedConnection, table: str, name: str | int) -> bool:
    try:
        for _ in read_rows(db, table, "call_id = ?" if table == "drafts" else "plan_id = ?", name):
            pass
    except UnsealError:
        return False
    return True


def _copied(db: SealedConnection, path: Path) -> Path:
    kept = aside.free_name(path, aside.DAMAGED)
    os.close(os.open(kept, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(sqlite3.connect(kept)) as copy:
        db.backup(copy)
    return kept


def _leave_out(db: SealedConnection, drafts: list[str], plans: list[int]) -> None:
    db.execute("BEGIN IMMEDIATE")
    try:
        db.executemany("DELETE FROM drafts WHERE call_id = ?", [(call_id,) for call_id in drafts])
        for plan_id in plans:
            db.execute(FORGET_CALL, (plan_id,))
            for table in ("follow_ups", "steps", "ages", "found_by", "terms", "plans"):
                db.execute(f"DELETE FROM {table} WHERE plan_id = ?", (plan_id,))  # noqa: S608
            db.execute("UPDATE upkeep SET highest = max(highest, ?)", (plan_id,))  # an id is never given twice
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")
