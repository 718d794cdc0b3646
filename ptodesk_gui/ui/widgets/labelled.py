"""The one helper that makes a field: its label with buddy, the word about it, its accessible name and identifier."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ptodesk_gui.sop.view import FieldWord, Weight
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.widgets.choice_row import ChoiceRow
from ptodesk_gui.ui.widgets.inputs import LineInput, TextFrame, TextInput
from ptodesk_gui.ui.widgets.word_label import WordLabel

Input = LineInput | TextInput | ChoiceRow


class Labelled(QWidget):
    """A field under its label; the word about the field stands on the label's line and never moves anything."""

    def __init__(
        self, label: str, field: Input, identifier: str, spoken: str = "", parent: QWidget | None = None
    ) -> None:
        """``identifier`` is the path of the field's fact; ``spoken`` a fuller name for accessibility tools."""
        super().__init__(parent)
        self.field = field
        self.label = QLabel(label)
        self.word = WordLabel()
        name_field(field, spoken or label, identifier)
        palette = self.label.palette()
        self.label.setFont(theme.font(0.95))
        self.label.setForegroundRole(palette.ColorRole.PlaceholderText)
        self.word.setFont(theme.font(0.9))
        if not isinstance(field, ChoiceRow):
            self.label.setBuddy(field)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.label)
        line.addWidget(self.word, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addLayout(line)
        self._frame = TextFrame(field) if isinstance(field, TextInput) else field
        column.addWidget(self._frame, 1 if isinstance(field, TextInput) else 0)
        vertical = QSizePolicy.Policy.Preferred if isinstance(field, TextInput) else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Preferred, vertical)

    def set_word(self, word: FieldWord | None) -> None:
        """Show the word about the field, mark the field, and tell accessibility tools."""
        if word == self.word.word:
            return
        self.word.set_word(word)
        text = word.text if word else ""
        self.word.setToolTip(text)
        self.field.setAccessibleDescription(text)
        if not isinstance(self._frame, ChoiceRow):
            self._frame.set_fault(word is not None and word.weight is Weight.ERROR)


def name_field(field: QWidget, name: str, identifier: str) -> None:
    """Give a widget the name that accessibility tools speak and the identifier that tests and drivers find it by."""
    field.setAccessibleName(name)
    field.setAccessibleIdentifier(identifier)
    field.setObjectName(identifier)


def muted(text: str, scale: float = 0.9) -> QLabel:
    """A label for what is beside the matter: keys, explanations."""
    label = QLabel(text)
    label.setFont(theme.font(scale))
    label.setForegroundRole(label.palette().ColorRole.PlaceholderText)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
