"""A second start brings the first window to the front and ends; whatever became of the first, there is a window and no call in two."""

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ptodesk_gui.application.presence import ELSEWHERE, NOT_CARRIED_OUT, OPEN_ALREADY, SILENT
from ptodesk_gui.sop.entry import Field
from ptodesk_gui.workstation import paths
from ptodesk_gui.workstation.single_instance import LOCK
from tests.acceptance.test_after_a_crash import wait_until_kept

PATIENCE = 120.0

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals stop and kill the programs")


class Started:
    """A program that was started, and what it told."""

    def __init__(self, project: Path, *arguments: str) -> None:
        command = [sys.executable, "-m", "tests.acceptance.started", "--practice", *arguments]
        self.process = subprocess.Popen(
            command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ
        )
        self._told: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        self._reading = threading.Thread(target=self._read)
        self._reading.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._told.put(json.loads(line))
        self._told.put({"what": "end"})

    def next(self, what: str) -> dict[str, Any]:
        """Wait until it tells this; what it tells before is passed over."""
        while (told := self._told.get(timeout=PATIENCE))["what"] != what:
            assert told["what"] != "end", f"it ended before: {self.process.communicate()}"
        return told

    def ended(self) -> tuple[int, str]:
        """Wait for its end: exit code and stderr."""
        code = self.process.wait(PATIENCE)
        self._reading.join()
        assert self.process.stderr is not None
        return code, self.process.stderr.read()

    def close(self) -> None:
        """End it, whatever it does."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self._reading.join()
        for pipe in (self.process.stdout, self.process.stderr):
            assert pipe is not None
            pipe.close()


Start = Callable[..., Started]


@pytest.fixture
def start(project_dir: Path) -> Iterator[Start]:
    """Starts the real program in practice mode, in the test's own home."""
    made: list[Started] = []

    def start_one(*arguments: str) -> Started:
        made.append(Started(project_dir, *arguments))
        return made[-1]

    yield start_one
    for one in made:
        one.close()


def test_a_second_start_brings_the_first_window_to_the_front_and_ends(start: Start) -> None:
    first = start("--type", "Jane")
    first.next("open")
    second = start()
    assert second.ended() == (0, f"{OPEN_ALREADY}\n")
    told = first.next("forward")
    assert (told["minimized"], told["active"]) == (False, True)
    assert first.process.poll() is None


def test_what_is_typed_in_the_first_stays_as_it_is(start: Start) -> None:
    first = start("--type", "Jane")
    first.next("open")
    wait_until_kept(paths.practice_dir(), Field.FIRST_NAME, "Jane")
    for _ in range(2):
        assert start().ended()[0] == 0
        told = first.next("forward")
        assert (told["typed"], told["focus"]) == ("Jane", Field.FIRST_NAME)


def test_of_two_starts_in_the_same_instant_one_is_the_window(start: Start) -> None:
    both = [start(), start()]
    ended: queue.SimpleQueue[Started] = queue.SimpleQueue()
    waiting = [threading.Thread(target=lambda one=one: (one.process.wait(), ended.put(one))) for one in both]
    for thread in waiting:
        thread.start()
    second = ended.get(timeout=PATIENCE)
    (first,) = {*both} - {second}
    assert second.ended() == (0, f"{OPEN_ALREADY}\n")
    first.next("forward")
    first.process.terminate()
    assert first.ended() == (0, "")
    for thread in waiting:
        thread.join()


def test_what_a_killed_window_leaves_behind_is_no_obstacle(start: Start) -> None:
    first = start()
    first.next("open")
    os.kill(first.process.pid, signal.SIGKILL)
    first.process.wait()
    assert list(Path(os.environ["XDG_RUNTIME_DIR"]).glob("ptodesk-*")), "its socket is still there"
    second = start("--answer", "0.1")
    assert second.next("found")["notice"] == ""
    assert start().ended() == (0, f"{OPEN_ALREADY}\n")
    second.next("forward")


def test_a_window_that_hangs_keeps_its_call_and_there_is_a_second_one_that_says_so(start: Start) -> None:
    first = start("--type", "Jane")
    first.next("open")
    wait_until_kept(paths.practice_dir(), Field.FIRST_NAME, "Jane")
    os.kill(first.process.pid, signal.SIGSTOP)
    second = start("--answer", "0.1")
    found = second.next("found")
    assert (found["notice"], found["drafts"]) == (SILENT, [])
    os.kill(first.process.pid, signal.SIGKILL)
    second.next("open")  # the place is free: from now on it is the one
    assert start().ended() == (0, f"{OPEN_ALREADY}\n")
    second.next("forward")


def test_a_window_that_is_closing_is_waited_for_and_then_there_is_a_new_one(start: Start) -> None:
    first = start()
    first.next("open")
    first.process.terminate()
    second = start()
    second.next("open")
    assert first.ended() == (0, "")


def test_a_window_on_another_computer_is_not_waited_for(start: Start) -> None:
    first = start()
    first.next("open")
    (paths.practice_dir() / LOCK).write_text("another-computer.example\n/run/nowhere\n", "utf-8")
    assert start().next("found")["notice"] == ELSEWHERE


def test_practice_and_the_real_desk_have_a_window_each(start: Start) -> None:
    practice = start()
    practice.next("open")
    assert not (paths.data_dir() / LOCK).exists()


def test_what_a_second_start_asked_besides_is_said_not_to_happen(start: Start) -> None:
    first = start()
    first.next("open")
    assert start("--fresh").ended() == (0, f"{OPEN_ALREADY}{NOT_CARRIED_OUT}\n")
