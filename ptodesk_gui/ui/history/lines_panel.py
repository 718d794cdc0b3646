"""Lines of which one is to be copied: Up, Down and Enter, or the number of a line."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidgetItem, QWidget

from ptodesk_gui.ui.history.panel import Panel, wrapped_list
from ptodesk_gui.ui.widgets.bidi import shown

TITLE: Final = "Copy one line"
HOW: Final = "Enter copies the line, or press its number. A line with something that is not known yet is not listed."


class LinesPanel(Panel):
    """Offers lines; gives the chosen one in full, and goes."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(TITLE, HOW, parent)
        self._lines: tuple[str, ...] = ()
        self.list = wrapped_list(TITLE)
        self.list.itemActivated.connect(lambda item: self._choose(self.list.row(item)))
        self.list.installEventFilter(self)
        self.column.addWidget(self.list, 1)

    def offer(self, lines: Sequence[str]) -> None:
        """Show these lines, the first one chosen, with the keyboard."""
        self._lines = tuple(lines)
        self.list.clear()
        for number, line in enumerate(lines, 1):
            self.list.addItem(QListWidgetItem(f"{number}   {shown(line)}"))
        self.list.setCurrentRow(0)
        self.enter(self.list)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A number copies its line."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.text() in _DIGITS:
            self._choose(_DIGITS.index(event.text()))
            return True
        return super().eventFilter(watched, event)

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._lines):
            self.leave()
            self.chosen.emit(self._lines[row])


_DIGITS: Final = [str(number) for number in range(1, 10)]
