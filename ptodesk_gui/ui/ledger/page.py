"""The agent's own figures: a sentence, a small chart, a table with the same, and a file for a lead."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from ptodesk_gui.sop.ledger import Figures
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.ledger import words
from ptodesk_gui.ui.ledger.chart import DayChart
from ptodesk_gui.ui.ledger.table import DayTable
from ptodesk_gui.ui.widgets.page_column import page_column
from ptodesk_gui.ui.widgets.page_head import back_button, page_button, page_head
from ptodesk_gui.ui.widgets.plain_label import PlainLabel


class LedgerPage(QWidget):
    """Paints ``Figures``."""

    back_requested = Signal()
    save_requested = Signal(str)  # the file that was chosen

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._summary = _label(words.READING, theme.FIELD)
        self.chart = DayChart()
        self.chart.hide()
        self.table = DayTable()
        self._back = back_button(self, words.BACK, self.back_requested.emit)
        self.save = page_button(self, words.SAVE, words.SAVE_KEY, self._ask_where)
        self.save.setEnabled(False)
        column = page_column(self)
        column.setSpacing(8)
        column.addLayout(page_head(words.TITLE, self._back, self.save))
        column.addLayout(self._summary.in_measure())
        column.addWidget(self.chart)
        column.addWidget(self.table, 1)
        column.addLayout(_label(words.STAYS, theme.SMALL).in_measure())

    @property
    def summary(self) -> str:
        """The figures in a sentence."""
        return self._summary.text()

    def set_figures(self, figures: Figures) -> None:
        """Paint the figures."""
        self._summary.setText(figures.summary)
        self.chart.set_days(figures.days)
        self.table.set_days(figures.days)
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


def _label(text: str, size: float) -> PlainLabel:
    label = PlainLabel(text)
    label.setWordWrap(True)
    label.setFont(theme.font(size))
    return label
