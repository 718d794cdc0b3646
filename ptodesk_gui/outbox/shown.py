"""How far a plan is, as the window and the console show it."""

from ptodesk_gui.outbox.record import PlanRow, Scope, StepRow, known_tickets, known_urls
from ptodesk_gui.outbox.retry import Holds, is_held_off, may_be_taken_back, plan_state
from ptodesk_gui.sop.progress import PlanProgress, StepProgress, StepState
from ptodesk_gui.sop.review import step_words
from ptodesk_gui.sop.steps import Remind

NOTED = "On the list of follow-ups: {words}"
WAITS = "The site does not take requests for the moment; it is tried again by itself."


def plan_progress(plan: PlanRow, holds: Holds, now: float) -> PlanProgress:
    """How far the plan is, and why none of it goes on where its site keeps everything waiting."""
    signed_out = holds.signed_out.get(plan.site)
    held, cure = "", ""
    if any(row.state is not StepState.DONE for row in plan.steps):
        if signed_out:
            held, cure = signed_out
        elif holds.site_waits(plan.site, now):
            held = WAITS
    return PlanProgress(
        plan_id=plan.plan_id,
        call_id=plan.call_id,
        site=plan.site,
        title=plan.title,
        created=plan.created,
        state=plan_state(plan.steps, signed_out is not None),
        steps=tuple(_step_progress(row) for row in plan.steps),
        tickets=known_tickets(plan.steps),
        browse_urls=known_urls(plan.steps),
        held=held,
        held_cure=cure,
        undo_until=may_be_taken_back(plan.steps, now),
    )


def _step_progress(row: StepRow) -> StepProgress:
    waits = is_held_off(row)
    return StepProgress(
        step=row.step,
        words=_words(row),
        state=StepState.WAITING if waits else row.state,
        ticket=row.ticket,
        reason=row.reason,
        cure=row.cure,
        left_to_do=row.left_to_do,
        attempts=row.attempts,
        not_before=None if waits else row.not_before,
        since=row.since,
        ask_arrived=row.state is StepState.UNCLEAR and row.for_person and row.scope is not Scope.SITE,
    )


def _words(row: StepRow) -> str:
    """The step in words. A reminder that is done is one that is on the list, whatever is to be done then (H10)."""
    words = step_words(row.step)
    return NOTED.format(words=words) if isinstance(row.step, Remind) and row.state is StepState.DONE else words
