"""The order of Tab: as things stand in their layouts, whenever each of them was made. So it is the order of reading and of talking."""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QSplitter, QWidget


def in_order(parts: Iterable[QWidget | None]) -> Iterator[QWidget]:
    """These widgets and all within them, each before what stands in it."""
    for part in parts:
        if part is None:
            continue
        yield part
        layout = part.layout()
        if isinstance(part, QScrollArea):
            yield from in_order([part.widget()])
        elif isinstance(part, QSplitter):
            yield from in_order(part.widget(at) for at in range(part.count()))
        elif layout is not None:
            yield from in_order(_of_layout(layout))
        else:
            yield from in_order(child for child in part.children() if isinstance(child, QWidget))


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
