"""``ptodesk practice``: address first, then nothing on stdout; ends cleanly when interrupted."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

RUN = "from ptodesk_gui.console.practice_cmd import practice; practice()"


@pytest.fixture
def started(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """The command, running in a folder of its own."""
    command = [sys.executable, "-c", RUN, "--folder", str(tmp_path / "desk")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        yield process
        if process.poll() is None:
            process.kill()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals between processes")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_prints_its_address_and_runs_until_interrupted(started: subprocess.Popen[str], number: int) -> None:
    assert started.stdout is not None
    address = started.stdout.readline().strip()
    assert address.startswith("http://127.0.0.1:")
    with urllib.request.urlopen(address + "/", timeout=10) as answer:  # noqa: S310 - the loopback address
        assert b"PRACTICE DESK" in answer.read()
    started.send_signal(number)
    rest, messages = started.communicate(timeout=20)
    assert (started.returncode, rest) == (0, "")
    assert "practice.agent@example.com" in messages
    assert address in messages
    assert "Traceback" not in messages


def test_a_port_that_is_taken_is_said_in_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-c", RUN, "--folder", str(tmp_path), "--port", port]
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False, env=os.environ)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"could not be started on port {port}" in done.stderr
    assert "Traceback" not in done.stderr
