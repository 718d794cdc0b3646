"""Calls that a phone system or a browser opens with a link: prefilled where no call is at hand, else waiting beside it."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Signal

from ptodesk_gui.application.backstage import Backstage
from ptodesk_gui.application.call import CallAtHand, Phase, Standing
from ptodesk_gui.application.calling import Calling
from ptodesk_gui.application.clock import Clock
from ptodesk_gui.sop.call_link import CallLink, LinkRefused, read_link
from ptodesk_gui.sop.entry import Entry, Field, Memory
from ptodesk_gui.sop.view import Weight
from ptodesk_gui.sop.zip_codes import fill

MOST_WAITING: Final = 20
KEY: Final = "Ctrl+Shift+N"
REFUSED: Final = "A link was not opened: {why}"
FILLED: Final = "Filled in from a link. Check it with the caller."
WAITS: Final = "A call from {who} is waiting: {key} takes it. The call at hand stays as it is."
MORE_WAIT: Final = "{count} calls are waiting, the first from {who}: {key} takes it. The call at hand stays as it is."
SOMEBODY: Final = "somebody"
TOO_MANY: Final = f"{MOST_WAITING} calls are waiting already."
NONE_WAITS: Final = "No call is waiting."


@dataclass(frozen=True, slots=True)
class Waiting:
    """A call that waits beside the one at hand: kept as any call that is not filed, with the ticket that it came with."""

    call_id: str
    link: CallLink


class Popping(QObject):
    """Stands between links and the call at hand, which no link ever touches once there is anything in it."""

    said = Signal(str, object)  # a sentence, its Weight
    call_wanted = Signal()
    ticket_wanted = Signal(str)  # the key of a ticket that joins the call at hand

    def __init__(
        self,
        call: CallAtHand,
        calling: Calling,
        backstage: Backstage,
        clock: Clock,
        is_busy: Callable[[], bool],
        parent: QObject,
    ) -> None:
        """``is_busy``: the agent is about to choose what to do, and nothing may take the keyboard away."""
        super().__init__(parent)
        self._is_busy = is_busy
        self._call, self._calling, self._backstage, self._clock = call, calling, backstage, clock
        self._early: list[CallLink] = []
        self._waiting: list[Waiting] = []
        self._at_hand = call.entry.call_id
        self._site_is_open = False
        calling.changed.connect(self._follow)
        backstage.found.connect(lambda _: self._catch_up())
        backstage.failed.connect(lambda _: self._catch_up())
        backstage.opened.connect(self._ask)

    @property
    def waiting(self) -> tuple[Waiting, ...]:
        """The calls that wait, the longest first."""
        return tuple(self._waiting)

    def open(self, text: str) -> None:
        """Open a call with this link, or say why not. A call that comes back from before the start comes first."""
        try:
            link = read_link(text)
        except LinkRefused as refused:
            self.said.emit(REFUSED.format(why=refused), Weight.WARNING)
            return
        if self._backstage.looked:
            self._open(link)
        else:
            self._early.append(link)

    def take(self) -> None:
        """Go to the call that waits longest; the one at hand is kept."""
        if not self._waiting:
            self.said.emit(NONE_WAITS, Weight.HINT)
            return
        self._calling.take_up(self._waiting[0].call_id)
        self._tell()

    def _catch_up(self) -> None:
        early, self._early = self._early, []
        for link in early:
            self._open(link)

    def _open(self, link: CallLink) -> None:
        if not link.values and not link.ticket:
            return  # it only brings the window to the front
        if self._call.phase is Phase.FILED and not self._is_busy():
            self._calling.begin()
        if self._call.empty and not self._is_busy():
            self._call.resume()  # it may be in its review, with nothing in it
            self._calling.change(self._filled(self._call.entry.call_id, link))
            self._show(link)
        elif not self._is_there(link):
            self._keep_waiting(link)

    def _filled(self, call_id: str, link: CallLink) -> Entry:
        entry = link.entry(call_id, self._call.entry.agent)
        known = self._backstage.known
        place = None if known is None else known.zip_codes.of(entry.text(Field.ZIP))
        return entry if place is None else fill(entry, place)

    def _show(self, link: CallLink) -> None:
        self.call_wanted.emit()
        if link.values:
            self.said.emit(FILLED, Weight.HINT)
        self._join()

    def _ask(self) -> None:
        """From now on the site can be asked."""
        self._site_is_open = True
        self._join()

    def _join(self) -> None:
        """Have the ticket that the link of the call at hand named join it. Until it has, it is tried whenever the call is at hand again."""
        key = self._call.entry.memory(Memory.LINK_TICKET)
        if key and self._site_is_open and self._call.phase is Phase.CALL:
            self.ticket_wanted.emit(key)

    def _is_there(self, link: CallLink) -> bool:
        """Whether the call was opened by the same link before: phone systems and impatient fingers send one twice."""
        entry = self._call.entry
        at_hand = all(entry.text(which) == value for which, value in link.values.items())
        if link.ticket:  # the same caller with a ticket that the call does not have is news
            at_hand = at_hand and link.ticket in (entry.memory(Memory.LINK_TICKET), entry.text(Field.SOURCE_KEY))
        at_hand = at_hand and self._call.phase is not Phase.FILED
        return at_hand or any(waiting.link == link for waiting in self._waiting)

    def _keep_waiting(self, link: CallLink) -> None:
        if len(self._waiting) >= MOST_WAITING:
            self.said.emit(REFUSED.format(why=TOO_MANY), Weight.WARNING)
            return
        one = Waiting(os.urandom(16).hex(), link)
        entry = self._filled(one.call_id, link)
        self._calling.hold_beside(Standing(entry, Field.FIRST_NAME, seconds=0.0, opened=self._clock.now()))
        self._waiting.append(one)
        self._tell()

    def _tell(self) -> None:
        if self._waiting:
            who = self._waiting[0].link.who or self._waiting[0].link.ticket or SOMEBODY
            words = WAITS if len(self._waiting) == 1 else MORE_WAIT
            self.said.emit(words.format(who=who, key=KEY, count=len(self._waiting)), Weight.WARNING)

    def _follow(self) -> None:
        """Another call may be at hand: one that waited waits no more, however it was taken. Nor does one that was thrown away."""
        at_hand = self._call.entry.call_id
        taken = next((one for one in self._waiting if one.call_id == at_hand), None)
        there = {call.entry.call_id for call in self._calling.open_calls.all}
        self._waiting = [one for one in self._waiting if one.call_id in there - {at_hand}]
        before, self._at_hand = self._at_hand, at_hand
        if taken is not None:
            self._show(taken.link)
        elif before != at_hand:
            self._join()
