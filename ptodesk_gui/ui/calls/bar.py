"""A slim row with the open calls; it takes no room while there is only one."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ptodesk_gui.ui.calls.view import OpenCall
from ptodesk_gui.ui.widgets.bidi import shown
from ptodesk_gui.ui.widgets.button import Button, Kind
from ptodesk_gui.ui.widgets.call_time import call_time
from ptodesk_gui.ui.widgets.labelled import muted
from ptodesk_gui.ui.widgets.plain_label import plain_tip

NEW_CALL: Final = "New call"
HEADING: Final = "Open calls"
MORE: Final = "{count} more"
TIP: Final = "{name}, {state}. {key} goes to the next call."
MOST: Final = 5  # calls that are shown by name; the outbox has all of them
_NAME: Final = 18  # letters of a name that are always shown


class CallsBar(QWidget):
    """Paints the open calls in the order in which they were begun; the one at hand is marked."""

    call_requested = Signal(str)  # call id
    more_requested = Signal()

    def __init__(self, next_key: str, parent: QWidget | None = None) -> None:
        """``next_key`` is the key that goes from one to the next, in words."""
        super().__init__(parent)
        self._key = next_key
        self._calls: tuple[OpenCall, ...] = ()
        self._buttons = [Button("", Kind.TAB) for _ in range(MOST)]
        self._more = Button("", Kind.QUIET)
        self.setAccessibleName(HEADING)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 3, 8, 3)
        row.setSpacing(6)
        row.addWidget(muted(HEADING))
        for number, button in enumerate(self._buttons):
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, number=number: self._pressed(number))
            row.addWidget(button)
        row.addWidget(self._more)
        row.addStretch(1)
        row.addWidget(muted(f"{next_key}: next call"))
        self._more.clicked.connect(self.more_requested)
        self.hide()

    def set_calls(self, calls: tuple[OpenCall, ...]) -> None:
        """Show these calls; nothing as long as there is one alone."""
        self._calls = _shown(calls)
        for number, button in enumerate(self._buttons):
            button.setVisible(number < len(self._calls))
        for call, button in zip(self._calls, self._buttons, strict=False):
            self._paint(button, call)
        left = len(calls) - len(self._calls)
        self._more.setText(MORE.format(count=left))
        self._more.setVisible(left > 0)
        self.setVisible(len(calls) > 1)

    def _paint(self, button: Button, call: OpenCall) -> None:
        name = call.name or NEW_CALL
        short = button.fontMetrics().elidedText(
            shown(name), Qt.TextElideMode.ElideRight, button.fontMetrics().averageCharWidth() * _NAME
        )
        words = "  ".join(part for part in (short, call_time(call.seconds), call.state) if part)
        if words != button.text():
            button.setText(words)
            button.updateGeometry()
        button.setChecked(call.at_hand)
        if (spoken := f"{name}, {call.state}") != button.accessibleName():  # not every second: it would be read out
            button.setAccessibleName(spoken)
            button.setToolTip(plain_tip(TIP.format(name=name, state=call.state, key=self._key)))

    def _pressed(self, number: int) -> None:
        call = self._calls[number]
        self._buttons[number].setChecked(call.at_hand)
        if not call.at_hand:
            self.call_requested.emit(call.call_id)


def _shown(calls: tuple[OpenCall, ...]) -> tuple[OpenCall, ...]:
    """Those there is room for, the one at hand always among them."""
    if len(calls) <= MOST:
        return calls
    first = next((number for number, call in enumerate(calls) if call.at_hand), 0)
    begin = max(0, min(first - MOST // 2, len(calls) - MOST))
    return calls[begin : begin + MOST]
