"""Shapes in a colour, painted with paths, pens and brushes only (docs/decisions/0009)."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath
from PySide6.QtWidgets import QWidget

from ptodesk_gui.ui import theme


def begin(widget: QWidget) -> QPainter:
    """A painter on the widget, for smooth edges. Text gets the widget's colour of text."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def rounded(box: QRectF, radius: float) -> QPainterPath:
    """A box with round corners."""
    path = QPainterPath()
    path.addRoundedRect(box, radius, radius)
    return path


def ring(box: QRectF, radius: float, width: float = 1.0) -> QPainterPath:
    """The edge of a box with round corners, as a shape to fill: half the time it takes to draw along the edge."""
    path = rounded(box, radius)
    path.addRoundedRect(box.adjusted(width, width, -width, -width), radius - width, radius - width)
    return path


def disc(box: QRectF) -> QPainterPath:
    """The ellipse in a box."""
    path = QPainterPath()
    path.addEllipse(box)
    return path


def line(first: QPointF, *others: QPointF) -> QPainterPath:
    """A line from point to point."""
    path = QPainterPath(first)
    for point in others:
        path.lineTo(point)
    return path


def fill(painter: QPainter, path: QPainterPath, colour: QColor) -> None:
    """Fill a shape."""
    painter.fillPath(path, theme.wash(colour))


def frame(painter: QPainter, path: QPainterPath, colour: QColor, width: float = 1.0) -> None:
    """Draw along a shape's edge."""
    painter.strokePath(path, theme.ink(colour, width))


def fill_box(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """Fill a box."""
    path = QPainterPath()
    path.addRect(box)
    painter.fillPath(path, theme.wash(colour))
