"""What is known of one past call: how it was filed, by which playbook, and the call itself as its draft was."""

from collections.abc import Mapping
from dataclasses import dataclass

from ptodesk_gui.outbox import countdown, tables
from ptodesk_gui.outbox.sealing import SealedConnection
from ptodesk_gui.outbox.shown import plan_progress
from ptodesk_gui.sop.progress import PlanProgress

PLAYBOOK = "ptodesk.playbook"  # the property that says by which playbook a ticket was written


@dataclass(frozen=True, slots=True)
class FiledCall:
    """``payload`` and ``focus`` are those of its draft, empty where they were not kept; ``playbook`` is its version."""

    progress: PlanProgress
    playbook: str
    payload: Mapping[str, object]
    focus: str


def look_back(db: SealedConnection, plan_id: int, now: float) -> FiledCall:
    """All there is of one call. Raises KeyError when there is none of that id."""
    plan = tables.read_plan(db, plan_id)
    payload, focus = countdown.call_of(db, plan.call_id) or ({}, "")
    written_by = plan.properties.get(PLAYBOOK)
    version = str(written_by.get("version", "")) if isinstance(written_by, Mapping) else ""
    return FiledCall(plan_progress(plan, tables.read_holds(db), now), version, payload, focus)
