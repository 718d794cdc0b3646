"""Inputs for typed text: nothing typed is altered; what is pasted comes as plain text, on one line where there is one."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from ptodesk_gui.ui import theme
from ptodesk_gui.ui.widgets import numbers, painting
from ptodesk_gui.ui.widgets.scrolling import SlimScrollBar

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QContextMenuEvent, QDropEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent

_MOST: Final = 10_000_000  # Qt cuts a line off silently at 32,767 characters
_BAR: Final = 4  # pixels of the bar that marks a field with a fault
_INSET: Final = 6
_OVER_LINES: Final = 8  # pixels of a field of several lines that are not text
_RADIUS: Final = 5.5
EXAMPLE_OPACITY: Final = (
    0.68  # opacity of an example in an empty field: weaker than anything typed, and still to be read
)


class LineInput(QLineEdit):
    """A field of one line. Undo goes on working after a paste with line breaks."""

    text_pasted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fault = False
        self._example = ""
        self.setMaxLength(_MOST)
        self.setFrame(False)
        self.setTextMargins(_INSET, 3, _INSET, 3)
        self.setFont(theme.font(theme.FIELD))

    def set_example(self, text: str) -> None:
        """Show in the empty field how it may be filled."""
        self._example = text
        self.update()

    def set_fault(self, fault: bool) -> None:
        """Mark the field as one that cannot be used as it is."""
        if fault != self._fault:
            self._fault = fault
            self.update()

    def take(self, text: str) -> None:
        """Put another text in the place of what stands here, as one step of undo, as if it were typed."""
        self._begin_undo_step()
        self.selectAll()
        self.insert(text)
        self._begin_undo_step()

    def keyPressEvent(self, event: "QKeyEvent") -> None:
        """Paste on one line."""
        from PySide6.QtGui import QKeySequence  # here and below: not before the first paint

        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste(QApplication.clipboard().mimeData())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: "QMouseEvent") -> None:
        """Paste the selection of another program on one line, where the system has that."""
        from PySide6.QtCore import Qt
        from PySide6.QtGui import QClipboard

        clipboard = QApplication.clipboard()
        if event.button() is Qt.MouseButton.MiddleButton and clipboard.supportsSelection():
            self.setCursorPosition(self.cursorPositionAt(event.position().toPoint()))
            self._paste(clipboard.mimeData(QClipboard.Mode.Selection))
        else:
            super().mouseReleaseEvent(event)

    def dropEvent(self, event: "QDropEvent") -> None:
        """Take dropped text on one line; text dragged within the field moves as it is."""
        if event.source() is self:
            super().dropEvent(event)
            return
        self.setCursorPosition(self.cursorPositionAt(event.position().toPoint()))
        self._paste(event.mimeData())
        event.acceptProposedAction()

    def contextMenuEvent(self, event: "QContextMenuEvent") -> None:
        """The usual menu, with a Paste that keeps to one line."""
        from PySide6.QtCore import Qt

        menu = self.createStandardContextMenu()
        for action in menu.actions():
            if action.objectName() == "edit-paste":
                action.triggered.disconnect()
                action.triggered.connect(lambda: self._paste(QApplication.clipboard().mimeData()))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def paintEvent(self, event: "QPaintEvent") -> None:
        """The field and its frame."""
        super().paintEvent(event)
        painter = painting.begin(self)
        if self._example and not self.text():
            painter.setOpacity(EXAMPLE_OPACITY)
            painter.setFont(theme.font(theme.SMALL))
            room = self.rect().adjusted(_INSET + 2, 0, -_INSET - 2, 0)
            painter.drawText(room, numbers.LEADING, self._example)
            painter.setOpacity(1)
        paint_frame(painter, self, self.hasFocus(), self._fault)
        painter.end()

    def _paste(self, data: "QMimeData") -> None:
        from ptodesk_gui.ui.widgets.pasted import has_words, on_one_line, pasted_text

        if has_words(data) and not self.isReadOnly():
            self._begin_undo_step()
            self.insert(on_one_line(pasted_text(data)))
            self._begin_undo_step()
            self.text_pasted.emit()

    def _begin_undo_step(self) -> None:
        """Qt begins a new step of undo when the cursor moves, and has no other call for it."""
        if not self.hasSelectedText() and self.text():
            at = self.cursorPosition()
            self.setCursorPosition(at - 1 if at else 1)
            self.setCursorPosition(at)


class TextInput(QPlainTextEdit):
    """A field of several lines. Tab leaves it; Shift+Enter makes a new line.

    Enter makes one as well, unless ``enter_goes_on``: then it is left to the form.
    """

    text_pasted = Signal()
    focus_moved = Signal()  # the keyboard came or went

    def __init__(
        self, lines: int, parent: QWidget | None = None, *, least: int = 0, most: int = 0, enter_goes_on: bool = False
    ) -> None:
        """``least`` lines are enough where the window is low; 0: as many as ``lines``. Its frame takes at most ``most``; 0: all there is."""
        super().__init__(parent)
        self.most = most
        self._least = least or lines
        self.setFont(theme.font(theme.FIELD))
        self.setTabChangesFocus(True)
        self._lines = lines
        self._enter_goes_on = enter_goes_on
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setProperty("horizontalScrollBarPolicy", numbers.ALWAYS_OFF)  # it wraps, and a bar would hide a line

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

    def add(self, text: str) -> None:
        """Add text at the end, as one step of undo, as if it were typed there."""
        from PySide6.QtGui import QTextCursor

        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.beginEditBlock()  # else it would be one step with what was typed before
        cursor.insertText(text)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def keyPressEvent(self, event: "QKeyEvent") -> None:
        """Enter makes a new line or is left to the form."""
        from PySide6.QtCore import Qt

        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif self._enter_goes_on and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        else:
            self.insertPlainText("\n")
            self.ensureCursorVisible()

    def focusInEvent(self, event: "QFocusEvent") -> None:
        """Say so, for the frame round it."""
        super().focusInEvent(event)
        self.focus_moved.emit()

    def focusOutEvent(self, event: "QFocusEvent") -> None:
        """Say so, for the frame round it."""
        super().focusOutEvent(event)
        self.focus_moved.emit()

    def insertFromMimeData(self, source: "QMimeData") -> None:
        """Paste or drop as plain text, and say so."""
        from PySide6.QtCore import QMimeData

        from ptodesk_gui.ui.widgets.pasted import has_words, pasted_text

        if has_words(source):
            plain = QMimeData()
            plain.setText(pasted_text(source))
            super().insertFromMimeData(plain)
            self.text_pasted.emit()

    def canInsertFromMimeData(self, source: "QMimeData") -> bool:
        """Text, and pages that came without it."""
        return super().canInsertFromMimeData(source) or source.hasHtml()


class TextFrame(QWidget):
    """The frame round a ``TextInput``: painted beside the text, because text that scrolls takes along what is painted on it."""

    def __init__(self, field: TextInput) -> None:
        super().__init__()
        self._field = field
        self._fault = False
        row = QHBoxLayout(self)
        row.setContentsMargins(_INSET - 4, 2, 2, 2)
        row.addWidget(field)
        field.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        field.setVerticalScrollBar(SlimScrollBar())
        field.focus_moved.connect(self.update)
        self.text_resized()

    def text_resized(self) -> None:
        """No higher than the most lines of the field, in the size that text has now."""
        if self._field.most:
            self.setMaximumHeight(self._field.fontMetrics().lineSpacing() * self._field.most + _OVER_LINES)

    def set_fault(self, fault: bool) -> None:
        """Mark the field as one that cannot be used as it is."""
        if fault != self._fault:
            self._fault = fault
            self.update()

    def paintEvent(self, event: "QPaintEvent") -> None:
        """The frame."""
        painter = painting.begin(self)
        paint_frame(painter, self, self._field.hasFocus(), self._fault)
        painter.end()


def paint_frame(painter: QPainter, widget: QWidget, focused: bool, fault: bool) -> None:
    """A thin frame; a thick one with the keyboard; a bar at the start when what is typed cannot be used."""
    c = theme.colours(widget.palette())
    box = QRectF(widget.rect())
    if fault:
        left = box.width() - 1 - _BAR if widget.isRightToLeft() else 1
        painting.fill_box(painter, QRectF(left, 2, _BAR, box.height() - 4), c.error)
    width = 2.0 if focused else 1.0
    painting.fill(painter, painting.ring(box, _RADIUS, width), c.accent if focused else c.error if fault else c.edge)
