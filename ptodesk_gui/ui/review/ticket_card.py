"""One ticket of the review, painted exactly as it will be: what the customer sees apart from what only the team sees."""

from collections.abc import Mapping
from typing import Final

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
_TOP: Final = Qt.AlignmentFlag.AlignTop


_USUAL: Final = TicketPreview(
    "homeowner",
    "",
    "",
    (
        *(ReviewLine("", "", "") for _ in range(8)),
        ReviewLine("", "\n", ""),
        *(ReviewLine("", text, "", True) for text in ("", "", "\n")),
    ),
)


class TicketCard(Card):
    """A ticket's heading, its audience and its lines in their order, grouped by who sees them."""

    def __init__(self, preview: TicketPreview | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: TicketPreview | None = None
        self._heading = _label("", theme.LEAD, bold=True)
        self._audience = _label("", muted=True)
        self._public, self._internal = _Block("publicBlock"), _Block("internalBlock")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self._heading)
        column.addLayout(self._audience.in_measure(MEASURE))
        for block in (self._public, self._internal):
            column.addWidget(block)
        if preview is not None:
            self.set_preview(preview)

    def prepare(self) -> None:
        """Make, dress and paint what a ticket usually has: the agent who has ended the first call does not wait for it."""
        self.set_preview(_USUAL)
        self.grab()

    def set_preview(self, preview: TicketPreview) -> None:
        """Paint another ticket. What is there already is filled anew: making and dressing it takes three times as long."""
        if preview == self._shown:
            return
        self._shown = preview
        self.setAccessibleName(preview.heading)
        self._heading.setText(preview.heading)
        self._audience.setText(preview.audience)
        for block, public in ((self._public, True), (self._internal, False)):
            tag = SEES.get(preview.ticket, CUSTOMER_SEES) if public else TEAM_ONLY
            block.set_lines(tag, [line for line in preview.lines if line.public is public])


class _Block(QFrame):
    """What the same people see; not there where they see nothing."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._tag = _label("", theme.TINY, bold=True)
        self._lines: list[_Line] = []
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(12, 8, 8, 8)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._tag, 0, 0, 1, 2)

    def set_lines(self, tag: str, lines: list[ReviewLine]) -> None:
        self._tag.setText(tag)
        while len(self._lines) < len(lines):
            self._lines.append(_Line(self._grid, 1 + 2 * len(self._lines)))
        for number, line in enumerate(self._lines):
            line.set_line(lines[number] if number < len(lines) else None)
        self.setVisible(bool(lines))


class _Line:
    """A line's label, and its text beside it, or under it where it is long: two rows of the grid."""

    def __init__(self, grid: QGridLayout, row: int) -> None:
        self._grid, self._row = grid, row
        self._label = _label("", theme.SMALL, muted=True)
        self._label.setWordWrap(False)
        self._label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._beside: SelectableLabel | None = None
        self._under: SelectableLabel | None = None
        self._is_long: bool | None = None

    def set_line(self, line: ReviewLine | None) -> None:
        """Another line; None: none."""
        if line is None:
            for label in (self._label, self._beside, self._under):
                if label is not None:
                    label.hide()
            return
        is_long = "\n" in line.text or len(line.text) > SHORT
        if is_long is not self._is_long:
            self._is_long = is_long
            self._grid.removeWidget(self._label)
            self._grid.addWidget(self._label, self._row, 0, 1, 2 if is_long else 1, _TOP)
        shown, other = self._texts(is_long)
        self._label.setText(line.label)
        shown.setText(line.text)
        for label in (self._label, shown):
            label.show()
        if other is not None:
            other.hide()

    def _texts(self, is_long: bool) -> tuple[SelectableLabel, SelectableLabel | None]:
        """The label for a text of this length, made when it is needed first, and the other one."""
        if is_long:
            if self._under is None:
                self._under = _label("")
                self._grid.addLayout(self._under.in_measure(MEASURE), self._row + 1, 0, 1, 2)
            return self._under, self._beside
        if self._beside is None:
            self._beside = _label("")
            self._grid.addWidget(self._beside, self._row, 1)
        return self._beside, self._under


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
