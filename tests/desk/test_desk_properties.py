"""The playbook's version on a ticket that is there already: set before anything is said in it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from ptodesk_gui.desk.desk import Done, Later, Refused, Target
from ptodesk_gui.desk.jira_desk import JiraDesk
from ptodesk_gui.practice import PracticeDesk
from ptodesk_gui.practice.faults import answer
from ptodesk_gui.sop.steps import CreateTicket, InternalComment, PublicReply, Ticket

pytestmark = pytest.mark.usefixtures("documented_answers")

VERSION = {"ptodesk.playbook": {"version": "7"}}
PUT = "PUT /rest/api/3/issue/{issueIdOrKey}/properties/{propertyKey}"
NOTE = InternalComment(id="open_homeowner.comment", rules=("O7",), ticket=Ticket.OPEN_HOMEOWNER, body="It passed.")
REPLY = PublicReply(id="open_homeowner.reply", rules=("O5",), ticket=Ticket.OPEN_HOMEOWNER, reply="own", body="Hello")

Opened = Callable[..., Target]


@pytest.fixture
def opened(desk: JiraDesk, homeowner_step: CreateTicket, target: Callable[..., Target]) -> Opened:
    """A ticket of an earlier call, and what a step on it is told."""
    made = desk.perform(homeowner_step, target("earlier"))
    assert isinstance(made, Done)
    assert made.ticket is not None
    tickets = {"open_homeowner": made.ticket}

    def told(key: str = "now", properties: dict[str, Any] = VERSION) -> Target:
        return replace(target(key), tickets=tickets, properties=properties)

    return told


def values(see: Callable[..., Any], told: Target) -> Any:
    return see(f"/rest/api/3/issue/{told.tickets['open_homeowner']}", properties="*all")["properties"]


@pytest.mark.parametrize("step", [NOTE, REPLY])
def test_the_version_is_on_the_ticket_that_something_is_said_in__O2(
    desk: JiraDesk, opened: Opened, step: InternalComment | PublicReply, see: Callable[..., Any]
) -> None:
    assert isinstance(desk.perform(step, opened()), Done)
    assert values(see, opened()) == {"ptodesk.step": {"key": "earlier"}, **VERSION}
    newer = {"ptodesk.playbook": {"version": "8"}}
    assert isinstance(desk.perform(step, opened("later", newer)), Done)
    assert values(see, opened())["ptodesk.playbook"] == {"version": "8"}


def test_without_a_version_there_is_no_request_for_it__O2(desk: JiraDesk, opened: Opened, exchanges: list[Any]) -> None:
    exchanges.clear()
    assert isinstance(desk.perform(NOTE, opened(properties={})), Done)
    assert [(one.method, one.path.rpartition("/")[2]) for one in exchanges] == [("POST", "comment")]


@pytest.mark.parametrize(("status", "what"), [(404, Refused), (429, Later), (500, Later), (503, Later)])
def test_trouble_with_it_leaves_the_comment_unsent__O2(
    practice: PracticeDesk, desk: JiraDesk, opened: Opened, status: int, what: type, see: Callable[..., Any]
) -> None:
    told = opened()
    practice.fault(PUT, answer(status, {"errorMessages": ["Sample."], "errors": {}}))
    assert isinstance(desk.perform(NOTE, told), what)
    assert see(f"/rest/api/3/issue/{told.tickets['open_homeowner']}/comment")["comments"] == []


@pytest.mark.parametrize("step", [NOTE, REPLY])
def test_who_may_comment_but_not_edit_still_says_it_and_is_told_what_is_missing__O2(
    practice: PracticeDesk, desk: JiraDesk, opened: Opened, step: InternalComment | PublicReply, see: Callable[..., Any]
) -> None:
    told = opened()
    practice.fault(PUT, answer(403, {"errorMessages": ["Sample."], "errors": {}}))
    done = desk.perform(step, told)
    key = told.tickets["open_homeowner"]
    assert isinstance(done, Done)
    assert f"permission to edit {key}" in (done.left_to_do or "")
    assert len(see(f"/rest/api/3/issue/{key}/comment")["comments"]) == 1
