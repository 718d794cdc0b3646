"""``ptodesk playbook try``: what a new playbook would change, case by case."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from ptodesk_gui.console.playbook_cmd import playbook
from ptodesk_gui.workstation.playbook_files import packaged_playbook

CASE: dict[str, Any] = {
    "channel": "phone",
    "agent": "Dana Reyes",
    "homeowner": {"first_name": "Jane", "last_name": "Doe", "email": "jane@example.com"},
    "installer": {"name": "Sunny Roofs", "rep_first_name": "Sam", "rep_email": "sam@example.com"},
    "job": {"m2": "2026-02-01"},
    "concern": "Asks when PTO is expected.",
}


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """A folder with two cases: one with a usual installer, one whose installer gets no tickets."""
    folder = tmp_path / "cases"
    folder.mkdir()
    (folder / "1-usual.json").write_text(json.dumps(CASE), "utf-8")
    (folder / "2-listed.json").write_text(json.dumps({**CASE, "installer": {"name": "LA Solar"}}), "utf-8")
    (folder / "notes.txt").write_text("no case", "utf-8")
    return folder


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """A copy of the packaged playbook, to change."""
    return shutil.copytree(packaged_playbook(), tmp_path / "new")


def change(file: Path, old: str, by: str) -> None:
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, by), "utf-8")


def tried(new: Path, cases: Path, *more: str) -> Result:
    args = ["try", str(new), "--cases", str(cases), "--today", "2026-03-14", *more]
    return CliRunner().invoke(playbook, args)


def test_the_same_playbook_changes_nothing(new: Path, cases: Path) -> None:
    out = tried(new, cases)
    assert (out.exit_code, out.stderr) == (0, "")
    assert out.stdout == (
        "Playbook 1 (valid from 2026-01-01) -> 1 (valid from 2026-01-01), on 2026-03-14\n"
        "\n2 cases tried: 0 would change, 2 stay the same.\n"
    )


def test_a_changed_sentence_is_shown_before_and_after(new: Path, cases: Path) -> None:
    change(new / "replies" / "installer_within.txt", "Thanks,", "Many thanks,")
    out = tried(new, cases)
    assert out.exit_code == 1
    assert out.stdout.split("\n\n", 1)[1] == (
        "1-usual.json: Jane Doe, Sunny Roofs, phone\n"
        "  New installer ticket: Reply to the installer\n"
        "    - Thanks,\n"
        "    + Many thanks,\n"
        "\n2 cases tried: 1 would change, 1 stay the same.\n"
    )


def test_a_group_turned_on_again_shows_the_tickets_and_steps(new: Path, cases: Path) -> None:
    change(
        new / "playbook.toml", "[groups.shield]\ninstaller_tickets = false", "[groups.shield]\ninstaller_tickets = true"
    )
    out = tried(new, cases)
    assert out.exit_code == 1
    assert "1-usual.json" not in out.stdout
    for line in (
        "2-listed.json: Jane Doe, LA Solar, phone",
        "  Flag no_installer_ticket (I7)",
        "    - Internal comment in the homeowner ticket, mentioning Jessica Hauger",
        "    + Create the installer ticket",
        "    + Link: homeowner is caused by installer",
        "  New installer ticket: Reporter",
        "    + gi@shieldenergy.tech",
    ):
        assert f"\n{line}\n" in out.stdout


def test_other_days_change_what_is_said_and_chosen(new: Path, cases: Path) -> None:
    change(new / "playbook.toml", "grace_days = 60", "grace_days = 30")
    out = tried(new, cases)
    assert (
        "\n  Grace period\n    - within, first payment due April 2, 2026\n    + past, first payment due March 3, 2026\n"
        in (out.stdout)
    )
    assert (
        "\n  Reply chosen for the homeowner\n    - Within the grace period (homeowner_within)\n    + Past" in out.stdout
    )


def test_what_is_told_besides_counts(new: Path, cases: Path) -> None:
    change(new / "playbook.toml", "Tell the homeowner that the installer will be asked for an update.", "Tell them.")
    out = tried(new, cases)
    assert out.exit_code == 1
    assert out.stdout.count("  Tell besides: Within the grace period\n") == 2


def test_spaces_nobody_sees_are_named(new: Path, cases: Path) -> None:
    change(new / "replies" / "homeowner_within.txt", "Thank you,", "Thank you,\xa0")
    out = tried(new, cases)
    assert "Reply to the homeowner (only spaces differ)\n    - Thank you,\n" in out.stdout


def test_another_playbook_may_stand_for_the_one_in_use(new: Path, cases: Path, tmp_path: Path) -> None:
    change(new / "playbook.toml", "grace_days = 60", "grace_days = 30")
    assert tried(new, cases, "--against", str(new)).exit_code == 0


def test_faults_of_playbooks_and_cases_come_together_and_nothing_is_tried(new: Path, cases: Path) -> None:
    change(new / "playbook.toml", "grace_days = 60", "grace_days = 0")
    (cases / "1-usual.json").write_text("{", "utf-8")
    (cases / "3.json").write_text(json.dumps({**CASE, "agent": ""}), "utf-8")
    out = tried(new, cases)
    assert (out.exit_code, out.stdout) == (2, "")
    lines = out.stderr.splitlines()
    assert len(lines) == 3
    assert lines[0].endswith("playbook.toml, line 13, grace_days: is 0. Write 1 or more.")
    assert lines[1].startswith("1-usual.json: ")
    assert "line 1, column 2" in lines[1]
    assert lines[2] == "3.json: agent: is missing."


def test_a_folder_without_cases_is_said(new: Path, tmp_path: Path) -> None:
    for folder in (tmp_path / "none", new / "replies"):
        out = tried(new, folder)
        assert (out.exit_code, out.stdout) == (2, "")
        assert out.stderr.count("\n") == 1
