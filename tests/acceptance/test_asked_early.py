"""The first half second: the window stands, and what answers its keys is built in turns behind it."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from ptodesk_gui.application.calling import LOADING
from ptodesk_gui.application.practice_place import PracticePlace
from ptodesk_gui.sop.entry import Field
from ptodesk_gui.ui.settings import SettingsDialog
from ptodesk_gui.ui.text_size import set_text_size, text_size
from ptodesk_gui.ui.theme import USUAL
from tests.acceptance.agent import Agent
from tests.acceptance.conftest import OpenWindow


def settings_are_open(_agent: Agent) -> bool:
    return any(isinstance(window, SettingsDialog) and window.isVisible() for window in QApplication.topLevelWidgets())


def larger(_agent: Agent) -> bool:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return text_size(application) > USUAL


@pytest.mark.parametrize(
    ("keys", "answered"),
    [
        ("Ctrl+Shift+O", lambda agent: agent.page == "outbox"),
        ("Ctrl+,", settings_are_open),
        ("F9", lambda agent: agent.app.window.notice == LOADING),
        ("Ctrl+=", larger),
    ],
)
def test_what_is_asked_for_while_the_window_is_being_built_is_answered(
    open_window: OpenWindow, place: PracticePlace, keys: str, answered: Callable[[Agent], bool], qapp: QApplication
) -> None:
    agent = open_window(place, wait=False)
    agent.app.window.painted.connect(lambda: agent.chord(keys))
    try:
        agent.wait(lambda: agent.app.filing is not None and answered(agent), f"The answer to {keys}")
    finally:
        set_text_size(qapp, USUAL)


def test_a_new_call_begins_with_its_key_and_not_with_the_letters_after_it(
    open_window: OpenWindow, place: PracticePlace
) -> None:
    agent = open_window(place, wait=False)

    def take_two_calls() -> None:
        agent.write("Jane")
        agent.chord("Ctrl+N")
        agent.write("Bert")

    agent.app.window.painted.connect(take_two_calls)
    agent.wait(lambda: agent.app.call.view is not None, "The procedure")
    assert agent.app.call.entry.text(Field.FIRST_NAME) == "Bert"
    assert [call.entry.text(Field.FIRST_NAME) for call in agent.app.calling.open_calls.all] == ["Jane"]
