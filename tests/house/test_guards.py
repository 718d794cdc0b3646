"""The guards of conftest.py can fail: what they are there to catch is caught."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

LEAKY_TESTS = """
import threading

import pytest
from PySide6.QtWidgets import QWidget

STOP = threading.Event()
KEPT = []


def test_thread_is_left():
    threading.Thread(target=STOP.wait, name="stray", daemon=True).start()


def test_window_is_left(qtbot):
    window = QWidget()
    window.setObjectName("forgotten")
    KEPT.append(window)


def test_window_is_cleared_away(qtbot):
    qtbot.addWidget(QWidget())


def test_network_is_tried_and_the_error_swallowed():
    import socket

    with pytest.raises(OSError):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_after_all_that_is_clean():
    pass
"""


def test_leftovers_and_network_fail_the_test_that_caused_them(project_dir: Path, tmp_path: Path) -> None:
    conftest = (project_dir / "tests" / "conftest.py").read_text(encoding="utf-8")
    (tmp_path / "conftest.py").write_text(
        conftest.replace("LEFTOVER_SECONDS = 5.0", "LEFTOVER_SECONDS = 0.05"), "utf-8"
    )
    (tmp_path / "test_leaky.py").write_text(LEAKY_TESTS, "utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-rA", "-p", "no:cacheprovider", "-p", "no:xdist", str(tmp_path)],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTEST_ADDOPTS": "",
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
            "PYTEST_PLUGINS": "pytestqt.plugin",
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    errors = [line for line in run.stdout.splitlines() if line.startswith("ERROR")]
    assert len(errors) == 3, run.stdout + run.stderr
    assert "left behind: thread stray" in run.stdout
    assert "left behind: window QWidget 'forgotten'" in run.stdout
    assert "tried to reach the network: connection to 192.0.2.1:80" in run.stdout
    assert "5 passed, 3 errors" in run.stdout


def test_names_are_not_looked_up(network_attempts: list[str]) -> None:
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("desk.example", 443)
    assert network_attempts == ["look-up of desk.example"]
    network_attempts.clear()


def test_loopback_is_allowed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()[:2]):
        pass


def test_the_machine_is_the_tests_own(own_home: Path) -> None:
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "PTODESK_DATA_DIR", "PTODESK_CONFIG_DIR"):
        assert Path(os.environ[name]).is_relative_to(own_home)


def test_no_real_keyring_answers() -> None:
    code = "import keyring; keyring.get_password('ptodesk', 'someone@example.com')"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert "NoKeyringError" in run.stderr
