"""Watches over a run of the window: its log, errors nobody expected, and the trace of one that ends from one instant to the next."""

import logging
from collections.abc import Callable

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

from ptodesk_gui.application.fault_shown import CRASHED, FaultsShown
from ptodesk_gui.application.faults import Faults
from ptodesk_gui.application.worker import Worker
from ptodesk_gui.ui.main_window import MainWindow
from ptodesk_gui.workstation import logs, paths
from ptodesk_gui.workstation.crash_file import CrashFile


class Watch:
    """Begins with the log and the errors; the trace waits for the disk."""

    def __init__(self, window: MainWindow) -> None:
        self._log = _log()
        self.faults = Faults()
        self._shown = FaultsShown(window, self.faults)
        self._trace: CrashFile | None = None
        self.faults.install()

    def copy_by(self, put: Callable[[str, str], object]) -> None:
        """Have this put a report on the clipboard: a text, and what it is in words."""
        self._shown.copy_by(put)

    def trace(self, disk: Worker, tell: Callable[[str], None]) -> None:
        """Have a trace written should the program end from one instant to the next. ``tell`` says, once, that the last one did."""
        runs = f"Qt {qVersion()} on {QGuiApplication.platformName()}"

        def begin() -> tuple[str, str]:
            from ptodesk_gui.workstation.report import about

            words = about(runs)
            try:
                self._trace = CrashFile(paths.log_path("window").parent)
                return words, self._trace.open(words)
            except OSError:  # the disk is full, or may not be written: the program goes on without
                return words, ""

        def begun(found: tuple[str, str]) -> None:
            self._shown.know(*found)
            if found[1]:
                tell(CRASHED)

        disk.submit(begin, begun)

    def stop(self) -> None:
        """The program ends as it should."""
        self.faults.uninstall()
        if self._trace is not None:
            self._trace.close()
        logs.stop_log(self._log)


def _log() -> logging.Handler | None:
    try:
        return logs.start_log(paths.log_path("window"))
    except OSError:  # a data folder that cannot be made: the store says so
        return None
