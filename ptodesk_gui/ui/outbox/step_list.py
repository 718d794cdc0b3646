"""The steps of one plan, a row each: a mark, the step in words, its state in words, and why it is not done."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ptodesk_gui.sop.progress import StepProgress
from ptodesk_gui.ui.outbox.words import STEP_MARKS, needs_person, step_detail, step_words


class StepList(QWidget):
    """Paints steps. The rows stay while the same plan moves on, so nothing flickers and a reader keeps its place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 3)
        self._grid.setColumnStretch(2, 2)
        self._rows: list[tuple[QLabel, QLabel, QLabel]] = []

    def set_steps(self, steps: tuple[StepProgress, ...]) -> None:
        """Show these steps in their order."""
        while len(self._rows) < len(steps):
            self._add_row()
        for row, labels in enumerate(self._rows):
            for label in labels:
                label.setVisible(row < len(steps))
        for step, (mark, words, state) in zip(steps, self._rows, strict=False):
            mark.setText(STEP_MARKS[step.state])
            ticket = f"  {step.ticket}" if step.ticket else ""
            detail = step_detail(step)
            words.setText(step.words + (f"\n{detail}" if detail else ""))
            state.setText(step_words(step) + ticket)
            loud = needs_person(step) or bool(step.left_to_do)
            for label in (mark, state):
                font = label.font()
                font.setBold(loud)
                label.setFont(font)

    def _add_row(self) -> None:
        labels = (QLabel(), QLabel(), QLabel())
        row = len(self._rows)
        for column, label in enumerate(labels):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            self._grid.addWidget(label, row, column)
        labels[0].setFixedWidth(16)
        labels[1].setWordWrap(True)
        self._rows.append(labels)
