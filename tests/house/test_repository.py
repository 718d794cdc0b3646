"""What the project's files may not contain, and what stands in one place only."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from ptodesk_gui import __version__

# Written in pieces, so that this file does not contain what it looks for.
FORBIDDEN = {
    "a path of one machine": r"(?<![\w.\"'$~/])/(?:wo" + r"rk|ro" + r"ot|home/\w+|Us" + r"ers/\w+)/",
    "a folder of one workplace": r"\.lib" + r"rary\b",
    "a package registry's host": r"(?:py" + r"pi\.org|python" + r"hosted\.org|deb\." + r"debian\.org|npm" + r"js\.(?:org|com))",
    "an index address": r"--(?:extra-)?index-" + r"url|--find-" + r"links|--trusted-" + r"host",
    "a download address": r"https?://[^\s\"'<>]+\.(?:wh" + r"l|tar\.g" + r"z|de" + r"b)\b",
    "work left open": r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b",
    "a merge left open": r"^(?:<{7}|>{7}) ",
}  # fmt: skip
NOT_TEXT = {".png", ".ico", ".icns", ".gz", ".xz"}


def tracked(project_dir: Path) -> Iterator[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=project_dir, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git clone")
    for name in listed.stdout.split("\0"):
        if name and (project_dir / name).is_file() and Path(name).suffix not in NOT_TEXT:
            yield project_dir / name


def forbidden_in(text: str) -> list[str]:
    return [f"{what}: {m[0]}" for what, pattern in FORBIDDEN.items() for m in re.finditer(pattern, text, re.MULTILINE)]


def test_no_file_names_a_machine_a_registry_or_open_work(project_dir: Path) -> None:
    found = {
        path.relative_to(project_dir).as_posix(): faults
        for path in tracked(project_dir)
        if (faults := forbidden_in(path.read_text(encoding="utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize(
    "line",
    [
        "open /ro" + "ot/desk/notes.txt",
        "cd /wo" + "rk/main",
        "see ../.lib" + "rary/notes",
        "https://files.python" + "hosted.org/x",
        "pip install --index-" + "url somewhere",
        "get http://desk.example/a.wh" + "l",
        "x = 1  # TO" + "DO later",
    ],
)
def test_what_is_forbidden_is_found(line: str) -> None:
    assert forbidden_in(line)


def test_ordinary_words_are_not_forbidden() -> None:
    assert (
        forbidden_in("A homeowner's work/home phone; the root of /rest/api/3/work; https://desk.example/browse/PTO-1")
        == []
    )


def test_the_version_stands_in_one_place(project_dir: Path) -> None:
    about = tomllib.loads((project_dir / "pyproject.toml").read_text(encoding="utf-8"))
    assert "version" not in about["project"]
    assert about["tool"]["hatch"]["version"]["path"] == "ptodesk_gui/__init__.py"
    written = [
        path.relative_to(project_dir).as_posix()
        for path in tracked(project_dir)
        if path.suffix in (".py", ".toml", ".spec")
        and re.search(rf"['\"]{re.escape(__version__)}['\"]", path.read_text("utf-8"))
    ]
    assert written == ["ptodesk_gui/__init__.py"]


def test_the_changelog_knows_this_version(project_dir: Path) -> None:
    assert f"\n## {__version__}" in (project_dir / "CHANGELOG.md").read_text(encoding="utf-8")


def test_scripts_can_be_executed(project_dir: Path) -> None:
    scripts = [*(project_dir / "scripts").glob("*.sh"), project_dir / ".ci" / "run"]
    assert [s.name for s in scripts if not s.stat().st_mode & 0o100] == []
