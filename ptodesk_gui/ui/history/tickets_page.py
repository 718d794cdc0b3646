"""Tickets that are there already: one by its key or address, or the next of those that wait."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from ptodesk_gui.ui.history.panel import wrapped_list
from ptodesk_gui.ui.history.view import WaitingView
from ptodesk_gui.ui.widgets.bidi import shown
from ptodesk_gui.ui.widgets.keyed import with_key
from ptodesk_gui.ui.widgets.page_column import page_column
from ptodesk_gui.ui.widgets.page_head import back_button, page_button, page_head
from ptodesk_gui.ui.widgets.plain_label import PlainLabel

TITLE: Final = "Tickets"
BACK: Final = "Back to the call"
KEY: Final = "&Key or address of a ticket, then Enter"
OPEN: Final = "Open"
WAITING: Final = "&Waiting tickets: Enter takes one"
AGAIN: Final = "Look again"
AGAIN_KEY: Final = "F5"
_STYLE: Final = "QListWidget::item { padding: 8px; }"


class TicketsPage(QWidget):
    """Paints the waiting list and asks for tickets to be opened."""

    open_requested = Signal(str)  # a key or address, as typed
    take_requested = Signal(str)  # the key of a waiting ticket
    refresh_requested = Signal()
    back_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setStyleSheet(_STYLE)
        self._view = WaitingView("")
        self.key = QLineEdit()
        self.key.setAccessibleName("Key or address of a ticket")
        self.key.setPlaceholderText("PTO-12")
        self.list = wrapped_list("Waiting tickets")
        self.list.setAlternatingRowColors(True)
        self._where = PlainLabel()
        self._word = PlainLabel()
        self._state = QLabel()
        for label in (self._where, self._word, self._state):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._lay_out()
        self.key.returnPressed.connect(self._open)
        self.key.installEventFilter(self)
        self.list.itemActivated.connect(lambda item: self.take_requested.emit(item.data(Qt.ItemDataRole.UserRole)))

    def set_waiting(self, view: WaitingView) -> None:
        """Paint the waiting list; the ticket with the keyboard keeps it."""
        if view == self._view:
            return
        self._view = view
        item = self.list.currentItem()
        current = item.data(Qt.ItemDataRole.UserRole) if item is not None else ""
        self._state.setText(view.words)
        self.list.clear()
        for line in view.lines:
            made = QListWidgetItem(shown(f"{line.key}   {line.title}\n{line.about}"))
            made.setData(Qt.ItemDataRole.UserRole, line.key)
            self.list.addItem(made)
            if line.key == current:
                self.list.setCurrentItem(made)
        if self.list.currentRow() < 0 and view.lines:
            self.list.setCurrentRow(0)

    def set_where(self, text: str) -> None:
        """Say into which call a ticket is opened."""
        self._where.setText(text)

    def say(self, text: str) -> None:
        """Say what became of the ticket that was asked for."""
        self._word.setText(text)
        self._word.setVisible(bool(text))

    def clear_key(self) -> None:
        """The key was taken."""
        self.key.clear()

    def showEvent(self, event: QShowEvent) -> None:
        """The key has the keyboard; Down goes to the list."""
        super().showEvent(event)
        self.key.setFocus(Qt.FocusReason.OtherFocusReason)
        self.key.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes from the key to the list."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().eventFilter(watched, event)

    def _open(self) -> None:
        if self.key.text().strip():
            self.open_requested.emit(self.key.text())

    def _lay_out(self) -> None:
        back = back_button(self, BACK, self.back_requested.emit)
        again = page_button(self, AGAIN, AGAIN_KEY, self.refresh_requested.emit)
        key_label, list_label = QLabel(KEY), QLabel(WAITING)
        key_label.setBuddy(self.key)
        list_label.setBuddy(self.list)
        open_ = QPushButton(with_key(OPEN, "Enter"))
        open_.setAccessibleName(OPEN)
        open_.clicked.connect(self._open)
        key_row = QHBoxLayout()
        key_row.addWidget(self.key, 1)
        key_row.addWidget(open_)
        list_row = QHBoxLayout()
        list_row.addWidget(list_label)
        list_row.addWidget(self._state, 1)
        list_row.addWidget(again)
        column = page_column(self)
        column.setSpacing(8)
        column.addLayout(page_head(TITLE, back))
        column.addWidget(key_label)
        column.addLayout(key_row)
        column.addWidget(self._where)
        column.addWidget(self._word)
        column.addLayout(list_row)
        column.addWidget(self.list, 1)
