"""The line between the program and the desk: what goes over it, and what goes wrong with one request."""

import re
import socket
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest

from ptodesk_gui.desk.errors import TroubleFacts
from ptodesk_gui.desk.manners import Hold
from ptodesk_gui.desk.wire import BoundedAdapter
from ptodesk_gui.practice import faults, routing
from ptodesk_gui.practice.application import Exchange
from ptodesk_gui.practice.faults import Fault
from tests.reliability.site import Site

BOUND = 30.0  # seconds after which something that must happen at once has not
TIMEOUT = 0.05  # seconds that the program waits for an answer that is held back on purpose
LATER = 20.0  # seconds on the case's clock after which such an answer comes, or the desk acts


@dataclass(frozen=True)
class Trouble:
    """One way in which a request goes wrong.

    ``fault`` is what the desk does, ``refused`` that nobody listens, ``late`` that the answer comes when nobody waits for
    it any more (and, without ``acts``, that the desk acts only then), ``change`` what is done to the desk's own answer on its way.
    """

    name: str
    fault: Callable[[], Fault] | None = None
    refused: bool = False
    late: bool = False
    acts: bool = False
    change: Callable[[Any], None] | None = None


@dataclass(frozen=True)
class Point:
    """One request of a flow: the how-manyth of its kind."""

    operation: str  # "POST /rest/api/3/issue"
    number: int

    def __str__(self) -> str:
        return f"{self.operation} #{self.number}"


@dataclass
class Sent:
    """A request that left the program. ``at`` is on the case's clock.

    ``order`` is the event at which it was asked whether anything may be sent, ``answered`` the one at which its answer was known.
    """

    point: Point
    order: int
    at: float
    answered: int = 0
    wait: float = 0.0  # seconds that the answer asks everybody to wait


class Line:
    """Counts what goes over it and lets one request go wrong, ``times`` in a row. One at a time, for use from any thread."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._map = routing.url_map().bind("")
        self._lock = threading.Lock()
        self._turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._nobody = socket.socket()  # bound and not listening: whoever connects is refused
        self._nobody.bind(("127.0.0.1", 0))
        self._here = threading.local()  # of each thread: when it asked whether it may send, and what it sent last
        self._gates: list[threading.Event] = []
        self.begin()

    def begin(self) -> None:
        """Nothing was sent and nothing goes wrong."""
        self.end()
        self._site.observers.clear()
        self._counts: Counter[str] = Counter()
        self._events = 0
        self.sent: list[Sent] = []
        self.hits = 0

    def end(self) -> None:
        """Let go of what is held back."""
        for gate in self._gates:
            gate.set()
        self._gates = []
        self._trouble: dict[Point, Trouble] = {}

    def close(self) -> None:
        """The line is not used any more."""
        self.end()
        self._nobody.close()

    def trouble(self, at: Point, what: Trouble, times: int = 1) -> None:
        """Let the request at this point go wrong, and those of its kind after it."""
        for number in range(at.number, at.number + times):
            self._trouble[Point(at.operation, number)] = what

    def forget_last_answer(self) -> None:
        """The program died before the last answer was on disk: the next one knows nothing of a wait that it asked for."""
        if self.sent:
            self.sent[-1].wait = 0.0

    @property
    def points(self) -> list[Point]:
        """The requests so far."""
        return [sent.point for sent in self.sent]

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """The program's requests go over this line."""
        real = BoundedAdapter.send

        def send(adapter: BoundedAdapter, request: Any, **how: Any) -> Any:
            return self._carry(request, lambda sent, **changed: real(adapter, sent, **{**how, **changed}))

        check, note = Hold.check, Hold.note

        def checked(hold: Hold, *, once: bool) -> None:
            self._here.asked = self._event()
            check(hold, once=once)

        def noted(hold: Hold, facts: TroubleFacts) -> None:
            note(hold, facts)
            self._here.sent.answered = self._event()

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(BoundedAdapter, "send", send)
            patch.setattr(Hold, "check", checked)
            patch.setattr(Hold, "note", noted)
            yield

    def _carry(self, request: Any, send: Callable[..., Any]) -> Any:
        operation = f"{request.method} {self._map.match(path_of(request), request.method)[0].template}"
        order = getattr(self._here, "asked", 0)
        with self._turns[operation]:  # so that a fault is met by the request it is meant for
            sent = self._here.sent = self._noted(operation, order)
            what = self._trouble.get(sent.point)
            try:
                answer = send(request) if what is None else self._go_wrong(what, operation, request, send)
                asked = answer.headers.get("Retry-After", "") if answer.status_code == 429 else ""
                whole = "per-issue" not in answer.headers.get("RateLimit-Reason", "")
                sent.wait = float(asked) if asked.isdigit() and whole else 0.0
                return answer
            finally:
                sent.answered = self._event()

    def _event(self) -> int:
        with self._lock:
            self._events += 1
            return self._events

    def _noted(self, operation: str, order: int) -> Sent:
        with self._lock:
            self._counts[operation] += 1
            self.sent.append(Sent(Point(operation, self._counts[operation]), order, self._site.clock.now))
            return self.sent[-1]

    def _go_wrong(self, what: Trouble, operation: str, request: Any, send: Callable[..., Any]) -> Any:
        self.hits += 1
        if what.refused:
            elsewhere = request.copy()
            elsewhere.url = f"http://127.0.0.1:{self._nobody.getsockname()[1]}{urlsplit(request.url).path}"
            return send(elsewhere)
        if what.late:
            return self._late(what, operation, request, send)
        if what.change is not None:
            answer = send(request)
            what.change(answer)
            return answer
        assert what.fault is not None
        self._site.practice.fault(operation, what.fault())
        return send(request)

    def _late(self, what: Trouble, operation: str, request: Any, send: Callable[..., Any]) -> Any:
        gate, acted = threading.Event(), threading.Event()
        self._gates.append(gate)

        def see(exchange: Exchange) -> None:
            if exchange.method == request.method and exchange.target.split("?")[0] == path_of(request):
                acted.set()

        def open_gate() -> None:
            gate.set()
            assert acted.wait(BOUND)

        self._site.practice.fault(operation, faults.held(gate, acts=what.acts))
        with ExitStack() as stack:
            if what.acts:
                self._site.observers.append(see)
                stack.callback(self._site.observers.remove, see)
                stack.callback(acted.wait, BOUND)
            else:
                self._site.observers.append(see)
                self._site.clock.at(self._site.clock.now + LATER, open_gate)
            answer = send(request, timeout=(BOUND, TIMEOUT))
            raise AssertionError(f"an answer came although it is held back: {answer}")


def path_of(request: Any) -> str:
    """The path of a request as the API documents have it, whether it goes through the gateway or not."""
    return re.sub(r"^/ex/jira/[^/]+", "", urlsplit(request.url).path)


def hastily(sent: list[Sent]) -> list[str]:
    """What went out before the time was over which the site asked everybody to wait."""
    found = []
    for one in (s for s in sent if s.wait):
        early = [s for s in sent if s.order > one.answered and s.at < one.at + one.wait]
        if early:
            found.append(
                f"{one.point} was asked to wait {one.wait:g} s; {len(early)} requests went out before, first {early[0].point}"
            )
    return found


def _json(status: int, *, acts: bool = False, **headers: str) -> Callable[[], Fault]:
    return lambda: faults.answer(status, headers={k.replace("_", "-"): v for k, v in headers.items()}, acts=acts)


def _slow_down(wait: Any, reason: str | None) -> Callable[[], Fault]:
    return lambda: faults.too_many(wait, reason, now=time.time())  # the answer's own Date is the computer's


BURST, ISSUE = "jira-burst-based", "jira-per-issue-on-write"

TROUBLES = {
    trouble.name: trouble
    for trouble in (
        Trouble("connection refused", refused=True),
        Trouble("cut before it arrived", faults.cut_before),
        Trouble("cut after the desk acted", faults.cut_after),
        *(Trouble(str(status), _json(status)) for status in (400, 401, 403, 404, 409, 413)),
        Trouble("429, wait in seconds", _slow_down(30, BURST)),
        Trouble("429, wait as a date", _slow_down("date", BURST)),
        Trouble("429, no wait named", _slow_down(None, BURST)),
        Trouble("429, per ticket", _slow_down(30, ISSUE)),
        Trouble("429, no reason named", _slow_down(30, None)),
        *(Trouble(f"{status}", _json(status)) for status in (500, 502, 503)),
        *(Trouble(f"{status}, and acted", _json(status, acts=True)) for status in (500, 502, 503)),
        Trouble("503 that asks to wait", _json(503, Retry_After="30")),
        Trouble("503 that asks to wait, and acted", _json(503, acts=True, Retry_After="30")),
        Trouble("a page instead of JSON", faults.html),
        Trouble("a page instead of JSON, and acted", lambda: faults.html(acts=True)),
        Trouble("JSON of another kind, and acted", lambda: faults.answer(200, "[null]", acts=True)),
        Trouble("half a body", faults.half_body),
        Trouble("answer after the timeout", late=True, acts=True),
        Trouble("arrived after the timeout", late=True, acts=False),
    )
}
