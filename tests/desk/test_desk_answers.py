"""Whether somebody answered a reply, and how long ago it went out by the site's own clock (H7, H9, H10)."""

from collections.abc import Callable
from typing import Any

import pytest
import requests

from ptodesk_gui.desk.desk import Done, Later, Looked, Refused, Target
from ptodesk_gui.desk.jira_desk import JiraDesk
from ptodesk_gui.practice import PracticeDesk
from ptodesk_gui.practice.faults import answer, cut_before, too_many
from ptodesk_gui.sop.steps import CloseTicket, InternalComment, MoveTicket, PublicReply, Ticket

MakeTarget = Callable[..., Target]
Write = Callable[..., None]

COLLEAGUE = "sample.agent.one@example.com"
COMMENT = "GET /rest/api/3/issue/{issueIdOrKey}/comment"
REPLY = PublicReply(id="s.r", rules=("H10",), ticket=Ticket.SOURCE, reply="partner_cannot_process", body="Hello")
SILENCE = Looked(asked=True, answered=False, by_others=False, waited=3600.0)


@pytest.fixture
def ticket(desk: JiraDesk, elsewhere: str, target: MakeTarget, clock: Any) -> str:
    """A ticket that had a comment, then got our reply, an hour ago."""
    before = InternalComment(id="s.c", rules=("T5",), ticket=Ticket.SOURCE, body="six lines")
    for step in (before, REPLY):
        assert isinstance(desk.perform(step, target(f"key-{step.id}", source=elsewhere)), Done)
        clock.now += 1.0
    clock.now += 3599.0
    return elsewhere


@pytest.fixture
def write(practice: PracticeDesk) -> Write:
    """Writes a comment in a ticket as somebody, in the browser as it were."""

    def comment(key: str, who: str = "", *, internal: bool = False) -> None:
        text = {"type": "text", "text": "It is job 12."}
        body = {"type": "doc", "version": 1, "content": [{"type": "paragraph", "content": [text]}]}
        properties = [{"key": "sd.public.comment", "value": {"internal": internal}}]
        account = practice.account if not who else (who, "a token of its own")
        url = f"{practice.url}/rest/api/3/issue/{key}/comment"
        answered = requests.post(url, json={"body": body, "properties": properties}, auth=tuple(account), timeout=10)
        answered.raise_for_status()

    return comment


def test_silence_since_the_reply_is_no_answer_and_its_age_is_the_sites__H10(
    desk: JiraDesk, ticket: str, documented_answers: None
) -> None:
    assert desk.answer_since(ticket, "key-s.r") == SILENCE


@pytest.mark.parametrize("internal", [True, False])
def test_a_comment_by_somebody_else_is_an_answer__H10(
    desk: JiraDesk, ticket: str, write: Write, internal: bool
) -> None:
    write(ticket, COLLEAGUE, internal=internal)
    assert desk.answer_since(ticket, "key-s.r") == Looked(True, True, True, 3600.0)


def test_a_customers_answer_is_an_answer__H9(
    desk: JiraDesk, ticket: str, practice: PracticeDesk, see: Callable[..., Any]
) -> None:
    reporter = see(f"/rest/api/3/issue/{ticket}")["fields"]["reporter"]["emailAddress"]
    url = f"{practice.url}/rest/servicedeskapi/request/{ticket}/comment"
    said = {"body": "It is job 12.", "public": True}
    requests.post(url, json=said, auth=(reporter, "a token of its own"), timeout=10).raise_for_status()
    assert desk.answer_since(ticket, "key-s.r") == Looked(True, True, True, 3600.0)


def test_what_was_written_before_the_reply_is_no_answer__H10(
    desk: JiraDesk, elsewhere: str, write: Write, target: MakeTarget, clock: Any
) -> None:
    write(elsewhere, COLLEAGUE)
    clock.now += 1.0
    desk.perform(REPLY, target("later", source=elsewhere))
    found = desk.answer_since(elsewhere, "later")
    assert isinstance(found, Looked)
    assert not found.answered


def test_the_same_account_going_on_in_public_keeps_the_ticket_from_being_closed__H10(
    desk: JiraDesk, ticket: str, write: Write
) -> None:
    write(ticket, internal=True)
    assert desk.answer_since(ticket, "key-s.r") == SILENCE
    write(ticket)
    assert desk.answer_since(ticket, "key-s.r") == Looked(True, True, False, 3600.0)


@pytest.mark.parametrize("step_key", ["", "another"])
def test_without_the_reply_nothing_can_be_newer_than_it__H10(
    desk: JiraDesk, ticket: str, write: Write, step_key: str
) -> None:
    write(ticket, COLLEAGUE)
    found = desk.answer_since(ticket, step_key)
    assert isinstance(found, Looked)
    assert (found.asked, found.answered, found.waited) == (False, False, None)


def test_a_reply_that_was_kept_internal_was_read_by_nobody__H10(
    desk: JiraDesk, elsewhere: str, target: MakeTarget, write: Write, clock: Any
) -> None:
    kept = InternalComment(id="s.r", rules=("H10",), ticket=Ticket.SOURCE, body="Hello")
    desk.perform(kept, target("key-s.r", source=elsewhere))
    clock.now += 1.0
    write(elsewhere, COLLEAGUE)
    assert desk.answer_since(elsewhere, "key-s.r") == Looked(False, False, False, None)


def test_a_ticket_that_is_closed_is_said_to_be__H10(desk: JiraDesk, ticket: str, target: MakeTarget) -> None:
    step = CloseTicket(
        id="s.z", rules=("T11",), ticket=Ticket.SOURCE, transition="Done", resolution="Other", category="Operations"
    )
    assert isinstance(desk.perform(step, target("z", source=ticket)), Done)
    found = desk.answer_since(ticket, "key-s.r")
    assert isinstance(found, Looked)
    assert found.closed


def test_the_reply_is_found_among_many_comments__H10(
    desk: JiraDesk, ticket: str, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ptodesk_gui.desk.comments._PAGE", 2)
    for _ in range(5):
        write(ticket, internal=True)
    assert desk.answer_since(ticket, "key-s.r") == SILENCE
    write(ticket, COLLEAGUE)
    found = desk.answer_since(ticket, "key-s.r")
    assert isinstance(found, Looked)
    assert found.answered


def test_looking_writes_nothing_and_is_quick__H10(desk: JiraDesk, ticket: str, practice: PracticeDesk) -> None:
    practice.forget_requests()
    desk.answer_since(ticket, "key-s.r")
    assert sorted((seen.method, seen.template.rpartition("/")[2]) for seen in practice.requests) == [
        ("GET", "comment"),
        ("GET", "serverInfo"),
        ("GET", "{issueIdOrKey}"),
    ]


def test_a_ticket_that_was_moved_since_is_still_looked_at__H10_T1(
    desk: JiraDesk, ticket: str, target: MakeTarget, practice: PracticeDesk
) -> None:
    step = MoveTicket(id="s.move", rules=("T1",), ticket=Ticket.SOURCE, project="PTO")
    moved = desk.perform(step, target("m", source=ticket))
    assert isinstance(moved, Done)
    assert moved.ticket != ticket
    for key in (ticket, moved.ticket):
        found = desk.answer_since(key or "", "key-s.r")
        assert isinstance(found, Looked)
        assert found.asked


def test_what_a_site_may_do_is_an_answer_too__H10(
    desk: JiraDesk, ticket: str, practice: PracticeDesk, clock: Any
) -> None:
    practice.fault(COMMENT, too_many(retry_after=30))
    assert desk.answer_since(ticket, "key-s.r") == Later("Jira asked to slow down; it is tried again by itself.", 30.0)
    clock.now += 30.0
    for fault in (answer(503), answer(200, "null"), answer(200, '{"comments": 7}'), cut_before()):
        practice.clear_faults()
        practice.fault(COMMENT, fault)
        assert isinstance(desk.answer_since(ticket, "key-s.r"), Later)
    practice.clear_faults()
    assert isinstance(desk.answer_since("PTO-999", "key-s.r"), Refused)
    assert isinstance(desk.answer_since("../myself", "key-s.r"), Refused)
    practice.revoke_token()
    refused = desk.answer_since(ticket, "key-s.r")
    assert isinstance(refused, Refused)
    assert refused.sign_in


def test_a_strange_time_is_no_time__H10(desk: JiraDesk, ticket: str, practice: PracticeDesk) -> None:
    for strange in ("{}", '{"serverTime": 12}', '{"serverTime": "soon"}', '{"serverTime": "2026-03-05T10:00:00"}'):
        practice.clear_faults()
        practice.fault("GET /rest/api/3/serverInfo", answer(200, strange))
        found = desk.answer_since(ticket, "key-s.r")
        assert isinstance(found, Looked)
        assert found.waited is None
