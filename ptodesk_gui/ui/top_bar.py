"""The slim bar at the top: the clock of the call, who is on the line, where tickets go, what is waiting."""

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from ptodesk_gui.ui import theme
from ptodesk_gui.ui.widgets.button import Button, Kind
from ptodesk_gui.ui.widgets.labelled import muted

PRACTICE: Final = "PRACTICE"
PRACTICE_WORDS: Final = "reaches no real site"
NOBODY: Final = "New caller"
_STRIPE: Final = 9  # pixels of the striped edge


class TopBar(QWidget):
    """Paints the state of the window; its buttons are the window's actions."""

    def __init__(self, practice: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._practice = practice
        self._call = _clock("Call")
        self._wrap_up = _clock("Wrap-up")
        self._name = _Elided(NOBODY)
        self._site = QLabel(f"{PRACTICE}: {PRACTICE_WORDS}" if practice else "")
        self._site.setTextFormat(Qt.TextFormat.PlainText)
        self._site.setFont(theme.font(1.08 if practice else 1.0, bold=practice))
        if not practice:
            self._site.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 4 + (_STRIPE if practice else 0), 8, 4)
        self._row.setSpacing(6)
        for widget in (self._call, self._wrap_up):
            self._row.addWidget(widget)
        self._row.addWidget(self._name, 1)
        self._row.addWidget(self._site)
        self._row.addStretch(1)
        self.set_call_seconds(None)
        self.set_wrap_up_seconds(None)
        if practice:
            self._colour()

    def add_button(
        self, action: QAction, text: str, *, primary: bool = False, after: str = "", before: QWidget | None = None
    ) -> Button:
        """A button for an action, its key beside its words. ``after`` "clock" puts it beside the clock of the call."""
        button = Button(text, Kind.PRIMARY if primary else Kind.QUIET)
        button.setAccessibleName(action.text())
        button.setToolTip(action.toolTip())
        button.clicked.connect(action.trigger)
        button.setEnabled(action.isEnabled())
        action.enabledChanged.connect(button.setEnabled)
        if after == "clock":
            self._row.insertWidget(2, button)
        elif before is not None:
            self._row.insertWidget(self._row.indexOf(before), button)
        else:
            self._row.addWidget(button)
        if self._practice:
            self._colour()
        return button

    def set_call_seconds(self, seconds: int | None) -> None:
        """The time the call has taken; None while there is no call."""
        self._call.setText(f"Call {_time(seconds)}")

    def set_wrap_up_seconds(self, seconds: int | None) -> None:
        """The time since the call ended; None hides it."""
        self._wrap_up.setText(f"Wrap-up {_time(seconds)}")
        self._wrap_up.setVisible(seconds is not None)

    def set_homeowner(self, name: str) -> None:
        """Who is on the line."""
        self._name.setText(name or NOBODY)

    def set_site(self, site: str) -> None:
        """Where tickets go. In practice mode the banner stays."""
        if not self._practice:
            self._site.setText(site)

    def changeEvent(self, event: QEvent) -> None:
        """Keep the words readable on the practice colours when the palette changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ApplicationPaletteChange and self._practice:
            self._colour()

    def _colour(self) -> None:
        palette = QPalette()
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
            palette.setColor(role, theme.colours(palette).on_practice)
        for words in (*self.findChildren(QLabel), *self.findChildren(Button)):
            words.setPalette(palette)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A plain bar, or in practice mode a coloured one with a striped edge."""
        c = theme.colours(self.palette())
        painter = QPainter(self)
        painter.fillRect(self.rect(), c.practice if self._practice else c.panel)
        if self._practice:
            edge = QRectF(0, 0, self.width(), _STRIPE)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setClipRect(edge)
            painter.setPen(QPen(c.on_practice, 6))
            for x in range(-2 * _STRIPE, self.width() + _STRIPE, 18):
                painter.drawLine(QPointF(x, _STRIPE + 3), QPointF(x + _STRIPE + 6, -3))
        else:
            painter.setPen(c.border)
            painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()


class _Elided(QLabel):
    """A name as far as there is room for it; the tool tip has all of it."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(1.15, bold=True))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The tool tip only when it says more."""
        super().resizeEvent(event)
        self.setToolTip(self.text())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The name, elided."""
        painter = QPainter(self)
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, text)
        painter.end()


def _clock(words: str) -> QLabel:
    label = muted("", 1.08)
    label.setForegroundRole(QPalette.ColorRole.WindowText)
    label.setMinimumWidth(label.fontMetrics().horizontalAdvance(f"{words} 00:00") + 2)
    return label


def _time(seconds: int | None) -> str:
    """3:07, 1:02:03; dashes while nothing runs."""
    if seconds is None:
        return "-:--"
    minutes, rest = divmod(max(seconds, 0), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
