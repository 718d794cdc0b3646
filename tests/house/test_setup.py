"""scripts/setup.sh and display.py: what they say where something is missing. Other programs are stand-ins here."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the set-up is for Linux")

EVERYTHING = [
    "env",
    "sh",
    "bash",
    "cat",
    "sha256sum",
    "grep",
    "tr",
    "find",
    "flock",
    "dirname",
    "pwd",
    "mkdir",
    "touch",
    "rm",
    "mv",
    "sleep",
    "true",
]


class Machine:
    """A clone's set-up files in a folder, on a machine that has only what is put there."""

    def __init__(self, folder: Path, project: Path) -> None:
        self.clone = folder / "a clone"
        self.bin = folder / "bin"
        self.bin.mkdir()
        (self.clone / "scripts").mkdir(parents=True)
        shutil.copytree(project / "requirements", self.clone / "requirements")
        shutil.copy(project / "pyproject.toml", self.clone)
        shutil.copy(project / "scripts" / "setup.sh", self.clone / "scripts")
        for name in EVERYTHING:
            (self.bin / name).symlink_to(shutil.which(name) or "")

    def has(self, name: str, script: str) -> None:
        """Put a program there."""
        (self.bin / name).write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        (self.bin / name).chmod(0o755)

    def set_up(self, kind: str = "run") -> subprocess.CompletedProcess[str]:
        """Run the set-up."""
        return subprocess.run(
            [str(self.bin / "bash"), str(self.clone / "scripts" / "setup.sh"), kind],
            env={"PATH": str(self.bin), "HOME": str(self.clone)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


@pytest.fixture
def machine(tmp_path: Path, project_dir: Path) -> Machine:
    made = Machine(tmp_path, project_dir)
    made.has("id", "echo 1000")
    made.has("ldconfig", "echo '	libGL.so.1 (libc6,x86-64) => /lib/libGL.so.1'")
    made.has("python3", 'case "$*" in *ensurepip*) exit 1 ;; esac')
    return made


def test_without_python_it_says_so(machine: Machine) -> None:
    (machine.bin / "python3").unlink()
    said = machine.set_up()
    assert (said.returncode, said.stdout) == (1, "")
    assert said.stderr == "ptodesk needs Python 3.11 or newer, and there is no python3 here.\n"


def test_an_old_python_is_named(machine: Machine) -> None:
    machine.has("python3", 'case "$*" in -V) echo Python 3.9.2 ;; *) exit 1 ;; esac')
    assert machine.set_up().stderr == "ptodesk needs Python 3.11 or newer; python3 here is Python 3.9.2.\n"


def test_who_may_not_install_gets_one_command_with_everything_that_is_missing(machine: Machine) -> None:
    said = machine.set_up()
    assert said.returncode == 1
    commands = [line.strip() for line in said.stderr.splitlines() if line.startswith("    ")]
    assert len(commands) == 1
    assert commands[0].startswith(
        "su - -c 'apt-get update && apt-get install --yes --no-install-recommends python3-venv "
    )
    assert "libegl1" in commands[0]
    assert "libgl1" not in commands[0]  # is there
    assert "gnome-keyring" not in commands[0]  # only the tests need it


def test_the_tests_ask_for_their_packages_as_well(machine: Machine) -> None:
    assert " gnome-keyring " in machine.set_up("dev").stderr


def test_sudo_with_a_password_is_left_to_the_user(machine: Machine) -> None:
    machine.has("sudo", "exit 1")
    assert "    sudo sh -c 'apt-get update && apt-get install" in machine.set_up().stderr


@pytest.mark.parametrize("root", [True, False])
def test_who_may_install_installs_what_is_missing_and_a_failure_names_the_command(machine: Machine, root: bool) -> None:
    machine.has("apt-get", f'echo "apt-get $*" >>"{machine.clone}/called"; [ "$2" = update ]')
    if root:
        machine.has("id", "echo 0")
    else:
        machine.has("sudo", 'shift; exec "$@"')
    said = machine.set_up()
    called = (machine.clone / "called").read_text("utf-8").splitlines()
    assert called[0] == "apt-get -qq update"
    assert called[1].startswith("apt-get -qq install --yes --no-install-recommends python3-venv libglib2.0-0 libegl1 ")
    assert said.returncode == 1
    assert "could not be installed" in said.stderr
    assert "    apt-get update && apt-get install" in said.stderr


def test_what_is_set_up_is_left_alone(machine: Machine) -> None:
    """The second time nothing is asked of the machine: every program but those of the comparison is gone."""
    environment = machine.clone / ".venv"
    (environment / "bin").mkdir(parents=True)
    (environment / "bin" / "python").symlink_to(sys.executable)
    key = subprocess.run(
        [
            str(machine.bin / "bash"),
            "-c",
            "{ pwd; cat pyproject.toml requirements/*.txt scripts/setup.sh; } | sha256sum",
        ],
        cwd=machine.clone,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    (environment / ".ready-dev").write_text(key, "utf-8")
    for name in ("id", "ldconfig", "python3"):
        (machine.bin / name).unlink()
    for kind in ("run", "dev"):
        said = machine.set_up(kind)
        assert (said.returncode, said.stdout, said.stderr) == (0, "", "")
    (machine.clone / "requirements" / "run.txt").write_text("", "utf-8")
    assert machine.set_up().returncode == 1


@pytest.mark.parametrize("name", ["setup", "run", "test", "lock", "package", "test-timezones"])
def test_scripts_are_sound(name: str, project_dir: Path) -> None:
    script = project_dir / "scripts" / f"{name}.sh"
    assert "set -euo pipefail" in script.read_text(encoding="utf-8")
    assert subprocess.run(["bash", "-n", str(script)], capture_output=True, text=True, check=False).stderr == ""


@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"DISPLAY": ":4711"},
        {"WAYLAND_DISPLAY": "nothing-there"},
        {"DISPLAY": ":4711", "QT_QPA_PLATFORM": "xcb"},
        {"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"},
    ],
)
def test_a_display_that_does_not_answer_is_none(variables: dict[str, str], project_dir: Path) -> None:
    kept = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    command = [sys.executable, "-I", "-S", str(project_dir / "scripts" / "display.py")]
    assert subprocess.run(command, env={**kept, **variables}, timeout=60, check=False).returncode == 1
