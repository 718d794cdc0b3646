"""A panel with a thin border and round corners; ``lively`` gives it the accent's bar on its leading side."""

from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ptodesk_gui.ui import theme
from ptodesk_gui.ui.widgets import painting

_RADIUS: Final = 7.0
_BAR: Final = 5.0  # pixels of the bar of a lively card


class Card(QWidget):
    """A panel that groups what belongs together."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lively = False

    @property
    def lively(self) -> bool:
        """Whether it is marked as the next thing to do."""
        return self._lively

    def set_lively(self, lively: bool) -> None:
        """Mark it as the next thing to do, or not."""
        if lively != self._lively:
            self._lively = lively
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The panel."""
        painter = painting.begin(self)
        self.paint_card(painter)
        painter.end()

    def paint_card(self, painter: QPainter) -> None:
        """The panel, for one who paints more on it."""
        c = theme.colours(self.palette())
        box = QRectF(self.rect())
        outline = painting.rounded(box.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS)
        painting.fill(painter, outline, c.panel)
        if self._lively:
            painter.setClipPath(outline)
            left = self.width() - _BAR if self.isRightToLeft() else 0.0
            painting.fill_box(painter, QRectF(left, 0, _BAR, self.height()), c.accent)
            painter.setClipping(False)
        painting.fill(painter, painting.ring(box, _RADIUS), c.accent if self._lively else c.border)
