"""What is left of a program that ended from one instant to the next: the places it was at, written by Python's faulthandler.

Such a trace has no values in it, only files, lines and functions. Every program has a file of its own while it runs.
"""

import contextlib
import faulthandler
import os
import re
from pathlib import Path
from typing import Final, TextIO

from ptodesk_gui.workstation.single_instance import lock_file

ENDING: Final = ".trace"
LAST: Final = "crash-last.txt"  # the report of the last one, for whoever did not copy it
MOST_BYTES: Final = 64 * 1024
_FRAME: Final = re.compile(r'^  File "(?P<file>[^"]*)", line (?P<line>\d+) in (?P<function>.*)$')
_ABOVE: Final = re.compile(r".*/(?:site-packages|dist-packages|_internal|lib/python[\d.]+)/|.*/(?=ptodesk_gui/)")


class CrashFile:
    """The file that this program writes to when it ends from one instant to the next; gone when it ends as it should."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / f"crash-{os.getpid()}{ENDING}"
        self._file: TextIO | None = None

    def open(self, about: str) -> str:
        """Have the system's signals write there from now on; the reports of those that were left behind, "" for none.

        ``about``: the versions that run now. Raises OSError when nothing can be written.
        """
        left = self._left()
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_TRUNC | getattr(os, "O_CLOEXEC", 0), 0o600)
        self._file = open(handle, "w", encoding="utf-8")  # noqa: SIM115 - open as long as the program runs
        with contextlib.suppress(OSError):  # without locks another start may take it for one that was left
            lock_file(handle)
        self._file.write(f"{about}\n")
        self._file.flush()
        faulthandler.enable(self._file, all_threads=True)
        return left

    def close(self) -> None:
        """The program ends as it should: nothing is left."""
        if self._file is not None:
            faulthandler.disable()
            self._file.close()
            self._file = None
            with contextlib.suppress(OSError):
                self._path.unlink()

    def _left(self) -> str:
        """What earlier programs left, as one report, which is kept; their own files are removed."""
        found = [text for path in sorted(self._folder.glob(f"crash-*{ENDING}")) if (text := _taken(path))]
        report = "\n\n".join(found)
        if report:
            handle = os.open(self._folder / LAST, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with open(handle, "w", encoding="utf-8") as file:
                file.write(report)
        return report


def shortened(trace: str) -> str:
    """The trace with modules instead of this computer's folders."""
    return "\n".join(_line(line) for line in trace.splitlines())


def _line(line: str) -> str:
    found = _FRAME.match(line)
    if found is None:
        return line
    file, is_known = _ABOVE.subn("", found["file"].replace("\\", "/"))
    if not is_known:
        file = file.rpartition("/")[2]
    return f"  {file}:{found['line']} in {found['function']}"


def _taken(path: Path) -> str:
    """What a program has left there; nothing while it still runs, or when it ended without a trace (it was killed)."""
    try:
        with path.open("r+", encoding="utf-8", errors="replace") as file:
            if not lock_file(file.fileno()):
                return ""
            about, _, trace = file.read(MOST_BYTES).partition("\n")
        path.unlink()
    except OSError:
        return ""
    return f"{about}\n{shortened(trace)}".strip() if trace.strip() else ""
