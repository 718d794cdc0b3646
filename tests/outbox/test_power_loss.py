"""The program is killed at every write to the disk, with and without lost answers: each step happens exactly once."""

import subprocess
import sys
from pathlib import Path

import pytest

from ptodesk_gui.desk.desk import Done, Later, Refused, Unclear
from ptodesk_gui.sop.progress import PlanState, StepState
from ptodesk_gui.sop.steps import Ticket
from tests.outbox.fakes import Killed, Power, Workstation, create, happened, queue, remind, states, whole_call

STEPS = (*whole_call(), remind("homeowner.create"))


@pytest.fixture
def power(monkeypatch: pytest.MonkeyPatch) -> Power:
    return Power(monkeypatch)


def file_with_power_loss(machine: Workstation, power: Power, write: int, after: bool) -> bool:
    """File a call while the power fails at one write, and start again until it is filed; whether the power failed at all."""
    power.left, power.after = write, after
    failed = False
    for _ in range(5):
        try:
            store, filer = machine.start()
            with store._database.reading() as db:
                db.execute("PRAGMA synchronous = OFF")  # the program dies here, not the machine: saves 1,000 waits
            plan_id = queue(store, *STEPS)
            filer.run_until_idle(3600)
            if filer.progress(plan_id).state is PlanState.FILED:
                assert len(store.all_progress()) == len(store.reminders()) == 1
                return failed
        except Killed:
            failed = True
            power.left = None
        machine.end()
    pytest.fail("never filed")


def faults_of(kind: str) -> tuple[list[object], list[object]]:
    """How sending a step fails the first time, and how looking it up does."""
    return {
        "none": ([], []),
        "lost before": (["lost before"], []),
        "lost after": (["lost after"], [Unclear("The search lags.")]),
        "later": ([Later("Busy.", after=3)], []),
        "signed out": ([Refused("Expired.", "Sign in.", sign_in=True)], []),
    }[kind]


@pytest.mark.parametrize("after", [False, True], ids=["before the commit", "after the commit"])
@pytest.mark.parametrize("fault", ["none", "lost before", "lost after", "later", "signed out"])
def test_whatever_write_the_power_fails_at_each_step_happens_exactly_once(
    tmp_path: Path, power: Power, fault: str, after: bool
) -> None:
    write, failed = 0, True
    while failed:
        machine = Workstation(tmp_path / str(write))
        for step in ["link"] if fault == "signed out" else [s.id for s in whole_call()]:
            machine.desk.faults[step], machine.desk.settle_faults[step] = faults_of(fault)
        try:
            failed = file_with_power_loss(machine, power, write, after)
            assert happened(machine.desk) == dict.fromkeys((s.id for s in whole_call()), 1)
        finally:
            power.left = None
            machine.end()
        write += 1
    assert write > 2 * len(whole_call())  # every step was marked and answered, and the power failed at each of these


@pytest.mark.parametrize("fault", ["killed before", "killed after"])
@pytest.mark.parametrize("step", [step.id for step in whole_call()])
def test_a_program_that_dies_while_sending_looks_the_step_up_at_the_next_start(
    machine: Workstation, step: str, fault: str
) -> None:
    machine.desk.faults[step] = [fault]
    with pytest.raises(Killed):
        machine.file(*whole_call())
    store, filer = machine.start()
    assert states(store.progress(1))[step] is StepState.SENDING
    machine.end()
    store, filer = machine.start()
    asked = len(machine.desk.asked)
    assert filer.run_until_idle(3600)
    assert filer.progress(1).state is PlanState.FILED
    assert machine.desk.asked[asked] == ("settle", step)
    assert happened(machine.desk) == dict.fromkeys((s.id for s in whole_call()), 1)


def test_a_program_that_dies_while_looking_up_looks_up_again(machine: Workstation) -> None:
    machine.desk.faults["homeowner.create"] = ["lost after"]
    machine.desk.settle_faults["homeowner.create"] = ["killed"]
    with pytest.raises(Killed):
        machine.file(create(Ticket.HOMEOWNER))
    machine.end()
    _, filer = machine.start()
    assert filer.run_until_idle(60)
    assert machine.desk.acts == ["homeowner.create"]


KILLED_CHILD = """
import os, sys
from pathlib import Path
from ptodesk_gui.outbox.store import Store
from tests.outbox.fakes import queue, whole_call, Workstation, FakeDesk, Killed

class Recorder(FakeDesk):
    def _act(self, step, target):
        done = super()._act(step, target)
        with open(sys.argv[2], "a") as acts:
            acts.write(f"{target.step_key} {done.ticket}\\n")
            acts.flush()
            os.fsync(acts.fileno())
        if step.id == sys.argv[3]:
            os.kill(os.getpid(), 9)
        return done

machine = Workstation(Path(sys.argv[1]))
machine.desks = {name: Recorder() for name in machine.desks}
machine.file(*whole_call())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills with a signal")
@pytest.mark.parametrize("step", ["homeowner.create", "installer.reply", "link"])
def test_a_process_that_is_really_killed_leaves_everything_that_is_needed_to_go_on(
    machine: Workstation, tmp_path: Path, project_dir: Path, step: str
) -> None:
    acts = tmp_path / "acts"
    child = subprocess.run(
        [sys.executable, "-c", KILLED_CHILD, str(tmp_path), str(acts), step],
        cwd=project_dir,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert child.returncode == -9, child.stderr
    already = [line.split() for line in acts.read_text().splitlines()]
    desk = machine.desk
    desk.numbers = len(already)
    desk.done = {key: Done(ticket) for key, ticket in already}
    _, filer = machine.start()
    assert filer.run_until_idle(3600)
    assert filer.progress(1).state is PlanState.FILED
    assert len(desk.acts) + len(already) == len(whole_call())
