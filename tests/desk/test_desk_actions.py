"""Every action of a plan as real requests to a practice desk, and what the desk holds afterwards, field by field."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from ptodesk_gui.desk.customers import LOOK_AGAIN_AFTER
from ptodesk_gui.desk.desk import Done, Later, Refused, Target
from ptodesk_gui.desk.jira_desk import JiraDesk
from ptodesk_gui.practice import PracticeDesk
from ptodesk_gui.practice.faults import Fault, answer, cut_after, cut_before
from ptodesk_gui.sop.steps import (
    CloseTicket,
    CreateTicket,
    EditTicket,
    InternalComment,
    LinkTickets,
    MoveTicket,
    PublicReply,
    Remind,
    Ticket,
)
from tests.desk.said import plain_text

pytestmark = pytest.mark.usefixtures("documented_answers")

MakeTarget = Callable[..., Target]
Fields = Callable[[str], dict[str, Any]]


def key(answer: object) -> str:
    """The ticket of a step that is done without anything left over."""
    assert isinstance(answer, Done), answer
    assert answer.left_to_do is None
    assert answer.ticket
    return answer.ticket


# --- creating ---------------------------------------------------------------------------------------------------------


def test_a_created_ticket_has_every_field_of_the_step__H3_T2_T3_T4_T7_T10(
    desk: JiraDesk, homeowner_step: CreateTicket, target: MakeTarget, fields_of: Fields
) -> None:
    told = replace(target("step-key-h"), properties={"ptodesk.playbook": {"version": "7"}})
    found = fields_of(key(desk.perform(homeowner_step, told)))
    assert found["Summary"] == homeowner_step.summary
    assert plain_text(found["Description"]) == homeowner_step.description
    assert found["Labels"] == ["PTO"]
    assert found["Project"]["key"] == "PTO"
    assert found["Request Type"]["requestType"]["name"] == "PTO/M3 delay"
    assert [o["name"] for o in found["Organizations"]] == ["Sunny_Roofs"]
    assert found["Reporter"]["emailAddress"] == "jane@example.com"
    assert found["Assignee"]["displayName"] == "Jessica Hauger"
    assert found["properties"] == {"ptodesk.step": {"key": "step-key-h"}, "ptodesk.playbook": {"version": "7"}}


def test_without_an_email_the_ticket_has_no_reporter__M1(
    desk: JiraDesk, homeowner_step: CreateTicket, target: MakeTarget, fields_of: Fields
) -> None:
    step = replace(homeowner_step, reporter=None, organization=None, assignee=None)
    found = fields_of(key(desk.perform(step, target())))
    assert found["Reporter"] is None
    assert found["Organizations"] == []
    assert found["Assignee"] is None


@pytest.mark.parametrize("name", ["A_New_Company", "Sample_Company_Elsewhere"])
def test_an_organization_that_the_project_lacks_is_added_first__T4(
    name: str, desk: JiraDesk, homeowner_step: CreateTicket, target: MakeTarget, fields_of: Fields
) -> None:
    found = fields_of(key(desk.perform(replace(homeowner_step, organization=name), target())))
    assert [o["name"] for o in found["Organizations"]] == [name]


def test_an_organization_of_the_site_is_added_where_agents_may_make_none__T4(
    practice: PracticeDesk, desk: JiraDesk, homeowner_step: CreateTicket, target: MakeTarget, fields_of: Fields
) -> None:
    practice.switches.organizations_creatable = False
    step = replace(homeowner_step, organization="Sample_Company_Elsewhere")
    found = fields_of(key(desk.perform(step, target())))
    assert [o["name"] for o in found["Organizations"]] == ["Sample_Company_Elsewhere"]


def test_an_organization_that_may_not_be_made_is_a_refusal_with_a_cure__T4(
    practice: PracticeDesk, desk: JiraDesk, homeowner_step: CreateTicket, target: MakeTarget
) -> None:
    practice.switches.organizations_creatable = False
    found = desk.perform(replace(homeowner_step, organization="A_New_Company"), target())
    assert isinstance(found, Refused)
    assert "A_New_Company" in found.reason
    assert "administrator" in found.cure


def test_a_customer_who_is_new_is_made_and_joins_the_project(
    desk: JiraDesk, homeowner_step: CreateTicket, target: MakeTarget, fields_of: Fields, see: Callable[..., Any]
) -> None:
    step = replace(homeowner_step, reporter="new.homeowner@example.com")
    found = fields_of(key(desk.perform(step, target())))
    assert found["Reporter"]["emailAddress"] == "new.homeowner@example.com"
    desks = see("/rest/servicedeskapi/servicedesk", limit="50")["values"]
    number = next(d["id"] for d in desks if d["projectKey"] == "PTO")
    listed = see(f"/rest/servicedeskapi/servicedesk/{number}/customer", query="new.homeowner@example.com")["values"]
    assert [customer["accountId"] for customer in listed] == [found["Reporter"]["accountId"]]


JOIN = "POST /rest/servicedeskapi/servicedesk/{serviceDeskId}/customer"
SAID = '{"errorMessage": "Sample message."}'


@pytest.mark.parametrize("fault", [cut_before(), cut_after(), answer(503, SAID), answer(429, SAID)])
def test_a_new_customer_joins_before_the_ticket_is_made_and_what_may_pass_is_waited_out(
    fault: Fault, practice: PracticeDesk, desk: JiraDesk, homeowner_step: CreateTicket, target: MakeTarget
) -> None:
    step = replace(homeowner_step, reporter="new.homeowner@example.com")
    practice.fault(JOIN, fault)
    assert isinstance(desk.perform(step, target()), Later)
    assert desk.perform(step, target()) == Done("PTO-1")


def test_a_customer_who_is_not_let_in_is_left_to_a_person_and_tried_again_for_later_tickets(
    practice: PracticeDesk, desk: JiraDesk, homeowner_step: CreateTicket, target: MakeTarget, clock: Any
) -> None:
    step = replace(homeowner_step, reporter="new.homeowner@example.com")
    practice.fault(JOIN, answer(403, SAID))
    found = desk.perform(step, target("one"))
    assert isinstance(found, Done)
    assert found.left_to_do == (
        f"Add new.homeowner@example.com to the customers of PTO, so that replies in {found.ticket} reach them."
    )
    assert not found.reporter_missing
    clock.now += LOOK_AGAIN_AFTER + 1
    found = desk.perform(step, target("two"))
    assert isinstance(found, Done)
    assert found.left_to_do is None


@pytest.mark.parametrize("typed", ["JANE@Example.com", " jane@example.com "])
def test_an_email_is_compared_whole_and_without_regard_to_case(
    typed: str, desk: JiraDesk, homeowner_step: CreateTicket, target: MakeTarget, fields_of: Fields
) -> None:
    found = fields_of(key(desk.perform(replace(homeowner_step, reporter=typed), target())))
    assert found["Reporter"]["displayName"] == "Jane Doe (sample)"


def test_an_email_that_another_one_begins_with_is_somebody_else(
    practice: PracticeDesk, desk: JiraDesk, homeowner_step: CreateTicket, target: MakeTarget
) -> None:
    practice.switches.customers_creatable = False
    found = desk.perform(replace(homeowner_step, reporter="jane@example.co"), target())
    assert isinstance(found, Done)
    assert found.reporter_missing


def test_a_reporter_that_cannot_be_made_does_not_stop_the_ticket(
    practice: PracticeDesk, desk: JiraDesk, homeowner_step: CreateTicket, target: MakeTarget, fields_of: Fields
) -> None:
    practice.switches.customers_creatable = False
    found = desk.perform(replace(homeowner_step, reporter="nobody@example.com"), target())
    assert isinstance(found, Done)
    assert found.left_to_do == f"Set the reporter of {found.ticket} to nobody@example.com."
    assert found.reporter_missing
    assert fields_of(found.ticket or "")["Reporter"]["displayName"] == "Practice Agent"


def test_hidden_emails_prove_nothing_so_the_reporter_is_left_to_a_person(
    practice: PracticeDesk, desk: JiraDesk, homeowner_step: CreateTicket, target: MakeTarget
) -> None:
    practice.switches.emails_hidden = True
    found = desk.perform(homeowner_step, target())
    assert isinstance(found, Done)
    assert found.reporter_missing


@pytest.mark.parametrize(
    ("permission", "left"),
    [
        ("MODIFY_REPORTER", "Set the reporter of PTO-1 to jane@example.com."),
        ("ASSIGN_ISSUES", "Assign PTO-1 to Jessica Hauger."),
    ],
)
def test_a_person_that_the_account_may_not_set_is_left_to_do(
    permission: str, left: str, practice: PracticeDesk, desk: JiraDesk, homeowner_step: CreateTicket, target: MakeTarget
) -> None:
    practice.switches.denied.add((permission, "PTO"))
    found = desk.perform(homeowner_step, target())
    assert isinstance(found, Done)
    assert found.left_to_do == left
    assert found.reporter_missing is (permission == "MODIFY_REPORTER")


def test_a_name_that_nobody_has_is_left_to_do(desk: JiraDesk, homeowner_step: CreateTicket, target: MakeTarget) -> None:
    found = desk.perform(replace(homeowner_step, assignee="Jessica H"), target())
    assert isinstance(found, Done)
    assert found.left_to_do == f"Assign {found.ticket} to Jessica H."


def test_a_request_type_that_the_site_lacks_is_a_refusal_that_names_those_it_has(
    desk: JiraDesk, homeowner_step: CreateTicket, target: MakeTarget
) -> None:
    found = desk.perform(replace(homeowner_step, request_type="PTO delay"), target())
    assert isinstance(found, Refused)
    assert "no request type PTO delay" in found.reason
    assert "playbook" in found.cure


def test_a_project_that_the_account_does_not_see_is_a_refusal(
    desk: JiraDesk, homeowner_step: CreateTicket, target: MakeTarget
) -> None:
    found = desk.perform(replace(homeowner_step, project="FIN"), target())
    assert isinstance(found, Refused)
    assert "FIN" in found.reason


# --- editing ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def ticket(desk: JiraDesk, homeowner_step: CreateTicket, target: MakeTarget) -> str:
    """A homeowner ticket that is there already."""
    return key(desk.perform(homeowner_step, target("made-before")))


@pytest.fixture
def other(desk: JiraDesk, installer_step: CreateTicket, target: MakeTarget) -> str:
    """An installer ticket that is there already."""
    return key(desk.perform(installer_step, target("made-before-too")))


def test_an_edit_changes_what_it_names_and_keeps_the_labels_that_are_there__T2(
    ticket: str, desk: JiraDesk, target: MakeTarget, fields_of: Fields
) -> None:
    before = fields_of(ticket)
    step = EditTicket(
        id="s.edit", rules=("T2", "T12"), ticket=Ticket.SOURCE, add_labels=("Extra", "PTO"), reporter=None
    )
    key(desk.perform(step, target(source=ticket)))
    after = fields_of(ticket)
    assert after["Labels"] == ["Extra", "PTO"]
    assert after["Reporter"] is None
    for name in ("Summary", "Description", "Organizations", "Request Type", "Assignee"):
        assert after[name] == before[name]


def test_an_edit_can_change_everything_it_has__H8(
    ticket: str, desk: JiraDesk, target: MakeTarget, fields_of: Fields
) -> None:
    step = EditTicket(
        id="s.edit",
        rules=("H8",),
        ticket=Ticket.SOURCE,
        summary="Omnidian Ticket > asks about PTO",
        description="Homeowner: John\nAddress: unknown\nConcern: PTO",
        request_type="general QUESTION",
        organization="Top_Electric",
        reporter="care@omnidian.example",
        assignee="Sample Agent One",
    )
    key(desk.perform(step, target(source=ticket)))
    after = fields_of(ticket)
    assert after["Summary"] == "Omnidian Ticket > asks about PTO"
    assert plain_text(after["Description"]) == step.description
    assert after["Request Type"]["requestType"]["name"] == "General question"
    assert [o["name"] for o in after["Organizations"]] == ["Top_Electric"]
    assert after["Reporter"]["emailAddress"] == "care@omnidian.example"
    assert after["Assignee"]["displayName"] == "Sample Agent One"


# --- comments ---------------------------------------------------------------------------------------------------------


def comments_of(see: Callable[..., Any], ticket: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = see(f"/rest/api/3/issue/{ticket}/comment", expand="properties")["comments"]
    return found


def test_an_internal_comment_is_internal_in_six_lines__T5(
    ticket: str, desk: JiraDesk, target: MakeTarget, see: Callable[..., Any]
) -> None:
    lines = "Homeowner Name: Jane Doe (jane@example.com)\nAddress: A\nJob Link: https://engine.example/jobs/1\nInstaller: I\nInstaller Rep: S\nNotes: N"
    step = InternalComment(id="h.c", rules=("T5",), ticket=Ticket.HOMEOWNER, body=lines)
    key(desk.perform(step, target("comment-key", homeowner=ticket)))
    (comment,) = comments_of(see, ticket)
    assert comment["jsdPublic"] is False
    assert plain_text(comment["body"]) == lines
    assert {"key": "ptodesk.step", "value": {"key": "comment-key"}} in comment["properties"]


def test_a_reply_is_public(ticket: str, desk: JiraDesk, target: MakeTarget, see: Callable[..., Any]) -> None:
    step = PublicReply(
        id="h.r", rules=("H4",), ticket=Ticket.HOMEOWNER, reply="homeowner_within", body="Hello Jane,\n\nThank you."
    )
    key(desk.perform(step, target(homeowner=ticket)))
    (comment,) = comments_of(see, ticket)
    assert comment["jsdPublic"] is True
    assert plain_text(comment["body"]) == "Hello Jane,\n\nThank you."


def test_a_mention_notifies_the_person_of_that_name__I7(
    ticket: str, desk: JiraDesk, target: MakeTarget, see: Callable[..., Any], fields_of: Fields
) -> None:
    step = InternalComment(
        id="h.m", rules=("I7",), ticket=Ticket.HOMEOWNER, body="No installer ticket.", mention="Jessica Hauger"
    )
    key(desk.perform(step, target(homeowner=ticket)))
    (comment,) = comments_of(see, ticket)
    mention = comment["body"]["content"][0]["content"][0]
    assert mention["attrs"]["id"] == fields_of(ticket)["Assignee"]["accountId"]


def test_a_mention_of_nobody_is_written_and_left_to_do__I7(
    ticket: str, desk: JiraDesk, target: MakeTarget, see: Callable[..., Any]
) -> None:
    step = InternalComment(
        id="h.m", rules=("I7",), ticket=Ticket.HOMEOWNER, body="No installer ticket.", mention="Nobody Here"
    )
    found = desk.perform(step, target(homeowner=ticket))
    assert isinstance(found, Done)
    assert found.left_to_do == f"Tell Nobody Here about {ticket}: the mention reached nobody of that name."
    (comment,) = comments_of(see, ticket)
    assert plain_text(comment["body"]) == "No installer ticket."


@pytest.mark.parametrize(
    ("step", "public", "left"),
    [
        (
            InternalComment(id="c", rules=("T5",), ticket=Ticket.HOMEOWNER, body="x"),
            True,
            "Make the last comment in {} internal",
        ),
        (InternalComment(id="c", rules=("T5",), ticket=Ticket.HOMEOWNER, body="x"), False, None),
        (
            PublicReply(id="r", rules=("H4",), ticket=Ticket.HOMEOWNER, reply="own", body="x"),
            False,
            "Send the last comment in {}",
        ),
        (PublicReply(id="r", rules=("H4",), ticket=Ticket.HOMEOWNER, reply="own", body="x"), True, None),
    ],
)
def test_a_comment_that_is_not_seen_by_whom_it_is_for_is_left_to_a_person__T5_H4(
    step: InternalComment | PublicReply,
    public: bool,
    left: str | None,
    ticket: str,
    practice: PracticeDesk,
    desk: JiraDesk,
    target: MakeTarget,
) -> None:
    made = json.dumps({"id": "1", "jsdPublic": public})
    practice.fault("POST /rest/api/3/issue/{issueIdOrKey}/comment", answer(201, made, acts=True))
    found = desk.perform(step, target(homeowner=ticket))
    assert isinstance(found, Done)
    assert found.left_to_do is None if left is None else (found.left_to_do or "").startswith(left.format(ticket))


def test_a_reply_waits_for_the_reporter_that_was_left_to_a_person(
    practice: PracticeDesk, desk: JiraDesk, homeowner_step: CreateTicket, target: MakeTarget, see: Callable[..., Any]
) -> None:
    practice.switches.customers_creatable = False
    made = desk.perform(replace(homeowner_step, reporter="nobody@example.com"), target("h"))
    assert isinstance(made, Done)
    ticket = made.ticket or ""
    step = PublicReply(id="h.r", rules=("H4",), ticket=Ticket.HOMEOWNER, reply="homeowner_within", body="Hello")
    told = target("r", reporter_missing=True, homeowner=ticket)
    found = desk.perform(step, told)
    assert isinstance(found, Refused)
    assert ticket in found.cure
    assert comments_of(see, ticket) == []
    by_hand = EditTicket(id="e", rules=(), ticket=Ticket.HOMEOWNER, reporter="jane@example.com")
    key(desk.perform(by_hand, target("e", homeowner=ticket)))
    key(desk.perform(step, told))
    assert len(comments_of(see, ticket)) == 1


# --- links ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("relation", "side", "phrase"),
    [
        ("is caused by", "inwardIssue", "inward"),
        ("relates to", "outwardIssue", "outward"),
        ("duplicates", "outwardIssue", "outward"),
        ("Is Duplicated By", "inwardIssue", "inward"),
    ],
)
def test_a_link_reads_as_the_sentence_says__I1_H6_O1_I8(
    relation: str,
    side: str,
    phrase: str,
    ticket: str,
    other: str,
    desk: JiraDesk,
    target: MakeTarget,
    fields_of: Fields,
) -> None:
    step = LinkTickets(id="l", rules=("I1",), from_=Ticket.HOMEOWNER, relation=relation, to=Ticket.INSTALLER)
    for _ in range(2):
        key(desk.perform(step, target(homeowner=ticket, installer=other)))
    (link,) = fields_of(ticket)["Linked Issues"]
    assert link[side]["key"] == other
    assert link["type"][phrase].casefold() == relation.casefold()
    (back,) = fields_of(other)["Linked Issues"]
    assert back["inwardIssue" if side == "outwardIssue" else "outwardIssue"]["key"] == ticket


def test_a_link_that_the_site_lacks_is_a_refusal(ticket: str, other: str, desk: JiraDesk, target: MakeTarget) -> None:
    step = LinkTickets(id="l", rules=("I1",), from_=Ticket.HOMEOWNER, relation="is because of", to=Ticket.INSTALLER)
    found = desk.perform(step, target(homeowner=ticket, installer=other))
    assert isinstance(found, Refused)
    assert "is because of" in found.reason


# --- closing ----------------------------------------------------------------------------------------------------------


def closing(transition: str = "Done", resolution: str = "Other", category: str = "Operations") -> CloseTicket:
    return CloseTicket(
        id="s.close",
        rules=("T11",),
        ticket=Ticket.SOURCE,
        transition=transition,
        resolution=resolution,
        category=category,
    )


@pytest.mark.parametrize(
    ("transition", "resolution"), [("Done", "Other"), ("Duplicate", "Duplicate"), ("done", "other")]
)
def test_closing_sets_status_resolution_and_category__T11(
    transition: str, resolution: str, ticket: str, desk: JiraDesk, target: MakeTarget, fields_of: Fields
) -> None:
    key(desk.perform(closing(transition, resolution), target(source=ticket)))
    after = fields_of(ticket)
    assert after["Status"]["name"] == transition.capitalize()
    assert after["Resolution"]["name"] == resolution.capitalize()
    assert after["Operations category"]["value"] == "Operations"


def test_a_ticket_that_is_closed_already_is_left_as_it_is__T11(
    ticket: str, desk: JiraDesk, target: MakeTarget, practice: PracticeDesk
) -> None:
    key(desk.perform(closing(), target(source=ticket)))
    practice.forget_requests()
    key(desk.perform(closing(), target(source=ticket)))
    assert {seen.method for seen in practice.requests} == {"GET"}
    found = desk.perform(closing("Duplicate", "Duplicate"), target(source=ticket))
    assert found == Done(ticket, f"{ticket} was closed already, as Other, not Duplicate.")


@pytest.mark.parametrize(
    ("step", "named"),
    [
        (closing("Finished"), "Finished"),
        (closing(resolution="Solved"), "Solved"),
        (closing(category="Operation"), "Operation"),
    ],
)
def test_a_closing_screen_without_what_is_asked_is_a_refusal_that_names_it__T11(
    step: CloseTicket, named: str, ticket: str, desk: JiraDesk, target: MakeTarget, fields_of: Fields
) -> None:
    found = desk.perform(step, target(source=ticket))
    assert isinstance(found, Refused)
    assert named in found.reason
    assert fields_of(ticket)["Resolution"] is None


# --- moving -----------------------------------------------------------------------------------------------------------


MOVE = MoveTicket(id="s.move", rules=("T1",), ticket=Ticket.SOURCE, project="PTO")


def test_a_ticket_moves_and_keeps_what_it_has__T1(
    elsewhere: str, desk: JiraDesk, target: MakeTarget, fields_of: Fields
) -> None:
    before = fields_of(elsewhere)
    moved = key(desk.perform(MOVE, target("m", source=elsewhere)))
    assert moved.startswith("PTO-")
    assert fields_of(moved)["Summary"] == before["Summary"]
    assert fields_of(elsewhere)["key"] == moved


def test_a_ticket_that_has_moved_is_not_moved_again__T1(
    elsewhere: str, desk: JiraDesk, target: MakeTarget, practice: PracticeDesk
) -> None:
    moved = key(desk.perform(MOVE, target("m", source=elsewhere)))
    practice.forget_requests()
    assert key(desk.perform(MOVE, target("m2", source=elsewhere))) == moved
    assert [seen.method for seen in practice.requests] == ["GET"]


def test_where_moving_is_forbidden_the_cure_is_the_browser__T1(
    elsewhere: str, practice: PracticeDesk, desk: JiraDesk, target: MakeTarget, fields_of: Fields
) -> None:
    practice.switches.moves_allowed = False
    found = desk.perform(MOVE, target("m", source=elsewhere))
    assert isinstance(found, Refused)
    assert found.cure == f"Open {elsewhere} in the browser, move it to PTO there, then retry."
    assert fields_of(elsewhere)["Project"]["key"] == "EBH"


# --- the rest ---------------------------------------------------------------------------------------------------------


def test_a_step_whose_ticket_is_not_there_yet_is_refused_without_a_request(
    desk: JiraDesk, target: MakeTarget, practice: PracticeDesk
) -> None:
    practice.forget_requests()
    step = InternalComment(id="h.c", rules=("T5",), ticket=Ticket.HOMEOWNER, body="x")
    for known in ({}, {"homeowner": "../../3/myself"}, {"homeowner": "PTO-1?x=1"}):
        assert isinstance(desk.perform(step, target("c", **known)), Refused)
    assert practice.requests == []


def test_a_ticket_that_is_gone_is_a_refusal(desk: JiraDesk, target: MakeTarget) -> None:
    step = InternalComment(id="h.c", rules=("T5",), ticket=Ticket.HOMEOWNER, body="x")
    found = desk.perform(step, target(homeowner="PTO-999"))
    assert isinstance(found, Refused)
    assert "still exists" in found.cure


def test_a_reminder_is_no_request(desk: JiraDesk, target: MakeTarget, practice: PracticeDesk) -> None:
    step = Remind(id="s.remind", rules=("H9",), ticket=Ticket.SOURCE, after_hours=24, text="Ask again.")
    practice.forget_requests()
    assert isinstance(desk.perform(step, target(source="PTO-1")), Refused)
    assert practice.requests == []


def test_the_page_of_a_ticket_is_at_the_sites_own_address(desk: JiraDesk, practice: PracticeDesk) -> None:
    assert desk.browse_url("PTO-1") == f"{practice.url}/browse/PTO-1"
