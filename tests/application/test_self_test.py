"""What ``ptodesk-gui --self-test`` finds missing, it names, and fails."""

import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ptodesk_gui.application import self_checks, self_test
from ptodesk_gui.workstation import parent_console


def test_all_that_the_program_needs_is_here(tmp_path: Path) -> None:
    file = tmp_path / "self-test.txt"
    command = [sys.executable, "-m", "ptodesk_gui", "--self-test", str(file)]  # as it is run: in a process of its own
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=180)
    assert done.returncode == 0, file.read_text("utf-8")
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("ptodesk ")
    assert [line.split(":")[0].split(None, 1) for line in lines[1:-1]] == [["ok", name] for name, _ in self_test.CHECKS]
    assert "no key could be put into it here" in next(line for line in lines if "Keyring" in line)
    assert lines[-1] == "All is well."


def test_what_fails_is_named_and_the_rest_is_looked_at_all_the_same() -> None:
    def missing(folder: Path) -> str:
        raise self_checks.FailedError("it is not there.")

    def broken(folder: Path) -> str:
        raise ModuleNotFoundError("No module named 'parts'")

    said: list[str] = []
    assert not self_test.self_test(said.append, (("A", missing), ("B", broken), ("C", lambda folder: "here.")))
    assert [line.split(" (")[0] for line in said[1:-1]] == [
        "FAIL  A: it is not there.",
        "FAIL  B: ModuleNotFoundError: No module named 'parts'",
        "ok    C: here.",
    ]
    assert said[-1].startswith("Something is missing")


def test_a_missing_keyring_back_end_is_a_fault_of_the_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(self_checks.BACK_ENDS, sys.platform, ("keyring.backends.left_out",))
    with pytest.raises(ModuleNotFoundError, match="left_out"):
        self_checks.keyring(tmp_path)


def test_missing_resources_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("ptodesk_gui.workstation.playbook_files.packaged_playbook", lambda: tmp_path / "playbook")
    with pytest.raises(self_checks.FailedError, match=r"style\.qss"):
        self_checks.resources(tmp_path)


def test_a_system_without_authorities_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    monkeypatch.setattr(self_checks, "BUNDLES", ())
    with pytest.raises(self_checks.FailedError, match="authorities"):
        self_checks.trust(tmp_path)


def test_a_window_that_stays_empty_is_found(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(self_checks, "COLOURS", 1 << 24)
    with pytest.raises(self_checks.FailedError, match="empty"):
        self_checks.window(tmp_path)


def test_a_program_without_streams_gets_some(monkeypatch: pytest.MonkeyPatch) -> None:
    """So is a windowed program on Windows when nobody redirects it."""
    monkeypatch.setattr(sys, "stdout", None)
    parent_console.lend_streams()
    with sys.stdout as lent:
        assert lent.writable()
