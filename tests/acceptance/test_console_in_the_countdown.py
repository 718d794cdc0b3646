"""The console beside a call that can still be taken back: it sends nothing of it, whoever files just then."""

import subprocess
import sys
from pathlib import Path

import pytest

from ptodesk_gui.application.practice_place import PracticePlace
from ptodesk_gui.sop.entry import Field
from ptodesk_gui.workstation import paths
from tests.acceptance.agent import SAMPLE, Agent, Desk
from tests.acceptance.conftest import OpenWindow
from tests.acceptance.programs import PATIENCE
from tests.acceptance.test_changing_ones_mind import LONG, filed
from tests.console.commands import lines


@pytest.fixture
def countdown(open_window: OpenWindow) -> Agent:
    """A window with a call that was filed just now."""
    agent = open_window(PracticePlace(paths.practice_dir()), countdown=LONG)
    agent.type_call(SAMPLE)
    filed(agent)
    return agent


def console(project_dir: Path) -> "subprocess.CompletedProcess[str]":
    """``ptodesk outbox run``, in a program of its own; it waits no longer than it has to."""
    command = [sys.executable, "-m", "ptodesk_gui.console.main", "outbox", "--practice", "run", "--wait", "0.2"]
    return subprocess.run(command, cwd=project_dir, capture_output=True, text=True, timeout=2 * PATIENCE, check=False)


def test_the_console_sends_nothing_that_can_still_be_taken_back(
    countdown: Agent, open_window: OpenWindow, project_dir: Path
) -> None:
    place = countdown.app._place
    assert isinstance(place, PracticePlace)
    assert place.served is not None
    desk = Desk(place.served)
    before = desk.keys()
    beside = console(project_dir)
    assert (beside.returncode, lines(beside.stdout)[-1]["state"]) == (3, "waiting"), beside.stderr
    assert desk.keys() == before
    desk.close()
    countdown.app.window.close()
    countdown.app.stop()

    alone = console(project_dir)  # nobody else files now
    assert (alone.returncode, lines(alone.stdout)[-1]["state"]) == (3, "waiting"), alone.stderr
    again = open_window(PracticePlace(paths.practice_dir()), countdown=LONG)
    again.chord("Ctrl+B")
    again.wait(lambda: again.page == "review", "The review")
    assert again.app.call.entry.text(Field.LAST_NAME) == "Doe"
    place = again.app._place
    assert isinstance(place, PracticePlace)
    assert place.served is not None
    desk = Desk(place.served)
    assert desk.keys() == before
    desk.close()
    assert console(project_dir).stdout == "", "there is nothing to file any more"
