"""The order of Tab: as things stand in their layouts, whenever each of them was made. So it is the order of reading and of talking."""

from collections.abc import Iterable, Iterator
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSplitter,
    QWidget,
)

_ALONE: Final = (QLabel, QAbstractButton, QLineEdit, QPlainTextEdit)  # nothing in them has the keyboard for itself


def in_order(parts: Iterable[QWidget | None], focused: QWidget | None = None) -> Iterator[QWidget]:
    """These widgets and all within them, each before what stands in it.

    What is hidden is left out with all that is in it, unless ``focused`` is there: every press of Tab comes by here.
    """
    for part in parts:
        if part is None or not (part.isVisible() or (focused is not None and _holds(part, focused))):
            continue
        yield part
        if isinstance(part, _ALONE):
            continue
        layout = part.layout()
        if isinstance(part, QScrollArea):
            yield from in_order([part.widget()], focused)
        elif isinstance(part, QSplitter):
            yield from in_order((part.widget(at) for at in range(part.count())), focused)
        elif layout is not None:
            yield from in_order(_of_layout(layout), focused)
        else:
            yield from in_order((child for child in part.children() if isinstance(child, QWidget)), focused)


def _holds(part: QWidget, focused: QWidget) -> bool:
    return part is focused or part.isAncestorOf(focused)


def following(order: list[QWidget], focused: QWidget | None, by: int) -> QWidget | None:
    """What has the keyboard after ``focused`` (``by`` 1), or before it (-1); behind the end it begins anew. None: nothing can."""
    count = len(order)
    at = order.index(focused) if focused in order else (-1 if by > 0 else 0)
    ways = (order[(at + by * step) % count] for step in range(1, count + 1))
    return next((widget for widget in ways if _stops(widget)), None)


def _of_layout(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _of_layout(inner)


def _stops(widget: QWidget) -> bool:
    """Whether Tab stops here. Of buttons that exclude each other Qt leaves this to the chosen one."""
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isVisible() and widget.isEnabled()
