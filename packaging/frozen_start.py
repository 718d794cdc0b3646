"""Measures how long the built program takes to start beside the one that is not built, in turn; prints the medians and their ratio.

What is waited for is the log file of the window, which the program begins in the turn after its first paint. The processor time is that of
the main thread up to there: it hardly depends on what else the machine does.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from packaging_parts import ROOT, built_program

ROUNDS: Final = 15
PATIENCE: Final = 120.0  # seconds
LOOK: Final = 0.001


def start(command: list[str]) -> tuple[float, float]:
    """Start it once on an empty machine: milliseconds until it has painted, and those of the processor."""
    with tempfile.TemporaryDirectory(prefix="ptodesk-start-", ignore_cleanup_errors=True) as home:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PTODESK_", "XDG_", "DBUS_", "PYTHON"))}
        environment = {
            **kept,
            "HOME": home,
            "PTODESK_DATA_DIR": f"{home}/data",
            "PTODESK_CONFIG_DIR": f"{home}/config",
            "QT_QPA_PLATFORM": "offscreen",
        }
        painted = [
            Path(home) / "data" / "logs" / "window.log",
            Path(home) / "data" / "practice" / "logs" / "window.log",
        ]
        began = time.perf_counter()
        program = subprocess.Popen(
            command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            while not any(path.exists() for path in painted):
                if time.perf_counter() - began > PATIENCE or program.poll() is not None:
                    raise SystemExit(f"{command[0]} did not paint its window")
                time.sleep(LOOK)
            wall = time.perf_counter() - began
            used = int(Path(f"/proc/{program.pid}/schedstat").read_text(encoding="ascii").split()[0])
        finally:
            program.terminate()
            program.wait()
    return wall * 1e3, used / 1e6


def main() -> int:
    """Print the figures; exit code 1 when the built one takes more than a quarter longer, by processor time."""
    subjects = {
        "not built": [sys.executable, "-m", "ptodesk_gui", "--practice"],
        "built": [str(built_program() / "ptodesk-gui"), "--practice"],
    }
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in subjects}
    for turn in range(ROUNDS + 1):
        for name, command in subjects.items():
            figures = start(command)
            if turn:  # the first only warms the disk
                taken[name].append(figures)
    medians = {name: [statistics.median(column) for column in zip(*rows, strict=True)] for name, rows in taken.items()}
    for name, (wall, used) in medians.items():
        print(f"{name}: {wall:.0f} ms, {used:.0f} ms of the processor")
    walls, processors = (medians["built"][n] / medians["not built"][n] for n in (0, 1))
    print(
        f"built to not built: {walls:.2f}, by processor time {processors:.2f} (median of {ROUNDS} starts each, in turn)"
    )
    return 0 if processors <= 1.25 else 1


if __name__ == "__main__":
    sys.exit(main())
