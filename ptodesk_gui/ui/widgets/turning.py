"""Things beside each other that stand one under the other where there is no room: nobody reads a page by scrolling it sideways."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

_WAY = QBoxLayout.Direction


class Turning(QWidget):
    """A row that becomes a column. What is in it goes into ``row``."""

    def __init__(self, spacing: int, parent: QWidget | None = None) -> None:
        """``spacing``: pixels between two things."""
        super().__init__(parent)
        self.row = QBoxLayout(_WAY.LeftToRight, self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(spacing)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the widest of them."""
        return QSize(max(self._widths(), default=0), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There is room now, or there is none."""
        super().resizeEvent(event)
        self._turn()

    def event(self, event: QEvent) -> bool:
        """The same, once what came in or changed is known to the layout."""
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._turn()
        return done

    def text_resized(self) -> None:
        """The same; also for whoever shows or hides one of them."""
        self._turn()

    def _turn(self) -> None:
        widths = self._widths()
        beside = sum(widths) + self.row.spacing() * (len(widths) - 1) <= self.width()
        self.row.setDirection(_WAY.LeftToRight if beside else _WAY.TopToBottom)

    def _widths(self) -> list[int]:
        items = [item for at in range(self.row.count()) if (item := self.row.itemAt(at)) is not None]
        for item in items:
            item.invalidate()  # a layout within keeps what it knew until it is laid out
        return [item.minimumSize().width() for item in items if not item.isEmpty()]
