"""The store's housekeeping while the window is open: soon after the start and once a day, in pieces between which others save."""

import logging
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from ptodesk_gui.application.backstage import Backstage

if TYPE_CHECKING:
    from ptodesk_gui.outbox.store import Store
    from ptodesk_gui.outbox.upkeep import Upkeep

BEGIN_MS: Final = 5_000  # after the start, when the window has all it needs
PAUSE_MS: Final = 20  # between two pieces: what is typed meanwhile is saved between them
LOOK_MS: Final = 3_600_000  # from one look whether it is another day to the next

_log = logging.getLogger(__name__)


class KeepingUp(QObject):
    """Removes what is over after the days that IT has set, and has past calls found."""

    def __init__(self, backstage: Backstage, parent: QObject) -> None:
        super().__init__(parent)
        self._backstage = backstage
        self._upkeep: Upkeep | None = None
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(lambda: backstage.on_disk(self._piece, self._done, self._failed))
        backstage.opened.connect(lambda: self._next.start(BEGIN_MS))

    def stop(self) -> None:
        """Begin no further piece."""
        self._next.stop()

    def _piece(self, store: "Store") -> bool:
        """On the disk thread."""
        if self._upkeep is None:
            self._upkeep = store.upkeep(self._backstage.read_settings().keep_days)
        return self._upkeep.step()

    def _done(self, more: bool) -> None:
        self._next.start(PAUSE_MS if more else LOOK_MS)

    def _failed(self, error: Exception) -> None:
        _log.warning("the store could not be kept up: %s", type(error).__name__)  # nothing is lost: it is tried again
        self._next.start(LOOK_MS)
