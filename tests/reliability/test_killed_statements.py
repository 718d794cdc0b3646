"""A program that is killed at any statement of a take-back or an upgrade leaves all of it or nothing, never both or neither."""

import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from ptodesk_gui.outbox.migrations import MIGRATIONS, version_of
from ptodesk_gui.outbox.store import Store
from ptodesk_gui.sop.entry import Field
from ptodesk_gui.sop.progress import PlanState
from tests.outbox.fakes import SITE, happened, plan_of, whole_call, workstation
from tests.reliability.killed_at_statements import BEFORE, CALL, FILE, FOCUS, NOW, opened

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it is killed by a signal, in a fork")

LEFT = Path(__file__).parents[1] / "upgrade" / "left-by-0.1.0-85214bb.tar.gz"
Kill = Callable[[str], int]


@pytest.fixture
def kill(tmp_path: Path, project_dir: Path) -> Kill:
    """Has a program die at every statement of something; how many times it did. What it left is in folders of these numbers."""

    def run(what: str) -> int:
        done = subprocess.run(
            [sys.executable, "-m", "tests.reliability.killed_at_statements", what, str(tmp_path)],
            cwd=project_dir,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return int(done.stdout)

    return run


def left_in(store: Store) -> str:
    """Which of the two is there. Fails where it is both, neither, or not whole."""
    drafts, plans = store.drafts(), store.all_progress()
    assert len(drafts) + len(plans) == 1
    assert store.notice == ""
    for draft in drafts:
        assert (draft.call_id, draft.payload, draft.focus) == ("call-1", CALL, FOCUS)
    for plan in plans:
        assert [step.step.id for step in plan.steps] == [step.id for step in whole_call()]
        assert plan.undo_until == NOW + 10
    return "draft" if drafts else "plan"


def test_a_kill_while_a_call_is_taken_back_leaves_the_plan_which_is_filed_or_the_draft(
    tmp_path: Path, kill: Kill
) -> None:
    store = opened(tmp_path / BEFORE)
    store.save_draft("call-1", CALL, FOCUS)
    plan_id = store.add_plan("call-1", SITE, "Jane Doe", plan_of(*whole_call()), {}, call=(CALL, FOCUS), hold_off=10.0)
    store.close()
    found = []
    for number in range(kill("take back") + 1):
        store = opened(tmp_path / str(number))
        found.append(left_in(store))
        store.close()
    assert found == sorted(found, reverse=True)
    assert {*found} == {"draft", "plan"}
    for number in (
        found.index("draft") - 1,
        found.index("draft"),
    ):  # the last that has the plan, the first that has not
        with workstation(tmp_path / "desk") as machine:
            machine.path, machine.hands.now = tmp_path / str(number) / FILE, NOW
            store, filer = machine.start()
            assert filer.run_until_idle(3600)
            if found[number] == "plan":
                assert filer.progress(plan_id).state is PlanState.FILED
                assert set(happened(machine.desk).values()) == {1}
            else:
                assert (machine.desk.asked, len(store.drafts())) == ([], 1)


def test_a_kill_in_the_middle_of_an_upgrade_loses_nothing_and_the_next_start_upgrades_it_whole(
    tmp_path: Path, kill: Kill
) -> None:
    with tarfile.open(LEFT) as archive:
        archive.extractall(tmp_path, filter="data")
    (tmp_path / "data").rename(tmp_path / BEFORE)
    with closing(sqlite3.connect(tmp_path / BEFORE / FILE)) as db:
        assert version_of(db) == len(MIGRATIONS) - 1, "it is of the version before"
    killed = kill("upgrade")
    assert killed > 5
    for number in range(killed + 1):
        store = opened(tmp_path / str(number))
        assert store.notice == "", number
        (draft,), (plan,) = store.drafts(), store.all_progress()
        assert draft.payload["values"][Field.FIRST_NAME.value] == "Jane"  # type: ignore[index]
        assert "John Roe" in plan.title
        assert len(plan.steps) > 3
        store.close()
        for name in (tmp_path / str(number)).iterdir():
            assert name.is_dir() or b"John Roe" not in name.read_bytes(), (number, name.name)
