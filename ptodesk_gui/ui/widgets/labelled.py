"""The one helper that makes a field: its label with buddy, the word about it, its accessible name and identifier."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ptodesk_gui.sop.form import Weight
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.widgets.choice_row import ChoiceRow
from ptodesk_gui.ui.widgets.inputs import LineInput, TextFrame, TextInput
from ptodesk_gui.ui.widgets.plain_label import PlainLabel, plain_tip

if TYPE_CHECKING:
    from ptodesk_gui.sop.view import FieldWord
    from ptodesk_gui.ui.widgets.word_label import WordLabel

Input = LineInput | TextInput | ChoiceRow


class Labelled(QVBoxLayout):
    """A field under its label; the word about the field stands on the label's line and never moves anything."""

    def __init__(self, label: str, field: Input, identifier: str, spoken: str = "") -> None:
        """``identifier`` is the path of the field's fact; ``spoken`` a fuller name for accessibility tools."""
        super().__init__()
        self.field = field
        self.label = muted(label)
        self._word: WordLabel | None = None
        name_field(field, spoken or label, identifier)
        if not isinstance(field, ChoiceRow):
            self.label.setBuddy(field)
        self._line = QHBoxLayout()
        self._line.setSpacing(4)
        self._line.addWidget(self.label)
        self.setSpacing(0)
        self.addLayout(self._line)
        self._frame = TextFrame(field) if isinstance(field, TextInput) else field
        if (
            isinstance(field, TextInput) and field.most
        ):  # then the line of the label takes none of the room that is left
            self.label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.addWidget(self._frame, 0 if isinstance(field, LineInput) else 1)

    @property
    def word(self) -> "WordLabel":
        """The word about the field; made when there is one for the first time."""
        if self._word is None:
            from ptodesk_gui.ui.widgets.word_label import WordLabel

            self._word = WordLabel()
            self._word.setFont(theme.font(theme.SMALL))
            self._line.addWidget(self._word, 1)
        return self._word

    def set_word(self, word: "FieldWord | None") -> None:
        """Show the word about the field, mark the field, and tell accessibility tools."""
        if (self._word is None and word is None) or word == self.word.word:
            return
        self.word.set_word(word)
        text = word.text if word else ""
        self.word.setToolTip(plain_tip(text))
        self.field.setAccessibleDescription(text)
        if not isinstance(self._frame, ChoiceRow):
            self._frame.set_fault(word is not None and word.weight is Weight.ERROR)


def name_field(field: QWidget, name: str, identifier: str) -> None:
    """Give a widget the name that accessibility tools speak and the identifier that tests and drivers find it by."""
    field.setAccessibleName(name)
    field.setAccessibleIdentifier(identifier)
    field.setObjectName(identifier)


def words(text: str, scale: float = theme.TEXT, *, bold: bool = False) -> QLabel:
    """A label of plain text."""
    label = PlainLabel(text)
    label.setFont(theme.font(scale, bold=bold))
    return label


def muted(text: str, scale: float = theme.SMALL) -> QLabel:
    """A label for what is beside the matter: names of fields, keys, explanations."""
    label = words(text, scale)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label
