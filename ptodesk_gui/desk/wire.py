"""The last inch before the network: certificates from the OS, answers bounded in size and time, nothing kept, nothing logged."""

import logging
import ssl
import time
from collections.abc import Callable, Iterator
from email.utils import parsedate_to_datetime
from http.cookiejar import DefaultCookiePolicy
from typing import Any, Final
from urllib.parse import urlsplit

import requests
import requests.utils
import truststore
import urllib3
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase, HTTPBasicAuth
from urllib3.exceptions import HTTPError, NameResolutionError, NewConnectionError

from ptodesk_gui.desk.address import is_loopback
from ptodesk_gui.desk.bounded import LONGEST_ANSWER, POOLS
from ptodesk_gui.desk.errors import Kind, TroubleFacts
from ptodesk_gui.desk.network import NO_PROXY, CertificatesError

MOST_BYTES: Final = 20 * 1024 * 1024
LEADS_TO: Final = "X-Leads-To"
NO_CERTIFICATES: Final = "The file of certificates that IT has set cannot be used: {file} ({why})."
_PIECE: Final = 64 * 1024


class BrokenAnswerError(requests.RequestException):
    """The answer began and did not end as it should: cut off, too large or too slow. ``status`` is what it began with."""

    def __init__(self, status: int) -> None:
        super().__init__(f"broken answer, status {status}")
        self.status = status


class BoundedAdapter(HTTPAdapter):
    """Sends over connections that trust what the OS trusts, and reads every answer whole within bounds.

    One adapter serves many sessions: its connection pools are made for use from several threads. ``ca_file`` names
    certificates to trust besides. Raises CertificatesError when it cannot be used.
    """

    def __init__(
        self, most_bytes: int = MOST_BYTES, clock: Callable[[], float] = time.monotonic, ca_file: str = ""
    ) -> None:
        self._trust = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        if ca_file:
            try:
                self._trust.load_verify_locations(cafile=ca_file)
            except OSError as error:  # an SSLError is one
                why = "it holds no certificates" if isinstance(error, ssl.SSLError) else error.strerror
                raise CertificatesError(NO_CERTIFICATES.format(file=ca_file, why=why)) from error
        self._most_bytes = most_bytes
        self._clock = clock
        super().__init__(pool_maxsize=16, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """The pool of direct connections, with the OS's trust."""
        super().init_poolmanager(*args, **kwargs, ssl_context=self._trust)
        self.poolmanager.pool_classes_by_scheme = POOLS

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> urllib3.ProxyManager:
        """The pool of connections through a proxy, with the OS's trust."""
        kwargs |= {"ssl_context": self._trust, "proxy_ssl_context": self._trust}
        manager: urllib3.ProxyManager = super().proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = POOLS
        return manager

    def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:
        """Leave the certificates to the OS: the list that comes with requests is not added to it."""
        if str(url).lower().startswith("https"):
            conn.cert_reqs = "CERT_REQUIRED"

    def close(self) -> None:
        """Close the connections now; requests' own way waits until nobody remembers an answer any more."""
        for manager in (self.poolmanager, *self.proxy_manager.values()):
            for key in manager.pools.keys():  # noqa: SIM118 - no dictionary
                if (pool := manager.pools.get(key)) is not None:
                    pool.close()
        super().close()

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        """The answer, read to its end. Raises BrokenAnswerError when it has none within the bounds."""
        kwargs["stream"] = True
        response = super().send(request, *args, **kwargs)
        if (
            "Location" in response.headers
        ):  # where requests does not find it: nothing is followed, nor read as an address
            response.headers[LEADS_TO] = response.headers.pop("Location")
        try:
            response._content = self._read(response)
        except BrokenAnswerError:
            response.close()
            raise
        response._content_consumed = True  # type: ignore[attr-defined]  # requests' own mark for "already read"
        return response

    def _read(self, response: requests.Response) -> bytes:
        until = self._clock() + LONGEST_ANSWER
        content = bytearray()
        try:
            while piece := response.raw.read1(_PIECE, decode_content=True):
                content += piece
                if len(content) > self._most_bytes or self._clock() > until:
                    raise BrokenAnswerError(response.status_code)
        except (HTTPError, OSError) as error:
            raise BrokenAnswerError(response.status_code) from error
        return bytes(content)


class SiteAuth(AuthBase):
    """Basic authentication that goes only to the addresses it is meant for, and never shows its token."""

    def __init__(self, email: str, token: str, belongs: Callable[[str], bool]) -> None:
        self._basic = HTTPBasicAuth(email.encode(), token.encode())
        self._belongs = belongs

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """The request, with the sign-in if its address is the site's."""
        return self._basic(request) if self._belongs(request.url or "") else request

    def __repr__(self) -> str:
        return "SiteAuth(...)"


def no_cookies() -> DefaultCookiePolicy:
    """A policy that keeps no cookie: every request signs in by itself, so a revoked token is noticed at once."""
    return DefaultCookiePolicy(allowed_domains=[])


def keep_libraries_quiet() -> None:
    """Keep the libraries' log lines away from the program's logs: they hold addresses with emails in them, headers and bodies."""
    for name in ("jira", "urllib3", "requests"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def host_of(response: requests.Response) -> str:
    """The host that a redirect names, if it is one that can be shown."""
    try:
        host = urlsplit(response.headers.get(LEADS_TO, "")).hostname or ""
    except ValueError:
        return ""
    return host if host.isascii() and host.isprintable() and len(host) < 100 else ""


def time_of(response: requests.Response) -> float | None:
    """When the server says that it answered, in seconds since 1970; None where it says nothing that can be read."""
    try:
        return parsedate_to_datetime(response.headers.get("Date", "")).timestamp()
    except (ValueError, TypeError, OverflowError, OSError):
        return None


def proxies(url: str, proxy: str = "") -> dict[str, str]:
    """The company's proxy for the address: the one that IT has set, else that of the environment or the OS; none for this computer itself."""
    if is_loopback(urlsplit(url).hostname) or proxy == NO_PROXY:
        return {}
    return {"http": proxy, "https": proxy} if proxy else dict(requests.utils.get_environ_proxies(url))


def facts_of(error: requests.RequestException, once: bool) -> TroubleFacts:
    """How far the request came, told from the exception. What is not known to have stayed here counts as sent."""
    if isinstance(error, BrokenAnswerError):
        if error.status >= 300:  # the status alone says what happened
            return TroubleFacts(Kind.STATUS, once=once, status=error.status)
        return TroubleFacts(Kind.NO_ANSWER, once=once, status=error.status)
    causes = tuple(_causes(error))
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return TroubleFacts(Kind.CERTIFICATE, once=once)
    unsent = (
        requests.exceptions.ConnectTimeout,
        requests.exceptions.ProxyError,
        NewConnectionError,
        NameResolutionError,
    )
    not_a_request = (
        requests.exceptions.InvalidURL,
        requests.exceptions.InvalidSchema,
        requests.exceptions.MissingSchema,
    )
    if any(isinstance(cause, unsent + not_a_request) for cause in causes):
        return TroubleFacts(Kind.NOT_SENT, once=once)
    return TroubleFacts(Kind.NO_ANSWER, once=once)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The exception and everything it wraps, however the libraries keep it."""
    seen: set[int] = set()
    waiting: list[object] = [error]
    while waiting:
        one = waiting.pop()
        if isinstance(one, BaseException) and id(one) not in seen:
            seen.add(id(one))
            yield one
            waiting += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]
