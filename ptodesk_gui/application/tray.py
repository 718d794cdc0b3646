"""A word outside the window where the desktop has a place for it. Without one, the strip and the count are all there is."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ptodesk_gui.application.presence import come_forward

if TYPE_CHECKING:
    from PySide6.QtWidgets import QSystemTrayIcon, QWidget


class Tray(QObject):
    """Shows short notices in the system tray. They carry a ticket's key and no name: others may see the screen."""

    clicked = Signal()  # somebody wants to see what the notice is about

    def __init__(self, window: "QWidget", parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._icon: QSystemTrayIcon | None = None

    def notify(self, text: str) -> None:
        """Show a few words, if the desktop has a system tray."""
        from PySide6.QtWidgets import QSystemTrayIcon

        if not QSystemTrayIcon.isSystemTrayAvailable():
            return
        if self._icon is None:
            self._icon = QSystemTrayIcon(self._window.windowIcon(), self)
            self._icon.setToolTip(self._window.windowTitle())
            self._icon.messageClicked.connect(self._take_there)
            self._icon.activated.connect(lambda: come_forward(self._window))
            self._icon.show()
        self._icon.showMessage(self._window.windowTitle(), text)

    def _take_there(self) -> None:
        come_forward(self._window)
        self.clicked.emit()

    def stop(self) -> None:
        """Leave the tray."""
        if self._icon is not None:
            self._icon.hide()
            self._icon.deleteLater()
            self._icon = None
