"""A virtual screen with a window manager, a session bus and accessibility of its own, and the real window on it."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.programs import begin, end

PROGRAMS = ("Xvfb", "openbox", "xdotool", "dbus-daemon")
SYSTEM_PYTHON = "/usr/bin/python3"  # the one that Debian's python3-gi is for
PACKAGES = "xvfb openbox xdotool dbus at-spi2-core gir1.2-atspi-2.0 python3-gi"
BUS = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")
HAS_ATSPI = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
SIZE = "1280x900x24"
SECONDS = 60  # how long a program may take to begin or to end


def missing() -> list[str]:
    """What of the desktop's programs is not installed here."""
    lost = [name for name in PROGRAMS if shutil.which(name) is None]
    asked = [SYSTEM_PYTHON, "-c", HAS_ATSPI]
    if not Path(SYSTEM_PYTHON).exists() or subprocess.run(asked, capture_output=True, check=False).returncode:
        lost.append("Atspi for the system's Python")
    if not BUS.exists():
        lost.append("at-spi2-core")
    return lost


def need_desktop() -> None:
    """Skips the test, and says why, where a desktop cannot be made; where everything is to be tested, it fails."""
    if lost := missing():
        reason = f"not installed: {', '.join(lost)} (Debian: {PACKAGES})"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)


class Driver:
    """What works the window from outside; see ``driver.py``."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def __call__(self, do: str, *values: object, **named: object) -> Any:
        """Ask for something and wait for it. Fails the test when it does not come."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": do, "with": values, **named}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the driver has ended"
        answer = json.loads(line)
        assert "fault" not in answer, f"{do} {values}: {answer.get('fault')}"
        return answer["ok"]


@contextmanager
def screen() -> Iterator[Mapping[str, str]]:
    """The environment of a desktop of its own; the folders are those of the test."""
    with ExitStack() as stack:
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("DBUS_", "AT_SPI", "WAYLAND"))
        }
        environment = {
            **kept,
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "PYTHONPATH": str(Path(__file__).parents[2]),
        }
        display = begin(stack, ["Xvfb", "-displayfd", "1", "-screen", "0", SIZE, "-nolisten", "tcp"], environment)
        environment["DISPLAY"] = f":{display}"
        bus = begin(stack, ["dbus-daemon", "--session", "--nofork", "--print-address=1"], environment)
        environment["DBUS_SESSION_BUS_ADDRESS"] = bus
        _start(stack, ["openbox"], environment)
        yield environment


@contextmanager
def window(home: Path, environment: Mapping[str, str]) -> Iterator[Driver]:
    """The real window in practice mode, and what works it. It is closed as its user closes it."""
    with ExitStack() as stack:
        said = stack.enter_context((home / "driver.txt").open("w+"))
        driving = subprocess.Popen(
            [SYSTEM_PYTHON, str(Path(__file__).with_name("driver.py"))],
            env={name: value for name, value in environment.items() if not name.startswith("PYTHON")},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
        )
        stack.callback(end, driving)
        driver = Driver(driving)
        driver("managed")
        program = _start(stack, [sys.executable, "-m", "ptodesk_gui", "--practice"], environment)
        driver("open", program.pid)
        yield driver
        driver("keys", "ctrl+q")
        assert program.wait(SECONDS) == 0


def _start(stack: ExitStack, command: list[str], environment: Mapping[str, str]) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    stack.callback(end, process)
    return process
