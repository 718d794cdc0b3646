"""What is wrong with a case or a playbook: every fault at once, each with its place."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

LONGEST_PATH: Final = 200  # signs of a field's name that are shown: an unknown key may be anything
_TURNS: Final = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


class CaseFaults(ValueError):  # noqa: N818 - it holds many
    """A case cannot be used. ``faults`` are all (path of the field, what is wrong) in the order of the case."""

    def __init__(self, faults: Iterable[tuple[str, str]]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"{len(self.faults)} faults in the case")

    @property
    def lines(self) -> tuple[str, ...]:
        """One line per fault: ``field.path: what is wrong``."""
        return tuple(one_line(f"{_short(path)}: {text}") for path, text in self.faults)


@dataclass(frozen=True, slots=True)
class PlaybookFault:
    """One fault of a playbook: the file, the line (None: not known), the key (empty: the whole file), what is wrong and what to do."""

    file: str
    line: int | None
    key: str
    text: str

    def __str__(self) -> str:
        line = f", line {self.line}" if self.line is not None else ""
        key = f", {self.key}" if self.key else ""
        return one_line(f"{self.file}{line}{key}: {self.text}")


class PlaybookFaults(ValueError):  # noqa: N818 - it holds many
    """A playbook cannot be used. ``faults`` are all of them, file by file."""

    def __init__(self, faults: Iterable[PlaybookFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(str(fault) for fault in self.faults))

    @property
    def lines(self) -> tuple[str, ...]:
        """One line per fault."""
        return tuple(str(fault) for fault in self.faults)


def _short(path: str) -> str:
    return path if len(path) <= LONGEST_PATH else f"{path[: LONGEST_PATH - 1]}…"


def one_line(text: str) -> str:
    """The text with everything that would break the line, turn it round or steer a terminal written as an escape."""
    if text.isprintable():
        return text
    return "".join(char.encode("unicode_escape").decode("ascii") if _steers(char) else char for char in text)


def _steers(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") or unicodedata.bidirectional(char) in _TURNS
