"""What is wrong with one of the dates, in full, on a line of its own under them: beside a field there is room for a date only."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ptodesk_gui.sop.form import Field, Weight
from ptodesk_gui.ui import theme

if TYPE_CHECKING:
    from ptodesk_gui.sop.view import FieldWord
    from ptodesk_gui.ui.widgets.word_label import WordLabel

_NAMES: Final = {Field.M1: "M1", Field.M2: "M2", Field.M3: "M3"}


class DateWords(QWidget):
    """Paints the first word that is no hint, errors first. The line is kept while there is none, so that nothing moves."""

    def __init__(self) -> None:
        super().__init__()
        self.told: Field | None = None  # the field whose word is told here
        self._label: WordLabel | None = None
        self.text_resized()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)

    def text_resized(self) -> None:
        """The height of a line."""
        self._font = theme.font(theme.SMALL)
        self.setFixedHeight(QFontMetrics(self._font).height())

    @property
    def shown(self) -> str:
        """What the line says."""
        return self._label.shown if self._label is not None and self.told is not None else ""

    def set_words(self, words: "Mapping[Field, FieldWord]") -> None:
        """Tell the word that matters most."""
        found = [field for field in _NAMES if field in words and words[field].weight is not Weight.HINT]
        found.sort(key=lambda field: words[field].weight is not Weight.ERROR)
        self.told = found[0] if found else None
        if self.told is None:
            if self._label is not None:
                self._label.set_word(None)
            return
        from ptodesk_gui.sop.view import FieldWord

        word = words[self.told]
        self._made_label().set_word(FieldWord(word.weight, f"{_NAMES[self.told]}: {word.text}"))

    def _made_label(self) -> "WordLabel":
        if self._label is None:
            from ptodesk_gui.ui.widgets.word_label import WordLabel  # not before the first paint

            self._label = WordLabel()
            self._label.setFont(self._font)
            self._row.addWidget(self._label, 1)
        return self._label
