"""The caller who is on the line: what is said, sentence by sentence, the job page, the caller's tickets on the desk."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from ptodesk_gui.sop.training import CallerView, TicketRef
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.training import words
from ptodesk_gui.ui.training.text import text_label
from ptodesk_gui.ui.widgets.keyed import give_key
from ptodesk_gui.ui.widgets.scrolling import ScrollBox

_TICKET_KEYS = ("Ctrl+F9", "Ctrl+F10", "Ctrl+F11")  # copy the key of the first of the caller's tickets, of the second


class OnTheLine(QWidget):
    """Paints a ``CallerView`` and asks for the next sentence."""

    next_requested = Signal()
    compare_requested = Signal()
    another_requested = Signal()
    copy_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: CallerView | None = None
        self._title = text_label(scale=theme.FIELD, bold=True)
        self._channel = text_label(scale=theme.SMALL)
        self._channel.setForegroundRole(self._channel.palette().ColorRole.PlaceholderText)
        self._tickets = QVBoxLayout()
        self._said: list[QLabel] = []
        self._lines = QVBoxLayout()
        self._next = QPushButton(words.NEXT)
        self._job = QPlainTextEdit()
        self._job.setReadOnly(True)
        self._job.setTabChangesFocus(True)
        self._job.setAccessibleName(words.JOB_PAGE)
        self._copy = QPushButton(words.COPY_JOB)
        self._copy.setAccessibleName(words.COPY_JOB_SPOKEN)
        self._stage = text_label(words.STAGES[0])
        self._compare = QPushButton(words.COMPARE)
        self._another = QPushButton(words.ANOTHER)
        give_key(self._copy, "Ctrl+F8")
        give_key(self._another, "Ctrl+Shift+F8")
        self._scroll = self._lay_out()
        self._next.clicked.connect(self.next_requested)
        self._compare.clicked.connect(self.compare_requested)
        self._another.clicked.connect(self.another_requested)
        self._copy.clicked.connect(lambda: self.copy_requested.emit(self._job.toPlainText()))

    def set_view(self, view: CallerView) -> None:
        """Show the caller as far as the call is."""
        before, self._view = self._view, view
        self._title.setText(view.title)
        self._channel.setText(f"{view.channel}. {view.about}")
        if before is None or before.tickets != view.tickets:
            self._show_tickets(view.tickets)
        if before is None or before.job_page != view.job_page:
            self._job.setPlainText(view.job_page)
        self._show_said(view.said)
        self._next.setEnabled(view.left > 0)
        self._next.setText(words.NEXT if view.left else words.NO_MORE)

    def set_stage(self, text: str, *, can_compare: bool) -> None:
        """Say how far the exercise is, and whether there is a comparison to look at."""
        self._stage.setText(text)
        self._compare.setEnabled(can_compare)

    def _show_said(self, said: tuple[str, ...]) -> None:
        while len(self._said) < len(said):
            label = text_label()
            self._said.append(label)
            self._lines.insertWidget(len(self._said) - 1, label)
        for number, label in enumerate(self._said):
            label.setVisible(number < len(said))
            if number < len(said):
                label.setText(f"“{said[number]}”" if not said[number].startswith("(") else said[number])
                label.setFont(theme.font(bold=number == len(said) - 1))
        if said:
            self._scroll.reveal(self._said[len(said) - 1])

    def _show_tickets(self, tickets: tuple[TicketRef, ...]) -> None:
        while (item := self._tickets.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for number, ticket in enumerate(tickets):
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            line.addWidget(text_label(f"{ticket.words}: {ticket.key}"), 1)
            copy = QPushButton(words.COPY_KEY)
            copy.setAccessibleName(words.COPY_KEY_SPOKEN.format(key=ticket.key))
            copy.clicked.connect(lambda _=False, key=ticket.key: self.copy_requested.emit(key))
            if number < len(_TICKET_KEYS):
                give_key(copy, _TICKET_KEYS[number])
            line.addWidget(copy)
            self._tickets.addWidget(row)

    def _lay_out(self) -> ScrollBox:
        inner = QWidget()
        inner.setLayout(self._lines)
        self._lines.setContentsMargins(2, 2, 8, 2)
        self._lines.setSpacing(8)
        self._lines.addStretch(1)
        scroll = ScrollBox(inner, words.SENTENCES, keyboard=True)
        job = QHBoxLayout()
        job.addWidget(text_label(words.JOB_PAGE, bold=True), 1)
        job.addWidget(self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self._channel)
        column.addLayout(self._tickets)
        column.addWidget(scroll, 5)
        column.addWidget(self._next)
        column.addLayout(job)
        column.addWidget(self._job, 4)
        column.addWidget(self._stage)
        column.addWidget(self._compare)
        column.addWidget(self._another)
        for label in (self._title, self._channel, self._stage):
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
        return scroll
