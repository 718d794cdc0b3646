"""What becomes of a plan: everything in its order, once, and nothing shown as done that is not."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ptodesk_gui.desk.desk import Done, Later, NotArrived, Refused, Target, Unclear
from ptodesk_gui.outbox.database import StoreError
from ptodesk_gui.outbox.filer import OTHER_PROGRAM, NoDesk
from ptodesk_gui.outbox.queue import Queue
from ptodesk_gui.outbox.record import StepRow
from ptodesk_gui.outbox.retry import ASK_AFTER, CHECKING, CHOICES, LOOKS, NOT_SETTLED
from ptodesk_gui.sop.progress import SEEN_TO, PlanState, StepState
from ptodesk_gui.sop.steps import Ticket
from tests.outbox.fakes import (
    SITE,
    FakeDesk,
    PreparingDesk,
    Workstation,
    comment,
    create,
    happened,
    link,
    queue,
    remind,
    reply,
    states,
    whole_call,
)

H, I = Ticket.HOMEOWNER, Ticket.INSTALLER  # noqa: E741


def test_a_plan_is_filed_step_by_step_in_an_order_that_respects_needs(machine: Workstation) -> None:
    progress = machine.file(*whole_call())
    assert progress.state is PlanState.FILED
    assert progress.tickets == {"homeowner": "PTO-1", "installer": "PTO-2"}
    assert progress.browse_urls == {"homeowner": f"{SITE}/browse/PTO-1", "installer": f"{SITE}/browse/PTO-2"}
    order = machine.desk.acts
    assert sorted(order) == sorted(step.id for step in whole_call())
    for step in whole_call():
        assert all(order.index(need) < order.index(step.id) for need in step.needs)


def test_independent_steps_go_out_together(machine: Workstation) -> None:
    """Both tickets are begun before either has its comment."""
    machine.file(*whole_call())
    assert set(machine.desk.acts[:2]) == {"homeowner.create", "installer.create"}


def test_a_step_is_marked_on_disk_as_being_sent_before_its_request_goes_out(machine: Workstation) -> None:
    seen = []
    watching = machine.start()[0]
    machine.desk.while_performing = lambda step: seen.append(states(watching.progress(1))[step.id])
    machine.file(*whole_call())
    assert seen == [StepState.SENDING] * 7


def test_a_step_waits_for_the_ticket_it_works_on_even_when_it_does_not_say_so(machine: Workstation) -> None:
    machine.desk.faults["homeowner.create"] = [Later("Busy.", after=5)]
    progress = machine.file(comment(H), create(H))
    assert progress.state is PlanState.FILED
    assert machine.desk.acts == ["homeowner.create", "homeowner.comment"]


def test_a_refused_step_keeps_back_only_those_that_need_it(machine: Workstation) -> None:
    machine.desk.faults["installer.create"] = [Refused("The organization is missing.", "Add it.")]
    progress = machine.file(*whole_call())
    assert progress.state is PlanState.PERSON
    assert states(progress) == {
        "homeowner.create": StepState.DONE,
        "homeowner.comment": StepState.DONE,
        "homeowner.reply": StepState.DONE,
        "installer.create": StepState.REFUSED,
        "installer.comment": StepState.WAITING,
        "installer.reply": StepState.WAITING,
        "link": StepState.WAITING,
    }
    refused = progress.steps[3]
    assert (refused.reason, refused.cure) == ("The organization is missing.", "Add it.")


def test_what_was_refused_is_tried_again_when_a_person_says_so(machine: Workstation) -> None:
    machine.desk.faults["installer.create"] = [Refused("No.", "Mend it.")]
    store, filer = machine.start()
    plan_id = queue(store, *whole_call())
    filer.run_until_idle(60)
    filer.retry(plan_id, "installer.create")
    filer.run_until_idle(60)
    assert filer.progress(plan_id).state is PlanState.FILED
    assert set(happened(machine.desk).values()) == {1}


def test_what_the_site_left_to_a_person_is_shown_until_it_is_ticked_off(machine: Workstation) -> None:
    sentence = "Set the reporter of PTO-1 to jane@example.com."
    machine.desk.left["homeowner.create"] = Done(left_to_do=sentence, reporter_missing=True)
    store, filer = machine.start()
    plan_id = queue(store, create(H), reply(H, "homeowner.create"))
    filer.run_until_idle(60)
    assert filer.progress(plan_id).steps[0].left_to_do == sentence
    assert [t.reporter_missing for t in machine.desk.targets] == [False, True]
    filer.tick_off(plan_id, "homeowner.create")
    assert filer.progress(plan_id).steps[0].left_to_do == ""
    assert filer.progress(plan_id).steps[0].reason == "", "what the plan had to leave out is another matter"
    filer.tick_off(plan_id, "homeowner.create")
    assert filer.progress(plan_id).steps[0].reason == SEEN_TO


def test_a_retry_after_is_waited_for_by_the_whole_site(machine: Workstation) -> None:
    machine.desk.faults["homeowner.create"] = [Later("Too many requests.", after=90)]
    store, filer = machine.start(workers=1)
    queue(store, create(H), call_id="a")
    queue(store, create(H), call_id="b")
    began = machine.hands.now
    assert not filer.run_until_idle(89)
    assert machine.desk.acts == []
    assert filer.progress(2).held != ""
    assert filer.run_until_idle(60)
    assert machine.hands.now - began >= 90
    assert [filer.progress(i).state for i in (1, 2)] == [PlanState.FILED] * 2


def test_a_limit_on_one_ticket_lets_the_others_go_on(machine: Workstation) -> None:
    machine.desk.faults["homeowner.comment"] = [Later("Too many writes.", after=600, whole_site=False)]
    store, filer = machine.start()
    plan_id = queue(store, *whole_call(), comment(H, "homeowner.create", name="second"))
    filer.run_until_idle(300)
    now = states(filer.progress(plan_id))
    assert now["homeowner.comment"] is StepState.LATER
    assert now["homeowner.second"] is not StepState.LATER
    assert now["installer.reply"] is StepState.DONE
    filer.run_until_idle(600)
    assert filer.progress(plan_id).state is PlanState.FILED


def test_a_step_the_site_always_fails_on_does_not_keep_the_others_waiting(machine: Workstation) -> None:
    machine.desk.faults["installer.create"] = [Later("The site answered 500.")] * 10_000
    store, filer = machine.start()
    queue(store, create(I), call_id="poison")
    others = [queue(store, create(H), comment(H), reply(H), call_id=f"call-{n}") for n in range(30)]
    filer.run_until_idle(900)
    assert {filer.progress(plan_id).state for plan_id in others} == {PlanState.FILED}
    assert filer.progress(1).state is PlanState.LATER
    assert len([1 for what in machine.desk.asked if what == ("perform", "installer.create")]) < 60


def test_a_refused_sign_in_pauses_the_site_until_it_is_mended(machine: Workstation) -> None:
    machine.desk.faults["homeowner.create"] = [Refused("The token is not valid.", "Sign in again.", sign_in=True)]
    store, filer = machine.start(workers=1)
    first = queue(store, create(H), call_id="a")
    second = queue(store, create(H), call_id="b")
    assert filer.run_until_idle(3600)
    assert len(machine.desk.asked) == 1
    for plan_id in (first, second):
        progress = filer.progress(plan_id)
        assert (progress.state, progress.held) == (PlanState.PERSON, "The token is not valid.")
        assert progress.held_cure == "Sign in again."
    filer.resume(SITE)
    assert filer.run_until_idle(60)
    assert [filer.progress(i).state for i in (first, second)] == [PlanState.FILED] * 2


def test_signing_in_again_does_not_cut_short_what_the_site_asked_to_wait(machine: Workstation) -> None:
    machine.desk.faults["homeowner.create"] = [Later("Too many requests.", after=100)]
    store, filer = machine.start(workers=1)
    queue(store, create(H))
    filer.run_until_idle(1)
    filer.resume(SITE)
    assert not filer.run_until_idle(90)
    assert len(machine.desk.asked) == 1


def test_an_answer_that_cannot_be_written_down_is_looked_up_and_not_sent_again(
    machine: Workstation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk, just when the answer has come."""
    real, failures = Queue.update, [True]

    def update(self: Queue, plan_id: int, step_id: str, change: Callable[[StepRow], StepRow], key: str = "") -> StepRow:
        if machine.desk.acts and failures:
            failures.clear()
            raise StoreError("The disk is full.", "Make room.")
        return real(self, plan_id, step_id, change, key)

    monkeypatch.setattr(Queue, "update", update)
    progress = machine.file(create(H), reply(H, "homeowner.create"))
    assert progress.state is PlanState.FILED
    assert ("settle", "homeowner.create") in machine.desk.asked
    assert set(happened(machine.desk).values()) == {1}


def test_a_refused_sign_in_is_tried_once_more_at_the_next_start(machine: Workstation) -> None:
    machine.desk.faults["homeowner.create"] = [Refused("The token is not valid.", "Sign in again.", sign_in=True)]
    assert machine.file(create(H)).state is PlanState.PERSON
    machine.end()
    _, filer = machine.start()
    assert filer.run_until_idle(60)
    assert filer.progress(1).state is PlanState.FILED


def test_plans_for_another_site_are_left_alone_and_said_so(machine: Workstation) -> None:
    store, filer = machine.start()
    other = queue(store, create(H), site="https://other.example", call_id="a")
    ours = queue(store, create(H), call_id="b")
    assert filer.run_until_idle(60)
    progress = filer.progress(other)
    assert (progress.state, states(progress)) == (PlanState.PERSON, {"homeowner.create": StepState.WAITING})
    assert "another site" in progress.held
    assert progress.held_cure
    assert progress in machine.told
    assert filer.progress(ours).state is PlanState.FILED


def test_why_there_is_no_desk_is_said(machine: Workstation) -> None:
    machine.desks[SITE] = NoDesk("The keyring is locked.", "Unlock it.")
    progress = machine.file(create(H))
    assert (progress.state, progress.held, progress.held_cure) == (
        PlanState.PERSON,
        "The keyring is locked.",
        "Unlock it.",
    )


def test_a_reminder_is_put_on_the_list_when_its_turn_comes(machine: Workstation) -> None:
    progress = machine.file(create(H), remind("homeowner.create"))
    assert progress.state is PlanState.FILED
    (reminder,) = machine.start()[0].reminders()
    assert (reminder.ticket, reminder.text) == ("PTO-1", "Look again")
    assert reminder.due == pytest.approx(machine.hands.now + 24 * 3600, abs=60)
    assert ("perform", "homeowner.remind") not in machine.desk.asked


# --- lost answers -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["lost before", "lost after", "broken"])
@pytest.mark.parametrize("step", [step.id for step in whole_call()])
def test_a_step_whose_answer_got_lost_still_happens_exactly_once(machine: Workstation, step: str, fault: str) -> None:
    machine.desk.faults[step] = [fault, fault] if fault == "lost before" else [fault]
    progress = machine.file(*whole_call())
    assert progress.state is PlanState.FILED
    assert happened(machine.desk) == dict.fromkeys((s.id for s in whole_call()), 1)


def test_an_unclear_step_is_asked_for_again_while_the_search_lags(machine: Workstation) -> None:
    machine.desk.faults["homeowner.create"] = ["lost after"]
    machine.desk.settle_faults["homeowner.create"] = [Unclear("The search lags."), Unclear("The search lags.")]
    progress = machine.file(create(H))
    assert progress.state is PlanState.FILED
    assert machine.desk.asked == [("perform", "homeowner.create"), *[("settle", "homeowner.create")] * 3]


def test_a_look_up_without_network_is_not_counted_as_a_look(machine: Workstation) -> None:
    machine.desk.faults["homeowner.create"] = ["lost after"]
    machine.desk.settle_faults["homeowner.create"] = [Later("No network.")] * (LOOKS * 3)
    assert machine.file(create(H), timeout=48 * 3600).state is PlanState.FILED


def unsettled(machine: Workstation, fault: str) -> int:
    machine.desk.faults["homeowner.create"] = [fault]
    machine.desk.settle_faults["homeowner.create"] = [Unclear("The search does not answer.")] * LOOKS
    store, filer = machine.start()
    plan_id = queue(store, create(H), reply(H, "homeowner.create"))
    assert filer.run_until_idle(3600)
    step = filer.progress(plan_id).steps[0]
    assert filer.progress(plan_id).state is PlanState.PERSON
    assert (step.state, step.ask_arrived) == (StepState.UNCLEAR, True)
    assert (step.reason, step.cure) == (NOT_SETTLED, CHOICES)  # and not that it is looked for again: it is not
    assert machine.desk.asked.count(("settle", "homeowner.create")) == LOOKS
    return plan_id


def test_what_cannot_be_settled_stays_unclear_until_a_person_says_it_arrived(machine: Workstation) -> None:
    plan_id = unsettled(machine, "lost after")
    _, filer = machine._running[0]
    with pytest.raises(ValueError, match="key of the ticket"):
        filer.resolve_unclear(plan_id, "homeowner.create", arrived=True)
    filer.resolve_unclear(plan_id, "homeowner.create", arrived=True, ticket="PTO-1")
    assert filer.run_until_idle(60)
    assert filer.progress(plan_id).state is PlanState.FILED
    assert machine.desk.acts == ["homeowner.create", "homeowner.reply"]


def test_what_cannot_be_settled_is_sent_again_when_a_person_says_it_did_not_arrive(machine: Workstation) -> None:
    plan_id = unsettled(machine, "lost before")
    _, filer = machine._running[0]
    machine.desk.unsettled.clear()  # the person has looked
    filer.resolve_unclear(plan_id, "homeowner.create", arrived=False)
    assert filer.run_until_idle(60)
    assert machine.desk.acts == ["homeowner.create", "homeowner.reply"]


def test_retrying_an_unclear_step_looks_it_up_and_never_sends_it_unsettled(machine: Workstation) -> None:
    plan_id = unsettled(machine, "lost after")
    _, filer = machine._running[0]
    filer.retry(plan_id)
    assert filer.progress(plan_id).steps[0].reason == CHECKING
    assert filer.run_until_idle(60)
    assert machine.desk.acts == ["homeowner.create", "homeowner.reply"]


def test_a_refused_look_up_leaves_the_step_unclear_and_asks(machine: Workstation) -> None:
    machine.desk.faults["homeowner.create"] = ["lost after"]
    machine.desk.settle_faults["homeowner.create"] = [Refused("You may not search.", "Ask for the permission.")] * 2
    progress = machine.file(create(H))
    step = progress.steps[0]
    assert (step.state, step.ask_arrived) == (StepState.UNCLEAR, True)
    assert step.cure == f"Ask for the permission. {CHOICES}"


def test_nobody_is_asked_to_look_while_the_request_may_still_arrive(machine: Workstation) -> None:
    """Who looked at once and found nothing would have it sent again, and then the first one arrives."""
    machine.desk.faults["homeowner.create"] = ["lost after"]
    machine.desk.settle_faults["homeowner.create"] = [Refused("You may not search.", "Ask for the permission.")]
    store, filer = machine.start()
    plan_id, began = queue(store, create(H)), machine.hands.now
    assert filer.run_until_idle(3600)
    assert filer.progress(plan_id).state is PlanState.FILED
    assert not any(step.ask_arrived for told in machine.told for step in told.steps)
    assert machine.hands.now >= began + ASK_AFTER


def test_a_sign_in_refused_while_looking_up_asks_nobody_and_goes_on_after_signing_in(machine: Workstation) -> None:
    machine.desk.faults["homeowner.create"] = ["lost after"]
    machine.desk.settle_faults["homeowner.create"] = [Refused("No.", "Sign in.", sign_in=True)]
    store, filer = machine.start()
    plan_id = queue(store, create(H))
    filer.run_until_idle(60)
    assert filer.progress(plan_id).state is PlanState.PERSON
    assert not filer.progress(plan_id).steps[0].ask_arrived
    filer.resume(SITE)
    filer.run_until_idle(60)
    assert machine.desk.acts == ["homeowner.create"]
    assert filer.progress(plan_id).state is PlanState.FILED


def test_the_first_look_waits_as_long_as_the_site_asked(machine: Workstation) -> None:
    machine.desk.faults["homeowner.create"] = [Unclear("Lost.", after=40)]
    store, filer = machine.start()
    queue(store, create(H))
    assert not filer.run_until_idle(39)
    assert machine.desk.asked == [("perform", "homeowner.create")]
    assert filer.run_until_idle(2)
    assert [what for what, _ in machine.desk.asked] == ["perform", "settle", "perform"]


def test_what_arrived_is_found_as_soon_as_it_shows_and_not_only_when_a_no_would_be_certain(
    machine: Workstation,
) -> None:
    machine.desk.faults["homeowner.create"] = ["lost after"]
    machine.desk.settle_faults["homeowner.create"] = [Unclear("Not shown yet.", after=60)]
    store, filer = machine.start()
    plan_id = queue(store, create(H))
    assert filer.run_until_idle(3)
    assert filer.progress(plan_id).state is PlanState.FILED


def test_a_no_is_asked_for_at_the_moment_it_is_certain(machine: Workstation) -> None:
    """A desk whose search takes 60 seconds to be sure is asked then, and not a minute later."""
    machine.desk.faults["homeowner.create"] = ["lost before"]
    began = machine.hands.now
    answers = machine.desk.settle_faults["homeowner.create"] = []

    def settle(step: object, target: Target) -> object:
        left = began + 60 - machine.hands.now
        if left > 0:
            answers.append(left)
            return Unclear("Not shown yet.", after=left)
        machine.desk.unsettled.clear()
        return NotArrived()

    machine.desk.settle = settle  # type: ignore[method-assign, assignment]
    assert machine.file(create(H)).state is PlanState.FILED
    assert machine.hands.now - began < 63
    assert len(answers) < LOOKS


# --- what is coming ---------------------------------------------------------------------------------------------------


def test_a_desk_is_told_what_a_plan_needs_once_and_before_its_first_step(machine: Workstation) -> None:
    desk = PreparingDesk()
    machine.desks[SITE] = desk
    machine.file(*whole_call())
    assert desk.asked[0] == ("prepare", " ".join(step.id for step in whole_call()))
    assert [what for what, _ in desk.asked].count("prepare") == 1
    machine.end()
    desk.faults["homeowner.comment"] = [Refused("No.", "Mend it.")]
    store, filer = machine.start()
    plan_id = queue(store, *whole_call(), call_id="call-2")
    filer.run_until_idle(60)
    machine.end()
    store, filer = machine.start()
    filer.retry(plan_id)
    filer.run_until_idle(60)
    assert filer.progress(plan_id).state is PlanState.FILED
    assert [what for what, _ in desk.asked].count("prepare") == 2


def test_a_desk_that_breaks_while_preparing_does_not_keep_the_plan_from_being_filed(
    machine: Workstation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: PreparingDesk, steps: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(PreparingDesk, "prepare", broken)
    machine.desks[SITE] = PreparingDesk()
    assert machine.file(*whole_call()).state is PlanState.FILED


# --- one filer --------------------------------------------------------------------------------------------------------


def test_a_second_program_only_queues_says_so_and_takes_over_when_the_first_ends(machine: Workstation) -> None:
    first_store, first = machine.start()
    first.run_until_idle(0)
    second_store, second = machine.start()
    plan_id = queue(second_store, create(H))
    assert not second.run_until_idle(5)
    assert machine.desk.acts == []
    assert second.notice == OTHER_PROGRAM
    assert second.progress(plan_id).held == OTHER_PROGRAM
    assert OTHER_PROGRAM in machine.notices
    first.stop(0)
    assert second.run_until_idle(5)
    assert (second.notice, machine.desk.acts) == ("", ["homeowner.create"])
    assert first_store.progress(plan_id).state is PlanState.FILED


def test_the_first_program_files_what_the_second_queued_and_the_second_sees_it(machine: Workstation) -> None:
    _, first = machine.start()
    first.run_until_idle(0)
    store, second = machine.start()
    plan_id = queue(store, create(H))
    second.run_until_idle(0)
    first.run_until_idle(5)
    machine.told.clear()
    assert second.run_until_idle(5)
    assert machine.told[-1].state is PlanState.FILED
    assert machine.told[-1].plan_id == plan_id


HOLDER = """
import sys
from pathlib import Path
from ptodesk_gui.outbox.ownership import Ownership
right = Ownership(Path(sys.argv[1]))
print(right.taken(), flush=True)
sys.stdin.read()
"""


def test_when_the_program_that_files_is_killed_another_takes_over_at_once(
    machine: Workstation, project_dir: Path
) -> None:
    store, filer = machine.start()
    plan_id = queue(store, create(H))
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(machine.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=project_dir,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        assert not filer.run_until_idle(5)
        assert machine.desk.asked == []
        holder.kill()
        holder.wait()
    assert filer.run_until_idle(5)
    assert filer.progress(plan_id).state is PlanState.FILED


def test_nothing_is_taken_after_stopping(machine: Workstation) -> None:
    store, filer = machine.start()
    plan_id = queue(store, *whole_call())
    machine.desk.while_performing = lambda step: filer.stop(0) and None
    filer.run_until_idle(60)
    assert len(machine.desk.acts) <= 3
    machine.desk.while_performing = lambda step: None
    machine.end()
    _, again = machine.start()
    again.run_until_idle(60)
    assert again.progress(plan_id).state is PlanState.FILED
    assert set(happened(machine.desk).values()) == {1}


def test_progress_is_told_in_the_order_in_which_it_happens(machine: Workstation) -> None:
    machine.file(*whole_call())
    counts = [progress.done for progress in machine.told]
    assert counts == sorted(counts)
    assert machine.told[-1].state is PlanState.FILED
    assert PlanState.FILED not in {progress.state for progress in machine.told[:-1]}


def test_a_clock_set_back_by_a_year_does_not_keep_a_step_waiting_for_a_year(machine: Workstation) -> None:
    machine.desk.faults["homeowner.create"] = [Later("Busy.", after=600)]
    store, filer = machine.start()
    plan_id = queue(store, create(H))
    filer.run_until_idle(10)
    machine.hands.now -= 365 * 86400
    filer.run_until_idle(60)
    assert filer.progress(plan_id).state is PlanState.FILED


def test_what_a_desk_raises_is_logged_without_its_words(machine: Workstation, caplog: pytest.LogCaptureFixture) -> None:
    machine.desk.faults["homeowner.create"] = ["broken"]
    machine.file(create(H))
    assert "RuntimeError" in caplog.text
    assert "jane@example.com" not in caplog.text


def test_a_link_needs_both_its_tickets(machine: Workstation) -> None:
    machine.desk.faults["installer.create"] = [Refused("No.", "Mend it.")]
    progress = machine.file(create(H), create(I), link())
    assert states(progress)["link"] is StepState.WAITING


def test_many_queued_plans_are_all_filed_and_none_twice(machine: Workstation) -> None:
    desk = FakeDesk()
    machine.desks[SITE] = desk
    store, filer = machine.start()
    for n in range(40):
        queue(store, *whole_call(), call_id=f"call-{n}")
    assert filer.run_until_idle(3600)
    assert len(desk.acts) == len(desk.done) == 40 * 7
