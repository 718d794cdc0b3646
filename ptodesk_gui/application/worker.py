"""Background threads for what may wait on disk, network or keyring; answers come back on the UI thread."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Answer:
    deliver: Callable[[], None]


class Worker(QObject):
    """Runs functions on its own thread, one after the other; with more ``threads`` as many of them side by side.

    ``then`` gets the result and ``failed`` the error, both on the thread that made the worker.
    """

    _answered = Signal(object)  # _Answer

    def __init__(self, name: str, parent: QObject | None = None, *, threads: int = 1) -> None:
        super().__init__(parent)
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._stopping = False
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._threads = [threading.Thread(target=self._run, name=name, daemon=True) for _ in range(threads)]
        for thread in self._threads:
            thread.start()

    def submit(
        self,
        work: Callable[[], T],
        then: Callable[[T], Any] | None = None,
        failed: Callable[[Exception], Any] | None = None,
    ) -> None:
        """Run ``work`` after everything submitted before it. Does nothing once the worker is stopping.

        An error that nobody takes (``failed`` None) is raised on the UI thread, where the program's hook records it.
        """
        if self._stopping:
            return

        def job() -> None:
            try:
                result = work()
            except Exception as error:
                self._answered.emit(_Answer(lambda error=error: _fail(error, failed)))  # type: ignore[misc]
            else:
                if then is not None:
                    self._answered.emit(_Answer(lambda: then(result)))

        self._jobs.put(job)

    def stop(self, seconds: float) -> bool:
        """Refuse new work, finish what was submitted, wait at most ``seconds``. True when all of it was done."""
        if not self._stopping:
            self._stopping = True
            for _ in self._threads:
                self._jobs.put(None)
        end = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    @Slot(object)
    def _deliver(self, answer: _Answer) -> None:
        answer.deliver()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()


def _fail(error: Exception, failed: Callable[[Exception], Any] | None) -> None:
    if failed is None:
        raise error
    failed(error)
