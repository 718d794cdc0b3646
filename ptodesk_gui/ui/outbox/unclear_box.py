"""The question about a step whose outcome nobody could settle: both choices, explained, and what each of them does."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ptodesk_gui.sop.progress import PlanProgress, StepProgress
from ptodesk_gui.sop.steps import CreateTicket
from ptodesk_gui.ui.outbox import words
from ptodesk_gui.ui.outbox.text import text_label
from ptodesk_gui.ui.widgets.keyed import give_key


class UnclearBox(QFrame):
    """Asks about the first step that only a person can settle; hidden while there is none."""

    arrived_requested = Signal(str, str)  # step id, the ticket's key (empty unless the step makes a ticket)
    resend_requested = Signal(str)  # step id

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("unclearBox")
        self._step_id = ""
        self._makes_ticket = False
        self._what = text_label(bold=True)
        help_text = text_label(words.UNCLEAR_HELP)
        self._key_label = QLabel(words.TICKET_KEY)
        self._key = QLineEdit()
        self._key.setMaximumWidth(160)
        self._key_label.setBuddy(self._key)
        self._arrived = QPushButton(words.ARRIVED)
        self._resend = QPushButton(words.RESEND)
        give_key(self._arrived, "Ctrl+Shift+A")
        give_key(self._resend, "Ctrl+Shift+R")
        self._key.textChanged.connect(self._update_arrived)
        self._arrived.clicked.connect(
            lambda: self.arrived_requested.emit(self._step_id, self._key.text().strip().upper())
        )
        self._resend.clicked.connect(lambda: self.resend_requested.emit(self._step_id))
        key_row = QHBoxLayout()
        key_row.addWidget(self._key_label)
        key_row.addWidget(self._key)
        key_row.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addWidget(self._arrived)
        buttons.addWidget(self._resend)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.addWidget(self._what)
        column.addWidget(help_text)
        column.addLayout(key_row)
        column.addLayout(buttons)

    def set_plan(self, plan: PlanProgress | None) -> None:
        """Ask about the plan's first step that a person must settle, if it has one."""
        step = _first_to_ask(plan)
        self.setVisible(step is not None)
        if step is None:
            self._step_id = ""
            return
        if step.step.id != self._step_id:
            self._key.clear()
        self._step_id = step.step.id
        self._makes_ticket = isinstance(step.step, CreateTicket)
        self._what.setText(f"{step.words}: did it happen?")
        for widget in (self._key_label, self._key):
            widget.setVisible(self._makes_ticket)
        self._update_arrived()

    def _update_arrived(self) -> None:
        project, dash, number = self._key.text().strip().partition("-")
        is_key = bool(project) and bool(dash) and number.isascii() and number.isdigit()
        self._arrived.setEnabled(is_key or not self._makes_ticket)


def _first_to_ask(plan: PlanProgress | None) -> StepProgress | None:
    if plan is None:
        return None
    return next((step for step in plan.steps if step.ask_arrived), None)
