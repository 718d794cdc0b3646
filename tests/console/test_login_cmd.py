"""``ptodesk login`` and ``doctor``: the token goes to the keyring and nowhere else, and what is wrong has a cure."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from ptodesk_gui.console import doctor_cmd
from ptodesk_gui.desk.doctor import Finding
from ptodesk_gui.practice import PracticeDesk
from ptodesk_gui.practice.faults import held
from ptodesk_gui.workstation import paths
from ptodesk_gui.workstation.policy import Policy
from ptodesk_gui.workstation.settings import read_settings
from tests.console.commands import CaseFile, Run, has_exactly_one_call, lines
from tests.keyring_session import run_python, secret_service, skip_without_programs

Entries = dict[tuple[str, str], str]


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    skip_without_programs()
    with secret_service(tmp_path_factory.mktemp("keyring")) as environment:
        yield environment


def login(run: Run, desk: PracticeDesk, token: str | None = None, url: str | None = None) -> "object":
    email, right = desk.account
    return run("login", "--url", url or desk.url, "--email", email, stdin=f"{right if token is None else token}\n")


def test_a_token_that_works_is_kept_in_the_keyring_and_the_account_in_the_settings(
    run: Run, desk: PracticeDesk, keyring_entries: Entries
) -> None:
    result = login(run, desk, url=f"{desk.url}/")
    assert result.exit_code == 0, result.stderr
    assert keyring_entries == {("ptodesk", desk.account.email): desk.account.token}
    settings = read_settings(environment={})
    assert (settings.url, settings.email) == (desk.url, desk.account.email)
    assert desk.account.token not in result.output
    assert desk.account.token not in paths.settings_path().read_text("utf-8")


@pytest.mark.parametrize("token", ["wrong", "", "two words\x00", "tökén"])
def test_a_token_that_does_not_work_is_not_kept(
    run: Run, desk: PracticeDesk, keyring_entries: Entries, token: str
) -> None:
    result = login(run, desk, token)
    assert (result.exit_code, result.stdout) == (4, "")
    assert result.stderr.count("\n") == 1
    assert keyring_entries == {}
    assert not paths.settings_path().exists()


def test_a_site_that_does_not_answer_keeps_nothing(run: Run, desk: PracticeDesk, keyring_entries: Entries) -> None:
    desk.stop()
    result = run("login", "--url", desk.url, "--email", "dana@example.com", stdin="token\n")
    assert result.exit_code == 4
    assert keyring_entries == {}


@pytest.mark.parametrize("url", ["http://desk.example", "ftp://desk.example", "desk", "https://a:b@desk.example"])
def test_an_address_that_is_not_used_is_refused_before_the_token_is_asked_for(
    run: Run, keyring_entries: Entries, url: str
) -> None:
    result = run("login", "--url", url, "--email", "dana@example.com", stdin="")
    assert result.exit_code == 4
    assert "address" in result.stderr


def test_what_it_locked_is_signed_in_to_and_nothing_else(
    run: Run, desk: PracticeDesk, keyring_entries: Entries, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = Policy(locked={"url": "https://desk.example"})
    monkeypatch.setattr("ptodesk_gui.workstation.settings.read_policy", lambda: policy)
    result = login(run, desk)
    assert result.exit_code == 4
    assert "set by your administrator to https://desk.example" in result.stderr
    assert keyring_entries == {}


def test_without_a_keyring_the_token_is_not_kept_and_that_is_said(run: Run, desk: PracticeDesk) -> None:
    result = login(run, desk)
    assert result.exit_code == 4
    assert "no keyring service" in result.stderr
    assert not paths.settings_path().exists()


# --- a real Secret Service, the real command --------------------------------------------------------------------------


def test_login_then_file_with_a_real_keyring_and_the_token_is_nowhere_else(
    session: Mapping[str, str], desk: PracticeDesk, case_file: CaseFile, own_home: Path
) -> None:
    email, token = desk.account
    own = {name: value for name, value in os.environ.items() if name.startswith("PTODESK_")}
    environment = {**session, **own}

    def ptodesk(*arguments: str, stdin: str = "") -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "ptodesk_gui.console.main", *arguments],
            env=environment,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    signed_in = ptodesk("login", "--url", desk.url, "--email", email, stdin=f"{token}\n")
    assert signed_in.returncode == 0, signed_in.stderr
    stored = run_python("import keyring, sys; print(keyring.get_password('ptodesk', sys.argv[1]))", environment, email)
    assert stored.stdout == f"{token}\n"
    filed = ptodesk("file", case_file())
    assert filed.returncode == 0, filed.stderr
    assert lines(filed.stdout)[-1]["state"] == "filed"
    assert has_exactly_one_call(desk)
    well = ptodesk("doctor")
    assert well.returncode == 0, well.stdout
    assert token not in signed_in.stdout + signed_in.stderr + filed.stdout + filed.stderr + well.stdout + well.stderr
    holders = [path for path in own_home.rglob("*") if path.is_file() and token.encode() in path.read_bytes()]
    assert holders == []


# --- doctor -----------------------------------------------------------------------------------------------------------


def test_a_well_workstation_has_a_line_for_everything_and_exit_0(run: Run, signed_in: PracticeDesk) -> None:
    result = run("doctor", "--json")
    answer = json.loads(result.stdout)
    assert (result.exit_code, answer["ok"]) == (0, True), result.stdout
    names = [finding["name"] for finding in answer["findings"]]
    in_order = ("Program", "Policy", "Keyring", "Outbox key", "Outbox", "Playbook", "Site", "Clock")
    assert [name for name in names if name in in_order] == list(in_order)
    assert {"Site", "Sign-in", "Project", "Request type", "Fields", "Closing screen", "Permissions"} <= set(names)
    plain = run("doctor").stdout.splitlines()
    assert len(plain) == len(names)
    assert all(line.startswith("ok ") for line in plain)


def test_what_is_wrong_has_a_cure_and_exit_1(run: Run, signed_in: PracticeDesk) -> None:
    signed_in.revoke_token()
    result = run("doctor", "--json")
    wrong = [finding for finding in json.loads(result.stdout)["findings"] if not finding["ok"]]
    assert result.exit_code == 1
    assert "Sign-in" in [finding["name"] for finding in wrong]
    assert all(finding["cure"] for finding in wrong)


def test_without_keyring_and_site_the_doctor_still_says_everything_it_can(run: Run) -> None:
    result = run("doctor")
    assert result.exit_code == 1
    assert "WRONG  Keyring: This computer has no keyring service" in result.stdout
    assert "ok     Playbook: " in result.stdout
    assert "WRONG  Sign-in: No site is set. Sign in with: ptodesk login --url U --email E." in result.stdout
    assert "this run" not in result.stdout


WINDOW_WORDS = ("Ctrl+", "by itself", "this run", "settings window")


def test_the_doctor_speaks_of_nothing_that_only_the_window_does(run: Run, signed_in: PracticeDesk) -> None:
    signed_in.stop()
    result = run("doctor")
    assert result.exit_code == 1
    assert "cannot be reached" in result.stdout
    assert [words for words in WINDOW_WORDS if words in result.stdout] == []


def test_every_line_of_the_doctor_is_printed_before_the_next_one_is_waited_for(
    run: Run, signed_in: PracticeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is asked for last is answered only after an earlier line was printed."""
    printed = threading.Event()
    real = doctor_cmd._print

    def print_and_note(finding: Finding) -> None:
        real(finding)
        if finding.name == "Project":
            printed.set()

    monkeypatch.setattr(doctor_cmd, "_print", print_and_note)
    gate = signed_in.fault("GET /rest/api/3/mypermissions", held(printed))
    assert run("doctor").exit_code == 0
    assert gate.hits == 1


def test_a_broken_policy_is_a_line_of_the_doctors(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "ptodesk_gui.workstation.settings.read_policy", lambda: Policy(faults=("The policy is broken.",))
    )
    assert "WRONG  Settings: The policy is broken." in run("doctor").stdout
