"""A console without the outbox's key sets nothing aside: it says what to do and ends with the code for "a person is needed"."""

import json
from pathlib import Path

import pytest

from ptodesk_gui.practice import PracticeDesk
from ptodesk_gui.workstation import paths
from tests.console.commands import CaseFile, Run, has_exactly_one_call, lines
from tests.outbox.keyrings import key_files, set_aside

Entries = dict[tuple[str, str], str]


@pytest.fixture
def queued(run: Run, case_file: CaseFile, signed_in: PracticeDesk, keyring_entries: Entries) -> str:
    """A call waits in the outbox, because the token was not known; the name of the outbox's key."""
    token = keyring_entries.pop(("ptodesk", signed_in.account.email))
    assert run("file", case_file(), "--today", "2026-03-05").exit_code == 4
    keyring_entries["ptodesk", signed_in.account.email] = token
    (name,) = (user for _, user in keyring_entries if user.startswith("outbox"))
    return name


def test_every_command_that_needs_the_key_says_so_and_leaves_the_outbox_as_it_is(
    run: Run, case_file: CaseFile, queued: str, keyring_entries: Entries, signed_in: PracticeDesk
) -> None:
    key = keyring_entries.pop(("ptodesk", queued))
    before = paths.store_path().read_bytes()
    for arguments in (["outbox"], ["outbox", "run"], ["outbox", "show", "1"], ["file", case_file()]):
        result = run(*arguments)
        assert (result.exit_code, result.stdout) == (4, ""), arguments
        assert "The key of the outbox is not in this computer's keyring." in result.stderr
        assert "Have IT bring back the keyring" in result.stderr
    assert set_aside(paths.data_dir()) == key_files(paths.data_dir()) == []
    assert paths.store_path().read_bytes() == before
    keyring_entries["ptodesk", queued] = key
    assert run("outbox", "run").exit_code == 0
    assert has_exactly_one_call(signed_in)


def test_a_console_takes_up_what_the_window_had_to_set_aside(
    run: Run, queued: str, keyring_entries: Entries, signed_in: PracticeDesk
) -> None:
    from ptodesk_gui.outbox.store import Store
    from ptodesk_gui.workstation.store_keys import StoreKeys

    key = keyring_entries.pop(("ptodesk", queued))
    Store(paths.store_path(), keyring=StoreKeys(), may_set_aside=True).close()
    waiting = run("outbox")
    assert waiting.exit_code == 0
    assert "with 1 call that is not all filed and 0 calls that were not ended" in waiting.stderr
    keyring_entries["ptodesk", queued] = key
    result = run("outbox", "run")
    assert result.exit_code == 0, result.stderr
    assert "1 call that is not all filed and 0 calls that were not ended are here again" in result.stderr
    assert lines(result.stdout)[-1]["state"] == "filed"
    assert has_exactly_one_call(signed_in)


def test_the_doctor_says_where_the_key_is(run: Run, queued: str, keyring_entries: Entries) -> None:
    assert key_line(run) == (True, "It is in the keyring.")
    key = keyring_entries.pop(("ptodesk", queued))
    ok, words = key_line(run)
    assert (ok, "What is in the outbox cannot be read." in words) == (False, True)
    keyring_entries["ptodesk", queued] = key
    assert key_line(run)[0]


def test_the_doctor_says_that_a_key_beside_the_outbox_protects_by_file_permissions_only(
    run: Run, case_file: CaseFile, monkeypatch: pytest.MonkeyPatch, own_home: Path
) -> None:
    monkeypatch.setenv("PTODESK_URL", "http://127.0.0.1:9")
    result = run("file", case_file(), "--today", "2026-03-05")
    assert result.exit_code == 4
    assert "protected by file permissions only" in result.stderr
    assert key_line(run) == (
        False,
        "It lies beside the outbox: what is kept on this disk is protected by file permissions only.",
    )


def key_line(run: Run) -> tuple[bool, str]:
    findings = json.loads(run("doctor", "--json").stdout)["findings"]
    (about,) = (finding for finding in findings if finding["name"] == "Outbox key")
    return about["ok"], about["words"]
