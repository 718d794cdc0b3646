"""Small painted signs: a shape per meaning, so that no meaning hangs on colour."""

from enum import Enum, auto

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ptodesk_gui.ui import theme
from ptodesk_gui.ui.widgets import painting


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


def sign_colour(sign: Sign, c: theme.Colours) -> QColor:
    """The colour that goes with a sign."""
    return {Sign.TICK: c.ok, Sign.FAULT: c.error, Sign.WARNING: c.warning, Sign.HALF: c.accent}.get(sign, c.muted)


def paint_sign(painter: QPainter, sign: Sign, box: QRectF, c: theme.Colours) -> None:
    """Paint the sign into a square box."""
    if sign is Sign.NONE:
        return
    colour, side = sign_colour(sign, c), box.width()
    thin, mark = max(1.2, side / 9), max(1.4, side / 7)
    inner = box.adjusted(1, 1, -1, -1)
    at = _Grid(box)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if sign in (Sign.EMPTY, Sign.HALF, Sign.NOT):
        if sign is Sign.HALF:
            painting.fill(painter, _right_half(inner), colour)
        painting.frame(painter, painting.disc(inner), colour, thin)
        if sign is Sign.NOT:
            painting.frame(painter, at.line((0.3, 0.5), (0.7, 0.5)), colour, thin)
    elif sign is Sign.TICK:
        painting.fill(painter, painting.disc(inner), colour)
        painting.frame(painter, at.line((0.28, 0.52), (0.44, 0.68), (0.73, 0.34)), c.panel, mark)
    elif sign is Sign.FAULT:
        painting.fill(painter, painting.rounded(inner, side / 6), colour)
        for line in (((0.32, 0.32), (0.68, 0.68)), ((0.68, 0.32), (0.32, 0.68))):
            painting.frame(painter, at.line(*line), c.panel, mark)
    elif sign is Sign.WARNING:
        painting.fill(painter, at.line((0.5, 0.04), (1.0, 0.95), (0.0, 0.95)), colour)
        for line in (((0.5, 0.36), (0.5, 0.64)), ((0.5, 0.74), (0.5, 0.86))):
            painting.frame(painter, at.line(*line), c.panel, mark)
    elif sign is Sign.HINT:
        painting.frame(painter, at.line((0.05, 0.5), (0.8, 0.5)), colour, thin)
        painting.frame(painter, at.line((0.53, 0.25), (0.82, 0.5), (0.53, 0.75)), colour, thin)


def _right_half(box: QRectF) -> QPainterPath:
    path = QPainterPath(box.center())
    path.arcTo(box, -90, 180)
    path.closeSubpath()
    return path


class _Grid:
    """Points of a box by their share of its width and height."""

    def __init__(self, box: QRectF) -> None:
        self._box = box

    def line(self, *points: tuple[float, float]) -> QPainterPath:
        box = self._box
        return painting.line(*(QPointF(box.x() + x * box.width(), box.y() + y * box.height()) for x, y in points))


class SignLabel(QWidget):
    """A sign by itself, as large as the text beside it. The words belong to the label next to it."""

    def __init__(self, sign: Sign = Sign.NONE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = sign
        self._side = 0
        self.text_resized()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def text_resized(self) -> None:
        """As large as the text; one that was given another size keeps that."""
        if self._side in (0, self.width()):
            self._side = self.fontMetrics().height()
            self.setFixedSize(self._side, self._side)

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
        painter = painting.begin(self)
        paint_sign(painter, self._sign, QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.colours(self.palette()))
        painter.end()
