"""The time to change one's mind: nothing is sent while it runs, and a plan is either taken back or sent, never both."""

import pytest

from ptodesk_gui.outbox.store import Store
from ptodesk_gui.sop.progress import PlanState, StepState
from ptodesk_gui.sop.steps import Step, Ticket
from tests.outbox.fakes import SITE, Killed, Workstation, create, happened, plan_of, remind, states, whole_call

CALL = {"agent": "Sample Agent", "values": {"homeowner.first_name": "Jane"}}


def queue(store: Store, *steps: Step, seconds: float = 10.0, call_id: str = "call-1") -> int:
    kept = (CALL, "homeowner.email")
    return store.add_plan(call_id, SITE, "Jane Doe", plan_of(*steps), {}, call=kept, hold_off=seconds)


def test_nothing_is_sent_while_the_countdown_runs_by_whoever_files(machine: Workstation) -> None:
    store, _ = machine.start()
    plan_id = queue(store, *whole_call())
    _, console = machine.start()
    assert not console.run_until_idle(5)
    assert machine.desk.asked == []
    progress = console.progress(plan_id)
    assert (progress.state, set(states(progress).values())) == (PlanState.WAITING, {StepState.WAITING})
    assert progress.undo_until is not None
    assert console.run_until_idle(60)
    assert console.progress(plan_id).state is PlanState.FILED
    assert set(happened(machine.desk).values()) == {1}


def test_a_call_that_is_taken_back_is_the_draft_it_was_and_is_never_sent(machine: Workstation) -> None:
    store, filer = machine.start()
    store.save_draft("call-1", CALL, "homeowner.email")
    plan_id = queue(store, *whole_call(), remind("homeowner.reply"))
    assert store.drafts() == ()
    draft = store.take_back(plan_id)
    assert draft is not None
    assert [(d.call_id, d.payload, d.focus) for d in store.drafts()] == [("call-1", CALL, "homeowner.email")]
    assert filer.run_until_idle(3600)
    assert (machine.desk.asked, store.all_progress()) == ([], ())
    assert store.save_draft("call-1", {**CALL, "more": 1}, "job.m2"), "it is typed in again"
    again = queue(store, *whole_call(), seconds=0.0)
    assert again != plan_id, "a window may still show what had the number"
    assert filer.run_until_idle(3600)
    assert set(happened(machine.desk).values()) == {1}


@pytest.mark.parametrize("seconds", [10.0, 11.0, 3600.0])
def test_it_is_too_late_from_the_moment_on_in_which_the_first_request_may_go_out(
    machine: Workstation, seconds: float
) -> None:
    store, _ = machine.start()
    plan_id = queue(store, *whole_call())
    machine.hands.now += seconds
    assert store.take_back(plan_id) is None
    assert store.progress(plan_id).undo_until is None
    assert (store.drafts(), len(store.all_progress())) == ((), 1)


def test_what_was_sent_although_the_clock_was_set_back_since_is_not_taken_back(machine: Workstation) -> None:
    store, filer = machine.start()
    plan_id = queue(store, *whole_call())
    filer.run_until_idle(60)
    machine.hands.now -= 55
    assert store.take_back(plan_id) is None
    assert store.progress(plan_id).state is PlanState.FILED


def test_a_kill_in_the_countdown_has_the_call_filed_later_and_once(machine: Workstation) -> None:
    store, _ = machine.start()
    plan_id = queue(store, create(Ticket.HOMEOWNER))
    machine.end()
    machine.hands.now += 5
    store, filer = machine.start()
    assert store.progress(plan_id).undo_until is not None, "it can still be gone back to"
    machine.desk.faults["homeowner.create"] = ["killed after"]
    with pytest.raises(Killed):
        filer.run_until_idle(60)
    machine.end()
    store, filer = machine.start()
    assert store.take_back(plan_id) is None
    assert filer.run_until_idle(3600)
    assert happened(machine.desk) == {"homeowner.create": 1}


def test_trying_again_now_ends_the_countdown(machine: Workstation) -> None:
    store, filer = machine.start()
    plan_id = queue(store, create(Ticket.HOMEOWNER))
    filer.retry(plan_id)
    assert store.take_back(plan_id) is None
    assert filer.run_until_idle(1)


def test_a_call_of_an_earlier_version_cannot_be_taken_back(machine: Workstation) -> None:
    store, _ = machine.start()
    plan_id = store.add_plan("call-1", SITE, "Jane Doe", plan_of(*whole_call()), {}, hold_off=10.0)
    assert (store.take_back(plan_id), store.take_back(999)) == (None, None)
    assert store.progress(plan_id).state is PlanState.WAITING
