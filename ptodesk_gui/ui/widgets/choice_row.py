"""A few choices side by side; the arrow keys choose."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from ptodesk_gui.ui.widgets.toggles import RadioButton


class ChoiceRow(QWidget):
    """One of a few values. Up, Down, Left and Right choose; the first value is the one an empty entry means."""

    chosen = Signal(str)  # the value, whoever chose it: keyboard, mouse or an accessibility tool

    def __init__(self, choices: Mapping[str, str], name: str, parent: QWidget | None = None) -> None:
        """``choices`` maps values to words; ``name`` is what the choice is about, for accessibility tools."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, RadioButton] = {}
        self._quiet = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for value, words in choices.items():
            button = RadioButton(words)
            button.setAccessibleName(f"{name}: {words}")
            button.toggled.connect(lambda on, value=value: self._toggled(on, value))
            self._group.addButton(button)
            self._buttons[value] = button
            row.addWidget(button)
        row.addStretch(1)
        self._first = next(iter(choices))
        self.set_value("")

    @property
    def value(self) -> str:
        """The value that is chosen."""
        return next(value for value, button in self._buttons.items() if button.isChecked())

    @property
    def buttons(self) -> tuple[RadioButton, ...]:
        """The buttons, in order."""
        return tuple(self._buttons.values())

    def set_value(self, value: str) -> None:
        """Choose without saying so. An unknown value shows as the first one."""
        button = self._buttons.get(value, self._buttons[self._first])
        self._quiet = True
        try:
            button.setChecked(True)
        finally:
            self._quiet = False

    def take_focus(self) -> None:
        """Put the keyboard on the chosen value."""
        self._buttons[self.value].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down choose as well; Qt moves only towards where a button stands."""
        from PySide6.QtCore import Qt  # not before the first paint

        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._choose(step)

    def _choose(self, step: int) -> None:
        """The next value, or the one before; the first and the last stay where they are."""
        values = list(self._buttons)
        at = min(max(values.index(self.value) + step, 0), len(values) - 1)
        self._buttons[values[at]].setChecked(True)
        self.take_focus()

    def _toggled(self, on: bool, value: str) -> None:
        if on and not self._quiet:
            self.chosen.emit(value)
