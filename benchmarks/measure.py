"""How things are measured: interleaved in one run, because a machine's speed changes from minute to minute; medians and ratios."""

import math
import os
import platform
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the page: a heading, what was done in a sentence or two, and a table (first row: its heads)."""

    heading: str
    how: str
    table: Sequence[Sequence[str]]
    remark: str = ""

    def text(self) -> str:
        """The part as Markdown."""
        head, *rows = self.table
        lines = [f"## {self.heading}", "", self.how, "", _row(head), _row(["---"] * len(head)), *map(_row, rows), ""]
        return "\n".join([*lines, self.remark, ""] if self.remark else lines)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


T = TypeVar("T")


def in_turn(subjects: Mapping[str, Callable[[], T]], rounds: int) -> dict[str, list[T]]:
    """What each subject gave, measured in turn, ``rounds`` times; one round before that does not count."""
    figures: dict[str, list[T]] = {name: [] for name in subjects}
    for number in range(rounds + 1):
        for name, measure in subjects.items():
            figure = measure()
            if number:
                figures[name].append(figure)
    return figures


def ratio(figures: Mapping[str, Sequence[float]], name: str, base: str) -> float:
    """The median of the ratios within each round."""
    return statistics.median(a / b for a, b in zip(figures[name], figures[base], strict=True))


def percentile(figures: Sequence[float], part: float) -> float:
    """The smallest of the figures that ``part`` of them (0.99 for the 99th percentile) do not exceed."""
    ordered = sorted(figures)
    return ordered[math.ceil(part * len(ordered)) - 1]


def spread(figures: Sequence[float], unit: str) -> str:
    """Median, and between which figures they lie: ``182 ms (170-201)``."""
    return f"{statistics.median(figures):.0f} {unit} ({min(figures):.0f}-{max(figures):.0f})"


def machine() -> str:
    """What this was measured on, without naming the machine."""
    model = platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [
            line.split(":", 1)[1].strip() for line in cpuinfo.read_text().splitlines() if line.startswith("model name")
        ]
        model = f"{model}, {names[0]}" if names and names[0] != "unknown" else model
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = (
        "Debian " + Path("/etc/debian_version").read_text().strip()
        if Path("/etc/debian_version").exists()
        else platform.system()
    )
    return f"{system}, Python {platform.python_version()}, {os.cpu_count()} cores ({model}), {memory:.0f} GiB of memory"
