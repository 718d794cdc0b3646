"""The word beside a field: a sign and as much of it as there is room for, without ever moving the field."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ptodesk_gui.sop.view import FieldWord, Weight
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.widgets.bidi import shown
from ptodesk_gui.ui.widgets.signs import Sign, paint_sign, sign_colour

SIGNS: Final = {Weight.ERROR: Sign.FAULT, Weight.WARNING: Sign.WARNING, Weight.HINT: Sign.HINT}


class WordLabel(QLabel):
    """One line of fixed height. When the whole word does not fit, its first sentence is shown, or what stands before
    its colon, at worst elided; the tool tip and, while the keyboard is in the field, the callout have all of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._word: FieldWord | None = None
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def word(self) -> FieldWord | None:
        """The word that is shown."""
        return self._word

    def set_word(self, word: FieldWord | None) -> None:
        """Show another word, or none."""
        if word == self._word:
            return
        self._word = word
        self.setText(shown(word.text) if word else "")
        self.update()

    @property
    def shown(self) -> str:
        """The text as painted."""
        room, metrics = self.width() - self._lead(), self.fontMetrics()
        parts = _shorter(self.text())
        fitting = (part for part in parts if metrics.horizontalAdvance(part) <= room)
        return next(fitting, "") or metrics.elidedText(parts[-1], Qt.TextElideMode.ElideRight, room)

    @property
    def whole(self) -> bool:
        """Whether all of the word is to be seen."""
        return self.shown == self.text()

    def minimumSizeHint(self) -> QSize:
        """No width of its own: the word never moves a field."""
        return QSize(0, self.fontMetrics().height())

    def sizeHint(self) -> QSize:
        """One line."""
        return self.minimumSizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The sign and the word."""
        if self._word is None:
            return
        sign, c = SIGNS[self._word.weight], theme.colours(self.palette())
        side, lead = self.fontMetrics().ascent(), self._lead()
        right_to_left = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        rest = self.rect().adjusted(0, 0, -lead, 0) if right_to_left else self.rect().adjusted(lead, 0, 0, 0)
        left = self.width() - side if right_to_left else 0
        painter = QPainter(self)
        paint_sign(painter, sign, QRectF(left, (self.height() - side) / 2, side, side), c)
        painter.setPen(sign_colour(sign, c))
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, self.shown)
        painter.end()

    def _lead(self) -> int:
        return self.fontMetrics().ascent() + 4


def _shorter(text: str) -> list[str]:
    """The word whole, its first sentence, and what stands before its first colon: each shorter than the one before."""
    ends = [at + 1 for at in (text.find(". "), text.find("? ")) if at >= 0]
    sentence = text[: min(ends, default=len(text))]
    clause = sentence.partition(": ")[0]
    return list(dict.fromkeys((text, sentence, clause)))
