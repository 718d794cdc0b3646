"""The strip at the bottom: what the program has to say, without ever getting in the way of a call."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ptodesk_gui.sop.view import Weight
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.widgets.button import Button, Kind
from ptodesk_gui.ui.widgets.labelled import muted
from ptodesk_gui.ui.widgets.signs import SignLabel
from ptodesk_gui.ui.widgets.word_label import SIGNS

DISMISS = "Dismiss"


class NoticeStrip(QWidget):
    """One sentence at a time; when there is none, the keys that help most."""

    def __init__(self, idle: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._weight: Weight | None = None
        self._sign = SignLabel()
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._idle = muted(idle)
        self._dismiss = Button(DISMISS, Kind.QUIET)
        self._dismiss.setAccessibleName("Dismiss the notice")
        self._dismiss.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._dismiss.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 2, 8, 2)
        row.addWidget(self._sign)
        row.addWidget(self._text, 1)
        row.addWidget(self._idle, 1)
        row.addWidget(self._dismiss)
        self.setMinimumHeight(self._dismiss.sizeHint().height() + 4)
        self.clear()

    def add_corner(self, widget: QWidget) -> None:
        """Put something at the end of the strip that is always seen."""
        layout = self.layout()
        if layout is not None:
            layout.addWidget(widget)

    @property
    def text(self) -> str:
        """What the strip says."""
        return self._text.text()

    def set_idle(self, text: str) -> None:
        """What stands there while there is nothing to say."""
        self._idle.setText(text)

    def say(self, text: str, weight: Weight = Weight.HINT) -> None:
        """Say a sentence until the next one, and have screen readers speak it."""
        self._weight = weight
        self._sign.set_sign(SIGNS[weight])
        self._text.setText(text)
        self._show(bool(text))
        if text:
            _announce(self, text, urgent=weight is not Weight.HINT)

    def clear(self) -> None:
        """Say nothing more."""
        self._weight = None
        self._text.clear()
        self._show(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A fill by weight; the sign and the words say the same."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._fill())
        painter.setPen(theme.colours(self.palette()).border)
        painter.drawLine(0, 0, self.width(), 0)
        painter.end()

    def _fill(self) -> QColor:
        c = theme.colours(self.palette())
        fills = {Weight.ERROR: c.error_fill, Weight.WARNING: c.warning_fill, Weight.HINT: c.accent_fill}
        return fills[self._weight] if self._weight else c.panel

    def _show(self, speaking: bool) -> None:
        for widget in (self._sign, self._text, self._dismiss):
            widget.setVisible(speaking)
        self._idle.setVisible(not speaking)
        self.update()


def _announce(widget: QWidget, text: str, *, urgent: bool) -> None:
    """Have screen readers speak it. Imported here: the roles of all widgets cost the start 3 ms."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    event = QAccessibleAnnouncementEvent(widget, text)
    if urgent:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)
