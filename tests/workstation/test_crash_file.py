"""A program that ended from one instant to the next is told of once, by the places it was at."""

import faulthandler
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ptodesk_gui.workstation.crash_file import LAST, CrashFile, shortened

TRACE = """Fatal Python error: Segmentation fault

Current thread 0x00007f00 (most recent call first):
  File "/home/witness/venv/lib/python3.11/site-packages/shiboken6/x.py", line 7 in f
  File "/home/witness/ptodesk/ptodesk_gui/application/call.py", line 3 in edit
  File "/usr/lib/python3.11/threading.py", line 12 in _bootstrap
  File "C:\\\\Users\\\\witness\\\\tool.py", line 1 in <module>
  File "<string>", line 1 in <module>
"""


@pytest.fixture(autouse=True)
def own_faulthandler() -> Iterator[None]:
    """The test run's own is put back."""
    was_on = faulthandler.is_enabled()
    yield
    if was_on:
        faulthandler.enable(sys.__stderr__ or 2)


def left(folder: Path, text: str, pid: int = 4_000_001) -> Path:
    path = folder / f"crash-{pid}.trace"
    path.write_text(text, "utf-8")
    return path


def test_a_trace_names_modules_and_no_folder_of_this_computer() -> None:
    assert shortened(TRACE).splitlines()[3:] == [
        "  shiboken6/x.py:7 in f",
        "  ptodesk_gui/application/call.py:3 in edit",
        "  threading.py:12 in _bootstrap",
        "  tool.py:1 in <module>",
        "  <string>:1 in <module>",
    ]


def test_what_was_left_is_told_once_and_kept(tmp_path: Path) -> None:
    left(tmp_path, f"ptodesk 0.0.1\n{TRACE}")
    first = CrashFile(tmp_path)
    told = first.open("ptodesk 0.0.2")
    first.close()
    assert told.startswith("ptodesk 0.0.1\nFatal Python error: Segmentation fault")
    assert "witness" not in told
    assert (tmp_path / LAST).read_text("utf-8") == told
    again = CrashFile(tmp_path)
    assert again.open("ptodesk 0.0.2") == ""
    again.close()
    assert [path.name for path in tmp_path.iterdir()] == [LAST]


def test_a_program_that_was_killed_is_nothing_to_tell_of(tmp_path: Path) -> None:
    left(tmp_path, "ptodesk 0.0.1\n")
    file = CrashFile(tmp_path)
    assert file.open("ptodesk") == ""
    file.close()
    assert list(tmp_path.iterdir()) == []


def test_the_file_of_a_program_that_runs_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    running = CrashFile(tmp_path)
    running.open("ptodesk")
    monkeypatch.setattr(os, "getpid", lambda: 4_000_002)
    second = CrashFile(tmp_path)
    assert second.open("ptodesk") == ""
    assert len(list(tmp_path.glob("*.trace"))) == 2
    second.close()
    running.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has access lists")
def test_it_is_for_the_user_alone(tmp_path: Path) -> None:
    left(tmp_path, f"ptodesk 0.0.1\n{TRACE}")
    file = CrashFile(tmp_path)
    file.open("ptodesk")
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}
    file.close()


def test_a_huge_one_is_not_read_to_its_end(tmp_path: Path) -> None:
    left(tmp_path, "ptodesk 0.0.1\n" + "x" * 10_000_000)
    file = CrashFile(tmp_path)
    assert len(file.open("ptodesk")) < 100_000
    file.close()
