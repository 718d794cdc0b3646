"""The time of a call, day by day, as bars: on the line, and after it. The same stands in the table below."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ptodesk_gui.sop.ledger import DayFigures, clock
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.ledger.words import AFTER, CHART, LINE
from ptodesk_gui.ui.widgets import painting

_GAP: Final = 10.0
_WIDEST: Final = 56.0  # pixels of a bar


class DayChart(QWidget):
    """Paints ``DayFigures``, the earliest day first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._days: tuple[DayFigures, ...] = ()
        self.setFont(theme.font(theme.SMALL))
        self.setAccessibleName(CHART)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def set_days(self, days: tuple[DayFigures, ...]) -> None:
        """Paint these days, given the latest first."""
        self._days = tuple(reversed(days))
        self.setAccessibleDescription(
            ". ".join(f"{name(each)}: {clock(each.call)} {LINE}, {clock(each.wrap_up)} {AFTER}" for each in self._days)
        )
        self.setVisible(bool(days))
        self.update()

    def sizeHint(self) -> QSize:
        """Twelve lines high."""
        return QSize(480, self.fontMetrics().height() * 12)

    def minimumSizeHint(self) -> QSize:
        """Lower in a low window: the table says the same."""
        return QSize(0, self.fontMetrics().height() * 7)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A bar a day, its time over it and its day below; what the colours mean at the top."""
        if not self._days:
            return
        painter = painting.begin(self)
        c = theme.colours(self.palette())
        line = self.fontMetrics().height()
        self._legend(painter, line)
        room = QRectF(0, 2 * line, self.width(), self.height() - 3.5 * line)
        most = max(each.call + each.wrap_up for each in self._days) or 1.0
        step = min(room.width() / len(self._days), _WIDEST + 3 * _GAP)
        for number, each in enumerate(self._days):
            left = room.left() + number * step
            bar = QRectF(left + _GAP, 0, max(4.0, step - 2 * _GAP), 0)
            whole = room.height() - line
            call, after = (whole * part / most for part in (each.call, each.wrap_up))
            bar.setTop(room.bottom() - call - after)
            bar.setBottom(room.bottom() - call)
            self._bar(painter, bar, c.panel, c.accent)
            over = QRectF(left, bar.top() - line, step, line)
            bar.setTop(room.bottom() - call)
            bar.setBottom(room.bottom())
            self._bar(painter, bar, c.accent, c.accent)
            painter.setPen(c.text)
            painter.drawText(over, Qt.AlignmentFlag.AlignCenter, clock(each.call + each.wrap_up))
            painter.drawText(QRectF(left, room.bottom() + 2, step, line), Qt.AlignmentFlag.AlignCenter, name(each))
        painter.end()

    def _legend(self, painter: QPainter, line: int) -> None:
        c = theme.colours(self.palette())
        left = _GAP
        for words, fill in ((LINE, c.accent), (AFTER, c.panel)):
            self._bar(painter, QRectF(left, 3, line - 6.0, line - 6.0), fill, c.accent)
            painter.setPen(c.text)
            width = self.fontMetrics().horizontalAdvance(words)
            painter.drawText(QRectF(left + line, 0, width + 4.0, line), Qt.AlignmentFlag.AlignVCenter, words)
            left += line + width + 3 * _GAP

    def _bar(self, painter: QPainter, box: QRectF, fill: QColor, edge: QColor) -> None:
        """Full or empty, with an edge: told apart without the colour."""
        if box.height() >= 1:
            painting.fill_box(painter, box, edge)
            painting.fill_box(painter, box.adjusted(1.5, 1.5, -1.5, -1.5), fill)


def name(figures: DayFigures) -> str:
    """A day in short: 3/14."""
    return f"{figures.day.month}/{figures.day.day}"
