"""The same ticket twice must not happen: what a lost answer leads to, and what a look-up finds (FACTS: Writing without doubles)."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from ptodesk_gui.desk.desk import Done, Later, NotArrived, Refused, Target, Unclear
from ptodesk_gui.desk.jira_desk import JiraDesk
from ptodesk_gui.practice import PracticeDesk
from ptodesk_gui.practice.faults import Fault, answer, cut_after, cut_before, half_body, html, too_many
from ptodesk_gui.sop.steps import (
    CloseTicket,
    CreateTicket,
    EditTicket,
    InternalComment,
    LinkTickets,
    MoveTicket,
    PublicReply,
    Step,
    Ticket,
)

MakeTarget = Callable[..., Target]
See = Callable[..., Any]

CREATE = "POST /rest/api/3/issue"
COMMENT = "POST /rest/api/3/issue/{issueIdOrKey}/comment"
CLOSE = "POST /rest/api/3/issue/{issueIdOrKey}/transitions"

INTERNAL = InternalComment(id="h.c", rules=("T5",), ticket=Ticket.HOMEOWNER, body="six lines")
REPLY = PublicReply(id="h.r", rules=("H4",), ticket=Ticket.HOMEOWNER, reply="homeowner_within", body="Hello")
CLOSING = CloseTicket(
    id="h.z", rules=("T11",), ticket=Ticket.HOMEOWNER, transition="Done", resolution="Other", category="Operations"
)
LINK = LinkTickets(id="l", rules=("I1",), from_=Ticket.HOMEOWNER, relation="is caused by", to=Ticket.INSTALLER)

ARRIVED = {
    "cut": cut_after(),
    "half": half_body(),
    "408": answer(408, acts=True),
    "500": answer(500, acts=True),
    "502": answer(502, acts=True),
    "503 that asks to wait": answer(503, acts=True, headers={"Retry-After": "3"}),
    "504": answer(504, acts=True),
    "html": html(200, acts=True),
    "null": answer(201, "null", acts=True),
}
NOT_ARRIVED = {
    "cut": cut_before(),
    "408": answer(408),
    "500": answer(500),
    "502 html": html(502),
    "503": answer(503),
    "504": answer(504),
    "html": html(200),
    "empty": answer(201, ""),
}
every_arrived = pytest.mark.parametrize("fault", ARRIVED.values(), ids=ARRIVED.keys())
some_arrived = pytest.mark.parametrize(
    "fault", [ARRIVED[f] for f in ("cut", "504", "null")], ids=["cut", "504", "null"]
)


@pytest.fixture
def tickets(
    desk: JiraDesk, homeowner_step: CreateTicket, installer_step: CreateTicket, target: MakeTarget
) -> dict[str, str]:
    """Two tickets that are there already."""
    made = [desk.perform(step, target(f"before-{step.id}")) for step in (homeowner_step, installer_step)]
    return {"homeowner": made[0].ticket, "installer": made[1].ticket}  # type: ignore[union-attr,dict-item]


def number_of_tickets(see: See) -> int:
    """How many tickets the project has, counted by their keys and not by the search."""
    number = 0
    while see(f"/rest/api/3/issue/PTO-{number + 1}", missing=True):
        number += 1
    return number


# --- tickets ----------------------------------------------------------------------------------------------------------


@every_arrived
def test_a_ticket_whose_answer_got_lost_is_found_and_not_made_again(
    fault: Fault,
    practice: PracticeDesk,
    desk: JiraDesk,
    clock: Any,
    homeowner_step: CreateTicket,
    target: MakeTarget,
    see: See,
) -> None:
    armed = practice.fault(CREATE, fault)
    told = target("lost")
    assert isinstance(desk.perform(homeowner_step, told), Unclear)
    assert armed.hits == 1
    clock.now += 10.0
    assert desk.settle(homeowner_step, told) == Done("PTO-1")
    assert number_of_tickets(see) == 1


@pytest.mark.parametrize("fault", NOT_ARRIVED.values(), ids=NOT_ARRIVED.keys())
def test_a_ticket_that_did_not_arrive_is_known_not_to_be_there_only_after_a_while(
    fault: Fault,
    practice: PracticeDesk,
    desk: JiraDesk,
    clock: Any,
    homeowner_step: CreateTicket,
    target: MakeTarget,
    see: See,
) -> None:
    practice.fault(CREATE, fault)
    told = target("lost")
    assert isinstance(desk.perform(homeowner_step, told), Unclear)
    clock.now += 59.0
    assert isinstance(desk.settle(homeowner_step, told), Unclear)
    clock.now += 1.0
    assert desk.settle(homeowner_step, told) == NotArrived()
    assert isinstance(desk.perform(homeowner_step, told), Done)
    clock.now += 10.0
    assert number_of_tickets(see) == 1


@pytest.mark.parametrize("noted", [True, False])
def test_of_a_comment_that_is_found_it_is_told_when_the_playbooks_version_could_not_be_noted(
    noted: bool, practice: PracticeDesk, desk: JiraDesk, clock: Any, tickets: dict[str, str], target: MakeTarget
) -> None:
    told = replace(target("lost", **tickets), properties={"ptodesk.playbook": {"version": "7"}})
    if not noted:
        practice.fault("PUT /rest/api/3/issue/{issueIdOrKey}/properties/{propertyKey}", answer(403))
    practice.fault(COMMENT, cut_after())
    assert isinstance(desk.perform(INTERNAL, told), Unclear)
    clock.now += 10.0
    found = desk.settle(INTERNAL, told)
    assert isinstance(found, Done)
    left = "Ask your Jira admin for the permission to edit PTO-1: the playbook's version could not be noted there."
    assert found.left_to_do == (None if noted else left)


def test_a_ticket_that_search_does_not_show_yet_is_unclear_and_then_found(
    practice: PracticeDesk, desk: JiraDesk, clock: Any, homeowner_step: CreateTicket, target: MakeTarget
) -> None:
    practice.fault(CREATE, cut_after())
    told = target("lost")
    desk.perform(homeowner_step, told)
    clock.now += 4.9  # the practice desk's search shows new tickets after 5 seconds
    found = desk.settle(homeowner_step, told)
    assert isinstance(found, Unclear)
    assert found.after == pytest.approx(55.1)
    clock.now += 0.2
    assert desk.settle(homeowner_step, told) == Done("PTO-1")


def test_looking_up_writes_nothing(
    practice: PracticeDesk,
    desk: JiraDesk,
    clock: Any,
    homeowner_step: CreateTicket,
    tickets: dict[str, str],
    target: MakeTarget,
    exchanges: list[Any],
) -> None:
    exchanges.clear()
    told = target("never-sent", **tickets)
    move = MoveTicket(id="m", rules=("T1",), ticket=Ticket.HOMEOWNER, project="EBH")
    edit = EditTicket(id="e", rules=("T2",), ticket=Ticket.HOMEOWNER, add_labels=("X",))
    clock.now += 60.0
    for step in (homeowner_step, INTERNAL, REPLY, LINK, CLOSING, edit, move):
        desk.settle(step, told)
    assert {(e.method, e.path) for e in exchanges if e.method != "GET"} == {
        ("POST", "/rest/api/3/search/jql"),
        ("POST", "/rest/api/3/issue/bulkfetch"),
    }


def test_another_steps_key_is_not_taken_for_this_ones(
    desk: JiraDesk, clock: Any, homeowner_step: CreateTicket, target: MakeTarget
) -> None:
    desk.perform(homeowner_step, target("step-key-10"))
    clock.now += 10.0
    told = target("step-key-1")
    clock.now += 60.0
    assert desk.settle(homeowner_step, told) == NotArrived()


def test_the_ticket_is_found_among_many_on_later_pages(
    practice: PracticeDesk, desk: JiraDesk, clock: Any, homeowner_step: CreateTicket, target: MakeTarget
) -> None:
    practice.switches.page_size = 2
    told = target("first")
    practice.fault(CREATE, cut_after())
    desk.perform(homeowner_step, told)
    for number in range(7):
        clock.now += 1.0
        desk.perform(replace(homeowner_step, summary=f"sample {number}"), target(f"later-{number}"))
    clock.now += 10.0
    assert desk.settle(homeowner_step, told) == Done("PTO-1")


def test_after_a_restart_the_attempt_is_timed_by_its_record(
    practice: PracticeDesk,
    make_desk: Callable[..., JiraDesk],
    clock: Any,
    homeowner_step: CreateTicket,
    target: MakeTarget,
) -> None:
    practice.fault(CREATE, cut_before())
    told = replace(target("lost"), last_attempt=clock.now)
    make_desk().perform(homeowner_step, told)
    clock.now += 59.0
    restarted = make_desk()
    assert isinstance(restarted.settle(homeowner_step, told), Unclear)
    clock.now += 1.0
    assert restarted.settle(homeowner_step, told) == NotArrived()


def test_a_clock_that_was_set_back_costs_only_the_wait(
    make_desk: Callable[..., JiraDesk], clock: Any, homeowner_step: CreateTicket, target: MakeTarget
) -> None:
    told = target("lost")
    told = replace(told, first_attempt=clock.now + 10_000.0, last_attempt=clock.now + 10_000.0)
    restarted = make_desk()
    assert isinstance(restarted.settle(homeowner_step, told), Unclear)
    clock.now += 60.0
    assert restarted.settle(homeowner_step, told) == NotArrived()


def test_what_was_left_for_a_person_is_found_again_with_the_ticket(
    practice: PracticeDesk, desk: JiraDesk, clock: Any, homeowner_step: CreateTicket, target: MakeTarget
) -> None:
    practice.switches.customers_creatable = False
    practice.fault(CREATE, cut_after())
    step = replace(homeowner_step, reporter="nobody@example.com", assignee="Nobody Here")
    told = target("lost")
    desk.perform(step, told)
    clock.now += 10.0
    assert desk.settle(step, told) == Done(
        "PTO-1", "Set the reporter of PTO-1 to nobody@example.com. Assign PTO-1 to Nobody Here.", reporter_missing=True
    )


@pytest.mark.parametrize("on_desk", [True, False])
def test_a_reporter_who_is_not_among_the_customers_is_found_out_with_the_ticket(
    on_desk: bool,
    practice: PracticeDesk,
    desk: JiraDesk,
    clock: Any,
    homeowner_step: CreateTicket,
    target: MakeTarget,
) -> None:
    if not on_desk:
        practice.fault("POST /rest/servicedeskapi/servicedesk/{serviceDeskId}/customer", answer(403))
    practice.fault(CREATE, cut_after())
    step = replace(homeowner_step, reporter="new.homeowner@example.com")
    told = target("lost")
    desk.perform(step, told)
    clock.now += 10.0
    left = "Add new.homeowner@example.com to the customers of PTO, so that replies in PTO-1 reach them."
    assert desk.settle(step, told) == Done("PTO-1", None if on_desk else left)


@pytest.mark.parametrize("fault", [cut_before(), answer(500), html(200), too_many(5)])
def test_a_look_up_that_fails_is_tried_later(
    fault: Fault, practice: PracticeDesk, desk: JiraDesk, clock: Any, homeowner_step: CreateTicket, target: MakeTarget
) -> None:
    practice.fault("POST /rest/api/3/search/jql", fault)
    assert isinstance(desk.settle(homeowner_step, target("lost")), Later)


# --- comments ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", [INTERNAL, REPLY], ids=["internal", "reply"])
@some_arrived
def test_a_comment_whose_answer_got_lost_is_found_and_not_written_again(
    fault: Fault,
    step: Step,
    practice: PracticeDesk,
    desk: JiraDesk,
    tickets: dict[str, str],
    target: MakeTarget,
    see: See,
) -> None:
    practice.fault(COMMENT, fault)
    told = target("comment-lost", **tickets)
    assert isinstance(desk.perform(step, told), Unclear)
    assert desk.settle(step, told) == Done(tickets["homeowner"])
    assert len(see(f"/rest/api/3/issue/{tickets['homeowner']}/comment")["comments"]) == 1


@pytest.mark.parametrize("known", [True, False], ids=["somebody", "nobody"])
def test_whether_anybody_was_mentioned_is_found_out_with_the_comment(
    known: bool, practice: PracticeDesk, desk: JiraDesk, tickets: dict[str, str], target: MakeTarget
) -> None:
    who = "Jessica Hauger" if known else "Nobody Here"
    practice.fault(COMMENT, cut_after())
    told, step = target("comment-lost", **tickets), replace(INTERNAL, mention=who)
    assert isinstance(desk.perform(step, told), Unclear)
    key = tickets["homeowner"]
    left = None if known else f"Tell Nobody Here about {key}: the mention reached nobody of that name."
    assert desk.settle(step, told) == Done(key, left)


@pytest.mark.parametrize("step", [INTERNAL, REPLY])
def test_a_comment_that_did_not_arrive_is_known_not_to_be_there_only_after_a_while(
    step: Step, practice: PracticeDesk, desk: JiraDesk, clock: Any, tickets: dict[str, str], target: MakeTarget
) -> None:
    practice.fault(COMMENT, cut_before())
    told = target("comment-lost", **tickets)
    desk.perform(step, told)
    assert isinstance(desk.settle(step, told), Unclear)
    clock.now += 60.0
    assert desk.settle(step, told) == NotArrived()


def test_a_comment_is_told_from_one_with_the_same_words(
    desk: JiraDesk, clock: Any, tickets: dict[str, str], target: MakeTarget
) -> None:
    desk.perform(INTERNAL, target("one", **tickets))
    told = target("another", **tickets)
    clock.now += 60.0
    assert desk.settle(INTERNAL, told) == NotArrived()


def test_a_comment_is_found_among_many_on_later_pages(
    practice: PracticeDesk, desk: JiraDesk, clock: Any, tickets: dict[str, str], target: MakeTarget
) -> None:
    desk.perform(INTERNAL, target("first", **tickets))
    for number in range(105):
        clock.now += 1.0
        desk.perform(replace(INTERNAL, body=f"sample {number}"), target(f"later-{number}", **tickets))
    assert desk.settle(INTERNAL, target("first", **tickets)) == Done(tickets["homeowner"])


# --- the rest ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", [cut_before(), cut_after(), answer(500, acts=True), html(200)])
def test_a_link_whose_answer_got_lost_may_simply_be_asked_for_again__I1(
    fault: Fault, practice: PracticeDesk, desk: JiraDesk, tickets: dict[str, str], target: MakeTarget, see: See
) -> None:
    practice.fault("POST /rest/api/3/issueLink", fault)
    told = target("link", **tickets)
    assert isinstance(desk.perform(LINK, told), Later)
    assert desk.settle(LINK, told) == (Done(tickets["homeowner"]) if fault.acts else NotArrived())
    assert isinstance(desk.perform(LINK, told), Done)
    assert desk.settle(LINK, told) == Done(tickets["homeowner"])
    assert len(see(f"/rest/api/3/issue/{tickets['homeowner']}")["fields"]["issuelinks"]) == 1


def test_a_link_the_other_way_round_is_another_link__I1(
    desk: JiraDesk, tickets: dict[str, str], target: MakeTarget
) -> None:
    desk.perform(LINK, target("link", **tickets))
    turned = replace(LINK, from_=Ticket.INSTALLER, to=Ticket.HOMEOWNER)
    assert desk.settle(turned, target("link", **tickets)) == NotArrived()


@pytest.mark.parametrize("fault", [cut_after(), answer(500, acts=True), answer(504, acts=True), html(200, acts=True)])
def test_a_closing_whose_answer_got_lost_is_seen_in_the_status__T11(
    fault: Fault, practice: PracticeDesk, desk: JiraDesk, tickets: dict[str, str], target: MakeTarget
) -> None:
    practice.fault(CLOSE, fault)
    told = target("close", **tickets)
    assert isinstance(desk.perform(CLOSING, told), Unclear)
    assert desk.settle(CLOSING, told) == Done(tickets["homeowner"])
    assert desk.perform(CLOSING, told) == Done(tickets["homeowner"])


def test_a_closing_that_did_not_arrive_is_tried_again_after_a_while__T11(
    practice: PracticeDesk, desk: JiraDesk, clock: Any, tickets: dict[str, str], target: MakeTarget
) -> None:
    practice.fault(CLOSE, cut_before())
    told = target("close", **tickets)
    desk.perform(CLOSING, told)
    assert isinstance(desk.settle(CLOSING, told), Unclear)
    clock.now += 60.0
    assert desk.settle(CLOSING, told) == NotArrived()


@pytest.mark.parametrize("fault", [cut_before(), cut_after(), answer(500, acts=True)])
def test_an_edit_whose_answer_got_lost_is_sent_again__T2(
    fault: Fault, practice: PracticeDesk, desk: JiraDesk, tickets: dict[str, str], target: MakeTarget
) -> None:
    practice.fault("PUT *", fault)
    edit = EditTicket(id="e", rules=("T2",), ticket=Ticket.HOMEOWNER, add_labels=("X",))
    told = target("edit", **tickets)
    assert isinstance(desk.perform(edit, told), Later)
    assert desk.settle(edit, told) == NotArrived()
    assert isinstance(desk.perform(edit, told), Done)


def test_a_move_that_takes_long_is_watched_and_then_looked_up__T1(
    practice: PracticeDesk, desk: JiraDesk, clock: Any, elsewhere: str, target: MakeTarget
) -> None:
    practice.switches.move_seconds = 100.0
    move = MoveTicket(id="m", rules=("T1",), ticket=Ticket.SOURCE, project="PTO")
    told = target("move", source=elsewhere)
    assert isinstance(desk.perform(move, told), Unclear)
    assert 10.0 < sum(clock.passed) < 30.0
    assert isinstance(desk.settle(move, told), Unclear)
    clock.now += 100.0
    found = desk.settle(move, told)
    assert isinstance(found, Done)
    assert (found.ticket or "").startswith("PTO-")


def test_a_move_whose_answer_got_lost_is_looked_up_and_asked_for_once__T1(
    practice: PracticeDesk, desk: JiraDesk, clock: Any, elsewhere: str, target: MakeTarget
) -> None:
    practice.fault("POST /rest/api/3/bulk/issues/move", cut_after())
    move = MoveTicket(id="m", rules=("T1",), ticket=Ticket.SOURCE, project="PTO")
    told = target("move", source=elsewhere)
    assert isinstance(desk.perform(move, told), Unclear)
    assert isinstance(desk.settle(move, told), Done)


@pytest.mark.parametrize(("after", "seconds"), [(7, 7.0), ("date", 30.0), (None, None)])
def test_a_limit_is_waited_out_and_nothing_was_made(
    after: Any,
    seconds: float | None,
    practice: PracticeDesk,
    desk: JiraDesk,
    clock: Any,
    homeowner_step: CreateTicket,
    target: MakeTarget,
) -> None:
    practice.fault(CREATE, too_many(after, now=time.time()))  # the desk's answers are dated by the real clock
    found = desk.perform(homeowner_step, target("limited"))
    assert isinstance(found, Later)
    assert found.after == (None if seconds is None else pytest.approx(seconds, abs=2.0))


def test_a_revoked_token_is_a_refused_sign_in(
    practice: PracticeDesk, desk: JiraDesk, homeowner_step: CreateTicket, target: MakeTarget
) -> None:
    desk.perform(homeowner_step, target("before"))
    practice.revoke_token()
    found = desk.perform(homeowner_step, target("after"))
    assert isinstance(found, Refused)
    assert found.sign_in
    assert "settings" in found.cure


def test_without_a_connection_nothing_has_happened(
    practice: PracticeDesk, desk: JiraDesk, homeowner_step: CreateTicket, tickets: dict[str, str], target: MakeTarget
) -> None:
    practice.stop()
    for step in (homeowner_step, INTERNAL, REPLY, LINK, CLOSING):
        assert isinstance(desk.perform(step, target("offline", **tickets)), Later)
    practice.start()
    assert isinstance(desk.perform(homeowner_step, target("online")), Done)
