"""An unexpected error ends nothing and gives nobody's data away."""

import gc
import logging
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QThread, QTimer, Signal, qWarning
from pytestqt.qtbot import QtBot

from ptodesk_gui.application import faults as module
from ptodesk_gui.application.faults import Fault, Faults, qt_words

WITNESS = "Jane Witness, 1 Main St"


class Heard(QObject):
    """What was told, on the thread of the window."""

    def __init__(self, faults: Faults) -> None:
        super().__init__()
        self.all: list[Fault] = []
        faults.happened.connect(self.all.append)


@pytest.fixture
def faults(caplog: pytest.LogCaptureFixture) -> Iterator[Faults]:
    faults = Faults()
    faults.install()
    yield faults
    faults.uninstall()
    assert "Witness" not in caplog.text, "what went wrong is logged without its words"


@pytest.fixture
def heard(faults: Faults, qtbot: QtBot) -> Heard:
    return Heard(faults)


def fail() -> None:
    raise ValueError(WITNESS)


def hook() -> None:
    try:
        fail()
    except ValueError:
        sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]


def test_an_error_of_a_slot_is_told_and_logged_without_its_words(
    faults: Faults, heard: Heard, caplog: pytest.LogCaptureFixture
) -> None:
    hook()
    (fault,) = heard.all
    assert fault.kind == "ValueError"
    assert "test_faults:" in fault.report
    assert " in fail" in fault.report
    assert "MainThread" in fault.report
    assert "Witness" not in fault.report
    assert " in fail" in caplog.text


def test_an_error_in_a_call_from_qt_arrives(faults: Faults, heard: Heard, qtbot: QtBot) -> None:
    class Sender(QObject):
        sent = Signal()

    sender = Sender()
    sender.sent.connect(fail)
    sender.sent.emit()
    QTimer.singleShot(0, fail)
    qtbot.waitUntil(lambda: len(heard.all) == 2, timeout=60_000)
    assert {fault.kind for fault in heard.all} == {"ValueError"}


def test_an_error_in_a_thread_is_told_with_the_threads_name(faults: Faults, heard: Heard, qtbot: QtBot) -> None:
    thread = threading.Thread(target=fail, name="ptodesk-witnessed")
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(heard.all), timeout=60_000)
    (fault,) = heard.all
    assert fault.report.endswith("in the thread ptodesk-witnessed")
    assert "Witness" not in fault.report


def test_an_error_in_a_thread_of_qts_is_told(faults: Faults, heard: Heard, qtbot: QtBot) -> None:
    class Failing(QThread):
        def run(self) -> None:
            fail()

    thread = Failing()
    thread.start()
    assert thread.wait(60_000)
    qtbot.waitUntil(lambda: bool(heard.all), timeout=60_000)
    assert heard.all[0].kind == "ValueError"


def test_an_error_that_cannot_be_raised_is_told(faults: Faults, heard: Heard) -> None:
    class Leaving:
        def __del__(self) -> None:
            fail()

        def __repr__(self) -> str:
            return WITNESS

    Leaving()
    gc.collect()
    assert [fault.kind for fault in heard.all] == ["ValueError"]


def test_an_error_that_another_part_logged_and_went_on_after_is_told(faults: Faults, heard: Heard) -> None:
    try:
        fail()
    except ValueError as error:
        logging.getLogger("ptodesk_gui.outbox.filer").error("broke with %s", "ValueError", extra={"error": error})
        logging.getLogger("ptodesk_gui.outbox.filer").warning("only a warning", extra={"error": error})
        logging.getLogger("elsewhere").error("not of this program", extra={"error": error})
    assert len(heard.all) == 1


def test_one_error_over_and_over_is_counted_and_fills_no_log(
    faults: Faults, heard: Heard, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(150):
        hook()
    assert [fault.count for fault in heard.all] == list(range(1, 151))
    assert len({fault.report for fault in heard.all}) == 1
    assert len(caplog.records) == 3


def test_of_very_many_different_errors_some_are_told(
    faults: Faults, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST", 3)
    for number in range(10):
        kind = type(f"Number{number}Error", (Exception,), {})
        sys.excepthook(kind, kind(WITNESS), None)
    assert len(heard.all) == 3


def test_an_error_that_breaks_whoever_looks_at_it_is_told_all_the_same(faults: Faults, heard: Heard) -> None:
    class WorseError(OSError):
        @property
        def errno(self) -> int:  # type: ignore[override]
            raise RuntimeError(WITNESS)

    sys.excepthook(WorseError, WorseError(WITNESS), None)
    assert [fault.kind for fault in heard.all] == ["WorseError"]


def test_ending_is_no_error(faults: Faults, heard: Heard) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert heard.all == []


def test_what_qt_says_goes_to_the_log_without_what_it_quotes(faults: Faults, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    qWarning(f'QString::arg: Argument missing: "{WITNESS}"')
    assert "QString::arg" in caplog.text


@pytest.mark.parametrize(
    ("message", "logged"),
    [
        (f"QFont::setPointSize: Point size <= 0 ({WITNESS})", "default: QFont::setPointSize"),
        (f"{WITNESS} could not be read", "default: (words left out)"),
        (f"Could not parse {WITNESS}::x", "default: (words left out)"),
        ("", "default: (words left out)"),
    ],
)
def test_of_qts_words_only_the_function_is_kept(message: str, logged: str) -> None:
    assert qt_words("default", message) == logged


def test_everything_is_given_back(qtbot: QtBot) -> None:
    def hooks() -> tuple[object, ...]:
        return sys.excepthook, threading.excepthook, sys.unraisablehook, *logging.getLogger("ptodesk_gui").handlers

    before = hooks()
    faults = Faults()
    faults.install()
    assert not {*hooks()[:3]} & {*before[:3]}
    faults.uninstall()
    assert hooks() == before
