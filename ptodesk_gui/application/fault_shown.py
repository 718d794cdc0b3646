"""Says in the strip that something unexpected happened, and shows the report when somebody asks for it. It interrupts nobody."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication

from ptodesk_gui.application.faults import Fault, Faults
from ptodesk_gui.sop.form import Weight
from ptodesk_gui.ui.main_window import MainWindow

if TYPE_CHECKING:
    from ptodesk_gui.ui.report import ReportDialog

ACTION: Final = "report"
HAPPENED: Final = (
    "Something unexpected went wrong ({kind}). What you typed is kept and the program goes on. "
    "Ctrl+Shift+E shows a report to copy for IT."
)
CRASHED: Final = "The program ended unexpectedly the last time. Ctrl+Shift+E shows a report to copy for IT."
REPORT: Final = "the report"
LAST_TIME: Final = "The last time the program ended here:"


class FaultsShown(QObject):
    """One dialog for all errors of a run. An error that comes again is counted, not said again."""

    def __init__(self, window: MainWindow, faults: Faults) -> None:
        super().__init__()
        self._window = window
        self._put: Callable[[str, str], object] = lambda text, _: QGuiApplication.clipboard().setText(text)
        self._about = ""
        self._crash = ""
        self._faults: dict[str, Fault] = {}
        self._dialog: ReportDialog | None = None
        faults.happened.connect(self._happened, Qt.ConnectionType.QueuedConnection)
        window.action(ACTION).triggered.connect(self.open)

    def know(self, about: str, crash: str) -> None:
        """What runs, and the report of the program that ended unexpectedly before; "" for none."""
        self._about, self._crash = about, crash
        self._show()

    def copy_by(self, put: Callable[[str, str], object]) -> None:
        """Have this put the report on the clipboard: a text, and what it is in words."""
        self._put = put

    @property
    def report(self) -> str:
        """All that there is to say, newest first."""
        faults = [f"{fault.count} x {fault.report}" for fault in reversed(self._faults.values())]
        crash = [f"{LAST_TIME}\n{self._crash}"] if self._crash else []
        return "\n\n".join([self._about, *faults, *crash])

    def open(self) -> None:
        """Show the report in a window of its own, beside which typing goes on."""
        if self._dialog is None:
            from ptodesk_gui.ui.report import ReportDialog

            self._dialog = ReportDialog(self._window)
            self._dialog.copy_requested.connect(self._copy)
        self._show()
        self._dialog.show()
        self._dialog.activateWindow()

    @Slot(object)
    def _happened(self, fault: Fault) -> None:
        is_new = fault.report not in self._faults
        self._faults[fault.report] = fault
        if is_new:
            self._window.say_in_strip(HAPPENED.format(kind=fault.kind), Weight.ERROR)
        self._show()

    def _show(self) -> None:
        if self._dialog is not None:
            self._dialog.set_report(self.report, happened=bool(self._faults or self._crash))

    def _copy(self, text: str) -> None:
        self._put(text, REPORT)
        if self._dialog is not None:
            self._dialog.copied()
