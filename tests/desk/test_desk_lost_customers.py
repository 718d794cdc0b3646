"""A customer whose making lost its answer is waited for within a bound, and left to a person after it (H3)."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from ptodesk_gui.desk.desk import Done, Later, Target
from ptodesk_gui.desk.jira_desk import JiraDesk
from ptodesk_gui.practice import PracticeDesk
from ptodesk_gui.practice.faults import answer, cut_after, cut_before
from ptodesk_gui.sop.steps import CreateTicket

LISTED = "GET /rest/servicedeskapi/servicedesk/{serviceDeskId}/customer"
USERS = "GET /rest/api/3/user/search"
MAKE = "POST /rest/servicedeskapi/customer"
NOBODY = '{"size": 0, "start": 0, "limit": 50, "isLastPage": true, "values": []}'


@pytest.fixture
def step(homeowner_step: CreateTicket) -> CreateTicket:
    """A ticket of somebody who is no customer so far."""
    return replace(homeowner_step, reporter="new.homeowner@example.com")


@pytest.fixture
def lagging(practice: PracticeDesk) -> None:
    """The site makes the customer, the answer gets lost, and no list shows who was made."""
    practice.fault(MAKE, cut_after())
    practice.fault(LISTED, answer(200, NOBODY), times=None)
    practice.fault(USERS, answer(200, "[]"), times=None)


def test_who_is_not_shown_yet_is_waited_for__H3(
    lagging: None, practice: PracticeDesk, desk: JiraDesk, clock: Any, step: CreateTicket, target: Callable[..., Target]
) -> None:
    assert isinstance(desk.perform(step, target("t")), Later)
    for _ in range(3):
        clock.now += 15.0
        found = desk.perform(step, target("t"))
        assert found == Later("Jira does not show the new customer yet; it is tried again by itself.", whole_site=False)
    practice.clear_faults()
    assert desk.perform(step, target("t")) == Done("PTO-1")


def test_who_is_never_shown_is_left_to_a_person__H3(
    lagging: None, desk: JiraDesk, clock: Any, step: CreateTicket, target: Callable[..., Target]
) -> None:
    desk.perform(step, target("t"))
    clock.now += 60.0
    left = "Set the reporter of PTO-1 to new.homeowner@example.com."
    assert desk.perform(step, target("t")) == Done("PTO-1", left, reporter_missing=True)


def test_who_was_never_made_is_made__H3(
    practice: PracticeDesk, desk: JiraDesk, step: CreateTicket, target: Callable[..., Target]
) -> None:
    practice.fault(MAKE, cut_before())
    assert isinstance(desk.perform(step, target("t")), Later)
    assert desk.perform(step, target("t")) == Done("PTO-1")


def test_who_is_there_and_hidden_keeps_nobody_waiting__H3(
    practice: PracticeDesk, desk: JiraDesk, step: CreateTicket, target: Callable[..., Target]
) -> None:
    practice.fault(MAKE, answer(409), times=None)
    practice.fault(LISTED, answer(200, NOBODY), times=None)
    practice.fault(USERS, answer(200, "[]"), times=None)
    found = desk.perform(step, target("t"))
    assert isinstance(found, Done)
    assert found.reporter_missing
