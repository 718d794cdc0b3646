"""`make release` refuses what nobody could stand for, and names it."""

import subprocess
import sys
from pathlib import Path

import pytest

from scripts import release
from scripts.release import changelog_fault, main

CHANGES = "# Changes\n\n## 9.1.0 - 2026-03-14\n\n### Added\n\n- A sample.\n\n## 9.0.0 - 2026-01-01\n\n- Older.\n"
PROGRAM = '#!/bin/sh\ncase "$1" in --version) echo "ptodesk-gui {version}" ;; --self-test) echo "the keyring is well"; exit {code} ;; esac\n'

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the program that stands for the built one is a script")


def git(root: Path, *arguments: str) -> str:
    who = ["-c", "user.name=Sample", "-c", "user.email=sample@example.com", "-c", "commit.gpgsign=false"]
    return subprocess.run(["git", *who, *arguments], cwd=root, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that could be released as 9.1.0."""
    for name in ("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"):
        monkeypatch.setenv(name, "Sample")
    for name in ("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"):
        monkeypatch.setenv(name, "sample@example.com")
    root = tmp_path / "project"
    (root / "resources" / "legal").mkdir(parents=True)
    (root / "resources" / "legal" / "sbom.cdx.json").write_text("{}", "utf-8")
    monkeypatch.setattr(release.sbom, "text", lambda: "{}")
    (root / "CHANGELOG.md").write_text(CHANGES, "utf-8")
    (root / ".gitignore").write_text("dist/\n", "utf-8")
    build(root)
    git(root, "init", "--quiet")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message", "A sample")
    return root


def build(root: Path, version: str = "9.1.0", code: int = 0) -> None:
    program = root / "dist" / "ptodesk" / "ptodesk-gui"
    program.parent.mkdir(parents=True, exist_ok=True)
    program.write_text(PROGRAM.format(version=version, code=code), "utf-8")
    program.chmod(0o755)
    (root / "dist" / "ptodesk_9.1.0_amd64.deb").write_bytes(b"sample")


def released(project: Path, when: str = "") -> int:
    return main(when, project, "9.1.0")


def test_what_is_all_well_is_tagged_and_summed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert released(project, "before") == 0
    assert git(project, "tag") == ""
    assert released(project) == 0
    assert git(project, "tag") == "v9.1.0\n"
    sums = (project / "dist" / "SHA256SUMS").read_text("utf-8")
    assert "af2bdbe1aa9b6ec1e2ade1d694f41fc71a831d0268e9891562113d8a62add1bf  ptodesk_9.1.0_amd64.deb" in sums
    assert "ptodesk-9.1.0.cdx.json" in sums
    assert released(project) == 1
    assert "v9.1.0 is tagged already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        ("a change", "work tree has changes"),
        ("a new file", "work tree has changes"),
        ("self-test", "self-test is red (exit 1):\nthe keyring is well"),
        ("another version", "of another version: ptodesk-gui 9.0.0"),
        ("not built", "There is no built program"),
        ("parts", "list of parts is out of date"),
        ("no day", "has no day yet"),
    ],
)
def test_what_is_not_well_is_refused_and_nothing_is_tagged(
    spoil: str, words: str, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if spoil == "a change":
        (project / ".gitignore").write_text("dist/\nx\n", "utf-8")
    elif spoil == "a new file":
        (project / "new.py").write_text("", "utf-8")
    elif spoil == "self-test":
        build(project, code=1)
    elif spoil == "another version":
        build(project, version="9.0.0")
    elif spoil == "not built":
        (project / "dist" / "ptodesk" / "ptodesk-gui").unlink()
    elif spoil == "parts":
        monkeypatch.setattr(release.sbom, "text", lambda: "{1}")
    else:
        (project / "CHANGELOG.md").write_text(CHANGES.replace("2026-03-14", "Unreleased"), "utf-8")
        git(project, "commit", "--all", "--quiet", "--message", "Another sample")
    assert released(project) == 1
    said = capsys.readouterr().err
    assert words in said
    assert said.endswith("Nothing is released.\n")
    assert git(project, "tag") == ""
    assert not (project / "dist" / "SHA256SUMS").exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (CHANGES.replace("9.1.0", "9.1.01"), "has no section for 9.1.0"),
        (CHANGES.replace("- A sample.", ""), "is empty"),
        (CHANGES.replace(" - 2026-03-14", " (not released)"), "has no day yet"),
    ],
)
def test_a_changelog_that_is_not_ready_is_named(text: str, words: str) -> None:
    assert words in changelog_fault(text, "9.1.0")
    assert changelog_fault(CHANGES, "9.1.0") == ""
