"""The page of tickets that are there already, by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ptodesk_gui.ui.history.tickets_page import TicketsPage
from ptodesk_gui.ui.history.view import WaitingLine, WaitingView
from ptodesk_gui.ui.main_window import MainWindow


@pytest.fixture
def window(qtbot: QtBot, themed: QApplication) -> MainWindow:
    made = MainWindow(practice=False)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def tickets(window: MainWindow) -> TicketsPage:
    page = TicketsPage()
    window.add_page("tickets", page)
    lines = tuple(WaitingLine(f"EBH-{n}", "Sample title", "Email, 2 days ago") for n in (1, 2))
    page.set_waiting(WaitingView("2 waiting.", lines))
    window.show_page("tickets")
    return page


def test_a_waiting_ticket_is_taken_by_arrows_and_enter(tickets: TicketsPage, qtbot: QtBot) -> None:
    assert tickets.key.hasFocus()
    QTest.keyClick(tickets.key, Qt.Key.Key_Down)
    QTest.keyClick(tickets.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(tickets.take_requested) as asked:
        QTest.keyClick(tickets.list, Qt.Key.Key_Return)
    assert asked.args == ["EBH-2"]


def test_an_empty_key_opens_nothing(tickets: TicketsPage, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(tickets.open_requested):
        QTest.keyClick(tickets.key, Qt.Key.Key_Return)
    QTest.keyClicks(tickets.key, "EBH-9")
    with qtbot.waitSignal(tickets.open_requested) as asked:
        QTest.keyClick(tickets.key, Qt.Key.Key_Return)
    assert asked.args == ["EBH-9"]


@pytest.mark.parametrize(
    ("key", "signal"), [(Qt.Key.Key_Escape, "back_requested"), (Qt.Key.Key_F5, "refresh_requested")]
)
def test_the_tickets_page_has_a_key_back_and_one_to_look_again(
    tickets: TicketsPage, qtbot: QtBot, key: Qt.Key, signal: str
) -> None:
    with qtbot.waitSignal(getattr(tickets, signal)):
        QTest.keyClick(tickets.key, key)
