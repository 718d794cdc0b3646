"""What goes over the wire: to whom the token goes, what is believed of an answer, and how trouble is told apart."""

import contextlib
import logging
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from ptodesk_gui.desk import wire
from ptodesk_gui.desk.address import AddressError, is_loopback, site_address
from ptodesk_gui.desk.desk import Later, Refused
from ptodesk_gui.desk.errors import Kind, TroubleError, TroubleFacts, outcome
from ptodesk_gui.desk.session import Session, SiteAccess, open_session

TOKEN = "witness-token-5f3a"
EMAIL = "agent@example.com"


class Site:
    """A server on loopback that answers every request as it is told to."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self._server = server
        self.scheme = "http"
        self.requests: list[tuple[str, str, dict[str, str]]] = []
        self.status, self.headers, self.body = 200, {"Content-Type": "application/json"}, b"{}"
        self.raw: bytes | None = None  # sent instead of an answer
        self.answers: dict[str, tuple[int, bytes]] = {}  # by path

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self._server.server_address[1]}"

    @property
    def authorized(self) -> list[bool]:
        return ["Authorization" in headers for _, _, headers in self.requests]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        self.site.requests.append((self.command, self.path, dict(self.headers)))
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.site.raw is not None:
            self.wfile.write(self.site.raw)
            self.close_connection = True
            return
        status, body = self.site.answers.get(self.path, (self.site.status, self.site.body))
        self.send_response(status)
        for name, value in self.site.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_PUT = do_GET  # noqa: N815 - names of the library's

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextlib.contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    handler = type("OwnHandler", (Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    site = handler.site = Site(server)  # type: ignore[attr-defined]
    site.scheme = "https" if tls else "http"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def other() -> Iterator[Site]:
    with serving() as site:
        yield site


Open = Callable[..., Session]


@pytest.fixture
def opened() -> Iterator[Open]:
    made: list[Session] = []

    def open_one(url: str, **more: Any) -> Session:
        made.append(open_session(SiteAccess(url, EMAIL, TOKEN), **more))
        return made[-1]

    yield open_one
    for session in made:
        session.close()


def trouble(act: Callable[[], Any]) -> TroubleFacts:
    with pytest.raises(TroubleError) as caught:
        act()
    return caught.value.facts


# --- addresses --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "used"),
    [
        ("https://Company.atlassian.net/", "https://company.atlassian.net"),
        (" https://company.atlassian.net ", "https://company.atlassian.net"),
        ("https://jira.example.com:8443/desk/", "https://jira.example.com:8443/desk"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://localhost:80", "http://localhost:80"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_a_sites_address_is_used_in_one_form(typed: str, used: str) -> None:
    assert site_address(typed) == used


@pytest.mark.parametrize(
    "typed",
    [
        "http://company.atlassian.net",
        "http://127.0.0.1.example.com",
        "http://2130706433",
        "company.atlassian.net",
        "ftp://company.atlassian.net",
        "https://",
        "",
        "https://user:secret@company.atlassian.net",
        "https://company.atlassian.net/?x=1",
        "https://company.atlassian.net:port",
        "https://[::1",
        "file:///etc/passwd",
    ],
)
def test_any_other_address_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(AddressError, match=r"\.$"):
        site_address(typed)


def test_only_this_computer_is_loopback() -> None:
    assert [is_loopback(h) for h in ("localhost", "127.0.0.1", "127.9.9.9", "::1")] == [True] * 4
    assert [is_loopback(h) for h in ("example.com", "10.0.0.1", "", None, "localhost.example.com")] == [False] * 5


def test_the_desk_is_imported_without_what_it_sends_with() -> None:
    heavy = ["jira", "requests", "urllib3", "truststore", "keyring", "pydantic"]
    program = f"import sys, ptodesk_gui.desk.jira_desk; print([m for m in {heavy} if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert found.stdout.strip() == "[]"


# --- the token --------------------------------------------------------------------------------------------------------


def test_requests_sign_in_and_keep_no_cookies(site: Site, opened: Open) -> None:
    site.headers["Set-Cookie"] = "JSESSIONID=1; Path=/"
    session = opened(site.url)
    session.get("/rest/api/3/myself")
    session.get("/rest/api/3/myself")
    assert site.authorized == [True, True]
    assert all("Cookie" not in headers for _, _, headers in site.requests)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_redirect_is_not_followed_and_the_token_goes_nowhere_else(
    status: int, method: str, site: Site, other: Site, opened: Open
) -> None:
    site.status, site.headers["Location"] = status, f"{other.url}/login"
    facts = trouble(lambda: opened(site.url).call(method, "/rest/api/3/myself", once=method == "POST"))
    assert facts.kind is Kind.REDIRECT
    assert facts.elsewhere == "127.0.0.1"
    assert other.requests == []
    assert len(site.requests) == 1


def test_an_unreadable_redirect_is_one_too(site: Site, opened: Open) -> None:
    site.status, site.headers["Location"] = 302, "http://[::1"
    assert trouble(lambda: opened(site.url).get("/x")).elsewhere == ""


def test_the_sign_in_is_added_only_for_the_sites_own_addresses() -> None:
    import requests

    session = open_session(SiteAccess("https://company.atlassian.net", EMAIL, TOKEN))
    auth = wire.SiteAuth(EMAIL, TOKEN, session._gateway.is_ours)
    for url, ours in {
        "https://company.atlassian.net/rest": True,
        "https://company.atlassian.net:443/rest": True,
        "http://company.atlassian.net/rest": False,
        "https://company.atlassian.net:8443/rest": False,
        "https://company.atlassian.net.example.com/": False,
        "https://api.atlassian.com/ex/jira/1/rest": False,
    }.items():
        prepared = requests.Request("GET", url).prepare()
        assert ("Authorization" in auth(prepared).headers) is ours, url
    session.close()


def test_the_token_is_in_no_repr_and_in_no_log_line(site: Site, opened: Open, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    site.status, site.body = 401, b'{"message": "no"}'
    session = opened(site.url)
    facts = trouble(lambda: session.get("/rest/api/3/user/search", {"query": "witness@example.com"}))
    access = SiteAccess(site.url, EMAIL, TOKEN)
    shown = f"{access!r} {session!r} {session._access!r} {facts!r} {TroubleError(facts)!r} {caplog.text}"
    assert TOKEN not in shown
    assert "witness" not in shown
    with session._client() as client:
        assert TOKEN not in repr(client._session.auth)


def test_a_netrc_file_signs_in_nobody(site: Site, opened: Open, own_home: Path) -> None:
    (own_home / ".netrc").write_text("machine 127.0.0.1 login other password other\n")
    opened(site.url).get("/x")
    (_, _, headers) = site.requests[0]
    import base64

    assert base64.b64decode(headers["Authorization"].removeprefix("Basic ")).decode() == f"{EMAIL}:{TOKEN}"


def test_letters_beyond_ascii_in_email_and_token_are_sent(site: Site) -> None:
    session = open_session(SiteAccess(site.url, "jürgen@example.com", "tökén€"))
    session.get("/x")
    session.close()
    assert site.authorized == [True]


def test_a_proxy_of_the_environment_is_not_used_for_this_computer(
    site: Site, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "")
    opened(site.url).get("/x")
    assert len(site.requests) == 1
    assert wire.proxies("https://company.atlassian.net")["https"] == "http://127.0.0.1:9"


# --- what is believed of an answer ------------------------------------------------------------------------------------


@pytest.mark.parametrize("body", [b"", b"<html>", b"{", b"\xff\xfe\x00", b"[" * 100_000, b"1" * 5000])
def test_a_success_that_is_no_json_is_unreadable(body: bytes, site: Site, opened: Open) -> None:
    site.status, site.body = 201, body
    facts = trouble(lambda: opened(site.url).make("/x", {}, expect=201, once=True))
    assert (facts.kind, facts.once) == (Kind.UNREADABLE, True)


@pytest.mark.parametrize("status", [200, 202, 204])
def test_a_success_of_another_kind_is_unreadable(status: int, site: Site, opened: Open) -> None:
    site.status = status
    assert trouble(lambda: opened(site.url).make("/x", {}, expect=201, once=True)).kind is Kind.UNREADABLE


@pytest.mark.parametrize("body", [b"null", b"5", b"[1]", b'"x"', b"<html>", b"", b"{"])
def test_a_refusal_with_a_strange_body_is_a_refusal(body: bytes, site: Site, opened: Open) -> None:
    site.status, site.body = 403, body
    facts = trouble(lambda: opened(site.url).get("/x"))
    assert (facts.kind, facts.status, facts.messages) == (Kind.STATUS, 403, ())


def test_an_answer_too_large_is_not_read_to_its_end(site: Site, opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    session = opened(site.url)
    monkeypatch.setattr(session._adapter, "_most_bytes", 1000)
    site.body = b"[" + b"1," * 2000 + b"1]"
    assert trouble(lambda: session.make("/x", {}, expect=200, once=True)).kind is Kind.NO_ANSWER
    site.body = b"[1]"
    assert session.get("/x") == [1]


def test_a_packed_answer_counts_by_what_it_unpacks_to(
    site: Site, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    import gzip

    session = opened(site.url)
    monkeypatch.setattr(session._adapter, "_most_bytes", 100_000)
    site.headers["Content-Encoding"] = "gzip"
    site.body = gzip.compress(b" " * 10_000_000 + b"1")
    assert trouble(lambda: session.get("/x")).kind is Kind.NO_ANSWER


def test_an_answer_that_drips_is_given_up(site: Site, opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    session = opened(site.url)
    times = iter([0.0, wire.LONGEST_ANSWER + 1])
    monkeypatch.setattr(session._adapter, "_clock", lambda: next(times))
    assert trouble(lambda: session.get("/x")).kind is Kind.NO_ANSWER


@pytest.mark.parametrize(
    ("raw", "kind", "status"),
    [
        (b"", Kind.NO_ANSWER, None),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", Kind.NO_ANSWER, 200),
        (b"HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{", Kind.NO_ANSWER, 201),
        (b"HTTP/1.1 400 Bad Request\r\nContent-Length: 100\r\n\r\n{", Kind.STATUS, 400),
        (b"HTTP/1.1 500 Oh\r\nContent-Length: 100\r\n\r\n{", Kind.STATUS, 500),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}", Kind.NO_ANSWER, 200),
        (b"nonsense\r\n\r\n", Kind.NO_ANSWER, None),
    ],
)
def test_half_an_answer_tells_only_what_its_status_says(
    raw: bytes, kind: Kind, status: int | None, site: Site, opened: Open
) -> None:
    site.raw = raw
    facts = trouble(lambda: opened(site.url).make("/x", {}, expect=201, once=True))
    assert (facts.kind, facts.status) == (kind, status)


def test_connections_are_used_again(site: Site, opened: Open) -> None:
    seen: set[Any] = set()
    handle = Handler.do_GET

    def note(self: Handler) -> None:
        seen.add(self.client_address)
        handle(self)

    session = opened(site.url)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Handler, "do_GET", note)
        for _ in range(3):
            session.get("/x")
    assert len(seen) == 1


def test_several_threads_may_ask_at_once(site: Site, opened: Open) -> None:
    from ptodesk_gui.desk.together import together

    session = opened(site.url)
    assert together(*([lambda: session.get("/x")] * 8)) == [{}] * 8
    assert session._idle.qsize() <= 8


# --- how far a request came -------------------------------------------------------------------------------------------


def test_a_refused_connection_was_not_sent(opened: Open) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    facts = trouble(lambda: opened(f"http://127.0.0.1:{port}").make("/x", {}, expect=201, once=True))
    assert facts.kind is Kind.NOT_SENT


def test_an_unknown_host_was_not_sent_to(opened: Open, network_attempts: list[str]) -> None:
    facts = trouble(lambda: opened("https://nobody.example").make("/x", {}, expect=201, once=True))
    assert facts.kind is Kind.NOT_SENT
    network_attempts.clear()


def test_an_answer_that_does_not_come_in_time_is_lost(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ptodesk_gui.desk.session.READ_SECONDS", 0.05)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        session = opened(f"http://127.0.0.1:{silent.getsockname()[1]}")
        facts = trouble(lambda: session.make("/x", {}, expect=201, once=True))
        assert facts.kind is Kind.NO_ANSWER
        session.close()


# --- certificates -----------------------------------------------------------------------------------------------------


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for 127.0.0.1 that nobody has vouched for, with its key, in one file."""
    import datetime
    import ipaddress

    x509 = pytest.importorskip("cryptography.x509")
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "certificate.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return file


@pytest.fixture
def secure_site(certificate: Path) -> Iterator[Site]:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    with serving(tls) as site:
        yield site


def test_a_certificate_that_this_computer_does_not_trust_stops_the_request(secure_site: Site, opened: Open) -> None:
    facts = trouble(lambda: opened(secure_site.url).make("/x", {}, expect=201, once=True))
    assert facts.kind is Kind.CERTIFICATE
    assert secure_site.requests == []


def test_a_certificate_that_this_computer_trusts_is_taken(
    secure_site: Site, certificate: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert opened(secure_site.url).get("/x") == {}
    assert secure_site.authorized == [True]


# --- scoped tokens ----------------------------------------------------------------------------------------------------

MYSELF = "/rest/api/3/myself"
CLOUD = "11111111-2222-3333-4444-555555555555"


@pytest.fixture
def scoped(site: Site, other: Site) -> Site:
    """A site that refuses the token, and a gateway (``other``) that takes it."""
    site.status, site.body = 401, b"{}"
    site.answers["/_edge/tenant_info"] = (200, b'{"cloudId": "%s"}' % CLOUD.encode())
    other.status = 404
    other.answers[f"/ex/jira/{CLOUD}{MYSELF}"] = (200, b'{"accountId": "1"}')
    other.answers[f"/ex/jira/{CLOUD}/x"] = (200, b"[1]")
    return site


def test_a_site_on_this_computer_never_sends_its_sign_in_to_the_gateway_on_the_internet(
    scoped: Site, opened: Open, network_attempts: list[str]
) -> None:
    """The practice desk refuses a token: nobody else is asked."""
    session = opened(scoped.url, gateway="https://api.atlassian.com/ex/jira")
    with pytest.raises(TroubleError):
        session.get("/rest/api/3/myself")
    assert network_attempts == []


def test_a_scoped_token_is_taken_to_the_gateway_and_stays_there(scoped: Site, other: Site, opened: Open) -> None:
    session = opened(scoped.url, gateway=f"{other.url}/ex/jira")
    assert session.get("/x") == [1]
    assert session.get("/x") == [1]
    assert [path for _, path, _ in scoped.requests] == ["/x", "/_edge/tenant_info"]
    assert [path for _, path, _ in other.requests] == [f"/ex/jira/{CLOUD}{p}" for p in (MYSELF, "/x", "/x")]
    assert all(other.authorized)
    assert session.site_url == scoped.url


def test_a_token_that_nobody_takes_is_a_refused_sign_in(scoped: Site, other: Site, opened: Open) -> None:
    other.answers.clear()
    other.status = 401
    session = opened(scoped.url, gateway=f"{other.url}/ex/jira")
    for _ in range(2):
        assert trouble(lambda: session.get("/x")).status == 401
    assert [path for _, path, _ in scoped.requests] == ["/x", "/_edge/tenant_info", "/x"]


@pytest.mark.parametrize(
    "tenant", [b"{}", b"null", b"<html>", b'{"cloudId": 5}', b'{"cloudId": "../../evil"}', b'{"cloudId": ""}']
)
def test_a_strange_cloud_id_leads_nowhere(tenant: bytes, scoped: Site, other: Site, opened: Open) -> None:
    scoped.answers["/_edge/tenant_info"] = (200, tenant)
    session = opened(scoped.url, gateway=f"{other.url}/ex/jira")
    assert trouble(lambda: session.get("/x")).status == 401
    assert other.requests == []


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_while_the_gateway_cannot_be_asked_nobody_is_told_to_sign_in_again(
    status: int, scoped: Site, other: Site, opened: Open
) -> None:
    """The token may be a good one with scopes: it is tried again, and then taken to the gateway."""
    other.answers[f"/ex/jira/{CLOUD}{MYSELF}"] = (status, b"{}")
    session = opened(scoped.url, gateway=f"{other.url}/ex/jira")
    for _ in range(2):
        facts = trouble(lambda: session.get("/x"))
        assert facts.kind is Kind.NO_GATEWAY
        assert isinstance(outcome(facts), Later)
    other.answers[f"/ex/jira/{CLOUD}{MYSELF}"] = (200, b"{}")
    assert session.get("/x") == [1]


def test_a_gateway_that_cannot_be_reached_is_tried_again(scoped: Site, opened: Open) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        session = opened(scoped.url, gateway=f"http://127.0.0.1:{nobody.getsockname()[1]}/ex/jira")
        assert trouble(lambda: session.get("/x")).kind is Kind.NO_GATEWAY


def test_while_the_site_does_not_give_its_cloud_id_it_is_tried_again(scoped: Site, other: Site, opened: Open) -> None:
    known = scoped.answers["/_edge/tenant_info"]
    scoped.answers["/_edge/tenant_info"] = (503, b"{}")
    session = opened(scoped.url, gateway=f"{other.url}/ex/jira")
    assert isinstance(outcome(trouble(lambda: session.get("/x"))), Later)
    scoped.answers["/_edge/tenant_info"] = known
    assert session.get("/x") == [1]


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_gateway_that_refuses_the_token_leaves_the_sites_refusal(
    status: int, scoped: Site, other: Site, opened: Open
) -> None:
    other.answers[f"/ex/jira/{CLOUD}{MYSELF}"] = (status, b"{}")
    session = opened(scoped.url, gateway=f"{other.url}/ex/jira")
    found = outcome(trouble(lambda: session.get("/x")))
    assert isinstance(found, Refused)
    assert found.sign_in


def test_a_token_that_worked_at_the_site_is_not_taken_elsewhere(scoped: Site, other: Site, opened: Open) -> None:
    scoped.answers["/y"] = (200, b"{}")
    session = opened(scoped.url, gateway=f"{other.url}/ex/jira")
    session.get("/y")
    assert trouble(lambda: session.get("/x")).status == 401
    assert other.requests == []
