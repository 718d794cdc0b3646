"""The time to change one's mind: a plan that nothing was sent of yet becomes the call again that it was made of.

Every function works within the caller's transaction, so that a plan is either taken back or sent, never both.
"""

import json
from collections.abc import Mapping
from contextlib import suppress

from ptodesk_gui.outbox import retry, tables
from ptodesk_gui.outbox.personal import add_row, read_rows
from ptodesk_gui.outbox.record import Draft
from ptodesk_gui.outbox.retention import remove_plan
from ptodesk_gui.outbox.sealing import SealedConnection, UnsealError


def keep_call(db: SealedConnection, call_id: str, payload: Mapping[str, object], focus: str) -> None:
    """Keep the call with its plan, as its draft was."""
    row = {"call_id": call_id, "payload": json.dumps(payload, ensure_ascii=False), "focus": focus}
    add_row(db, "filed_calls", row)


def call_of(db: SealedConnection, call_id: str) -> tuple[Mapping[str, object], str] | None:
    """The call that a plan was made of, and the field it was left in; None when that was not kept."""
    with suppress(UnsealError):  # damaged: the plan is worth having without it
        for row in read_rows(db, "filed_calls", "call_id = ?", call_id):
            return json.loads(row["payload"]), row["focus"]
    return None


def take_back(db: SealedConnection, plan_id: int, now: float) -> Draft | None:
    """Make a draft of the plan's call again, and forget the plan. None, and nothing is changed: it is too late, or there is none."""
    try:
        plan = tables.read_plan(db, plan_id)
    except KeyError:
        return None
    call = call_of(db, plan.call_id)
    if call is None or retry.may_be_taken_back(plan.steps, now) is None:
        return None
    payload, focus = call
    remove_plan(db, plan_id)
    save_draft(db, Draft(plan.call_id, payload, focus, now))
    return Draft(plan.call_id, payload, focus, now)


def save_draft(db: SealedConnection, draft: Draft) -> None:
    """Keep a draft as the latest one."""
    (turn,) = db.execute("SELECT coalesce(max(turn), 0) + 1 FROM drafts").fetchone()
    db.execute("DELETE FROM drafts WHERE call_id = ?", (draft.call_id,))
    text = json.dumps(draft.payload, ensure_ascii=False)
    row = {"call_id": draft.call_id, "payload": text, "focus": draft.focus, "saved": draft.saved, "turn": turn}
    add_row(db, "drafts", row)
