"""A panel with a thin border and round corners; ``lively`` gives it the accent's bar on its leading side."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ptodesk_gui.ui import theme


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
        c = theme.colours(self.palette())
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(c.accent if self._lively else c.border, 1))
        painter.setBrush(c.panel)
        painter.drawRoundedRect(box, 7, 7)
        if self._lively:
            outline = QPainterPath()
            outline.addRoundedRect(box, 7, 7)
            painter.setClipPath(outline)
            right = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            painter.fillRect(QRectF(self.width() - 5 if right else 0, 0, 5, self.height()), c.accent)
        painter.end()
