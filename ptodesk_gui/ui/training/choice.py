"""The list of practice callers to choose from."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from ptodesk_gui.sop.training import CallerRow
from ptodesk_gui.ui.training import words
from ptodesk_gui.ui.training.text import text_label
from ptodesk_gui.ui.widgets.keyed import with_key


class CallerChoice(QWidget):
    """Paints the callers; Enter or the button lets the chosen one call."""

    chosen = Signal(str)  # caller id

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[CallerRow, ...] = ()
        self._list = QListWidget()
        self._list.setAccessibleName(words.CALLERS)
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setStyleSheet("QListWidget::item { padding: 4px; }")
        self._about = text_label(words.NOBODY)
        self._begin = QPushButton(with_key(words.BEGIN, "Enter"))
        self._begin.setAccessibleName(words.BEGIN)
        self._begin.setObjectName("primaryButton")
        self._begin.setEnabled(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(text_label(words.CHOOSE, bold=True))
        column.addWidget(self._list, 1)
        column.addWidget(self._about)
        column.addWidget(self._begin)
        self._list.currentRowChanged.connect(self._show)
        self._list.itemActivated.connect(self._emit)
        self._begin.clicked.connect(self._emit)

    def set_callers(self, rows: tuple[CallerRow, ...]) -> None:
        """Show these callers in their order."""
        self._rows = rows
        self._list.clear()
        for row in rows:
            self._list.addItem(QListWidgetItem(row.title))
        self._begin.setEnabled(bool(rows))
        if rows:
            self._list.setCurrentRow(0)

    def take_keyboard(self) -> None:
        """The list has the keyboard."""
        self._list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show(self, row: int) -> None:
        chosen = self._rows[row] if 0 <= row < len(self._rows) else None
        self._about.setText(words.NOBODY if chosen is None else f"{chosen.channel}. {chosen.about}")

    def _emit(self) -> None:
        row = self._list.currentRow()
        if 0 <= row < len(self._rows):
            self.chosen.emit(self._rows[row].id)
