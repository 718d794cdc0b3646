"""Looks after the outbox's key while the window is open, and has what was set aside taken up when its key is back."""

from PySide6.QtCore import QObject, QTimer, Signal

from ptodesk_gui.application.backstage import Backstage
from ptodesk_gui.application.procedure import Cared
from ptodesk_gui.application.sentences import sentence

FIRST_MS = 60_000
LONGEST_MS = 32 * 60_000  # every question may have the keyring ask its user for the password


class StoreCare(QObject):
    """Looks at the start, whenever the settings were saved, and, as long as there is something to hope for, ever more rarely."""

    said = Signal(
        str
    )  # what is here again, what waits for its key (once, after all else that is said at the start), or what failed

    def __init__(self, backstage: Backstage, parent: QObject) -> None:
        super().__init__(parent)
        self._backstage = backstage
        self._said_why = ""
        self._said_waiting = False
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._wait_ms = FIRST_MS
        self._again.timeout.connect(self._look)
        backstage.opened.connect(self._look)
        backstage.settled.connect(self._look)

    def stop(self) -> None:
        """Look no more."""
        self._again.stop()

    def _look(self) -> None:
        self._again.stop()
        self._backstage.slow.submit(self._backstage.look_after_store, self._looked, self._failed)

    def _looked(self, found: Cared | None) -> None:
        if found is None:  # it is looked after once it is open
            return
        waiting = "" if self._said_waiting else found.waiting
        if words := " ".join(filter(None, (found.back, waiting))):
            self.said.emit(words)
        self._said_waiting = self._said_waiting or bool(waiting)
        if found.again:
            self._later()

    def _failed(self, error: Exception) -> None:
        if (why := sentence(error)) != self._said_why:
            self._said_why = why
            self.said.emit(why)
        self._later()

    def _later(self) -> None:
        self._again.start(self._wait_ms)
        self._wait_ms = min(self._wait_ms * 2, LONGEST_MS)
