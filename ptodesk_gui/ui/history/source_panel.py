"""The ticket that a case came with, readable beside the form, with the questions that only such a case has."""

from itertools import pairwise
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ptodesk_gui.sop.entry import NO, YES, Entry, Field
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.history.elided_line import ElidedLine
from ptodesk_gui.ui.history.view import SourceView
from ptodesk_gui.ui.widgets.button import Button, Kind
from ptodesk_gui.ui.widgets.inputs import LineInput, TextFrame, TextInput
from ptodesk_gui.ui.widgets.keyed import give_key
from ptodesk_gui.ui.widgets.labelled import muted, name_field
from ptodesk_gui.ui.widgets.part import Part
from ptodesk_gui.ui.widgets.toggles import CheckBox

CHANNEL: Final = "Came by"
REQUEST: Final = "Request, for the title"
NOT_FOUND: Final = "Job not in engine"
CANNOT_IDENTIFY: Final = "They cannot name the job"
NO_TEXT: Final = "The ticket has no text of its own."
OPEN_PAGE: Final = "Open in browser"
LET_GO: Final = "Not this ticket"
_FIELDS: Final = (Field.CHANNEL, Field.SOURCE_REQUEST, Field.JOB_FOUND, Field.PARTNER_CANNOT_IDENTIFY)
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TEXT_LINES: Final = 7
_FEW_LINES: Final = 4
_NO_LIMIT: Final = 16_777_215  # Qt's own


class SourcePanel(Part):
    """Paints a ``SourceView``; hidden while there is no ticket."""

    page_requested = Signal(str)  # a ticket's key
    let_go_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: SourceView | None = None
        self._loading = False
        self._expected = False  # the entry has a ticket, which may not be painted yet
        self._awaited = ""  # the field that gets the keyboard then
        self._key = QLabel()
        self._key.setFont(theme.font(theme.FIELD, bold=True))
        self._key.setTextFormat(Qt.TextFormat.PlainText)
        self._why = ElidedLine(theme.SMALL, quiet=True)
        self.channel = QComboBox()
        self.channel.view().setAccessibleName(CHANNEL)
        self.request = LineInput()
        self.job_missing = CheckBox(NOT_FOUND)
        self.cannot_identify = CheckBox(CANNOT_IDENTIFY)
        self.text = TextInput(_TEXT_LINES)
        self.text.setReadOnly(True)
        self.text.setAccessibleName("Text of the ticket")
        self._frame = TextFrame(self.text)
        self._request_row, self._job_row = QWidget(), QWidget()
        self._inputs = (self.channel, self.request, self.job_missing, self.cannot_identify)
        self._lay_out()
        self._connect()
        self.hide()

    def set_view(self, view: SourceView | None) -> None:
        """Paint the ticket; None when there is none. Inputs are filled by ``load``."""
        if view == self._view:
            return
        self._view = view
        self.setVisible(view is not None)
        if view is None:
            return
        self._loading = True
        try:
            if self.channel.count() == 0:
                for value, words in view.channels.items():
                    self.channel.addItem(words, value)
            self.channel.setCurrentIndex(self.channel.findData(view.channel))
        finally:
            self._loading = False
        self._key.setText(view.key)
        self._why.say(view.why)
        self._request_row.setVisible(view.request is not None)
        self._job_row.setVisible(view.job_asked)
        self.cannot_identify.setVisible(view.identify_asked)
        few = self.text.fontMetrics().lineSpacing() * _FEW_LINES
        self._frame.setMaximumHeight(_NO_LIMIT if view.reading else few)
        self.text.setMinimumHeight(0 if view.reading else 1)  # 0: as many lines as it asks for
        if self.text.toPlainText() != (view.text or NO_TEXT):
            self.text.setPlainText(view.text or NO_TEXT)
        if self._awaited:
            self.focus_field(self._awaited)

    def load(self, entry: Entry) -> None:
        """Fill the inputs, saying nothing."""
        self._expected, self._awaited = bool(entry.text(Field.SOURCE_KEY)), ""
        self._loading = True
        try:
            if self.request.text() != entry.text(Field.SOURCE_REQUEST):
                self.request.setText(entry.text(Field.SOURCE_REQUEST))
            self.job_missing.setChecked(entry.text(Field.JOB_FOUND) == NO)
            self.cannot_identify.setChecked(entry.on(Field.PARTNER_CANNOT_IDENTIFY))
        finally:
            self._loading = False

    def focus_field(self, path: str) -> bool:
        """Put the keyboard on one of its inputs; False when it is not asked for now."""
        made = next((made for field, made in zip(_FIELDS, self._inputs, strict=True) if field == path), None)
        if made is None:
            return False
        if made.isVisibleTo(self.window()):
            self._awaited = ""
            made.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        self._awaited = path if self._expected and self._view is None else ""
        return bool(self._awaited)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on as in the checklist; that the keyboard came is said."""
        if event.type() is QEvent.Type.FocusIn:
            self.focus_changed.emit(_FIELDS[self._inputs.index(watched)].value)
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() in _ENTER:
            self._go_on_from(watched)
            return True
        return super().eventFilter(watched, event)

    def _go_on_from(self, watched: QObject) -> None:
        """To the next input, past the buttons, which Tab reaches."""
        after = self._inputs[self._inputs.index(watched) + 1 :]
        found = next((made for made in after if made.isVisibleTo(self) and made.isEnabled()), None)
        if found is None:
            self.focusNextChild()
        else:
            found.setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A panel as those around it."""
        c = theme.colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(c.border, 1))
        painter.setBrush(c.panel)
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 7, 7)
        painter.end()

    def _connect(self) -> None:
        names = (CHANNEL, REQUEST, NOT_FOUND, CANNOT_IDENTIFY)
        for field, made, name in zip(_FIELDS, self._inputs, names, strict=True):
            name_field(made, name, field.value)
            made.installEventFilter(self)
        self.channel.currentIndexChanged.connect(lambda at: self._say(Field.CHANNEL, self.channel.itemData(at)))
        self.request.textChanged.connect(lambda text: self._say(Field.SOURCE_REQUEST, text))
        self.job_missing.toggled.connect(lambda on: self._say(Field.JOB_FOUND, NO if on else ""))
        self.cannot_identify.toggled.connect(lambda on: self._say(Field.PARTNER_CANNOT_IDENTIFY, YES if on else ""))

    def _say(self, field: Field, value: str) -> None:
        if not self._loading:
            self.edited.emit(field.value, value)

    def _lay_out(self) -> None:
        page, let_go = Button(OPEN_PAGE, Kind.QUIET), Button(LET_GO, Kind.QUIET)
        for button in (page, let_go):
            button.setAccessibleName(button.text())
        give_key(page, "Shift+F7")
        give_key(let_go, "Ctrl+F7")
        page.clicked.connect(lambda: self.page_requested.emit(self._key.text()))
        let_go.clicked.connect(self.let_go_requested)
        label = muted(CHANNEL)
        label.setBuddy(self.channel)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._key)
        top.addWidget(label)
        top.addWidget(self.channel)
        top.addStretch(1)
        below = QHBoxLayout()  # all on one line would be too wide for a call page of 1,024
        below.setSpacing(8)
        below.addWidget(self._why, 1)
        below.addWidget(page)
        below.addWidget(let_go)
        asked = muted(REQUEST)
        asked.setBuddy(self.request)
        request = _row(self._request_row)
        request.addWidget(asked)
        request.addWidget(self.request, 1)
        job = _row(self._job_row)
        job.addWidget(self.job_missing)
        job.addWidget(self.cannot_identify)
        job.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 8)
        column.setSpacing(4)
        column.addLayout(top)
        column.addLayout(below)
        for widget in (self._request_row, self._job_row):
            column.addWidget(widget)
        column.addWidget(self._frame, 1)
        order = (*self._inputs, self.text, page, let_go)
        for first, second in pairwise(order):
            self.setTabOrder(first, second)


def _row(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout(widget)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    return row
