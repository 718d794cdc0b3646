"""What later starts may say to the window: little, in bounds, from this user alone; anything else changes nothing."""

import contextlib
import json
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ptodesk_gui.application import handover
from ptodesk_gui.application.asked import Asked
from ptodesk_gui.application.handover import MOST_BYTES, MOST_CALLERS, Reception, message, read
from ptodesk_gui.application.presence import NOT_KNOWN, come_forward, hand_over
from ptodesk_gui.workstation.single_instance import LOCK, SingleInstance

unix_only = pytest.mark.skipif(sys.platform == "win32", reason="sockets with a place in the file system")


@pytest.fixture
def instance(tmp_path: Path) -> Iterator[SingleInstance]:
    """The place of the one window, taken."""
    instance = SingleInstance(tmp_path)
    assert instance.take()
    yield instance
    instance.give_up()


@pytest.fixture
def reception(instance: SingleInstance, qtbot: QtBot) -> Iterator[Reception]:
    reception = Reception(instance)
    assert reception.open()
    yield reception
    reception.close()


class Line:
    """A later start by hand."""

    def __init__(self, instance: SingleInstance) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(instance.holder()[1])

    def say(self, line: bytes) -> None:
        self._socket.sendall(line)

    def answer(self, qtbot: QtBot) -> bytes:
        """All that is answered until the window hangs up."""
        self._socket.setblocking(False)
        heard = bytearray()

        def over() -> bool:
            with contextlib.suppress(BlockingIOError, ConnectionResetError):
                heard.extend(more := self._socket.recv(MOST_BYTES))
                return not more
            return False

        qtbot.waitUntil(over, timeout=60_000)
        self._socket.close()
        return bytes(heard)


@unix_only
def test_the_window_is_asked_to_come_forward_and_says_that_it_did(
    reception: Reception, instance: SingleInstance, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(reception.show_requested):
        line = Line(instance)
        line.say(message(do="show"))
    assert read(line.answer(qtbot)) == {"ptodesk": 1, "did": "show"}


@unix_only
def test_a_later_versions_message_is_understood_as_far_as_it_goes(
    reception: Reception, instance: SingleInstance, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(reception.show_requested):
        line = Line(instance)
        line.say(b'{"ptodesk": 2, "do": "show", "colour": "red"}\n')
    assert read(line.answer(qtbot))["did"] == "show"


@unix_only
@pytest.mark.parametrize(
    "said",
    [
        b"\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b'{"ptodesk": 1, "do": "quit"}\n',
        b'{"ptodesk": 1, "do": ["show"]}\n',
        b'{"do": "show"}\n',
        b"[" * 3000 + b"\n",
        b"\xff\xfe\x00\n",
        b'{"ptodesk": 1e999, "do": "show"}\n',
        b'["show"]\n',
    ],
)
def test_anything_else_is_answered_and_nothing_happens(
    said: bytes, reception: Reception, instance: SingleInstance, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(reception.show_requested):
        line = Line(instance)
        line.say(said)
        assert read(line.answer(qtbot)) == {"ptodesk": 1, "did": ""}


@unix_only
def test_a_line_without_end_is_not_listened_to(reception: Reception, instance: SingleInstance, qtbot: QtBot) -> None:
    line = Line(instance)
    line.say(b"x" * MOST_BYTES)
    assert line.answer(qtbot) == b""


@unix_only
def test_who_says_nothing_is_not_waited_for(
    instance: SingleInstance, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handover, "ANSWER_SECONDS", 0.01)
    reception = Reception(instance)
    assert reception.open()
    line = Line(instance)
    assert line.answer(qtbot) == b""
    reception.close()


@unix_only
def test_of_very_many_callers_the_first_ones_are_listened_to(
    reception: Reception, instance: SingleInstance, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [Line(instance) for _ in range(MOST_CALLERS + 1)]
    assert lines.pop().answer(qtbot) == b""
    for line in lines:
        line.say(message(do="show"))
        assert read(line.answer(qtbot))["did"] == "show"


@unix_only
def test_only_the_user_reaches_the_window_and_its_name_tells_nothing(
    reception: Reception, instance: SingleInstance, tmp_path: Path
) -> None:
    place = Path(instance.holder()[1])
    assert place.stat().st_mode & 0o077 == 0
    assert place.parent.stat().st_mode & 0o077 == 0
    assert tmp_path.name not in place.name
    assert (tmp_path / LOCK).stat().st_mode & 0o077 == 0


@pytest.fixture
def short() -> Iterator[Path]:
    """A folder of the test's own with a short name: a socket's path has room for about 100 letters."""
    with TemporaryDirectory(prefix="p") as folder:
        yield Path(folder)


@unix_only
@pytest.mark.parametrize("spoilt", ["open to others", "a link", "missing"])
def test_a_place_that_others_may_use_is_not_used(
    spoilt: str, instance: SingleInstance, short: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    run, own = short / "run", short / "own"
    own.mkdir(mode=0o700)
    if spoilt == "open to others":
        run.mkdir()
        run.chmod(0o755)
    elif spoilt == "a link":
        run.symlink_to(own)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(run) if spoilt != "missing" else str(run / "away"))
    monkeypatch.setattr("tempfile.tempdir", str(short))
    reception = Reception(instance)
    assert reception.open()
    place = Path(instance.holder()[1]).parent
    reception.close()
    assert place == short / f"ptodesk-{os.getuid()}"


@unix_only
def test_with_no_place_of_ones_own_a_second_start_is_a_second_window(
    instance: SingleInstance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", "")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "away"))
    assert not Reception(instance).open()
    assert instance.holder() == (True, "")


def test_who_is_not_the_window_takes_no_calls(instance: SingleInstance, tmp_path: Path, qtbot: QtBot) -> None:
    assert not Reception(SingleInstance(tmp_path)).open()


def test_a_folder_that_cannot_be_locked_is_no_reason_to_ask_anybody(tmp_path: Path) -> None:
    instance = SingleInstance(tmp_path / "missing")
    assert not instance.take()
    assert hand_over(instance, Asked()) == ""
    assert instance.notice == NOT_KNOWN


def test_a_message_is_one_short_line() -> None:
    line = message(do="show")
    assert line.count(b"\n") == 1
    assert len(line) < MOST_BYTES
    assert json.loads(line) == {"ptodesk": 1, "do": "show"}


@pytest.mark.qt_log_ignore("does not support raise")
def test_a_minimized_window_comes_back_as_large_as_it_was(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.showMaximized()
    window.showMinimized()
    come_forward(window)
    assert not window.isMinimized()
    assert window.isMaximized()
    qtbot.waitUntil(window.isActiveWindow, timeout=60_000)
