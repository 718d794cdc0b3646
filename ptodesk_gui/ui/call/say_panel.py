"""What to say now, in large type, filled in as the facts arrive."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ptodesk_gui.sop.view import Saying
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.call import keys
from ptodesk_gui.ui.widgets.card import Card
from ptodesk_gui.ui.widgets.labelled import muted

if TYPE_CHECKING:
    from ptodesk_gui.ui.call.saying_box import SayingBox

SAY_NOW = "Say now"
SAY_ALSO = "And, if asked again"
NOTHING_YET = "Nothing about dates can be said yet"


class SayPanel(Card):
    """Paints the sayings. Before there is one, it says calmly why."""

    said_requested = Signal(int)  # the number of a saying

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Saying, ...] | None = None
        self._why_none = ""
        self._sayings: list[SayingBox] = []
        self._none = QWidget()
        heading = QLabel(NOTHING_YET)
        heading.setFont(theme.font(1.4))
        heading.setWordWrap(True)
        self._why = muted("", 1.08)
        self._why.setWordWrap(True)
        empty = QVBoxLayout(self._none)
        empty.setContentsMargins(0, 0, 0, 0)
        empty.addWidget(heading)
        empty.addWidget(self._why)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 5, 14, 5)
        self._column.setSpacing(6)
        self._column.addWidget(self._none)
        self._column.addStretch(1)
        self.set_sayings((), "")

    def set_sayings(self, sayings: tuple[Saying, ...], why_none: str) -> None:
        """Paint these sayings, or why there is none."""
        if why_none != self._why_none:
            self._why_none = why_none
            self._why.setText(why_none)
        if sayings == self._shown:
            return
        self._shown = sayings
        while len(self._sayings) < len(sayings):
            self._add_box()
        for number, box in enumerate(self._sayings):
            box.set_saying(sayings[number] if number < len(sayings) else None)
        self._none.setVisible(not sayings)

    def set_said(self, said: frozenset[str]) -> None:
        """Mark the sayings that were said."""
        for box in self._sayings:
            box.set_said(said)

    def _add_box(self) -> None:
        from ptodesk_gui.ui.call.saying_box import SayingBox  # not needed for the first paint

        number = len(self._sayings)
        box = SayingBox(SAY_ALSO if number else SAY_NOW, keys.SAID_ALSO if number else keys.SAID)
        box.said_requested.connect(lambda: self.said_requested.emit(number))
        self._sayings.append(box)
        self._column.insertWidget(self._column.count() - 1, box)
