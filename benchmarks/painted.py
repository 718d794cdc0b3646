"""Runs in a process of its own: starts a program and ends it as soon as its first window is painted.

``python painted.py bare|ptodesk [argument ...]`` prints the clock at that moment (``time.perf_counter_ns``, which counts the same
for every process), the processor time used until then in nanoseconds, and the peak memory in KiB. ``--settle S`` before the
program's name waits S seconds more, for the memory.
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def peak_memory() -> int:
    """The most that was resident at once, in KiB; of this program alone, not of the one that started it."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))


def ends_when_painted(settle: float) -> None:
    """Make the first window that is shown report its first paint."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QWidget

    class Watch(QObject):
        painted = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and not self.painted:
                self.painted = True
                # The children are painted in the same turn; the next turn comes when all is on the screen.
                QTimer.singleShot(0, self.report)
            return False

        def report(self) -> None:
            at, used = time.perf_counter_ns(), time.process_time_ns()
            if settle:
                QTimer.singleShot(int(settle * 1000), lambda: end(at, used))
            else:
                end(at, used)

    def end(at: int, used: int) -> None:
        sys.stdout.write(f"{at} {used} {peak_memory()}\n")
        sys.stdout.flush()
        os._exit(0)

    watch = Watch()

    def watched(show: Callable[[QWidget], None]) -> Callable[[QWidget], None]:
        def shown(self: QWidget) -> None:
            if self.isWindow() and not self.property("watched"):
                self.setProperty("watched", True)
                self.installEventFilter(watch)
            show(self)

        return shown

    for name in ("show", "showMaximized", "showNormal"):
        setattr(QWidget, name, watched(getattr(QWidget, name)))


def bare() -> Any:
    """The least there can be: an application and a window."""
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication([])
    window = QMainWindow()
    window.resize(1280, 800)
    window.show()
    return app.exec()


def main() -> None:
    """Start what the arguments say."""
    arguments = sys.argv[1:]
    settle = 0.0
    if arguments[0] == "--settle":
        settle = float(arguments[1])
        arguments = arguments[2:]
    ends_when_painted(settle)
    which, *rest = arguments
    if which == "bare":
        bare()
    else:
        from ptodesk_gui.__main__ import main as program

        sys.argv = ["ptodesk-gui", *rest]
        program()


if __name__ == "__main__":
    main()
