"""Inputs for typed text: nothing typed is altered, except that a pasted line break becomes a space on one line."""

import re
from typing import Final

from PySide6.QtCore import QMimeData, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QClipboard,
    QContextMenuEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from ptodesk_gui.ui import theme

_BREAKS: Final = re.compile("\r\n|[\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029]")
_MOST: Final = 10_000_000  # Qt cuts a line off silently at 32,767 characters
_BAR: Final = 4  # pixels of the bar that marks a field with a fault


class LineInput(QLineEdit):
    """A field of one line. Undo goes on working after a paste with line breaks."""

    text_pasted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fault = False
        self.setMaxLength(_MOST)
        self.setFont(theme.font(1.08))

    def set_fault(self, fault: bool) -> None:
        """Mark the field as one that cannot be used as it is."""
        if fault != self._fault:
            self._fault = fault
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste on one line."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste(QGuiApplication.clipboard().mimeData())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Paste the selection of another program on one line, where the system has that."""
        clipboard = QGuiApplication.clipboard()
        if event.button() is Qt.MouseButton.MiddleButton and clipboard.supportsSelection():
            self.setCursorPosition(self.cursorPositionAt(event.position().toPoint()))
            self._paste(clipboard.mimeData(QClipboard.Mode.Selection))
        else:
            super().mouseReleaseEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take dropped text on one line; text dragged within the field moves as it is."""
        if event.source() is self or not _BREAKS.search(event.mimeData().text()):
            super().dropEvent(event)
            return
        self.setCursorPosition(self.cursorPositionAt(event.position().toPoint()))
        self._paste(event.mimeData())
        event.acceptProposedAction()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The usual menu, with a Paste that keeps to one line."""
        menu = self.createStandardContextMenu()
        for action in menu.actions():
            if action.objectName() == "edit-paste":
                action.triggered.disconnect()
                action.triggered.connect(lambda: self._paste(QGuiApplication.clipboard().mimeData()))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, and a bar at its start while it has a fault."""
        super().paintEvent(event)
        if self._fault:
            _paint_fault(self, self.layoutDirection())

    def _paste(self, data: QMimeData) -> None:
        if data.hasText() and not self.isReadOnly():
            self.insert(_BREAKS.sub(" ", data.text()))
            self.text_pasted.emit()


class TextInput(QPlainTextEdit):
    """A field of several lines. Tab leaves it; Shift+Enter makes a new line, Enter is left to the form."""

    text_pasted = Signal()

    def __init__(self, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fault = False
        self.setFont(theme.font(1.08))
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(2)
        self._lines = lines
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """So many lines; it takes more where there is room."""
        return QSize(240, self.fontMetrics().lineSpacing() * self._lines + 12)

    def minimumSizeHint(self) -> QSize:
        """So many lines."""
        return QSize(120, self.sizeHint().height())

    @property
    def typed(self) -> str:
        """What stands in the field, letter for letter (``toPlainText`` turns hard spaces into plain ones)."""
        return self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")

    def set_fault(self, fault: bool) -> None:
        """Mark the field as one that cannot be used as it is."""
        if fault != self._fault:
            self._fault = fault
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Shift+Enter makes a new line."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.insertPlainText("\n")
            self.ensureCursorVisible()
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste or drop, and say so."""
        super().insertFromMimeData(source)
        if source.hasText():
            self.text_pasted.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, and a bar at its start while it has a fault."""
        super().paintEvent(event)
        if self._fault:
            _paint_fault(self.viewport(), self.layoutDirection())


def _paint_fault(widget: QWidget, direction: Qt.LayoutDirection) -> None:
    bar = QRect(0, 0, _BAR, widget.height()).adjusted(0, 2, 0, -2)
    if direction is Qt.LayoutDirection.RightToLeft:
        bar.moveRight(widget.width() - 1)
    painter = QPainter(widget)
    painter.fillRect(bar, theme.colours(widget.palette()).error)
    painter.end()
