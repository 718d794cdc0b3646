"""What the self-test looks at, a function each: gives what it found in a sentence, raises where something is missing."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ptodesk_gui.ui.main_window import MainWindow

WITNESS: Final = "Witness Homeowner"
PAINT_MS: Final = 30_000
COLOURS: Final = 8  # of a window that was painted there are hundreds, of an empty one a few
ICON: Final = "icons/ptodesk-64.png"
RESOURCES: Final = ("style.qss", ICON, "playbook/playbook.toml", "practice/callers")
# The keyring's back end of each system, and what that stands on.
BACK_ENDS: Final = {
    "linux": ("keyring.backends.SecretService", "secretstorage", "jeepney"),
    "win32": ("keyring.backends.Windows", "win32ctypes.pywin32.win32cred"),
    "darwin": ("keyring.backends.macOS",),
}
# Where a Linux system keeps its authorities, besides the places that OpenSSL was built with.
BUNDLES: Final = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)


class FailedError(Exception):
    """What is missing, in a sentence."""


def resources(_folder: Path) -> str:
    """The program's own files are there."""
    from ptodesk_gui.workstation.playbook_files import packaged_playbook

    root = packaged_playbook().parent
    if missing := [name for name in RESOURCES if not (root / name).exists()]:
        raise FailedError(f"missing: {', '.join(missing)}.")
    return f"{sum(1 for path in root.rglob('*') if path.is_file())} files."


def playbook(_folder: Path) -> str:
    """The playbook that came with the program is valid."""
    from ptodesk_gui.workstation.playbook_files import load_playbook

    found = load_playbook()
    return f"valid, version {found.version}."


def store(folder: Path) -> str:
    """A store is made, sealed, closed, opened again, and gives back what it was given."""
    import time

    from ptodesk_gui.outbox.store import Store

    path, kept = folder / "outbox.sqlite3", {"name": WITNESS}
    made = Store(path, clock=time.time)
    try:
        made.save_draft("self-test", kept, "")
    finally:
        made.close()
    opened = Store(path, clock=time.time)
    try:
        found = [draft.payload for draft in opened.drafts()]
    finally:
        opened.close()
    if found != [kept]:
        raise FailedError("what was kept does not come back.")
    if any(WITNESS.encode() in file.read_bytes() for file in folder.iterdir() if file.is_file()):
        raise FailedError("what was kept can be read without the key.")
    return "made, sealed and opened again."


def keyring(_folder: Path) -> str:
    """The keyring's back end is there; whether this computer's keyring takes a key is said, and not held against the program."""
    import secrets
    from importlib import import_module

    for module in BACK_ENDS.get(sys.platform, ()):
        import_module(module)
    from keyring.backend import get_all_keyring

    from ptodesk_gui.workstation.store_keys import StoreKeys

    found = {type(back_end).__module__ for back_end in get_all_keyring()}
    keys, name, key = StoreKeys(), f"self-test-{secrets.token_hex(4)}", secrets.token_bytes(32)
    fault = keys.keep(name, key)
    if fault is not None:
        return f"no key could be put into it here. {fault.reason} Back ends: {_listed(found)}."
    keys.forget(name)
    import keyring as library

    return f"keeps keys, by {type(library.get_keyring()).__module__}."


def trust(_folder: Path) -> str:
    """Certificates can be checked against the authorities that this system trusts."""
    import ssl

    import truststore

    truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    where = _authorities()
    if not where:
        raise FailedError("this system has no certificate authorities (Debian: ca-certificates).")
    return f"{ssl.OPENSSL_VERSION}, authorities: {where}."


def practice_desk(folder: Path) -> str:
    """The practice desk answers what filing asks it, over HTTP."""
    from ptodesk_gui.application.place import needs_of
    from ptodesk_gui.application.practice_place import PracticePlace
    from ptodesk_gui.workstation.playbook_files import load_playbook
    from ptodesk_gui.workstation.settings import Settings

    place = PracticePlace(folder)
    try:
        place.open(needs_of(load_playbook()), Settings())
        findings = place.examine()
    finally:
        place.close()
    if bad := [finding for finding in findings if not finding.ok]:
        raise FailedError(f"{bad[0].name}: {bad[0].words}")
    return f"answers, {len(findings)} checks."


def window(_folder: Path) -> str:
    """The window is painted, in letters, with its icon."""
    from ptodesk_gui.application import pyside

    pyside.load()
    from PySide6.QtCore import qVersion
    from PySide6.QtGui import QFontDatabase, QImage
    from PySide6.QtWidgets import QApplication

    from ptodesk_gui.ui.main_window import MainWindow
    from ptodesk_gui.ui.theme import STYLE_ARGUMENTS, first_look
    from ptodesk_gui.workstation.playbook_files import packaged_playbook

    application = QApplication.instance() or QApplication(["ptodesk", *STYLE_ARGUMENTS])
    if not isinstance(application, QApplication):
        raise FailedError("there is no place for windows.")
    if not QFontDatabase.families():
        raise FailedError("this system has no fonts (Debian: fonts-dejavu-core).")
    if QImage(str(packaged_playbook().parent / ICON)).isNull():
        raise FailedError("the icon cannot be read.")
    first_look(application)
    made = MainWindow(True)
    try:
        colours = _painted(made)
    finally:
        made.close()
        made.deleteLater()
    if colours < COLOURS:
        raise FailedError("the window stays empty.")
    return f"painted, Qt {qVersion()}, {application.platformName()}."


def _painted(made: "MainWindow") -> int:
    """How many colours the window has when it is painted."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    made.painted.connect(loop.quit)
    QTimer.singleShot(PAINT_MS, loop, loop.quit)
    made.show()
    if not made.is_painted:
        loop.exec()
    if not made.is_painted:
        raise FailedError("the window was not painted.")
    picture = made.grab().toImage()
    step = 3
    return len({picture.pixel(x, y) for x in range(0, picture.width(), step) for y in range(0, picture.height(), step)})


def _authorities() -> str:
    """Where the system's authorities are; empty when there are none."""
    import ssl

    if sys.platform == "win32":
        return "Windows" if ssl.enum_certificates("ROOT") else ""
    if sys.platform == "darwin":
        return "the system's keychain"
    usual = ssl.get_default_verify_paths()
    if usual.capath and any(Path(usual.capath).iterdir()):
        return usual.capath
    return usual.cafile or next((place for place in BUNDLES if Path(place).is_file()), "")


def _listed(modules: set[str]) -> str:
    return ", ".join(sorted(modules)) or "none"
