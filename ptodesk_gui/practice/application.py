"""The desk as a WSGI application: finds the operation, lets faults happen, keeps the log of requests."""

import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from werkzeug.exceptions import ClientDisconnected, HTTPException, MethodNotAllowed, RequestEntityTooLarge
from werkzeug.routing import Map
from werkzeug.serving import WSGIRequestHandler
from werkzeug.wrappers import Request, Response

from ptodesk_gui.practice.errors import Refusal
from ptodesk_gui.practice.faults import Fault, Faults
from ptodesk_gui.practice.handling import Handling, Match

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

MAX_BODY = 1_000_000
LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
_KEPT = 200_000
_LOOK = 0.05  # seconds until a request behind a closed gate notices that the desk stops


class Seen(NamedTuple):
    """A request in the desk's log. ``status`` 0: the connection was cut. ``started`` and ``ended``: ``time.monotonic()``."""

    method: str
    template: str
    status: int
    started: float
    ended: float


class Exchange(NamedTuple):
    """A request and the desk's own answer to it, as an observer gets them. ``target``: path and query."""

    method: str
    target: str
    body: bytes
    status: int
    answer: bytes


Observer = Callable[[Exchange], None]


class QuietHandler(WSGIRequestHandler):
    """Speaks HTTP/1.1 as a site does and prints nothing."""

    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: object) -> None:
        """Nothing: addresses and queries may hold people's data."""


class Application:
    """The desk as a WSGI application."""

    def __init__(self, handling: Handling, routes: Map, observer: Observer | None = None) -> None:
        self.faults = Faults()
        self.seen: deque[Seen] = deque(maxlen=_KEPT)
        self.handling = handling
        self._routes = routes
        self._observer = observer
        self._stopping = threading.Event()
        self._quiet = threading.Condition()
        self._active = 0

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        started = time.monotonic()
        with self._quiet:
            self._active += 1
        method, template, status = environ["REQUEST_METHOD"], environ["PATH_INFO"], 0
        try:
            request = Request(environ)
            request.max_content_length = MAX_BODY
            match = self._match(request)
            template = match.route.template if match.route else template
            self._stopping.wait(self.handling.switches.latency)
            fault = self.faults.take(method, template)
            response = self._with_fault(request, match, fault) if fault else self._answer(request, match)
            status = response.status_code
        except ConnectionError:  # cut on purpose, or whoever asked went away
            raise
        except Exception as crash:
            status, response = 500, self.handling.failed(crash, environ["PATH_INFO"])
        finally:
            self.seen.append(Seen(method, template, status, started, time.monotonic()))
            with self._quiet:
                self._active -= 1
                self._quiet.notify_all()
        return response(environ, start_response)

    def resume(self) -> None:
        """Take requests again after a stop."""
        self._stopping.clear()

    def stop(self, seconds: float) -> None:
        """End the waits that faults asked for, and wait (bounded) for the requests in progress."""
        self._stopping.set()
        with self._quiet:
            self._quiet.wait_for(lambda: self._active == 0, seconds)

    def _match(self, request: Request) -> Match:
        name, _, port = request.host.rpartition(":")
        if (name if port.isdecimal() else request.host) not in LOOPBACK:
            return Match(refusal=Refusal(421, "This desk answers on the loopback address only."))
        gateway = f"/ex/jira/{self.handling.site.cloud_id}"
        through = request.path.startswith(gateway + "/rest/")
        address = request.path.removeprefix(gateway) if through else request.path
        try:
            route, path = self._routes.bind("").match(address, request.method)
        except MethodNotAllowed as wrong:
            allowed = ", ".join(sorted(set(wrong.valid_methods or ()) - {"HEAD"}))
            return Match(refusal=Refusal(405, "HTTP 405 Method Not Allowed", headers={"Allow": allowed}))
        except HTTPException:
            return Match(refusal=Refusal(404, "null for uri"))
        return Match(route, dict(path), gateway if through else "")

    def _answer(self, request: Request, match: Match) -> Response:
        response = self.handling.answer(request, match)
        if self._observer and match.route:
            query = f"?{request.query_string.decode()}" if request.query_string else ""
            target = request.path.removeprefix(match.gateway) + query
            self._observer(Exchange(request.method, target, _sent(request), response.status_code, response.get_data()))
        return response

    def _with_fault(self, request: Request, match: Match, fault: Fault) -> Response:
        if not fault.acts:
            self._hold_back(fault)
            return self._answer(request, match) if fault.own else _broken_off(request, fault)
        response = self._answer(request, match)
        self._hold_back(fault)
        if not fault.own:
            return _broken_off(request, fault)
        return _half(request, response) if fault.half else response

    def _hold_back(self, fault: Fault) -> None:
        """Wait as the fault asks, but not beyond the desk's own end."""
        self._stopping.wait(fault.delay)
        while fault.gate is not None and not fault.gate.wait(_LOOK) and not self._stopping.is_set():
            continue


def _broken_off(request: Request, fault: Fault) -> Response:
    """The fault's own answer; without one the connection is cut."""
    if fault.status is None:
        _cut(request)
    return Response(fault.body, fault.status, fault.headers)


def _half(request: Request, whole: Response) -> Response:
    """The answer, broken off in the middle of its body."""
    body = whole.get_data()
    if not body:
        _cut(request)

    def pieces() -> Iterator[bytes]:
        yield body[: len(body) // 2]
        _cut(request)

    return Response(pieces(), whole.status_code, whole.headers)


def _cut(request: Request) -> None:
    """End the connection here and now. Raises what the server takes for a client that went away."""
    connection: socket.socket = request.environ["werkzeug.socket"]
    connection.shutdown(socket.SHUT_RDWR)
    raise ConnectionAbortedError


def _sent(request: Request) -> bytes:
    try:
        return request.get_data()
    except (RequestEntityTooLarge, ClientDisconnected):
        return b""
