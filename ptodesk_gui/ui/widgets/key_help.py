"""The keys on a card over the page. It takes no keyboard: typing goes on under it."""

from collections.abc import Iterable

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from ptodesk_gui.ui import theme
from ptodesk_gui.ui.widgets.card import Card
from ptodesk_gui.ui.widgets.labelled import muted

HEADING = "Keys"
CLOSE = "F1 or a click closes this. Typing goes on meanwhile."


class KeyHelp(Card):
    """Lists keys by group. A click hides it."""

    def __init__(self, groups: Iterable[tuple[str, list[tuple[str, str]]]], columns: int, parent: QWidget) -> None:
        """``groups`` are a group's name and its (key, what it does) pairs."""
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(HEADING)
        heading = QLabel(HEADING)
        heading.setFont(theme.font(1.5, bold=True))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 18, 24, 18)
        outer.setSpacing(10)
        outer.addWidget(heading)
        outer.addWidget(muted(CLOSE, 1.0))
        grid = QGridLayout()
        grid.setHorizontalSpacing(36)
        grid.setVerticalSpacing(14)
        for number, (name, pairs) in enumerate(groups):
            grid.addWidget(_group(name, pairs), number // columns, number % columns, Qt.AlignmentFlag.AlignTop)
        outer.addLayout(grid)
        outer.addStretch(1)
        self.hide()

    def show_over(self, area: QRect) -> None:
        """Show it in the middle of an area of the parent."""
        size = self.sizeHint().boundedTo(area.size())
        box = QRect(0, 0, size.width(), size.height())
        box.moveCenter(area.center())
        self.setGeometry(box)
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The card, with a frame that parts it from the page below."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colours(self.palette()).muted, 2.5))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 7, 7)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Hide."""
        self.hide()


def _group(name: str, pairs: list[tuple[str, str]]) -> QWidget:
    body = QWidget()
    grid = QGridLayout(body)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(3)
    title = QLabel(name)
    title.setFont(theme.font(1.08, bold=True))
    grid.addWidget(title, 0, 0, 1, 2)
    for row, (key, text) in enumerate(pairs, 1):
        grid.addWidget(muted(key, 1.0), row, 0)
        grid.addWidget(QLabel(text), row, 1)
    grid.setColumnStretch(1, 1)
    return body
