"""``make bench``: every measurement, and docs/benchmarks.md. Arguments name the parts to print instead of writing the page."""

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from benchmarks import filing, keystrokes, large_store, plans, queued, stalls, start
from benchmarks.measure import Section, machine

PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
PARTS: dict[str, Callable[[], list[Section]]] = {
    "start": start.run,
    "keystrokes": lambda: [keystrokes.run()],
    "stalls": lambda: [stalls.run()],
    "filing": lambda: [filing.run()],
    "queued": lambda: [queued.run()],
    "plans": lambda: [plans.run()],
    "large_store": large_store.run,
}


def main() -> None:
    """Run the parts, one after the other, on a machine that does nothing else."""
    wanted = sys.argv[1:] or list(PARTS)
    sections = []
    for name in wanted:
        sys.stderr.write(f"{name} ...\n")
        sections += PARTS[name]()
    text = "\n".join(section.text() for section in sections)
    if sys.argv[1:]:
        sys.stdout.write(text)
        return
    head = [
        "# What was measured",
        "",
        f"Written by `make bench` on {date.today().isoformat()}: {machine()}.",
        "What is compared was measured in turn within one run; a machine's speed changes from minute to minute, the ratios hardly.",
        "",
    ]
    PAGE.write_text("\n".join([*head, text]), encoding="utf-8")
    sys.stdout.write(f"{PAGE.relative_to(PAGE.parents[1])} is written.\n")


if __name__ == "__main__":
    main()
