"""The review after the call: what is missing first, then both tickets exactly as they will be, then File."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ptodesk_gui.sop.plan import Problem
from ptodesk_gui.sop.view import Review
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.review.ticket_card import TicketCard
from ptodesk_gui.ui.widgets import drawings
from ptodesk_gui.ui.widgets.bidi import shown
from ptodesk_gui.ui.widgets.drawn_button import DrawnButton
from ptodesk_gui.ui.widgets.plain_label import PlainLabel
from ptodesk_gui.ui.widgets.spoken import announce

if TYPE_CHECKING:
    from collections.abc import Iterator

HEADING = "Review before filing"
BACK = "Back to the call"
BACK_KEY = "Esc"
FILE = "File"
FILE_KEYS = ("Ctrl+Return", "Ctrl+Enter")
PROBLEMS = "&Look at these first (Enter goes to the field)"
MUST = "Must be mended"
MISSING = "Missing"
AGAIN = "Look again"
LINKS = "Links"
NOT_DONE = "Not done, and why"
STEPS = "What is done, in this order"
READY = "Nothing keeps this from being filed."
READY_WITH_GAPS = "Can be filed as it is; what is missing is shown and left for later."
READY_TO_LOOK_AT = "Can be filed as it is; look again at what is listed here first."
SEVERAL = "{count} things must be mended first."
FILING = "Handed over. It is being filed."
NOT_READY = "Something that a ticket cannot do without is missing."
VISIBLE_PROBLEMS = 4
USUAL_TICKETS = 2  # of the homeowner and of the installer
TYPED = (  # what is said of these, and does not block, is about what was picked or typed there
    "homeowner_reply",
    "installer_reply",
    "partner_cannot_identify_job",
    "source_ticket.project",
)
ABOUT_TYPED = ("C14", "M2", "T8")  # rules of what was typed and pointed out: impossible dates, doubts, a copied concern

_STYLE = """
QListWidget { border: 1px solid palette(mid); border-radius: 6px; }
QListWidget::item { padding: 4px 8px; }
#publicBlock { border: none; border-left: 5px solid palette(highlight); background: palette(alternate-base); }
#internalBlock { border: none; border-left: 5px dashed palette(mid); }
"""


class ReviewPage(QWidget):
    """Paints a ``Review`` and asks: file it, go back, or jump to a field."""

    file_requested = Signal()
    back_requested = Signal()
    jump_requested = Signal(str)  # the path of the field

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setStyleSheet(_STYLE)
        self._file_action = QAction(FILE, self)
        file_key = QAction(
            FILE, self
        )  # enabled while filing is blocked: the key then does nothing, not what a list makes of it
        file_key.setShortcuts([QKeySequence(key) for key in FILE_KEYS])
        file_key.triggered.connect(self._file_action.trigger)
        self._back_action = QAction(BACK, self)
        self._back_action.setShortcut(QKeySequence(BACK_KEY))
        for action in (file_key, self._back_action):
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self.addAction(action)
        self._back = _button(self._back_action, DrawnButton(f"{BACK}  {BACK_KEY}", drawings.BACK))
        self._file = _button(self._file_action, DrawnButton(f"{FILE}  Ctrl+Enter", drawings.SEND, primary=True))
        self._spoken = ""  # the verdict that was spoken last
        self._why = PlainLabel()
        self._why.setWordWrap(True)
        self._why.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._problems_label = QLabel(PROBLEMS)
        self._problems = QListWidget()
        self._problems.setAccessibleName(PROBLEMS.replace("&", ""))
        self._problems.setWordWrap(True)
        self._problems_label.setBuddy(self._problems)
        self._links = _sentences()
        self._not_done = _sentences()
        self._shown: Review | None = None
        self._board = _Board()
        self._tickets = QScrollArea()
        self._tickets.setWidgetResizable(True)
        self._tickets.setAccessibleName("Tickets")
        self._tickets.setWidget(self._board)
        self._tickets.setFrameShape(QScrollArea.Shape.NoFrame)
        self._lay_out()
        self._file_action.triggered.connect(self._file_pressed)
        self._back_action.triggered.connect(self.back_requested)
        self._problems.itemActivated.connect(self._problem_activated)

    def prepare(self) -> "Iterator[None]":
        """Make what the first review needs, a part in each step, while there is time for it."""
        for _ in range(USUAL_TICKETS):
            self._board.add_card().prepare()
            yield

    def set_review(self, review: Review) -> None:
        """Paint the review; File can be pressed again when it allows filing."""
        self._file_action.setEnabled(review.can_file)
        self._tell(_verdict(review))
        if review == self._shown:
            return
        self._shown = review
        self._show_problems(review.problems)
        _show(self._links, LINKS, review.links)
        _show(self._not_done, NOT_DONE, _beyond_problems(review))
        self._board.set_review(review)
        self._tickets.verticalScrollBar().setValue(0)

    def showEvent(self, event: QShowEvent) -> None:
        """Put the keyboard where the next key press is wanted: on the problems, else on the tickets, from their beginning."""
        super().showEvent(event)
        self._tickets.verticalScrollBar().setValue(0)
        first = self._problems if self._problems.isVisibleTo(self) else self._tickets
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._spoken = self._why.text()
        announce(self, self._spoken)

    def _tell(self, verdict: str) -> None:
        """Say whether it can be filed; aloud where that changes before the agent's eyes."""
        if verdict != self._why.text():
            self._why.setText(verdict)
            if self.isVisible() and verdict != self._spoken:
                announce(self, verdict)
            if verdict != FILING:
                self._spoken = verdict

    def _file_pressed(self) -> None:
        self._file_action.setEnabled(False)  # one press, one plan
        self._tell(FILING)
        self.file_requested.emit()

    def _problem_activated(self, item: QListWidgetItem) -> None:
        self.jump_requested.emit(item.data(Qt.ItemDataRole.UserRole))

    def _show_problems(self, problems: tuple[Problem, ...]) -> None:
        self._problems.clear()
        for problem in sorted(problems, key=lambda p: not p.blocks):
            lead = _lead(problem)
            item = QListWidgetItem(shown(f"{lead}: {problem.text}  ({problem.rule})"))
            item.setData(Qt.ItemDataRole.UserRole, problem.field)
            font = item.font()
            font.setBold(problem.blocks)
            item.setFont(font)
            self._problems.addItem(item)
        for widget in (self._problems, self._problems_label):
            widget.setVisible(bool(problems))
        if problems:
            self._problems.setCurrentRow(0)
            rows = min(len(problems), VISIBLE_PROBLEMS)
            tallest = max(self._problems.sizeHintForRow(row) for row in range(len(problems)))
            self._problems.setFixedHeight(rows * tallest + 2 * self._problems.frameWidth() + 2)

    def _lay_out(self) -> None:
        heading = QLabel(HEADING)
        heading.setFont(theme.font(theme.TITLE, bold=True))
        top = QHBoxLayout()
        top.addWidget(self._back)
        heading.setWordWrap(True)
        top.setSpacing(8)
        top.addWidget(heading, 1)
        top.addWidget(self._file)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self._why)
        column.addWidget(self._problems_label)
        column.addWidget(self._problems)
        column.addWidget(self._links)
        column.addWidget(self._not_done)
        column.addWidget(self._tickets, 1)


class _Board(QWidget):
    """The tickets side by side, and under them every step in its order. Cards are kept and filled anew."""

    def __init__(self) -> None:
        super().__init__()
        self._cards: list[TicketCard] = []
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        self._columns = QHBoxLayout()
        self._columns.setSpacing(12)
        self._heading = QLabel(STEPS)
        self._heading.setFont(theme.font(bold=True))
        self._steps = _sentences()
        rows.addLayout(self._columns)
        rows.addWidget(self._heading)
        rows.addWidget(self._steps)
        rows.addStretch(1)  # what room there is stands below everything, not in the cards

    def add_card(self) -> TicketCard:
        """One more place for a ticket."""
        card = TicketCard()
        card.hide()
        self._cards.append(card)
        self._columns.addWidget(card, 1, Qt.AlignmentFlag.AlignTop)
        return card

    def set_review(self, review: Review) -> None:
        """Paint other tickets and steps."""
        while len(self._cards) < len(review.tickets):
            self.add_card()
        for number, card in enumerate(self._cards):
            card.setVisible(number < len(review.tickets))
            if number < len(review.tickets):
                card.set_preview(review.tickets[number])
        self._steps.setText("\n".join(f"{number}. {step.words}" for number, step in enumerate(review.steps, 1)))
        for widget in (self._heading, self._steps):
            widget.setVisible(bool(review.steps))


def _lead(problem: Problem) -> str:
    """What is to be done about a problem; "missing" only of what is not known, never of what was picked or typed (C12, C14, M2, T8)."""
    if problem.blocks:
        return MUST
    return AGAIN if problem.field in TYPED or problem.rule in ABOUT_TYPED else MISSING


def _verdict(review: Review) -> str:
    blocking = [p.text for p in review.problems if p.blocks]
    if review.can_file:
        if any(_lead(problem) == MISSING for problem in review.problems):
            return READY_WITH_GAPS
        return READY_TO_LOOK_AT if review.problems else READY
    if len(blocking) > 1:
        return SEVERAL.format(count=len(blocking))
    return blocking[0] if blocking else NOT_READY


def _beyond_problems(review: Review) -> tuple[str, ...]:
    """What is not done and not said by the list of problems already."""
    return tuple(text for text in review.not_done if not any(problem.text in text for problem in review.problems))


def _button(action: QAction, button: QPushButton) -> QPushButton:
    """Have a button trigger the action and be enabled with it."""
    button.setAccessibleName(action.text())
    button.setAutoDefault(False)
    button.clicked.connect(action.trigger)
    action.enabledChanged.connect(button.setEnabled)
    return button


def _sentences() -> QLabel:
    label = PlainLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def _show(label: QLabel, lead: str, sentences: tuple[str, ...]) -> None:
    label.setText(f"{lead}: " + "  ".join(sentences))
    label.setVisible(bool(sentences))
