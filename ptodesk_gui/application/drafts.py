"""Keeps the call at hand on disk while it is typed, without the UI thread ever waiting for the disk."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from ptodesk_gui.application.worker import Worker
from ptodesk_gui.sop.entry import Entry

AUTOSAVE_MS = 300

Save = Callable[[Entry, str], None]  # the entry, and the path of the field that has the keyboard


class DraftKeeper(QObject):
    """Saves the newest entry at most 300 ms after a change, however fast the changes come.

    ``failed`` gets the error when the draft could not be written; the next change tries again.
    """

    def __init__(self, worker: Worker, save: Save, failed: Callable[[Exception], None], parent: QObject) -> None:
        super().__init__(parent)
        self._worker = worker
        self._save = save
        self._failed = failed
        self._pending: tuple[Entry, str] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AUTOSAVE_MS)
        self._timer.timeout.connect(self.flush)

    def changed(self, entry: Entry, focus: str) -> None:
        """Take the newest state; a timer that runs already is left alone, so that typing on cannot put off the saving."""
        self._pending = (entry, focus)
        if not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Hand what is not saved yet to the worker now."""
        self._timer.stop()
        if self._pending is None:
            return
        entry, focus = self._pending
        self._pending = None
        self._worker.submit(lambda: self._save(entry, focus), failed=self._failed)

    def forget(self) -> None:
        """Drop what is not saved yet: the call has been filed or thrown away."""
        self._timer.stop()
        self._pending = None
