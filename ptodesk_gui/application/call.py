"""The call at hand: what was typed, which field has the keyboard, how long it takes, and what follows from it. No Qt."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ptodesk_gui.application.clock import Clock
from ptodesk_gui.sop.entry import Entry, Field, Memory
from ptodesk_gui.sop.view import CallView

ViewOf = Callable[[Entry, date], CallView]


_REMEMBERED = frozenset(Memory) - {Memory.LINK_TICKET}  # a call that came with a ticket is about something
_HELD = "held"
_PHASE, _SECONDS, _WRAP_UP, _OPENED = "phase", "call_seconds", "wrap_up_seconds", "opened"


class Phase(StrEnum):
    """Where the call is."""

    CALL = "call"
    WRAP_UP = "wrap_up"  # the homeowner has hung up; the tickets are looked over
    FILED = "filed"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a call stands: all that is needed to go on with it later exactly where it was left.

    ``seconds`` and ``wrap_up`` are how long the call and its wrap-up have taken (None: not begun); ``opened`` is when it was
    begun, in seconds since the epoch, which orders the open calls.
    """

    entry: Entry
    focus: str
    phase: Phase = Phase.CALL
    seconds: float | None = None
    wrap_up: float | None = None
    opened: float = 0.0


class CallAtHand:
    """One call from its first letter to its filing. ``view_of`` may come later than the first letters."""

    def __init__(self, clock: Clock, agent: str) -> None:
        self._clock = clock
        self._view_of: ViewOf | None = None
        self.on_phase: Callable[[], object] = lambda: None  # told of every change of the phase
        self.day = clock.today()
        self.begin(agent)

    def begin(self, agent: str) -> None:
        """A new call with empty inputs."""
        self.take(Standing(Entry(os.urandom(16).hex(), agent), Field.FIRST_NAME, opened=self._clock.now()))

    def take(self, standing: Standing) -> None:
        """Go on with this call: its clocks go on from where they stood."""
        self.entry = standing.entry
        self.focus = standing.focus
        self.phase = standing.phase
        self.opened = standing.opened
        now = self._clock.steady()
        self._ended: float | None = None if standing.wrap_up is None else now - standing.wrap_up
        self._over: float | None = None
        self._began: float | None = None if self.empty else now
        if standing.seconds is not None:
            self._began = (now if self._ended is None else self._ended) - standing.seconds
        self._look()

    @property
    def standing(self) -> Standing:
        """How the call stands now."""
        now = self._clock.steady()
        seconds = None if self._began is None else (now if self._ended is None else self._ended) - self._began
        wrap_up = None if self._ended is None else (now if self._over is None else self._over) - self._ended
        return Standing(self.entry, self.focus, self.phase, seconds, wrap_up, self.opened)

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

    def note_copy(self, who: str, text: str) -> None:
        """Remember with the call that this reply was copied, and when."""
        from ptodesk_gui.application.kept_uses import with_copy

        self.entry = with_copy(self.entry, self._clock.now(), who, text)

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
            self.on_phase()

    def filed(self) -> None:
        """The plan is in the outbox: this call is over."""
        self.phase = Phase.FILED
        self._over = self._clock.steady()

    def resume(self) -> None:
        """Back to the call from the review."""
        if self.phase is Phase.WRAP_UP:
            self.phase = Phase.CALL
            self._ended = None
            self.on_phase()

    @property
    def empty(self) -> bool:
        """Whether there is nothing in it that is worth keeping."""
        return not any(value.strip() for path, value in self.entry.values.items() if path not in _REMEMBERED)

    @property
    def call_seconds(self) -> int | None:
        """How long the call takes or took; None before the first letter."""
        return None if (seconds := self.standing.seconds) is None else int(seconds)

    @property
    def wrap_up_seconds(self) -> int | None:
        """How long the wrap-up takes or took; None during the call."""
        return None if (seconds := self.standing.wrap_up) is None else int(seconds)

    def _look(self) -> None:
        self.view: CallView | None = None if self._view_of is None else self._view_of(self.entry, self.day)


def draft_payload(call: Standing, *, held: bool = False) -> Mapping[str, object]:
    """The call as plain values for the store, without its focus. ``held``: the agent has left it for another call."""
    times = {_SECONDS: call.seconds, _WRAP_UP: call.wrap_up}
    more: dict[str, object] = {name: round(seconds, 1) for name, seconds in times.items() if seconds is not None}
    if held:
        more[_HELD] = True
    if call.phase is Phase.WRAP_UP:
        more[_PHASE] = call.phase.value
    return {"agent": call.entry.agent, "values": dict(call.entry.values), _OPENED: call.opened, **more}


def standing_from_draft(call_id: str, payload: Mapping[str, object], focus: str) -> Standing:
    """The call that ``draft_payload`` wrote, with its clocks where they stood when it was saved."""
    phase = Phase.WRAP_UP if payload.get(_PHASE) == Phase.WRAP_UP else Phase.CALL
    seconds, wrap_up, opened = (_number(payload.get(name)) for name in (_SECONDS, _WRAP_UP, _OPENED))
    if phase is Phase.CALL:
        wrap_up = None
    elif wrap_up is None:
        wrap_up = 0.0
    return Standing(entry_from_draft(call_id, payload), focus, phase, seconds, wrap_up, opened or 0.0)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) and value >= 0 else None


def was_held(payload: Mapping[str, object]) -> bool:
    """Whether the agent had left this draft for another call: it is offered, and not put into the window by itself."""
    return payload.get(_HELD) is True


def entry_from_draft(call_id: str, payload: Mapping[str, object]) -> Entry:
    """The entry that ``draft_payload`` wrote; what is not text is left out rather than failing the start."""
    values = payload.get("values")
    kept = {str(k): v for k, v in values.items() if isinstance(v, str)} if isinstance(values, Mapping) else {}
    return Entry(call_id, str(payload.get("agent", "")), kept)
