"""``ptodesk outbox`` and follow-ups: listed after the plans, acted on by ``run`` when they are due (H9, H10)."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import requests

from ptodesk_gui.practice import PracticeDesk
from ptodesk_gui.sop.progress import FollowUp, FollowUpState
from ptodesk_gui.workstation import paths
from tests.console.commands import CaseFile, Run, lines

COLLEAGUE = ("sample.agent.one@example.com", "a token of its own")


class Clock:
    """The desk's clock: goes with the world's, and further when told to."""

    def __init__(self) -> None:
        from time import time

        self.ahead = 0.0
        self._time = time

    def __call__(self) -> float:
        return self._time() + self.ahead


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[PracticeDesk]:
    with PracticeDesk(tmp_path / "site", clock=clock) as served:
        yield served


@pytest.fixture
def ask(signed_in: PracticeDesk) -> Any:
    """Asks the desk without the program."""

    def ask(method: str, path: str, who: tuple[str, str] | None = None, **how: Any) -> Any:
        answered = requests.request(
            method, f"{signed_in.url}{path}", auth=who or tuple(signed_in.account), timeout=10, **how
        )
        answered.raise_for_status()
        return answered.json() if answered.content else None

    return ask


@pytest.fixture
def partner_case(case_file: CaseFile, ask: Any) -> Any:
    """A case of Omnidian's whose job was not found, with its ticket on the desk."""

    def make(*, gave_up: bool) -> str:
        kind = ask("GET", "/rest/api/3/issue/createmeta/SS/issuetypes")["issueTypes"][0]["id"]
        fields = {"project": {"key": "SS"}, "issuetype": {"id": kind}, "summary": "PTO question"}
        key = ask("POST", "/rest/api/3/issue", json={"fields": fields})["key"]
        return case_file(
            channel="omnidian",
            job={"found": False},
            source_ticket={"key": key, "project": "SS", "request": "homeowner asks about PTO"},
            partner_cannot_identify_job=gave_up,
        )

    return make


def a_day_passes(clock: Clock) -> None:
    """For the desk as for this computer."""
    clock.ahead += 86_500
    with closing(sqlite3.connect(paths.store_path())) as db, db:
        db.execute("UPDATE follow_ups SET created = created - 86500, due = due - 86500, next_look = next_look - 86500")


def status(ask: Any, key: str) -> str:
    return str(ask("GET", f"/rest/api/3/issue/{key}")["fields"]["status"]["statusCategory"]["key"])


def test_what_waits_is_listed_with_its_time_and_what_is_agreed__H10(run: Run, partner_case: Any) -> None:
    assert run("file", partner_case(gave_up=True)).exit_code == 0
    result = run("outbox", "list")
    assert result.exit_code == 0
    *_, first, second = result.stdout.splitlines()
    assert first == "follow-up 1  waiting  in 24 h  PTO-1  Close SS-1 unless an answer came within 24 hours."
    assert second == "    It is closed then as Done, Other, Operations, unless an answer came."


def test_a_due_one_is_closed_by_run_and_printed__H10(run: Run, partner_case: Any, clock: Clock, ask: Any) -> None:
    run("file", partner_case(gave_up=True))
    assert run("outbox", "run").stdout == ""
    a_day_passes(clock)
    result = run("outbox", "run")
    assert result.exit_code == 0, result.stderr
    step, moved, plan = lines(result.stdout)
    assert (step["step"], step["action"], step["ticket"]) == ("source.remind.close", "close_ticket", "PTO-1")
    assert moved == {"follow_up": 1, "plan": 1, "ticket": "PTO-1", "state": "closed"}
    assert plan == {"plan": 1, "state": "filed", "tickets": {"source": "PTO-1"}}
    assert status(ask, "PTO-1") == "done"
    assert run("outbox", "run").stdout == ""
    assert "follow-up" not in run("outbox").stdout


def test_one_that_was_answered_is_said_and_stays_open__H10(run: Run, partner_case: Any, clock: Clock, ask: Any) -> None:
    run("file", partner_case(gave_up=True))
    clock.ahead += 10
    said = {"body": "It is job 12.", "public": True}
    ask("POST", "/rest/servicedeskapi/request/PTO-1/comment", COLLEAGUE, json=said)
    a_day_passes(clock)
    result = run("outbox", "run")
    assert result.exit_code == 0
    assert lines(result.stdout)[0] == {"follow_up": 1, "plan": 1, "ticket": "PTO-1", "state": "answered"}
    assert "Somebody wrote in it since the reply" in result.stderr
    assert status(ask, "PTO-1") != "done"
    assert "follow-up 1  answered" in run("outbox").stdout


def test_a_due_question_is_said_and_never_closed__H9(run: Run, partner_case: Any, clock: Clock, ask: Any) -> None:
    run("file", partner_case(gave_up=False))
    a_day_passes(clock)
    result = run("outbox", "run")
    assert lines(result.stdout)[0]["state"] == "due"
    assert "Look at the ticket" in result.stderr
    a_day_passes(clock)
    assert run("outbox", "run").exit_code == 0
    assert status(ask, "PTO-1") != "done"
    assert "follow-up 1  due  since 24 h  PTO-1  Look at SS-1" in run("outbox").stdout


def test_without_a_network_it_waits_and_says_so__H10(
    run: Run, partner_case: Any, clock: Clock, signed_in: PracticeDesk
) -> None:
    run("file", partner_case(gave_up=True))
    a_day_passes(clock)
    signed_in.stop()
    assert lines(run("outbox", "run", "--wait", "0.1").stdout)[0]["state"] == "due"
    listed = run("outbox").stdout
    assert "follow-up 1  due  since" in listed
    assert "cannot be reached" in listed
    signed_in.start()


def test_nothing_is_done_while_another_program_files__H10(run: Run, partner_case: Any, clock: Clock, ask: Any) -> None:
    from ptodesk_gui.outbox.ownership import Ownership

    run("file", partner_case(gave_up=True))
    a_day_passes(clock)
    window = Ownership(paths.store_path())
    assert window.taken()
    result = run("outbox", "run", "--wait", "0.1")
    window.give_up()
    assert result.stdout == ""
    assert "Another window or console" in result.stderr
    assert status(ask, "PTO-1") != "done"


def test_the_follow_up_of_another_site_is_listed_and_says_so__H10(
    run: Run, partner_case: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("file", partner_case(gave_up=True))
    monkeypatch.setenv("PTODESK_URL", "https://other.example")
    listed = run("outbox").stdout
    assert "follow-up 1  waiting" in listed
    assert "queued for another site" in listed


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "now"),
        (1, "now"),
        (60, "in 1 min"),
        (61, "in 2 min"),
        (3600, "in 1 h"),
        (86_399, "in 24 h"),
        (2 * 86_400, "in 48 h"),
        (3 * 86_400, "in 3 days"),
        (-59, "now"),
        (-60, "since 1 min"),
        (-7300, "since 2 h"),
        (-4 * 86_400, "since 4 days"),
    ],
)
def test_a_time_reads_as_people_say_it__H9(seconds: float, words: str) -> None:
    one = FollowUp(1, 1, "", "", "", "", 1e9 + seconds, FollowUpState.WAITING, 0.0)
    assert one.when(1e9) == words


def test_what_has_no_time_reads_since_when_it_waits__H7() -> None:
    one = FollowUp(1, 1, "", "", "", "", None, FollowUpState.WAITING, 1e9 - 7200)
    assert one.when(1e9) == "since 2 h"
    assert one.when(1e9 - 9000) == ""
