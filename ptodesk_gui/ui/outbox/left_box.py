"""What is left for a person: one sentence each, with a button to tick off what the site could not do."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ptodesk_gui.sop.progress import PlanProgress, PlanState
from ptodesk_gui.ui.outbox import words
from ptodesk_gui.ui.outbox.text import text_label
from ptodesk_gui.ui.widgets.keyed import give_key
from ptodesk_gui.ui.widgets.signs import Sign, SignLabel

_KEYS = 10  # rows before this one have a key


class LeftBox(QFrame):
    """Paints what of a plan waits for a person. The rows change only when what is left changes."""

    ticked_off = Signal(str)  # step id
    retry_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("leftBox")
        self._shown: tuple[words.Left, ...] | None = None
        self._nothing = text_label(words.NOTHING_LEFT)
        self._rows = QVBoxLayout()
        self._retry = QPushButton(words.RETRY)
        give_key(self._retry, "F5")
        self._retry.clicked.connect(self.retry_requested)
        bottom = QHBoxLayout()
        bottom.addWidget(self._retry)
        bottom.addStretch(1)
        column = QVBoxLayout(self)
        column.addWidget(text_label(words.LEFT, bold=True))
        column.addWidget(self._nothing)
        column.addLayout(self._rows)
        column.addLayout(bottom)

    def set_plan(self, plan: PlanProgress) -> None:
        """Show what of the plan is left for a person; hidden while it goes on by itself."""
        left = words.left_for_person(plan)
        filed = plan.state is PlanState.FILED
        self._nothing.setVisible(filed and not left)
        self._retry.setVisible(plan.state is PlanState.PERSON)
        self.setVisible(filed or bool(left))
        if left != self._shown:
            self._shown = left
            self._rebuild(left)

    def _rebuild(self, left: tuple[words.Left, ...]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for number, entry in enumerate(left, 1):
            self._rows.addWidget(self._row(entry, number))

    def _row(self, entry: words.Left, number: int) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(SignLabel(Sign.WARNING))
        line.addWidget(text_label(entry.text), 1)
        if entry.step_id:
            tick = QPushButton(words.TICK_OFF)
            tick.setAccessibleName(f"{words.TICK_OFF}: {entry.text}")
            tick.clicked.connect(lambda: self.ticked_off.emit(entry.step_id))
            if number < _KEYS:
                give_key(tick, f"Ctrl+{number}")
            line.addWidget(tick)
        return row
