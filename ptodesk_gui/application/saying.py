"""What the strip at the bottom says, and for how long: no sentence takes another's place before anybody could read it."""

from PySide6.QtCore import QObject

from ptodesk_gui.sop.view import Weight
from ptodesk_gui.ui.main_window import MainWindow

SAVED_AGAIN = "What you typed is on disk again."


class Saying(QObject):
    """Stands between everybody who has something to say and the strip of the window."""

    def __init__(self, window: MainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._starting = True  # until all is open, or the agent turns to another page
        self._in_passing = False  # whether what the strip says is for the page that is shown
        self._said_error = False

    def started(self) -> None:
        """All is open: from here on the newest sentence is the one to read."""
        self._starting = False

    def say(self, text: str, weight: Weight) -> None:
        """Say a sentence; at the start, when several come at once, after what is said already."""
        before = self._window.notice if self._starting else ""
        if before and text and text not in before:
            text = f"{before} {text}"
            weight = weight if self._in_passing else min(weight, Weight.WARNING, key=list(Weight).index)
        self._in_passing = weight is Weight.HINT
        self._said_error = weight is Weight.ERROR
        self._window.say_in_strip(text, weight)

    def say_in_passing(self, text: str) -> None:
        """Say a warning that does not outlast the page it is for."""
        self.say(text, Weight.WARNING)
        self._in_passing = True

    def warn(self, text: str) -> None:
        """Say a warning, if there is one."""
        if text:
            self.say(text, Weight.WARNING)

    def saved(self) -> None:
        """What was typed is on disk again: said where the last thing said was that it is not."""
        if self._said_error:  # a warning of what was done to the store stays
            self.say(SAVED_AGAIN, Weight.HINT)

    def page_shown(self) -> None:
        """Another page: what was said in passing does not outlast the one before."""
        self._starting = False
        if self._in_passing:
            self._window.clear_strip()
