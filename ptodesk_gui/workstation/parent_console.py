"""Where a windowed program says something when it was started from a console: on Windows it has no streams of its own."""

import os
import sys
from pathlib import Path
from typing import TextIO


def lend_streams() -> None:
    """Give the process standard output and error where it has none: the console it was started from, else nowhere."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, _parents_console() or Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - the process keeps it


def _parents_console() -> TextIO | None:
    if sys.platform != "win32":
        return None
    import ctypes

    ctypes.windll.kernel32.AttachConsole(
        -1
    )  # of the parent process; fails where that has none, or it is attached already
    try:
        return Path("CONOUT$").open("w", encoding="utf-8", buffering=1)
    except OSError:
        return None
