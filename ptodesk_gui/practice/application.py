"""One request from the wire to the answer: host, route, faults, sign-in, body, limits, the operation, refusals."""

import base64
import binascii
import json
import logging
import socket
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestEntityTooLarge
from werkzeug.serving import WSGIRequestHandler
from werkzeug.wrappers import Request, Response

from ptodesk_gui.practice import accounts, move_routes, pages
from ptodesk_gui.practice import issue_routes as _issue_routes  # noqa: F401 - importing them registers their routes
from ptodesk_gui.practice import search_routes as _search_routes  # noqa: F401
from ptodesk_gui.practice import service_desk_routes as _service_desk_routes  # noqa: F401
from ptodesk_gui.practice import site_routes as _site_routes  # noqa: F401
from ptodesk_gui.practice.database import Database
from ptodesk_gui.practice.errors import Refusal
from ptodesk_gui.practice.faults import Fault, Faults
from ptodesk_gui.practice.limits import Limits
from ptodesk_gui.practice.routing import Route, url_map
from ptodesk_gui.practice.site import Call, Reply, Site, Switches

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

MAX_BODY = 1_000_000
LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
_KEPT = 200_000
_log = logging.getLogger(__name__)


class Seen(NamedTuple):
    """A request in the desk's log. ``status`` 0: the connection was cut. ``started`` and ``ended``: ``time.monotonic()``."""

    method: str
    template: str
    status: int
    started: float
    ended: float


class QuietHandler(WSGIRequestHandler):
    """Speaks HTTP/1.1 as a site does and prints nothing."""

    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: object) -> None:
        """Nothing: addresses and queries may hold people's data."""


class Application:
    """The desk as a WSGI application."""

    def __init__(self, database: Database, site: Site, switches: Switches, clock: Callable[[], float]) -> None:
        self.faults = Faults()
        self.seen: deque[Seen] = deque(maxlen=_KEPT)
        self.crashes: list[str] = []
        self._database = database
        self._site = site
        self._switches = switches
        self._clock = clock
        self._limits = Limits()
        self._gate = accounts.Gate()
        self._map = url_map()
        self._stopping = threading.Event()
        self._idle = threading.Condition()
        self._active = 0

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        started = time.monotonic()
        with self._idle:
            self._active += 1
        method, template, status = environ["REQUEST_METHOD"], environ["PATH_INFO"], 0
        try:
            request = Request(environ)
            request.max_content_length = MAX_BODY
            route, path, missing = self._route(request)
            template = route.template if route else template
            self._stopping.wait(self._switches.latency)
            response = self._with_faults(request, route, path, missing, self.faults.take(method, template))
            status = response.status_code
            return response(environ, start_response)
        finally:
            self.seen.append(Seen(method, template, status, started, time.monotonic()))
            with self._idle:
                self._active -= 1
                self._idle.notify_all()

    def resume(self) -> None:
        """Take requests again after a stop."""
        self._stopping.clear()

    def stop(self, seconds: float) -> None:
        """End waits that faults asked for, and wait (bounded) for the requests in progress."""
        self._stopping.set()
        with self._idle:
            self._idle.wait_for(lambda: self._active == 0, seconds)

    def _route(self, request: Request) -> tuple[Route | None, dict[str, str], Refusal | None]:
        host = request.host.rpartition(":")[0] if request.host.rpartition(":")[2].isdecimal() else request.host
        if host not in LOOPBACK:
            return None, {}, Refusal(421, "This desk answers on the loopback address only.")
        try:
            route, path = self._map.bind(request.host).match(request.path, request.method)
        except MethodNotAllowed as wrong:
            allowed = ", ".join(sorted(set(wrong.valid_methods or ()) - {"HEAD"}))
            return None, {}, Refusal(405, "HTTP 405 Method Not Allowed", headers={"Allow": allowed})
        except HTTPException:
            return None, {}, Refusal(404, "null for uri")
        return route, dict(path), None

    def _with_faults(
        self, request: Request, route: Route | None, path: dict[str, str], missing: Refusal | None, fault: Fault | None
    ) -> Response:
        if fault is None:
            return self._answer(request, route, path, missing)
        if not fault.acts:
            self._stopping.wait(fault.delay)
            if not fault.own:
                return self._broken_off(request, fault)
        response = self._answer(request, route, path, missing)
        if fault.acts:
            self._stopping.wait(fault.delay)
        if not fault.own:
            return self._broken_off(request, fault)
        return _Half(request, response) if fault.half else response

    def _broken_off(self, request: Request, fault: Fault) -> Response:
        """The fault's own answer; without one the connection is cut."""
        if fault.status is None:
            _cut(request)
        return Response(fault.body, fault.status, fault.headers)

    def _answer(self, request: Request, route: Route | None, path: dict[str, str], missing: Refusal | None) -> Response:
        try:
            if missing or route is None:
                raise missing or Refusal(404, "null for uri")
            return _response(self._perform(request, route, path))
        except Refusal as refusal:
            shown_as = request.path if route else "/"
            return _json(refusal.status, refusal.body(shown_as), refusal.headers)
        except (OverflowError, UnicodeEncodeError):
            return _json(
                400,
                Refusal(400, "Invalid request payload. Refer to the REST API documentation and try again.").body(
                    request.path
                ),
            )
        except Exception as crash:
            where = "".join(
                traceback.format_tb(crash.__traceback__)
            )  # without the message: it may hold a text of the request
            self.crashes.append(f"{request.method} {route.template if route else ''}: {type(crash).__name__}\n{where}")
            _log.error("The practice desk failed: %s", self.crashes[-1])
            return _json(500, Refusal(500, "Internal server error").body(request.path))

    def _perform(self, request: Request, route: Route, path: dict[str, str]) -> Reply:
        now = self._clock()
        if self._switches.limits:
            self._limits.check(route.method, route.template, path.get("issueIdOrKey", "").upper() or None, now)
        me = self._signed_in(request, route)
        if route.experimental and request.headers.get("X-ExperimentalApi") != "opt-in":
            raise Refusal(412, "This operation is experimental. Set the header 'X-ExperimentalApi: opt-in' to use it.")
        body = _body(request) if request.method in ("POST", "PUT") else None

        def call(db: Any) -> Call:
            base = f"http://{request.host}"
            return Call(db, self._site, me, now, base, path, request.args, body, self._switches)

        with self._database.read() as db:
            due = move_routes.is_due(db, now)
            if not due and not route.changes:
                return route.handler(call(db))
        with self._database.write() as db:
            if due:
                move_routes.run_due_tasks(call(db))
            return route.handler(call(db))

    def _signed_in(self, request: Request, route: Route) -> accounts.Person:
        """The account that the request is signed in with.

        Raises Refusal (401) without one, or with a token that is not the account's.
        """
        given = request.headers.get("Authorization")
        if route.anonymous and (given is None or not route.template.startswith("/rest/")):
            return accounts.Person("", "", "Anonymous", "anonymous")
        headers = {"WWW-Authenticate": 'OAuth realm="http%3A%2F%2F127.0.0.1"'}
        refusal = Refusal(401, "Client must be authenticated to access this resource.", headers=headers)
        email, token = _credentials(given)
        if not token or not 3 <= len(email) <= 254 or "@" not in email:
            raise refusal
        with self._database.read() as db:
            stored = accounts.stored_hash(db, email)
            known = accounts.by_email(db, email) if self._gate.remembers(email, token, stored) else None
        if known is None:
            with self._database.write() as db:
                known = accounts.by_email(db, email) if self._gate.check(db, email, token) else None
        if known is None:
            raise refusal
        return known


class _Half(Response):
    """A response that breaks off in the middle of its body."""

    def __init__(self, request: Request, whole: Response) -> None:
        body = whole.get_data()
        if not body:
            _cut(request)

        def pieces() -> Iterator[bytes]:
            yield body[: len(body) // 2]
            _cut(request)

        super().__init__(pieces(), whole.status_code, whole.headers)


def _cut(request: Request) -> None:
    """End the connection here and now. Raises what the server takes for a client that went away."""
    connection: socket.socket = request.environ["werkzeug.socket"]
    connection.shutdown(socket.SHUT_RDWR)
    raise ConnectionAbortedError


def _credentials(header: str | None) -> tuple[str, str]:
    """Email and token of a Basic Authorization header; empty when it is none."""
    kind, _, encoded = (header or "").partition(" ")
    if kind.lower() != "basic":
        return "", ""
    try:
        email, _, token = base64.b64decode(encoded.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return email.strip(), token


def _body(request: Request) -> Any:
    """The request's JSON.

    Raises Refusal: 415 for another content type, 413 for too much, 400 for what is not JSON.
    """
    if request.mimetype != "application/json":
        raise Refusal(415, "Unsupported Media Type")
    try:
        raw = request.get_data()
    except RequestEntityTooLarge:
        raise Refusal(413, "The request body is too large.") from None
    try:
        return json.loads(raw.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise Refusal(400, "There was an error parsing JSON. Check that your request body is valid.") from None


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _response(reply: Reply) -> Response:
    if isinstance(reply.body, pages.Page):
        return Response(reply.body, reply.status, {"Content-Type": "text/html; charset=utf-8", **pages.HEADERS})
    if reply.body is None:
        return Response(status=reply.status)
    return _json(reply.status, reply.body)


def _json(status: int, body: Any, headers: dict[str, str] | None = None) -> Response:
    text = json.dumps(body, ensure_ascii=False)
    shown = {"Content-Type": "application/json;charset=UTF-8", "X-Content-Type-Options": "nosniff", **(headers or {})}
    return Response(text, status, shown)
