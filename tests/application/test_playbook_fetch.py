"""A playbook is fetched over https or from a share, checked, pinned where the policy says so; the last good one stays whatever comes."""

import contextlib
import dataclasses
import io
import shutil
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from ptodesk_gui.application.playbook_fetch import fetch
from ptodesk_gui.application.playbooks import OURS, InUse, fetched_in_use
from ptodesk_gui.sop.faults import PlaybookFaults
from ptodesk_gui.workstation import playbook_archive
from ptodesk_gui.workstation.playbook_archive import hash_of, load_archive, new_key, pack, sign
from ptodesk_gui.workstation.playbook_files import load_playbook, packaged_playbook
from ptodesk_gui.workstation.playbook_shelf import PlaybookShelf
from ptodesk_gui.workstation.policy import PlaybookSource
from ptodesk_gui.workstation.settings import Settings
from tests.company import Authority, Proxy, Server, proxying, serving

TODAY = date(2026, 3, 14)
HOST = "files.example"
ADDRESS = f"https://{HOST}/playbook.zip"


@pytest.fixture
def shelf(tmp_path: Path) -> PlaybookShelf:
    return PlaybookShelf(tmp_path / "data" / "playbook")


@pytest.fixture
def lead(tmp_path: Path) -> Path:
    """A lead's folder with version 7."""
    folder = Path(shutil.copytree(packaged_playbook(), tmp_path / "lead"))
    change(folder, 'version = "1"', 'version = "7"')
    return folder


def change(folder: Path, before: str, after: str) -> None:
    file = folder / "playbook.toml"
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")


def look(shelf: PlaybookShelf, source: PlaybookSource, **more: str) -> InUse:
    fetch(Settings(source=source, **more), shelf, now=lambda: 1_773_500_000.0)  # type: ignore[arg-type]
    return fetched_in_use(source, shelf, TODAY)


def after_version_8_with(lead: Path, shelf: PlaybookShelf, before: str, after: str) -> InUse:
    """What is in use when version 7 was fetched and version 8, changed so, lies there now."""
    source = PlaybookSource(str(lead))
    look(shelf, source)
    change(lead, 'version = "7"', 'version = "8"')
    change(lead, before, after)
    return look(shelf, source)


def versions(found: InUse) -> tuple[str, str, tuple[str, ...]]:
    return found.playbook.version, found.notice, found.faults


# --- from a share -----------------------------------------------------------------------------------------------------


def test_a_folder_of_a_share_is_fetched_and_used(lead: Path, shelf: PlaybookShelf) -> None:
    found = look(shelf, PlaybookSource(str(lead)))
    assert versions(found) == ("7", "", ())
    assert found.origin == f"It was fetched from {lead}, last on 3/14/2026 at 14:53 UTC."


def test_without_the_share_the_last_one_stays_and_that_is_no_alarm(lead: Path, shelf: PlaybookShelf) -> None:
    source = PlaybookSource(str(lead))
    look(shelf, source)
    shutil.rmtree(lead)
    found = look(shelf, source)
    assert (found.playbook.version, found.notice) == ("7", "")
    assert len(found.faults) == 1
    assert "could not be fetched" in found.faults[0]


def test_before_the_first_one_came_the_programs_own_is_used_and_said(lead: Path, shelf: PlaybookShelf) -> None:
    found = look(shelf, PlaybookSource(str(lead / "none.zip")))
    assert (found.playbook.version, found.origin) == ("1", OURS)
    assert "was not fetched yet. In use is version 1." in found.notice


def test_a_newer_one_with_faults_is_not_used_and_every_fault_is_named(lead: Path, shelf: PlaybookShelf) -> None:
    found = after_version_8_with(lead, shelf, "grace_days = 60", 'grace_days = "60"')
    assert found.playbook.version == "7"
    assert found.notice.endswith("is not used (1 fault). In use is version 7.")
    assert found.faults[0].startswith("playbook.toml, line ")


def test_one_that_holds_later_waits_for_its_day_and_the_one_before_stays(lead: Path, shelf: PlaybookShelf) -> None:
    found = after_version_8_with(lead, shelf, "valid_from = 2026-01-01", "valid_from = 2026-04-01")
    assert found.playbook.version == "7"
    assert "Version 8 of the playbook holds from 4/1/2026 on" in found.notice
    assert fetched_in_use(PlaybookSource(str(lead)), shelf, date(2026, 4, 1)).playbook.version == "8"


def test_an_older_one_that_is_put_there_again_is_not_used(lead: Path, shelf: PlaybookShelf) -> None:
    source = PlaybookSource(str(lead))
    look(shelf, source)
    change(lead, 'version = "7"', 'version = "6"')
    change(lead, "valid_from = 2026-01-01", "valid_from = 2025-12-01")
    found = look(shelf, source)
    assert found.playbook.version == "7"
    assert "an earlier day than the one in use" in found.faults[0]


def test_what_is_kept_and_was_damaged_is_as_if_it_were_not_there(
    lead: Path, shelf: PlaybookShelf, tmp_path: Path
) -> None:
    source = PlaybookSource(str(lead))
    look(shelf, source)
    for file in (tmp_path / "data" / "playbook").iterdir():
        file.write_text("{", "utf-8")
    assert fetched_in_use(source, shelf, TODAY).origin == OURS
    assert look(shelf, source).playbook.version == "7"


def test_a_disk_that_keeps_nothing_stops_nothing(lead: Path, tmp_path: Path) -> None:
    (tmp_path / "in the way").write_text("a file", "utf-8")
    shelf = PlaybookShelf(tmp_path / "in the way" / "playbook")
    assert look(shelf, PlaybookSource(str(lead))).playbook.version == "1"


# --- pinned -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def signed(lead: Path, tmp_path: Path) -> Callable[[bytes], PlaybookSource]:
    """Packs and signs the lead's folder; the source that says so."""

    def make(pem: bytes) -> PlaybookSource:
        file = tmp_path / "playbook.zip"
        file.write_bytes(pack(lead))
        signature, public = sign(file.read_bytes(), pem)
        file.with_name("playbook.zip.sig").write_text(signature, "ascii")
        return PlaybookSource(str(file), public_keys=(public,))

    return make


def test_one_that_a_named_lead_has_signed_is_used(
    signed: Callable[[bytes], PlaybookSource], shelf: PlaybookShelf
) -> None:
    pem, _ = new_key()
    other = new_key()[1]
    source = signed(pem)
    assert look(shelf, dataclasses.replace(source, public_keys=(other, *source.public_keys))).playbook.version == "7"


@pytest.mark.parametrize("how", ["changed", "unsigned", "by another", "signature of another", "broken"])
def test_one_that_no_named_lead_has_signed_as_it_is_is_not_used(
    how: str, lead: Path, tmp_path: Path, signed: Callable[[bytes], PlaybookSource], shelf: PlaybookShelf
) -> None:
    pem, _ = new_key()
    source = signed(pem)
    file, beside = tmp_path / "playbook.zip", tmp_path / "playbook.zip.sig"
    look(shelf, source)
    change(lead, 'version = "7"', 'version = "8"')
    if how == "changed":
        file.write_bytes(pack(lead))
    elif how == "unsigned":
        file.write_bytes(pack(lead))
        beside.unlink()
    elif how == "by another":
        signed(new_key()[0])
    elif how == "signature of another":
        file.write_bytes(pack(lead))
        beside.write_text(sign(b"something else", pem)[0], "ascii")
    else:
        file.write_bytes(pack(lead))
        beside.write_bytes(b"\xff" * 500)
    found = look(shelf, source)
    assert found.playbook.version == "7"
    assert "(1 fault)" in found.notice


def test_what_a_lead_signed_who_is_named_no_more_is_not_used_any_more(
    signed: Callable[[bytes], PlaybookSource], shelf: PlaybookShelf
) -> None:
    source = signed(new_key()[0])
    look(shelf, source)
    assert fetched_in_use(dataclasses.replace(source, public_keys=(new_key()[1],)), shelf, TODAY).origin == OURS


def test_only_the_archive_of_the_hash_is_used(lead: Path, tmp_path: Path, shelf: PlaybookShelf) -> None:
    file = tmp_path / "playbook.zip"
    file.write_bytes(pack(lead))
    source = PlaybookSource(str(file), sha256=hash_of(file.read_bytes()))
    assert look(shelf, source).playbook.version == "7"
    change(lead, 'version = "7"', 'version = "8"')
    file.write_bytes(pack(lead))
    found = look(shelf, source)
    assert found.playbook.version == "7"
    assert hash_of(file.read_bytes()) in found.faults[0]
    now = PlaybookSource(str(file), sha256=hash_of(file.read_bytes()))
    assert fetched_in_use(now, shelf, TODAY).playbook.version == "7"  # until the new one is here
    assert look(shelf, now).playbook.version == "8"


def test_a_folder_cannot_be_pinned(lead: Path, shelf: PlaybookShelf) -> None:
    assert "let the policy name a .zip" in look(shelf, PlaybookSource(str(lead), sha256="0" * 64)).faults[0]


def test_a_policy_that_cannot_be_read_whole_fetches_nothing(lead: Path, shelf: PlaybookShelf) -> None:
    look(shelf, PlaybookSource(str(lead)))
    change(lead, 'version = "7"', 'version = "8"')
    found = look(shelf, PlaybookSource(str(lead), sound=False))
    assert found.playbook.version == "7"
    assert "cannot be read whole" in found.faults[0]


# --- from the web -----------------------------------------------------------------------------------------------------


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    with proxying() as made:
        yield made


@pytest.fixture
def web(tmp_path: Path, proxy: Proxy) -> Iterator[tuple[Server, dict[str, str]]]:
    """A server of the company, and how IT has set the way to it."""
    authority = Authority(tmp_path)
    with serving(authority.context(HOST)) as server:
        proxy.reaches[HOST] = server.port
        yield server, {"proxy": proxy.url, "ca_file": str(authority.file)}


def test_it_is_fetched_over_https_by_the_proxy_and_with_the_certificates_of_the_policy(
    web: tuple[Server, dict[str, str]], lead: Path, shelf: PlaybookShelf
) -> None:
    server, way = web
    raw, (pem, public) = pack(lead), new_key()
    server.answers["/playbook.zip"] = (200, {}, raw)
    server.answers["/playbook.zip.sig"] = (200, {}, sign(raw, pem)[0].encode())
    assert versions(look(shelf, PlaybookSource(ADDRESS, public_keys=(public,)), **way)) == ("7", "", ())
    assert [path for path, _ in server.asked] == ["/playbook.zip", "/playbook.zip.sig"]
    assert all("Authorization" not in headers and "Cookie" not in headers for _, headers in server.asked)


def test_what_lets_a_request_through_stays_behind_the_path(
    web: tuple[Server, dict[str, str]], lead: Path, shelf: PlaybookShelf
) -> None:
    server, way = web
    raw, (pem, public) = pack(lead), new_key()
    server.answers["/playbook.zip?sig=a%2Fb"] = (200, {}, raw)
    server.answers["/playbook.zip.sig?sig=a%2Fb"] = (200, {}, sign(raw, pem)[0].encode())
    source = PlaybookSource(f"{ADDRESS}?sig=a%2Fb", public_keys=(public,))
    assert look(shelf, source, **way).playbook.version == "7"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((302, {"Location": "http://elsewhere.example/"}, b""), "leads to another one"),
        ((500, {}, b""), "answers 500"),
        ((404, {}, b""), "answers 404"),
        ((200, {}, b"<html>"), "is no .zip"),
        ((200, {}, b"x" * (playbook_archive.MOST_BYTES + 1)), "too large"),
    ],
)
def test_what_a_server_answers_instead_changes_nothing(
    web: tuple[Server, dict[str, str]],
    lead: Path,
    shelf: PlaybookShelf,
    answer: tuple[int, dict[str, str], bytes],
    words: str,
) -> None:
    server, way = web
    server.answers["/playbook.zip"] = (200, {}, pack(lead))
    look(shelf, PlaybookSource(ADDRESS), **way)
    server.answers["/playbook.zip"] = answer
    found = look(shelf, PlaybookSource(ADDRESS), **way)
    assert found.playbook.version == "7"
    assert words in found.faults[0]


def test_a_server_that_nobody_vouches_for_is_not_believed(
    web: tuple[Server, dict[str, str]], lead: Path, shelf: PlaybookShelf
) -> None:
    server, way = web
    server.answers["/playbook.zip"] = (200, {}, pack(lead))
    found = look(shelf, PlaybookSource(ADDRESS), proxy=way["proxy"])
    assert found.playbook.version == "1"
    assert "certificate is not trusted" in found.faults[0]
    assert server.asked == []


@pytest.mark.parametrize("place", ["http://files.example/playbook.zip", "ftp://files.example/x.zip", "file:///x.zip"])
def test_nothing_but_https_is_fetched(place: str, shelf: PlaybookShelf) -> None:
    assert "by https only" in look(shelf, PlaybookSource(place)).faults[0]


# --- archives ---------------------------------------------------------------------------------------------------------


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def files_of(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*.*") if file.is_file()}


def test_an_archive_is_the_same_playbook_as_its_folder_and_the_same_bytes_every_time(lead: Path) -> None:
    assert load_archive(pack(lead)) == load_playbook(lead)
    assert pack(lead) == pack(lead / "playbook.toml")


def test_an_archive_that_somebody_else_made_of_the_folder_is_read_too(lead: Path) -> None:
    wrapped = {f"playbook-7/{name}": content for name, content in files_of(lead).items()}
    assert load_archive(zipped({**wrapped, "__MACOSX/._playbook.toml": b"x"})) == load_playbook(lead)


@pytest.mark.parametrize(
    "name", ["../replies/x.txt", "/etc/x.txt", "replies/../../x.txt", "C:\\x.txt", "replies/sub/../x.txt"]
)
def test_a_name_that_leads_out_of_the_archive_writes_nothing(
    name: str, lead: Path, tmp_path: Path, shelf: PlaybookShelf
) -> None:
    file = tmp_path / "bad.zip"
    file.write_bytes(zipped({**files_of(lead), name: b"witness"}))
    before = set(tmp_path.rglob("*"))
    look(shelf, PlaybookSource(str(file)))
    after = {path.relative_to(tmp_path).as_posix() for path in set(tmp_path.rglob("*")) - before}
    assert after <= {
        "data",
        *(f"data/playbook{name}" for name in ("", "/newest.json", "/last-good.json", "/look.json")),
    }


def test_a_bomb_is_not_unpacked(lead: Path) -> None:
    bomb = zipped({**files_of(lead), "replies/x.txt": b"0" * (playbook_archive.MOST_UNPACKED + 1)})
    assert len(bomb) < playbook_archive.MOST_BYTES
    with pytest.raises(PlaybookFaults, match="larger than a playbook can be"):
        load_archive(bomb)


def test_no_archive_ends_in_anything_but_named_faults(lead: Path) -> None:
    """Every byte of a good one spoilt, and every end cut off, at some distance."""
    good = pack(lead)
    for at in range(0, len(good), max(1, len(good) // 150)):
        for raw in (good[:at], good[:at] + bytes([good[at] ^ 0xFF]) + good[at + 1 :]):
            with contextlib.suppress(PlaybookFaults):  # anything else fails
                assert load_archive(raw).version
