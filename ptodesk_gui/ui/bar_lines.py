"""Where the words of the bar break into lines, in a window that has no room for all of them beside each other. Not needed for the first paint."""

from collections.abc import Sequence

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from ptodesk_gui.ui.widgets.button import Button

Lines = list[list[QWidget]]


def broken(first: Sequence[QWidget], buttons: Sequence[Button], room: int, gap: int) -> tuple[bool, Lines]:
    """Whether there is room for the drawings of the buttons, and the lines under the first: none where all have room beside each other.

    ``first`` is what the first line shows, of which the last may go to the others. ``room`` is that of a line and ``gap`` what is between two
    widgets, in pixels. Drawings give way before words need another line.
    """
    with_drawings, without = (_lines(first, buttons, room, gap, drawn) for drawn in (True, False))
    drawn = len(with_drawings) == len(without) and _width(first[:-1], gap, True) <= room
    return drawn, with_drawings if drawn else without


def lay_out(whole: QBoxLayout, rows: list[QHBoxLayout], lines: Lines, every: Sequence[Button]) -> None:
    """Put the widgets into lines under the first of ``whole``, or ``every`` one beside it.

    ``rows`` are the lines that were made so far, of which the last is there from the start; those that hold nothing take no room.
    """
    way = QBoxLayout.Direction
    whole.setDirection(way.TopToBottom if lines else way.LeftToRight)
    lines = lines or [list(every)]
    while len(rows) < len(lines):
        row = QHBoxLayout()
        row.setSpacing(rows[0].spacing())
        row.addStretch(1)
        whole.insertLayout(1, row)
        rows.insert(0, row)
    for row, widgets in zip(rows[len(rows) - len(lines) :], lines, strict=True):
        for widget in widgets:
            row.addWidget(widget)  # and with that out of the line it was in


def _lines(first: Sequence[QWidget], buttons: Sequence[Button], room: int, gap: int, drawn: bool) -> Lines:
    if _width([*first, *buttons], gap, drawn) <= room:
        return []
    under = buttons if _width(first, gap, drawn) <= room else [first[-1], *buttons]
    lines: Lines = [[]]
    for widget in reversed(
        under
    ):  # the last lines are the full ones: what is there only now and then stands above them
        if lines[0] and _width([widget, *lines[0]], gap, drawn) > room:
            lines.insert(0, [])
        lines[0].insert(0, widget)
    return lines


def _width(widgets: Sequence[QWidget], gap: int, drawn: bool) -> int:
    """What the widgets need beside each other, with or without the drawings of buttons."""
    total = gap * (len(widgets) - 1)
    for widget in widgets:
        total += max(widget.minimumSizeHint().width(), widget.minimumWidth())
        if isinstance(widget, Button):
            total += widget.drawing_room * (drawn - widget.drawn)
    return total
