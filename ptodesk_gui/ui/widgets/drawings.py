"""Small line drawings that stand before the words of a button: the words say it, the drawing is found sooner."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from ptodesk_gui.ui.widgets import painting

Points = tuple[tuple[float, float], ...]
Drawing = tuple[Points, ...]  # lines from point to point, by the share of the width and height of a square box

END_CALL: Final[Drawing] = (  # a handset that is put down
    *(((0.03, 0.62), (0.12, 0.45), (0.30, 0.36), (0.70, 0.36), (0.88, 0.45), (0.97, 0.62), (0.92, 0.72)),),
    *(((0.92, 0.72), (0.72, 0.67), (0.69, 0.54), (0.31, 0.54), (0.28, 0.67), (0.08, 0.72), (0.03, 0.62)),),
)
TICKETS: Final[Drawing] = (
    *(((0.04, 0.22), (0.96, 0.22), (0.96, 0.40), (0.86, 0.50), (0.96, 0.60), (0.96, 0.78), (0.04, 0.78)),),
    *(((0.04, 0.78), (0.04, 0.60), (0.14, 0.50), (0.04, 0.40), (0.04, 0.22)),),
    *(((0.62, 0.34), (0.62, 0.44)), ((0.62, 0.56), (0.62, 0.66))),
)
OUTBOX: Final[Drawing] = (
    *(((0.06, 0.58), (0.06, 0.92), (0.94, 0.92), (0.94, 0.58)),),
    *(((0.50, 0.70), (0.50, 0.08)), ((0.26, 0.32), (0.50, 0.08), (0.74, 0.32))),
)
SETTINGS: Final[Drawing] = (  # two sliders
    *(((0.04, 0.28), (0.52, 0.28)), ((0.80, 0.28), (0.96, 0.28)), ((0.04, 0.74), (0.20, 0.74))),
    *(((0.48, 0.74), (0.96, 0.74)), ((0.52, 0.14), (0.80, 0.14), (0.80, 0.42), (0.52, 0.42), (0.52, 0.14))),
    *(((0.20, 0.60), (0.48, 0.60), (0.48, 0.88), (0.20, 0.88), (0.20, 0.60)),),
)
KEYS: Final[Drawing] = (
    *(((0.03, 0.20), (0.97, 0.20), (0.97, 0.80), (0.03, 0.80), (0.03, 0.20)),),
    *(((0.20, 0.42), (0.28, 0.42)), ((0.46, 0.42), (0.54, 0.42)), ((0.72, 0.42), (0.80, 0.42))),
    *(((0.28, 0.62), (0.72, 0.62)),),
)
SEND: Final[Drawing] = (
    *(((0.04, 0.46), (0.96, 0.06), (0.64, 0.94), (0.46, 0.58), (0.04, 0.46)), ((0.46, 0.58), (0.96, 0.06))),
)
BEGIN: Final[Drawing] = (((0.50, 0.10), (0.50, 0.90)), ((0.10, 0.50), (0.90, 0.50)))
BACK: Final[Drawing] = (((0.94, 0.50), (0.06, 0.50)), ((0.40, 0.16), (0.06, 0.50), (0.40, 0.84)))
UNDO: Final[Drawing] = (
    *(((0.30, 0.08), (0.06, 0.32), (0.30, 0.56)), ((0.06, 0.32), (0.66, 0.32), (0.92, 0.46), (0.92, 0.72))),
    *(((0.92, 0.72), (0.66, 0.90), (0.24, 0.90)),),
)
BY_ACTION: Final = {
    "call.end": END_CALL,
    "tickets": TICKETS,
    "outbox": OUTBOX,
    "settings": SETTINGS,
    "help": KEYS,
}


def paint_drawing(painter: QPainter, drawing: Drawing, box: QRectF, colour: QColor) -> None:
    """Draw into a square box."""
    side = box.width()
    for points in drawing:
        corners = (QPointF(box.x() + x * side, box.y() + y * side) for x, y in points)
        painting.frame(painter, painting.line(*corners), colour, max(1.2, side / 10))
