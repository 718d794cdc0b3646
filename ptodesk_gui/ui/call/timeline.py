"""The 60 days as a picture: from M2 to the due date, with today on it."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from ptodesk_gui.ui import theme
from ptodesk_gui.ui.widgets import painting

if TYPE_CHECKING:
    from ptodesk_gui.sop.view import GraceView

TRACK: Final = 16.0  # height of the track
EDGE: Final = 8.0
_DASHES: Final = (4.0, 2.0)  # of the outline of a period that has not begun: drawn and left out, in widths of the line


class Timeline(QWidget):
    """Paints a ``GraceView``; the same in words is its accessible description."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: GraceView | None = None
        self.setFont(theme.font(theme.SMALL))
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.setAccessibleName("Grace period")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_view(self, view: "GraceView") -> None:
        """Paint another day or period."""
        if view != self._view:
            self._view = view
            self.setAccessibleDescription(described(view))
            self.update()

    def sizeHint(self) -> QSize:
        """The flag of today, the track, the dates."""
        line = self.fontMetrics().height()
        return QSize(360, int(2 * line + TRACK + 16))

    def minimumSizeHint(self) -> QSize:
        """Narrower, as high."""
        return QSize(220, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture."""
        painter = painting.begin(self)
        line = QFontMetricsF(self.font()).height()
        track = QRectF(EDGE, line + 8, self.width() - 2 * EDGE, TRACK)
        if self._view is None or self._view.m2 is None:
            due = f"due, {self._view.period_days} days later" if self._view is not None else "due"
            _paint_unknown(painter, self, track, due)
        else:
            from ptodesk_gui.ui.call.period import paint_period  # not before the first paint

            paint_period(painter, self, track, self._view)
        painter.end()


def described(view: "GraceView") -> str:
    """The picture in words."""
    return f"{view.headline}. {view.sentence}" if view.headline else view.sentence


def _paint_unknown(painter: QPainter, widget: QWidget, track: QRectF, due: str) -> None:
    c = theme.colours(widget.palette())
    outline = painting.rounded(track, 5)
    painting.fill(painter, outline, c.window)
    dashed = theme.ink(c.edge, 1.5)
    dashed.setDashPattern(_DASHES)
    painter.strokePath(outline, dashed)
    metrics = painter.fontMetrics()
    below = track.bottom() + 3 + metrics.ascent()
    painter.drawText(QPointF(track.left(), below), "M2")
    painter.drawText(QPointF(track.right() - metrics.horizontalAdvance(due), below), due)
