"""The receipt of one call: the tickets large, what is left for a person, and every step as it happens."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ptodesk_gui.sop.progress import PlanProgress
from ptodesk_gui.ui.outbox import words
from ptodesk_gui.ui.outbox.left_box import LeftBox
from ptodesk_gui.ui.outbox.step_list import StepList
from ptodesk_gui.ui.outbox.text import HEADING, text_label
from ptodesk_gui.ui.outbox.ticket_keys import TicketKeys
from ptodesk_gui.ui.widgets.drawings import BEGIN, OUTBOX, UNDO
from ptodesk_gui.ui.widgets.drawn_button import DrawnButton
from ptodesk_gui.ui.widgets.keyed import with_key
from ptodesk_gui.ui.widgets.page_column import page_column
from ptodesk_gui.ui.widgets.turning import Turning

_WORDS = 16  # letters of a line of the title at least
_STYLE = """
#leftBox { background: palette(base); border: none; border-left: 5px solid palette(highlight); }
"""


class ReceiptPage(QWidget):
    """Paints a ``PlanProgress`` while and after it is filed. The next call can begin at any moment."""

    new_call_requested = Signal()
    open_requested = Signal(str)  # an address for the browser
    copy_requested = Signal(str)  # a ticket's key
    ticked_off = Signal(int, str)  # plan id, step id
    retry_requested = Signal(int)  # plan id
    outbox_requested = Signal()
    take_back_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setStyleSheet(_STYLE)
        self._plan_id = -1
        self._new_call = DrawnButton(with_key(words.NEW_CALL, words.NEW_CALL_KEY), BEGIN, primary=True)
        self._new_call.clicked.connect(self.new_call_requested)
        self._outbox = DrawnButton(with_key(words.OUTBOX, words.OUTBOX_KEY), OUTBOX)
        self._outbox.setAccessibleName(words.OUTBOX.replace("&", ""))
        self._state = text_label(scale=HEADING, bold=True)
        self._title = text_label()
        self._hint = text_label()
        self._tickets = TicketKeys()
        self._left = LeftBox()
        self._steps = StepList()
        self._back = DrawnButton(with_key(words.TAKE_BACK, words.TAKE_BACK_KEY), UNDO)
        self._back.setAccessibleName(words.TAKE_BACK)
        self._back.hide()
        self._plan: PlanProgress | None = None
        self._lay_out()
        self._back.clicked.connect(self.take_back_requested)
        self._outbox.clicked.connect(self.outbox_requested)
        self._tickets.open_requested.connect(self.open_requested)
        self._tickets.copy_requested.connect(self.copy_requested)
        self._left.ticked_off.connect(lambda step_id: self.ticked_off.emit(self._plan_id, step_id))
        self._left.retry_requested.connect(lambda: self.retry_requested.emit(self._plan_id))

    @property
    def state_words(self) -> str:
        """What the page says of the whole plan."""
        return self._state.text()

    @property
    def plan_id(self) -> int:
        """The plan that is shown; -1 before the first."""
        return self._plan_id

    def set_progress(self, plan: PlanProgress) -> None:
        """Paint the plan as far as it is."""
        self._plan_id, self._plan = plan.plan_id, plan
        self._state.setText(words.plan_words(plan))
        self._title.setText(plan.title)
        hint = words.receipt_hint(plan)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._tickets.set_plan(plan)
        self._left.set_plan(plan)
        self._steps.set_steps(plan.steps)

    def set_seconds_left(self, seconds: int | None) -> None:
        """For how many seconds the call can still be gone back to; None: it cannot."""
        if self._back.isHidden() is (seconds is not None):
            self._back.setVisible(seconds is not None)
            self._top.text_resized()
        if seconds is not None:
            self._state.setText(words.SENT_IN.format(seconds=seconds))
            self._hint.setText(words.SENT_IN_HINT)
        elif self._plan is not None:
            self._state.setText(words.plan_words(replace(self._plan, undo_until=None)))
            self._hint.setText(words.receipt_hint(self._plan))
        self._hint.setVisible(bool(self._hint.text()))

    def text_resized(self) -> None:
        """What became of the call is not broken into single words."""
        self._state.setMinimumWidth(self._state.fontMetrics().averageCharWidth() * _WORDS)

    def showEvent(self, event: QShowEvent) -> None:
        """The next act is the next call."""
        super().showEvent(event)
        self._new_call.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        self._top, buttons = Turning(8), QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for button in (self._back, self._outbox, self._new_call):
            buttons.addWidget(button)
        self._top.row.addWidget(self._state, 1)
        self._top.row.addLayout(buttons)
        self.text_resized()
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for widget in (self._title, self._hint, self._tickets, self._left):
            column.addWidget(widget)
        column.addWidget(text_label(words.STEPS, bold=True))
        column.addWidget(self._steps)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setAccessibleName("Receipt")
        scroll.setWidget(inner)
        page = page_column(self)
        page.addWidget(self._top)
        page.addWidget(scroll, 1)
