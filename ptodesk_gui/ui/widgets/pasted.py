"""What is pasted, as the plain text it looks like: web pages bring markup, hard spaces and signs that nobody sees."""

import re
from typing import Final

from PySide6.QtCore import QMimeData

# Hard and narrow spaces. What joins letters in some scripts (U+200C, U+200D) is a part of the text and stays.
_SPACES: Final = re.compile("[\u00a0\u2007\u202f]")
_UNSEEN: Final = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_BREAKS: Final = re.compile("\r\n|[\t\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029]")


def has_words(data: QMimeData) -> bool:
    """Whether there is something to paste as text."""
    return data.hasText() or data.hasHtml()


def pasted_text(data: QMimeData) -> str:
    """The text, line breaks kept; of a page that came without one, what its markup shows."""
    if data.hasText():
        text = data.text()
    else:
        from PySide6.QtGui import QTextDocumentFragment

        text = QTextDocumentFragment.fromHtml(data.html()).toPlainText()
    return _UNSEEN.sub("", _SPACES.sub(" ", text))


def on_one_line(text: str) -> str:
    """The text for a field of one line: breaks and tabs become spaces, and those round it go."""
    line = _BREAKS.sub(" ", text)
    return line.strip(" ") or line
