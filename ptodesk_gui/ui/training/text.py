"""Plain text on the practice panel."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from ptodesk_gui.ui import theme
from ptodesk_gui.ui.widgets.plain_label import PlainLabel


def text_label(text: str = "", scale: float = theme.TEXT, *, bold: bool = False) -> QLabel:
    """A label that wraps and never reads markup, at ``scale`` times the system's text size."""
    label = PlainLabel(text)
    label.setFont(theme.font(scale, bold=bold))
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
