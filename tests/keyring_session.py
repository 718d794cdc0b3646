"""A real Secret Service (gnome-keyring) on a private session bus, with a throw-away home for its files."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.programs import begin, end

PROGRAMS = ("dbus-daemon", "gnome-keyring-daemon", "gdbus")
SECONDS = 20  # how long a program may take to be ready or to end


def skip_without_programs() -> None:
    """Skips the test, and says why, where the keyring's programs are not installed."""
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)} (Debian: dbus gnome-keyring libglib2.0-bin)")


@contextmanager
def secret_service(home: Path, *, password: str | None = "") -> Iterator[Mapping[str, str]]:
    """The environment of a session whose keyring is unlocked with ``password``; None: nobody unlocks it.

    ``home`` keeps the keyring's files, so that a later session on the same home finds them.
    """
    run = home / "run"
    (home / "data" / "keyrings").mkdir(parents=True, exist_ok=True)
    run.mkdir(exist_ok=True)
    run.chmod(0o700)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DBUS_", "GNOME_"))}
    environment = {
        **kept,
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_RUNTIME_DIR": str(run),
        "GNOME_KEYRING_CONTROL": str(run / "keyring"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.SecretService.Keyring",
    }
    with ExitStack() as stack:
        command = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
        environment["DBUS_SESSION_BUS_ADDRESS"] = begin(stack, command, environment)
        daemon = subprocess.Popen(
            [
                "gnome-keyring-daemon",
                "--foreground",
                "--components=secrets",
                *([] if password is None else ["--unlock"]),
            ],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        stack.callback(end, daemon)
        assert daemon.stdin is not None
        daemon.stdin.write(f"{password or ''}\n")
        daemon.stdin.close()
        wait = ["gdbus", "wait", "--session", "--timeout", str(SECONDS), "org.freedesktop.secrets"]
        subprocess.run(wait, env=environment, check=True, timeout=SECONDS + 5)
        yield environment


def run_python(code: str, environment: Mapping[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Runs Python code in the session."""
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
