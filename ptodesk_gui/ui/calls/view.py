"""One of the open calls as the bar shows it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenCall:
    """``name`` is empty as long as nobody is named; ``seconds`` None before the first letter; ``state`` in words."""

    call_id: str
    name: str
    seconds: int | None
    state: str
    at_hand: bool
