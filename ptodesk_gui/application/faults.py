"""What happens with an error nobody expected: it is logged without anybody's data, said in one line, and the program goes on."""

import logging
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

log = logging.getLogger(__name__)

_QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class Faults(QObject):
    """Takes over the three places where unexpected errors end up, and gives them back."""

    happened = Signal(str)  # one sentence for the strip

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._before = (sys.excepthook, threading.excepthook)

    def install(self) -> None:
        """Take over errors of slots, of threads, and Qt's own messages."""
        self._before = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._on_error
        threading.excepthook = lambda args: self._on_error(args.exc_type, args.exc_value, args.exc_traceback)
        qInstallMessageHandler(_log_qt)

    def uninstall(self) -> None:
        """Give everything back to whom it belonged."""
        sys.excepthook, threading.excepthook = self._before
        qInstallMessageHandler(None)

    def _on_error(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt | SystemExit):
            return
        from ptodesk_gui.workstation.logs import describe  # not before the first paint

        log.error("unexpected %s", describe(kind, trace))
        self.happened.emit(
            f"Something unexpected went wrong ({kind.__name__}). What you typed is kept and the program goes on; "
            "the log has the place."
        )


def _log_qt(level: QtMsgType, context: QMessageLogContext, message: str) -> None:
    log.log(_QT_LEVELS.get(level, logging.WARNING), "Qt: %s", message)
