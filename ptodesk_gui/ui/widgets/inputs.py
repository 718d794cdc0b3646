"""Inputs for typed text: nothing typed is altered, except that a pasted line break becomes a space on one line."""

import re
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, QSize, Qt, Signal
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
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from ptodesk_gui.ui import theme
from ptodesk_gui.ui.widgets.scrolling import SlimScrollBar

_BREAKS: Final = re.compile("\r\n|[\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029]")
_MOST: Final = 10_000_000  # Qt cuts a line off silently at 32,767 characters
_BAR: Final = 4  # pixels of the bar that marks a field with a fault
_INSET: Final = 6


class LineInput(QLineEdit):
    """A field of one line. Undo goes on working after a paste with line breaks."""

    text_pasted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fault = False
        self.setMaxLength(_MOST)
        self.setFrame(False)
        self.setTextMargins(_INSET, 3, _INSET, 3)
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
        """The field and its frame."""
        super().paintEvent(event)
        paint_frame(self, self.hasFocus(), self._fault)

    def _paste(self, data: QMimeData) -> None:
        if data.hasText() and not self.isReadOnly():
            self._begin_undo_step()
            self.insert(_BREAKS.sub(" ", data.text()))
            self._begin_undo_step()
            self.text_pasted.emit()

    def _begin_undo_step(self) -> None:
        """Qt begins a new step of undo when the cursor moves, and has no other call for it."""
        if not self.hasSelectedText() and self.text():
            at = self.cursorPosition()
            self.setCursorPosition(at - 1 if at else 1)
            self.setCursorPosition(at)


class TextInput(QPlainTextEdit):
    """A field of several lines. Tab leaves it; Shift+Enter makes a new line, Enter is left to the form."""

    text_pasted = Signal()

    def __init__(self, lines: int, parent: QWidget | None = None, *, least: int = 0) -> None:
        """``least`` lines are enough where the window is low; 0: as many as ``lines``."""
        super().__init__(parent)
        self._least = least or lines
        self.setFont(theme.font(1.08))
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(1)
        self._lines = lines
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """So many lines; it takes more where there is room."""
        return QSize(240, self.fontMetrics().lineSpacing() * self._lines + 6)

    def minimumSizeHint(self) -> QSize:
        """So many lines, fewer where the window is low."""
        return QSize(120, self.fontMetrics().lineSpacing() * self._least + 6)

    @property
    def typed(self) -> str:
        """What stands in the field, letter for letter (``toPlainText`` turns hard spaces into plain ones)."""
        return self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")

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


class TextFrame(QWidget):
    """The frame round a ``TextInput``: painted beside the text, because text that scrolls takes along what is painted on it."""

    def __init__(self, field: TextInput) -> None:
        super().__init__()
        self._field = field
        self._fault = False
        row = QHBoxLayout(self)
        row.setContentsMargins(_INSET - 1, 3, 3, 3)
        row.addWidget(field)
        field.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        field.setVerticalScrollBar(SlimScrollBar())
        field.installEventFilter(self)

    def set_fault(self, fault: bool) -> None:
        """Mark the field as one that cannot be used as it is."""
        if fault != self._fault:
            self._fault = fault
            self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The frame shows where the keyboard is."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frame."""
        paint_frame(self, self._field.hasFocus(), self._fault)


def paint_frame(widget: QWidget, focused: bool, fault: bool) -> None:
    """A thin frame; a thick one with the keyboard; a bar at the start when what is typed cannot be used."""
    c = theme.colours(widget.palette())
    box = QRectF(widget.rect())
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if fault:
        bar = QRectF(1, 2, _BAR, box.height() - 4)
        if widget.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            bar.moveRight(box.width() - 1)
        painter.fillRect(bar, c.error)
    width = 2.0 if focused else 1.0
    inset = width / 2
    painter.setPen(QPen(c.accent if focused else c.error if fault else c.border, width))
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), 5, 5)
    painter.end()
