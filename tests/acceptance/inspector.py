"""Looks at every state of the window, in several sizes of window and of text, for what is not seen whole."""

import time

from PySide6.QtWidgets import QApplication, QWidget

from ptodesk_gui.ui.text_size import set_text_size
from ptodesk_gui.ui.theme import USUAL
from scripts.camera import Camera
from tests.acceptance.seen import faults

View = tuple[int, int, int]  # width, height, percent of the usual text size
VIEWS: tuple[View, ...] = ((1024, 700, 100), (1024, 700, 200), (1280, 800, 125), (2560, 1440, 80))
TALLEST = 660  # of a window of its own: what fits on a screen of 1024x700
WIDEST = 1000
_PATIENCE = 5.0  # seconds at most, until all is laid out


class Inspector(Camera):
    """Looks at every state instead of taking a picture."""

    def __init__(self, window: QWidget, views: tuple[View, ...] = VIEWS) -> None:
        self._views = views
        self._window = window
        self.taken = []
        self.found: list[str] = []

    def take(self, name: str, *, main: bool = False) -> None:
        """Look at a state of the window in every size."""
        for width, height, percent in self._views:
            self._window.resize(width, height)
            self._look_at(self._window, f"{name} {width}x{height} {percent} %", percent)

    def take_apart(self, name: str, widget: QWidget) -> None:
        """Look at a window of its own."""
        for _, _, percent in self._views:
            widget.adjustSize()
            self._look_at(widget, f"{name} {percent} %", percent)
            if widget.height() > TALLEST:
                self.found.append(f"{name} {percent} %: {widget.height()} high")
            if widget.width() > WIDEST:
                self.found.append(f"{name} {percent} %: {widget.width()} wide")

    def take_as_it_is(self, name: str) -> None:
        """Look at the window in the size it has, with the usual text."""
        self._look_at(self._window, f"{name} {USUAL} %", USUAL)

    def _look_at(self, window: QWidget, what: str, percent: int) -> None:
        set_text_size(self.application, percent)
        end = time.monotonic() + _PATIENCE
        QApplication.processEvents()
        while (found := faults(window)) and time.monotonic() < end:
            QApplication.processEvents()
        self.taken.append(what)
        self.found += [f"{what}: {line}" for line in found]
