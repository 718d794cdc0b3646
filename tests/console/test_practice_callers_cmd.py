"""``ptodesk practice`` for trainees: the callers' files checked, their tickets on the desk, fresh or kept, a bad day."""

import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ptodesk_gui.workstation.caller_files import load_callers, packaged_callers
from tests.console.commands import Run

RUN = "from ptodesk_gui.console.practice_cmd import practice; practice()"


@contextmanager
def desk(folder: Path, *options: str) -> Iterator[str]:
    """The first page of a desk that runs with these options."""
    command = [sys.executable, "-c", RUN, "--folder", str(folder), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            assert address.startswith("http://127.0.0.1:")
            with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310 - the loopback address
                yield answer.read().decode()
        finally:
            process.terminate()


def test_the_programs_own_callers_are_well(run: Run) -> None:
    done = run("practice", "--check")
    assert done.exit_code == 0
    assert done.stdout == f"{len(load_callers()[0])} practice callers, and nothing wrong with them.\n"


def test_every_fault_of_a_teams_callers_is_said_with_file_and_line(run: Run, tmp_path: Path) -> None:
    own = Path(shutil.copytree(packaged_callers(), tmp_path / "callers"))
    text = (own / "10-phone-within.toml").read_text("utf-8")
    (own / "10-phone-within.toml").write_text(text.replace('channel = "phone"', 'channel = "fax"'), encoding="utf-8")
    done = run("practice", "--check", "--callers", str(own))
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("10-phone-within.toml, line 5, channel: is 'fax'; must be one of phone")


def test_a_folder_without_callers_is_said(run: Run, tmp_path: Path) -> None:
    done = run("practice", "--check", "--callers", str(tmp_path))
    assert (done.exit_code, done.stderr) == (2, "There are no practice callers in this folder.\n")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals between processes")
def test_tickets_of_every_project_wait_and_are_kept_unless_fresh_ones_are_asked_for(tmp_path: Path) -> None:
    with desk(tmp_path / "desk") as first:
        assert first.count("<th scope='row'>") >= 20
        assert "/browse/EBH-1'" in first
        assert "/browse/SS-1'" in first
        assert "/browse/PTO-1'" in first
    with desk(tmp_path / "desk", "--bad-day", "--seed", "5") as second:  # pages for people are left alone
        assert second == first
    with desk(tmp_path / "desk", "--fresh") as third:
        assert third.count("<th scope='row'>") == first.count("<th scope='row'>")
        assert "/browse/EBH-1'" not in third
    with desk(tmp_path / "desk", "--fresh", "--empty") as fourth:
        assert "No tickets yet." in fourth
