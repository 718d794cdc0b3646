"""``ptodesk outbox``: what is waiting, why and since when; retrying never doubles anything."""

import pytest

from ptodesk_gui.outbox.store import Store
from ptodesk_gui.practice import PracticeDesk, faults
from ptodesk_gui.workstation import paths
from ptodesk_gui.workstation.store_keys import StoreKeys
from tests.console.commands import CaseFile, Run, has_exactly_one_call, lines

CREATE = "POST /rest/api/3/issue"


@pytest.fixture
def refused(run: Run, case_file: CaseFile, signed_in: PracticeDesk) -> PracticeDesk:
    """A site that has refused the homeowner ticket of the only plan."""
    signed_in.fault(CREATE, faults.answer(400, '{"errorMessages": [], "errors": {"summary": "Not today."}}'))
    assert run("file", case_file()).exit_code == 4
    return signed_in


def test_an_empty_outbox_says_so(run: Run) -> None:
    for arguments in (["outbox"], ["outbox", "list"]):
        result = run(*arguments)
        assert (result.exit_code, result.stdout) == (0, "Nothing is waiting: everything is filed.\n")


def test_what_waits_is_listed_with_reason_and_since_when(run: Run, refused: PracticeDesk) -> None:
    result = run("outbox")
    assert result.exit_code == 4
    first, *rest = result.stdout.splitlines()
    assert first.startswith("1  person  0 of 7 steps done  since 20")
    assert first.endswith("  Jane Doe, Sunny Roofs")
    assert any(line.startswith("    Create the homeowner ticket (refused): ") for line in rest)


def test_showing_a_plan_names_every_step(run: Run, refused: PracticeDesk) -> None:
    result = run("outbox", "show", "1")
    assert result.exit_code == 4
    assert len([line for line in result.stdout.splitlines() if "(waiting)" in line or "(refused)" in line]) == 7


@pytest.mark.parametrize("command", ["show", "retry"])
def test_a_plan_that_is_not_there_is_a_sentence(run: Run, signed_in: PracticeDesk, command: str) -> None:
    result = run("outbox", command, "7")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "There is no plan 7" in result.stderr


def test_retrying_files_what_was_refused_and_only_that(run: Run, refused: PracticeDesk) -> None:
    result = run("outbox", "retry", "1")
    assert result.exit_code == 0, result.stderr
    assert lines(result.stdout)[-1] == {"state": "filed", "tickets": {"homeowner": "PTO-1", "installer": "PTO-2"}}
    assert has_exactly_one_call(refused)
    again = run("outbox", "retry", "1")
    assert (again.exit_code, len(lines(again.stdout))) == (0, 1)
    assert has_exactly_one_call(refused)


def test_running_does_not_try_again_what_a_person_must_see_to(run: Run, refused: PracticeDesk) -> None:
    refused.forget_requests()
    assert run("outbox", "run").exit_code == 4
    assert refused.requests == []


def test_a_plan_of_another_site_is_left_alone_and_says_so(
    run: Run, refused: PracticeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(paths.store_path(), keyring=StoreKeys())
    store.retry(1)
    store.close()
    monkeypatch.setenv("PTODESK_URL", "https://other.example")
    for arguments in (["outbox"], ["outbox", "run", "--wait", "1"], ["outbox", "show", "1"]):
        result = run(*arguments)
        assert result.exit_code == 4
        assert "queued for another site" in result.output


def test_a_ticket_whose_answer_got_lost_is_not_made_twice(
    run: Run, case_file: CaseFile, signed_in: PracticeDesk
) -> None:
    signed_in.fault(CREATE, faults.cut_after())
    result = run("file", case_file(), "--wait", "30")
    assert result.exit_code == 0, result.stderr
    assert has_exactly_one_call(signed_in)
