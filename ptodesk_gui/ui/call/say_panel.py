"""What to say now, in large type, filled in as the facts arrive; and what to ask next, so that there is always a next thing."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ptodesk_gui.ui.call import keys
from ptodesk_gui.ui.call.ask_box import AskBox
from ptodesk_gui.ui.widgets.card import Card

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ptodesk_gui.sop.view import Saying
    from ptodesk_gui.ui.call.saying_box import SayingBox

SAY_NOW: Final = "Say now"
SAY_ALSO: Final = "And, if asked again"


class SayPanel(Card):
    """Paints the sayings, and under them the next question. Before there is a saying, the questions are what is large."""

    said_requested = Signal(int)  # the number of a saying

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Saying, ...] = ()
        self._sayings: list[SayingBox] = []
        self.ask = AskBox()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 4, 12, 4)
        self._column.setSpacing(4)
        self._column.addWidget(self.ask)
        self._column.addStretch(1)

    def set_advice(
        self, sayings: "tuple[Saying, ...]", ask: tuple[str, ...], why_none: str
    ) -> "tuple[bool, QWidget | None]":
        """Paint these sayings, or why there is none; and the questions that are still open.

        Gives whether that is another thing than was painted, and the saying that is to be said now and was not before; None when there is none.
        """
        asked = self.ask.set_questions(ask, why_none, alone=not sayings)
        if sayings == self._shown:
            return asked, None
        before = {saying.id for saying in self._shown}
        self._shown = sayings
        while len(self._sayings) < len(sayings):
            self.add_box()
        for number, box in enumerate(self._sayings):
            box.set_saying(sayings[number] if number < len(sayings) else None)
        fresh = [box for box, saying in zip(self._sayings, sayings, strict=False) if saying.id not in before]
        return True, fresh[0] if fresh else None

    @property
    def boxes(self) -> "Sequence[QWidget]":
        """What stands in the panel, one for each saying."""
        return self._sayings

    @property
    def first(self) -> "QWidget | None":
        """The saying that stands at the top."""
        return self._sayings[0] if self._sayings else None

    def set_said(self, said: frozenset[str]) -> None:
        """Mark the sayings that were said."""
        for box in self._sayings:
            box.set_said(said)

    def add_box(self) -> None:
        """One more place for a saying."""
        from ptodesk_gui.ui.call.saying_box import SayingBox  # not needed for the first paint

        number = len(self._sayings)
        box = SayingBox(SAY_ALSO if number else SAY_NOW, keys.SAID_ALSO if number else keys.SAID)
        box.said_requested.connect(lambda: self.said_requested.emit(number))
        box.hide()
        self._sayings.append(box)
        self._column.insertWidget(number, box)
