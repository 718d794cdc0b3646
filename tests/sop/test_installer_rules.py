"""I: installer tickets, and what may not be in them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from ptodesk_gui.sop.disclosure import billing_words
from ptodesk_gui.sop.playbook import InstallerGroup, Playbook

Plan = Callable[..., dict[str, Any]]
Problems = Callable[..., list[tuple[str, str, bool]]]

PAST = date(2026, 4, 20)
NEUTRAL = "the status of the permission to operate (PTO) for their solar system"
WITHOUT = ["Stronger", "Stronger Electric", "Blue Hammer", "Shield", "shield energy", "LA Solar", "Top_Electric, LLC"]


def test_the_homeowner_ticket_is_caused_by_the_installer_ticket__I1(plan: Plan) -> None:
    steps = plan()["by_id"]
    link = steps["installer.link"]
    assert (link["from"], link["relation"], link["to"]) == ("homeowner", "is caused by", "installer")
    assert set(link["needs"]) == {"homeowner.create", "installer.create"}
    assert steps["installer.create"]["needs"] == ["homeowner.create"]


@pytest.mark.parametrize("project", ["EBH", "PTO"])
def test_nothing_goes_to_the_installer_before_the_homeowners_ticket_is_there__I1(plan: Plan, project: str) -> None:
    steps = plan(channel="homeowner_email", source_ticket={"key": f"{project}-12", "project": project})["by_id"]
    assert "homeowner.edit" in steps["installer.create"]["needs"]
    assert {"homeowner.edit", "installer.create"} <= set(steps["installer.link"]["needs"])
    assert steps["installer.reply"]["needs"] == ["installer.create"]


def test_the_title__I2(plan: Plan) -> None:
    assert plan()["by_id"]["installer.create"]["summary"] == "Homeowner Concern – Sunny Roofs – Jane Doe"


def test_the_reps_email_is_the_reporter__I3(plan: Plan) -> None:
    step = plan()["by_id"]["installer.create"]
    assert (step["reporter"], step["project"], step["labels"]) == ("sam@example.com", "PTO", ["PTO"])
    assert step["description"] == f"Homeowner: Jane Doe\nAddress: 1 Main St, Denver, CO 80201\nConcern: {NEUTRAL}"


@pytest.mark.parametrize(
    ("changes", "chosen"),
    [
        ({}, "installer_within"),
        ({"today": date(2026, 4, 2)}, "installer_within"),
        ({"today": PAST}, "installer_past"),
        ({"job": {"m2": None}}, "installer_within"),
    ],
)
def test_the_first_reply_to_the_rep__I4(plan: Plan, changes: dict[str, Any], chosen: str) -> None:
    out = plan(**changes)
    assert out["replies"]["installer"] == {"chosen": chosen, "rule": "I4", "offered": [chosen, "installer_update"]}
    assert out["by_id"]["installer.reply"]["reply"] == chosen


def test_the_reply_of_000_may_be_picked__I4(plan: Plan, problems: Problems) -> None:
    out = plan(installer_reply="installer_update")
    assert out["by_id"]["installer.reply"]["reply"] == "installer_update"
    assert problems(out) == []


def test_a_pick_that_does_not_fit_is_used_and_marked__I4(plan: Plan, problems: Problems) -> None:
    out = plan(installer_reply="installer_past")
    assert out["by_id"]["installer.reply"]["reply"] == "installer_past"
    assert problems(out) == [("installer_reply", "I4", False)]


def test_the_homeowners_concern_never_goes_to_the_installer__I5(plan: Plan) -> None:
    secret = "is billed twice and cannot pay"
    out = plan(concern=secret, today=PAST)
    for step in out["steps"]:
        if step.get("ticket") == "installer":
            assert secret not in str(step)
    assert secret in out["by_id"]["homeowner.create"]["description"]


def test_an_empty_concern_for_the_installer_is_the_neutral_one__I5(plan: Plan) -> None:
    out = plan()
    assert f"with a concern regarding {NEUTRAL}. Please reach out" in out["by_id"]["installer.reply"]["body"]
    own = plan(installer_concern="the next steps.")
    assert own["by_id"]["installer.create"]["description"].endswith("\nConcern: the next steps.")
    assert "with a concern regarding the next steps. Please" in own["by_id"]["installer.reply"]["body"]


@pytest.mark.parametrize("blank", ["[insert homeowner’s concern here]", "$concern", "${rep}", "(Installer name)"])
def test_a_concern_with_a_blank_in_it_does_not_go_to_the_installer__I4(
    plan: Plan, problems: Problems, blank: str
) -> None:
    assert problems(plan(installer_concern=f"asks about {blank}")) == [("installer_concern", "I4", True)]


WORDS = ["bill", "billing", "billed", "payment", "pay", "paying", "charge", "charged", "invoice", "refund"]
WORDS += ["finance", "financing", "loan", "double"]


@pytest.mark.parametrize(
    "word", [*WORDS, "Bills", "PAYMENTS", "loans", "double-billing", "pre-pay", "ｂｉｌｌ", "bi\u00adll"]
)
def test_billing_words_wait_for_the_agent__I5(plan: Plan, problems: Problems, word: str) -> None:
    changes = {"installer_concern": f"asks about PTO ({word})"}
    out = plan(**changes)
    assert problems(out) == [("installer_concern", "I5", True)]
    assert out["flag_ids"] == ["disclosure"]
    confirmed = plan(disclosure_confirmed=True, **changes)
    assert problems(confirmed) == []
    assert confirmed["flag_ids"] == ["disclosure"]


@pytest.mark.parametrize("word", ["payroll", "discharged", "doubled", "repay", "loaned", "surcharge"])
def test_words_that_only_contain_one_are_left_alone__I5(plan: Plan, word: str) -> None:
    assert plan(installer_concern=f"asks about {word}")["flags"] == []


def test_own_words_to_the_installer_are_checked_the_approved_ones_stand__I5(plan: Plan, problems: Problems) -> None:
    own = plan(installer_reply={"text": "They pay twice."})
    assert problems(own) == [("installer_reply", "I5", True)]
    assert own["flag_ids"] == ["disclosure"]
    approved = plan(today=PAST)
    assert "paying both" in approved["by_id"]["installer.reply"]["body"]
    assert approved["flags"] == []


def test_names_are_no_billing_words__I5(plan: Plan, playbook: Playbook) -> None:
    out = plan(
        homeowner={"first_name": "Bill", "last_name": "Charge"},
        installer={"name": "Double Sun", "rep_first_name": "Bill"},
        installer_concern="Bill Charge asks Bill of Double Sun about PTO",
    )
    assert out["flags"] == []
    assert billing_words("the bill of Bill", playbook.billing, ["Bill"]) == ("bill",)


def test_what_does_not_reach_the_installer_is_not_checked__I5(plan: Plan) -> None:
    assert plan(installer={"name": "LA Solar"}, installer_concern="pays twice")["flag_ids"] == ["no_installer_ticket"]


@pytest.mark.parametrize(("pronoun", "written"), [("", "them"), ("them", "them"), ("him", "him"), ("her", "her")])
def test_the_pronoun_on_file__I6(plan: Plan, pronoun: str, written: str) -> None:
    out = plan(homeowner={"pronoun": pronoun}, installer_reply="installer_update")
    body = out["by_id"]["installer.reply"]["body"]
    assert f"We had advised {written} that" in body
    assert f"to give {written} an update?" in body
    assert "him/her" not in body


@pytest.mark.parametrize("name", WITHOUT)
def test_no_installer_ticket_but_a_mention__I7(plan: Plan, problems: Problems, name: str) -> None:
    out = plan(installer={"name": name})
    assert not any("installer" in (step.get("ticket"), step.get("to")) for step in out["steps"])
    mention = out["by_id"]["homeowner.mention"]
    assert (mention["action"], mention["ticket"], mention["mention"]) == (
        "internal_comment",
        "homeowner",
        "Jessica Hauger",
    )
    assert mention["needs"] == ["homeowner.create"]
    assert "Jane Doe" in mention["body"]
    assert out["replies"]["installer"] == {"chosen": None, "rule": "I7", "offered": []}
    assert [f["rule"] for f in out["flags"] if f["id"] == "no_installer_ticket"] == ["I7"]
    assert problems(out) == []


@pytest.mark.parametrize(("channel", "found"), [("hubspot", False), ("omnidian", False), ("installer", True)])
def test_the_flag_is_not_raised_where_nothing_goes_to_an_installer__I7(plan: Plan, channel: str, found: bool) -> None:
    out = plan(channel=channel, job={"found": found}, installer={"name": "LA Solar"}, open_installer_ticket="PTO-2")
    assert "no_installer_ticket" not in out["flag_ids"]


def test_a_reply_picked_for_such_a_company_is_named__I7(plan: Plan, problems: Problems) -> None:
    out = plan(installer={"name": "LA Solar"}, installer_reply="installer_update")
    assert problems(out) == [("installer_reply", "I7", False)]


def test_a_lead_can_turn_a_groups_tickets_on_again__I7(plan: Plan, playbook: Playbook) -> None:
    from dataclasses import replace

    shield = next(g for g in playbook.groups if g.id == "shield")
    assert shield == InstallerGroup("shield", False, False, "gi@shieldenergy.tech")
    companies = tuple(
        replace(c, group=replace(shield, installer_tickets=True)) if c.group == shield else c
        for c in playbook.companies
    )
    out = plan(installer={"name": "LA Solar"}, book={"companies": companies})
    assert out["by_id"]["installer.create"]["reporter"] == "gi@shieldenergy.tech"
    assert "homeowner.mention" not in out["by_id"]
    assert out["flags"] == []
    bare = plan(installer={"name": "LA Solar", "rep_email": ""}, book={"companies": companies})
    assert "\nInstaller Rep: Sam (gi@shieldenergy.tech)\n" in bare["by_id"]["installer.details"]["body"]
    assert bare["problems"] == []
    stronger = plan(installer={"name": "Stronger"}, book={"companies": companies})
    assert "installer.create" not in stronger["by_id"]


def test_an_extra_installer_ticket_is_a_duplicate__I8(plan: Plan, problems: Problems) -> None:
    names: dict[str, Any] = {"homeowner": {"first_name": "", "last_name": ""}, "installer": {"name": ""}}
    for changes in ({}, names):
        out = plan(channel="installer", open_installer_ticket="PTO-2", **changes)
        assert [s["id"] for s in out["steps"]] == ["source.move", "source.edit", "source.link", "source.close"]
        link = out["by_id"]["source.link"]
        assert (link["relation"], link["to"], link["to_key"]) == ("duplicates", "open_installer", "PTO-2")
        assert out["by_id"]["source.edit"]["reporter"] is None
        assert out["by_id"]["source.edit"].get("organization") == (None if changes else "Sunny_Roofs")
        assert out["by_id"]["source.close"]["transition"] == "Duplicate"
        assert problems(out) == ([("installer.name", "T4", False)] if changes else [])


def test_without_an_open_installer_ticket_filing_is_blocked__I8(plan: Plan, problems: Problems) -> None:
    out = plan(channel="installer")
    assert problems(out) == [("open_installer_ticket", "I8", True)]
    assert "source.link" not in out["by_id"]


def test_the_groups_contact_is_not_used_while_its_tickets_are_off__I7(plan: Plan) -> None:
    out = plan(installer={"name": "LA Solar", "rep_email": ""})
    assert "\nInstaller Rep: Sam (unknown)\n" in out["by_id"]["homeowner.details"]["body"]
