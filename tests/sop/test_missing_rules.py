"""M and N: what is missing, and how names are written."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptodesk_gui.sop.case import Case, Channel, Homeowner, OwnWords
from ptodesk_gui.sop.flows import make_plan
from ptodesk_gui.sop.names import company_key
from ptodesk_gui.sop.playbook import Playbook

Plan = Callable[..., dict[str, Any]]
Problems = Callable[..., list[tuple[str, str, bool]]]


@pytest.mark.parametrize("channel", ["phone", "hubspot"])
def test_without_the_homeowners_email_there_is_no_reporter_and_no_reply__M1(
    plan: Plan, problems: Problems, channel: str
) -> None:
    out = plan(channel=channel, homeowner={"email": ""})
    assert out["by_id"]["homeowner.create"]["reporter"] is None
    assert "homeowner.reply" not in out["by_id"]
    assert problems(out) == [("homeowner.email", "H3", False), ("homeowner.email", "M1", False)]
    assert out["replies"]["homeowner"]["chosen"] == "homeowner_within"


def test_a_ticket_that_exists_keeps_its_reporter_but_gets_no_reply__M1(plan: Plan, problems: Problems) -> None:
    out = plan(channel="homeowner_email", homeowner={"email": ""})
    assert "reporter" not in out["by_id"]["homeowner.edit"]
    assert "homeowner.reply" not in out["by_id"]
    assert problems(out) == [("homeowner.email", "H3", False), ("homeowner.email", "M1", False)]


def test_of_a_ticket_that_exists_it_is_not_said_that_the_reply_would_reach_nobody__M1(plan: Plan) -> None:
    source = {"key": "PTO-4", "project": "PTO"}
    told = {
        channel: " ".join(p["text"] for p in plan(channel=channel, homeowner={"email": ""}, **given)["problems"])
        for channel, given in (("homeowner_email", {"source_ticket": source}), ("phone", {}))
    }
    assert "nobody knows whether the ticket is the homeowner's" in told["homeowner_email"]
    assert "reach nobody" not in told["homeowner_email"]
    assert "it would reach nobody" in told["phone"]


def test_without_the_reps_email_there_is_no_reporter_and_no_reply__M1(plan: Plan, problems: Problems) -> None:
    out = plan(installer={"rep_email": ""})
    assert out["by_id"]["installer.create"]["reporter"] is None
    assert "installer.reply" not in out["by_id"]
    assert problems(out) == [("installer.rep_email", "I3", False), ("installer.rep_email", "M1", False)]


def test_without_the_reps_first_name_the_reply_is_not_sent__M1(plan: Plan, problems: Problems) -> None:
    out = plan(installer={"rep_first_name": ""})
    assert "installer.reply" not in out["by_id"]
    assert problems(out) == [("installer.rep_first_name", "N3", False)]


def test_a_case_with_next_to_nothing_is_filed__M2(plan: Plan) -> None:
    out = plan(
        homeowner={"email": None},
        address=None,
        job=None,
        concern=None,
        installer={"rep_first_name": "", "rep_email": ""},
    )
    assert [s["id"] for s in out["steps"]] == [
        "homeowner.create",
        "homeowner.details",
        "installer.create",
        "installer.link",
        "installer.details",
    ]
    assert not any(p["blocks"] for p in out["problems"])


@pytest.mark.parametrize("channel", list(Channel))
def test_a_call_that_has_only_begun_has_a_plan_and_says_what_it_needs__M2(playbook: Playbook, channel: Channel) -> None:
    begun = make_plan(Case(channel, ""), playbook, date(2026, 3, 14))
    assert begun.blocked
    assert {p.field for p in begun.problems if p.blocks} >= {"agent"}


def test_own_words_that_are_not_written_yet_wait__M2(playbook: Playbook) -> None:
    case = Case(Channel.PHONE, "Dana", Homeowner("Jane", "Doe", "jane@example.com"), homeowner_reply=OwnWords(" "))
    begun = make_plan(case, playbook, date(2026, 3, 14))
    assert ("homeowner_reply", True) in [(p.field, p.blocks) for p in begun.problems]
    assert not any(step.id == "homeowner.reply" for step in begun.steps)


@pytest.mark.parametrize(
    ("typed", "written", "organization"),
    [
        ("TOP ELECTRIC, LLC.", "Top Electric", "Top_Electric"),
        ("Top_Electric", "Top Electric", "Top_Electric"),
        ("topelectric", "Top Electric", "Top_Electric"),
        ("Top Electric Co., Inc.", "Top Electric", "Top_Electric"),
        ("Top Electric L.L.C.", "Top Electric", "Top_Electric"),
        ("stronger", "Stronger Electric", "Stronger_Electric"),
        ("Shield", "Shield Energy", "Shield_Energy"),
        ("la-solar ltd", "LA Solar", "LA_Solar"),
        ("BLUE HAMMER CORP", "Blue Hammer", "Blue_Hammer"),
        ("Top Solar", "Top Solar", "Top_Solar"),
        ("Top Electrical", "Top Electrical", "Top_Electrical"),
        ("  Sunny   Roofs, LLC ", "Sunny Roofs, LLC", "Sunny_Roofs,_LLC"),
        ("Co", "Co", "Co"),
        ("☀️", "☀️", "☀️"),
    ],
)
def test_companies_are_compared_and_written__N1(plan: Plan, typed: str, written: str, organization: str) -> None:
    step = plan(installer={"name": typed})["by_id"]["homeowner.create"]
    assert step["summary"] == f"Homeowner Concern Received – Jane Doe – {written}"
    assert step["organization"] == organization


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=30))
def test_a_name_is_the_same_company_however_it_is_spaced_and_cased__N1(name: str) -> None:
    assert company_key(f"  {name} ") == company_key(name)
    assert company_key(name.casefold()) == company_key(name)
    assert company_key(f"{name} LLC") in (company_key(name), "llc")


@pytest.mark.parametrize("state", ["CO", "co", " Colorado ", "COLORADO"])
def test_city_and_state__N2(plan: Plan, state: str) -> None:
    out = plan(address={"city": " LITTLETON", "state": state}, installer={"name": "Top Electric"})
    assert "littleton_top_electric" in out["flag_ids"]


def test_names_in_greetings__N3(plan: Plan) -> None:
    out = plan()
    assert out["by_id"]["homeowner.reply"]["body"].startswith("Hello Jane Doe\n")
    assert out["by_id"]["homeowner.reply"]["body"].endswith("\nThank you,\nDana Reyes")
    assert out["by_id"]["installer.reply"]["body"].startswith("Hello Sam,\n")
    assert out["by_id"]["installer.reply"]["body"].endswith("\nThanks,\nDana Reyes")
    others = plan(homeowner_reply="homeowner_others")["by_id"]["homeowner.reply"]["body"]
    assert others.startswith("Hi Jane Doe,")


def test_a_first_name_alone_greets_nobody__N3(playbook: Playbook) -> None:
    case = Case(Channel.PHONE, "Dana", Homeowner("Jane", "", "jane@example.com"))
    begun = make_plan(case, playbook, date(2026, 3, 14))
    assert ("homeowner.last_name", "N3", True) in [(p.field, p.rule, p.blocks) for p in begun.problems]
    assert not any(step.action == "public_reply" for step in begun.steps)
