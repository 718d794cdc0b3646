"""Closing the window: what was typed last is on disk first, and what is not filed yet is said."""

import sys
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QCloseEvent

from ptodesk_gui.application.drafts import DraftKeeper
from ptodesk_gui.application.saying import Saying
from ptodesk_gui.sop.view import Weight
from ptodesk_gui.ui.main_window import MainWindow

LEFT_OPEN: Final = "{count} calls are not all filed; they are kept, and filing goes on at the next start."
ONE_LEFT_OPEN: Final = "1 call is not all filed; it is kept, and filing goes on at the next start."
NOT_ON_DISK: Final = (
    "What you typed is not on disk and is lost when the window closes. {why} "
    "Ctrl+Shift+C copies it; close once more to leave all the same."
)


class Leaving(QObject):
    """Stands between the window's closing and what is still to be saved. ``unsent``: how many calls are not all filed."""

    def __init__(
        self, window: MainWindow, drafts: DraftKeeper, saying: Saying, unsent: Callable[[], int], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._drafts = drafts
        self._saying = saying
        self._unsent = unsent
        self._warned = False  # that something typed would be lost
        self._waiting = False  # the window closes as soon as what was typed last is on disk

    def unsaved(self, unsaved: bool) -> None:
        """Whether something typed is not on disk."""
        self._warned = False
        self._window.set_unsaved(unsaved)
        if unsaved:
            self.settled()  # the window is closed once more, and says why that cannot be
        else:
            self._saying.saved()

    def settled(self) -> None:
        """What was typed last is on disk, or cannot be saved: a window that waited for that closes now."""
        if self._waiting:
            self._waiting = False
            self._window.close()

    def closing(self, event: QCloseEvent) -> None:
        """Say what stays to be filed; it is kept and goes on at the next start.

        What is being saved is waited for; what cannot be saved keeps the window open once.
        """
        if self._drafts.pending and not self._drafts.why:
            self._waiting = True
            self._drafts.flush()
            event.ignore()
            return
        if (why := self._drafts.why) and not self._warned:
            self._warned = True
            self._saying.say(NOT_ON_DISK.format(why=why), Weight.ERROR)
            event.ignore()
            return
        if count := self._unsent():
            text = ONE_LEFT_OPEN if count == 1 else LEFT_OPEN.format(count=count)
            self._saying.say(text, Weight.WARNING)
            if sys.stderr is not None:  # a windowed program may have none
                sys.stderr.write(f"{text}\n")
        event.accept()
