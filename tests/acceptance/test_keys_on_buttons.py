"""Every button shows the key that does the same, in whatever state the window is; and no key is wanted by two."""

from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ptodesk_gui.sop.training import CallerView, TicketRef
from ptodesk_gui.ui.history.lines_panel import LinesPanel
from ptodesk_gui.ui.history.offers_panel import OffersPanel
from ptodesk_gui.ui.history.panel import HistoryPanel
from ptodesk_gui.ui.history.source_panel import SourcePanel
from ptodesk_gui.ui.outbox.followup_box import FollowUpBox
from ptodesk_gui.ui.outbox.kept_box import KeptBox
from ptodesk_gui.ui.outbox.plan_detail import PlanDetail
from ptodesk_gui.ui.report.dialog import ReportDialog
from ptodesk_gui.ui.settings.check_dialog import CheckDialog
from ptodesk_gui.ui.settings.dialog import SettingsDialog
from ptodesk_gui.ui.training import ComparisonPage, TrainingPanel
from ptodesk_gui.ui.widgets.keyed import give_key, say_on
from scripts.camera import Camera
from scripts.pictures import walk
from tests.acceptance.keys_seen import unseen_keys, wanted_twice

PARTS = (
    *(HistoryPanel, LinesPanel, OffersPanel, SourcePanel),
    *(FollowUpBox, KeptBox, PlanDetail, ReportDialog, CheckDialog, SettingsDialog, ComparisonPage),
)


class Reader(Camera):
    """Reads what stands on the buttons of every state, instead of taking a picture."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.taken: list[str] = []
        self.found: dict[str, list[str]] = {}

    def take(self, name: str, *, main: bool = False) -> None:
        """Read the window."""
        self.take_apart(name, self._window)

    def take_apart(self, name: str, widget: QWidget) -> None:
        """Read a window of its own."""
        QApplication.processEvents()
        self.taken.append(name)
        if wrong := unseen_keys(widget) + wanted_twice(widget):
            self.found[name] = wrong

    def take_as_it_is(self, name: str) -> None:
        """Read the window in the shape it has."""
        self.take_apart(name, self._window)


def test_every_button_shows_its_key_in_every_state_and_no_key_does_two_things(
    qapp: QApplication, tmp_path: Path
) -> None:
    made: list[Reader] = []

    def reader(window: QWidget) -> Reader:
        made.append(Reader(window))
        return made[0]

    assert len(walk(reader, tmp_path)) > 20
    assert made[0].found == {}


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_every_button_of_what_is_there_now_and_then_shows_its_key(qtbot: QtBot, part: type[QWidget]) -> None:
    made = QWidget()
    qtbot.addWidget(made)
    inner = part(made)
    assert inner.findChildren(QPushButton)
    assert unseen_keys(inner, hidden=True) == []


def test_every_button_beside_a_practice_caller_shows_its_key(qtbot: QtBot) -> None:
    bad_day = QAction("Bad day")
    bad_day.setShortcut("Ctrl+Shift+B")
    panel = TrainingPanel(bad_day)
    qtbot.addWidget(panel)
    ticket = TicketRef("Source ticket", "EBH-1")
    panel.set_caller(CallerView("Sample", "Email", "Asks", ("Hello",), 2, "Job", (ticket, ticket)))
    assert len(panel.findChildren(QPushButton)) > 5
    assert unseen_keys(panel, hidden=True) == []


def test_a_button_that_says_something_else_keeps_its_key(qtbot: QtBot) -> None:
    button = QPushButton("&Save")
    qtbot.addWidget(button)
    assert unseen_keys(QWidget()) == []
    give_key(button, "Ctrl+Delete")
    assert (button.text(), button.accessibleName()) == ("&Save  Ctrl+Del", "Save")
    say_on(button, "Really &save")
    assert (button.text(), button.accessibleName()) == ("Really &save  Ctrl+Del", "Really save")


def test_a_button_without_its_key_and_a_key_wanted_twice_are_found(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    first, second = QPushButton("One", window), QPushButton("Two", window)
    give_key(first, "F2")
    second.setText("Two  F2")
    assert unseen_keys(window) == wanted_twice(window) == []
    first.setText("One  F3")
    give_key(second, "F2")
    assert unseen_keys(window) == ["'One  F3' does not show F2"]
    assert wanted_twice(window) == ["F2: One and Two  F2"]
