"""The figures by day in rows and columns, each column as wide as what stands in it."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from ptodesk_gui.sop.ledger import DayFigures, clock
from ptodesk_gui.ui.ledger import words
from ptodesk_gui.ui.ledger.chart import name

_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter
_LEADING: Final = Qt.AlignmentFlag.AlignLeading
_TRAILING: Final = Qt.AlignmentFlag.AlignTrailing
_LEAST: Final = 3  # days that are always seen


class DayTable(QTableWidget):
    """Paints ``DayFigures``; where there is more room than the columns need, they share it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, len(words.COLUMNS), parent)
        self.setHorizontalHeaderLabels(words.COLUMNS)
        self.setAccessibleName(words.TABLE)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def set_days(self, days: tuple[DayFigures, ...]) -> None:
        """Paint these days, the latest first."""
        self.setRowCount(len(days))
        for row, day in enumerate(days):
            for column, text in enumerate(_cells(day)):
                item = QTableWidgetItem(text)
                item.setTextAlignment(_MIDDLE | (_TRAILING if column else _LEADING))
                self.setItem(row, column, item)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The room is another one."""
        super().resizeEvent(event)
        self._fit()

    def text_resized(self) -> None:
        """The words need other room."""
        self._fit()

    def _fit(self) -> None:
        head, columns = self.horizontalHeader(), range(self.columnCount())
        needed = [max(head.sectionSizeHint(column), self.sizeHintForColumn(column)) for column in columns]
        more = max(0, self.viewport().width() - sum(needed)) // len(needed)
        for column in columns:
            self.setColumnWidth(column, needed[column] + more)
        self.resizeRowsToContents()
        rows = [self.rowHeight(row) for row in range(min(self.rowCount(), _LEAST))]
        self.setMinimumHeight(head.sizeHint().height() + sum(rows) + 2 * self.frameWidth())


def _cells(day: DayFigures) -> tuple[str, ...]:
    desk = words.NOT_SEEN if day.desk is None else clock(day.desk)
    times = (clock(day.call), clock(day.wrap_up), clock(day.review), desk)
    return (name(day), str(day.calls), *times, str(day.corrections))
