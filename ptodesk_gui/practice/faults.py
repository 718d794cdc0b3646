"""Bad days on purpose: what goes wrong with which request, for tests and training."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Literal, Protocol


@dataclass(frozen=True)
class Fault:
    """What happens to a request instead of a plain answer. Made by the functions below.

    ``acts``: the desk carries the request out first. ``delay``: seconds before the answer (or the cut) goes out.
    ``answer`` None: the connection is cut there; else its status, body and headers are sent. ``half``: the body breaks off.
    ``own``: the desk's own answer is sent (late, or half). ``gate``: as ``delay``, but until somebody opens it.
    """

    acts: bool
    status: int | None = None
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    half: bool = False
    own: bool = False
    gate: threading.Event | None = None


def cut_before() -> Fault:
    """The connection is cut before the desk has acted."""
    return Fault(acts=False)


def cut_after() -> Fault:
    """The desk acts, and the connection is cut before it has answered: the client cannot know."""
    return Fault(acts=True)


def answer(
    status: int,
    body: str | bytes = b'{"errorMessages": ["Practice fault."], "errors": {}}',
    headers: Mapping[str, str] | None = None,
    *,
    acts: bool = False,
) -> Fault:
    """An answer of this status, without acting unless ``acts`` (a gateway that gave up on a request which arrived)."""
    raw = body.encode() if isinstance(body, str) else body
    return Fault(acts, status, raw, {"Content-Type": "application/json", **(headers or {})})


def too_many(
    retry_after: float | Literal["date"] | None,
    reason: str | None = "jira-burst-based",
    *,
    now: float = 0.0,
    status: int = 429,
) -> Fault:
    """429 (or a 503 that asks to wait): ``Retry-After`` in seconds, as a date (30 s after ``now``), or missing."""
    headers = {"RateLimit-Reason": reason} if reason else {}
    if retry_after == "date":
        headers["Retry-After"] = format_datetime(datetime.fromtimestamp(int(now) + 30, UTC), usegmt=True)
    elif retry_after is not None:
        headers["Retry-After"] = f"{retry_after:g}"
    return answer(status, '{"errorMessages": ["Rate limit exceeded."], "errors": {}}', headers)


def html(status: int = 200, *, acts: bool = False) -> Fault:
    """A page where JSON is expected, as proxies and sign-in walls send it."""
    page = "<!DOCTYPE html><html><head><title>Sample proxy page</title></head><body><h1>Sample proxy page</h1></body></html>"
    return answer(status, page, {"Content-Type": "text/html; charset=utf-8"}, acts=acts)


def half_body() -> Fault:
    """The desk acts, and its answer breaks off in the middle of the body."""
    return Fault(acts=True, own=True, half=True)


def slow(seconds: float, *, acts: bool = True) -> Fault:
    """The desk's own answer, after so many seconds; ``acts`` False: the desk also acts only then."""
    return Fault(acts=acts, own=True, delay=seconds)


def held(gate: threading.Event, *, acts: bool = True) -> Fault:
    """The desk's own answer, once the gate is open; ``acts`` False: the desk also acts only then."""
    return Fault(acts=acts, own=True, gate=gate)


Matcher = str | Callable[[str, str], bool]


class Armed:
    """A fault in wait: for the ``nth`` matching request from now on, and ``times`` requests in a row."""

    def __init__(self, matcher: Matcher, fault: Fault, nth: int, times: int | None) -> None:
        self._matcher = matcher
        self._first, self._times = nth, times
        self.fault = fault
        self.seen = 0
        self.hits = 0

    def takes(self, method: str, template: str) -> bool:
        """Count the request; whether the fault is for it."""
        if not self._matches(method, template):
            return False
        self.seen += 1
        hit = self.seen >= self._first and (self._times is None or self.seen < self._first + self._times)
        self.hits += hit
        return hit

    def _matches(self, method: str, template: str) -> bool:
        if not isinstance(self._matcher, str):
            return self._matcher(method, template)
        wanted, _, rest = self._matcher.partition(" ")
        return wanted in ("*", method) and rest in ("", "*", template)


class Chance(Protocol):
    """What lets things go wrong without being asked for them one by one."""

    def fault(self, method: str, template: str) -> Fault:
        """What is to happen to this request."""


class Faults:
    """All faults in wait. The first one that takes a request is what happens to it, else what ``chance`` has for it."""

    def __init__(self) -> None:
        self.chance: Chance | None = None
        self._armed: list[Armed] = []
        self._lock = threading.Lock()

    def add(self, matcher: Matcher, fault: Fault, nth: int, times: int | None) -> Armed:
        """Arm a fault; see ``PracticeDesk.fault``."""
        armed = Armed(matcher, fault, nth, times)
        with self._lock:
            self._armed.append(armed)
        return armed

    def clear(self) -> None:
        """Disarm all of them."""
        with self._lock:
            self._armed.clear()

    def take(self, method: str, template: str) -> Fault | None:
        """What is to happen to this request."""
        with self._lock:
            taken = [armed for armed in self._armed if armed.takes(method, template)]
        if taken:
            return taken[0].fault
        chance = self.chance  # pages for people are left alone: a trainee looks at what was made
        return chance.fault(method, template) if chance is not None and template.startswith("/rest/") else None
