"""The command itself: quick where it can be, silent on stdout but for the answer, and never a traceback."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from ptodesk_gui.console import main as module
from ptodesk_gui.console.main import COMMANDS, cli
from ptodesk_gui.workstation import paths
from tests.console.commands import CaseFile, Run

HEAVY = ("PySide6", "jira", "requests", "keyring", "sqlite3", "werkzeug", "filelock")


def python(code: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_every_command_of_the_contract_is_there(run: Run) -> None:
    assert set(COMMANDS) == {"plan", "file", "outbox", "doctor", "login", "playbook", "practice", "ledger"}
    listed = run("--help").stdout
    for name in COMMANDS:
        assert f"\n  {name} " in listed
        assert run(name, "--help").exit_code == 0


def test_planning_loads_nothing_of_network_keyring_or_store(case_file: CaseFile) -> None:
    code = f"""
import sys
from ptodesk_gui.console.main import cli
cli.main(["plan", sys.argv[1]], standalone_mode=False)
print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)
"""
    run = python(code, case_file())
    assert run.stderr == "[]\n"


def test_an_unknown_command_is_a_sentence_and_exit_2(run: Run) -> None:
    result = run("fiel")
    assert (result.exit_code, result.stdout) == (2, "")


def test_an_unexpected_error_is_one_sentence_with_a_mark_that_is_in_the_log(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(**how: object) -> None:
        raise RuntimeError("witness Jane Doe")

    monkeypatch.setattr(cli, "main", broken)
    with pytest.raises(SystemExit) as ended:
        module.main()
    said = capsys.readouterr()
    assert (ended.value.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert "Traceback" not in said.err
    log = paths.log_path("console").read_text("utf-8")
    mark = said.err.split("the place as ")[1].split(":")[0]
    assert mark in log
    assert "RuntimeError" in log
    assert "witness" not in said.err + log


def test_an_unexpected_error_is_a_sentence_even_when_no_log_can_be_written(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("PTODESK_DATA_DIR", str(tmp_path / "file"))
    monkeypatch.setattr(cli, "main", lambda **how: 1 / 0)
    with pytest.raises(SystemExit):
        module.main()
    assert capsys.readouterr().err == module.NO_LOG.format(kind="ZeroDivisionError") + "\n"


@pytest.mark.parametrize("command", [["file", "CASE"], ["outbox"], ["outbox", "run"]])
def test_a_store_that_cannot_be_used_is_a_sentence_with_its_cure(
    run: Run, case_file: CaseFile, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.setenv("PTODESK_URL", "https://desk.example")
    with closing(sqlite3.connect(paths.store_path())) as db:  # of a newer version
        db.execute("PRAGMA user_version = 9999")
    result = run(*(case_file() if word == "CASE" else word for word in command))
    assert (result.exit_code, result.stdout) == (4, "")
    assert "ask IT" in result.stderr
    assert "Traceback" not in result.stderr


def test_the_installed_command_prints_utf_8_whatever_the_terminal_is(case_file: CaseFile) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "ptodesk_gui.console.main", "plan", case_file(), "--today", "2026-03-05"]
    run = subprocess.run(command, capture_output=True, timeout=120, check=False, env=environment)
    assert run.returncode == 0, run.stderr
    assert "Homeowner Concern Received – Jane Doe – Sunny Roofs" in run.stdout.decode("utf-8")
