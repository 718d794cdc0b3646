"""One past call in full: its tickets, what was said, copied and written, and a new call from it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ptodesk_gui.ui import theme
from ptodesk_gui.ui.past import text
from ptodesk_gui.ui.past.view import PastCallView, PastTicket
from ptodesk_gui.ui.widgets.bidi import shown
from ptodesk_gui.ui.widgets.drawings import BEGIN
from ptodesk_gui.ui.widgets.drawn_button import DrawnButton
from ptodesk_gui.ui.widgets.keyed import give_key, with_key
from ptodesk_gui.ui.widgets.plain_label import MEASURE, PlainLabel
from ptodesk_gui.ui.widgets.turning import Turning

_LEFT, _RIGHT = 12, 8  # pixels
_BESIDE = _LEFT + _RIGHT


class PastDetail(QWidget):
    """Paints a ``PastCallView``."""

    open_requested = Signal(str)  # an address for the browser
    copy_requested = Signal(str)
    begin_requested = Signal(int)  # plan id

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: PastCallView | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_LEFT, 4, _RIGHT, 8)
        self._column.setSpacing(8)
        self.text_resized()

    def text_resized(self) -> None:
        """Its lines are no longer than the eye finds back."""
        self.setMaximumWidth(self.fontMetrics().averageCharWidth() * MEASURE + _BESIDE)

    @property
    def plan_id(self) -> int:
        """The call that is shown; -1 when there is none."""
        return -1 if self._view is None else self._view.plan_id

    def set_view(self, view: PastCallView | None) -> None:
        """Show this call; nothing for None."""
        self._view = view
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if view is None:
            return
        self._column.addWidget(_words(view.title, theme.font(theme.TITLE, bold=True)))
        for fact in view.facts:
            self._column.addWidget(_words(fact))
        self._column.addWidget(self._begin(view))
        for number, ticket in enumerate(view.tickets):
            self._column.addWidget(self._ticket(ticket, number))
        for each in view.texts:
            self._column.addWidget(_words(each.heading, theme.font(bold=True)))
            self._column.addWidget(_words(each.words))
        self._column.addStretch(1)

    def begin(self) -> None:
        """Ask for a new call from this one, where one can be begun."""
        if self._view is not None and not self._view.why_not:
            self.begin_requested.emit(self._view.plan_id)

    def _begin(self, view: PastCallView) -> QWidget:
        row = QWidget()
        button = DrawnButton(with_key(text.BEGIN, text.BEGIN_KEY), BEGIN, primary=True)
        button.setAccessibleName(text.BEGIN)
        button.setToolTip(text.BEGIN_TIP)
        button.setEnabled(not view.why_not)
        button.clicked.connect(self.begin)
        lines = QVBoxLayout(row)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        lines.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        lines.addWidget(_words(view.why_not or text.BEGIN_TIP))
        return row

    def _ticket(self, ticket: PastTicket, number: int) -> QWidget:
        row = QWidget()
        lines = QVBoxLayout(row)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        label = QLabel(f"{ticket.role}: {ticket.key}")
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setFont(theme.font(theme.LEAD, bold=True))
        lines.addWidget(label)
        line = Turning(8)
        lines.addWidget(line)
        for words, signal, what, key in (
            (text.OPEN, self.open_requested, ticket.url, text.OPENING),
            (text.COPY_KEY, self.copy_requested, ticket.key, ""),
            (text.COPY_LINK, self.copy_requested, ticket.url, text.LINKING),
        ):
            button = QPushButton(words)
            button.setAccessibleName(f"{words}: {ticket.key}")
            button.setEnabled(bool(what))
            button.clicked.connect(lambda _=False, signal=signal, what=what: signal.emit(what))
            if number < len(text.KEYS):
                give_key(button, key + text.KEYS[number])
            line.row.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        line.row.addStretch(1)
        return row


def _words(words: str, font: QFont | None = None) -> QLabel:
    label = PlainLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setFont(theme.font() if font is None else font)
    label.setText(shown(words))
    return label
