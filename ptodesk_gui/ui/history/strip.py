"""What is known of open tickets, in a line of fixed height beside the call: nothing moves whatever is found."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ptodesk_gui.sop.entry import Entry, Field
from ptodesk_gui.sop.view import FieldWord, Weight
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.history.elided_line import ElidedLine
from ptodesk_gui.ui.history.view import StripView, Tone
from ptodesk_gui.ui.widgets.button import Button, Kind
from ptodesk_gui.ui.widgets.inputs import LineInput
from ptodesk_gui.ui.widgets.labelled import muted, name_field
from ptodesk_gui.ui.widgets.part import Part
from ptodesk_gui.ui.widgets.plain_label import plain_tip
from ptodesk_gui.ui.widgets.signs import Sign, SignLabel

PASTE: Final = "Take from pasted text"
NEWS: Final = "New information"
NEWS_SPOKEN: Final = "New information for the open ticket"
NEWS_ELSE: Final = "left empty, the concern is added to it"
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SIGNS: Final = {Tone.QUIET: Sign.NONE, Tone.DOUBTFUL: Sign.WARNING, Tone.FOUND: Sign.WARNING, Tone.CHOSEN: Sign.TICK}


class HistoryStrip(Part):
    """Paints a ``StripView``; while a ticket is chosen, it has the input for what is new."""

    open_requested = Signal()
    paste_requested = Signal()
    passed_the_end = Signal()  # Enter in the new information

    def __init__(self, open_key: str, paste_key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = StripView(Tone.QUIET, "")
        self._open_key = open_key
        self._loading = False
        self._expected = False  # the entry adds to a ticket, which may not be painted yet
        self._awaited = False  # the new information gets the keyboard then
        self._sign = SignLabel()
        self._headline = ElidedLine(lead=True)
        self._rest = ElidedLine()
        self._open = Button("")
        self._paste = Button(f"{PASTE}  {paste_key}", Kind.QUIET)
        for button in (self._open, self._paste):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # each has its key; Tab stays with what is typed
        self._paste.setAccessibleName(PASTE)
        self.news = LineInput()
        self.news.setPlaceholderText(NEWS_ELSE)
        name_field(self.news, NEWS_SPOKEN, Field.NEW_INFORMATION.value)
        self._news_row = QWidget()
        self._lay_out()
        self._open.clicked.connect(self.open_requested)
        self._paste.clicked.connect(self.paste_requested)
        self.news.textChanged.connect(self._typed)
        self.news.installEventFilter(self)
        self.set_view(StripView(Tone.QUIET, " "))

    @property
    def view(self) -> StripView:
        """What is painted."""
        return self._view

    def set_view(self, view: StripView) -> None:
        """Paint another state; the same costs nothing."""
        if view == self._view:
            return
        if view.tone is not self._view.tone and view.tone is not Tone.QUIET:
            _announce(self, view.headline)
        self._view = view
        self._sign.set_sign(_SIGNS[view.tone])
        self._sign.setVisible(view.tone is not Tone.QUIET)
        self._headline.say(view.headline)
        self._rest.say(view.rest)
        self._news_row.setVisible(view.news)
        if view.news and self._awaited:
            self.focus_field(Field.NEW_INFORMATION)
        self._open.setText(f"{view.action}  {self._open_key}" if view.action else "")
        self._open.setAccessibleName(f"{view.action}: {view.headline}" if view.action else "Open tickets")
        self._open.setVisible(bool(view.action))
        self._paste.setVisible(not view.action)
        if (layout := self.layout()) is not None:
            layout.activate()  # in this frame, not in the next one
        self.setAccessibleName("Open tickets")
        self.setAccessibleDescription(f"{view.headline} {view.rest}")
        self.update()

    def set_word(self, word: FieldWord | None) -> None:
        """Show the word about the new information."""
        text = word.text if word is not None else ""
        if self.news.toolTip() != plain_tip(text):
            self.news.setToolTip(plain_tip(text))
            self.news.setAccessibleDescription(text)
            self.news.set_fault(word is not None and word.weight is Weight.ERROR)

    def load(self, entry: Entry) -> None:
        """Fill in what is new, saying nothing."""
        self._awaited = False
        self._expected = any(entry.text(which) for which in (Field.OPEN_HOMEOWNER, Field.OPEN_INSTALLER))
        text = entry.text(Field.NEW_INFORMATION)
        if text != self.news.text():
            self._loading = True
            try:
                self.news.setText(text)
            finally:
                self._loading = False

    def focus_field(self, path: str) -> bool:
        """Put the keyboard on the new information while there is a ticket for it."""
        if path != Field.NEW_INFORMATION:
            return False
        shown = self._news_row.isVisibleTo(self)
        self._awaited = self._expected and not shown
        if shown:
            self.news.setFocus(Qt.FocusReason.OtherFocusReason)
        return shown or self._awaited

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on as after the last field of the checklist; that the keyboard came is said."""
        if event.type() is QEvent.Type.FocusIn:
            self.focus_changed.emit(Field.NEW_INFORMATION.value)
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() in _ENTER:
            self.passed_the_end.emit()
            return True
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A panel; filled where there is something to decide or something was decided."""
        c = theme.colours(self.palette())
        tone = self._view.tone
        fill = {Tone.DOUBTFUL: c.panel, Tone.FOUND: c.warning_fill, Tone.CHOSEN: c.accent_fill}.get(tone, c.panel)
        frame = {Tone.DOUBTFUL: c.warning, Tone.FOUND: c.warning, Tone.CHOSEN: c.accent}.get(tone, c.border)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(frame, 1))
        painter.setBrush(fill)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        painter.end()

    def _typed(self, text: str) -> None:
        if not self._loading:
            self.edited.emit(Field.NEW_INFORMATION.value, text)

    def _lay_out(self) -> None:
        news = QHBoxLayout(self._news_row)
        news.setContentsMargins(0, 0, 0, 0)
        news.setSpacing(8)
        news.addWidget(muted(NEWS))
        news.addWidget(self.news, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 4, 0)
        row.setSpacing(8)
        row.addWidget(self._sign)
        row.addWidget(self._headline)
        row.addWidget(self._rest, 1)
        row.addWidget(self._news_row, 1)
        row.addWidget(self._open)
        row.addWidget(self._paste)


def _announce(widget: QWidget, text: str) -> None:
    """Have screen readers say it, without interrupting."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
