"""The measure itself: what it is there to find, it finds."""

from typing import Any

import pytest

from ptodesk_gui.desk import manners
from ptodesk_gui.desk.desk import Done, NotArrived
from ptodesk_gui.desk.lookup import Lookup
from ptodesk_gui.desk.tickets import TicketWriter
from ptodesk_gui.desk.writing import Writer
from ptodesk_gui.outbox import retry
from tests.reliability.case import Bench, Ended
from tests.reliability.flows import FLOWS
from tests.reliability.line import TROUBLES, Point

PHONE = FLOWS["phone"]
CREATE = Point("POST /rest/api/3/issue", 1)
FIELDS = Point("GET /rest/api/3/field", 1)


@pytest.fixture
def planned(bench: Bench) -> Bench:
    """A bench that knows what is planned, before anything is broken."""
    bench.planned(PHONE)
    return bench


def test_a_case_without_trouble_ends_as_planned(planned: Bench) -> None:
    ended = planned.case(PHONE, CREATE, TROUBLES["cut after the desk acted"])
    assert (ended.wrong, ended.twice, ended.by_itself, ended.hits) == ([], 0, True, 1)


def test_a_ticket_that_is_made_twice_is_found(planned: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Lookup, "create", lambda *given: NotArrived())
    ended = planned.case(PHONE, CREATE, TROUBLES["cut after the desk acted"])
    assert ended.twice == 1
    assert any("2 times" in line for line in ended.wrong)
    assert any(line.startswith("not planned") for line in ended.wrong)


@pytest.mark.parametrize("action", ["comment", "reply", "link"])
def test_a_step_that_is_called_done_and_is_not_is_found(
    planned: Bench, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    monkeypatch.setattr(Writer, action, lambda writer, step, target: Done("PTO-1"))
    ended = plain(planned)
    assert any("is called done, and" in line for line in ended.wrong)
    assert any(line.startswith("missing") for line in ended.wrong)


def test_a_field_that_is_not_as_planned_is_found(planned: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    real = TicketWriter._fields_of

    def without_labels(writer: TicketWriter, step: Any) -> Any:
        fields, people = real(writer, step)
        return {**fields, "labels": []}, people

    monkeypatch.setattr(TicketWriter, "_fields_of", without_labels)
    assert any(line.startswith("missing") for line in plain(planned).wrong)


def test_a_step_that_is_called_not_sent_and_is_there_is_found(planned: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "_unclear", lambda row, reason, now, after=None: retry._cleared(row))
    monkeypatch.setattr(retry, "interrupted", lambda row, now: retry.replace(row, state=retry.StepState.WAITING))
    ended = planned.case(PHONE, CREATE, TROUBLES["cut after the desk acted"])
    assert any("is waiting, and the desk has it" in line for line in ended.wrong)


def test_a_wait_that_says_nothing_is_found(planned: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    real = retry.answered

    def silently(*given: Any) -> Any:
        row = real(*given)
        return retry.replace(row, reason="") if row.state is retry.StepState.LATER else row

    monkeypatch.setattr(retry, "answered", silently)
    ended = planned.case(PHONE, Point("POST /rest/api/3/issueLink", 1), TROUBLES["500"])
    assert any("later without a reason" in line for line in ended.wrong)


def test_a_request_that_does_not_wait_as_it_was_asked_to_is_found(
    planned: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manners, "LONGEST_HOLD", 0.0)
    ended = planned.case(PHONE, FIELDS, TROUBLES["429, wait in seconds"])
    assert any("was asked to wait 30 s" in line for line in ended.wrong)


def plain(bench: Bench) -> Ended:
    """A case in which nothing goes wrong by itself."""
    ended = Ended(PHONE.name, "nothing")
    with bench.begun(PHONE) as case:
        case.to_the_end()
        bench.judge(PHONE, case, ended)
    return ended
