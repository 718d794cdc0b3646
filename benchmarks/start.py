"""From process start to the first painted window, and the memory it takes, against a bare PySide6 window."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.measure import Section, in_turn, ratio, spread

ROUNDS = 15
SETTLE = 2.0  # seconds after the first paint until what opens in the background is there
AIM = 1.5
BASE = "bare window"
PAINTED = Path(__file__).with_name("painted.py")
ROOT = PAINTED.parents[1]
SCREEN = PAINTED.with_name("screen.json")  # 1920x1080; the one that Qt makes up is 800x800, too small for the window

SUBJECTS = {
    BASE: ["bare"],
    "ptodesk": ["ptodesk"],
    "ptodesk, practice mode": ["ptodesk", "--practice"],
}


_NOT_THERE = (
    "PTODESK_",
    "XDG_",
    "DBUS_",
    "PYTHONDONTWRITEBYTECODE",
)  # the last: what is not compiled is compiled at each start


def environment(home: Path) -> dict[str, str]:
    """An empty machine: no settings, no keyring, no screen."""
    return {
        **{k: v for k, v in os.environ.items() if not k.startswith(_NOT_THERE)},
        "HOME": str(home),
        "PTODESK_DATA_DIR": str(home / "data"),
        "PTODESK_CONFIG_DIR": str(home / "config"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": os.environ.get("BENCH_QT_PLATFORM", f"offscreen:configfile={SCREEN}"),
    }


@dataclass(frozen=True, slots=True)
class Started:
    """One start: milliseconds until the first paint, those of the processor, and the peak memory in MB."""

    wall: float
    processor: float
    memory: float


def start(arguments: list[str], env: Mapping[str, str], settle: float = 0.0) -> Started:
    """Start a subject once. ``settle``: seconds after the first paint until its memory is read."""
    command = [sys.executable, str(PAINTED), *(["--settle", str(settle)] if settle else []), *arguments]
    began = time.perf_counter_ns()
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=True)
    painted, used, peak = (int(figure) for figure in done.stdout.split()[-3:])
    return Started((painted - began) / 1e6, used / 1e6, peak / 1024)


def run() -> list[Section]:
    """Start the subjects in turn."""
    with tempfile.TemporaryDirectory() as name:
        env = environment(Path(name))
        at_paint = in_turn({title: partial(start, a, env) for title, a in SUBJECTS.items()}, ROUNDS)
        settled = in_turn({title: partial(start, a, env, SETTLE) for title, a in SUBJECTS.items()}, 3)
    return [
        Section(
            "Start",
            f"From process start to the first painted window, off screen at 1920x1080, bytecode compiled; in turn, median of {ROUNDS} (all of them within the "
            "brackets). The processor time is that of the same span: it hardly depends on what else the machine does.",
            [
                ["what", "time", f"to the {BASE} (aim: {AIM})", "processor time", f"to the {BASE}"],
                *([t, *_cells(at_paint, t, "wall", "ms"), *_cells(at_paint, t, "processor", "ms")] for t in SUBJECTS),
            ],
        ),
        Section(
            "Memory",
            f"Peak resident memory at the first paint, and {SETTLE:.0f} s later, when everything behind the window is loaded.",
            [
                ["what", "first paint", f"to the {BASE}", "all loaded", f"to the {BASE} (aim: {AIM})"],
                *([t, *_cells(at_paint, t, "memory", "MB"), *_cells(settled, t, "memory", "MB")] for t in SUBJECTS),
            ],
        ),
    ]


def _cells(starts: Mapping[str, Sequence[Started]], title: str, figure: str, unit: str) -> list[str]:
    figures = {t: [float(getattr(s, figure)) for s in all_] for t, all_ in starts.items()}
    return [spread(figures[title], unit), f"{ratio(figures, title, BASE):.2f}"]
