"""A slim row with the open calls; it takes no room while there is only one."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ptodesk_gui.ui.calls.view import OpenCall
from ptodesk_gui.ui.widgets.bidi import shown
from ptodesk_gui.ui.widgets.button import Button, Kind
from ptodesk_gui.ui.widgets.call_time import call_time
from ptodesk_gui.ui.widgets.keyed import with_key
from ptodesk_gui.ui.widgets.labelled import muted
from ptodesk_gui.ui.widgets.plain_label import plain_tip

NEW_CALL: Final = "New call"
HEADING: Final = "Open calls"
MORE: Final = "{count} more"
TIP: Final = "{name}, {state}. {keys}"
TO_NEXT: Final = "{key} goes to the next call."
TO_IT: Final = "{own} goes to it, {key} to the next call."
HINT: Final = "{key}: next call    {first} ... {last}: that one"
MOST: Final = 5  # calls that are shown by name; the outbox has all of them
_LEFT, _RIGHT, _BETWEEN = 12, 8, 4  # pixels
_NAME: Final = 18  # letters of a name that are always shown


class CallsBar(QWidget):
    """Paints the open calls in the order in which they were begun; the one at hand is marked."""

    call_requested = Signal(str)  # call id
    more_requested = Signal()

    def __init__(
        self, next_key: str, own_keys: Mapping[int, str], more_key: str, parent: QWidget | None = None
    ) -> None:
        """``next_key`` goes from one to the next, ``own_keys`` to the first, the second ... one, ``more_key`` to where all are."""
        super().__init__(parent)
        self._key, self._own_keys, self._more_key = next_key, own_keys, more_key
        self._open: tuple[OpenCall, ...] = ()
        self._calls: tuple[OpenCall, ...] = ()  # those that are shown
        self._buttons = [Button(NEW_CALL, Kind.TAB) for _ in range(MOST)]
        self._more = Button(with_key(MORE.format(count=0), more_key), Kind.QUIET)
        self.setAccessibleName(HEADING)
        hint = HINT.format(key=next_key, first=own_keys[min(own_keys)], last=max(own_keys))
        self._hints = (muted(HEADING), muted(hint))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # it makes no window wider
        row = QHBoxLayout(self)
        row.setContentsMargins(_LEFT, 2, _RIGHT, 2)
        row.setSpacing(_BETWEEN)
        row.addWidget(self._hints[0])
        for number, button in enumerate(self._buttons):
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, number=number: self._pressed(number))
            row.addWidget(button)
        row.addWidget(self._more)
        row.addStretch(1)
        row.addWidget(self._hints[1])
        self._more.clicked.connect(self.more_requested)
        self.hide()

    def set_calls(self, calls: tuple[OpenCall, ...]) -> None:
        """Show these calls; nothing as long as there is one alone."""
        if calls == self._open:  # with every letter of the call at hand
            return
        self._open = calls
        self._fit()
        self.setVisible(len(calls) > 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As many calls as there is room for, and the hints if they are to be had besides."""
        for hints in (True, False):
            for most in range(min(len(self._open), MOST), 0, -1):
                self._show(_around(self._open, most), hints=hints)
                if self._needed(hints=hints) <= self.width() or (most == 1 and not hints):
                    return
                if hints and most <= 2:
                    break

    def _needed(self, *, hints: bool) -> int:
        """The width of all that is shown, in pixels."""
        parts: list[QWidget] = [*self._buttons[: len(self._calls)]]
        parts += [self._more] * (len(self._calls) < len(self._open))
        parts += self._hints if hints else ()
        return _LEFT + _RIGHT + sum(part.sizeHint().width() + _BETWEEN for part in parts)

    def _show(self, calls: tuple[OpenCall, ...], *, hints: bool) -> None:
        self._calls = calls
        for number, button in enumerate(self._buttons):
            button.setVisible(number < len(calls))
        for call, button in zip(calls, self._buttons, strict=False):
            self._paint(button, call, self._open.index(call) + 1)
        left = len(self._open) - len(calls)
        self._more.setText(with_key(MORE.format(count=left), self._more_key))
        self._more.setVisible(left > 0)
        for hint in self._hints:
            hint.setVisible(hints)

    def _paint(self, button: Button, call: OpenCall, number: int) -> None:
        name = call.name or NEW_CALL
        short = button.fontMetrics().elidedText(
            shown(name), Qt.TextElideMode.ElideRight, button.fontMetrics().averageCharWidth() * _NAME
        )
        own = self._own_keys.get(number, "")
        words = "  ".join(part for part in (own and str(number), short, call_time(call.seconds), call.state) if part)
        if words != button.text():
            button.setText(words)
            button.updateGeometry()
        button.setChecked(call.at_hand)
        if (spoken := f"{name}, {call.state}") != button.accessibleName():  # not every second: it would be read out
            button.setAccessibleName(spoken)
        keys = (TO_IT if own else TO_NEXT).format(own=own, key=self._key)
        if keys != button.accessibleDescription():
            button.setAccessibleDescription(keys)
        if (tip := plain_tip(TIP.format(name=name, state=call.state, keys=keys))) != button.toolTip():
            button.setToolTip(tip)

    def _pressed(self, number: int) -> None:
        call = self._calls[number]
        self._buttons[number].setChecked(call.at_hand)
        if not call.at_hand:
            self.call_requested.emit(call.call_id)


def _around(calls: tuple[OpenCall, ...], most: int) -> tuple[OpenCall, ...]:
    """So many of them, the one at hand always among them."""
    at = next((number for number, call in enumerate(calls) if call.at_hand), 0)
    begin = max(0, min(at - most // 2, len(calls) - most))
    return calls[begin : begin + most]
