"""What the palette lists, and which of it fits what was typed. No widgets."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that can be done: its name, its key, where it works.

    ``why_not`` says why it cannot be done now; empty when it can. ``run`` does it; None for a key that a field has by itself.
    """

    text: str
    key: str
    place: str
    why_not: str = ""
    run: Callable[[], object] | None = None

    @property
    def spoken(self) -> str:
        """The row as a screen reader says it."""
        key = self.key.replace("+", " plus ").replace(",", " comma" if self.key.endswith(",") else ",")
        return ". ".join(part for part in (self.text, key, self.place, self.why_not) if part)


def matching(rows: Iterable[Row], typed: str) -> Sequence[Row]:
    """The rows that have every word that was typed, in their name, key or place; names that begin with it first.

    Within the same fit the order stays: it is the order of the table.
    """
    wanted = typed.casefold().split()
    ranked = [(rank, row) for row in rows if (rank := _rank(row, wanted)) is not None]
    return [row for _, row in sorted(ranked, key=lambda pair: pair[0])]


def _rank(row: Row, wanted: Sequence[str]) -> int | None:
    """How well a row fits, 0 the best; None when it does not."""
    name, key = row.text.casefold(), row.key.casefold()
    everything = f"{name} {key} {row.place.casefold()}"
    if not all(word in everything for word in wanted):
        return None
    if not wanted or name.startswith(" ".join(wanted)) or key == " ".join(wanted):
        return 0
    if all(any(part.startswith(word) for part in name.split()) for word in wanted):
        return 1
    return 2 if all(word in name for word in wanted) else 3
