"""The calls that are begun, not filed and not at hand: each as it was left, in the order in which they were begun. No Qt."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from ptodesk_gui.application.call import Phase, Standing


@dataclass(frozen=True, slots=True)
class _Held:
    call: Standing
    since: float  # by the steady clock


class OpenCalls:
    """Holds calls. ``steady`` gives seconds that are never set back.

    While a call is held its time runs on: the homeowner waits on the line. The wrap-up's does not: nobody waits, and it
    says how long the agent works on it.
    """

    def __init__(self, steady: Callable[[], float]) -> None:
        self._steady = steady
        self._held: dict[str, _Held] = {}

    def hold(self, call: Standing) -> None:
        """Keep this call as it stands."""
        self._held[call.entry.call_id] = _Held(call, self._steady())

    def keep(self, call: Standing) -> None:
        """Keep a call of an earlier run: nobody has waited on the line since, so its time stands still."""
        self._held[call.entry.call_id] = _Held(call, float("inf"))

    def fetch(self, call_id: str) -> Standing | None:
        """The call as it stands now, which is held no longer; None when it is not held."""
        held = self._held.pop(call_id, None)
        return None if held is None else self._now(held)

    def drop(self, call_id: str) -> None:
        """Forget a call that was filed or thrown away."""
        self._held.pop(call_id, None)

    @property
    def all(self) -> tuple[Standing, ...]:
        """Every call that is held, as it stands now, in the order in which they were begun."""
        return tuple(sorted(map(self._now, self._held.values()), key=place_of))

    def beside(self, at_hand: Standing, by: int) -> str:
        """The id of the call after (1) or before (-1) the one at hand, round and round; empty when none is held."""
        ids = [call.entry.call_id for call in sorted((*self.all, at_hand), key=place_of)]
        return "" if len(ids) < 2 else ids[(ids.index(at_hand.entry.call_id) + by) % len(ids)]

    def _now(self, held: _Held) -> Standing:
        call = held.call
        if call.seconds is None or call.phase is not Phase.CALL:
            return call
        return replace(call, seconds=call.seconds + max(0.0, self._steady() - held.since))


def place_of(call: Standing) -> tuple[float, str]:
    """Where a call stands among the open ones."""
    return call.opened, call.entry.call_id
