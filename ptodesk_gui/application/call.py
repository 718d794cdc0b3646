"""The call at hand: what was typed, which field has the keyboard, how long it takes, and what follows from it. No Qt."""

import os
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum

from ptodesk_gui.application.clock import Clock
from ptodesk_gui.sop.entry import Entry, Field, Memory
from ptodesk_gui.sop.view import CallView

ViewOf = Callable[[Entry, date], CallView]


_REMEMBERED = frozenset(Memory)
_HELD = "held"


class Phase(StrEnum):
    """Where the call is."""

    CALL = "call"
    WRAP_UP = "wrap_up"  # the homeowner has hung up; the tickets are looked over
    FILED = "filed"


class CallAtHand:
    """One call from its first letter to its filing. ``view_of`` may come later than the first letters."""

    def __init__(self, clock: Clock, agent: str) -> None:
        self._clock = clock
        self._view_of: ViewOf | None = None
        self.day = clock.today()
        self.begin(agent)

    def begin(self, agent: str) -> None:
        """A new call with empty inputs."""
        self.take(Entry(os.urandom(16).hex(), agent), Field.FIRST_NAME)

    def take(self, entry: Entry, focus: str) -> None:
        """Go on with this call, from a draft for instance."""
        self.entry = entry
        self.focus = focus
        self.phase = Phase.CALL
        self._began: float | None = None if self.empty else self._clock.steady()
        self._ended: float | None = None
        self._over: float | None = None
        self._look()

    def use(self, view_of: ViewOf) -> None:
        """From now on this says what follows from an entry."""
        self._view_of = view_of
        self._look()

    def set_agent(self, agent: str) -> None:
        """The agent's name as the settings have it."""
        self.entry = Entry(self.entry.call_id, agent, self.entry.values)
        self._look()

    def edit(self, field: Field, value: str) -> None:
        """One input changed."""
        self.entry = self.entry.with_value(field, value)
        if self._began is None:
            self._began = self._clock.steady()
        self._look()

    def change(self, entry: Entry) -> None:
        """Several inputs changed at once: a ticket was chosen, values were taken over."""
        self.entry = entry
        if self._began is None:
            self._began = self._clock.steady()
        self._look()

    def look_again(self) -> None:
        """What follows from the entry may be another thing now: more is known besides it."""
        self._look()

    def new_day(self) -> bool:
        """Read today's date again; True when it is another day."""
        if (today := self._clock.today()) == self.day:
            return False
        self.day = today
        self._look()
        return True

    def end(self) -> None:
        """The homeowner has hung up: from here on it is wrap-up."""
        if self.phase is Phase.CALL:
            self.phase = Phase.WRAP_UP
            self._ended = self._clock.steady()

    def filed(self) -> None:
        """The plan is in the outbox: this call is over."""
        self.phase = Phase.FILED
        self._over = self._clock.steady()

    def resume(self) -> None:
        """Back to the call from the review."""
        if self.phase is Phase.WRAP_UP:
            self.phase = Phase.CALL
            self._ended = None

    @property
    def empty(self) -> bool:
        """Whether nothing worth keeping was typed."""
        return not any(value.strip() for path, value in self.entry.values.items() if path not in _REMEMBERED)

    @property
    def call_seconds(self) -> int | None:
        """How long the call takes or took; None before the first letter."""
        if self._began is None:
            return None
        return int((self._clock.steady() if self._ended is None else self._ended) - self._began)

    @property
    def wrap_up_seconds(self) -> int | None:
        """How long the wrap-up takes or took; None during the call."""
        if self._ended is None:
            return None
        return int((self._clock.steady() if self._over is None else self._over) - self._ended)

    def _look(self) -> None:
        self.view: CallView | None = None if self._view_of is None else self._view_of(self.entry, self.day)


def draft_payload(entry: Entry, *, held: bool = False) -> Mapping[str, object]:
    """The entry as plain values for the store. ``held``: the agent has left it for another call."""
    return {"agent": entry.agent, "values": dict(entry.values), **({_HELD: True} if held else {})}


def was_held(payload: Mapping[str, object]) -> bool:
    """Whether the agent had left this draft for another call: it is offered, and not put into the window by itself."""
    return payload.get(_HELD) is True


def entry_from_draft(call_id: str, payload: Mapping[str, object]) -> Entry:
    """The entry that ``draft_payload`` wrote; what is not text is left out rather than failing the start."""
    values = payload.get("values")
    kept = {str(k): v for k, v in values.items() if isinstance(v, str)} if isinstance(values, Mapping) else {}
    return Entry(call_id, str(payload.get("agent", "")), kept)
