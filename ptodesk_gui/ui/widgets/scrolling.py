"""Scroll areas with a slim bar and no frame."""

from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QScrollBar, QWidget

from ptodesk_gui.ui import theme
from ptodesk_gui.ui.widgets import numbers, painting

_WIDTH: Final = 11


class SlimScrollBar(QScrollBar):
    """A vertical scroll bar that is only its handle."""

    def sizeHint(self) -> QSize:
        """Slim."""
        return QSize(_WIDTH, 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The handle, on nothing."""
        from ptodesk_gui.ui.widgets.scroll_handle import handle_of  # at the start nothing scrolls

        handle = QRectF(handle_of(self))
        c = theme.colours(self.palette())
        painter = painting.begin(self)
        shape = painting.rounded(handle.adjusted(2, 1, -2, -1), 3.5)
        painting.fill(painter, shape, c.muted if self.underMouse() or self.isSliderDown() else c.edge)
        painter.end()


class ScrollBox(QScrollArea):
    """Scrolls a widget up and down; as wide as the widget needs. With ``keyboard`` it can be scrolled by the arrow keys."""

    def __init__(self, inner: QWidget, name: str, *, keyboard: bool = False, least: int = 60) -> None:
        super().__init__()
        self.inner = inner
        # Our own viewport: asking Qt for its own makes PySide look through every kind of widget.
        self.window_part = QWidget()
        self.setViewport(self.window_part)
        self._least = least
        self._whole = False
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setProperty("horizontalScrollBarPolicy", numbers.ALWAYS_OFF)
        self.setVerticalScrollBar(SlimScrollBar())
        self.setProperty("focusPolicy", numbers.TAB_FOCUS if keyboard else numbers.NO_FOCUS)
        self.setAccessibleName(name)
        self.setWidget(inner)
        inner.setAutoFillBackground(False)

    def sizeHint(self) -> QSize:
        """No higher than it must be; it takes the room it is given."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """As wide as what is in it and the bar."""
        least = self.whole_height() if self._whole else self._least
        return QSize(self.inner.minimumSizeHint().width() + _WIDTH + 1, least)

    def set_whole(self, whole: bool) -> None:
        """Whether it stands in another scroll area and is as high as all that is in it."""
        self._whole = whole
        self.updateGeometry()

    def whole_height(self) -> int:
        """The height of all that is in it."""
        return self.inner.sizeHint().height() + 2

    def reveal(self, part: QWidget | None) -> None:
        """Scroll as far as it takes to see a part of the inner widget, once that is laid out."""
        if part is not None:
            QTimer.singleShot(0, part, lambda: self.ensureWidgetVisible(part, 0, 6))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A frame while it has the keyboard."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = painting.begin(self.window_part)
            ring = painting.ring(QRectF(self.window_part.rect()), 5, 2)
            painting.fill(painter, ring, theme.colours(self.palette()).accent)
            painter.end()


def settle(*widgets: QWidget | None) -> None:
    """Lay widgets out now, in this order: nothing is painted half laid out, not even in the frame of a change.

    For what is scrolled the widget that it stands in is named as well, which is the part of the scroll area that is seen.
    """
    for widget in widgets:
        if widget is not None:
            QApplication.sendEvent(widget, QEvent(QEvent.Type.LayoutRequest))
