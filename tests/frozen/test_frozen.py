"""The built program starts and does its work. Skipped unless `make package` has built it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

MEGABYTES = 140  # on Linux (docs/packaging.md)
SUFFIX = ".exe" if sys.platform == "win32" else ""


@pytest.fixture(scope="module")
def built(project_dir: Path) -> Path:
    folder = project_dir / "dist" / "ptodesk"
    if not (folder / f"ptodesk{SUFFIX}").is_file():
        pytest.skip("there is no built program: run `make package`")
    return folder


def run(program: Path, *arguments: str, timeout: int = 120) -> subprocess.CompletedProcess[str]:
    """The program, in a folder and an environment that lend it nothing of this project."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV"))}
    return subprocess.run(
        [str(program), *arguments],
        cwd=os.environ["HOME"],
        env={**env, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def test_the_console_prints_a_plan(built: Path, project_dir: Path) -> None:
    case = project_dir / "scripts" / "smoke-case.json"
    answer = run(built / f"ptodesk{SUFFIX}", "plan", str(case), "--today", "2026-03-14")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert json.loads(answer.stdout)["grace"]["day"] == 41


def test_the_window_walks_the_tour(built: Path, tmp_path: Path) -> None:
    answer = run(built / f"ptodesk-gui{SUFFIX}", "--tour", str(tmp_path / "tour"))
    assert (answer.returncode, answer.stderr) == (0, "")
    assert list((tmp_path / "tour").glob("*.png"))
    assert "PTO-" in answer.stdout


def test_it_has_all_that_it_needs(built: Path, tmp_path: Path) -> None:
    answer = run(built / f"ptodesk-gui{SUFFIX}", "--self-test", str(tmp_path / "said.txt"))
    said = (tmp_path / "said.txt").read_text(encoding="utf-8")
    assert (answer.returncode, answer.stderr) == (0, ""), said
    assert [line[:2] for line in said.splitlines()[1:-1]] == ["ok"] * 7
    assert f"{sys.platform}, built" in said


def test_it_takes_no_more_room_than_it_may(built: Path) -> None:
    taken = sum(path.lstat().st_size for path in built.rglob("*") if path.is_file() and not path.is_symlink())
    assert taken < MEGABYTES * 2**20


def test_the_keyring_is_asked_and_its_absence_is_said(built: Path) -> None:
    answer = run(built / f"ptodesk{SUFFIX}", "doctor")
    assert answer.returncode == 1
    assert "keyring" in answer.stdout.lower()
    assert "Traceback" not in answer.stderr


def test_nothing_of_the_tests_or_tools_is_shipped(built: Path) -> None:
    names = {path.name.lower() for path in built.rglob("*")}
    assert not names & {"pytest", "hypothesis", "mypy", "pyinstaller", "tests"}
    assert not any(name.startswith(("libgtk-3", "libqt6qml")) for name in names)
