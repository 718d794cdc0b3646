"""A ticket that the search does not show is found by reading by key, and "not there" is said only when that is proven."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from ptodesk_gui.desk import by_key
from ptodesk_gui.desk.desk import Done, Later, NotArrived, Target, Unclear
from ptodesk_gui.desk.jira_desk import JiraDesk
from ptodesk_gui.practice import PracticeDesk
from ptodesk_gui.practice.faults import answer, cut_after, cut_before, too_many
from ptodesk_gui.sop.steps import CreateTicket, MoveTicket, Ticket
from tests.desk.conftest import NEEDS

MakeTarget = Callable[..., Target]
CREATE, FETCH = "POST /rest/api/3/issue", "POST /rest/api/3/issue/bulkfetch"
DAY = 86400.0


@pytest.fixture
def lost(
    practice: PracticeDesk,
    desk: JiraDesk,
    clock: Any,
    homeowner_step: CreateTicket,
    target: MakeTarget,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., Target]:
    """Has a ticket made whose answer gets lost, on a desk whose search shows nothing new; some are there before and after it."""
    monkeypatch.setattr(by_key, "AT_ONCE", 3)

    def make(before: int = 0, after: int = 0, *, arrives: bool = True) -> Target:
        for number in range(before):
            desk.perform(homeowner_step, target(f"before-{number}"))
        clock.now += 10.0
        practice.switches.index_lag = 30 * DAY
        practice.fault(CREATE, cut_after() if arrives else cut_before())
        told = target("lost")
        assert isinstance(desk.perform(homeowner_step, told), Unclear)
        for number in range(after):
            desk.perform(homeowner_step, target(f"after-{number}"))
        clock.now += 60.0
        return told

    return make


@pytest.mark.parametrize(("before", "after"), [(0, 0), (0, 2), (0, 9), (9, 0), (2, 7)])
def test_it_is_found_wherever_it_is(
    before: int, after: int, desk: JiraDesk, homeowner_step: CreateTicket, lost: Callable[..., Target]
) -> None:
    assert desk.settle(homeowner_step, lost(before, after)) == Done(f"PTO-{before + 1}")


@pytest.mark.parametrize(("before", "after"), [(0, 0), (0, 9), (9, 2)])
def test_it_is_not_there_when_no_key_leads_to_it(
    before: int, after: int, desk: JiraDesk, homeowner_step: CreateTicket, lost: Callable[..., Target]
) -> None:
    assert desk.settle(homeowner_step, lost(before, after, arrives=False)) == NotArrived()


def test_it_is_found_days_later_among_tickets_that_the_search_shows(
    practice: PracticeDesk,
    make_desk: Callable[..., JiraDesk],
    clock: Any,
    homeowner_step: CreateTicket,
    target: MakeTarget,
    lost: Callable[..., Target],
) -> None:
    told = lost(1)
    practice.switches.index_lag = 0.0
    restarted = make_desk()
    for number in range(8):
        clock.now += DAY / 2
        restarted.perform(homeowner_step, target(f"after-{number}"))
    assert restarted.settle(homeowner_step, told) == Done("PTO-2")


def test_it_is_found_where_tickets_with_older_dates_were_moved_in_after_it__T1(
    practice: PracticeDesk,
    make_desk: Callable[..., JiraDesk],
    elsewhere: str,
    clock: Any,
    homeowner_step: CreateTicket,
    target: MakeTarget,
    lost: Callable[..., Target],
) -> None:
    clock.now += 20 * DAY
    told = lost()
    practice.switches.index_lag = 0.0
    restarted = make_desk()
    move = MoveTicket(id="m", rules=("T1",), ticket=Ticket.SOURCE, project="PTO")
    assert restarted.perform(move, target("move", source=elsewhere)) == Done("PTO-2")
    for number in range(5):
        restarted.perform(homeowner_step, target(f"after-{number}"))
    assert restarted.settle(homeowner_step, told) == Done("PTO-1")


def test_it_is_found_when_it_was_moved_meanwhile__T1(
    make_desk: Callable[..., JiraDesk],
    desk: JiraDesk,
    homeowner_step: CreateTicket,
    target: MakeTarget,
    lost: Callable[..., Target],
) -> None:
    told = lost(0, 2)
    move = MoveTicket(id="m", rules=("T1",), ticket=Ticket.HOMEOWNER, project="EBH")
    somebody = make_desk(needs=replace(NEEDS, request_type="Account access"))
    moved = somebody.perform(move, target("move", homeowner="PTO-1"))
    assert isinstance(moved, Done)
    assert desk.settle(homeowner_step, told) == moved


@pytest.mark.parametrize(
    "fault",
    [
        answer(403),
        answer(404),
        answer(200, '{"issues": [], "issueErrors": [{"id": "1", "errorMessage": "try again"}]}'),
        answer(200, "{}"),
    ],
    ids=["403", "404", "some are missing", "no list"],
)
def test_what_is_not_proven_stays_unclear(
    fault: Any, practice: PracticeDesk, desk: JiraDesk, homeowner_step: CreateTicket, lost: Callable[..., Target]
) -> None:
    told = lost(arrives=False)
    practice.fault(FETCH, fault)
    found = desk.settle(homeowner_step, told)
    assert isinstance(found, Unclear)
    assert "looked for again" in found.reason


def test_a_project_without_end_proves_nothing(
    desk: JiraDesk, homeowner_step: CreateTicket, lost: Callable[..., Target], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(by_key, "MOST_REQUESTS", 2)
    assert isinstance(desk.settle(homeowner_step, lost(0, 9, arrives=False)), Unclear)


@pytest.mark.parametrize("fault", [cut_before(), answer(500), too_many(5)])
def test_a_reading_that_fails_is_tried_later(
    fault: Any, practice: PracticeDesk, desk: JiraDesk, homeowner_step: CreateTicket, lost: Callable[..., Target]
) -> None:
    told = lost()
    practice.fault(FETCH, fault)
    assert isinstance(desk.settle(homeowner_step, told), Later)
