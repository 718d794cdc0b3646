"""The page about the playbook: which is in use, why, and what is wrong with the other one; all of it by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from ptodesk_gui.ui.settings.playbook_page import PlaybookPage, PlaybookView

WELL = PlaybookView(("In use: version 7 of the playbook, which holds from 1/1/2026 on.", "It came with the program."))
FAULTY = PlaybookView(
    (*WELL.sentences, "The playbook of the settings has faults and is not used (2 faults)."),
    ("playbook.toml:3: grace_days is no number.", "replies/say_past.txt:1: <b>${nobody}</b> is no variable."),
)


@pytest.fixture
def shown(qtbot: QtBot, themed: QApplication) -> PlaybookPage:
    """The page in a window that has the keyboard."""
    made = PlaybookPage()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def words(page: PlaybookPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


def test_a_good_playbook_is_named_and_no_faults_are_listed(shown: PlaybookPage) -> None:
    shown.set_view(WELL)
    assert all(sentence in words(shown) for sentence in WELL.sentences)
    assert not shown.list.isVisible()
    assert "Faults" not in words(shown)


def test_every_fault_is_a_row_in_its_own_words(shown: PlaybookPage) -> None:
    shown.set_view(FAULTY)
    rows = [shown.list.item(row).text() for row in range(shown.list.count())]
    assert rows == list(FAULTY.faults), "markup in them stays text"
    assert shown.list.isVisible()
    assert shown.list.accessibleName() == "Faults of the playbook"
    shown.set_view(WELL)
    assert not shown.list.isVisible(), "they have been mended"


@pytest.mark.parametrize(("view", "what"), [(WELL, "Back to the call"), (FAULTY, "Faults of the playbook")])
def test_the_keyboard_is_where_there_is_something_to_do(shown: PlaybookPage, view: PlaybookView, what: str) -> None:
    shown.hide()
    shown.set_view(view)
    shown.show()
    focused = shown.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == what


@pytest.mark.parametrize(("key", "signal"), [(Qt.Key.Key_F5, "again_requested"), (Qt.Key.Key_Escape, "back_requested")])
def test_it_is_read_again_and_left_by_one_key(shown: PlaybookPage, qtbot: QtBot, key: Qt.Key, signal: str) -> None:
    shown.set_view(FAULTY)
    shown.list.setFocus()
    with qtbot.waitSignal(getattr(shown, signal)):
        QTest.keyClick(shown.list, key)
    names = {button.accessibleName() for button in shown.findChildren(QPushButton)}
    assert names == {"Back to the call", "Read it again"}
