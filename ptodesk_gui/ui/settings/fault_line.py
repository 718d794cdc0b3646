"""A refusal beside what it is about: a sign, and the whole sentence, in the size and weight of something to be read."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from ptodesk_gui.ui import theme
from ptodesk_gui.ui.widgets.signs import Sign, SignLabel


class FaultLine(QWidget):
    """Hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = plain_label()
        self._words.setFont(theme.font(theme.FIELD, bold=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 4)
        row.addWidget(SignLabel(Sign.FAULT), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self._words.show()  # with a parent by now: else it would be a window of its own
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._words.text()

    def say(self, sentence: str) -> None:
        """Say this; an empty sentence takes it away."""
        self._words.setText(sentence)
        self.setVisible(bool(sentence))


def plain_label() -> QLabel:
    """A label that wraps and reads no markup, hidden until it has something to say."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    label.setSizePolicy(policy)
    label.hide()
    return label
