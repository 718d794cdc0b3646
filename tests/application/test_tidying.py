"""Python's collector runs on the window's thread alone: no widget is destroyed by another."""

import gc
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ptodesk_gui.app import App
from ptodesk_gui.application.backstage import Backstage
from ptodesk_gui.application.clock import Clock
from ptodesk_gui.application.practice_place import PracticePlace
from ptodesk_gui.application.tidying import Tidying


class Circle:
    """Something that only the collector finds, and that tells on which thread it was found."""

    def __init__(self, found: list[threading.Thread]) -> None:
        self.found = found
        self.itself = self

    def __del__(self) -> None:
        self.found.append(threading.current_thread())


def made_elsewhere(found: list[threading.Thread]) -> None:
    """So much garbage, made on a thread of its own, that Python would look for it there."""

    def make() -> None:
        for _ in range(20 * gc.get_threshold()[0]):
            Circle(found)

    thread = threading.Thread(target=make)
    thread.start()
    thread.join()


@pytest.fixture
def tidying(qtbot: QtBot) -> Iterator[Tidying]:
    gc.enable()
    parent = QObject()
    made = Tidying(parent)
    assert not gc.isenabled()
    yield made
    made.stop()
    assert gc.isenabled()
    gc.disable()  # as every test with a window has it


def test_without_it_another_thread_destroys_what_it_happens_to_find() -> None:
    found: list[threading.Thread] = []
    made_elsewhere(found)
    assert found
    assert threading.main_thread() not in found


def test_with_it_only_the_window_s_thread_does(tidying: Tidying, qtbot: QtBot) -> None:
    found: list[threading.Thread] = []
    made_elsewhere(found)
    assert found == []
    qtbot.waitUntil(lambda: bool(found), timeout=60_000)
    assert set(found) == {threading.main_thread()}


def test_it_is_so_from_before_there_is_another_thread_to_the_end(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []
    begin, end = Backstage.__init__, Backstage.stop

    def begun(self: Backstage, *given: Any, **more: Any) -> None:
        seen.append(gc.isenabled())
        begin(self, *given, **more)

    def ended(self: Backstage) -> bool:
        seen.append(gc.isenabled())
        return end(self)

    monkeypatch.setattr(Backstage, "__init__", begun)
    monkeypatch.setattr(Backstage, "stop", ended)
    gc.enable()
    app = App(PracticePlace(tmp_path / "practice"), Clock(), practice=True)
    with qtbot.waitSignal(app.backstage.opened):
        app.start()
    app.window.close()
    app.stop()
    app.window.deleteLater()
    assert seen == [False, False]
    assert gc.isenabled()
    gc.disable()
