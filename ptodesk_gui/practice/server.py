"""The practice desk: a Jira-shaped site in a folder, served over HTTP on the loopback address."""

import contextlib
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from filelock import FileLock
from werkzeug.serving import BaseWSGIServer, make_server

from ptodesk_gui.practice import accounts, seed
from ptodesk_gui.practice.application import Application, Observer, QuietHandler, Seen
from ptodesk_gui.practice.database import Database
from ptodesk_gui.practice.faults import Armed, Fault, Matcher
from ptodesk_gui.practice.handling import Handling
from ptodesk_gui.practice.routing import url_map
from ptodesk_gui.practice.site import Switches, load

__all__ = ["Account", "PracticeDesk", "Seen", "Switches"]

FILE = "practice-desk.sqlite3"
HOST = "127.0.0.1"
_POLL = 0.05  # seconds until the server notices that it is to stop
_DRAIN = 5.0  # seconds that requests in progress get when it stops


class Account(NamedTuple):
    """How the practice agent signs in. The token opens this desk and nothing else."""

    email: str
    token: str


class PracticeDesk:
    """A desk in a folder of its own, served while started; several processes may serve the same folder.

    ``port`` 0: a free one is chosen, and kept over stop and start. ``index_lag``: seconds until the search shows a new
    issue. ``clock``: seconds since the epoch. ``fresh``: what the folder's desk held is removed at the first start.
    ``latency``: seconds that every request takes longer. ``observer`` is called with every
    request and the desk's own answer to it (in the request's thread). Usable as a context manager.
    """

    def __init__(
        self,
        folder: Path,
        *,
        port: int = 0,
        index_lag: float = 0.5,
        clock: Callable[[], float] = time.time,
        fresh: bool = False,
        latency: float = 0.0,
        switches: Switches | None = None,
        observer: Observer | None = None,
    ) -> None:
        self.switches = switches or Switches()
        self.switches.index_lag = index_lag
        self.switches.latency = latency
        self._folder = folder
        self._port = port
        self._clock = clock
        self._fresh = fresh
        self._observer = observer
        self._database = Database(folder / FILE)
        self._account: Account | None = None
        self._app: Application | None = None
        self._server: BaseWSGIServer | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """The desk's address, without a slash at the end."""
        return f"http://{HOST}:{self._port}"

    @property
    def account(self) -> Account:
        """The practice agent's sign-in, once the desk has been started."""
        if self._account is None:
            self._running()
            with self._database.read() as db:
                values = dict(db.execute("SELECT name, value FROM site").fetchall())
            self._account = Account(values["agent_email"], values["agent_token"])
        return self._account

    @property
    def requests(self) -> list[Seen]:
        """The requests answered so far, oldest first, without their bodies."""
        return list(self._running().seen)

    @property
    def crashes(self) -> list[str]:
        """Where the desk itself failed (it answered 500): empty, or a defect of the desk."""
        return self._running().handling.crashes

    @property
    def latency(self) -> float:
        """Seconds that every request takes longer."""
        return self.switches.latency

    @latency.setter
    def latency(self, seconds: float) -> None:
        self.switches.latency = seconds

    def start(self) -> None:
        """Serve the desk, making it first where the folder has none. Starting twice does nothing.

        Raises OSError when the port is taken or the folder cannot be written.
        """
        if self._server is not None:
            return
        listener = _listen(self._port)
        try:
            app = self._prepared()
        except BaseException:
            listener.close()
            self._database.close()
            raise
        self._port = listener.getsockname()[1]
        self._server = make_server(
            HOST, self._port, app, threaded=True, request_handler=QuietHandler, fd=listener.fileno()
        )
        listener.close()
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(_POLL,), name="practice desk", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Serve no more; requests in progress get a moment to end. The desk keeps what it holds."""
        if self._server is None or self._thread is None or self._app is None:
            return
        self._server.shutdown()
        self._thread.join()
        self._app.stop(_DRAIN)
        self._server.server_close()
        self._database.close()
        self._server = self._thread = None

    def forget_requests(self) -> None:
        """Begin the list of requests anew."""
        self._running().seen.clear()

    def fault(self, matcher: Matcher, fault: Fault, *, nth: int = 1, times: int | None = 1) -> Armed:
        """Let something go wrong (see ``faults``) with the ``nth`` matching request from now on.

        ``matcher``: ``"POST /rest/api/3/issue"`` with the path as the API documents write it, ``"POST *"``, ``"*"``, or a
        function of method and path. ``times``: how many in a row; None: all from then on. The answer counts its hits.
        """
        return self._running().faults.add(matcher, fault, nth, times)

    def clear_faults(self) -> None:
        """Nothing goes wrong any more."""
        self._running().faults.clear()

    def revoke_token(self, email: str | None = None) -> None:
        """Make an account's token worthless, the practice agent's when none is named."""
        with self._database.write() as db:
            accounts.revoke(db, email or self.account.email)

    def admit(self, email: str | None = None) -> None:
        """Take the next token seen for the account as its own."""
        with self._database.write() as db:
            accounts.admit(db, email or self.account.email)

    def _prepared(self) -> Application:
        """The application of this folder's desk, ready for requests."""
        _make(self._folder, self._database, fresh=self._fresh, now=self._clock())
        self._fresh = False
        if self._app is None:
            with self._database.read() as db:
                site = load(db)
            self._app = Application(
                Handling(self._database, site, self.switches, self._clock), url_map(), self._observer
            )
        self._app.resume()
        return self._app

    def _running(self) -> Application:
        if self._app is None:
            raise RuntimeError("The practice desk has not been started.")
        return self._app


def _make(folder: Path, database: Database, *, fresh: bool, now: float) -> None:
    """Furnish the folder unless it is, one process at a time."""
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / "practice-desk.lock"):
        if fresh:
            for name in (FILE, f"{FILE}-wal", f"{FILE}-shm"):
                (folder / name).unlink(missing_ok=True)
        if database.is_empty():
            database.create()
            token = secrets.token_urlsafe(24)
            with database.write() as db:
                seed.furnish(db, agent_token=token, now=now)
                accounts.Gate().check(db, seed.AGENT[0], token)


def _listen(port: int) -> socket.socket:
    """A listening socket on the loopback address. Raises OSError when the port is taken."""
    listener = socket.socket()
    with contextlib.ExitStack() as undo:
        undo.callback(listener.close)
        if os.name != "nt":  # there the option would let two programs have the same port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen(128)
        undo.pop_all()
    return listener
