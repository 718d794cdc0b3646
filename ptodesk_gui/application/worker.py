"""One background thread for what may wait on disk, network or keyring; answers come back on the UI thread."""

import threading
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
    """Runs functions one after the other on its own thread.

    ``then`` gets the result and ``failed`` the error, both on the thread that made the worker.
    """

    _answered = Signal(object)  # _Answer

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._stopping = False
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

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
            self._jobs.put(None)
        self._thread.join(seconds)
        return not self._thread.is_alive()

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
