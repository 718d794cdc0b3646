"""A text to copy, such as a ticket's key: it can be selected, and a button copies all of it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ptodesk_gui.ui.widgets.button import Button

COPY = "Copy"


class CopyableText(QWidget):
    """A text with a button that puts it on the clipboard."""

    copied = Signal(str)

    def __init__(self, text: str, name: str, parent: QWidget | None = None) -> None:
        """``name`` says what the text is: "homeowner ticket's key"."""
        super().__init__(parent)
        self._label = QLabel(text)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._label.setAccessibleName(f"{name}: {text}")
        button = Button(COPY)
        button.setAccessibleName(f"Copy the {name}")
        button.clicked.connect(self._copy)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._label)
        row.addWidget(button)
        row.addStretch(1)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._label.text())
        self.copied.emit(self._label.text())
