"""One saying: its heading and rule, the words, and what to tell besides."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ptodesk_gui.sop.view import Saying
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.widgets.button import Button, Kind
from ptodesk_gui.ui.widgets.labelled import muted
from ptodesk_gui.ui.widgets.plain_label import PlainLabel
from ptodesk_gui.ui.widgets.rendering_label import RenderingLabel
from ptodesk_gui.ui.widgets.signs import Sign, SignLabel

SAID = "Said"
MARK_SAID = "Mark as said"


class SayingBox(QWidget):
    """Paints a ``Saying``, and whether it was said."""

    said_requested = Signal()

    def __init__(self, heading: str, key: str) -> None:
        super().__init__()
        self._id = ""
        self._told: bool | None = None
        self._key = key
        self._said = Button("", Kind.QUIET)
        self._said.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it has its key
        self._said.clicked.connect(self.said_requested)
        self._tick = SignLabel(Sign.TICK)
        title = QLabel(heading)
        title.setFont(theme.font(bold=True))
        title.setForegroundRole(title.palette().ColorRole.Link)
        self._rule = muted("")
        self._words = RenderingLabel(theme.say_font())
        self._besides = PlainLabel()
        self._besides.setFont(theme.font(theme.LEAD))
        self._besides.setWordWrap(True)
        self._besides.setTextFormat(Qt.TextFormat.PlainText)
        top = QHBoxLayout()
        top.addWidget(title)
        top.addStretch(1)
        for widget in (self._tick, self._said, self._rule):
            top.addWidget(widget)
        self.set_said(frozenset())
        self.text_resized()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(top)
        column.addWidget(self._words)
        column.addLayout(self._besides.in_measure())

    def text_resized(self) -> None:
        """A low button: the words to say need the room."""
        self._said.setFixedHeight(self._said.fontMetrics().height() + 2)

    def set_saying(self, saying: Saying | None) -> None:
        self.setVisible(saying is not None)
        if saying is None:
            return
        self._id = saying.id
        self._rule.setText(saying.rule)
        self._words.set_rendering(saying.words)
        self._besides.setText(saying.besides)
        self._besides.setVisible(bool(saying.besides))

    def set_said(self, said: frozenset[str]) -> None:
        """Show whether it is one of those that were said."""
        told = self._id in said
        if told is self._told:
            return
        self._told = told
        self._tick.setVisible(told)
        self._said.setText(f"{SAID if told else MARK_SAID}  {self._key}")
        self._said.setAccessibleName(f"{SAID if told else MARK_SAID}: {self._id}")
