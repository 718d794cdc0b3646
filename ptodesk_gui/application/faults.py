"""What happens with an error nobody expected: it is logged without anybody's data, told of, and the program goes on."""

import contextlib
import logging
import re
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Final

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from ptodesk_gui.workstation.logs import error_of
from ptodesk_gui.workstation.report import described, places

OURS: Final = "ptodesk_gui"
MOST: Final = 50  # different errors that are told of; what comes after them is only logged
_LOGGED: Final = frozenset({1, 10, 100, 1000, 10_000})  # of one error's repetitions

log = logging.getLogger(__name__)

_QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
Tell = Callable[[type[BaseException], BaseException | None, TracebackType | None], object]

_QT_FUNCTION: Final = re.compile(r"[A-Za-z_]\w*(?:::~?\w+)+")


@dataclass(frozen=True, slots=True)
class Fault:
    """An error nobody expected. ``kind`` is its type's name, ``report`` what may be shown to anybody, ``count`` how often it came."""

    kind: str
    report: str
    count: int


class Faults(QObject):
    """Takes over the places where unexpected errors end up, and gives them back.

    Those are Python's hooks (slots and other calls from Qt, threads, what cannot be raised), Qt's own messages, and what any
    part of this program logs as an error together with its exception: it went on, but somebody should know.
    """

    happened = Signal(object)  # Fault; from any thread

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        self._faults: dict[tuple[str, ...], Fault] = {}
        self._lock = threading.RLock()  # what is destroyed meanwhile may fail as well
        self._told = _Told(self._on_error)

    def install(self) -> None:
        """Take over."""
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._unexpected
        threading.excepthook = lambda args: self._unexpected(args.exc_type, args.exc_value, args.exc_traceback)
        sys.unraisablehook = lambda args: self._unexpected(args.exc_type, args.exc_value, args.exc_traceback)
        logging.getLogger(OURS).addHandler(self._told)
        qInstallMessageHandler(_log_qt)

    def uninstall(self) -> None:
        """Give everything back to whom it belonged."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
        logging.getLogger(OURS).removeHandler(self._told)
        qInstallMessageHandler(None)

    def _unexpected(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt | SystemExit):
            return
        fault = self._on_error(kind, error, trace)
        if fault is not None and fault.count in _LOGGED:
            log.error("unexpected, %d times: %s", fault.count, fault.report)

    def _on_error(
        self, type_: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> Fault | None:
        """Count the error and tell of it; None when nothing can be told."""
        kind = type_.__name__
        try:
            report = f"{described(type_, error, trace)}\nin the thread {threading.current_thread().name}"
        except Exception:  # an error's own methods may break; it must not come back here
            report = f"{kind}, of which nothing more can be said"
        key = (kind, *places(trace)[-1:])  # the same error may come by many ways
        with self._lock:
            first = self._faults.get(key)
            if first is None and len(self._faults) >= MOST:
                return None
            fault = self._faults[key] = replace(first, count=first.count + 1) if first else Fault(kind, report, 1)
        with contextlib.suppress(RuntimeError):  # the window is being taken down
            self.happened.emit(fault)
        return fault


class _Told(logging.Handler):
    """Hands on what is logged as an error with its exception."""

    def __init__(self, tell: Tell) -> None:
        super().__init__(logging.ERROR)
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        """Hand on the exception."""
        if (error := error_of(record)) is not None:
            self._tell(type(error), error, error.__traceback__)


def qt_words(category: str | None, message: str) -> str:
    """What may be logged of a message of Qt's: its category and the function it names. Its words may quote what was typed."""
    found = _QT_FUNCTION.match(message)
    return f"{category or 'default'}: {found.group() if found else '(words left out)'}"


def _log_qt(level: QtMsgType, context: QMessageLogContext, message: str) -> None:
    log.log(_QT_LEVELS.get(level, logging.WARNING), "Qt: %s", qt_words(context.category, message))
