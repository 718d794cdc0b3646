"""Small painted signs: a shape per meaning, so that no meaning hangs on colour."""

from enum import Enum, auto

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ptodesk_gui.ui.theme import Colours, colours


class Sign(Enum):
    """What a sign says."""

    EMPTY = auto()  # a ring: nothing yet
    HALF = auto()  # a ring, half filled: partly
    TICK = auto()  # a filled disc with a tick: done
    FAULT = auto()  # a filled square with a cross: cannot be used
    WARNING = auto()  # a triangle with a mark
    NOT = auto()  # a ring with a bar: does not apply
    HINT = auto()  # an arrow: read as
    NONE = auto()


def sign_colour(sign: Sign, c: Colours) -> QColor:
    """The colour that goes with a sign."""
    return {Sign.TICK: c.ok, Sign.FAULT: c.error, Sign.WARNING: c.warning, Sign.HALF: c.accent}.get(sign, c.muted)


def paint_sign(painter: QPainter, sign: Sign, box: QRectF, c: Colours) -> None:
    """Paint the sign into a square box."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = sign_colour(sign, c)
    side = box.width()
    thin = QPen(colour, max(1.2, side / 9))
    mark = QPen(c.panel, max(1.4, side / 7), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    inner = box.adjusted(1, 1, -1, -1)
    at = _Grid(box)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(colour))
    if sign in (Sign.EMPTY, Sign.HALF, Sign.NOT):
        if sign is Sign.HALF:
            painter.drawPie(inner, -90 * 16, 180 * 16)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(thin)
        painter.drawEllipse(inner)
        if sign is Sign.NOT:
            painter.drawLine(at(0.3, 0.5), at(0.7, 0.5))
    elif sign is Sign.TICK:
        painter.drawEllipse(inner)
        painter.setPen(mark)
        painter.drawPolyline(at.line((0.28, 0.52), (0.44, 0.68), (0.73, 0.34)))
    elif sign is Sign.FAULT:
        painter.drawRoundedRect(inner, side / 6, side / 6)
        painter.setPen(mark)
        painter.drawLine(at(0.32, 0.32), at(0.68, 0.68))
        painter.drawLine(at(0.68, 0.32), at(0.32, 0.68))
    elif sign is Sign.WARNING:
        painter.drawPolygon(at.line((0.5, 0.04), (1.0, 0.95), (0.0, 0.95)))
        painter.setPen(mark)
        painter.drawLine(at(0.5, 0.38), at(0.5, 0.62))
        painter.drawPoint(at(0.5, 0.81))
    elif sign is Sign.HINT:
        painter.setPen(QPen(colour, max(1.2, side / 9)))
        painter.drawLine(at(0.05, 0.5), at(0.8, 0.5))
        painter.drawPolyline(at.line((0.53, 0.25), (0.82, 0.5), (0.53, 0.75)))
    painter.restore()


class _Grid:
    """Points of a box by their share of its width and height."""

    def __init__(self, box: QRectF) -> None:
        self._box = box

    def __call__(self, x: float, y: float) -> QPointF:
        return QPointF(self._box.x() + x * self._box.width(), self._box.y() + y * self._box.height())

    def line(self, *points: tuple[float, float]) -> QPolygonF:
        return QPolygonF([self(x, y) for x, y in points])


class SignLabel(QWidget):
    """A sign by itself, as large as the text beside it. The words belong to the label next to it."""

    def __init__(self, sign: Sign = Sign.NONE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = sign
        side = self.fontMetrics().height()
        self.setFixedSize(side, side)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def sign(self) -> Sign:
        """The sign that is shown."""
        return self._sign

    def set_sign(self, sign: Sign) -> None:
        """Show another sign."""
        if sign is not self._sign:
            self._sign = sign
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sign."""
        painter = QPainter(self)
        paint_sign(painter, self._sign, QRectF(self.rect()).adjusted(1, 1, -1, -1), colours(self.palette()))
        painter.end()
