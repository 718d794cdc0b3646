"""A text to read and to copy, in a window of its own. Never modal: the call goes on beside it."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from ptodesk_gui.ui import theme
from ptodesk_gui.ui.widgets.keyed import with_key

CLOSE: Final = "C&lose"


class TextDialog(QDialog):
    """A sentence, the text it is about, and a button that copies it; Enter copies, Esc closes."""

    copy_requested = Signal(str)

    def __init__(self, title: str, name: str, copy: str, copied: str, parent: QWidget | None) -> None:
        """``name`` is the text's for those who do not see it; ``copy`` the button's words and ``copied`` what follows on it."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(False)
        theme.dress(self)
        self._copied = copied
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName(name)
        self._done = QLabel()
        self._copy = QPushButton(with_key(copy, "Enter"))
        self._copy.setAccessibleName(copy.replace("&", ""))
        self._copy.setObjectName("primaryButton")
        self._copy.setDefault(True)
        close = QPushButton(with_key(CLOSE, "Esc"))
        close.setAccessibleName(CLOSE.replace("&", ""))
        close.setAutoDefault(False)
        self._copy.clicked.connect(lambda: self.copy_requested.emit(self.text))
        close.clicked.connect(self.close)
        self.buttons = QHBoxLayout()
        self.buttons.addWidget(self._done, 1)
        self.buttons.addWidget(self._copy)
        self.buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.addWidget(self._words)
        column.addWidget(self._text, 1)
        column.addLayout(self.buttons)
        self._copy.setFocus()

    @property
    def text(self) -> str:
        """What can be copied."""
        return self._text.toPlainText()

    def copied(self) -> None:
        """Say that the text is on the clipboard."""
        self._done.setText(self._copied)

    def say(self, words: str) -> None:
        """The sentence over the text."""
        self._words.setText(words)
        self._text.setAccessibleDescription(words)
