"""Over real connections: no answer is without end, no strange one is a traceback, and nothing of the sign-in goes astray."""

import base64
import gzip
import json
import resource
import socket
import struct
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from ptodesk_gui.desk import bounded, wire
from ptodesk_gui.desk.bounded import json_of
from ptodesk_gui.desk.errors import Kind, TroubleError, TroubleFacts
from ptodesk_gui.desk.session import Session, SiteAccess, open_session

TOKEN = "witness-token-77c1"
EMAIL = "agent@example.com"
Say = Callable[[socket.socket], object]


class Server:
    """Takes connections on loopback, reads a request, and says what it is told to."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self.heads: list[bytes] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection:
                try:
                    head = bytearray()
                    while b"\r\n\r\n" not in head and (more := connection.recv(65536)):
                        head += more
                    self.heads.append(bytes(head))
                    _read_body(connection, bytes(head))
                    self._say(connection)
                except OSError:
                    continue  # the other side has had enough

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()


def _read_body(connection: socket.socket, read: bytes) -> None:
    """Read the request to its end: what is left unread when a connection is closed takes the answer with it."""
    head, _, body = read.partition(b"\r\n\r\n")
    left = next((int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
    left -= len(body)
    while left > 0 and (more := connection.recv(65536)):
        left -= len(more)


Serve = Callable[[Say], Server]


@pytest.fixture
def serve() -> Iterator[Serve]:
    made: list[Server] = []

    def start(say: Say) -> Server:
        made.append(Server(say))
        return made[-1]

    yield start
    for server in made:
        server.close()


@pytest.fixture
def opened() -> Iterator[Callable[[str], Session]]:
    made: list[Session] = []

    def open_one(url: str) -> Session:
        made.append(open_session(SiteAccess(url, EMAIL, TOKEN)))
        return made[-1]

    yield open_one
    for session in made:
        session.close()


def trouble(session: Session) -> TroubleFacts:
    with pytest.raises(TroubleError) as caught:
        session.make("/x", {}, expect=201, once=True)
    return caught.value.facts


def answer(body: bytes, headers: bytes = b"", status: bytes = b"200 OK") -> Say:
    head = b"HTTP/1.1 %s\r\nContent-Length: %d\r\n%s\r\n" % (status, len(body), headers)
    return lambda connection: connection.sendall(head + body)


def over_and_over(first: bytes, piece: bytes) -> Say:
    """Says it until the other side hangs up."""

    def say(connection: socket.socket) -> None:
        connection.sendall(first)
        while True:
            connection.sendall(piece)

    return say


# --- without end ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "piece"),
    [
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (b"HTTP/1.1 201 Created\r\n", b"X-More: and more\r\n"),
        (b"HTTP/1.1 201 Created\r\nX-Long: ", b"x" * 1000),
        (b"", b"\r\n"),
        (b"HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
        (b"HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n1;", b"x" * 1000),
        (b"HTTP/1.1 201 Created\r\n\r\n", b" " * 1000),
    ],
)
def test_whatever_has_no_end_is_given_up(
    first: bytes, piece: bytes, serve: Serve, opened: Callable[[str], Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded, "LONGEST_ANSWER", 0.3)
    facts = trouble(opened(serve(over_and_over(first, piece)).url))
    assert facts.kind is Kind.NO_ANSWER, "it may have happened: it is looked up, not sent again"


def test_an_answer_in_time_is_not_given_up(serve: Serve, opened: Callable[[str], Session]) -> None:
    assert opened(serve(answer(b'{"a": [1]}')).url).get("/x") == {"a": [1]}


def packed_spaces(mebibytes: int) -> bytes:
    """So much of nothing, packed by gzip without ever being in memory, where it would hide what unpacking it takes."""
    piece = b" " * 2**20
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)  # does not look back: it can be repeated
    check = 0
    for _ in range(mebibytes):
        check = zlib.crc32(piece, check)
    head = b"\x1f\x8b\x08" + bytes(7)
    return head + packed * mebibytes + packer.flush() + struct.pack("<II", check, mebibytes * 2**20)


def test_the_packed_spaces_are_what_they_say() -> None:
    assert gzip.decompress(packed_spaces(3)) == b" " * 3 * 2**20


@pytest.mark.skipif(sys.platform == "win32", reason="Windows tells the memory of a program in another way")
@pytest.mark.parametrize("encoding", [b"gzip", b"gzip, gzip"])
def test_a_packed_answer_that_unpacks_to_a_thousand_times_its_size_takes_no_memory(
    encoding: bytes, serve: Serve, opened: Callable[[str], Session]
) -> None:
    bomb = packed_spaces(400)
    if b"," in encoding:
        bomb = gzip.compress(bomb, 9)
    session = opened(serve(answer(bomb, b"Content-Encoding: %s\r\n" % encoding)).url)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert trouble(session).kind is Kind.NO_ANSWER
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert grown < 4 * wire.MOST_BYTES / 2**20, f"{grown:.0f} MiB"


def test_very_many_encodings_are_not_unpacked(serve: Serve, opened: Callable[[str], Session]) -> None:
    body = b"1"
    for _ in range(50):
        body = gzip.compress(body)
    encodings = b", ".join([b"gzip"] * 50)
    server = serve(answer(body, b"Content-Encoding: %s\r\n" % encodings, b"201 Created"))
    assert trouble(opened(server.url)).kind is Kind.NO_ANSWER


# --- strange ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b'{"a": -Infinity}',
        b'{"a": 1e999}',
        b'{"a": ' + b"9" * 10_000 + b"}",
        b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
        b"[" * 50_000 + b"]" * 50_000,
        b'"\xff"',
        '"ü"'.encode("latin-1"),
        b'{"a": "\x00"}',
        b'{"a": 1} {"a": 2}',
        b"{'a': 1}",
        b"",
        b"\xef\xbb\xbf",
    ],
)
def test_what_is_no_json_is_said_to_be_unreadable(body: bytes, serve: Serve, opened: Callable[[str], Session]) -> None:
    facts = trouble(opened(serve(answer(body, status=b"201 Created")).url))
    assert (facts.kind, facts.status) == (Kind.UNREADABLE, 201)


@pytest.mark.parametrize(
    "charset", ["latin-1", "utf-7", "rot13", "idna", "unicode_escape", "no-such", "utf-16", "\x00"]
)
def test_what_the_headers_call_its_letters_changes_nothing(
    charset: str, serve: Serve, opened: Callable[[str], Session]
) -> None:
    header = f"Content-Type: application/json; charset={charset}\r\n".encode()
    assert opened(serve(answer('{"a": "Zoë +AGE-"}'.encode(), header)).url).get("/x") == {"a": "Zoë +AGE-"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_every_unicode_encoding_is_read(encoding: str) -> None:
    assert json_of('{"a": "Zoë 👩‍🔧"}'.encode(encoding)) == {"a": "Zoë 👩‍🔧"}


def test_of_a_key_that_comes_twice_the_last_one_counts() -> None:
    assert json_of(b'{"key": "PTO-1", "key": "PTO-2"}') == {"key": "PTO-2"}


@pytest.mark.parametrize(
    ("body", "read"),
    [
        (rb'"\ud83d"', "\ufffd"),
        (rb'"\ud83d\ude00"', "😀"),
        (rb'"\ude00\ud83d"', "\ufffd\ufffd"),
        (rb'{"\udc00": ["\u0000", 1, null]}', {"\ufffd": ["\ufffd", 1, None]}),
        (rb'"\\ud83d"', "\\ud83d"),
    ],
)
def test_halves_of_letters_and_nulls_become_a_sign_that_can_be_kept(body: bytes, read: Any) -> None:
    """A title cut in the middle of an emoji: neither a file nor the store takes what is left of it."""
    found = json_of(body)
    assert found == read
    json.dumps(found, ensure_ascii=False).encode()


# --- the sign-in goes to the site alone -------------------------------------------------------------------------------

CLOUD = "11111111-2222-3333-4444-555555555555"


@pytest.mark.parametrize(
    ("url", "ours"),
    [
        (f"https://api.atlassian.com/ex/jira/{CLOUD}/rest/api/3/myself", True),
        ("https://company.atlassian.net/rest/api/3/myself", True),
        (f"https://api.atlassian.com/ex/jira/{CLOUD}", False),
        (f"https://api.atlassian.com/ex/jira/{CLOUD}-more/rest", False),
        (f"https://api.atlassian.com/ex/jira/{CLOUD}/../other/rest", False),
        (f"https://api.atlassian.com/ex/jira/{CLOUD}/%2e%2e/other/rest", False),
        ("https://api.atlassian.com/ex/jira/other/rest", False),
        ("https://api.atlassian.com/", False),
        (f"http://api.atlassian.com/ex/jira/{CLOUD}/rest", False),
        (f"https://api.atlassian.com:8443/ex/jira/{CLOUD}/rest", False),
        (f"https://api.atlassian.com.example.com/ex/jira/{CLOUD}/rest", False),
        (f"https://api.atlassian.com@example.com/ex/jira/{CLOUD}/rest", False),
        ("https://company.atlassian.net@example.com/rest", False),
        ("http://company.atlassian.net/rest", False),
        ("http://company.atlassian.net:443/rest", False),
        ("https://company.atlassian.net:8443/rest", False),
    ],
)
def test_over_the_gateway_the_sign_in_is_for_this_cloud_and_the_site_alone(url: str, ours: bool) -> None:
    session = open_session(SiteAccess("https://company.atlassian.net", EMAIL, TOKEN))
    session._gateway.base = f"https://api.atlassian.com/ex/jira/{CLOUD}"  # where a scoped token was found to work
    prepared = requests.Request("GET", url).prepare()
    signed = wire.SiteAuth(EMAIL, TOKEN, session._gateway.is_ours)(prepared)
    session.close()
    assert ("Authorization" in signed.headers) is ours


def test_a_redirect_of_the_gateway_is_not_followed(serve: Serve, opened: Callable[[str], Session]) -> None:
    other = serve(answer(b"{}"))
    location = b"Location: %s/rest\r\n" % other.url.encode()
    gateway = serve(answer(b"", location, b"307 Temporary Redirect"))
    session = opened(serve(answer(b"{}")).url)
    session._gateway.base = f"{gateway.url}/ex/jira/{CLOUD}"
    assert trouble(session).kind is Kind.REDIRECT
    assert len(gateway.heads) == 1
    assert other.heads == []


def test_a_proxy_hears_the_sites_name_and_nothing_of_the_sign_in(
    serve: Serve, opened: Callable[[str], Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = serve(answer(b"no", status=b"502 Bad Gateway"))
    monkeypatch.setenv("HTTPS_PROXY", f"http://proxyuser:proxypass@127.0.0.1:{proxy.port}")
    monkeypatch.setenv("NO_PROXY", "")
    facts = trouble(opened("https://company.example"))
    assert facts.kind is Kind.NOT_SENT
    (head,) = proxy.heads
    assert head.startswith(b"CONNECT company.example:443 ")
    assert base64.b64encode(b"proxyuser:proxypass") in head
    for secret in (TOKEN.encode(), EMAIL.encode(), base64.b64encode(f"{EMAIL}:{TOKEN}".encode()), b"\r\nAuthorization"):
        assert secret not in head


def test_a_proxy_that_never_ends_its_answer_is_given_up(
    serve: Serve, opened: Callable[[str], Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded, "LONGEST_ANSWER", 0.3)
    proxy = serve(over_and_over(b"HTTP/1.1 200 OK\r\n", b"X-More: and more\r\n"))
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
    assert trouble(opened("https://company.example")).kind in (Kind.NOT_SENT, Kind.NO_ANSWER)


@pytest.mark.parametrize("name", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_a_list_of_certificates_of_the_environment_is_not_believed(
    name: str, secure: tuple[int, Path], opened: Callable[[str], Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, certificate = secure
    monkeypatch.setenv(name, str(certificate))
    assert trouble(opened(f"https://127.0.0.1:{port}")).kind is Kind.CERTIFICATE


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """The port of a server with a certificate that nobody has vouched for, and that certificate."""
    program = """
import datetime, ipaddress, ssl, socket, sys
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
key = ec.generate_private_key(ec.SECP256R1())
name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
now, day = datetime.datetime.now(datetime.UTC), datetime.timedelta(days=1)
made = (x509.CertificateBuilder(name, name, key.public_key(), 1).not_valid_before(now - day).not_valid_after(now + day)
    .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
    .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True).sign(key, hashes.SHA256()))
pem = made.public_bytes(serialization.Encoding.PEM)
private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
open(sys.argv[1], "wb").write(private + pem)
tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
tls.load_cert_chain(sys.argv[1])
server = socket.create_server(("127.0.0.1", 0))
print(server.getsockname()[1], flush=True)
while True:
    connection, _ = server.accept()
    try:
        tls.wrap_socket(connection, server_side=True).close()
    except OSError:
        connection.close()
"""
    pytest.importorskip("cryptography.x509")
    certificate = tmp_path / "certificate.pem"
    with subprocess.Popen(
        [sys.executable, "-c", program, str(certificate)], stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        try:
            yield int(server.stdout.readline()), certificate
        finally:
            server.kill()
