"""Fetches the playbook that IT names, from an https address or a share, and keeps it when it is good and is what the policy wants."""

import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from ptodesk_gui.desk.errors import Kind
from ptodesk_gui.desk.network import CertificatesError, Network
from ptodesk_gui.sop.faults import PlaybookFaults
from ptodesk_gui.workstation import paths
from ptodesk_gui.workstation.playbook_archive import (
    LONGEST_SIGNATURE,
    MOST_BYTES,
    SIGNATURE,
    PinError,
    check_pins,
    load_archive,
    pack,
)
from ptodesk_gui.workstation.playbook_shelf import Kept, Look, PlaybookShelf
from ptodesk_gui.workstation.policy import PlaybookSource
from ptodesk_gui.workstation.settings import Settings

FOLDER: Final = "playbook"  # in the data folder
SECONDS: Final = (5.0, 30.0)  # to connect, to wait for a part of the answer

NOT_SOUND: Final = "Nothing is fetched, because the policy's [playbook] cannot be read whole. Tell IT."
NOT_HTTPS: Final = "It is fetched by https only, not from {place}."
NOT_THERE: Final = "It could not be fetched: {why}."
REDIRECTED: Final = "It could not be fetched: the address leads to another one, which is not followed."
STATUS: Final = "It could not be fetched: the server answers {status}."
NO_FOLDER: Final = "A folder cannot be checked against a hash or a signature: let the policy name a .zip."
OLDER: Final = "Version {version} was put there, which holds from {day}, an earlier day than the one in use. To go back to its words, give them a new version and day."
NOT_KEPT: Final = "It could not be kept on this computer: {why}."

CUT_OFF: Final = "the answer was cut off, too large or too slow"
_WHY: Final = {
    Kind.NOT_SENT: "there is no connection",
    Kind.CERTIFICATE: "the server's certificate is not trusted here",
}

_log = logging.getLogger(__name__)


class FetchError(Exception):
    """The playbook cannot be had from its place: the text says why, in a sentence."""


def shelf() -> PlaybookShelf:
    """What is kept of fetched playbooks."""
    return PlaybookShelf(paths.data_dir() / FOLDER)


def fetch(settings: Settings, kept: PlaybookShelf, now: Callable[[], float] = time.time) -> bool:
    """Look for a playbook once. True when another one than before is kept now. Takes seconds, or hangs with the share: on a thread of its own.

    How it went is kept for the window and the doctor. Never raises for what a server, a share or a playbook does.
    """
    source = settings.source
    if source is None:
        return False
    problems: tuple[str, ...] = ()
    fetched = False
    try:
        fetched = _fetch(source, Network(settings.proxy, settings.ca_file), kept, now())
    except PlaybookFaults as wrong:
        problems = wrong.lines
    except (FetchError, PinError, CertificatesError) as error:
        problems = (str(error),)
    except OSError as error:
        problems = (NOT_KEPT.format(why=error.strerror or type(error).__name__),)
    _log.info("looked for a playbook: %s", "a new one" if fetched else f"{len(problems)} problems")
    try:
        kept.put_look(Look(now(), problems))
    except OSError:
        _log.warning("how the look for a playbook went could not be kept")
    return fetched


def _fetch(source: PlaybookSource, network: Network, kept: PlaybookShelf, now: float) -> bool:
    if not source.sound:
        raise FetchError(NOT_SOUND)
    raw, signature = _from_web(source, network) if "://" in source.place else _from_share(source)
    check_pins(raw, signature, source.sha256, source.public_keys)
    playbook = load_archive(raw)
    used = kept.last_good()
    if used is not None and used.archive != raw and used.place == source.place:
        try:
            before = load_archive(used.archive)
        except PlaybookFaults:
            before = playbook
        if playbook.valid_from < before.valid_from:
            raise FetchError(OLDER.format(version=playbook.version, day=playbook.valid_from))
    newest = kept.newest()
    kept.put_newest(Kept(raw, signature, source.place, now))
    return newest is None or (newest.archive, newest.signature, newest.place) != (raw, signature, source.place)


def _from_share(source: PlaybookSource) -> tuple[bytes, str]:
    place = Path(source.place)
    try:
        if place.is_dir() or place.suffix.lower() != ".zip":
            if source.sha256 or source.public_keys:
                raise FetchError(NO_FOLDER)
            return pack(place), ""
        raw = _bounded(place, MOST_BYTES)
        if not source.public_keys:
            return raw, ""
        beside = place.with_name(place.name + SIGNATURE)
        return raw, _text(_bounded(beside, LONGEST_SIGNATURE)) if beside.exists() else ""
    except OSError as error:
        raise FetchError(NOT_THERE.format(why=error.strerror or type(error).__name__)) from None


def _bounded(file: Path, most: int) -> bytes:
    with file.open("rb") as opened:
        return opened.read(most + 1)


def _from_web(source: PlaybookSource, network: Network) -> tuple[bytes, str]:
    if urlsplit(source.place).scheme != "https":
        raise FetchError(NOT_HTTPS.format(place=source.place.partition("://")[0]))
    raw = _get(source.place, network, MOST_BYTES)
    if raw is None:
        raise FetchError(STATUS.format(status=404))
    if not source.public_keys:
        return raw, ""
    return raw, _text(_get(_beside(source.place), network, LONGEST_SIGNATURE) or b"")


def _beside(address: str) -> str:
    """The address of the signature: the path's, with whatever lets it through after it."""
    parts = urlsplit(address)
    return parts._replace(path=parts.path + SIGNATURE).geturl()


def _get(address: str, network: Network, most: int) -> bytes | None:
    """What is at the address; None where the server has nothing there. Raises FetchError."""
    import requests

    from ptodesk_gui import __version__
    from ptodesk_gui.desk import wire

    adapter = wire.BoundedAdapter(most, ca_file=network.ca_file)
    wire.keep_libraries_quiet()
    with requests.Session() as session:
        session.trust_env = False
        session.cookies.set_policy(wire.no_cookies())
        session.mount("https://", adapter)
        session.headers["User-Agent"] = f"ptodesk/{__version__}"
        session.proxies = wire.proxies(address, network.proxy)
        try:
            answer = session.get(address, timeout=SECONDS, allow_redirects=False)
        except requests.RequestException as error:
            why = _WHY.get(wire.facts_of(error, once=False).kind, CUT_OFF)
            raise FetchError(NOT_THERE.format(why=why)) from None
    if 300 <= answer.status_code < 400:
        raise FetchError(REDIRECTED)
    if answer.status_code == 404:
        return None
    if answer.status_code != 200:
        raise FetchError(STATUS.format(status=answer.status_code))
    return answer.content


def _text(raw: bytes) -> str:
    return raw.decode("ascii", "replace")
