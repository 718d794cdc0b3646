"""Plain text on the pages of this folder."""

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListView

from ptodesk_gui.ui import theme
from ptodesk_gui.ui.widgets.bidi import shown
from ptodesk_gui.ui.widgets.plain_label import PlainLabel

_LONG_WORD = re.compile(r"\S{20}(?=\S)")
_MAY_BREAK = "\u200b"  # seen by nobody; a row of a list breaks there
HEADING = theme.TITLE
TICKET_KEY = theme.HUGE


def text_label(text: str = "", scale: float = theme.TEXT, *, bold: bool = False) -> QLabel:
    """A label that wraps and never reads markup, at ``scale`` times the system's text size."""
    label = PlainLabel()
    label.setFont(theme.font(scale, bold=bold))
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setText(text)
    return label


def wrap(rows: QListView) -> None:
    """Let the rows wrap at the list's own width, also after a change of it: no sentence is reached by scrolling sideways."""
    rows.setWordWrap(True)
    rows.setResizeMode(QListView.ResizeMode.Adjust)
    rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


def breakable(text: str) -> str:
    """The text as a row of a list, names in other scripts set apart: words that are as long as an address may break, for a row is as wide as its longest word."""
    return shown(_LONG_WORD.sub(lambda part: part.group() + _MAY_BREAK, text))
