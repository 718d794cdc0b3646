"""Every page of the window can be worked by keyboard and spoken by a screen reader, and a disk that fails stops no call."""

import sqlite3
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from ptodesk_gui.application.practice_place import PracticePlace
from ptodesk_gui.sop.entry import Field
from tests.acceptance.agent import SAMPLE, Agent
from tests.acceptance.conftest import OpenWindow


def unnamed(window: QWidget) -> list[str]:
    """Widgets that take the keyboard and have no name to be spoken."""
    found = []
    for widget in window.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.objectName().startswith("qt_"):
            spoken = QAccessible.queryAccessibleInterface(widget)
            if spoken is None or not spoken.text(QAccessible.Text.Name).strip():
                found.append(f"{type(widget).__name__} {widget.objectName()!r}")
    return found


def test_every_widget_that_takes_the_keyboard_has_a_name(agent: Agent) -> None:
    agent.type_call(SAMPLE | {Field.REP_EMAIL: ""})
    agent.end_and_file()
    agent.chord("Ctrl+Shift+O")
    assert agent.app.settling is not None
    assert unnamed(agent.app.window) == []
    assert unnamed(agent.app.settling.dialog) == []


def test_what_follows_is_painted_in_the_same_turn_as_the_key(agent: Agent) -> None:
    agent.go_to(Field.FIRST_NAME)
    agent.write("J")
    assert agent.app.call.view is not None
    assert agent.app.call.view.case.homeowner.first_name == "J"
    assert agent.app.window.call_page._view is agent.app.call.view


def test_a_store_that_cannot_be_opened_is_said_and_the_call_goes_on(folder: Path, open_window: OpenWindow) -> None:
    place = PracticePlace(folder)
    with closing(sqlite3.connect(place.store_path)) as newer:
        newer.execute("PRAGMA user_version = 1000000")  # of a version to come: neither read nor set aside
    agent = open_window(place, wait=False)
    agent.wait(lambda: bool(agent.app.call.entry.agent) and bool(agent.strip), "The window")
    assert agent.strip
    agent.type_call(SAMPLE)
    agent.end_call()
    agent.chord("Ctrl+Return")
    agent.wait(lambda: "Nothing was filed" in agent.strip, "The refusal")
    assert agent.page == "review"
    assert agent.app.call.entry.text(Field.LAST_NAME) == "Doe"
