"""What was filed beside what the procedure asks, point by point, by ticket; signs and words say how each point stands."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from ptodesk_gui.sop.training import Comparison, Point, Verdict
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.training import words
from ptodesk_gui.ui.training.text import text_label
from ptodesk_gui.ui.widgets.page_head import back_button, page_head
from ptodesk_gui.ui.widgets.signs import Sign, SignLabel

SIGNS: Final[Mapping[Verdict, Sign]] = {
    Verdict.RIGHT: Sign.TICK,
    Verdict.LOOK: Sign.WARNING,
    Verdict.DIFFERENT: Sign.FAULT,
}
_TOP: Final = Qt.AlignmentFlag.AlignTop


class ComparisonPage(QWidget):
    """Paints a ``Comparison``. Differences are shown in full, what is right in short."""

    back_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caller = text_label(bold=True)
        self._summary = text_label()
        self._lesson = text_label()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setAccessibleName(words.POINTS)
        page = QVBoxLayout(self)
        page.setSpacing(8)
        page.addLayout(page_head(words.PAGE, back_button(self, words.BACK, self.back_requested.emit)))
        for widget in (self._caller, self._summary, self._lesson):
            page.addWidget(widget)
        page.addWidget(self._scroll, 1)

    def set_comparison(self, comparison: Comparison) -> None:
        """Show another comparison."""
        self._caller.setText(comparison.caller)
        self._summary.setText(words.summary(comparison))
        self._lesson.setText(f"{words.LESSON}: {comparison.lesson}")
        self._scroll.setWidget(_table(comparison.points))

    def showEvent(self, event: QShowEvent) -> None:
        """The points can be scrolled at once."""
        super().showEvent(event)
        self._scroll.setFocus(Qt.FocusReason.OtherFocusReason)


def _table(points: tuple[Point, ...]) -> QWidget:
    """The points by ticket, each with its sign."""
    table = QWidget()
    grid = QGridLayout(table)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    for column, share in ((2, 3), (3, 4), (4, 4)):
        grid.setColumnStretch(column, share)
    row, where = 0, ""
    for point in points:
        if point.where != where:
            where = point.where
            grid.addWidget(text_label(where, theme.FIELD, bold=True), row, 0, 1, 5)
            row += 1
        _add(grid, row, point)
        row += 1
    grid.setRowStretch(row, 1)
    return table


def _add(grid: QGridLayout, row: int, point: Point) -> None:
    verdict = text_label(words.VERDICTS[point.verdict], bold=point.verdict is not Verdict.RIGHT)
    verdict.setWordWrap(False)
    grid.addWidget(SignLabel(SIGNS[point.verdict]), row, 0, _TOP)
    grid.addWidget(verdict, row, 1, _TOP)
    grid.addWidget(text_label(words.heading(point)), row, 2, _TOP)
    if point.verdict is Verdict.RIGHT:
        filed = text_label(words.in_short(point.filed))
        filed.setForegroundRole(filed.palette().ColorRole.PlaceholderText)
        grid.addWidget(filed, row, 3, 1, 2, _TOP)
        return
    grid.addWidget(_labelled(words.ASKED, point.asked), row, 3, _TOP)
    grid.addWidget(_labelled(words.FILED, point.filed, point.note), row, 4, _TOP)


def _labelled(label: str, text: str, note: str = "") -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    small = text_label(label)
    small.setFont(theme.font(theme.SMALL))
    small.setForegroundRole(small.palette().ColorRole.PlaceholderText)
    for widget in (small, text_label(text), *((text_label(note, bold=True),) if note else ())):
        column.addWidget(widget)
    return box
