"""Playbooks that do not hold yet, that are older than the one in use, or that share its version, at the console."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from ptodesk_gui.console.plan_cmd import plan
from ptodesk_gui.console.playbook_cmd import playbook
from ptodesk_gui.workstation.playbook_files import packaged_playbook

CASE = {
    "channel": "phone",
    "agent": "Dana Reyes",
    "homeowner": {"first_name": "Jane", "last_name": "Doe"},
    "installer": {"name": "Sunny Roofs"},
}
WAITS = "It is not used before that day; until then the one before it is.\n"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A copy of the packaged playbook, to change."""
    return shutil.copytree(packaged_playbook(), tmp_path / "book")


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """A folder with one case."""
    folder = tmp_path / "cases"
    folder.mkdir()
    (folder / "1.json").write_text(json.dumps(CASE), "utf-8")
    return folder


def say(book: Path, old: str, new: str) -> None:
    file = book / "playbook.toml"
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")


def tried(book: Path, cases: Path) -> str:
    return CliRunner().invoke(playbook, ["try", str(book), "--cases", str(cases), "--today", "2026-03-14"]).stdout


def test_a_check_says_that_it_does_not_hold_yet(book: Path) -> None:
    say(book, "valid_from = 2026-01-01", "valid_from = 2026-04-01")
    for day, more in (("2026-03-31", WAITS), ("2026-04-01", "")):
        out = CliRunner().invoke(playbook, ["check", str(book), "--today", day])
        assert (out.exit_code, out.stdout) == (0, f"Playbook 1, valid from 2026-04-01: no faults.\n{more}")


def test_a_new_playbook_with_the_old_version_is_pointed_out(book: Path, cases: Path) -> None:
    said = "Both are version 1: give the new one a version of its own, so that tickets show which it was.\n"
    assert said not in tried(book, cases)
    say(book, "reminder_hours = 24", "reminder_hours = 48")
    assert said in tried(book, cases)
    say(book, 'version = "1"', 'version = "2"')
    assert said not in tried(book, cases)


def test_an_older_playbook_is_pointed_out(book: Path, cases: Path) -> None:
    say(book, "valid_from = 2026-01-01", "valid_from = 2025-06-01")
    assert "The new one is older: it holds from 2025-06-01, the one in use from 2026-01-01.\n" in tried(book, cases)


def test_a_playbook_for_later_is_tried_and_says_so(book: Path, cases: Path) -> None:
    say(book, "valid_from = 2026-01-01", "valid_from = 2026-04-01")
    assert "The new one is not used before 2026-04-01; this is what would change then.\n" in tried(book, cases)


def test_the_settings_playbook_is_followed_from_its_day_on(
    book: Path, cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in the window. A playbook that is asked for by name is followed on any day."""
    say(book, "valid_from = 2026-01-01", "valid_from = 2026-04-01")
    say(book, 'label = "PTO"', 'label = "NEW"')
    monkeypatch.setenv("PTODESK_PLAYBOOK", str(book))
    for day, label in (("2026-03-31", "PTO"), ("2026-04-01", "NEW")):
        out = CliRunner().invoke(plan, [str(cases / "1.json"), "--today", day])
        assert json.loads(out.stdout)["steps"][0]["labels"] == [label]
        assert ("holds from 4/1/2026 on and is not used yet" in out.stderr) == (label == "PTO")
    asked = CliRunner().invoke(plan, [str(cases / "1.json"), "--today", "2026-03-31", "--playbook", str(book)])
    assert json.loads(asked.stdout)["steps"][0]["labels"] == ["NEW"]
