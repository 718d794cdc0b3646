"""A push button of the pages with a style sheet, with a drawing before its words."""

from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QPushButton

from ptodesk_gui.ui import theme
from ptodesk_gui.ui.widgets.drawings import Drawing, paint_drawing

PRIMARY: Final = "primaryButton"
_GAP: Final = 4  # pixels after the drawing, besides the style's
_CHANGES: Final = (QEvent.Type.ApplicationPaletteChange, QEvent.Type.PaletteChange, QEvent.Type.StyleChange)


class DrawnButton(QPushButton):
    """Its drawing has the colour and the size of its text, whatever the look."""

    def __init__(self, text: str, drawing: Drawing, *, primary: bool = False) -> None:
        """``primary``: the next thing to do, filled by the style sheet."""
        super().__init__(text)
        self._drawing = drawing
        self._primary = primary
        self._drawn: tuple[int, QColor, QColor] | None = None
        if primary:
            self.setObjectName(PRIMARY)
        self._draw()

    def text_resized(self) -> None:
        """As large as the text."""
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """In the colours of the look that is shown now."""
        super().changeEvent(event)
        if event.type() in _CHANGES:
            self._draw()

    def _draw(self) -> None:
        c = theme.colours(QPalette())
        side, ink, disabled = wanted = self.fontMetrics().ascent(), c.on_accent if self._primary else c.text, c.muted
        if wanted == self._drawn:
            return
        self._drawn = wanted
        icon = QIcon()
        icon.addPixmap(self._pixmap(side, ink), QIcon.Mode.Normal)
        icon.addPixmap(self._pixmap(side, disabled), QIcon.Mode.Disabled)
        self.setIconSize(QSize(side + _GAP, side))
        self.setIcon(icon)

    def _pixmap(self, side: int, colour: QColor) -> QPixmap:
        ratio = self.devicePixelRatioF()
        made = QPixmap(round((side + _GAP) * ratio), round(side * ratio))
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_drawing(painter, self._drawing, QRectF(_GAP if self.isRightToLeft() else 0, 0, side, side), colour)
        painter.end()
        return made
