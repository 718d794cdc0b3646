"""Links that come as an event: macOS hands them over so."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QUrl
from PySide6.QtGui import QFileOpenEvent
from pytestqt.qtbot import QtBot

from ptodesk_gui.application.opened import Opened

LINK = "ptodesk://call?name=Jane%20Doe&email=jane%40example.com"


def test_a_link_is_told_as_it_was_written_also_one_of_before_anybody_listened(qtbot: QtBot) -> None:
    receiver, told = QObject(), []
    opened = Opened(receiver)
    opened.link.connect(told.append)
    QCoreApplication.sendEvent(receiver, QFileOpenEvent(QUrl(LINK)))
    assert told == []
    assert opened.take() == [LINK]
    QCoreApplication.sendEvent(receiver, QEvent(QEvent.Type.User))
    QCoreApplication.sendEvent(receiver, QFileOpenEvent(QUrl(LINK)))
    assert told == [LINK]
