"""``ptodesk file``: safe in the outbox before the first request, filed once, and the exit code says what is left."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from ptodesk_gui.outbox.store import Store
from ptodesk_gui.practice import PracticeDesk, faults
from ptodesk_gui.sop.progress import PlanState
from ptodesk_gui.workstation import paths
from ptodesk_gui.workstation.store_keys import StoreKeys
from tests.console.commands import CASE, CaseFile, Run, has_exactly_one_call, lines


def queued() -> int:
    store = Store(paths.store_path(), keyring=StoreKeys())
    try:
        return len(store.all_progress())
    finally:
        store.close()


# --- filed ------------------------------------------------------------------------------------------------------------


def test_a_case_is_filed_with_a_line_for_every_step_and_a_last_one(
    run: Run, case_file: CaseFile, signed_in: PracticeDesk
) -> None:
    result = run("file", case_file(), "--today", "2026-03-05")
    assert result.exit_code == 0, result.stderr
    *steps, last = lines(result.stdout)
    keys = {last["tickets"]["homeowner"], last["tickets"]["installer"]}
    assert (last["state"], keys) == ("filed", {"PTO-1", "PTO-2"})
    assert last.keys() == {"state", "tickets"}
    plan = json.loads(run("plan", case_file(), "--today", "2026-03-05").stdout)
    assert sorted(line["step"] for line in steps) == sorted(step["id"] for step in plan["steps"])
    assert {line["state"] for line in steps} == {"done"}
    assert {line["ticket"] for line in steps} == keys
    assert has_exactly_one_call(signed_in)


def test_a_case_on_stdin_is_filed(run: Run, signed_in: PracticeDesk) -> None:
    assert run("file", "-", stdin=json.dumps(CASE)).exit_code == 0
    assert has_exactly_one_call(signed_in)


def test_filing_a_case_twice_on_purpose_is_two_calls(run: Run, case_file: CaseFile, signed_in: PracticeDesk) -> None:
    assert [run("file", case_file()).exit_code for _ in range(2)] == [0, 0]
    assert queued() == 2


def test_what_is_missing_and_does_not_block_is_said(run: Run, case_file: CaseFile, signed_in: PracticeDesk) -> None:
    result = run("file", case_file(homeowner={"first_name": "Jane", "last_name": "Doe"}))
    assert result.exit_code == 0, result.stderr
    assert "homeowner.email: " in result.stderr


# --- invalid ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"channel": "telephone"}, "channel: "),
        ({"colour": "red"}, "colour: "),
        ({"job": {"m2": "2027-02-01"}}, "job.m2: "),  # blocks: C14
        ({"installer_concern": "Asks about the double billing."}, "installer_concern: "),  # blocks: I5
    ],
)
def test_an_invalid_case_is_not_queued_and_each_fault_has_a_line(
    run: Run, case_file: CaseFile, signed_in: PracticeDesk, changes: dict[str, object], line: str
) -> None:
    result = run("file", case_file(**changes), "--today", "2026-03-05")
    assert (result.exit_code, result.stdout) == (2, "")
    assert any(text.startswith(line) for text in result.stderr.splitlines()), result.stderr
    assert queued() == 0


def test_an_invalid_playbook_is_not_filed_with(
    run: Run, case_file: CaseFile, signed_in: PracticeDesk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "playbook.toml").write_text("version = ", "utf-8")
    monkeypatch.setenv("PTODESK_PLAYBOOK", str(tmp_path))
    result = run("file", case_file())
    assert (result.exit_code, result.stdout) == (2, "")
    assert "playbook.toml" in result.stderr
    assert queued() == 0


# --- still queued -----------------------------------------------------------------------------------------------------


def test_without_network_the_case_is_queued_and_filed_once_the_site_is_back(
    run: Run,
    case_file: CaseFile,
    keyring_entries: dict[tuple[str, str], str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    with PracticeDesk(tmp_path / "site") as desk:  # makes the site, and is gone again
        email, token = desk.account
    keyring_entries["ptodesk", email] = token
    with socket.socket() as closed:  # bound and not listening: connections are refused
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        monkeypatch.setenv("PTODESK_URL", f"http://127.0.0.1:{port}")
        monkeypatch.setenv("PTODESK_EMAIL", email)
        result = run("file", case_file(), "--wait", "0.2")
        assert result.exit_code == 3, result.stderr
        (last,) = lines(result.stdout)  # on a slow machine the time is over before the first attempt
        assert last in ({"state": state, "tickets": {}} for state in ("waiting", "later"))
        assert "In the outbox as 1." in result.stderr
        listed = run("outbox")
        assert listed.exit_code == 3
        assert "Jane Doe, Sunny Roofs" in listed.stdout
        assert "0 of 7 steps done" in listed.stdout
    with PracticeDesk(tmp_path / "site", port=port) as back:
        result = run("outbox", "run")
        assert result.exit_code == 0, result.stderr
        assert lines(result.stdout)[-1]["state"] == "filed"
        assert has_exactly_one_call(back)
    assert run("outbox").exit_code == 0


def test_without_waiting_the_case_is_queued_all_the_same(
    run: Run, case_file: CaseFile, signed_in: PracticeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in.latency = 0.3
    assert run("file", case_file(), "--wait", "0").exit_code == 3
    signed_in.latency = 0
    assert run("outbox", "run").exit_code == 0
    assert has_exactly_one_call(signed_in)


@pytest.mark.parametrize("wait", ["nan", "inf", "-1", "soon"])
@pytest.mark.parametrize("command", [("file", "-"), ("outbox", "run")])
def test_what_is_no_time_to_wait_is_refused_and_nothing_is_queued(
    run: Run, signed_in: PracticeDesk, wait: str, command: tuple[str, ...]
) -> None:
    result = run(*command, "--wait", wait)
    assert result.exit_code == 2
    assert "--wait" in result.stderr


def test_while_another_program_files_the_case_is_queued_and_that_is_said(
    run: Run, case_file: CaseFile, signed_in: PracticeDesk
) -> None:
    from ptodesk_gui.outbox.ownership import Ownership

    window = Ownership(paths.store_path())
    assert window.taken()
    result = run("file", case_file(), "--wait", "0")
    window.give_up()
    assert result.exit_code == 3
    assert "Another window or console" in result.stderr
    assert queued() == 1


# --- a person is needed -----------------------------------------------------------------------------------------------


def test_without_a_site_there_is_nowhere_to_file_to(run: Run, case_file: CaseFile) -> None:
    result = run("file", case_file())
    assert (result.exit_code, result.stdout) == (4, "")
    assert "No site is set" in result.stderr
    assert "ptodesk login" in result.stderr


def test_plain_http_to_another_computer_is_refused(
    run: Run, case_file: CaseFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTODESK_URL", "http://desk.example")
    result = run("file", case_file())
    assert result.exit_code == 4
    assert "https" in result.stderr


def test_without_a_token_the_case_is_safe_and_a_person_signs_in(
    run: Run, case_file: CaseFile, signed_in: PracticeDesk, keyring_entries: dict[tuple[str, str], str]
) -> None:
    keyring_entries.clear()
    result = run("file", case_file())
    assert result.exit_code == 4
    assert lines(result.stdout) == [{"state": "person", "tickets": {}}]
    assert "ptodesk login" in result.stderr
    assert queued() == 1


def test_a_revoked_token_is_a_persons_turn_and_after_signing_in_again_filing_goes_on(
    run: Run, case_file: CaseFile, signed_in: PracticeDesk
) -> None:
    signed_in.revoke_token()
    result = run("file", case_file())
    assert result.exit_code == 4
    assert result.stderr.count("\n") >= 2
    signed_in.admit()
    login = run("login", "--url", signed_in.url, "--email", signed_in.account.email, stdin="a new token\n")
    assert login.exit_code == 0, login.stderr
    assert run("outbox", "run").exit_code == 0
    assert has_exactly_one_call(signed_in, "a new token")


# --- practice ---------------------------------------------------------------------------------------------------------


def test_practice_files_to_the_practice_desk_and_leaves_the_real_outbox_alone(
    run: Run, case_file: CaseFile, signed_in: PracticeDesk, keyring_entries: dict[tuple[str, str], str]
) -> None:
    keyring_entries.clear()  # practice needs no token
    result = run("file", case_file(), "--practice")
    assert result.exit_code == 0, result.stderr
    assert not paths.store_path().exists()
    assert signed_in.requests == []
    with PracticeDesk(paths.practice_dir()) as practice:
        assert has_exactly_one_call(practice)
    assert "filed" in run("outbox", "--practice", "show", "1").stdout
    assert run("outbox", "list").stdout == "Nothing is waiting: everything is filed.\n"


def test_the_real_command_files_in_practice_and_a_later_practice_shows_the_tickets(
    case_file: CaseFile, project_dir: Path
) -> None:
    command = [sys.executable, "-m", "ptodesk_gui.console.main"]
    filed = subprocess.run(
        [*command, "file", case_file(), "--practice"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=project_dir,
    )
    assert filed.returncode == 0, filed.stderr
    assert lines(filed.stdout)[-1]["state"] == PlanState.FILED
    with subprocess.Popen(
        [*command, "practice"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=project_dir
    ) as practice:
        import requests

        assert practice.stdout is not None
        try:
            with requests.Session() as session:
                session.trust_env = False
                page = session.get(f"{practice.stdout.readline().strip()}/browse/PTO-1", timeout=20)
        finally:
            practice.terminate()
            practice.communicate(timeout=30)
    assert "Jane Doe" in page.text


def test_nothing_of_the_homeowner_is_in_the_log_or_in_file_names(
    run: Run, case_file: CaseFile, signed_in: PracticeDesk
) -> None:
    signed_in.fault(
        "POST /rest/api/3/issue", faults.answer(400, '{"errors": {"summary": "Jane Doe jane@example.com"}}')
    )
    assert run("file", case_file()).exit_code == 4
    for folder, _, names in os.walk(paths.data_dir()):
        for name in names:
            assert "jane" not in name.lower()
            if name.endswith(".log"):
                text = (Path(folder) / name).read_text("utf-8")
                assert "Jane" not in text
                assert "jane@" not in text
                assert signed_in.account.token not in text
