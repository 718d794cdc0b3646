"""One ticket of the review, painted exactly as it will be: what the customer sees apart from what only the team sees."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from ptodesk_gui.sop.view import ReviewLine, TicketPreview
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.widgets.card import Card
from ptodesk_gui.ui.widgets.plain_label import SelectableLabel

SEES: Mapping[str, str] = {
    "homeowner": "THE HOMEOWNER SEES",
    "open_homeowner": "THE HOMEOWNER SEES",
    "installer": "THE INSTALLER SEES",
    "open_installer": "THE INSTALLER SEES",
}
CUSTOMER_SEES = "THE CUSTOMER SEES"
TEAM_ONLY = "ONLY THE TEAM SEES"
LABEL_WIDTH = 110
MEASURE = 100  # average letters in a line at most
SHORT = 90  # characters that fit beside their label


class TicketCard(Card):
    """A ticket's heading, its audience and its lines in their order, grouped by who sees them."""

    def __init__(self, preview: TicketPreview, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(preview.heading)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(_label(preview.heading, theme.LEAD, bold=True))
        column.addLayout(_label(preview.audience, muted=True).in_measure(MEASURE))
        for public in (True, False):
            if lines := [line for line in preview.lines if line.public is public]:
                column.addWidget(_group(_tag(preview.ticket, public), public, lines))


def _tag(ticket: str, public: bool) -> str:
    return SEES.get(ticket, CUSTOMER_SEES) if public else TEAM_ONLY


def _group(tag: str, public: bool, lines: list[ReviewLine]) -> QFrame:
    block = QFrame()
    block.setObjectName("publicBlock" if public else "internalBlock")
    grid = QGridLayout(block)
    grid.setContentsMargins(12, 8, 8, 8)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    grid.setColumnMinimumWidth(0, LABEL_WIDTH)
    grid.setColumnStretch(1, 1)
    grid.addWidget(_label(tag, theme.TINY, bold=True), 0, 0, 1, 2)
    for line in lines:
        row = grid.rowCount()
        label, text = _label(line.label, theme.SMALL, muted=True), _label(line.text)
        if "\n" in line.text or len(line.text) > SHORT:
            grid.addWidget(label, row, 0, 1, 2)
            grid.addLayout(text.in_measure(MEASURE), row + 1, 0, 1, 2)
        else:
            label.setWordWrap(False)
            label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text, row, 1)
    return block


def _label(text: str, scale: float = theme.TEXT, *, bold: bool = False, muted: bool = False) -> SelectableLabel:
    label = SelectableLabel(text)  # plain text: names may hold markup, and it stays text
    label.setFont(theme.font(scale, bold=bold))
    if muted:
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    label.setWordWrap(True)
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)  # as high as its lines are at the card's width, not at the width of its own hint
    label.setSizePolicy(policy)
    return label
