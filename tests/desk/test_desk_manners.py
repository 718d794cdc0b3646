"""A wait that the site asks of everybody is kept to by whatever asks next (FACTS: Limits)."""

from collections.abc import Callable
from typing import Any

import pytest

from ptodesk_gui.desk.desk import Done, Later, Refused, Target, Unclear
from ptodesk_gui.desk.errors import Kind, TroubleError, TroubleFacts
from ptodesk_gui.desk.jira_desk import JiraDesk
from ptodesk_gui.desk.manners import LONGEST_HOLD, Hold
from ptodesk_gui.practice import PracticeDesk
from ptodesk_gui.practice.faults import answer, too_many
from ptodesk_gui.sop.steps import CreateTicket, InternalComment, Ticket

FIELDS = "GET /rest/api/3/field"
CREATE = "POST /rest/api/3/issue"
COMMENT = "POST /rest/api/3/issue/{issueIdOrKey}/comment"
TOLD = InternalComment(id="h.c", rules=("T5",), ticket=Ticket.HOMEOWNER, body="six lines")


def test_a_wait_that_a_look_up_was_told_holds_for_the_step_after_it(
    practice: PracticeDesk,
    desk: JiraDesk,
    clock: Any,
    homeowner_step: CreateTicket,
    target: Callable[..., Target],
) -> None:
    practice.fault(FIELDS, too_many(30))
    desk.prepare([homeowner_step])
    asked = len(practice.requests)
    assert desk.perform(homeowner_step, target()) == Later(
        "Jira asked to slow down; it is tried again by itself.", 30.0
    )
    clock.now += 29.0
    assert desk.who_am_i() == Later("Jira asked to slow down; it is tried again by itself.", 1.0)
    assert len(practice.requests) == asked
    clock.now += 1.0
    assert isinstance(desk.perform(homeowner_step, target()), Done)


def test_a_503_that_asks_to_wait_holds_back_the_rest_as_well(
    practice: PracticeDesk,
    desk: JiraDesk,
    clock: Any,
    homeowner_step: CreateTicket,
    installer_step: CreateTicket,
    target: Callable[..., Target],
) -> None:
    practice.fault(CREATE, answer(503, headers={"Retry-After": "12"}))
    assert isinstance(desk.perform(homeowner_step, target("one")), Unclear)
    held = desk.perform(installer_step, target("other"))
    assert isinstance(held, Later)
    assert held.after == pytest.approx(12.0)
    assert practice.requests[-1].status == 503


def test_a_limit_on_one_ticket_holds_back_nothing_else(
    practice: PracticeDesk,
    desk: JiraDesk,
    homeowner_step: CreateTicket,
    installer_step: CreateTicket,
    target: Callable[..., Target],
) -> None:
    made = desk.perform(homeowner_step, target("one"))
    assert isinstance(made, Done)
    practice.fault(COMMENT, too_many(30, "jira-per-issue-on-write"))
    told = desk.perform(TOLD, target("comment", homeowner=made.ticket))
    assert isinstance(told, Later)
    assert not told.whole_site
    assert isinstance(desk.perform(installer_step, target("other")), Done)


@pytest.mark.parametrize(
    "facts",
    [
        TroubleFacts(Kind.STATUS, status=429),
        TroubleFacts(Kind.STATUS, status=500, after=9.0),
        TroubleFacts(Kind.STATUS, status=429, after=9.0, one_ticket=True),
    ],
)
def test_what_asks_nobody_to_wait_holds_nothing_back(facts: TroubleFacts) -> None:
    hold = Hold(lambda: 5.0)
    hold.note(facts)
    hold.check(once=True)


def test_the_longest_wait_holds_and_none_for_ever() -> None:
    now = 0.0
    hold = Hold(lambda: now)
    hold.note(TroubleFacts(Kind.STATUS, status=429, after=30.0))
    hold.note(TroubleFacts(Kind.STATUS, status=429, after=1e9))
    hold.note(TroubleFacts(Kind.STATUS, status=429, after=1.0))
    now = LONGEST_HOLD - 1
    with pytest.raises(TroubleError) as held:
        hold.check(once=True)
    assert held.value.facts == TroubleFacts(Kind.STATUS, once=True, status=429, after=1.0)
    now = LONGEST_HOLD
    hold.check(once=True)


def test_a_refused_sign_in_holds_nothing_back(practice: PracticeDesk, desk: JiraDesk) -> None:
    practice.fault("GET /rest/api/3/myself", answer(401, headers={"Retry-After": "30"}))
    assert isinstance(desk.who_am_i(), Refused)
    assert not isinstance(desk.who_am_i(), Later)
