"""What waits for what: nothing goes out because of a ticket that may not be there, and nothing before the move (T1, O1-O7, H6-H8)."""

from collections.abc import Callable
from typing import Any

import pytest

Plan = Callable[..., dict[str, Any]]

PARTNERS = ["omnidian", "account_servicing"]
ALL = ["phone", "homeowner_email", "hubspot", *PARTNERS]
OPEN = {"open_homeowner_ticket": "PTO-1", "open_installer_ticket": "PTO-2"}
TOUCHES_THE_OPEN_TICKET = {"open_homeowner.comment", "open_homeowner.reply", "source.link", "installer.link"}
LOST = {"found": False, "url": "", "m1": None, "m2": None}


def all_before(out: dict[str, Any], step_id: str) -> set[str]:
    """Everything that must be done before the step."""
    found: set[str] = set()
    todo = list(out["by_id"][step_id]["needs"])
    while todo:
        other = todo.pop()
        found.add(other)
        todo += out["by_id"][other]["needs"]
    return found


@pytest.mark.parametrize("channel", ALL)
def test_a_mistyped_homeowner_ticket_sends_nothing_to_the_installer__O6(plan: Plan, channel: str) -> None:
    out = plan(channel=channel, **OPEN)
    assert {"open_homeowner.comment", "open_homeowner.reply"} <= all_before(out, "open_installer.reply")


@pytest.mark.parametrize("channel", ALL)
def test_a_mistyped_homeowner_ticket_makes_no_installer_ticket__O7(plan: Plan, channel: str) -> None:
    out = plan(channel=channel, open_homeowner_ticket="PTO-1")
    assert {"open_homeowner.comment", "open_homeowner.reply"} <= all_before(out, "installer.create")


@pytest.mark.parametrize("channel", ALL)
@pytest.mark.parametrize("opened", [OPEN, {"open_homeowner_ticket": "PTO-1"}])
def test_with_nothing_to_say_in_the_open_ticket_something_else_shows_that_it_is_there__O6_O7(
    plan: Plan, channel: str, opened: dict[str, str]
) -> None:
    """No concern, so no comment (O7), and a reply that is not sent, because it states a date that nobody knows (C12)."""
    out = plan(channel=channel, concern="", homeowner_reply="homeowner_within", job={"m2": None}, **opened)
    assert {"open_homeowner.comment", "open_homeowner.reply"}.isdisjoint(out["by_id"])
    reply = "open_installer.reply" if "open_installer_ticket" in opened else "installer.reply"
    if channel == "phone" and opened is OPEN:  # this call does nothing to the homeowner ticket at all
        assert all_before(out, reply) == set()
    else:
        assert all_before(out, reply) & TOUCHES_THE_OPEN_TICKET


@pytest.mark.parametrize("channel", PARTNERS)
def test_a_partner_is_thanked_once_the_open_ticket_has_the_news__O4(plan: Plan, channel: str) -> None:
    assert "open_homeowner.comment" in all_before(plan(channel=channel, **OPEN), "source.reply")
    assert "source.link" in all_before(plan(channel=channel, concern="", **OPEN), "source.reply")


def test_the_homeowner_is_answered_once_the_open_ticket_has_the_news__O5(plan: Plan) -> None:
    assert plan(**OPEN)["by_id"]["open_homeowner.reply"]["needs"] == ["open_homeowner.comment"]


def test_a_mention_waits_for_no_reply__I7(plan: Plan) -> None:
    out = plan(installer={"name": "LA Solar"}, open_homeowner_ticket="PTO-1")
    assert out["by_id"]["open_homeowner.mention"]["needs"] == []


def test_an_open_installer_ticket_hears_of_a_new_homeowner_ticket_once_they_are_linked__I1_O6(plan: Plan) -> None:
    out = plan(open_installer_ticket="PTO-2")
    assert {"homeowner.create", "installer.link"} <= all_before(out, "open_installer.reply")


@pytest.mark.parametrize("channel", ["hubspot", *PARTNERS])
def test_the_homeowner_ticket_is_made_once_its_source_has_moved__T1_H6_H8(plan: Plan, channel: str) -> None:
    assert plan(channel=channel)["by_id"]["homeowner.create"]["needs"] == ["source.move"]
    in_place = {"key": "PTO-12", "project": "PTO", "request": "asks about PTO", "text": ""}
    assert plan(channel=channel, source_ticket=in_place)["by_id"]["homeowner.create"]["needs"] == []


def test_the_homeowner_ticket_is_made_once_its_source_has_moved__T1_H7(plan: Plan) -> None:
    assert plan(channel="hubspot", job=LOST)["by_id"]["homeowner.create"]["needs"] == ["source.move"]


def test_a_hubspot_ticket_stays_open_while_nobody_can_be_asked_about_the_job__H7_M1(plan: Plan) -> None:
    out = plan(channel="hubspot", job=LOST, homeowner={"first_name": "", "last_name": "", "email": ""})
    assert list(out["by_id"]) == ["source.move", "source.edit", "homeowner.create", "homeowner.link"]
    assert out["by_id"]["homeowner.create"]["reporter"] is None
    said = [
        p["text"] for p in out["problems"] if (p["field"], p["rule"], p["blocks"]) == ("homeowner.email", "H7", False)
    ]
    assert said == ["Nobody is asked about the job, for no reply is sent: EBH-12 stays open."]


def test_a_hubspot_ticket_stays_open_while_the_reply_is_not_sent__H7_C12(plan: Plan) -> None:
    out = plan(channel="hubspot", job=LOST, homeowner_reply="homeowner_within")
    assert {"homeowner.reply", "source.close"}.isdisjoint(out["by_id"])
    assert ("homeowner_reply", "H7") in [(p["field"], p["rule"]) for p in out["problems"]]


def test_a_hubspot_ticket_is_closed_once_the_question_can_go_out__H7(plan: Plan) -> None:
    out = plan(channel="hubspot", job=LOST, homeowner={"first_name": "", "last_name": ""})
    assert out["by_id"]["homeowner.reply"]["reply"] == "homeowner_ask_job"
    assert out["by_id"]["source.close"]["resolution"] == "Other"
    assert "homeowner.reply" in out["by_id"]["source.close"]["needs"]
