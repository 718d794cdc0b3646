"""What went wrong, in a form that can be handed on: a text to read and to copy. Never modal: whoever types goes on typing."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from ptodesk_gui.ui import theme

TITLE: Final = "What went wrong"
NOTHING: Final = "Nothing unexpected has happened since the start."
HAPPENED: Final = (
    "Send this report to IT. It says where the program was, and nothing of what was typed or of any homeowner."
)
COPY: Final = "&Copy report"
COPIED: Final = "The report is copied."
CLOSE: Final = "C&lose"
NAME: Final = "Report"
_WIDTH, _HEIGHT = 760, 420


class ReportDialog(QDialog):
    """Shows a report; Enter copies it, Esc closes."""

    copy_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(TITLE)
        self.setModal(False)
        theme.dress(self)
        self.resize(_WIDTH, _HEIGHT)
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName(NAME)
        self._done = QLabel()
        self._copy = QPushButton(COPY)
        self._copy.setObjectName("primaryButton")
        self._copy.setDefault(True)
        self._close = QPushButton(CLOSE)
        self._close.setAutoDefault(False)
        self._copy.clicked.connect(lambda: self.copy_requested.emit(self.report))
        self._close.clicked.connect(self.close)
        self._lay_out()

    @property
    def report(self) -> str:
        """The text to copy."""
        return self._text.toPlainText()

    def set_report(self, text: str, *, happened: bool) -> None:
        """Show this report. ``happened``: whether there is an error in it, or only what runs."""
        self._words.setText(HAPPENED if happened else NOTHING)
        if text != self.report:
            self._text.setPlainText(text)
            self._done.clear()

    def copied(self) -> None:
        """Say that the report is on the clipboard."""
        self._done.setText(COPIED)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self._done, 1)
        buttons.addWidget(self._copy)
        buttons.addWidget(self._close)
        column = QVBoxLayout(self)
        column.addWidget(self._words)
        column.addWidget(self._text, 1)
        column.addLayout(buttons)
        self._copy.setFocus()
