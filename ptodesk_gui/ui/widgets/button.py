"""Push buttons of the program's own look, painted without a style sheet (that alone would cost the start 45 ms)."""

from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ptodesk_gui.ui import theme

_SIDE: Final = 12  # pixels beside the text
_OVER: Final = 5  # pixels over and under it


class Kind(Enum):
    """How a button presents itself."""

    PLAIN = auto()
    QUIET = auto()  # no frame until the mouse or the keyboard is on it
    PRIMARY = auto()  # the next thing to do
    TAB = auto()  # framed and underlined while it is the one that is shown


class Button(QPushButton):
    """A push button; Enter and Space press it."""

    def __init__(self, text: str, kind: Kind = Kind.PLAIN, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._kind = kind
        self.setAutoDefault(True)  # Enter presses it
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        if kind is Kind.PRIMARY:
            self.setFont(theme.font(bold=True))

    def sizeHint(self) -> QSize:
        """The text with room around it."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 2 * _SIDE, metrics.height() + 2 * _OVER)

    def minimumSizeHint(self) -> QSize:
        """The text is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill, frame, text; a thick frame with the keyboard."""
        c = theme.colours(self.palette())
        fill, frame, ink = self._colours(c)
        focused, box = self.hasFocus(), QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(frame, 1) if frame else Qt.PenStyle.NoPen)
        painter.setBrush(fill if fill else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        if self._kind is Kind.TAB and self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(c.accent)
            painter.drawRoundedRect(QRectF(4, box.height() - 4, box.width() - 8, 3), 1.5, 1.5)
        if focused:
            painter.setPen(QPen(ink if self._kind is Kind.PRIMARY else c.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            inset = 3.0 if self._kind is Kind.PRIMARY else 1.0
            painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), 4, 4)
        painter.setPen(ink)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()

    def _colours(self, c: theme.Colours) -> tuple[QColor | None, QColor | None, QColor]:
        """Fill, frame and text."""
        ink = self.palette().color(QPalette.ColorRole.ButtonText)
        pressed = self.isDown()
        if not self.isEnabled():
            return None, (c.border if self._kind is not Kind.QUIET else None), c.muted
        if self._kind is Kind.PRIMARY:
            return (c.accent.darker(120) if pressed else c.accent), c.accent, c.on_accent
        hovered = self.underMouse()
        if self._kind is Kind.PLAIN:
            return (c.accent_fill if pressed else c.panel), (c.accent if hovered else c.border), ink
        if self._kind is Kind.TAB and self.isChecked():
            return c.accent_fill, c.accent, ink
        return (c.accent_fill if pressed else None), (ink if hovered else None), ink
