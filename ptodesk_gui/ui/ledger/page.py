"""The agent's own figures: a sentence, a small chart, a table with the same, and a file for a lead."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ptodesk_gui.sop.ledger import DayFigures, Figures, clock
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.ledger import words
from ptodesk_gui.ui.ledger.chart import DayChart, name


class LedgerPage(QWidget):
    """Paints ``Figures``."""

    back_requested = Signal()
    save_requested = Signal(str)  # the file that was chosen

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._summary = _label(words.READING, 1.08)
        self.chart = DayChart()
        self.chart.hide()
        self.table = _table()
        self._back = self._button(words.BACK, "Esc")
        self.save = self._button(words.SAVE, words.SAVE_KEY)
        self.save.setEnabled(False)
        heading = QLabel(words.TITLE)
        heading.setFont(theme.font(1.5, bold=True))
        top = QHBoxLayout()
        top.addWidget(self._back)
        top.addWidget(heading, 1)
        top.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self._summary)
        column.addWidget(self.chart)
        column.addWidget(self.table, 1)
        column.addWidget(_label(words.STAYS, theme.SMALL))
        self._back.clicked.connect(self.back_requested)
        self.save.clicked.connect(self._ask_where)

    @property
    def summary(self) -> str:
        """The figures in a sentence."""
        return self._summary.text()

    def set_figures(self, figures: Figures) -> None:
        """Paint the figures."""
        self._summary.setText(figures.summary)
        self.chart.set_days(figures.days)
        self.table.setRowCount(len(figures.days))
        for row, day in enumerate(figures.days):
            for column, text in enumerate(_cells(day)):
                item = QTableWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignVCenter | (_TRAILING if column else _LEADING))
                self.table.setItem(row, column, item)
        self.table.setVisible(bool(figures.days))
        self.save.setEnabled(bool(figures.days))

    def showEvent(self, event: QShowEvent) -> None:
        """The way back has the keyboard."""
        super().showEvent(event)
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_where(self) -> None:
        """Ask for the file, without standing in the way of anything else."""
        dialog = QFileDialog(self, words.SAVE, words.FILE, words.KINDS)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.save_requested)
        dialog.open()

    def _button(self, text: str, key: str) -> QPushButton:
        button = QPushButton(f"{text}  ({key})")
        button.setAccessibleName(text)
        action = QAction(text, self)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(button.click)
        self.addAction(action)
        return button


_LEADING = Qt.AlignmentFlag.AlignLeading
_TRAILING = Qt.AlignmentFlag.AlignTrailing


def _cells(day: DayFigures) -> tuple[str, ...]:
    desk = words.NOT_SEEN if day.desk is None else clock(day.desk)
    times = (clock(day.call), clock(day.wrap_up), clock(day.review), desk)
    return (name(day), str(day.calls), *times, str(day.corrections))


def _table() -> QTableWidget:
    table = QTableWidget(0, len(words.COLUMNS))
    table.setHorizontalHeaderLabels(words.COLUMNS)
    table.setAccessibleName(words.TABLE)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    return table


def _label(text: str, size: float) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(theme.font(size))
    return label
