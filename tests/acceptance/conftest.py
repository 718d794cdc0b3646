"""Whole calls through the real window against a practice desk over HTTP."""

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from ptodesk_gui.app import App
from ptodesk_gui.application.clock import Clock
from ptodesk_gui.application.place import Place
from ptodesk_gui.application.practice_place import PracticePlace
from tests.acceptance.agent import TODAY, Agent, Desk
from tests.acceptance.programs import Start, Started

OpenWindow = Callable[..., Agent]


@pytest.fixture
def folder(tmp_path: Path, furnished: Path) -> Path:
    """A practice desk's folder of the test's own."""
    return Path(shutil.copytree(furnished, tmp_path / "practice"))


@pytest.fixture
def place(folder: Path) -> PracticePlace:
    """Practice mode in that folder."""
    return PracticePlace(folder)


@pytest.fixture
def open_window(qapp: QApplication) -> Iterator[OpenWindow]:
    """Opens a window on a place, as of TODAY; it is closed afterwards, and everything behind it as well."""
    made: list[Agent] = []

    def make(place: Place, *, wait: bool = True, now: Callable[[], float] = time.time, countdown: int = 0) -> Agent:
        agent = Agent(
            App(
                place,
                Clock(now=now, today=lambda: TODAY),
                practice=isinstance(place, PracticePlace),
                countdown=countdown,
            )
        )
        made.append(agent)
        if wait:
            agent.open()
        else:
            agent.app.start()
        return agent

    yield make
    for agent in made:
        agent.app.window.close()
        agent.app.stop()
        agent.app.window.deleteLater()
        agent.app.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


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


@pytest.fixture
def agent(open_window: OpenWindow, place: PracticePlace) -> Agent:
    """An agent before an open window in practice mode."""
    return open_window(place)


@pytest.fixture
def desk(agent: Agent, place: PracticePlace) -> Iterator[Desk]:
    """The practice desk behind the window."""
    assert place.served is not None
    desk = Desk(place.served)
    yield desk
    desk.close()
