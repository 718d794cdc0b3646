"""The proxy and the certificates that IT has set are what requests go by: over real TLS, through a real proxy."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ptodesk_gui.desk import wire
from ptodesk_gui.desk.errors import Kind, TroubleError
from ptodesk_gui.desk.network import CertificatesError, Network
from ptodesk_gui.desk.session import Session, SiteAccess
from tests.company import Authority, Proxy, Server, proxying, serving

HOST = "desk.example"
ME = "/rest/api/3/myself"


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    with proxying() as made:
        yield made


@pytest.fixture
def site(authority: Authority, proxy: Proxy) -> Iterator[Server]:
    """The company's site: nobody knows its address but the proxy."""
    with serving(authority.context(HOST)) as made:
        made.answers[ME] = (200, {"Content-Type": "application/json"}, b'{"accountId": "1"}')
        proxy.reaches[HOST] = made.port
        yield made


def asked(network: Network) -> object:
    session = Session(SiteAccess(f"https://{HOST}", "agent@example.com", "witness-token", network))
    try:
        return session.get(ME)
    finally:
        session.close()


def test_requests_go_through_the_proxy_that_it_has_set_and_trust_its_certificates(
    authority: Authority, proxy: Proxy, site: Server
) -> None:
    assert asked(Network(proxy.url, str(authority.file))) == {"accountId": "1"}
    assert proxy.asked == [f"{HOST}:443"]
    (path, headers) = site.asked[0]
    assert path == ME
    assert headers["Authorization"].startswith("Basic ")


def test_without_its_certificates_nothing_is_sent_to_a_site_that_nobody_vouches_for(proxy: Proxy, site: Server) -> None:
    with pytest.raises(TroubleError) as wrong:
        asked(Network(proxy.url))
    assert wrong.value.facts.kind is Kind.CERTIFICATE
    assert site.asked == []


def test_its_certificates_vouch_for_the_name_that_is_asked_for_and_no_other(
    tmp_path: Path, authority: Authority, proxy: Proxy
) -> None:
    with serving(authority.context("other.example")) as other:
        proxy.reaches[HOST] = other.port
        with pytest.raises(TroubleError) as wrong:
            asked(Network(proxy.url, str(authority.file)))
        assert wrong.value.facts.kind is Kind.CERTIFICATE
        assert other.asked == []


def test_a_proxy_that_does_not_let_it_through_has_sent_nothing(authority: Authority, proxy: Proxy) -> None:
    with pytest.raises(TroubleError) as wrong:
        asked(Network(proxy.url, str(authority.file)))
    assert wrong.value.facts.kind is Kind.NOT_SENT


@pytest.mark.parametrize(("content", "why"), [(None, "No such file"), ("no certificate", "it holds no certificates")])
def test_a_file_of_certificates_that_cannot_be_used_is_said(tmp_path: Path, content: str | None, why: str) -> None:
    file = tmp_path / "company.pem"
    if content is not None:
        file.write_text(content, "utf-8")
    with pytest.raises(CertificatesError, match=why):
        wire.BoundedAdapter(ca_file=str(file))


def test_what_it_has_set_holds_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://environment.example:1")
    monkeypatch.setenv("NO_PROXY", HOST)
    site = f"https://{HOST}"
    assert wire.proxies(site, "http://proxy.example:3128")["https"] == "http://proxy.example:3128"
    assert wire.proxies("https://other.example", "none") == {}
    assert wire.proxies("https://other.example")["https"] == "http://environment.example:1"
    assert wire.proxies("http://127.0.0.1:8080", "http://proxy.example:3128") == {}
