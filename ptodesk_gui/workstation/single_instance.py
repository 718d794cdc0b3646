"""One window a user: the second start finds out that the first is there."""

from pathlib import Path
from typing import Final

LOCK: Final = "window.lock"


class SingleInstance:
    """The right to be the window of one data folder. It is free again as soon as its holder ends, however it ends."""

    def __init__(self, folder: Path) -> None:
        from filelock import FileLock

        self._lock = FileLock(folder / LOCK, mode=0o600, thread_local=False)

    @property
    def mine(self) -> bool:
        """Whether the right is this window's."""
        return bool(self._lock.is_locked)

    def take(self) -> bool:
        """Whether this is the only window."""
        from filelock import Timeout

        try:
            self._lock.acquire(blocking=False)
        except (Timeout, OSError):
            return False
        return True

    def give_up(self) -> None:
        """Let the next start be the window."""
        self._lock.release(force=True)
