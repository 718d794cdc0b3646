"""One window a user: the second start finds out that the first is there, on which computer, and where it can be asked.

It is on the way to the first paint, so the system's own lock is used directly: ``filelock`` takes 30 ms to load.
"""

import os
import sys
from pathlib import Path
from typing import Final

LOCK: Final = "window.lock"
_MOST_BYTES: Final = 4096
_LOCKED_AT: Final = 1 << 30  # Windows locks bytes, and what is locked cannot be read: far behind what is written


class SingleInstance:
    """The right to be the window of one data folder. It is free again as soon as its holder ends, however it ends."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.known = True  # whether it can be told at all who holds it: not in a folder that may not be written
        self.notice = ""  # what a window says that is not the only one: whoever has asked the other knows
        self._file: int | None = None

    @property
    def mine(self) -> bool:
        """Whether this is the window."""
        return self._file is not None

    def take(self) -> bool:
        """Whether this is the only window, taking that place when it is free."""
        if self._file is not None:
            return True
        try:
            file = os.open(self.folder / LOCK, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        except OSError:
            self.known = False
            return False
        try:
            self.known = True
            if lock_file(file):
                self._file = file
                self._write("")
        except OSError:  # no locks in this folder (some network shares), or no room for a name
            self.known = self._file is not None
        finally:
            if self._file is None:
                os.close(file)
        return self._file is not None

    def open_at(self, address: str) -> None:
        """Write down where this window can be asked. Raises OSError."""
        self._write(address)

    def holder(self) -> tuple[bool, str]:
        """Whether the window is on this computer, and where it can be asked; "" when it does not say so (yet)."""
        try:
            with open(self.folder / LOCK, "rb") as file:
                host, _, address = file.read(_MOST_BYTES).decode("utf-8", "replace").partition("\n")
        except OSError:
            return True, ""
        return host in ("", _computer()), address.strip()

    def give_up(self) -> None:
        """Let the next start be the window."""
        file, self._file = self._file, None
        if file is not None:
            os.close(file)

    def _write(self, address: str) -> None:
        if self._file is not None:
            os.ftruncate(self._file, 0)
            os.lseek(self._file, 0, os.SEEK_SET)
            os.write(self._file, f"{_computer()}\n{address}\n".encode())


def _computer() -> str:
    return os.environ.get("COMPUTERNAME", "") if sys.platform == "win32" else os.uname().nodename


def lock_file(file: int) -> bool:
    """Lock an open file as long as it is open, if nobody has. Raises OSError when that cannot be told."""
    if sys.platform == "win32":
        import msvcrt

        os.lseek(file, _LOCKED_AT, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        finally:
            os.lseek(file, 0, os.SEEK_SET)
    else:
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True
