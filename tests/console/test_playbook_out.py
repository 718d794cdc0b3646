"""From a lead's folder to everybody: packed, signed, named in the policy, fetched."""

import shutil
import sys
from pathlib import Path

import pytest

from ptodesk_gui.workstation import policy
from ptodesk_gui.workstation.playbook_files import packaged_playbook
from tests.console.commands import CaseFile, Run


@pytest.fixture
def lead(tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(packaged_playbook(), tmp_path / "lead"))
    file = folder / "playbook.toml"
    file.write_text(file.read_text("utf-8").replace('version = "1"', 'version = "7"'), "utf-8")
    return folder


def test_what_a_lead_packs_and_signs_is_what_every_plan_follows(
    run: Run, lead: Path, tmp_path: Path, case_file: CaseFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, key = str(tmp_path / "playbook.zip"), str(tmp_path / "lead.pem")
    made = run("playbook", "keys", key)
    assert made.stdout.startswith('public_keys = ["')
    packed = run("playbook", "pack", str(lead), archive)
    signed = run("playbook", "sign", archive, "--key", key)
    assert (packed.exit_code, signed.exit_code) == (0, 0)
    assert packed.stdout.splitlines()[-1] == signed.stdout.splitlines()[-1]
    assert run("playbook", "check", archive).stdout.startswith("Playbook 7, ")
    file = tmp_path / "policy.toml"
    file.write_text(f"[locked]\nproject = 'PTX'\n[playbook]\nsource = '{archive}'\n{made.stdout}", "utf-8")
    monkeypatch.setattr(policy, "policy_path", lambda: file)
    fetched = run("playbook", "fetch")
    assert (fetched.exit_code, fetched.stderr) == (0, "")
    assert fetched.stdout.startswith("Playbook 7 is in use. It was fetched from ")
    plan = run("plan", case_file(), "--today", "2026-03-14")
    assert plan.exit_code == 0
    assert '"project": "PTX"' in plan.stdout
    assert '"project": "PTO"' not in plan.stdout
    Path(archive).write_bytes(Path(archive).read_bytes() + b"x")
    again = run("playbook", "fetch")
    assert again.exit_code == 1
    assert "None whom the policy names has signed it" in again.stderr
    assert "Playbook 7 is in use" in again.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has access lists")
def test_a_private_key_is_for_the_lead_alone_and_never_overwritten(run: Run, tmp_path: Path) -> None:
    key = tmp_path / "lead.pem"
    run("playbook", "keys", str(key))
    assert key.stat().st_mode & 0o777 == 0o600
    before = key.read_bytes()
    assert run("playbook", "keys", str(key)).exit_code == 1
    assert key.read_bytes() == before
    assert "PRIVATE" not in run("playbook", "keys", str(tmp_path / "other.pem")).output


def test_a_playbook_with_faults_is_neither_packed_nor_signed(run: Run, lead: Path, tmp_path: Path) -> None:
    (lead / "replies" / "say_past.txt").unlink()
    archive, key = tmp_path / "playbook.zip", tmp_path / "lead.pem"
    assert run("playbook", "pack", str(lead), str(archive)).exit_code == 2
    assert not archive.exists()
    archive.write_bytes(b"no zip")
    run("playbook", "keys", str(key))
    assert run("playbook", "sign", str(archive), "--key", str(key)).exit_code == 2
    assert not (tmp_path / "playbook.zip.sig").exists()


def test_without_a_place_in_the_policy_there_is_nothing_to_fetch(run: Run) -> None:
    result = run("playbook", "fetch")
    assert result.exit_code == 1
    assert "names no place" in result.stderr
