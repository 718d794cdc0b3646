"""One site, signed in: every request of the desk goes through here, once, and comes back as JSON or as trouble."""

import contextlib
import queue
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from ptodesk_gui import __version__
from ptodesk_gui.desk.address import site_address
from ptodesk_gui.desk.errors import Kind, TroubleError, TroubleFacts, from_answer
from ptodesk_gui.desk.gateway import GATEWAY, Gateway
from ptodesk_gui.desk.manners import Hold
from ptodesk_gui.desk.network import AS_THE_SYSTEM, Network

if TYPE_CHECKING:
    import jira
    import requests

CONNECT_SECONDS: Final = 5.0
READ_SECONDS: Final = 30.0

PAGE: Final = 100
MOST_PAGES: Final = 500  # a list that never ends is not read for ever

Json = Any
Params = Mapping[str, str | int]


def objects(answer: Json, key: str | None = None) -> list[dict[str, Json]]:
    """The objects in a list of an answer. Raises TroubleError when the answer is no such thing."""
    values = answer if key is None else None
    if key is not None and isinstance(answer, dict):
        values = answer.get(key)
    if not isinstance(values, list):
        raise TroubleError(TroubleFacts(Kind.UNREADABLE))
    return [value for value in values if isinstance(value, dict)]


@dataclass(frozen=True, slots=True)
class SiteAccess:
    """Where the site is and who signs in. The token appears neither in ``repr`` nor in comparisons' messages."""

    url: str
    email: str
    token: str = field(repr=False)
    network: Network = AS_THE_SYSTEM


class Session:
    """An authenticated connection to one site, for use from several threads at once.

    Every method makes one attempt. Trouble comes as TroubleError, nothing else. A scoped API token is refused by the site
    itself; it is then tried at Atlassian's gateway, once, and the gateway is used from there on. Where the site asks
    everybody to wait, nothing is sent until then. ``now`` is the time of day, ``clock`` one that is never set.
    """

    def __init__(
        self,
        access: SiteAccess,
        gateway: str = GATEWAY,
        now: Callable[[], float] = time.time,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        from ptodesk_gui.desk import wire  # imported late: it brings requests with it

        self.site_url = site_address(access.url)
        self._access = access
        self._now = now
        self._hold = Hold(clock)
        self._gateway = Gateway(self.site_url, site_address(gateway), self._found_out, now)
        self.clock_off: float | None = (
            None  # seconds that the site's clock is ahead of this computer's, by its last answer
        )
        self._idle: queue.LifoQueue[jira.JIRA] = queue.LifoQueue()
        self._adapter = wire.BoundedAdapter(ca_file=access.network.ca_file)
        wire.keep_libraries_quiet()

    def __repr__(self) -> str:
        return f"Session({self.site_url!r})"

    def close(self) -> None:
        """Let go of the connections. Requests that are under way end by themselves."""
        self._adapter.close()

    def get(self, path: str, params: Params | None = None, *, experimental: bool = False) -> Json:
        """The JSON at the path. Harmless to repeat. ``experimental``: the API document marks the operation so."""
        return self.call("GET", path, params=params, once=False, experimental=experimental)

    def pages(
        self, path: str, params: Params | None = None, *, experimental: bool = False
    ) -> Iterator[dict[str, Json]]:
        """Every value of a Service Management list, page after page."""
        start = 0
        for _ in range(MOST_PAGES):
            page = self.get(path, {**(params or {}), "start": start, "limit": PAGE}, experimental=experimental)
            values = objects(page, "values")
            yield from values
            start += len(values)
            if page.get("isLastPage") is not False or not values:
                return

    def ask(self, path: str, body: Json, params: Params | None = None) -> Json:
        """The JSON answer to a POST that only reads (a search)."""
        return self.call("POST", path, params=params, body=body, once=False)

    def make(self, path: str, body: Json, *, expect: int, once: bool) -> Json:
        """POST. ``once``: a repetition may make a second one, so a lost answer is not trouble to be tried again."""
        return self.call("POST", path, body=body, expect=expect, once=once)

    def put(self, path: str, body: Json) -> None:
        """PUT of absolute values, harmless to repeat."""
        self.call("PUT", path, body=body, expect=204, once=False)

    def set_property(self, path: str, value: Json) -> None:
        """PUT of an entity property, 201 where it is new and 200 where it is not; harmless to repeat."""
        self.call("PUT", path, body=value, expect=201, or_else=200, once=False)

    def call(
        self,
        method: str,
        path: str,
        *,
        once: bool,
        params: Params | None = None,
        body: Json = None,
        expect: int = 200,
        or_else: int = 0,
        experimental: bool = False,
    ) -> Json:
        """One request, and its JSON (None where the expected status has no content). Raises TroubleError."""
        self._hold.check(once=once)
        base = self._gateway.base
        headers = {"X-ExperimentalApi": "opt-in"} if experimental else None
        response = self._send(method, base + path, params, body, once, headers)
        if response.status_code == 401 and self._gateway.moved(base):
            response = self._send(method, self._gateway.base + path, params, body, once, headers)
        return self._read(response, (expect, or_else), once)

    def _found_out(self, url: str) -> "requests.Response":
        """The answer to a question about where the token works, whatever it is."""
        self._hold.check(once=False)
        answer = self._send("GET", url, None, None, once=False)
        self._hold.note(from_answer(answer.status_code, answer.headers, None, once=False, now=self._now()))
        return answer

    # -- what comes back

    def _read(self, response: "requests.Response", expect: tuple[int, int], once: bool) -> Json:
        status = response.status_code
        if status in expect:
            self._gateway.settle()
            return None if status == 204 or (not response.content and not once) else self._json(response, once)
        if 300 <= status < 400:
            from ptodesk_gui.desk import wire

            raise TroubleError(TroubleFacts(Kind.REDIRECT, once=once, status=status, elsewhere=wire.host_of(response)))
        if status < 300:
            raise TroubleError(TroubleFacts(Kind.UNREADABLE, once=once, status=status))
        body = None
        with contextlib.suppress(ValueError):
            body = _plain(response)
        facts = from_answer(status, response.headers, body, once=once, now=self._now())
        self._hold.note(facts)
        raise TroubleError(facts)

    @staticmethod
    def _json(response: "requests.Response", once: bool) -> Json:
        try:
            return _plain(response)
        except ValueError:
            raise TroubleError(TroubleFacts(Kind.UNREADABLE, once=once, status=response.status_code)) from None

    # -- what goes out

    def _send(
        self,
        method: str,
        url: str,
        params: Params | None,
        body: Json,
        once: bool,
        headers: Mapping[str, str] | None = None,
    ) -> "requests.Response":
        import requests

        from ptodesk_gui.desk import wire

        with self._client() as client:
            try:
                # Not ResilientSession.request: it repeats requests by itself, and trips over error bodies that are not objects.
                answer = requests.Session.request(
                    client._session,
                    method,
                    url,
                    params=params,
                    json=body,
                    headers=headers,
                    timeout=(CONNECT_SECONDS, READ_SECONDS),
                    allow_redirects=False,
                )
            except requests.RequestException as error:
                raise TroubleError(wire.facts_of(error, once)) from None
        if (said := wire.time_of(answer)) is not None:
            self.clock_off = said - self._now()
        return answer

    @contextlib.contextmanager
    def _client(self) -> "Iterator[jira.JIRA]":
        """A client that no other thread is using; they share one pool of connections."""
        try:
            client = self._idle.get_nowait()
        except queue.Empty:
            client = self._new_client()
        try:
            yield client
        finally:
            self._idle.put(client)

    def _new_client(self) -> "jira.JIRA":
        import jira

        from ptodesk_gui.desk import wire

        client = jira.JIRA(
            server=self.site_url,
            options={
                "rest_api_version": "3",
                "headers": {"User-Agent": f"ptodesk/{__version__}"},
            },
            get_server_info=False,
            max_retries=0,
            timeout=(CONNECT_SECONDS, READ_SECONDS),
            logging=False,
            proxies=wire.proxies(self.site_url, self._access.network.proxy),
        )
        session = client._session
        session.trust_env = False  # no .netrc, and no list of certificates from the environment
        session.auth = wire.SiteAuth(self._access.email, self._access.token, self._gateway.is_ours)
        session.cookies.set_policy(wire.no_cookies())
        session.mount("https://", self._adapter)
        session.mount("http://", self._adapter)
        return client


def _plain(response: "requests.Response") -> Json:
    from ptodesk_gui.desk.bounded import json_of

    return json_of(response.content)


def open_session(
    access: SiteAccess,
    *,
    gateway: str = GATEWAY,
    now: Callable[[], float] = time.time,
    clock: Callable[[], float] = time.monotonic,
) -> Session:
    """A session for the site; sends nothing yet. Raises AddressError for an address that is not used, CertificatesError for certificates that cannot be."""
    return Session(access, gateway, now, clock)
