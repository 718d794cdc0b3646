"""An unexpected error ends nothing and gives nobody's data away."""

import logging
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import qWarning
from pytestqt.qtbot import QtBot

from ptodesk_gui.application.faults import Faults

WITNESS = "Jane Witness, 1 Main St"


@pytest.fixture
def faults() -> Iterator[Faults]:
    faults = Faults()
    faults.install()
    yield faults
    faults.uninstall()


def test_an_error_is_said_and_logged_without_its_words(
    faults: Faults, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    with qtbot.waitSignal(faults.happened) as happened:
        try:
            raise ValueError(WITNESS)
        except ValueError:
            sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]
    assert happened.args is not None
    assert "ValueError" in happened.args[0]
    assert "the program goes on" in happened.args[0]
    assert WITNESS not in happened.args[0] + caplog.text
    assert "test_faults.py" in caplog.text


def test_an_error_in_a_thread_is_said_as_well(faults: Faults, qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> None:
        raise OSError(WITNESS)

    with qtbot.waitSignal(faults.happened):
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
    assert WITNESS not in caplog.text


def test_what_qt_says_goes_to_the_log(faults: Faults, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    qWarning("a word of Qt's")
    assert "a word of Qt's" in caplog.text


def test_everything_is_given_back(qtbot: QtBot) -> None:
    before = (sys.excepthook, threading.excepthook)
    faults = Faults()
    faults.install()
    assert sys.excepthook is not before[0]
    faults.uninstall()
    assert (sys.excepthook, threading.excepthook) == before
