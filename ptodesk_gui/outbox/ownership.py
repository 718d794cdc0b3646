"""One filer per workstation: whoever holds the lock file files, everybody else only queues."""

from pathlib import Path


class Ownership:
    """The right to file what is in one store. It is free again as soon as its holder ends, however it ends."""

    def __init__(self, store: Path) -> None:
        from filelock import FileLock

        self._lock = FileLock(f"{store}.filer", mode=0o600, thread_local=False)

    @property
    def mine(self) -> bool:
        """Whether the right is this filer's."""
        return bool(self._lock.is_locked)

    def taken(self) -> bool:
        """Whether the right is this filer's, taking it when it is free."""
        from filelock import Timeout

        if self.mine:
            return True
        try:
            self._lock.acquire(blocking=False)
        except (Timeout, OSError):
            return False
        return True

    def give_up(self) -> None:
        """Let another program file."""
        self._lock.release(force=True)
