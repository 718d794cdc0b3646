"""From process start to the first painted window, and the memory it takes, against a bare PySide6 window."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from benchmarks.measure import Section, interleaved, ratio, spread

ROUNDS = 15
SETTLE = 2.0  # seconds after the first paint until what opens in the background is there
AIM = 1.5
PAINTED = Path(__file__).with_name("painted.py")
ROOT = PAINTED.parents[1]

SUBJECTS = {
    "bare window": ["bare"],
    "ptodesk": ["ptodesk"],
    "ptodesk, practice mode": ["ptodesk", "--practice"],
}


def environment(home: Path) -> dict[str, str]:
    """An empty machine: no settings, no keyring, no screen."""
    return {
        **{k: v for k, v in os.environ.items() if not k.startswith(("PTODESK_", "XDG_", "DBUS_"))},
        "HOME": str(home),
        "PTODESK_DATA_DIR": str(home / "data"),
        "PTODESK_CONFIG_DIR": str(home / "config"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": os.environ.get("BENCH_QT_PLATFORM", "offscreen"),
    }


def start(arguments: list[str], env: Mapping[str, str], settle: float = 0.0) -> tuple[float, float]:
    """Milliseconds from before the process is made to the first paint, and the peak memory in MB."""
    command = [sys.executable, str(PAINTED), *(["--settle", str(settle)] if settle else []), *arguments]
    began = time.perf_counter_ns()
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=True)
    painted, peak = done.stdout.split()[-2:]
    return (int(painted) - began) / 1e6, int(peak) / 1024


def painted_after(arguments: list[str], env: Mapping[str, str]) -> float:
    """Milliseconds until the first paint."""
    return start(arguments, env)[0]


def peak_memory(arguments: list[str], env: Mapping[str, str]) -> float:
    """Peak memory in MB once everything is loaded."""
    return start(arguments, env, SETTLE)[1]


def run() -> list[Section]:
    """Both figures, subjects in turn."""
    with tempfile.TemporaryDirectory() as name:
        env = environment(Path(name))
        times = interleaved({title: partial(painted_after, a, env) for title, a in SUBJECTS.items()}, ROUNDS)
        memory = interleaved({title: partial(peak_memory, a, env) for title, a in SUBJECTS.items()}, 3)
    return [
        _section(
            "Start",
            f"From process start to the first painted window, off screen, bytecode compiled; in turn, median of {ROUNDS} (all of them within the brackets).",
            times,
            "ms",
        ),
        _section(
            "Memory",
            f"Peak resident memory, {SETTLE:.0f} s after the first paint, when everything is loaded.",
            memory,
            "MB",
        ),
    ]


def _section(heading: str, how: str, figures: dict[str, list[float]], unit: str) -> Section:
    base = next(iter(SUBJECTS))
    rows = [[title, spread(figures[title], unit), f"{ratio(figures, title, base):.2f}"] for title in SUBJECTS]
    return Section(heading, how, [["what", unit, f"to the {base} (aim: {AIM})"], *rows])
