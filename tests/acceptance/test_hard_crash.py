"""A program that ends from one instant to the next loses nothing, and the next start says so once, with a report to copy."""

import signal
import sys
from pathlib import Path

import pytest

from ptodesk_gui import __version__
from ptodesk_gui.application.fault_shown import CRASHED
from ptodesk_gui.sop.entry import Field
from ptodesk_gui.workstation import paths
from tests.acceptance.programs import Start

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals end the programs")


@pytest.mark.parametrize(
    ("how", "number", "reason"),
    [("segfault", signal.SIGSEGV, "Segmentation fault"), ("fatal", signal.SIGABRT, "Aborted")],
)
def test_the_next_start_says_once_where_it_ended_and_brings_the_call_back(
    how: str, number: signal.Signals, reason: str, start: Start
) -> None:
    first = start("--type", "Witness", "--end", how)
    code, err = first.ended()
    assert code == -number
    assert "Witness" not in err
    second = start()
    assert second.next("found")["drafts"] == [{Field.FIRST_NAME.value: "Witness"}]
    said = second.next("said")
    assert CRASHED in said["strip"], said["report"]
    assert "back as you left it" in said["strip"], "what was found besides is said as well"
    assert f"Fatal Python error: {reason}" in said["report"]
    assert f"ptodesk {__version__}" in said["report"]
    assert "started.py:" in said["report"]
    assert "Witness" not in said["report"]
    assert str(Path.home()) not in said["report"]
    second.process.terminate()
    assert second.ended()[0] == 0
    third = start()
    assert "unexpectedly" not in third.next("said")["strip"]
    third.process.terminate()
    third.ended()
    for file in (paths.log_path("window").parent).iterdir():
        assert "Witness" not in file.read_text("utf-8"), file.name


def test_a_program_that_ends_as_it_should_leaves_no_trace(start: Start) -> None:
    first = start()
    first.next("said")
    first.process.terminate()
    assert first.ended() == (0, "")
    assert list(paths.log_path("window").parent.glob("crash*")) == []


def test_no_thread_but_the_windows_loads_anything_of_qt(start: Start) -> None:
    """Two threads that name a class of Qt's for the first time find it half made, or crash."""
    first = start()
    told = {"open", "said"}
    while told:
        what = first.next_of(told)
        assert what["elsewhere"] == []
        told.remove(what["what"])


def test_a_program_that_was_killed_is_not_said_to_have_failed(start: Start) -> None:
    first = start()
    first.next("said")
    first.process.kill()
    first.process.wait()
    assert "unexpectedly" not in start().next("said")["strip"]
