"""Plans and steps between the tables and the records. Every function works within the caller's transaction."""

import json
import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

from ptodesk_gui.outbox import retry
from ptodesk_gui.outbox.record import PlanRow, Scope, StepRow
from ptodesk_gui.outbox.sealing import Seal, SealedConnection
from ptodesk_gui.sop.progress import StepState
from ptodesk_gui.sop.steps import CloseTicket, Step, step_from_dict, step_to_dict

COLUMNS: Final = (
    "plan_id",
    "position",
    "step_id",
    "step",
    "step_key",
    "state",
    "ticket",
    "url",
    "reason",
    "cure",
    "left_to_do",
    "reporter_missing",
    "attempts",
    "looks",
    "first_attempt",
    "last_attempt",
    "not_before",
    "since",
    "scope",
    "for_person",
)
_LASTING: Final = ("plan_id", "position", "step_id", "step_key")
_CHANGING: Final = tuple(name for name in COLUMNS if name not in _LASTING)
_YES_NO: Final = ("reporter_missing", "for_person")
_SELECT: Final = f"SELECT {', '.join(f'steps.{name}' for name in COLUMNS)} FROM steps "  # noqa: S608
_INSERT: Final = f"INSERT INTO steps ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608
_PERSONAL: Final = ("step", "reason", "cure", "left_to_do")  # sealed, under the step's key

NEXT_PLAN_ID: Final = (  # an id is never given twice
    "SELECT max(highest, coalesce((SELECT max(plan_id) FROM plans), 0)) + 1 FROM upkeep"
)

# The closing of a follow-up is the step that has its id with this ending.
_CLOSED: Final = (
    "UPDATE follow_ups SET state = 'closed', since = ?, reason = '', cure = ''"
    " WHERE plan_id = ? AND step_id || '.close' = ? AND state = 'closing'"
)


def read_plan(db: SealedConnection, plan_id: int) -> PlanRow:
    """One plan with its steps. Raises KeyError when there is none of that id."""
    found = db.execute(
        "SELECT call_id, site, title, properties, created FROM plans WHERE plan_id = ?", (plan_id,)
    ).fetchone()
    if found is None:
        raise KeyError(plan_id)
    call_id, site, title, properties, created = found
    return PlanRow(
        plan_id=plan_id,
        call_id=call_id,
        site=site,
        title=db.seal.opened("plans.title", call_id, title),
        created=created,
        steps=tuple(_read_steps(db, plan_id)),
        properties=json.loads(db.seal.opened("plans.properties", call_id, properties)),
    )


def add_step(db: SealedConnection, row: StepRow) -> None:
    """A new step."""
    db.execute(_INSERT, tuple(_value(db.seal, row, name) for name in COLUMNS))


def write_step(db: SealedConnection, old: StepRow, new: StepRow) -> None:
    """Write ``new`` over ``old``: only what is new of it, so that what stays need not be sealed again."""
    changed = [name for name in _CHANGING if getattr(new, name) != getattr(old, name)]
    if changed:
        setting = ", ".join(f"{name} = ?" for name in changed)
        values = (_value(db.seal, new, name) for name in changed)
        query = f"UPDATE steps SET {setting} WHERE plan_id = ? AND position = ?"  # noqa: S608 - names of our own columns
        db.execute(query, (*values, old.plan_id, old.position))


def settle_plan(db: SealedConnection, plan_id: int) -> None:
    """Write what of a plan follows from its steps; to be called after every change of them."""
    steps = _read_steps(db, plan_id)
    is_open = any(row.state is not StepState.DONE for row in steps)
    db.execute("UPDATE plans SET open = ?, next_try = ? WHERE plan_id = ?", (is_open, retry.next_try(steps), plan_id))
    for row in steps:
        if row.state is StepState.DONE and isinstance(row.step, CloseTicket):
            db.execute(_CLOSED, (row.since, plan_id, row.step.id))


# The term NOT IN ('done', 'waiting') stands below letter for letter as in the index: else sqlite does not use it.


def sending_steps(db: SealedConnection) -> list[StepRow]:
    """Every step that is marked as being sent."""
    where = "WHERE state NOT IN ('done', 'waiting') AND state = 'sending'"
    return [row_from(db, found) for found in db.execute(_SELECT + where)]


def site_troubled_steps(db: SealedConnection, site: str) -> list[StepRow]:
    """Every step whose trouble is the whole site's."""
    where = "JOIN plans USING (plan_id) WHERE state NOT IN ('done', 'waiting') AND scope = 'site' AND site = ?"
    return [row_from(db, found) for found in db.execute(_SELECT + where, (site,))]


def shift_waits(db: SealedConnection, by: float, now: float) -> None:
    """The clock was set by so many seconds, and it is ``now`` since: move every time that a step waits for by as much.

    What was written after the clock was set forward, before anybody noticed, is right already.
    """
    waits = "state NOT IN ('done', 'waiting') AND not_before IS NOT NULL AND since <= ?"
    before = now - by / 2 if by > 0 else math.inf
    plans = db.execute(f"SELECT DISTINCT plan_id FROM steps WHERE {waits}", (before,)).fetchall()  # noqa: S608
    update = f"UPDATE steps SET not_before = not_before + ?, since = since + ? WHERE {waits}"  # noqa: S608
    db.execute(update, (by, by, before))
    for (plan_id,) in plans:
        settle_plan(db, plan_id)


def waits_from_after(db: SealedConnection, time: float) -> list[StepRow]:
    """The steps that wait for a time and began to do so after ``time``."""
    where = "WHERE state NOT IN ('done', 'waiting') AND not_before IS NOT NULL AND since > ?"
    return [row_from(db, found) for found in db.execute(_SELECT + where, (time,))]


def read_holds(db: SealedConnection) -> retry.Holds:
    """What must wait for now."""
    sites: dict[str, float] = {}
    tickets: dict[str, float] = {}
    signed_out: dict[str, tuple[str, str]] = {}
    where = "JOIN plans USING (plan_id) WHERE state NOT IN ('done', 'waiting') AND scope != 'step'"
    for site, *found in db.execute(_SELECT.replace("SELECT ", "SELECT plans.site, ", 1) + where):
        row = row_from(db, found)
        until = row.not_before or 0.0
        if retry.waits_for_sign_in(row):
            signed_out[site] = (row.reason, row.cure)
        elif row.scope is Scope.SITE:
            sites[site] = max(sites.get(site, 0.0), until)
        elif row.ticket:
            tickets[row.ticket] = max(tickets.get(row.ticket, 0.0), until)
    return retry.Holds(sites, tickets, signed_out)


def _read_steps(db: SealedConnection, plan_id: int) -> list[StepRow]:
    return [row_from(db, found) for found in db.execute(_SELECT + "WHERE plan_id = ? ORDER BY position", (plan_id,))]


def _value(seal: Seal, row: StepRow, name: str) -> Any:
    if name == "step_id":
        return row.step.id
    value = json.dumps(step_to_dict(row.step, whole=True), ensure_ascii=False) if name == "step" else getattr(row, name)
    return seal.sealed(f"steps.{name}", row.step_key, value) if name in _PERSONAL else value


def row_from(db: SealedConnection, found: Sequence[Any]) -> StepRow:
    """The step of a row of ``COLUMNS``. Raises UnsealError."""
    values = dict(zip(COLUMNS, found, strict=True))
    del values["step_id"]
    key = values["step_key"]
    values["step"] = _step(db.seal, key, values["step"])
    for name in _PERSONAL[1:]:
        values[name] = db.seal.opened(f"steps.{name}", key, values[name])
    values["state"] = StepState(values["state"])
    values["scope"] = Scope(values["scope"])
    for name in _YES_NO:
        values[name] = bool(values[name])
    return StepRow(**values)


@lru_cache(maxsize=1024)  # a step never changes, and the same few plans are read again and again while they are filed
def _step(seal: Seal, key: str, sealed: bytes) -> Step:
    return step_from_dict(json.loads(seal.opened("steps.step", key, sealed)))
