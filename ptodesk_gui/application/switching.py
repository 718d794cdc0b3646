"""Several calls at once: shows those that are open, and goes from one to another by one key."""

from typing import Final

from PySide6.QtCore import QObject

from ptodesk_gui.application.call import CallAtHand, Phase, Standing
from ptodesk_gui.application.calling import Calling
from ptodesk_gui.application.open_calls import place_of
from ptodesk_gui.sop.entry import Field
from ptodesk_gui.sop.view import Weight
from ptodesk_gui.ui.calls import CallsBar, OpenCall
from ptodesk_gui.ui.main_window import MainWindow

NO_OTHER: Final = "No other call is open. Ctrl+N begins one and holds this one."
NO_OTHER_IN_PALETTE: Final = "No other call is open"
AT_HAND, ON_HOLD, IN_REVIEW, FILED = "at hand", "on hold", "in review", "filed"


class Switching(QObject):
    """Stands between the bar of open calls, its keys, and the calls."""

    def __init__(self, window: MainWindow, call: CallAtHand, calling: Calling, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._call, self._calling = window, call, calling
        self.bar = CallsBar(window.action("call.next").shortcut().toString())
        window.add_row(self.bar)
        for id_, by in (("call.next", 1), ("call.previous", -1)):
            window.action(id_).triggered.connect(lambda _=False, by=by: self._turn(by))
            window.set_why_not(id_, lambda: "" if calling.open_calls.all else NO_OTHER_IN_PALETTE)
        self.bar.call_requested.connect(calling.take_up)
        self.bar.more_requested.connect(window.outbox_requested)
        self.follow()

    def follow(self) -> None:
        """The call has changed, or which calls are open."""
        at_hand = self._call.standing
        held = self._calling.open_calls.all
        if not held:
            self.bar.set_calls(())
            return
        calls = sorted((*held, at_hand), key=place_of)
        self.bar.set_calls(tuple(_shown(call, at_hand.entry.call_id) for call in calls))

    def tick(self) -> None:
        """A second has passed: the times of those on hold run on."""
        if not self.bar.isHidden():
            self.follow()

    def _turn(self, by: int) -> None:
        if self._calling.open_calls.all:
            self._calling.turn(by)
        else:
            self._calling.said.emit(NO_OTHER, Weight.HINT)


def _shown(call: Standing, at_hand: str) -> OpenCall:
    entry = call.entry
    name = f"{entry.text(Field.FIRST_NAME)} {entry.text(Field.LAST_NAME)}".strip()
    here = entry.call_id == at_hand
    state = AT_HAND if here else ON_HOLD
    if call.phase is not Phase.CALL:
        state = IN_REVIEW if call.phase is Phase.WRAP_UP else FILED
    seconds = None if call.seconds is None else int(call.seconds)
    return OpenCall(entry.call_id, name, seconds, state, here)
