"""Makes the window a narrow strip on top of the others, and the whole window again, without taking anything down."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDockWidget, QWidget

if TYPE_CHECKING:
    from ptodesk_gui.ui.main_window import MainWindow

WIDTH: Final = 392
HEIGHT: Final = 760
SMALLEST: Final = QSize(340, 420)


class Compact:
    """Remembers how the window was, and puts it back."""

    def __init__(self, window: "MainWindow", panel: QWidget) -> None:
        self._window = window
        self._panel = panel
        self._whole = window.geometry()
        self._least = window.minimumSize()
        self._state = Qt.WindowState.WindowNoState
        self._docks: list[QDockWidget] = []
        self.on = False
        self.place: QRect | None = None  # where the strip was last

    def enter(self) -> None:
        """The strip, where it was last; the first time at the right edge of the screen."""
        window = self._window
        self._state = window.windowState()
        self._whole, self._least = window.normalGeometry(), window.minimumSize()
        self._docks = [dock for dock in window.findChildren(QDockWidget) if dock.isVisible()]
        for dock in self._docks:
            dock.hide()
        if self._state & (Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen):
            window.setWindowState(Qt.WindowState.WindowNoState)
        self.on = True
        window.show_instead(self._panel)
        window.setMinimumSize(SMALLEST)
        window.setGeometry(_on_screen(self.place or self._at_the_edge()))
        _set_on_top(window, True)

    def leave(self) -> None:
        """The whole window, as it was."""
        window = self._window
        self.place = window.geometry()
        self.on = False
        _set_on_top(window, False)
        window.show_instead(None)
        window.setMinimumSize(self._least)
        window.setGeometry(self._whole)
        window.setWindowState(self._state)
        for dock in self._docks:
            dock.show()

    def fit(self) -> None:
        """Be at least as large as what is in it needs, as far as the screen has room: larger text is not cut."""
        if self.on:
            box = self._window.geometry()
            needed = box.size().expandedTo(self._window.minimumSizeHint())
            if needed != box.size():
                box.setSize(needed)
                self._window.setGeometry(_on_screen(box))

    def _at_the_edge(self) -> QRect:
        screen = self._window.screen().availableGeometry()
        size = QSize(WIDTH, HEIGHT).boundedTo(screen.size() - QSize(8, 40))
        return QRect(QPoint(screen.right() - size.width() - 4, screen.top() + 32), size)


def _on_screen(box: QRect) -> QRect:
    """The same box where some of a screen is: the screen it was on may be gone."""
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    room = next((s for s in screens if s.contains(box.center())), screens[0])
    size = box.size().boundedTo(room.size())
    left = min(max(box.left(), room.left()), room.right() - size.width() + 1)
    top = min(max(box.top(), room.top()), room.bottom() - size.height() + 1)
    return QRect(QPoint(left, top), size)


def _set_on_top(window: QWidget, on: bool) -> None:
    """Keep the window above the others. ``setWindowFlag`` would hide it, and with it lose the keyboard: only the system is told."""
    flag = Qt.WindowType.WindowStaysOnTopHint
    window.overrideWindowFlags(window.windowFlags() | flag if on else window.windowFlags() & ~flag)
    handle = window.windowHandle()
    if handle is not None:
        handle.setFlag(flag, on)
