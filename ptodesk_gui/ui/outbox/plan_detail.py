"""One plan of the outbox in full: its state, why it does not go on, what a person can do about it, its steps."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ptodesk_gui.sop.progress import PlanProgress, PlanState
from ptodesk_gui.ui.outbox import words
from ptodesk_gui.ui.outbox.step_list import StepList
from ptodesk_gui.ui.outbox.text import HEADING, text_label
from ptodesk_gui.ui.outbox.unclear_box import UnclearBox
from ptodesk_gui.ui.widgets.keyed import give_key


class PlanDetail(QWidget):
    """Paints the plan that is chosen in the list."""

    retry_requested = Signal()
    receipt_requested = Signal()
    arrived_requested = Signal(str, str)  # step id, the ticket's key or ""
    resend_requested = Signal(str)  # step id

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = text_label(scale=HEADING, bold=True)
        self._tickets = text_label()
        self._held = text_label()
        self._retry = QPushButton(words.RETRY)
        self._receipt = QPushButton(words.OPEN_RECEIPT)
        self._unclear = UnclearBox()
        self._steps = StepList()
        buttons = QHBoxLayout()
        buttons.addWidget(self._retry)
        buttons.addWidget(self._receipt)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        for widget in (self._state, self._held, self._tickets, self._unclear):
            column.addWidget(widget)
        column.addLayout(buttons)
        column.addWidget(self._steps)
        column.addStretch(1)
        give_key(self._retry, "F5")
        give_key(self._receipt, "Ctrl+R")
        self._retry.clicked.connect(self.retry_requested)
        self._receipt.clicked.connect(self.receipt_requested)
        self._unclear.arrived_requested.connect(self.arrived_requested)
        self._unclear.resend_requested.connect(self.resend_requested)

    def set_plan(self, plan: PlanProgress) -> None:
        """Show this plan."""
        self._unclear.set_plan(plan)
        self._steps.set_steps(plan.steps)
        self._state.setText(f"{plan.title}: {words.plan_words(plan)}")
        self._tickets.setText("   ".join(f"{words.role_words(role)}: {key}" for role, key in plan.tickets.items()))
        self._held.setText(words.held_words(plan))
        self._held.setVisible(bool(self._held.text()))
        self._retry.setVisible(plan.state in (PlanState.LATER, PlanState.PERSON))
