"""A panel over what follows from the call: opened by a key, left by Esc, back in the field where the agent was."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ptodesk_gui.sop.tickets import HistoryRow, HistoryView
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.widgets.bidi import shown
from ptodesk_gui.ui.widgets.keyed import with_key
from ptodesk_gui.ui.widgets.page_head import give_page_key
from ptodesk_gui.ui.widgets.plain_label import PlainLabel

CLOSE: Final = "Close"
CLOSE_KEY: Final = "Esc"
TITLE: Final = "Open tickets"
HOW: Final = (
    "Enter chooses a ticket, or lets go of the chosen one; none is chosen by itself. "
    "Ctrl+Enter chooses it and shows what can be taken over from it."
)
TAKE: Final = "Choose, and take over"
TAKE_KEYS: Final = ("Ctrl+Return", "Ctrl+Enter")
ANOTHER: Final = "&Another open ticket: key or address, then Enter"
CHOSEN: Final = "CHOSEN: "
SURE: Final = "Sure: "
DOUBTFUL: Final = "Doubtful: "
LAST: Final = "Last public comment: "


STYLE: Final = "QListWidget::item { padding: 4px 8px; }"


def wrapped_list(name: str) -> QListWidget:
    """A list whose texts wrap at its width, whatever that becomes."""
    made = QListWidget()
    made.setAccessibleName(name)
    made.setWordWrap(True)
    made.setResizeMode(QListWidget.ResizeMode.Adjust)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return made


class Panel(QWidget):
    """The frame that the panels share: a title, Esc, and the keyboard back where it was."""

    left = Signal()

    def __init__(self, title: str, how: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._before: QWidget | None = None
        self.title = PlainLabel(title)
        self.title.setFont(theme.font(theme.LEAD, bold=True))
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.how = QLabel(how)
        self.how.setWordWrap(True)
        self.how.setForegroundRole(self.how.palette().ColorRole.PlaceholderText)
        give_page_key(self, CLOSE, CLOSE_KEY, self.leave)
        close = QPushButton(with_key(CLOSE, CLOSE_KEY))
        close.setAccessibleName(CLOSE)
        close.clicked.connect(self.leave)
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(close)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(12, 8, 12, 12)
        self.column.setSpacing(8)
        self.column.addLayout(top)
        self.column.addWidget(self.how)
        self.setStyleSheet(STYLE)
        theme.dress(self)
        self.hide()

    def enter(self, first: QWidget) -> None:
        """The panel was shown: the keyboard goes into it, and will go back."""
        focused = QApplication.focusWidget()
        if focused is not None and not self.isAncestorOf(focused):
            self._before = focused
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Close; the keyboard goes back to where it was."""
        if not self.isVisible():
            return
        had_keyboard = self.isAncestorOf(QApplication.focusWidget() or self)
        self.hide()
        if had_keyboard and self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None
        self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A panel that stands out from what it lies over."""
        c = theme.colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), c.window)
        painter.setPen(QPen(c.accent, 1.5))
        painter.setBrush(c.panel)
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 7, 7)
        painter.end()


class HistoryPanel(Panel):
    """Paints a ``HistoryView`` and asks for a ticket to be chosen or let go."""

    chosen = Signal(object)  # HistoryRow
    taken_over = Signal(object)  # HistoryRow: chosen, and its facts are to be offered
    named = Signal(str)  # a key or address, as typed

    def __init__(self, parent: QWidget) -> None:
        super().__init__(TITLE, HOW, parent)
        self._view = HistoryView("")
        self._current = ""
        self._painted = True
        self.list = wrapped_list(TITLE)
        self.list.itemActivated.connect(self._activated)
        give_page_key(self, TAKE, TAKE_KEYS, self._take)
        self.key = QLineEdit()
        self.key.setAccessibleName("Key or address of another open ticket")
        self.key.returnPressed.connect(lambda: self.named.emit(self.key.text()))
        label = QLabel(ANOTHER)
        label.setBuddy(self.key)
        self._word = PlainLabel()
        self._word.setWordWrap(True)
        self._word.setTextFormat(Qt.TextFormat.PlainText)
        for widget, stretch in ((self.list, 1), (label, 0), (self.key, 0), (self._word, 0)):
            self.column.addWidget(widget, stretch)

    def open(self) -> None:
        """The panel was shown: the keyboard goes to the list, or to the key where there is no list."""
        self._paint()
        self.say("")
        self.enter(self.list if self.list.count() else self.key)

    def set_history(self, view: HistoryView) -> None:
        """Paint these tickets; the row with the keyboard keeps it."""
        if view == self._view:
            return
        if self._painted:
            self._current = self._current_key()
        self._view, self._painted = view, False
        if self.isVisible():
            self._paint()

    def _paint(self) -> None:
        """Only while it is seen: the tickets change with the letters of a name."""
        if self._painted:
            return
        self._painted = True
        view, current = self._view, self._current
        self.title.setText(view.headline or TITLE)
        self.list.clear()
        for number, row in enumerate(view.rows):
            item = QListWidgetItem(shown(row_text(row)))
            item.setData(Qt.ItemDataRole.UserRole, number)
            font = item.font()
            font.setBold(row.chosen)
            item.setFont(font)
            self.list.addItem(item)
            if row.match.ticket.key == current:
                self.list.setCurrentRow(number)
        if self.list.currentRow() < 0 and view.rows:
            self.list.setCurrentRow(0)
        self.list.setVisible(bool(view.rows))

    def say(self, text: str) -> None:
        """Say what became of the key that was typed."""
        self._word.setText(text)
        self._word.setVisible(bool(text))

    def clear_key(self) -> None:
        """The key was taken."""
        self.key.clear()

    def _take(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._view.rows):
            self.taken_over.emit(self._view.rows[row])

    def _current_key(self) -> str:
        row = self.list.currentRow()
        return self._view.rows[row].match.ticket.key if 0 <= row < len(self._view.rows) else ""

    def _activated(self, item: QListWidgetItem) -> None:
        self.chosen.emit(self._view.rows[int(item.data(Qt.ItemDataRole.UserRole))])


def row_text(row: HistoryRow) -> str:
    """A ticket in a few lines: what it is, status and age, why it may be the homeowner's, what was said last."""
    ticket = row.match.ticket
    state = ", ".join(part for part in (ticket.status, row.age) if part)
    lead = CHOSEN if row.chosen else ""
    why = f"{SURE if row.match.exact else DOUBTFUL}{row.match.reason}"
    last = f"{LAST}{row.last_comment}" if row.last_comment else ""
    head = f"{lead}{row.heading}" + (f"   {state}" if state else "")
    return "\n".join(part for part in (head, row.title, why, last) if part)
