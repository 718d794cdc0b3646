"""What the program puts on the clipboard, and the way back to what was there before: in memory only, and text only."""

from typing import Final

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication

from ptodesk_gui.application.copying import as_mime
from ptodesk_gui.sop.view import Weight

BACK_KEY: Final = "Shift+F2"
COPIED: Final = "Copied: {what}."
WAY_BACK: Final = " {key} brings back what was copied before."
BROUGHT_BACK: Final = "On the clipboard again: what was copied before. {key} changes them round."
NOTHING: Final = "Nothing was on the clipboard before that could be brought back."


class Clips(QObject):
    """Copies, and brings back what a copy has taken the place of.

    The clipboard is read only when this program is about to write to it, so that nothing of other programs is ever seen.
    """

    said = Signal(str, object)  # a sentence, its Weight

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._before = ""

    @property
    def can_go_back(self) -> bool:
        """Whether there is something to bring back."""
        return bool(self._before)

    def copy(self, text: str, what: str, *, rich: bool = False) -> None:
        """Put a text on the clipboard and say so; ``rich``: as HTML as well."""
        self._remember(text)
        if rich:
            QGuiApplication.clipboard().setMimeData(as_mime(text))
        else:
            QGuiApplication.clipboard().setText(text)
        way_back = WAY_BACK.format(key=BACK_KEY) if self._before else ""
        self.said.emit(COPIED.format(what=what) + way_back, Weight.HINT)

    def copy_key(self, key: str) -> None:
        """Put a ticket's key, or its link, on the clipboard."""
        self.copy(key, key)

    def back(self) -> None:
        """Bring back what was on the clipboard before the last copy; once more changes them round."""
        before = self._before
        if not before:
            self.said.emit(NOTHING, Weight.HINT)
            return
        self._remember(before)
        QGuiApplication.clipboard().setText(before)
        self.said.emit(BROUGHT_BACK.format(key=BACK_KEY), Weight.HINT)

    def _remember(self, new: str) -> None:
        """Keep what is there now, if it is a text of its own."""
        data: QMimeData | None = QGuiApplication.clipboard().mimeData()
        there = data.text() if data is not None and data.hasText() else ""
        if there != new:
            self._before = there
