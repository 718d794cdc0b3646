"""The receipt of one call: the tickets large, what is left for a person, and every step as it happens."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ptodesk_gui.sop.progress import PlanProgress, PlanState
from ptodesk_gui.ui.outbox import words
from ptodesk_gui.ui.outbox.step_list import StepList

_STYLE = """
#receiptState { font-size: 20px; font-weight: 600; }
#ticketKey { font-size: 30px; font-weight: 700; }
#ticketBox { background: palette(base); border: 1px solid palette(mid); border-radius: 6px; }
#leftBox { background: palette(base); border: none; border-left: 5px solid palette(highlight); }
#boxHeading { font-weight: 600; }
"""


class ReceiptPage(QWidget):
    """Paints a ``PlanProgress`` while and after it is filed. The next call can begin at any moment."""

    new_call_requested = Signal()
    open_requested = Signal(str)  # an address for the browser
    copy_requested = Signal(str)  # a ticket's key
    outbox_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setStyleSheet(_STYLE)
        self._shown: tuple[tuple[str, str, str], ...] = ()
        new_call = QAction(words.NEW_CALL, self)
        new_call.setShortcut(QKeySequence(words.NEW_CALL_KEY))
        new_call.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        new_call.triggered.connect(self.new_call_requested)
        self.addAction(new_call)
        self._new_call = QPushButton(f"{words.NEW_CALL}  ({words.NEW_CALL_KEY})")
        self._new_call.setObjectName("primaryButton")
        self._new_call.clicked.connect(new_call.trigger)
        self._outbox = QPushButton("&Outbox")
        self._outbox.clicked.connect(self.outbox_requested)
        self._state = _text("receiptState")
        self._title = _text()
        self._hint = _text()
        self._tickets = QHBoxLayout()
        self._left_box, self._left = _left_box()
        self._steps = StepList()
        self._lay_out()

    @property
    def state_words(self) -> str:
        """What the page says of the whole plan."""
        return self._state.text()

    def set_progress(self, plan: PlanProgress) -> None:
        """Paint the plan as far as it is."""
        self._state.setText(words.plan_words(plan))
        self._title.setText(plan.title)
        filed = plan.state is PlanState.FILED
        left = words.left_for_person(plan)
        hint = "" if filed else words.held_words(plan) or words.GOES_ON
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._left.setText("\n".join(f"•  {sentence}" for sentence in left) or words.NOTHING_LEFT)
        self._left_box.setVisible(bool(left) or filed)
        self._show_tickets(plan)
        self._steps.set_steps(plan.steps)

    def showEvent(self, event: QShowEvent) -> None:
        """The next act is the next call."""
        super().showEvent(event)
        self._new_call.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_tickets(self, plan: PlanProgress) -> None:
        shown = tuple((role, key, plan.browse_urls.get(role, "")) for role, key in plan.tickets.items())
        if shown == self._shown:
            return
        self._shown = shown
        while (item := self._tickets.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for role, key, url in shown:
            self._tickets.addWidget(self._ticket_box(role, key, url))
        self._tickets.addStretch(1)

    def _ticket_box(self, role: str, key: str, url: str) -> QFrame:
        box = QFrame()
        box.setObjectName("ticketBox")
        column = QVBoxLayout(box)
        column.setContentsMargins(16, 10, 16, 12)
        column.addWidget(_text("boxHeading", words.role_words(role)))
        column.addWidget(_text("ticketKey", key))
        row = QHBoxLayout()
        browse = QPushButton(words.OPEN)
        browse.setAccessibleName(f"{words.OPEN}: {key}")
        browse.setEnabled(bool(url))
        browse.clicked.connect(lambda: self.open_requested.emit(url))
        copy = QPushButton(words.COPY_KEY)
        copy.setAccessibleName(f"{words.COPY_KEY}: {key}")
        copy.clicked.connect(lambda: self.copy_requested.emit(key))
        row.addWidget(browse)
        row.addWidget(copy)
        column.addLayout(row)
        return box

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._state, 1)
        top.addWidget(self._outbox)
        top.addWidget(self._new_call)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._title)
        column.addWidget(self._hint)
        column.addLayout(self._tickets)
        column.addWidget(self._left_box)
        column.addWidget(_text("boxHeading", words.STEPS))
        column.addWidget(self._steps)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setAccessibleName("Receipt")
        scroll.setWidget(inner)
        page = QVBoxLayout(self)
        page.addLayout(top)
        page.addWidget(scroll, 1)


def _text(name: str = "", text: str = "") -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setText(text)
    return label


def _left_box() -> tuple[QFrame, QLabel]:
    box = QFrame()
    box.setObjectName("leftBox")
    column = QVBoxLayout(box)
    column.addWidget(_text("boxHeading", words.LEFT))
    sentences = _text()
    column.addWidget(sentences)
    return box, sentences
