"""The worker runs in order off the UI thread, and answers on it."""

import threading

from pytestqt.qtbot import QtBot

from ptodesk_gui.application.worker import Worker


def test_work_runs_elsewhere_and_answers_here_in_order(qtbot: QtBot) -> None:
    worker = Worker("test")
    here = threading.get_ident()
    answers: list[tuple[int, bool, bool]] = []
    for number in range(3):
        worker.submit(
            lambda number=number: (number, threading.get_ident() != here),  # type: ignore[misc]
            lambda got: answers.append((*got, threading.get_ident() == here)),
        )
    qtbot.waitUntil(lambda: len(answers) == 3)
    assert answers == [(0, True, True), (1, True, True), (2, True, True)]
    assert worker.stop(5)


def test_an_error_is_handed_over_and_the_next_work_still_runs(qtbot: QtBot) -> None:
    worker = Worker("test")
    errors: list[str] = []
    results: list[int] = []

    def fail() -> int:
        raise OSError("disk full")

    worker.submit(fail, failed=lambda error: errors.append(str(error)))
    worker.submit(lambda: 1, results.append)
    qtbot.waitUntil(lambda: results == [1])
    assert errors == ["disk full"]
    assert worker.stop(5)


def test_stopping_finishes_what_was_submitted_and_refuses_the_rest() -> None:
    worker = Worker("test")
    done: list[int] = []
    worker.submit(lambda: done.append(1))
    assert worker.stop(5)
    worker.submit(lambda: done.append(2))
    assert worker.stop(5)
    assert done == [1]


def test_waiting_for_a_stuck_worker_has_a_bound() -> None:
    worker = Worker("test")
    release = threading.Event()
    worker.submit(lambda: release.wait(30))
    assert not worker.stop(0.01)
    release.set()
    assert worker.stop(5)
