"""The filer with its real threads: it files by itself, waits for nobody, and stops between steps within a bound."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ptodesk_gui.outbox.filer import Filer
from ptodesk_gui.outbox.store import Store
from ptodesk_gui.sop.progress import PlanProgress, PlanState, StepState
from ptodesk_gui.sop.steps import Step, Ticket
from tests.outbox.fakes import SITE, FakeDesk, comment, create, queue, states, whole_call

BOUND = 20.0  # seconds; only a failing test waits so long


class Program:
    """A filer with threads on a store, and what it told."""

    def __init__(self, path: Path) -> None:
        self.desk = FakeDesk()
        self.store = Store(path)
        self.filer = Filer(self.store, {SITE: self.desk}.get, on_progress=self._told)
        self._news = threading.Condition()
        self._last: dict[int, PlanProgress] = {}

    def _told(self, progress: PlanProgress) -> None:
        with self._news:
            self._last[progress.plan_id] = progress
            self._news.notify_all()

    def wait_for(self, plan_id: int, state: PlanState) -> PlanProgress:
        with self._news:
            assert self._news.wait_for(lambda: plan_id in self._last and self._last[plan_id].state is state, BOUND), (
                self._last
            )
            return self._last[plan_id]


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    made = Program(tmp_path / "outbox.db")
    yield made
    assert made.filer.stop(BOUND)
    made.store.close()


def test_a_started_filer_files_what_is_there_and_what_comes(program: Program) -> None:
    first = queue(program.store, *whole_call(), call_id="a")
    program.filer.start()
    program.wait_for(first, PlanState.FILED)
    second = queue(program.store, *whole_call(), call_id="b")
    program.filer.wake()
    assert program.wait_for(second, PlanState.FILED).tickets.keys() == {"homeowner", "installer"}
    assert len(program.desk.acts) == 2 * len(whole_call())


def test_a_slow_step_does_not_keep_another_plan_waiting(program: Program) -> None:
    release = threading.Event()
    slow = queue(program.store, comment(Ticket.SOURCE), call_id="slow")
    program.desk.while_performing = lambda step: step.ticket is Ticket.SOURCE and release.wait(BOUND)
    program.filer.start()
    program.wait_for(slow, PlanState.FILING)
    other = queue(program.store, create(Ticket.HOMEOWNER), call_id="other")
    program.filer.wake()
    program.wait_for(other, PlanState.FILED)
    assert states(program.store.progress(slow))["source.comment"] is StepState.SENDING
    program.desk.while_performing = lambda step: None
    release.set()


def test_stopping_gives_up_waiting_within_its_bound_and_keeps_the_step_for_a_look_up(tmp_path: Path) -> None:
    program = Program(tmp_path / "outbox.db")
    release, sending = threading.Event(), threading.Event()

    def hang(step: Step) -> None:
        sending.set()
        release.wait(BOUND)

    program.desk.while_performing = hang
    plan_id = queue(program.store, *whole_call())
    program.filer.start()
    assert sending.wait(BOUND)
    assert not program.filer.stop(0.05)
    assert StepState.SENDING in states(program.store.progress(plan_id)).values()

    release.set()
    assert program.filer.stop(BOUND)  # its late answer was written down all the same, and nothing was begun after it
    assert sorted(program.desk.acts) == ["homeowner.create", "installer.create"]
    assert program.store.progress(plan_id).done == 2
    program.store.close()


def test_an_answer_that_comes_after_a_restart_still_counts(program: Program) -> None:
    """What happened is done, whoever hears of it and when."""
    release = threading.Event()
    program.desk.while_performing = lambda step: release.wait(BOUND) and None
    plan_id = queue(program.store, create(Ticket.HOMEOWNER))
    program.filer.start()
    program.wait_for(plan_id, PlanState.FILING)
    program.store.queue.interrupt(frozenset())
    assert states(program.store.progress(plan_id))["homeowner.create"] is StepState.UNCLEAR
    release.set()
    assert program.wait_for(plan_id, PlanState.FILED).tickets == {"homeowner": "PTO-1"}
    assert len(program.desk.acts) == 1
