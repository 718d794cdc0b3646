"""Follow-ups between the table and the records. Every function works within the caller's transaction."""

import secrets
from collections.abc import Sequence
from typing import Any, Final

from ptodesk_gui.outbox import followup_rules as rules
from ptodesk_gui.outbox import retry, tables
from ptodesk_gui.outbox.followup_rules import FollowUpRow
from ptodesk_gui.outbox.record import PlanRow, StepRow, known_tickets, roles_of
from ptodesk_gui.outbox.sealing import Seal, SealedConnection
from ptodesk_gui.sop.follow_up import awaited
from ptodesk_gui.sop.progress import FollowUp, FollowUpState, StepState
from ptodesk_gui.sop.steps import CloseTicket, PublicReply, Remind, Ticket

_COLUMNS: Final = (
    "plan_id",
    "step_id",
    "role",
    "ticket",
    "text",
    "created",
    "seconds",
    "due",
    "next_look",
    "written",
    "since",
    "state",
    "by_itself",
    "by_person",
    "snoozed",
    "reply_key",
    "looks",
    "reason",
    "cure",
)
_CLOSING: Final = ("transition", "resolution", "category")
_YES_NO: Final = ("by_itself", "by_person", "snoozed")
_PERSONAL: Final = ("text", "reason", "cure")  # sealed, under the plan's id and the step's
_WRITTEN: Final = (*_COLUMNS, *_CLOSING)
_SELECT: Final = (
    f"SELECT id, plans.site, {', '.join(f'follow_ups.{name}' for name in _WRITTEN)} "  # noqa: S608 - names of our own columns
    "FROM follow_ups JOIN plans USING (plan_id) "
)
_INSERT: Final = f"INSERT OR IGNORE INTO follow_ups ({', '.join(_WRITTEN)}) VALUES ({', '.join('?' * len(_WRITTEN))})"  # noqa: S608
_UPDATE: Final = f"UPDATE follow_ups SET {', '.join(f'{name} = ?' for name in _WRITTEN)} WHERE id = ?"  # noqa: S608
_SHOWN: Final = (
    f"SELECT id, plans.site, {', '.join(f'follow_ups.{name}' for name in _WRITTEN)}, "  # noqa: S608
    "plans.call_id, plans.title, steps.step_key, steps.reason, steps.cure FROM follow_ups JOIN plans USING (plan_id) LEFT JOIN steps "
    "ON steps.plan_id = follow_ups.plan_id AND steps.step_id = follow_ups.step_id || '.close' "
)
# The term NOT IN ('closed', 'kept') stands letter for letter as in the index: else sqlite does not use it.
_OPEN: Final = "follow_ups.state NOT IN ('closed', 'kept')"


def open_ones(db: SealedConnection) -> list[FollowUp]:
    """Everything there is to come back to, as it is shown."""
    return [_shown(db.seal, found) for found in db.execute(_SHOWN + f"WHERE {_OPEN}")]


def over_ones(db: SealedConnection, most: int) -> list[FollowUp]:
    """The newest that are over, as they are shown."""
    query = _SHOWN + f"WHERE NOT ({_OPEN}) ORDER BY follow_ups.since DESC, id DESC LIMIT ?"
    return [_shown(db.seal, found) for found in db.execute(query, (most,))]


def every_row(db: SealedConnection) -> list[FollowUpRow]:
    """Every follow-up, in the order in which they were laid down."""
    return [_row(db.seal, found) for found in db.execute(_SELECT + "ORDER BY id")]


def row_of(db: SealedConnection, id_: int) -> FollowUpRow:
    """One follow-up. Raises KeyError when there is none of that id."""
    found = db.execute(_SELECT + "WHERE id = ?", (id_,)).fetchone()
    if found is None:
        raise KeyError(id_)
    return _row(db.seal, found)


def rows_to_look_at(db: SealedConnection, now: float) -> list[FollowUpRow]:
    """Those whose site is to be looked at now, the one that waits longest first."""
    query = _SELECT + f"WHERE {_OPEN} AND (next_look <= ? OR written > ?) ORDER BY next_look"
    found = [_row(db.seal, values) for values in db.execute(query, (now, now + rules.SLACK))]
    return [row for row in found if rules.must_look(row, now)]


def stale_rows(db: SealedConnection, now: float) -> list[FollowUpRow]:
    """Those whose closing was held up for too long after the look that allowed it."""
    found = [
        _row(db.seal, values) for values in db.execute(_SELECT + f"WHERE {_OPEN} AND follow_ups.state = 'closing'")
    ]
    return [row for row in found if rules.is_stale(row, closing_state(db, row), now)]


def look_soon(db: SealedConnection, site: str) -> None:
    """What could not be looked at on this site may be looked at now."""
    where = f"{_OPEN} AND reason != '' AND plan_id IN (SELECT plan_id FROM plans WHERE site = ?)"  # noqa: S608
    db.execute(f"UPDATE follow_ups SET next_look = 0 WHERE {where}", (site,))  # noqa: S608


def reckon_anew(db: SealedConnection) -> None:
    """What has a time is to be looked at now."""
    db.execute(f"UPDATE follow_ups SET next_look = 0 WHERE {_OPEN} AND due IS NOT NULL")  # noqa: S608


def lay_reminder(db: SealedConnection, plan: PlanRow, row: StepRow, step: Remind, now: float) -> str | None:
    """The follow-up that a reminder's step asks for (H9, H10); the key of its ticket."""
    ticket = known_tickets(plan.steps).get(step.ticket.value)
    seconds = step.after_hours * 3600.0
    _lay(
        db,
        FollowUpRow(
            id=0,
            plan_id=row.plan_id,
            step_id=step.id,
            site=plan.site,
            role=step.ticket.value,
            ticket=ticket or "",
            text=step.text,
            created=now,
            seconds=seconds,
            due=now + seconds,
            next_look=now + seconds,
            written=now,
            since=now,
            by_itself=step.then == "close",
            closing=step.closing,
            reply_key=_reply_key(plan.steps, step.ticket),
        ),
    )
    return ticket


def lay_awaited(db: SealedConnection, row: StepRow, now: float) -> None:
    """The follow-up for a reply that went out and has no time to be answered in (H7), if the step is such a one."""
    if not awaited(row.step, ""):
        return
    plan = tables.read_plan(db, row.plan_id)
    role = roles_of(row.step)[0][0]
    ticket = row.ticket or known_tickets(plan.steps).get(role, "")
    _lay(
        db,
        FollowUpRow(
            id=0,
            plan_id=row.plan_id,
            step_id=row.step.id,
            site=plan.site,
            role=role,
            ticket=ticket,
            text=awaited(row.step, ticket),
            created=now,
            seconds=None,
            due=None,
            next_look=now + rules.FIRST_LOOK,
            written=now,
            since=now,
            reply_key=row.step_key,
        ),
    )


def _lay(db: SealedConnection, row: FollowUpRow) -> None:
    db.execute(_INSERT, _values(db.seal, row))


def _reply_key(steps: Sequence[StepRow], ticket: Ticket) -> str:
    """The step key of the last reply that went out in the ticket; empty when none did."""
    replies = (row for row in reversed(steps) if isinstance(row.step, PublicReply) and row.step.ticket is ticket)
    return next((row.step_key for row in replies if row.state is StepState.DONE), "")


def write(db: SealedConnection, old: FollowUpRow, new: FollowUpRow, now: float) -> None:
    db.execute(_UPDATE, (*_values(db.seal, new), new.id))
    closing = FollowUpState.CLOSING
    if new.state is closing and old.state is closing:
        _try_again(db, new, now)
    elif new.state is closing:
        _append_closing(db, new, now)
    elif old.state is closing and new.state is not FollowUpState.CLOSED:
        db.execute("DELETE FROM steps WHERE plan_id = ? AND step_id = ?", (old.plan_id, old.close_step_id))
    tables.settle_plan(db, new.plan_id)


def _append_closing(db: SealedConnection, row: FollowUpRow, now: float) -> None:
    """The closing as the last step of the plan, with a key of its own."""
    if row.closing is None:
        raise ValueError("a follow-up closes only when how is known")
    plan = tables.read_plan(db, row.plan_id)
    asked_by = next((r.step for r in plan.steps if r.step.id == row.step_id), None)
    transition, resolution, category = row.closing
    step = CloseTicket(
        id=row.close_step_id,
        rules=tuple(dict.fromkeys([*(asked_by.rules if asked_by else ()), "T11"])),
        ticket=Ticket(row.role),
        key=row.ticket,
        transition=transition,
        resolution=resolution,
        category=category,
    )
    position = max(r.position for r in plan.steps) + 1
    key = secrets.token_hex(16)
    tables.add_step(db, StepRow(plan_id=row.plan_id, position=position, step=step, step_key=key, since=now))


def _try_again(db: SealedConnection, row: FollowUpRow, now: float) -> None:
    for step in tables.read_plan(db, row.plan_id).steps:
        if step.step.id == row.close_step_id:
            tables.write_step(db, step, retry.tried_again(step, now))


def closing_state(db: SealedConnection, row: FollowUpRow) -> StepState | None:
    """The state of the step that closes it; None when there is none."""
    query = "SELECT state FROM steps WHERE plan_id = ? AND step_id = ?"
    found = db.execute(query, (row.plan_id, row.close_step_id)).fetchone()
    return None if found is None else StepState(found[0])


# --- between the table and the records --------------------------------------------------------------------------------


def _values(seal: Seal, row: FollowUpRow) -> tuple[Any, ...]:
    values = {name: getattr(row, name) for name in _COLUMNS}
    for name in _PERSONAL:
        values[name] = seal.sealed(f"follow_ups.{name}", _name_of(row.plan_id, row.step_id), values[name])
    return (*values.values(), *(row.closing or ("", "", "")))


def _row(seal: Seal, found: Sequence[Any]) -> FollowUpRow:
    id_, site, *rest = found
    values = dict(zip(_WRITTEN, rest, strict=True))
    closing = tuple(str(values.pop(name)) for name in _CLOSING)
    for name in _PERSONAL:
        row = _name_of(values["plan_id"], values["step_id"])
        values[name] = seal.opened(f"follow_ups.{name}", row, values[name])
    for name in _YES_NO:
        values[name] = bool(values[name])
    values["state"] = FollowUpState(values["state"])
    transition, resolution, category = closing
    return FollowUpRow(
        id=id_, site=site, closing=(transition, resolution, category) if all(closing) else None, **values
    )


def _name_of(plan_id: int, step_id: str) -> str:
    """What names a follow-up for good."""
    return f"{plan_id}/{step_id}"


def _shown(seal: Seal, found: Sequence[Any]) -> FollowUp:
    *values, call_id, title, step_key, step_reason, step_cure = found
    row = _row(seal, values)
    closing = row.state is FollowUpState.CLOSING
    reason, cure = row.reason, row.cure
    if closing:
        reason = seal.opened("steps.reason", step_key, step_reason) if step_reason else ""
        cure = seal.opened("steps.cure", step_key, step_cure) if step_cure else ""
    return FollowUp(
        id=row.id,
        plan_id=row.plan_id,
        title=seal.opened("plans.title", call_id, title),
        site=row.site,
        ticket=row.ticket,
        text=row.text,
        due=row.due,
        state=row.state,
        since=row.since,
        closing=", ".join(row.closing or ()),
        closes_itself=row.by_itself,
        by_person=row.by_person,
        reason=reason,
        cure=cure,
    )
