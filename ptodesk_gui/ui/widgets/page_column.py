"""The column that a page stands in: on a wide screen no wider than hand and eye follow, from the words to their buttons."""

from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

_LETTERS: Final = 220  # average ones: all of a window of the usual size
_FIRST_TO_GROW: Final = 1000  # share of the room that is left


class _Held(QWidget):
    """As wide as so many letters at most."""

    def __init__(self) -> None:
        super().__init__()
        self.text_resized()

    def text_resized(self) -> None:
        """In another size of text another width."""
        self.setMaximumWidth(self.fontMetrics().averageCharWidth() * _LETTERS)


def page_column(page: QWidget) -> QVBoxLayout:
    """The layout for what the page shows, one under the other."""
    held = _Held()
    row = QHBoxLayout(page)
    row.setSpacing(0)
    row.addWidget(held, _FIRST_TO_GROW)
    row.addStretch(1)
    column = QVBoxLayout(held)
    column.setContentsMargins(0, 0, 0, 0)
    return column
