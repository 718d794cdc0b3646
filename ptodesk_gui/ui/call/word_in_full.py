"""The word about the field with the keyboard in full, where it does not fit beside the field."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from ptodesk_gui.ui.widgets.callout import Callout
    from ptodesk_gui.ui.widgets.labelled import Labelled

_QUIET: Final = 450  # ms without a key: a word about a half typed date is no use while it is being typed


class WordInFull(QObject):
    """Shows the word under its field when the typing rests."""

    def __init__(self, form: QWidget) -> None:
        super().__init__(form)
        self._form = form
        self._frame: Labelled | None = None
        self._callout: Callout | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_QUIET)
        self._timer.timeout.connect(self.show_now)

    def await_quiet(self, frame: "Labelled | None") -> None:
        """Hide it, and show the word about this field when no key was pressed for a while; None: about none."""
        self.hide()
        self._frame = frame
        self._timer.start()

    def hide(self) -> None:
        """Show nothing."""
        self._timer.stop()
        if self._callout is not None:
            self._callout.hide()

    def show_now(self) -> None:
        """Show the word, where it is not seen whole already."""
        frame = self._frame
        if frame is None or frame.word.word is None or frame.word.whole:
            return
        if self._callout is None:
            from ptodesk_gui.ui.widgets.callout import Callout  # not before the first paint

            self._callout = Callout(self._form)
        self._callout.show_under(frame.field, frame.word.word)
