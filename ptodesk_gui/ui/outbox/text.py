"""Plain text on the pages of this folder."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel


def text_label(name: str = "", text: str = "") -> QLabel:
    """A label that wraps and never reads markup; ``name`` is what the style sheet calls it."""
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setText(text)
    return label
