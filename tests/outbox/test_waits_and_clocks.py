"""A clock that is set back or forth: what waits for a time waits as long as was meant, and never for hours because of the clock."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ptodesk_gui.desk.desk import Later, Unclear
from ptodesk_gui.outbox.clockwatch import SLACK, Clockwatch
from ptodesk_gui.outbox.filer import Filer
from ptodesk_gui.outbox.store import Store
from ptodesk_gui.sop.progress import PlanState, StepState
from ptodesk_gui.sop.steps import Ticket
from tests.outbox.fakes import FakeDesk, Workstation, create, queue
from tests.outbox.partners import DAY, HOUR, YEAR, Hands

H = Ticket.HOMEOWNER
ASKED = 600.0  # what the site asks to wait; a little is added so that workstations do not come back together
LEAPS = [-3 * YEAR, -DAY, -5 * HOUR, -HOUR, HOUR, 5 * HOUR, DAY, 3 * YEAR]
ANY_LEAP = pytest.mark.parametrize("leap", LEAPS, ids=lambda leap: f"{leap / HOUR:+.0f} h")


class Skewed(Workstation):
    """A workstation whose clock can be set."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.hands: Hands = Hands()

    def restart(self) -> tuple[Store, Filer]:
        self.end()
        return self.start()


@pytest.fixture
def skewed(tmp_path: Path) -> Iterator[Skewed]:
    made = Skewed(tmp_path)
    yield made
    made.end()


def told_to_wait(machine: Skewed) -> tuple[Filer, int]:
    """A plan of one step that the site asked to come back with later, on a running filer."""
    machine.desk.faults["homeowner.create"] = [Later("Busy.", after=ASKED)]
    store, filer = machine.start()
    plan_id = queue(store, create(H))
    filer.run_until_idle(1)
    assert filer.progress(plan_id).steps[0].state is StepState.LATER
    return filer, plan_id


def tries(machine: Workstation) -> int:
    return sum(what == "perform" for what, _ in machine.desk.asked)


@ANY_LEAP
def test_what_the_site_asked_to_wait_is_waited_whatever_the_clock_does_meanwhile(skewed: Skewed, leap: float) -> None:
    filer, plan_id = told_to_wait(skewed)
    skewed.hands.now += 100
    filer.run_until_idle(1)
    skewed.hands.off = leap
    filer.run_until_idle(ASKED - 150)
    assert tries(skewed) == 1, "too early"
    filer.run_until_idle(100)
    assert filer.progress(plan_id).state is PlanState.FILED, "too late"


@ANY_LEAP
def test_a_clock_that_is_wrong_for_a_moment_changes_no_wait(skewed: Skewed, leap: float) -> None:
    filer, plan_id = told_to_wait(skewed)
    skewed.hands.off = leap
    filer.run_until_idle(1)
    skewed.hands.off = 0.0
    filer.run_until_idle(ASKED - 50)
    assert tries(skewed) == 1, "too early"
    filer.run_until_idle(100)
    assert filer.progress(plan_id).state is PlanState.FILED, "too late"


@pytest.mark.parametrize("leap", [leap for leap in LEAPS if leap < 0], ids=lambda leap: f"{leap / HOUR:+.0f} h")
def test_a_clock_set_back_while_the_program_was_off_costs_no_more_than_the_wait_itself(
    skewed: Skewed, leap: float
) -> None:
    _, plan_id = told_to_wait(skewed)
    skewed.hands.off = leap
    _, filer = skewed.restart()
    filer.run_until_idle(ASKED - 10)
    assert tries(skewed) == 1, "what the site asked for is kept to"
    filer.run_until_idle(60)
    assert filer.progress(plan_id).state is PlanState.FILED


@pytest.mark.parametrize("back", [HOUR, 5 * HOUR], ids=["1 h", "5 h"])
def test_looking_up_goes_on_at_once_after_the_clock_was_set_back_while_the_program_was_off(
    skewed: Skewed, back: float
) -> None:
    skewed.desk.faults["homeowner.create"] = ["lost after"]
    skewed.desk.settle_faults["homeowner.create"] = [Unclear("Not found yet.")] * 3
    store, filer = skewed.start()
    plan_id = queue(store, create(H))
    filer.run_until_idle(3)
    assert filer.progress(plan_id).steps[0].state is StepState.UNCLEAR
    skewed.hands.off = -back
    _, filer = skewed.restart()
    filer.run_until_idle(60)
    assert filer.progress(plan_id).state is PlanState.FILED
    assert skewed.desk.acts == ["homeowner.create"]


def test_another_program_that_takes_over_the_filing_keeps_to_what_was_meant(skewed: Skewed) -> None:
    first, plan_id = told_to_wait(skewed)
    _, second = skewed.start()
    second.run_until_idle(1)
    skewed.hands.off = -5 * HOUR
    first.run_until_idle(1)
    first.stop(0)
    second.run_until_idle(ASKED + 60)
    assert second.progress(plan_id).state is PlanState.FILED


def test_a_step_that_waited_before_the_clock_was_set_forth_is_not_held_up_by_a_later_one(skewed: Skewed) -> None:
    """What was answered between the leap and its discovery has the new time already."""
    filer, _ = told_to_wait(skewed)
    desk = skewed.desk
    assert isinstance(desk, FakeDesk)

    def set_forth(_step: object) -> None:
        skewed.hands.off = 5 * HOUR

    desk.while_performing = set_forth
    desk.faults["installer.create"] = [Later("Busy.", after=30, whole_site=False)]
    skewed.hands.now += ASKED + 60
    later = queue(filer._store, create(Ticket.INSTALLER), call_id="call-2")
    filer.run_until_idle(300)
    assert filer.progress(later).state is PlanState.FILED


def test_drift_is_no_leap_and_a_leap_is_told_once() -> None:
    hands = Hands()
    watch = Clockwatch(hands.clock, hands.monotonic)
    hands.off = SLACK
    assert watch.leap() == 0
    hands.off = -SLACK - 1
    assert watch.leap() == -SLACK - 1
    assert watch.leap() == 0
    hands.now += YEAR
    assert watch.leap() == 0, "time that has passed is no leap"
