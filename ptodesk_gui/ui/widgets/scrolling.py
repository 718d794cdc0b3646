"""Scroll areas with a slim bar and no frame."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QScrollArea, QScrollBar, QWidget

from ptodesk_gui.ui import theme

_WIDTH: Final = 11


class SlimScrollBar(QScrollBar):
    """A vertical scroll bar that is only its handle."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)

    def sizeHint(self) -> QSize:
        """Slim."""
        return QSize(_WIDTH, 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The handle, on nothing."""
        # Imported here: the style's enumerations cost the start 8 ms, and at the start nothing scrolls.
        from PySide6.QtWidgets import QStyle, QStyleOptionSlider

        option = QStyleOptionSlider()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ScrollBarSlider
        handle = QRectF(self.style().subControlRect(QStyle.ComplexControl.CC_ScrollBar, option, part, self))
        c = theme.colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(c.muted if self.underMouse() or self.isSliderDown() else c.border)
        painter.drawRoundedRect(handle.adjusted(2, 1, -2, -1), 3.5, 3.5)
        painter.end()


class ScrollBox(QScrollArea):
    """Scrolls a widget up and down; as wide as the widget needs. With ``keyboard`` it can be scrolled by the arrow keys."""

    def __init__(self, inner: QWidget, name: str, *, keyboard: bool = False, least: int = 60) -> None:
        super().__init__()
        self.inner = inner
        self.window_part = (
            QWidget()
        )  # our own viewport: asking Qt for its own makes PySide look through every kind of widget
        self.setViewport(self.window_part)
        self._least = least
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(SlimScrollBar())
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if keyboard else Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)
        self.setWidget(inner)
        inner.setAutoFillBackground(False)

    def sizeHint(self) -> QSize:
        """No higher than it must be; it takes the room it is given."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """As wide as what is in it and the bar."""
        return QSize(self.inner.minimumSizeHint().width() + 2, self._least)

    def reveal(self, part: QWidget | None) -> None:
        """Scroll as far as it takes to see a part of the inner widget, once that is laid out."""
        if part is not None:
            QTimer.singleShot(0, part, lambda: self.ensureWidgetVisible(part, 0, 6))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A frame while it has the keyboard."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.window_part)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colours(self.palette()).accent, 2))
            painter.drawRoundedRect(QRectF(self.window_part.rect()).adjusted(1, 1, -1, -1), 4, 4)
            painter.end()
