"""Takes up again what was set aside, once its key is back: every call once, as it was, whatever happens meanwhile."""

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ptodesk_gui.outbox import aside, past_calls
from ptodesk_gui.outbox.aside import CALLS, DRAFTS, Aside, counted
from ptodesk_gui.outbox.database import BUSY_SECONDS, Database
from ptodesk_gui.outbox.faults import is_damage
from ptodesk_gui.outbox.keys import Keys
from ptodesk_gui.outbox.migrations import MIGRATIONS, migrate, version_of
from ptodesk_gui.outbox.opening import connected
from ptodesk_gui.outbox.personal import Row, add_row, read_rows
from ptodesk_gui.outbox.sealing import Seal, SealedConnection, UnsealError
from ptodesk_gui.outbox.tables import NEXT_PLAN_ID

BACK: Final = "The key of an outbox that was set aside is back: {calls} and {drafts} are here again."
BACK_EMPTY: Final = "The key of an outbox that was set aside is back, and its calls are here again."
SOME_UNREADABLE: Final = "Some of it cannot be read: keep the file {name}, and tell IT."

_AT_ONCE: Final = 50  # filed plans a transaction: typing is saved in between
_OPEN: Final = (
    "(open = 1 OR plan_id IN (SELECT plan_id FROM follow_ups WHERE follow_ups.state NOT IN ('closed', 'kept')))"
)


@dataclass(slots=True)
class _Plan:
    """A plan with all that belongs to it, opened."""

    plan: Row
    steps: list[Row]
    follow_ups: list[Row]
    call: list[Row]  # as it was when it was filed, if that is known


@dataclass(slots=True)
class _Found:
    """What is in a store that was set aside, and how much of it came over."""

    drafts: list[Row] = field(default_factory=list)
    plans: list[_Plan] = field(default_factory=list)
    unreadable: int = 0

    def miss(self, error: sqlite3.DatabaseError) -> None:
        """Something is damaged, and the rest is worth having. Raises the error again where it is another one."""
        if not is_damage(error):
            raise error
        self.unreadable += 1


def take_up(path: Path, database: Database, keys: Keys) -> str:
    """Bring into the store at ``path`` what was set aside beside it and whose key can be had; what came back, in sentences.

    What is not over comes in one transaction, and with it that it came: a store that was set aside is marked there
    before its calls can go on here, so that it never counts again. What is over comes after it, bit by bit; then the
    file goes. Whoever dies in between leaves it to the next. Raises StoreError.
    """
    from filelock import FileLock, Timeout

    if not aside.is_any(path):
        return ""
    try:
        with FileLock(f"{path}.taking-up", timeout=0, mode=0o600):
            found = [_taken_up(one, path, database, keys) for one in aside.kept_aside(path) if one.store_id]
    except (Timeout, OSError):  # another program is at it
        return ""
    return " ".join(filter(None, found))


def _taken_up(one: Aside, path: Path, database: Database, keys: Keys) -> str:
    others = [other.path for other in aside.kept_aside(path) if other.path != one.path]
    if any(aside.taken_up(other, one.store_id) for other in others):
        return ""  # some of it may have gone on in that one: it comes first
    key = keys.find(one.store_id)
    if not isinstance(key, bytes):
        return ""
    try:
        with closing(connected(one.path, BUSY_SECONDS)) as old:
            if not _unlocked(old, Seal(one.store_id, key)):
                return ""
            words, unreadable = _copied(old, one, path, database)
    except sqlite3.Error:
        return ""  # damaged: it stays where it is, and is spoken of at every start
    return " ".join(filter(None, (words, _ended(one, path, database, keys, unreadable=unreadable))))


def _unlocked(old: SealedConnection, seal: Seal) -> bool:
    """Whether the store can be read, brought to this version if it is older."""
    (check,) = old.execute("SELECT key_check FROM store").fetchone()
    if version_of(old) > len(MIGRATIONS) or not seal.fits(check):
        return False
    old.seal = seal
    migrate(old, MIGRATIONS, lambda version: None)
    return True


def _copied(old: SealedConnection, one: Aside, path: Path, database: Database) -> tuple[str, int]:
    """What came back, in a sentence, and how much of it could not be read."""
    words, over = "", _Found()
    going_on = _Found()
    _read_drafts(old, going_on)
    _read_plans(old, _ids(old, _OPEN), going_on)
    if not aside.taken_up(path, one.store_id):
        words = _going_on_again(old, one, going_on, database)
    rest = _ids(old, f"NOT {_OPEN}")
    for begin in range(0, len(rest), _AT_ONCE):
        over.plans.clear()
        _read_plans(old, rest[begin : begin + _AT_ONCE], over)
        with database.writing() as db:
            for plan in over.plans:
                _add_plan(db, plan)
    return words, going_on.unreadable + over.unreadable


def _going_on_again(old: SealedConnection, one: Aside, found: _Found, database: Database) -> str:
    before = old.execute("SELECT id, whole FROM taken_up").fetchall()
    with database.writing() as db:
        drafts = sum(_add_draft(db, row) for row in found.drafts)
        calls = sum(_add_plan(db, plan) for plan in found.plans)
        db.executemany("INSERT OR IGNORE INTO taken_up VALUES (?, ?)", before)
        db.execute("INSERT INTO taken_up VALUES (?, 0)", (one.store_id,))
    if not (drafts or calls):
        return BACK_EMPTY
    return BACK.format(calls=counted(calls, CALLS), drafts=counted(drafts, DRAFTS))


def _ended(one: Aside, path: Path, database: Database, keys: Keys, *, unreadable: int) -> str:
    """Have the file go, unless something in it could not be read: then it is kept under another name, and that is said."""
    kept = aside.free_name(path, aside.DAMAGED) if unreadable else None
    if kept is not None:
        os.replace(one.path, kept)
    with database.writing() as db:
        db.execute("UPDATE taken_up SET whole = 1 WHERE id = ?", (one.store_id,))
    if kept is not None:
        return SOME_UNREADABLE.format(name=kept.name)
    with suppress(OSError):  # the next opening removes it
        one.path.unlink()
        keys.forget(one.store_id)
    return ""


# --- out of the one ---------------------------------------------------------------------------------------------------


def _ids(old: SealedConnection, where: str) -> list[int]:
    return [plan_id for (plan_id,) in old.execute(f"SELECT plan_id FROM plans WHERE {where} ORDER BY plan_id")]  # noqa: S608


def _read_drafts(old: SealedConnection, found: _Found) -> None:
    for (call_id,) in old.execute("SELECT call_id FROM drafts ORDER BY turn DESC").fetchall():
        try:
            found.drafts += read_rows(old, "drafts", "call_id = ?", call_id)
        except sqlite3.DatabaseError as error:
            found.miss(error)


def _read_plans(old: SealedConnection, ids: Sequence[int], found: _Found) -> None:
    for plan_id in ids:
        try:
            (plan,) = read_rows(old, "plans", "plan_id = ?", plan_id)
            steps = list(read_rows(old, "steps", "plan_id = ? ORDER BY position", plan_id))
            follow_ups = list(read_rows(old, "follow_ups", "plan_id = ? ORDER BY id", plan_id))
            call = _read_call(old, plan["call_id"])
        except sqlite3.DatabaseError as error:
            found.miss(error)
        else:
            found.plans.append(_Plan(plan, steps, follow_ups, call))


def _read_call(old: SealedConnection, call_id: str) -> list[Row]:
    """The call as it was when it was filed; its plan is worth having without it."""
    try:
        return list(read_rows(old, "filed_calls", "call_id = ?", call_id))
    except UnsealError:
        return []


# --- into the other ---------------------------------------------------------------------------------------------------


def _add_draft(db: SealedConnection, row: Row) -> bool:
    """Whether it was not there; one that is there, or was queued, counts."""
    known = "SELECT call_id FROM drafts WHERE call_id = ?1 UNION SELECT call_id FROM plans WHERE call_id = ?1"
    if db.execute(known, (row["call_id"],)).fetchone():
        return False
    (turn,) = db.execute("SELECT coalesce(min(turn), 1) - 1 FROM drafts").fetchone()  # before all that was typed since
    add_row(db, "drafts", {**row, "turn": turn})
    return True


def _add_plan(db: SealedConnection, found: _Plan) -> bool:
    """Whether it was not there: its steps keep their keys and states, so that what was being sent is looked up."""
    call_id = found.plan["call_id"]
    if db.execute("SELECT 1 FROM plans WHERE call_id = ?", (call_id,)).fetchone():
        return False
    db.execute("DELETE FROM drafts WHERE call_id = ?", (call_id,))
    (plan_id,) = db.execute(NEXT_PLAN_ID).fetchone()
    add_row(db, "plans", {**found.plan, "plan_id": plan_id})
    for step in found.steps:
        add_row(db, "steps", {**step, "plan_id": plan_id})
    for follow_up in found.follow_ups:
        add_row(db, "follow_ups", {**follow_up, "id": None, "plan_id": plan_id})
    for call in found.call:
        add_row(db, "filed_calls", call)
    past_calls.note_plan(db, plan_id)
    return True
