"""What becomes of one request whose operation is known: limits, sign-in, body, the operation itself, refusals."""

import base64
import binascii
import json
import logging
import sqlite3
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge
from werkzeug.wrappers import Request, Response

from ptodesk_gui.practice import accounts, move_routes, pages
from ptodesk_gui.practice.database import Database
from ptodesk_gui.practice.errors import Refusal, invalid_payload
from ptodesk_gui.practice.limits import Limits
from ptodesk_gui.practice.routing import Route
from ptodesk_gui.practice.site import Call, Reply, Site, Switches

_log = logging.getLogger(__name__)
_JSON = {
    "Content-Type": "application/json;charset=UTF-8",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache, no-store, no-transform",
}
_NOBODY = accounts.Person("", "", "Anonymous", "anonymous")


@dataclass(frozen=True)
class Match:
    """Where a request leads: to a route, or to a refusal. ``gateway``: the prefix it came through, if it did."""

    route: Route | None = None
    path: Mapping[str, str] = field(default_factory=dict)
    gateway: str = ""
    refusal: Refusal | None = None


class Handling:
    """Carries operations out on one desk."""

    def __init__(self, database: Database, site: Site, switches: Switches, clock: Callable[[], float]) -> None:
        self.site = site
        self.switches = switches
        self.crashes: list[str] = []
        self._database = database
        self._clock = clock
        self._limits = Limits()
        self._gate = accounts.Gate()

    def answer(self, request: Request, match: Match) -> Response:
        """The desk's answer. A defect of the desk is a 500, noted in ``crashes`` without the request's texts.

        Raises ConnectionAbortedError when whoever asked went away before all of the request was there: nothing is done.
        """
        path = request.path.removeprefix(match.gateway)
        try:
            if match.route is None:
                raise match.refusal or Refusal(404, "null for uri")
            return _response(self._perform(request, match.route, match))
        except Refusal as refusal:
            return _json(refusal.status, refusal.body(path if match.route else "/"), refusal.headers)
        except ClientDisconnected as gone:
            raise ConnectionAbortedError from gone
        except (OverflowError, UnicodeEncodeError):  # a number or text that no field could hold
            return _json(400, invalid_payload().body(path))
        except Exception as crash:
            return self.failed(crash, path)

    def failed(self, crash: Exception, path: str) -> Response:
        """Note where the desk failed, without the message (it may hold a text of the request), and say so."""
        where = "".join(traceback.format_tb(crash.__traceback__))
        self.crashes.append(f"{type(crash).__name__}\n{where}")
        _log.error("The practice desk failed: %s", self.crashes[-1])
        return _json(500, Refusal(500, "Internal server error").body(path))

    def _perform(self, request: Request, route: Route, match: Match) -> Reply:
        now = self._clock()
        if self.switches.limits:
            issue = match.path.get("issueIdOrKey", "").upper() or None
            self._limits.check(route.method, route.template, issue, now)
        me = self._signed_in(request, route, through_gateway=bool(match.gateway))
        if route.experimental and request.headers.get("X-ExperimentalApi") != "opt-in":
            raise Refusal(412, "This operation is experimental. Set the header 'X-ExperimentalApi: opt-in' to use it.")
        body = _body(request) if request.method in ("POST", "PUT") else None
        base = f"http://{request.host}{match.gateway}"

        def call(db: sqlite3.Connection) -> Call:
            return Call(db, self.site, me, now, base, match.path, request.args, body, self.switches)

        with self._database.read() as db:
            due = move_routes.is_due(db, now)
            if not due and not route.changes:
                return route.handler(call(db))
        with self._database.write() as db:
            if due:
                move_routes.run_due_tasks(call(db))
            return route.handler(call(db))

    def _signed_in(self, request: Request, route: Route, *, through_gateway: bool) -> accounts.Person:
        """The account that the request is signed in with.

        Raises Refusal (401) without one, with a token that is not the account's, or with one of the kind (classic,
        scoped) that belongs at the other address.
        """
        given = request.headers.get("Authorization")
        if route.anonymous and (given is None or not route.template.startswith("/rest/")):
            return _NOBODY
        refusal = Refusal(
            401,
            "Client must be authenticated to access this resource.",
            headers={"WWW-Authenticate": 'OAuth realm="http%3A%2F%2F127.0.0.1"'},
        )
        email, token = _credentials(given)
        if (
            not token
            or not 3 <= len(email) <= 254
            or "@" not in email
            or through_gateway != self.switches.scoped_tokens
        ):
            raise refusal
        with self._database.read() as db:
            remembered = self._gate.remembers(email, token, accounts.stored_hash(db, email))
            person = accounts.by_email(db, email) if remembered else None
        if person is None:
            with self._database.write() as db:
                person = accounts.by_email(db, email) if self._gate.check(db, email, token) else None
        if person is None:
            raise refusal
        return person


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
    """NaN and its kind are Python's, not JSON's."""
    raise ValueError(name)


def _response(reply: Reply) -> Response:
    if isinstance(reply.body, pages.Page):
        return Response(reply.body, reply.status, {"Content-Type": "text/html; charset=utf-8", **pages.HEADERS})
    if reply.body is None:
        return Response(status=reply.status, headers={"Content-Type": "application/json;charset=UTF-8"})
    return _json(reply.status, reply.body)


def _json(status: int, body: object, headers: Mapping[str, str] | None = None) -> Response:
    return Response(json.dumps(body, ensure_ascii=False), status, {**_JSON, **(headers or {})})
