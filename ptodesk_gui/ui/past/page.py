"""The page of past calls: a field to search with, what was found, and the chosen call in full."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ptodesk_gui.ui.past import text
from ptodesk_gui.ui.past.detail import PastDetail
from ptodesk_gui.ui.past.view import PastCallView, PastRow
from ptodesk_gui.ui.widgets.bidi import shown
from ptodesk_gui.ui.widgets.page_head import back_button, give_page_key, page_head

AFTER_MS = 120  # without a key
_STYLE = """
QListWidget { border: 1px solid palette(mid); border-radius: 6px; }
QListWidget::item { padding: 8px 4px; }
"""


class _Search(QLineEdit):
    """Up and Down move in the list below, the keyboard stays here."""

    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)


class PastPage(QWidget):
    """Asks for calls as one types, and paints what was found."""

    search_requested = Signal(str)
    call_chosen = Signal(int)  # plan id
    back_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setStyleSheet(_STYLE)
        self.detail = PastDetail()
        self._search = _Search()
        self._search.setAccessibleName(text.FIND.replace("&", ""))
        self._search.setPlaceholderText(text.EXAMPLE)
        self._search.setClearButtonEnabled(True)
        self._list = QListWidget()
        self._list.setAccessibleName(text.FOUND)
        self._list.setWordWrap(True)
        self._list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._words = QLabel()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(AFTER_MS)
        self._lay_out()
        self._soon.timeout.connect(self.look)
        self._search.textChanged.connect(lambda: self._soon.start())
        self._search.moved.connect(self._move)
        self._list.currentItemChanged.connect(self._chosen)

    def showEvent(self, event: QShowEvent) -> None:
        """The field has the keyboard, and what stands in it is replaced by the first letter."""
        super().showEvent(event)
        self._search.setFocus(Qt.FocusReason.OtherFocusReason)
        self._search.selectAll()

    def look(self) -> None:
        """Ask for what stands in the field now."""
        self._soon.stop()
        self._words.setText(text.LOOKING)
        self.search_requested.emit(self._search.text())

    def set_found(self, rows: tuple[PastRow, ...], words: str) -> None:
        """Show what was found; the newest is chosen."""
        self._words.setText(words)
        self._list.blockSignals(True)
        self._list.clear()
        for row in rows:
            item = QListWidgetItem(shown(f"{row.title}\n{row.about}"))
            item.setData(Qt.ItemDataRole.UserRole, row.plan_id)
            self._list.addItem(item)
        self._list.setCurrentRow(0 if rows else -1)
        self._list.blockSignals(False)
        self._chosen()

    def set_call(self, view: PastCallView) -> None:
        """Show a call in full, if it is still the chosen one."""
        if view.plan_id == self._current():
            self.detail.set_view(view)

    def _chosen(self) -> None:
        if (plan_id := self._current()) < 0:
            self.detail.set_view(None)
        else:
            self.call_chosen.emit(plan_id)

    def _current(self) -> int:
        item = self._list.currentItem()
        return -1 if item is None else int(item.data(Qt.ItemDataRole.UserRole))

    def _move(self, by: int) -> None:
        row = self._list.currentRow() + by
        if 0 <= row < self._list.count():
            self._list.setCurrentRow(row)

    def _lay_out(self) -> None:
        give_page_key(self, text.BEGIN, text.BEGIN_KEY, self.detail.begin)
        label = QLabel(text.FIND)
        label.setBuddy(self._search)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setAccessibleName(text.CHOSEN)
        scroll.setWidget(self.detail)
        split = QSplitter()
        split.addWidget(self._list)
        split.addWidget(scroll)
        split.setSizes([360, 840])
        column = QVBoxLayout(self)
        column.addLayout(page_head(text.TITLE, back_button(self, text.BACK, self.back_requested.emit)))
        for widget in (label, self._search, self._words):
            column.addWidget(widget)
        column.addWidget(split, 1)
