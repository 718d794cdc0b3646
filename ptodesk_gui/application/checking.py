"""The button in the settings that checks this computer: the doctor's lines in a window of their own, found out on a thread of its own."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from ptodesk_gui.application.place import Place
from ptodesk_gui.application.sentences import sentence
from ptodesk_gui.application.worker import Worker

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ptodesk_gui.desk.doctor import Finding
    from ptodesk_gui.ui.settings.check_dialog import CheckDialog

LINES: Final = "what was checked"
STOP_SECONDS: Final = 0.5  # it changes nothing, so nothing is lost with it
BROKE: Final = "WRONG  The check could not be finished: {why}"


class Checking(QObject):
    """Builds its window when it is asked for the first time."""

    copy_requested = Signal(str, str)  # a text, what it is in words
    _found = Signal(object)  # Finding, from the thread

    def __init__(self, parent: "QWidget", place: Place) -> None:
        super().__init__(parent)
        self._parent = parent
        self._place = place
        self._dialog: CheckDialog | None = None
        self._worker: Worker | None = None
        self._wrong = 0
        self._running = False
        self._found.connect(self._show)

    def open(self) -> None:
        """Show the window and check."""
        if self._dialog is None:
            from ptodesk_gui.ui.settings.check_dialog import CheckDialog

            self._dialog = CheckDialog(self._parent)
            self._dialog.copy_requested.connect(self._copy)
            self._dialog.again_requested.connect(self._check)
        self._dialog.show()
        self._dialog.activateWindow()
        self._check()

    def stop(self) -> None:
        """Check nothing more."""
        if self._worker is not None:
            self._worker.stop(STOP_SECONDS)

    def _check(self) -> None:
        if self._running or self._dialog is None:
            return
        if self._worker is None:
            self._worker = Worker("ptodesk-doctor", self)
        self._running, self._wrong = True, 0
        self._dialog.begin()
        display = _display()

        def work() -> None:
            from ptodesk_gui.application.doctor import examine
            from ptodesk_gui.application.real_place import RealPlace
            from ptodesk_gui.workstation.credentials import Credentials

            place = self._place
            examine(
                self._found.emit, place.credentials if isinstance(place, RealPlace) else Credentials(), display=display
            )

        self._worker.submit(work, lambda _: self._end(), self._broke)

    def _show(self, finding: "Finding") -> None:
        self._wrong += not finding.ok
        mark = "ok   " if finding.ok else "WRONG"
        if self._dialog is not None:
            self._dialog.add_line(f"{mark}  {finding.name}: {finding.words} {finding.cure}".rstrip())

    def _broke(self, error: Exception) -> None:
        self._wrong += 1
        if self._dialog is not None:
            self._dialog.add_line(BROKE.format(why=sentence(error)))
        self._end()

    def _end(self) -> None:
        self._running = False
        if self._dialog is not None:
            self._dialog.end(self._wrong)

    def _copy(self, text: str) -> None:
        self.copy_requested.emit(text, LINES)
        if self._dialog is not None:
            self._dialog.copied()


def _display() -> str:
    """The screens as Qt sees them, and the size of the program's text."""
    screens = [
        f"{screen.size().width()}x{screen.size().height()} at {screen.devicePixelRatio() * 100:.0f} %, {screen.logicalDotsPerInch():.0f} dpi"
        for screen in QGuiApplication.screens()
    ]
    size = QGuiApplication.font().pointSizeF()
    return f"{QGuiApplication.platformName()}: {', '.join(screens)}, text {size:g} pt"
