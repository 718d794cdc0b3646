"""The practice desk: a Jira-shaped site in a folder, served over HTTP on the loopback address."""

import contextlib
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from filelock import FileLock, Timeout
from werkzeug.serving import BaseWSGIServer, make_server

from ptodesk_gui.practice import accounts, seed
from ptodesk_gui.practice.application import Application, Observer, QuietHandler, Seen
from ptodesk_gui.practice.bad_day import BadDay, Weather
from ptodesk_gui.practice.database import Database
from ptodesk_gui.practice.faults import Armed, Fault, Matcher
from ptodesk_gui.practice.handling import Handling
from ptodesk_gui.practice.routing import url_map
from ptodesk_gui.practice.site import Switches, load
from ptodesk_gui.practice.stock import Stock
from ptodesk_gui.practice.stock_maker import keep_customers
from ptodesk_gui.practice.stockroom import Stockroom

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
    issue. ``clock``: seconds since the epoch. ``fresh``: what the folder's desk held is removed at the first
    start, unless somebody else serves it at the moment (``still_to_empty`` says so).
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
        self._bad_day: BadDay | None = None
        self._serving = FileLock(folder / "practice-desk.serving", thread_local=False)
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

    @property
    def still_to_empty(self) -> bool:
        """Whether a fresh desk was asked for and what the folder held is still there."""
        return self._fresh

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
            self._serving.release()
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
        self._serving.release()
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

    @property
    def bad_day(self) -> BadDay | None:
        """The bad day that the desk is having (see ``bad_day``); None on a good one. It can be begun and ended at any time."""
        return self._bad_day

    @bad_day.setter
    def bad_day(self, day: BadDay | None) -> None:
        self._bad_day = day
        self.switches.limits = day is not None
        if self._app is not None:
            self._app.faults.chance = None if day is None else Weather(day)

    def stock(self, shelf: Iterable[Stock], companies: Iterable[tuple[str, str]] = ()) -> dict[str, dict[str, str]]:
        """See to it that these tickets wait on the desk; those that have been used are made anew.

        ``companies`` are (email, name) of customers without tickets. Gives each stock's keys by role.
        """
        with self._database.write() as db:
            site = load(db)
            keep_customers(db, site, companies)
            return Stockroom(db, site, self.switches, self._clock()).fill(shelf)

    def begin(self, stock: Stock) -> dict[str, str]:
        """The tickets of one stock as for the first time, by role; all else of the same people that is open gets closed."""
        with self._database.write() as db:
            return Stockroom(db, load(db), self.switches, self._clock()).begin(stock)

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
        alone = self._take_turn()
        _make(self._folder, self._database, fresh=self._fresh and alone, now=self._clock())
        self._fresh = self._fresh and not alone
        if self._app is None:
            with self._database.read() as db:
                site = load(db)
            self._app = Application(
                Handling(self._database, site, self.switches, self._clock), url_map(), self._observer
            )
            self.bad_day = self._bad_day
        self._app.resume()
        return self._app

    def _take_turn(self) -> bool:
        """Whether nobody else serves the folder at the moment: only then may what it holds be taken away."""
        self._folder.mkdir(parents=True, exist_ok=True)
        if not self._serving.is_locked:
            try:
                self._serving.acquire(timeout=0)
            except Timeout:
                return False
        return True

    def _running(self) -> Application:
        if self._app is None:
            raise RuntimeError("The practice desk has not been started.")
        return self._app


def _make(folder: Path, database: Database, *, fresh: bool, now: float) -> None:
    """Furnish the folder unless it is, one process at a time."""
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / "practice-desk.lock"):
        numbers = _emptied(folder, database) if fresh else {}
        if database.is_empty():
            database.create()
            token = secrets.token_urlsafe(24)
            with database.write() as db:
                seed.furnish(db, agent_token=token, now=now)
                accounts.Gate().check(db, seed.AGENT[0], token)
                for key, number in numbers.items():
                    db.execute("UPDATE project SET next_number = ? WHERE key = ?", (number, key))


def _emptied(folder: Path, database: Database) -> dict[str, int]:
    """Take away what the folder's desk held; the numbers its tickets had come to.

    A new desk counts on from there: the key of a ticket that is gone never becomes another ticket's.
    """
    numbers: dict[str, int] = {}
    if not database.is_empty():
        with database.read() as db:
            numbers = dict(db.execute("SELECT key, next_number FROM project").fetchall())
    database.close()
    for name in (FILE, f"{FILE}-wal", f"{FILE}-shm"):
        (folder / name).unlink(missing_ok=True)
    return numbers


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
