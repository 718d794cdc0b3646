"""Keeps what is typed on disk, without the UI thread ever waiting for the disk, and goes on trying until it is there."""

import threading
from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from ptodesk_gui.application.call import Standing
from ptodesk_gui.application.worker import Worker

AUTOSAVE_MS: Final = 300
AGAIN_MS: Final = 1000  # from one attempt that failed to the next
LATE_MS: Final = 2000  # what is not on disk after that is said to be not saved
LATE: Final = "The disk is slow, or another program holds the store."

Save = Callable[[Standing, bool], object]  # the call, and whether it was left for another one
_State = tuple[Standing, bool]


class DraftKeeper(QObject):
    """Saves the newest entry at most 300 ms after a change, however fast the changes come.

    What could not be saved is kept, also of calls that were left for another, and tried again until it is on disk.
    """

    trouble = Signal(str)  # why something typed is not on disk; empty when all of it is again
    settled = Signal()  # all that was typed is on disk, or was thrown away

    def __init__(self, worker: Worker, save: Save, parent: QObject) -> None:
        super().__init__(parent)
        self._worker = worker
        self._save = save
        self._unsaved: dict[str, _State] = {}
        self._mail: dict[str, _State] = {}  # handed to the worker and not fetched by it; guarded by the lock
        self._lock = threading.Lock()
        self._why = ""
        self._soon = self._timer(AUTOSAVE_MS, self.flush)
        self._again = self._timer(AGAIN_MS, self.flush)
        self._late = self._timer(LATE_MS, lambda: self._say(self._why or LATE))

    @property
    def why(self) -> str:
        """Why something typed is not on disk; empty when nothing stands in the way."""
        return self._why

    @property
    def pending(self) -> bool:
        """Whether something typed is not on disk yet."""
        return bool(self._unsaved)

    def changed(self, call: Standing) -> None:
        """Take the newest state; a timer that runs already is left alone, so that typing on cannot put off the saving."""
        self._unsaved[call.entry.call_id] = (call, False)
        if not self._soon.isActive():
            self._soon.start()

    def hold(self, call: Standing) -> None:
        """Keep a call that is left for another one, now."""
        self._unsaved[call.entry.call_id] = (call, True)
        self.flush()

    def flush(self) -> None:
        """Hand what is not saved yet to the worker now."""
        self._soon.stop()
        self._again.stop()
        if not self._unsaved:
            return
        with self._lock:
            waiting = bool(self._mail)  # a worker that is held up fetches the newest once, however often it changed
            self._mail |= self._unsaved
        if not self._late.isActive():
            self._late.start()
        if not waiting:
            self._worker.submit(self._deliver, self._saved, self._failed)

    def forget(self, call_id: str) -> None:
        """Drop what is not saved yet of a call that was thrown away."""
        self._unsaved.pop(call_id, None)
        with self._lock:
            self._mail.pop(call_id, None)
        self._settle()

    def _deliver(self) -> Mapping[str, _State]:
        """On the worker's thread: save what is newest by now."""
        with self._lock:
            mail, self._mail = self._mail, {}
        for call, held in mail.values():
            self._save(call, held)
        return mail

    def _saved(self, mail: Mapping[str, _State]) -> None:
        for call_id, state in mail.items():
            if self._unsaved.get(call_id) is state:
                del self._unsaved[call_id]
        if self._unsaved and self._late.isActive():  # typed since: the disk keeps up
            self._late.start()
        self._settle()

    def _settle(self) -> None:
        if not self._unsaved:
            self._late.stop()
            self._again.stop()
            self._say("")
            self.settled.emit()

    def _failed(self, error: Exception) -> None:
        from ptodesk_gui.application.sentences import sentence

        self._late.stop()
        self._again.start()
        self._say(sentence(error))

    def _say(self, why: str) -> None:
        if why != self._why:
            self._why = why
            self.trouble.emit(why)

    def _timer(self, ms: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(ms)
        timer.timeout.connect(then)
        return timer
