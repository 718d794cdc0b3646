"""What every test stands on: no display, a machine of its own, no network beyond loopback, nothing left behind."""

import errno
import gc
import ipaddress
import itertools
import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[1]
QT_PATIENCE_MS = 60_000  # on a busy machine
LEFTOVER_SECONDS = 5.0  # how long a thread that was told to stop may take to end

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything of Qt is imported

settings.register_profile("dev", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("dev"), derandomize=True, print_blob=True, database=None)
settings.register_profile(
    "fuzz", settings.get_profile("dev"), max_examples=int(os.environ.get("FUZZ_EXAMPLES", "20000"))
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "dev"))


@pytest.fixture(scope="session")
def project_dir() -> Path:
    """The root of the project."""
    return ROOT


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder ``shared`` beside the project: the procedure's documents and Jira's API documents. Skips without it."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder 'shared' is not there beside the project")
    return folder


# --- a machine of its own ---------------------------------------------------------------------------------------------

_homes = itertools.count()


@pytest.fixture(scope="session")
def _homes_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("homes")


@pytest.fixture(autouse=True)
def own_home(_homes_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder, with every folder that the program or a library asks for inside it, and no real keyring."""
    home = _homes_dir / str(next(_homes))
    runtime = home / "run"
    runtime.mkdir(parents=True)
    runtime.chmod(0o700)
    for name, folder in {
        "HOME": home,
        "USERPROFILE": home,
        "APPDATA": home / "appdata",
        "LOCALAPPDATA": home / "local-appdata",
        "XDG_CONFIG_HOME": home / "config",
        "XDG_DATA_HOME": home / "data",
        "XDG_STATE_HOME": home / "state",
        "XDG_CACHE_HOME": home / "cache",
        "XDG_RUNTIME_DIR": runtime,
        "PTODESK_DATA_DIR": home / "ptodesk-data",
        "PTODESK_CONFIG_DIR": home / "ptodesk-config",
    }.items():
        monkeypatch.setenv(name, str(folder))
    for name in ("PTODESK_URL", "PTODESK_EMAIL", "PTODESK_PLAYBOOK", "PTODESK_LOG_DIR", "DBUS_SESSION_BUS_ADDRESS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    return home


@pytest.fixture(scope="session", autouse=True)
def quick_token_check() -> Iterator[None]:
    """The practice desk's check of a token is slow on purpose; here nobody guesses tokens. Desks carry it to other processes."""
    from ptodesk_gui.practice import accounts

    with pytest.MonkeyPatch.context() as quick:
        quick.setattr(accounts, "_ROUNDS", 10)
        yield


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a practice desk that nobody has used yet, to be copied: making one takes eight times as long."""
    from ptodesk_gui.practice import PracticeDesk

    folder = tmp_path_factory.mktemp("furnished") / "desk"
    with PracticeDesk(folder):
        return folder


# --- no network beyond loopback ---------------------------------------------------------------------------------------

_network_attempts: list[str] = []
_real_connect = socket.socket.connect
_real_connect_ex = socket.socket.connect_ex
_real_getaddrinfo = socket.getaddrinfo


def _address(host: Any) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address that ``host`` names without a look-up; None for a name."""
    text = host.decode() if isinstance(host, bytes) else str(host or "localhost")
    if text.rstrip(".").lower() in ("localhost", "ip6-localhost"):
        text = "127.0.0.1"
    try:
        return ipaddress.ip_address(text.split("%")[0])
    except ValueError:
        return None


def _leaves_machine(sock: socket.socket, address: Any) -> bool:
    if sock.family not in (socket.AF_INET, socket.AF_INET6):
        return False
    known = _address(address[0])
    if known is not None and (known.is_loopback or known.is_unspecified):
        return False
    _network_attempts.append(f"connection to {address[0]}:{address[1]}")
    return True


def _guarded_connect(self: socket.socket, address: Any) -> None:
    if _leaves_machine(self, address):
        raise OSError(errno.ENETUNREACH, "tests reach no network")
    _real_connect(self, address)


def _guarded_connect_ex(self: socket.socket, address: Any) -> int:
    return errno.ENETUNREACH if _leaves_machine(self, address) else _real_connect_ex(self, address)


def _guarded_getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
    if _address(host) is None:
        _network_attempts.append(f"look-up of {host}")
        raise socket.gaierror(socket.EAI_NONAME, "tests reach no network")
    return _real_getaddrinfo(host, *args, **kwargs)


def pytest_configure() -> None:
    """From here on nothing reaches beyond this machine, whichever thread asks, and what a window shows may come late."""
    from pytestqt.qtbot import QtBot

    for wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals, QtBot.waitActive, QtBot.waitExposed):
        wait.__kwdefaults__["timeout"] = QT_PATIENCE_MS
    socket.socket.connect = _guarded_connect  # type: ignore[assignment, method-assign]
    socket.socket.connect_ex = _guarded_connect_ex  # type: ignore[assignment, method-assign]
    socket.getaddrinfo = _guarded_getaddrinfo


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """What is collected stays to the end: Python need not look through it for what nobody refers to, now or later.

    With all tests collected one look takes 0.24 s, and every test with a window has one (see ``_leftover_windows``).
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


@pytest.fixture(autouse=True)
def network_attempts() -> Iterator[list[str]]:
    """What the test tried to reach beyond this machine; the test fails when that is anything. Clear it to expect an attempt."""
    _network_attempts.clear()
    yield _network_attempts
    if _network_attempts:
        pytest.fail(f"the test tried to reach the network: {', '.join(_network_attempts)}")


# --- nothing left behind ----------------------------------------------------------------------------------------------


def _leftover_threads(before: set[threading.Thread]) -> list[str]:
    deadline = time.monotonic() + LEFTOVER_SECONDS
    left = []
    for thread in set(threading.enumerate()) - before:
        if isinstance(thread, threading._DummyThread):  # a thread of Qt's that ran some Python: has no end to wait for
            continue
        thread.join(max(0.0, deadline - time.monotonic()))
        if thread.is_alive():
            left.append(thread.name)
    core = sys.modules.get("PySide6.QtCore")
    if core and not core.QThreadPool.globalInstance().waitForDone(int(LEFTOVER_SECONDS * 1000)):
        left.append("Qt's thread pool")
    return left


def _open_windows() -> set[Any]:
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return set()
    return set(widgets.QApplication.topLevelWidgets())


def _leftover_windows(before: set[Any]) -> list[str]:
    if not _open_windows() - before:
        return []
    core = sys.modules["PySide6.QtCore"]
    gc.collect()  # a window nobody refers to any more goes with its last reference
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete.value)
    return [f"{type(w).__name__} {w.objectName()!r} {w.windowTitle()!r}" for w in _open_windows() - before]


@pytest.fixture(autouse=True)
def collected_by_the_windows_thread(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a window leaves behind is destroyed by the thread of the windows, as in the program.

    Python collects in whichever thread happens to allocate: a closed window's texts and fonts were destroyed by the next
    window's thread for the disk while that window was opening.
    """
    if "qapp" in request.fixturenames:
        gc.disable()
    elif not gc.isenabled():
        gc.collect()
        gc.enable()
    yield
    if not gc.isenabled():
        from ptodesk_gui.application.tidying import collect_what_is_due

        collect_what_is_due()


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """Fails a test that leaves a thread or a window behind."""
    threads, windows = set(threading.enumerate()), _open_windows()
    yield
    left = [f"thread {name}" for name in _leftover_threads(threads)]
    left += [f"window {name}" for name in _leftover_windows(windows)]
    if left:
        pytest.fail(f"the test left behind: {', '.join(left)}")
