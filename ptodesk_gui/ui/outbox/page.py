"""The outbox: calls that are not filed yet, and every plan with its state, why it is not done and since when."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ptodesk_gui.sop.progress import PlanProgress, PlanState
from ptodesk_gui.ui.outbox import words
from ptodesk_gui.ui.outbox.followup_box import FollowUpBox
from ptodesk_gui.ui.outbox.kept_box import KeptBox, KeptCall
from ptodesk_gui.ui.outbox.plan_detail import PlanDetail
from ptodesk_gui.ui.outbox.text import HEADING, breakable, text_label, wrap
from ptodesk_gui.ui.widgets import drawings
from ptodesk_gui.ui.widgets.drawn_button import DrawnButton
from ptodesk_gui.ui.widgets.keyed import with_key

_STYLE = """
QListWidget { border: 1px solid palette(mid); border-radius: 6px; }
QListWidget::item { padding: 8px 0px; }
#unclearBox { background: palette(base); border: none; border-left: 5px solid palette(highlight); }
"""


class OutboxPage(QWidget):
    """Paints all plans, the newest first; the chosen one in full beside the list."""

    retry_requested = Signal(int)  # plan id
    arrived_requested = Signal(int, str, str)  # plan id, step id, the ticket's key or ""
    resend_requested = Signal(int, str)  # plan id, step id
    receipt_requested = Signal(int)  # plan id
    take_up_requested = Signal(str)  # call id
    throw_away_requested = Signal(str)  # call id
    back_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setStyleSheet(_STYLE)
        self._plans: dict[int, PlanProgress] = {}
        self._kept = KeptBox()
        self._kept.hide()
        self.follow_ups = FollowUpBox()
        self._list = QListWidget()
        self._list.setAccessibleName("Filed calls")
        wrap(self._list)
        self._list.setAlternatingRowColors(True)
        self._detail = PlanDetail()
        self._empty = text_label(words.EMPTY)
        self._lay_out()
        self._connect()

    def showEvent(self, event: QShowEvent) -> None:
        """The list has the keyboard."""
        super().showEvent(event)
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_kept(self, calls: tuple[KeptCall, ...], now: float) -> None:
        """Show the calls that were begun and not filed."""
        self._kept.set_kept(calls, now)
        self._show_empty()

    def set_plans(self, plans: Sequence[PlanProgress], now: float) -> None:
        """Show these plans, the newest first; ``now`` (seconds since the epoch) decides how a time reads."""
        chosen = self._current_id()
        self._plans = {plan.plan_id: plan for plan in sorted(plans, key=lambda p: p.created, reverse=True)}
        self._list.blockSignals(True)
        self._list.clear()
        for plan in self._plans.values():
            item = QListWidgetItem(breakable(_line(plan, now)))
            item.setData(Qt.ItemDataRole.UserRole, plan.plan_id)
            self._list.addItem(item)
            if plan.plan_id == chosen:
                self._list.setCurrentItem(item)
        if self._list.currentItem() is None and self._plans:
            self._list.setCurrentRow(0)
        self._list.blockSignals(False)
        self._show_empty()
        self._splitter.setVisible(bool(self._plans))
        self._show_current()

    def _show_empty(self) -> None:
        """Call it empty only when there is nothing else to come back to either."""
        self._empty.setVisible(not self._plans and self._kept.isHidden() and self.follow_ups.isHidden())

    def _show_current(self) -> None:
        if (plan := self._plans.get(self._current_id())) is not None:
            self._detail.set_plan(plan)

    def _current_id(self) -> int:
        item = self._list.currentItem()
        return -1 if item is None else _plan_id(item)

    def _connect(self) -> None:
        detail, current = self._detail, self._current_id
        self._list.currentItemChanged.connect(self._show_current)
        self._list.itemActivated.connect(lambda item: self.receipt_requested.emit(_plan_id(item)))
        detail.retry_requested.connect(lambda: self.retry_requested.emit(current()))
        detail.receipt_requested.connect(lambda: self.receipt_requested.emit(current()))
        detail.arrived_requested.connect(lambda step, key: self.arrived_requested.emit(current(), step, key))
        detail.resend_requested.connect(lambda step: self.resend_requested.emit(current(), step))
        self._kept.take_up_requested.connect(self.take_up_requested)
        self._kept.throw_away_requested.connect(self.throw_away_requested)

    def _lay_out(self) -> None:
        back = DrawnButton(with_key(words.BACK, "Esc"), drawings.BACK)
        back.setAccessibleName(words.BACK)
        back.setShortcut("Esc")
        back.clicked.connect(self.back_requested)
        top = QHBoxLayout()
        top.addWidget(back)
        top.addWidget(text_label("Outbox", HEADING, bold=True), 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setAccessibleName("The chosen call")
        scroll.setWidget(self._detail)
        self._splitter = QSplitter()
        self._splitter.addWidget(self._list)
        self._splitter.addWidget(scroll)
        self._splitter.setSizes([380, 820])
        page = QVBoxLayout(self)
        page.addLayout(top)
        page.addWidget(self._kept)
        page.addWidget(self.follow_ups)
        page.addWidget(self._empty)
        page.addWidget(self._splitter, 1)
        page.addStretch(0)


def _line(plan: PlanProgress, now: float) -> str:
    keys = ", ".join(plan.tickets.values())
    lead = "" if plan.state is PlanState.FILED else "since "
    times = f"{lead}{words.when(plan.created, now)}" + (f"   {keys}" if keys else "")
    return "\n".join(part for part in (plan.title, words.plan_words(plan), words.why(plan), times) if part)


def _plan_id(item: QListWidgetItem) -> int:
    return int(item.data(Qt.ItemDataRole.UserRole))
