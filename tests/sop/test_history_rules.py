"""O and T9: the homeowner has open tickets."""

from collections.abc import Callable
from typing import Any

import pytest

Plan = Callable[..., dict[str, Any]]
Problems = Callable[..., list[tuple[str, str, bool]]]

OPEN = {"open_homeowner_ticket": "PTO-1", "open_installer_ticket": "PTO-2"}
SOURCE = {"key": "EBH-12", "project": "EBH", "request": "asks again"}


def ids(plan: dict[str, Any]) -> list[str]:
    return [step["id"] for step in plan["steps"]]


@pytest.mark.parametrize("channel", ["homeowner_email", "phone"])
def test_a_homeowners_ticket_duplicates_the_open_one__O1(plan: Plan, problems: Problems, channel: str) -> None:
    out = plan(channel=channel, source_ticket=SOURCE, new_information="The inspector came.", **OPEN)
    assert ids(out) == [
        "source.move",
        "source.edit",
        "source.link",
        "open_homeowner.comment",
        "open_homeowner.reply",
        "open_installer.reply",
        "source.close",
    ]
    steps = out["by_id"]
    link = steps["source.link"]
    assert (link["from"], link["relation"], link["to"]) == ("source", "duplicates", "open_homeowner")
    assert (link["from_key"], link["to_key"]) == ("EBH-12", "PTO-1")
    assert steps["source.edit"]["reporter"] is None
    assert steps["source.edit"]["organization"] == "Sunny_Roofs"
    assert "summary" not in steps["source.edit"]
    assert (steps["open_homeowner.comment"]["key"], steps["open_homeowner.comment"]["body"]) == (
        "PTO-1",
        "The inspector came.",
    )
    close = steps["source.close"]
    assert (close["transition"], close["resolution"], close["category"]) == ("Duplicate", "Duplicate", "Operations")
    assert {"source.edit", "source.link", "open_homeowner.comment"} <= set(close["needs"])
    assert problems(out) == []


def test_a_call_without_a_ticket_makes_none_to_be_closed__O2(plan: Plan) -> None:
    out = plan(**OPEN)
    assert ids(out) == ["open_homeowner.comment", "open_homeowner.reply", "open_installer.reply"]
    assert not any(need.startswith("source") for step in out["steps"] for need in step["needs"])


def test_hubspot_relates_to_the_open_ticket__O3(plan: Plan) -> None:
    out = plan(channel="hubspot", **OPEN)
    steps = out["by_id"]
    assert ids(out)[:3] == ["source.move", "source.edit", "source.link"]
    assert (steps["source.link"]["relation"], steps["source.link"]["to"]) == ("relates to", "open_homeowner")
    assert steps["source.edit"].keys().isdisjoint({"reporter", "summary"})
    assert "source.details" not in steps
    close = steps["source.close"]
    assert (close["transition"], close["resolution"], close["category"]) == ("Done", "Other", "Operations")


@pytest.mark.parametrize(("channel", "name"), [("omnidian", "Omnidian"), ("account_servicing", "Account Servicing")])
@pytest.mark.parametrize("job", [{}, {"found": False}])
def test_partner_tickets_relate_to_the_open_ticket__O4(
    plan: Plan, problems: Problems, channel: str, name: str, job: dict[str, Any]
) -> None:
    out = plan(channel=channel, job=job, **OPEN)
    steps = out["by_id"]
    assert ids(out) == [
        "source.move",
        "source.edit",
        "source.link",
        "open_homeowner.comment",
        "source.reply",
        "open_homeowner.reply",
        "open_installer.reply",
        "source.close",
    ]
    assert steps["source.link"]["relation"] == "relates to"
    edit = steps["source.edit"]
    assert (edit["summary"], edit["reporter"]) == (f"{name} Ticket > homeowner asks about PTO", name)
    assert steps["source.reply"]["reply"] == "partner_thanks"
    assert steps["source.close"]["transition"] == "Done"
    assert problems(out) == []


@pytest.mark.parametrize("channel", ["phone", "homeowner_email", "hubspot", "omnidian", "account_servicing"])
def test_the_homeowner_is_answered_in_the_open_ticket__O5(plan: Plan, channel: str) -> None:
    out = plan(channel=channel, **OPEN)
    reply = out["by_id"]["open_homeowner.reply"]
    assert (reply["ticket"], reply["key"], reply["reply"]) == ("open_homeowner", "PTO-1", "homeowner_again")
    assert "received your new concern" in reply["body"]
    assert "contact you as soon as possible" in reply["body"]
    assert out["replies"]["homeowner"] == {"chosen": "homeowner_again", "rule": "O5", "offered": ["homeowner_again"]}


def test_the_open_ticket_has_its_reporter_already__O5(plan: Plan, problems: Problems) -> None:
    out = plan(homeowner={"email": ""}, job={"m2": None}, **OPEN)
    assert out["by_id"]["open_homeowner.reply"]["reply"] == "homeowner_again"
    assert problems(out) == []


def test_a_first_reply_is_marked_in_an_open_ticket__O5(plan: Plan, problems: Problems) -> None:
    out = plan(homeowner_reply="homeowner_within", **OPEN)
    assert out["by_id"]["open_homeowner.reply"]["reply"] == "homeowner_within"
    assert problems(out) == [("homeowner_reply", "H5", False)]


@pytest.mark.parametrize("channel", ["phone", "homeowner_email", "hubspot", "omnidian", "account_servicing"])
def test_the_installer_is_answered_in_the_open_ticket__O6(plan: Plan, channel: str) -> None:
    out = plan(channel=channel, installer={"rep_email": ""}, **OPEN)
    reply = out["by_id"]["open_installer.reply"]
    assert (reply["ticket"], reply["key"], reply["reply"]) == ("open_installer", "PTO-2", "installer_again")
    assert "once again with a new concern" in reply["body"]
    assert out["replies"]["installer"]["rule"] == "O6"
    assert out["problems"] == []
    assert not any(step["action"] == "create_ticket" for step in out["steps"])


def test_the_concern_stands_in_for_new_information__O7(plan: Plan) -> None:
    out = plan(concern="Asks again.\nStill waiting.", **OPEN)
    assert out["by_id"]["open_homeowner.comment"]["body"] == "Asks again.\nStill waiting."
    both = plan(concern="Asks again.", new_information="It passed.", **OPEN)
    assert both["by_id"]["open_homeowner.comment"]["body"] == "It passed."


def test_without_either_there_is_no_comment_and_it_is_said__O7(plan: Plan, problems: Problems) -> None:
    out = plan(concern="", **OPEN)
    assert "open_homeowner.comment" not in out["by_id"]
    assert problems(out) == [("new_information", "O7", False)]


def test_new_information_without_an_open_ticket_is_not_passed_over__O7(plan: Plan, problems: Problems) -> None:
    assert problems(plan(new_information="It passed.")) == [("new_information", "O7", False)]


def test_without_an_open_installer_ticket_one_is_made_from_the_open_homeowner_ticket__O7(plan: Plan) -> None:
    out = plan(open_homeowner_ticket="PTO-1")
    steps = out["by_id"]
    assert ids(out)[-4:] == ["installer.create", "installer.link", "installer.details", "installer.reply"]
    link = steps["installer.link"]
    assert (link["from"], link["from_key"], link["relation"], link["to"]) == (
        "open_homeowner",
        "PTO-1",
        "is caused by",
        "installer",
    )
    assert steps["installer.create"]["needs"] == ["open_homeowner.reply"]
    assert out["replies"]["installer"]["rule"] == "I4"


@pytest.mark.parametrize("open_installer", [None, "PTO-2"])
def test_a_company_without_tickets_gets_a_mention_in_the_open_ticket__O7(
    plan: Plan, open_installer: str | None
) -> None:
    out = plan(installer={"name": "LA Solar"}, open_homeowner_ticket="PTO-1", open_installer_ticket=open_installer)
    assert ids(out) == ["open_homeowner.comment", "open_homeowner.reply", "open_homeowner.mention"]
    assert out["by_id"]["open_homeowner.mention"]["mention"] == "Jessica Hauger"


def test_an_installer_nobody_knows_gets_no_ticket__O7(plan: Plan, problems: Problems) -> None:
    out = plan(channel="omnidian", job={"found": False}, installer={"name": ""}, open_homeowner_ticket="PTO-1")
    assert not any(step["action"] == "create_ticket" for step in out["steps"])
    assert ("installer.name", "O7", False) in problems(out)


@pytest.mark.parametrize("channel", ["phone", "homeowner_email", "hubspot", "omnidian"])
def test_what_is_new_is_linked_to_the_original_ticket__T9(plan: Plan, channel: str) -> None:
    out = plan(channel=channel, open_homeowner_ticket="PTO-1")
    made = [s for s in out["steps"] if s["action"] == "create_ticket"]
    assert [s["ticket"] for s in made] == ["installer"]
    linked = [{s["from"], s["to"]} for s in out["steps"] if s["action"] == "link_tickets"]
    new = {"installer"} if channel == "phone" else {"installer", "source"}
    assert {ticket for pair in linked for ticket in pair} == {*new, "open_homeowner"}


def test_a_new_homeowner_ticket_is_linked_to_an_open_installer_ticket__T9(plan: Plan) -> None:
    out = plan(open_installer_ticket="PTO-2")
    assert ids(out) == [
        "homeowner.create",
        "homeowner.details",
        "homeowner.reply",
        "installer.link",
        "open_installer.reply",
    ]
    link = out["by_id"]["installer.link"]
    assert (link["from"], link["relation"], link["to"], link["to_key"]) == (
        "homeowner",
        "is caused by",
        "open_installer",
        "PTO-2",
    )


@pytest.mark.parametrize("field", ["open_homeowner_ticket", "open_installer_ticket"])
def test_a_ticket_is_not_linked_to_itself__T9(plan: Plan, problems: Problems, field: str) -> None:
    out = plan(channel="homeowner_email", source_ticket={"key": "PTO-1", "project": "PTO"}, **{field: "pto-1"})
    assert (field, "T9", True) in problems(out)


def test_the_same_ticket_for_homeowner_and_installer_blocks_filing__T9(plan: Plan, problems: Problems) -> None:
    out = plan(open_homeowner_ticket="PTO-1", open_installer_ticket="pto-1")
    assert ("open_installer_ticket", "T9", True) in problems(out)


@pytest.mark.parametrize("channel", ["hubspot", "omnidian", "installer"])
def test_a_ticket_that_gets_no_organization_is_pointed_out__T4(plan: Plan, problems: Problems, channel: str) -> None:
    out = plan(channel=channel, job={"found": False}, installer={"name": ""}, **OPEN)
    assert "organization" not in out["by_id"]["source.edit"]
    assert "T4" not in out["by_id"]["source.edit"]["rules"]
    assert ("installer.name", "T4", False) in problems(out)
