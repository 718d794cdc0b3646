"""What the check of this computer found, in one text to copy. Never modal: the call goes on beside it."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from ptodesk_gui.ui import theme

TITLE: Final = "Check of this computer"
RUNNING: Final = "Being checked; the site may take some seconds to answer ..."
WELL: Final = (
    "All is well. The text can be sent to support as it is: no token, no email and nothing of any homeowner is in it."
)
WRONG: Final = "{count} to be mended: the lines that begin with WRONG say how. The text can be sent to support as it is: no token, no email and nothing of any homeowner is in it."
COPY: Final = "&Copy all"
COPIED: Final = "Copied."
AGAIN: Final = "Check &again"
CLOSE: Final = "C&lose"
NAME: Final = "What was found"
_WIDTH, _HEIGHT = 860, 560


class CheckDialog(QDialog):
    """Shows lines as they come. Enter copies them when the check is over, Esc closes."""

    copy_requested = Signal(str)
    again_requested = Signal()

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
        self._again = QPushButton(AGAIN)
        self._close = QPushButton(CLOSE)
        for button in (self._again, self._close):
            button.setAutoDefault(False)
        self._copy.clicked.connect(lambda: self.copy_requested.emit(self.text))
        self._again.clicked.connect(self.again_requested)
        self._close.clicked.connect(self.close)
        self._lay_out()

    @property
    def text(self) -> str:
        """All lines."""
        return self._text.toPlainText()

    def begin(self) -> None:
        """A check has begun."""
        self._text.clear()
        self._done.clear()
        self._say(RUNNING)
        for button in (self._copy, self._again):
            button.setEnabled(False)

    def add_line(self, line: str) -> None:
        """One more line is known."""
        self._text.appendPlainText(line)

    def end(self, wrong: int) -> None:
        """All is known; ``wrong`` lines are to be mended."""
        self._say(WRONG.format(count="1 thing is" if wrong == 1 else f"{wrong} things are") if wrong else WELL)
        for button in (self._copy, self._again):
            button.setEnabled(True)
        self._copy.setFocus()

    def copied(self) -> None:
        """Say that the text is on the clipboard."""
        self._done.setText(COPIED)

    def _say(self, words: str) -> None:
        self._words.setText(words)
        self._text.setAccessibleDescription(words)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self._again)
        buttons.addWidget(self._done, 1)
        buttons.addWidget(self._copy)
        buttons.addWidget(self._close)
        column = QVBoxLayout(self)
        column.addWidget(self._words)
        column.addWidget(self._text, 1)
        column.addLayout(buttons)
