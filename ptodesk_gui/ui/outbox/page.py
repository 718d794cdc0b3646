"""The outbox: every plan with its state, why it is not done and since when, and what a person can do about it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ptodesk_gui.sop.progress import PlanProgress, PlanState
from ptodesk_gui.ui.outbox import words
from ptodesk_gui.ui.outbox.step_list import StepList
from ptodesk_gui.ui.outbox.text import HEADING, text_label
from ptodesk_gui.ui.outbox.unclear_box import UnclearBox

_STYLE = """
QListWidget { border: 1px solid palette(mid); border-radius: 6px; }
QListWidget::item { padding: 6px; }
#unclearBox { background: palette(base); border: none; border-left: 5px solid palette(highlight); }
"""


class OutboxPage(QWidget):
    """Paints all plans, the newest first; the chosen one with its steps beside the list."""

    retry_requested = Signal(int)  # plan id
    arrived_requested = Signal(int, str, str)  # plan id, step id, the ticket's key or ""
    resend_requested = Signal(int, str)  # plan id, step id
    receipt_requested = Signal(int)  # plan id
    back_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setStyleSheet(_STYLE)
        self._plans: dict[int, PlanProgress] = {}
        self._list = QListWidget()
        self._list.setAccessibleName("Filed calls")
        self._list.setWordWrap(True)
        self._list.setAlternatingRowColors(True)
        self._state = text_label(scale=HEADING, bold=True)
        self._tickets = text_label()
        self._held = text_label()
        self._retry = QPushButton(words.RETRY)
        self._receipt = QPushButton("Open the receipt")
        self._unclear = UnclearBox()
        self._steps = StepList()
        self._empty = text_label(words.EMPTY)
        self._lay_out()
        self._list.currentItemChanged.connect(self._show_current)
        self._list.itemActivated.connect(lambda item: self.receipt_requested.emit(_plan_id(item)))
        self._retry.clicked.connect(lambda: self.retry_requested.emit(self._current_id()))
        self._receipt.clicked.connect(lambda: self.receipt_requested.emit(self._current_id()))
        self._unclear.arrived_requested.connect(
            lambda step_id, key: self.arrived_requested.emit(self._current_id(), step_id, key)
        )
        self._unclear.resend_requested.connect(lambda step_id: self.resend_requested.emit(self._current_id(), step_id))

    def showEvent(self, event: QShowEvent) -> None:
        """The list has the keyboard."""
        super().showEvent(event)
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_plans(self, plans: Sequence[PlanProgress], now: float) -> None:
        """Show these plans, the newest first; ``now`` (seconds since the epoch) decides how a time reads."""
        chosen = self._current_id()
        self._plans = {plan.plan_id: plan for plan in sorted(plans, key=lambda p: p.created, reverse=True)}
        self._list.blockSignals(True)
        self._list.clear()
        for plan in self._plans.values():
            item = QListWidgetItem(_line(plan, now))
            item.setData(Qt.ItemDataRole.UserRole, plan.plan_id)
            self._list.addItem(item)
            if plan.plan_id == chosen:
                self._list.setCurrentItem(item)
        if self._list.currentItem() is None and self._plans:
            self._list.setCurrentRow(0)
        self._list.blockSignals(False)
        self._empty.setVisible(not self._plans)
        self._splitter.setVisible(bool(self._plans))
        self._show_current()

    def _show_current(self) -> None:
        plan = self._plans.get(self._current_id())
        self._unclear.set_plan(plan)
        self._steps.set_steps(plan.steps if plan else ())
        self._state.setText(f"{plan.title}: {words.plan_words(plan)}" if plan else "")
        self._tickets.setText(_tickets(plan) if plan else "")
        self._held.setText(words.held_words(plan) if plan else "")
        self._held.setVisible(bool(self._held.text()))
        self._retry.setVisible(plan is not None and plan.state in (PlanState.LATER, PlanState.PERSON))

    def _current_id(self) -> int:
        item = self._list.currentItem()
        return -1 if item is None else _plan_id(item)

    def _lay_out(self) -> None:
        heading = text_label("Outbox", HEADING, bold=True)
        back = QPushButton("Back to the call  (Esc)")
        back.setAccessibleName("Back to the call")
        back.setShortcut("Esc")
        back.clicked.connect(self.back_requested)
        top = QHBoxLayout()
        top.addWidget(back)
        top.addWidget(heading, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self._retry)
        buttons.addWidget(self._receipt)
        buttons.addStretch(1)
        detail = QWidget()
        column = QVBoxLayout(detail)
        for widget in (self._state, self._held, self._tickets, self._unclear):
            column.addWidget(widget)
        column.addLayout(buttons)
        column.addWidget(self._steps)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setAccessibleName("The chosen call")
        scroll.setWidget(detail)
        self._splitter = QSplitter()
        self._splitter.addWidget(self._list)
        self._splitter.addWidget(scroll)
        self._splitter.setSizes([380, 820])
        page = QVBoxLayout(self)
        page.addLayout(top)
        page.addWidget(self._empty)
        page.addWidget(self._splitter, 1)


def _line(plan: PlanProgress, now: float) -> str:
    keys = ", ".join(plan.tickets.values())
    times = f"since {words.since(plan.created, now)}" + (f"   {keys}" if keys else "")
    return "\n".join(part for part in (plan.title, words.plan_words(plan), words.why(plan), times) if part)


def _tickets(plan: PlanProgress) -> str:
    return "   ".join(f"{words.role_words(role)}: {key}" for role, key in plan.tickets.items())


def _plan_id(item: QListWidgetItem) -> int:
    return int(item.data(Qt.ItemDataRole.UserRole))
