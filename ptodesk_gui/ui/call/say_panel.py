"""What to say now, in large type, filled in as the facts arrive."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ptodesk_gui.sop.view import Saying
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.widgets.card import Card
from ptodesk_gui.ui.widgets.labelled import muted
from ptodesk_gui.ui.widgets.rendering_label import RenderingLabel

SAY_NOW = "Say now"
SAY_ALSO = "And, if asked again"
NOTHING_YET = "Nothing about dates can be said yet"


class SayPanel(Card):
    """Paints the sayings. Before there is one, it says calmly why."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Saying, ...] | None = None
        self._why_none = ""
        self._sayings: list[_SayingBox] = []
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
        self._column.setContentsMargins(14, 9, 14, 10)
        self._column.setSpacing(9)
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
            box = _SayingBox(SAY_ALSO if self._sayings else SAY_NOW)
            self._sayings.append(box)
            self._column.insertWidget(self._column.count() - 1, box)
        for number, box in enumerate(self._sayings):
            box.set_saying(sayings[number] if number < len(sayings) else None)
        self._none.setVisible(not sayings)


class _SayingBox(QWidget):
    """One saying: its heading and rule, the words, and what to tell besides."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        title = QLabel(heading)
        title.setFont(theme.font(1.0, bold=True))
        title.setForegroundRole(title.palette().ColorRole.Link)
        self._rule = muted("", 0.9)
        self._words = RenderingLabel(theme.say_font())
        self._besides = QLabel()
        self._besides.setFont(theme.font(1.2))
        self._besides.setWordWrap(True)
        self._besides.setTextFormat(Qt.TextFormat.PlainText)
        top = QHBoxLayout()
        top.addWidget(title)
        top.addStretch(1)
        top.addWidget(self._rule)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(top)
        column.addWidget(self._words)
        column.addWidget(self._besides)

    def set_saying(self, saying: Saying | None) -> None:
        self.setVisible(saying is not None)
        if saying is None:
            return
        self._rule.setText(saying.rule)
        self._words.set_rendering(saying.words)
        self._besides.setText(saying.besides)
        self._besides.setVisible(bool(saying.besides))
