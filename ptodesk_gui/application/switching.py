"""Several calls at once: shows those that are open, and goes from one to another by one key."""

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from ptodesk_gui.application.call import CallAtHand, Phase, Standing
from ptodesk_gui.application.calling import Calling
from ptodesk_gui.application.open_calls import place_of
from ptodesk_gui.sop.entry import Field, Memory
from ptodesk_gui.sop.view import Weight
from ptodesk_gui.ui.actions import OPEN_CALL_IDS
from ptodesk_gui.ui.call.keys import OPEN_CALLS
from ptodesk_gui.ui.calls import CallsBar, OpenCall
from ptodesk_gui.ui.main_window import CALL, MainWindow

NO_OTHER: Final = "No other call is open. Ctrl+N begins one and holds this one."
NO_OTHER_IN_PALETTE: Final = "No other call is open"
NOT_SO_MANY: Final = "There is no open call {number}"
AT_HAND, ON_HOLD, IN_REVIEW, FILED = "at hand", "on hold", "in review", "filed"


class Switching(QObject):
    """Stands between the bar of open calls, its keys, and the calls."""

    back_wanted = Signal()  # to where the call at hand is

    def __init__(self, window: MainWindow, call: CallAtHand, calling: Calling, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._call, self._calling = window, call, calling
        self.bar = CallsBar(
            window.action("call.next").shortcut().toString(), OPEN_CALLS, window.action("outbox").shortcut().toString()
        )
        window.add_row(self.bar)
        for number, id_ in OPEN_CALL_IDS.items():
            window.action(id_).triggered.connect(lambda _=False, number=number: self._go_to(number))
            window.set_why_not(id_, partial(self._why_not, number))
        for id_, by in (("call.next", 1), ("call.previous", -1)):
            window.action(id_).triggered.connect(lambda _=False, by=by: self._turn(by))
            window.set_why_not(id_, lambda: "" if calling.open_calls.all else NO_OTHER_IN_PALETTE)
        self.bar.call_requested.connect(calling.take_up)
        self.bar.more_requested.connect(window.outbox_requested)
        self.follow()

    def follow(self) -> None:
        """The call has changed, or which calls are open."""
        calls = self._in_order()
        at_hand = self._call.entry.call_id
        self.bar.set_calls(tuple(_shown(call, at_hand) for call in calls) if len(calls) > 1 else ())

    def tick(self) -> None:
        """A second has passed: the times of those on hold run on."""
        if not self.bar.isHidden():
            self.follow()

    def _turn(self, by: int) -> None:
        if self._calling.open_calls.all:
            self._calling.turn(by)
        else:
            self._calling.said.emit(NO_OTHER, Weight.HINT)

    def _go_to(self, number: int) -> None:
        """Go straight to the open call with this number, counted from 1 as the bar counts them."""
        if why_not := self._why_not(number):
            self._calling.said.emit(f"{why_not}.", Weight.HINT)
            return
        wanted = self._in_order()[number - 1].entry.call_id
        if wanted != self._call.entry.call_id:
            self._calling.take_up(wanted)
        elif self._window.page != CALL:
            self.back_wanted.emit()

    def _why_not(self, number: int) -> str:
        """Why there is no going to the open call with this number; empty when there is."""
        return "" if number <= len(self._in_order()) else NOT_SO_MANY.format(number=number)

    def _in_order(self) -> list[Standing]:
        """All open calls in the order in which they were begun, the one at hand among them."""
        return sorted((*self._calling.open_calls.all, self._call.standing), key=place_of)


def _shown(call: Standing, at_hand: str) -> OpenCall:
    entry = call.entry
    name = f"{entry.text(Field.FIRST_NAME)} {entry.text(Field.LAST_NAME)}".strip() or entry.memory(Memory.LINK_TICKET)
    here = entry.call_id == at_hand
    state = AT_HAND if here else ON_HOLD
    if call.phase is not Phase.CALL:
        state = IN_REVIEW if call.phase is Phase.WRAP_UP else FILED
    seconds = None if call.seconds is None else int(call.seconds)
    return OpenCall(entry.call_id, name, seconds, state, here)
