"""A second start asks the first window to come forward (docs/decisions/0013): the message, who sends it and who takes it.

With it goes the link that the second start was given, if it was given one: what is in it is read by the window.
"""

import contextlib
import enum
import hashlib
import json
import os
import stat
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, QThread, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from ptodesk_gui.workstation.single_instance import SingleInstance

VERSION: Final = 1
SHOW: Final = "show"
MOST_BYTES: Final = 16384  # of a message or an answer, its line's end included
LINK_MOST: Final = 2_001  # characters of a link that are passed on: one more than the longest that is opened
MOST_CALLERS: Final = 8
ANSWER_SECONDS: Final = 2.0  # for a window that takes the call, to answer it
START_SECONDS: Final = 10.0  # for one that is starting or closing, to take calls or be gone
_LOOK_MS: Final = 50
_LONGEST_PATH: Final = 100  # bytes; the system's bound for a socket's path is 103 to 107


class Outcome(enum.Enum):
    """What became of asking the first window."""

    SHOWN = enum.auto()  # it has come forward
    GONE = enum.auto()  # it ended, and its place is ours now
    SILENT = enum.auto()  # it is there and does not answer
    ELSEWHERE = enum.auto()  # it is on another computer


def message(**what: str) -> bytes:
    """One line of JSON. Keys that a reader does not know mean nothing to it."""
    return json.dumps({"ptodesk": VERSION, **what}).encode() + b"\n"


def read(line: bytes) -> dict[str, Any]:
    """What a line says; nothing when it is no message."""
    try:
        said = json.loads(line) if len(line) <= MOST_BYTES else None
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) and isinstance(said.get("ptodesk"), int) else {}


class Reception(QObject):
    """Takes the calls of later starts. Only this user's programs can reach it."""

    show_requested = Signal()
    link_requested = Signal(str)  # a link as it was given to a later start

    def __init__(self, instance: SingleInstance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._instance = instance
        self._callers: set[_Caller] = set()
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._take)

    def open(self) -> bool:
        """Take calls from now on. False when that cannot be: then a second start is a second window."""
        address = _address(self._instance.folder)
        if not self._instance.mine or not address:
            return False
        self._server.removeServer(address)  # what a window that was killed has left; nobody else is the window now
        if not self._server.listen(address):
            return False
        try:
            self._instance.open_at(self._server.fullServerName())
        except OSError:
            self._server.close()
            return False
        return True

    def close(self) -> None:
        """Take no more calls; who is being answered hangs up."""
        self._server.close()
        for caller in tuple(self._callers):
            caller.end()

    def _take(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            if len(self._callers) >= MOST_CALLERS:
                socket.abort()
                socket.deleteLater()
                continue
            caller = _Caller(socket, self)
            self._callers.add(caller)
            caller.asked.connect(self.show_requested)
            caller.linked.connect(self.link_requested)
            caller.ended.connect(self._callers.discard)
            caller.listen()


class _Caller(QObject):
    """One later start on the line: one message, one answer, and a bound for both."""

    asked = Signal()
    linked = Signal(str)
    ended = Signal(object)

    def __init__(self, socket: QLocalSocket, parent: QObject) -> None:
        super().__init__(parent)
        self._socket = socket
        socket.setParent(self)
        socket.setReadBufferSize(MOST_BYTES)
        socket.readyRead.connect(self.listen)
        socket.disconnected.connect(self.end)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self.end)
        self._patience.start(int(ANSWER_SECONDS * 1000))

    def listen(self) -> None:
        """Answer the first line; hang up on what is no line within the bound."""
        if self._socket.canReadLine():
            self._socket.readyRead.disconnect(self.listen)
            said = read(bytes(self._socket.readLine(MOST_BYTES).data()))
            wanted = said.get("do") == SHOW
            link = said.get("link")
            if wanted:
                self.asked.emit()
            if wanted and isinstance(link, str) and link:
                self.linked.emit(link)
            self._socket.write(message(did=SHOW if wanted else ""))
            self._socket.disconnectFromServer()
        elif self._socket.bytesAvailable() >= MOST_BYTES:
            self.end()

    def end(self) -> None:
        """Hang up. May be called twice."""
        self._patience.stop()
        self._socket.blockSignals(True)
        self._socket.abort()
        self.ended.emit(self)
        self.deleteLater()


def hand_over(instance: SingleInstance, link: str = "") -> Outcome:
    """Ask the window that holds the place to come forward, and to open the link. Takes the place when it is let go of meanwhile."""
    until = time.monotonic() + START_SECONDS
    while not instance.take():
        here, address = instance.holder()
        outcome = _ask(address, link) if here and address else None
        if outcome is not None:
            return outcome
        if not here:
            return Outcome.ELSEWHERE
        if time.monotonic() > until:
            return Outcome.SILENT
        QThread.msleep(_LOOK_MS)
    return Outcome.GONE


def _ask(address: str, link: str) -> Outcome | None:
    """Whether the window that takes calls there has come forward; None when nobody is there, or not yet."""
    socket, wait = QLocalSocket(), int(ANSWER_SECONDS * 1000)
    socket.setReadBufferSize(MOST_BYTES)
    socket.connectToServer(address)
    if not socket.waitForConnected(wait):
        return None
    _let_come_forward()
    socket.write(message(do=SHOW, **({"link": link[:LINK_MOST]} if link else {})))
    until = time.monotonic() + ANSWER_SECONDS
    while not socket.canReadLine():
        left = int((until - time.monotonic()) * 1000)
        if left <= 0 or socket.bytesAvailable() >= MOST_BYTES:
            return Outcome.SILENT
        if not socket.waitForReadyRead(left) and socket.state() is not QLocalSocket.LocalSocketState.ConnectedState:
            return None  # it closed meanwhile
    return Outcome.SHOWN if read(bytes(socket.readLine(MOST_BYTES).data())).get("did") == SHOW else Outcome.SILENT


def _let_come_forward() -> None:
    """Windows lets only the program that was started last come forward, or whom that one allows to."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)


def _address(folder: Path) -> str:
    """Where the window of this folder takes calls: a name that tells nothing, in a place of the user's own; "" for none."""
    name = f"ptodesk-{hashlib.sha256(os.path.realpath(folder).encode()).hexdigest()[:16]}"
    if sys.platform == "win32":
        return f"{name}-{os.environ.get('USERNAME', '')}"
    for place in (os.environ.get("XDG_RUNTIME_DIR", ""), f"{tempfile.gettempdir()}/ptodesk-{os.getuid()}"):
        address = f"{place}/{name}"
        if place and len(os.fsencode(address)) <= _LONGEST_PATH and _is_ours(place):
            return address
    return ""


def _is_ours(place: str) -> bool:
    """Whether the folder is this user's alone; made when it is missing."""
    try:
        with contextlib.suppress(FileExistsError):
            os.mkdir(place, mode=0o700)
        found = os.lstat(place)
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077
