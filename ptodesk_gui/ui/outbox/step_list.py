"""The steps of one plan, a row each: a sign, the step in words, its state in words, and why it is not done."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ptodesk_gui.sop.progress import StepProgress, StepState
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.outbox.text import text_label
from ptodesk_gui.ui.outbox.words import needs_person, step_detail, step_words
from ptodesk_gui.ui.widgets.signs import Sign, SignLabel

SIGNS: Mapping[StepState, Sign] = {
    StepState.WAITING: Sign.EMPTY,
    StepState.SENDING: Sign.HALF,
    StepState.DONE: Sign.TICK,
    StepState.UNCLEAR: Sign.WARNING,
    StepState.LATER: Sign.HINT,
    StepState.REFUSED: Sign.FAULT,
}


class StepList(QWidget):
    """Paints steps. The rows stay while the same plan moves on, so nothing flickers and a reader keeps its place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 2)
        self._grid.setColumnStretch(2, 3)
        self._rows: list[tuple[SignLabel, QLabel, QLabel]] = []

    def set_steps(self, steps: tuple[StepProgress, ...]) -> None:
        """Show these steps in their order."""
        while len(self._rows) < len(steps):
            self._add_row()
        for row, widgets in enumerate(self._rows):
            for widget in widgets:
                widget.setVisible(row < len(steps))
        for step, (sign, words, state) in zip(steps, self._rows, strict=False):
            sign.set_sign(SIGNS[step.state])
            detail = step_detail(step)
            words.setText(step.words + (f"\n{detail}" if detail else ""))
            done = step.state is StepState.DONE and step.ticket
            state.setText(step_words(step) + (f"  {step.ticket}" if done else ""))
            state.setFont(theme.font(bold=needs_person(step) or bool(step.left_to_do)))

    def _add_row(self) -> None:
        widgets = (SignLabel(), text_label(), text_label())
        for column, widget in enumerate(widgets):
            self._grid.addWidget(widget, len(self._rows), column, Qt.AlignmentFlag.AlignTop)
        self._rows.append(widgets)
