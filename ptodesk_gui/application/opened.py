"""Links that the system hands over as an event, as macOS does, and not as an argument."""

from PySide6.QtCore import QEvent, QObject, QUrl, Signal
from PySide6.QtGui import QFileOpenEvent


class Opened(QObject):
    """Watches the program's own events for links; those of before anybody listens are kept for ``take``."""

    link = Signal(str)

    def __init__(self, application: QObject) -> None:
        super().__init__(application)
        self._kept: list[str] | None = []
        application.installEventFilter(self)

    def take(self) -> list[str]:
        """The links of up to now; from now on they are told as they come."""
        kept, self._kept = self._kept, None
        return kept or []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a link out of its event; everything else goes its way."""
        if not isinstance(event, QFileOpenEvent):
            return False
        link = event.url().toString(QUrl.ComponentFormattingOption.FullyEncoded)
        if self._kept is None:
            self.link.emit(link)
        else:
            self._kept.append(link)
        return True
