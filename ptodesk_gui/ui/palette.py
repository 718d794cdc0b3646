"""The palette: every action and key in one list over the page, found by typing, run by Enter, left by Esc."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ptodesk_gui.ui import theme
from ptodesk_gui.ui.palette_rows import Row, matching
from ptodesk_gui.ui.widgets.card import Card
from ptodesk_gui.ui.widgets.inputs import LineInput
from ptodesk_gui.ui.widgets.labelled import muted
from ptodesk_gui.ui.widgets.scrolling import SlimScrollBar
from ptodesk_gui.ui.widgets.spoken import announce

HEADING: Final = "All actions and keys"
SEARCH: Final = "Find an action: type a part of its name or its key"
HINT: Final = "Enter does it    Up, Down: choose    Esc: back to where you were"
NOTHING: Final = "Nothing is called that."
_WIDEST: Final = 720
_EDGE: Final = 10
_ROW: Final = Qt.ItemDataRole.UserRole


class Palette(Card):
    """Lists rows and runs the chosen one. While it is open the keyboard is in its field; afterwards it is where it was."""

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: Sequence[Row] = ()
        self._before: QWidget | None = None
        self.setAccessibleName(HEADING)
        self.field = LineInput()
        self.field.setAccessibleName(SEARCH)
        self.field.setAccessibleIdentifier("palette.field")
        self.field.setPlaceholderText(SEARCH)
        self.list = _List()
        self._none = muted(NOTHING, theme.TEXT)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        hint = muted(HINT, theme.TEXT)
        hint.setWordWrap(True)
        for widget in (self.field, self._none, self.list, hint):
            column.addWidget(widget, 1 if widget is self.list else 0)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._find)
        self.list.itemClicked.connect(self._run)
        self.list.currentItemChanged.connect(self._tell)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)
        self.hide()

    def open(self, rows: Sequence[Row], area: QRect) -> None:
        """List these rows over an area of the parent, and take the keyboard."""
        self._rows = rows
        if not self.isVisible():
            focused = QApplication.focusWidget()
            self._before = focused if focused is not None and self.window().isAncestorOf(focused) else None
        self.field.clear()
        self._find("")
        self.place(area)
        self.show()
        self.raise_()
        # A popup's reason: a field that is left for a popup keeps its selection, and nothing counts as finished in it.
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def place(self, area: QRect) -> None:
        """Keep to the middle of an area, near its top."""
        size = QSize(min(_WIDEST, area.width() - 16), area.height() - 16)
        self.setGeometry(QRect(area.left() + (area.width() - size.width()) // 2, area.top() + 8, *size.toTuple()))

    def leave(self) -> None:
        """Close, and give the keyboard back to where it was, with what was selected there."""
        before, self._before = self._before, None
        self.hide()
        if before is not None and _is_there(before):
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the list work in the field; none of them goes to a page's own shortcut."""
        if isinstance(event, QKeyEvent) and event.key() in _OWN_KEYS:
            if event.type() is QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() is QEvent.Type.KeyPress:
                self._pressed(event)
                return True
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The card, with a frame that parts it from the page below."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colours(self.palette()).muted, 2.5))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 7, 7)
        painter.end()

    def _pressed(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.leave()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            item = self.list.currentItem()
            if item is not None and not event.isAutoRepeat():
                self._run(item)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.list.step((1 if key == Qt.Key.Key_PageDown else -1) * self.list.page())
        else:
            self.list.step(1 if key in (Qt.Key.Key_Down, Qt.Key.Key_Tab) else -1)

    def _find(self, typed: str) -> None:
        found = matching(self._rows, typed)
        self.list.fill(found)
        self._none.setVisible(not found)
        if not found:
            announce(self.field, NOTHING)

    def _run(self, item: QListWidgetItem) -> None:
        row: Row = item.data(_ROW)
        if row.why_not or row.run is None:
            announce(self.field, row.spoken)
            return
        self.leave()
        row.run()

    def _tell(self, item: QListWidgetItem | None) -> None:
        """The keyboard stays in the field, so that the row is said."""
        if item is not None and self.isVisible():
            announce(self.field, item.data(_ROW).spoken)

    def _focus_moved(self, old: QWidget | None, now: QWidget | None) -> None:
        """The keyboard went elsewhere in the window: nothing is left to give back."""
        if self.isVisible() and now is not None and now is not self.field and not self.isAncestorOf(now):
            self._before = None
            self.hide()


_OWN_KEYS: Final = (
    *(Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Up, Qt.Key.Key_Down),
    *(Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Tab, Qt.Key.Key_Backtab),
)


class _List(QListWidget):
    """The rows; they take no keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(HEADING)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(SlimScrollBar())
        self.setItemDelegate(_Lines(self))

    def fill(self, rows: Sequence[Row]) -> None:
        """List these rows; the first that can be done now is chosen."""
        self.blockSignals(True)
        self.clear()
        for row in rows:
            item = QListWidgetItem(row.text)
            item.setData(_ROW, row)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, row.spoken)
            self.addItem(item)
        self.blockSignals(False)
        self.setCurrentRow(next((at for at, row in enumerate(rows) if not row.why_not and row.run), 0))

    def step(self, by: int) -> None:
        """Choose another row; the first and the last are the ends."""
        if self.count():
            self.setCurrentRow(min(max(self.currentRow() + by, 0), self.count() - 1))

    def page(self) -> int:
        """How many rows are seen at once."""
        return max(1, self.viewport().height() // max(1, self.sizeHintForRow(0)) - 1)


class _Lines(QStyledItemDelegate):
    """Paints a row: its name, where it works or why it cannot be done, its key at the end."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """One line with room around it."""
        return QSize(300, QFontMetrics(theme.font(theme.FIELD)).height() + 8)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The row; the chosen one framed and filled."""
        row: Row = index.data(_ROW)
        view, box = self.parent(), QRectF(option.rect)
        c = theme.colours(view.palette() if isinstance(view, QWidget) else QApplication.palette())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(view, QListWidget) and view.currentIndex() == index:
            painter.setPen(QPen(c.accent, 2))
            painter.setBrush(c.accent_fill)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 5, 5)
        inner = box.adjusted(_EDGE, 0, -_EDGE, 0)
        painter.setPen(c.muted if row.why_not or row.run is None else c.text)
        painter.setFont(theme.font(theme.FIELD))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, row.text)
        used = painter.fontMetrics().horizontalAdvance(row.text) + 2 * _EDGE
        painter.setFont(theme.font(bold=True))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, row.key)
        room = inner.adjusted(used, 0, -painter.fontMetrics().horizontalAdvance(row.key) - _EDGE, 0)
        painter.setFont(theme.font(theme.SMALL))
        painter.setPen(c.muted)
        words = painter.fontMetrics().elidedText(
            row.why_not or row.place, Qt.TextElideMode.ElideRight, int(room.width())
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, words)
        painter.restore()


def _is_there(widget: QWidget) -> bool:
    """Whether a widget that had the keyboard still is in the window."""
    try:
        return widget.isVisible() and widget.isEnabled()
    except RuntimeError:  # it was taken down meanwhile
        return False
