"""A second start brings the first window to the front and ends; whatever became of the first, there is a window and no call in two."""

import os
import queue
import signal
import sys
import threading
from pathlib import Path

import pytest

from ptodesk_gui.application.presence import ELSEWHERE, NOT_CARRIED_OUT, OPEN_ALREADY, SILENT
from ptodesk_gui.sop.entry import Field
from ptodesk_gui.workstation import paths
from ptodesk_gui.workstation.single_instance import LOCK
from tests.acceptance.another_program import names_in, wait_until
from tests.acceptance.programs import PATIENCE, Start, Started

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals stop and kill the programs")


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
    wait_until(lambda: names_in(paths.practice_dir()) == {"Jane"})
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
    wait_until(lambda: names_in(paths.practice_dir()) == {"Jane"})
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
