"""What stands beside each other stands under each other where there is no room."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ptodesk_gui.ui.widgets.turning import Turning


def test_a_row_without_room_is_a_column_and_a_row_again_with_room(qtbot: QtBot) -> None:
    around = QWidget()
    made, within = Turning(8, around), QHBoxLayout()
    title, first, second = QPushButton("A title that is long"), QPushButton("One thing"), QPushButton("Another thing")
    within.addWidget(first)
    within.addWidget(second)
    made.row.addWidget(title)
    made.row.addLayout(within)
    qtbot.addWidget(around)
    around.show()
    made.resize(1000, 200)
    qtbot.waitUntil(lambda: first.x() > title.geometry().right())
    made.resize(made.minimumSizeHint().width(), 200)
    qtbot.waitUntil(lambda: first.y() > title.geometry().bottom())
    assert second.x() > first.geometry().right()
    second.hide()
    made.resize(title.minimumSizeHint().width() + first.minimumSizeHint().width() + 8, 200)
    made.text_resized()
    qtbot.waitUntil(lambda: first.x() > title.geometry().right())


def test_what_comes_into_a_row_that_is_shown_and_full_turns_it(qtbot: QtBot) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    made = Turning(8, around)
    first, second = QPushButton("One thing"), QPushButton("Another thing")
    made.row.addWidget(first)
    made.resize(first.sizeHint().width() + 8, 200)
    around.show()
    made.row.addWidget(second)
    qtbot.waitUntil(lambda: second.y() > first.geometry().bottom())
