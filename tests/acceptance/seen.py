"""What a person does not see whole in a window: words that are cut, lie over each other, or end outside of what holds them, and pages to be scrolled sideways."""

from collections.abc import Iterator

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTableView,
    QWidget,
)

from ptodesk_gui.ui.widgets.rendering_label import RenderingLabel
from ptodesk_gui.ui.widgets.word_label import WordLabel

_SLACK = 2  # pixels, for rounding


def faults(window: QWidget) -> list[str]:
    """A line for each text that is not seen whole."""
    shown = [widget for widget in _texts(window) if widget.isVisibleTo(window)]
    found = [line for widget in shown for line in _cut(widget)]
    found += [line for widget in shown for line in _outside(widget, window)]
    found += [line for table in window.findChildren(QTableView) if table.isVisibleTo(window) for line in _cells(table)]
    found += [line for area in window.findChildren(QScrollArea) if area.isVisibleTo(window) for line in _sideways(area)]
    return found + _over_each_other(shown)


def _texts(window: QWidget) -> Iterator[QWidget]:
    for widget in window.findChildren(QWidget):
        if (
            isinstance(widget, QLabel | QAbstractButton) and widget.text() and not isinstance(widget, WordLabel)
        ) or isinstance(widget, QLineEdit | QComboBox):
            yield widget


def _words(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else widget.accessibleName()
    return f"{type(widget).__name__} {text[:40]!r}"


def _cut(widget: QWidget) -> Iterator[str]:
    """Less room than the text needs; one that is shortened says the whole in its tool tip."""
    room, needed = widget.size(), _needed(widget)
    if widget.toolTip() and isinstance(widget, QLabel):
        return
    if room.width() + _SLACK < needed.width() or room.height() + _SLACK < needed.height():
        yield f"{_words(widget)} needs {needed.toTuple()} and has {room.toTuple()}"


def _needed(widget: QWidget) -> QSize:
    if isinstance(widget, RenderingLabel):
        return QSize(0, widget.heightForWidth(widget.width()))
    if isinstance(widget, QLabel):
        inside = widget.contentsRect()
        flags = int(Qt.TextFlag.TextWordWrap) if widget.wordWrap() else 0
        box = widget.fontMetrics().boundingRect(
            QRect(0, 0, inside.width(), 10_000), flags, widget.text().replace("&", "")
        )
        return QSize(box.width(), box.height()) + widget.size() - inside.size()
    if isinstance(widget, QLineEdit):
        return QSize(widget.fontMetrics().averageCharWidth() * 4, widget.fontMetrics().height())
    if isinstance(widget, QAbstractButton):
        least = widget.minimumSizeHint()
        return QSize(least.width(), 0) if widget.height() == widget.maximumHeight() else least
    return QSize()


def _cells(table: QTableView) -> Iterator[str]:
    """Heads, and what stands under them, in columns or rows that are too narrow."""
    for head in (table.horizontalHeader(), table.verticalHeader()):
        across = head.orientation() is Qt.Orientation.Horizontal
        for section in range(head.count()):
            cells = table.sizeHintForColumn(section) if across else table.sizeHintForRow(section)
            needed = max(cells, _head(head, section))
            if head.sectionSize(section) + _SLACK < needed:
                words = table.model().headerData(section, head.orientation())
                yield f"{type(table).__name__} {words!r} needs {needed} and has {head.sectionSize(section)}"


def _head(head: QHeaderView, section: int) -> int:
    return 0 if head.isHidden() else head.sectionSizeHint(section)


def _sideways(area: QScrollArea) -> Iterator[str]:
    """A page that is read by scrolling it sideways."""
    further = area.horizontalScrollBar().maximum()
    if further > _SLACK:
        yield f"{type(area).__name__} {area.accessibleName()!r} scrolls {further} sideways"


def _outside(widget: QWidget, window: QWidget) -> Iterator[str]:
    """Part of it lies beyond what holds it, and cannot be scrolled to."""
    box, part = widget.rect(), widget
    while part is not window and (parent := part.parentWidget()) is not None:
        box = QRect(part.mapTo(parent, box.topLeft()), box.size())
        area = parent.parentWidget()
        part = parent
        if isinstance(area, QAbstractScrollArea) and area.viewport() is parent:
            down, across = area.verticalScrollBar(), area.horizontalScrollBar()
            if down.maximum():
                box.moveTop(0)
                box.setHeight(1)
            if across.maximum() and area.horizontalScrollBarPolicy() is not Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
                box.moveLeft(0)
                box.setWidth(1)
        if not parent.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK).contains(box):
            yield f"{_words(widget)} ends outside of {type(parent).__name__}: {box.getRect()} in {parent.rect().getRect()}"
            return


def _over_each_other(shown: list[QWidget]) -> list[str]:
    """Texts beside each other in the same widget share no room."""
    found = []
    by_parent: dict[QWidget | None, list[QWidget]] = {}
    for widget in shown:
        by_parent.setdefault(widget.parentWidget(), []).append(widget)
    for siblings in by_parent.values():
        for number, one in enumerate(siblings):
            for other in siblings[number + 1 :]:
                shared = one.geometry().intersected(other.geometry())
                if shared.width() > _SLACK and shared.height() > _SLACK:
                    found.append(f"{_words(one)} lies over {_words(other)}: {shared.getRect()}")
    return found
