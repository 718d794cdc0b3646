"""What a store holds that is nowhere else, for people to read: calls that were not ended, calls that are not all filed, follow-ups.

What cannot be read is named, so that nobody takes a part for the whole.
"""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from ptodesk_gui.outbox import salvage, tables
from ptodesk_gui.outbox.keys import Keys, NoKey
from ptodesk_gui.outbox.record import Draft, PlanRow, StepRow
from ptodesk_gui.outbox.retry import Holds
from ptodesk_gui.outbox.sealing import Seal, SealedConnection, UnsealError
from ptodesk_gui.outbox.shown import plan_progress
from ptodesk_gui.sop.progress import PlanProgress

NOT_AT_ALL: Final = "It cannot be read at all ({why}). Keep the file, and tell IT."
IS_EMPTY: Final = "It is empty."
NO_KEY: Final = "It cannot be opened without its key. {reason} {cure}"
PART_OF: Final = "A part of its {what} cannot be read."
DRAFT: Final = "A call that was not ended, saved {when}, cannot be read."
PLAN: Final = "Call {plan_id}, queued {when}, cannot be read."
STEP: Final = "Call {plan_id}: step {number} cannot be read."
STEPS: Final = "Call {plan_id}: its steps cannot be read, or not all of them."
FOLLOW_UP: Final = "The follow-up of {ticket} cannot be read."
_UNSENT: Final = (
    "open = 1 OR EXISTS (SELECT 1 FROM steps WHERE steps.plan_id = plans.plan_id AND steps.left_to_do != '')"
)


@dataclass(frozen=True, slots=True)
class Reminder:
    """A follow-up that is not over. ``due``: seconds since the epoch; None whenever an answer comes."""

    plan_id: int
    ticket: str
    text: str
    due: float | None


@dataclass(slots=True)
class Exported:
    """What could be read of one store; ``unreadable`` names the rest, a sentence each."""

    file: str
    in_use: bool
    drafts: list[Draft] = field(default_factory=list)
    plans: list[PlanProgress] = field(default_factory=list)
    follow_ups: list[Reminder] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)


def export(path: Path, keys: Keys, now: float) -> list[Exported]:
    """The store at ``path``, if there is one, and every one that was set aside from there. Writes to none of them."""
    stores = [_read(path, keys, now, in_use=True)] if path.is_file() else []
    return stores + [_read(file, keys, now, in_use=False) for file in salvage.set_aside_beside(path)]


def _read(file: Path, keys: Keys, now: float, *, in_use: bool) -> Exported:
    found = Exported(file.name, in_use)
    try:
        if in_use:
            with salvage.in_use(file) as db:
                _read_all(db, keys, found, now)
        else:
            with salvage.copy_of(file) as db:
                _read_all(db, keys, found, now)
    except (sqlite3.Error, OSError) as error:
        # Neither quotes what is in the file.
        found.unreadable.append(NOT_AT_ALL.format(why=getattr(error, "strerror", None) or str(error)))
    return found


def _read_all(db: SealedConnection, keys: Keys, found: Exported, now: float) -> None:
    if not salvage.has_table(db, "plans"):
        found.unreadable.append(IS_EMPTY)
        return
    seal = _seal(db, keys)
    if isinstance(seal, NoKey):
        found.unreadable.append(NO_KEY.format(reason=seal.reason, cure=seal.cure))
        return
    db.seal = seal
    _read_drafts(db, found)
    _read_plans(db, found, now)
    if salvage.has_table(db, "follow_ups"):
        _read_follow_ups(db, found)


def _seal(db: SealedConnection, keys: Keys) -> Seal | NoKey:
    if not salvage.has_table(db, "store"):
        return salvage.Unsealed()
    row = db.execute("SELECT id, key_check FROM store").fetchone()
    if row is None:
        return NoKey("It does not say which key is its own.", "Keep the file, and tell IT.")
    name, check = row
    key = keys.find(name)
    if isinstance(key, NoKey):
        return key
    seal = Seal(name, key)
    return seal if seal.fits(check) else NoKey("The key that is kept for it is another one.", "Tell IT.")


def _read_drafts(db: SealedConnection, found: Exported) -> None:
    rows = salvage.rows_of(db, "drafts", ("call_id", "payload", "focus", "saved"), "call_id")
    for call_id, payload, focus, saved in rows.found:
        try:
            values = json.loads(db.seal.opened("drafts.payload", call_id, payload))
            where = db.seal.opened("drafts.focus", call_id, focus)
        except (UnsealError, ValueError):
            found.unreadable.append(DRAFT.format(when=when(saved)))
        else:
            found.drafts.append(Draft(call_id, values, where, saved))
    if rows.broken:
        found.unreadable.append(PART_OF.format(what="calls that were not ended"))
    found.drafts.sort(key=lambda draft: draft.saved, reverse=True)


def _read_plans(db: SealedConnection, found: Exported, now: float) -> None:
    rows = salvage.rows_of(db, "plans", ("plan_id", "call_id", "site", "title", "created"), "plan_id", _UNSENT)
    if rows.broken:  # then the steps cannot be asked which calls are not filed
        rows = salvage.rows_of(db, "plans", ("plan_id", "call_id", "site", "title", "created"), "plan_id", "open = 1")
        found.unreadable.append(PART_OF.format(what="calls"))
    for plan_id, call_id, site, title, created in rows.found:
        steps = tuple(_steps(db, plan_id, found))
        try:
            words = db.seal.opened("plans.title", call_id, title)
        except UnsealError:
            found.unreadable.append(PLAN.format(plan_id=plan_id, when=when(created)))
            words = f"Call {plan_id}"
        plan = PlanRow(plan_id=plan_id, call_id=call_id, site=site, title=words, created=created, steps=steps)
        found.plans.append(plan_progress(plan, Holds(), now))


def _steps(db: SealedConnection, plan_id: int, found: Exported) -> Iterator[StepRow]:
    rows = salvage.rows_of(db, "steps", tables.COLUMNS, "position", f"plan_id = {plan_id}")
    if rows.broken or not rows.found:
        found.unreadable.append(STEPS.format(plan_id=plan_id))
    for number, values in enumerate(rows.found, 1):
        try:
            yield tables.row_from(db, values)
        except (UnsealError, ValueError, KeyError, TypeError):
            found.unreadable.append(STEP.format(plan_id=plan_id, number=number))


def _read_follow_ups(db: SealedConnection, found: Exported) -> None:
    columns = ("plan_id", "step_id", "ticket", "text", "due")
    rows = salvage.rows_of(db, "follow_ups", columns, "id", "state NOT IN ('closed', 'kept')")
    for plan_id, step_id, ticket, text, due in rows.found:
        try:
            words = db.seal.opened("follow_ups.text", f"{plan_id}/{step_id}", text)
        except UnsealError:
            found.unreadable.append(FOLLOW_UP.format(ticket=ticket))
        else:
            found.follow_ups.append(Reminder(plan_id, ticket, words, due))
    if rows.broken:
        found.unreadable.append(PART_OF.format(what="follow-ups"))


def when(seconds: object) -> str:
    """A time as the file has it, in words."""
    try:
        return datetime.fromtimestamp(float(seconds)).strftime("%Y-%m-%d %H:%M")  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError, OSError):
        return "at an unknown time"
