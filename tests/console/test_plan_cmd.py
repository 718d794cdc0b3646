"""``ptodesk plan`` and ``ptodesk playbook check``: what they print, and where."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from ptodesk_gui.console.plan_cmd import plan
from ptodesk_gui.console.playbook_cmd import playbook
from ptodesk_gui.workstation.playbook_files import packaged_playbook

CASE: dict[str, Any] = {
    "channel": "phone",
    "agent": "Dana Reyes",
    "homeowner": {"first_name": "Zoë", "last_name": "Doe", "email": "zoe@example.com"},
    "installer": {"name": "Sunny Roofs", "rep_first_name": "Sam", "rep_email": "sam@example.com"},
    "job": {"m2": "2026-02-01"},
    "concern": "Asks when PTO is expected.",
}


def run(*args: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(plan, args, input=stdin)


def test_the_plan_is_printed_as_json() -> None:
    out = run("-", "--today", "2026-03-14", stdin=json.dumps(CASE).encode())
    assert (out.exit_code, out.stderr) == (0, "")
    printed = json.loads(out.stdout)
    assert set(printed) == {"grace", "say", "flags", "problems", "replies", "steps"}
    assert printed["grace"] == {"status": "within", "m2": "2026-02-01", "due": "2026-04-02", "day": 41, "days_left": 19}
    assert "Zoë Doe" in out.stdout


def test_a_file_is_read_with_or_without_a_mark_of_its_encoding(tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    for mark in (b"", b"\xef\xbb\xbf"):
        file.write_bytes(mark + json.dumps(CASE, ensure_ascii=False).encode())
        assert "Zoë Doe" in run(str(file)).stdout


@pytest.mark.parametrize(
    ("stdin", "fault"),
    [
        (b'{"channel": "phone",\n "agent" "x"}', "stdin: line 2, column 10: Expecting ':' delimiter."),
        (b"", "stdin: line 1, column 1: Expecting value."),
        (b"\xff\xfe", "stdin: is not UTF-8 text (byte 1)."),
        (b'{"agent": NaN}', "stdin: has the number NaN, which JSON does not know."),
        (b"[" * 200_000, "stdin: is no case: brackets within brackets, or a number, without end."),
        (b'{"agent": ' + b"1" * 5000 + b"}", "stdin: is no case: brackets within brackets, or a number, without end."),
    ],
)
def test_what_is_no_case_is_one_line_on_stderr(stdin: bytes, fault: str) -> None:
    out = run("-", stdin=stdin)
    assert (out.exit_code, out.stdout, out.stderr) == (2, "", fault + "\n")


def test_faults_of_a_case_are_lines_on_stderr() -> None:
    bad = {**CASE, "agent": "", "inspection": "no", "notes": "x", "zip": 1}
    out = run("-", stdin=json.dumps(bad).encode())
    assert (out.exit_code, out.stdout) == (2, "")
    assert [line.partition(": ")[0] for line in out.stderr.splitlines()] == ["zip", "agent", "inspection", "notes"]


def test_a_key_given_twice_is_named_with_its_path() -> None:
    text = json.dumps(CASE).replace('"last_name":', '"last_name": "Roe", "last_name":')
    out = run("-", stdin=text.encode())
    assert (out.exit_code, out.stdout, out.stderr) == (2, "", "homeowner.last_name: is given twice. Keep one.\n")


def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    out = run(str(tmp_path / "none.json"))
    assert (out.exit_code, out.stdout) == (2, "")
    assert out.stderr.endswith("none.json: there is no such file.\n")
    assert run(str(tmp_path)).exit_code == 2


@pytest.mark.parametrize("day", ["3/5/26", "2026-3-5", "20260305", "2026-02-30", "2026-W01-1", ""])
def test_today_is_written_as_a_date(day: str) -> None:
    out = run("-", "--today", day, stdin=json.dumps(CASE).encode())
    assert (out.exit_code, out.stdout) == (2, "")
    assert "--today" in out.stderr


def test_another_playbook_is_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import shutil

    folder = shutil.copytree(packaged_playbook(), tmp_path / "new")
    toml = folder / "playbook.toml"
    toml.write_text(toml.read_text("utf-8").replace("grace_days = 60", "grace_days = 30"), "utf-8")
    stdin = json.dumps(CASE).encode()
    out = run("-", "--today", "2026-03-14", "--playbook", str(toml), stdin=stdin)
    assert json.loads(out.stdout)["grace"]["status"] == "past"
    monkeypatch.setenv("PTODESK_PLAYBOOK", str(folder))
    assert json.loads(run("-", "--today", "2026-03-14", stdin=stdin).stdout)["grace"]["status"] == "past"


def test_faults_of_case_and_playbook_come_together(tmp_path: Path) -> None:
    (tmp_path / "playbook.toml").write_text("grace_days = 0", "utf-8")
    out = run("-", "--playbook", str(tmp_path), stdin=b"{}")
    assert (out.exit_code, out.stdout) == (2, "")
    assert "agent: is missing." in out.stderr
    assert "playbook.toml, line 1, grace_days: is 0. Write 1 or more." in out.stderr


def test_what_it_has_locked_is_used_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ptodesk_gui.workstation import settings
    from ptodesk_gui.workstation.policy import Policy

    locked = str(packaged_playbook())
    monkeypatch.setattr(settings, "read_policy", lambda: Policy(locked={"playbook": locked}))
    out = run("-", "--playbook", str(tmp_path / "none.toml"), stdin=json.dumps(CASE).encode())
    assert out.exit_code == 0
    assert out.stderr == f"The playbook is set by your administrator: {locked} is used.\n"


def test_the_answer_is_utf_8_whatever_the_locale_says(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from ptodesk_gui.console.plan_cmd import plan; plan()", "-"],
        input=json.dumps(CASE).encode(),
        capture_output=True,
        check=True,
        env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "PTODESK_CONFIG_DIR": str(tmp_path)},
    )
    assert "Zoë Doe" in done.stdout.decode("utf-8")


def test_a_good_playbook_is_said_to_be_good() -> None:
    out = CliRunner().invoke(playbook, ["check", str(packaged_playbook() / "playbook.toml")])
    assert (out.exit_code, out.stdout) == (0, "Playbook 1, valid from 2026-01-01: no faults.\n")


def test_every_fault_of_a_playbook_is_a_line(tmp_path: Path) -> None:
    (tmp_path / "playbook.toml").write_text('grace_days = 0\nversion = ""\n', "utf-8")
    out = CliRunner().invoke(playbook, ["check", str(tmp_path)])
    assert (out.exit_code, out.stdout) == (2, "")
    assert "playbook.toml, line 1, grace_days: is 0. Write 1 or more.\n" in out.stderr
    assert "playbook.toml, line 2, version: is empty. Write it.\n" in out.stderr
    assert "replies: is not there." in out.stderr
    (tmp_path / "replies").mkdir()
    out = CliRunner().invoke(playbook, ["check", str(tmp_path)])
    assert "replies/say_within.txt: is missing." in out.stderr
