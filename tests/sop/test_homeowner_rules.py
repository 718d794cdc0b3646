"""H: homeowner tickets without open history."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from ptodesk_gui.sop.case import Channel
from ptodesk_gui.sop.playbook import Playbook
from ptodesk_gui.sop.recognition import recognize

Plan = Callable[..., dict[str, Any]]
Problems = Callable[..., list[tuple[str, str, bool]]]

PAST = date(2026, 4, 20)
LITTLETON = {"city": "Littleton", "state": "CO"}
PARTNERS = [("omnidian", "Omnidian"), ("account_servicing", "Account Servicing")]
LOST = {"found": False, "url": "", "m1": None, "m2": None}
NOBODY = {"first_name": "", "last_name": ""}


def ids(plan: dict[str, Any]) -> list[str]:
    return [step["id"] for step in plan["steps"]]


def test_a_phone_call_without_a_ticket_creates_one__H1(plan: Plan) -> None:
    step = plan()["by_id"]["homeowner.create"]
    assert (step["action"], step["project"], step["needs"]) == ("create_ticket", "PTO", [])
    assert "H1" in step["rules"]


@pytest.mark.parametrize("channel", ["phone", "homeowner_email"])
def test_a_call_or_email_with_a_ticket_uses_that_ticket__H1(plan: Plan, channel: str) -> None:
    out = plan(channel=channel, source_ticket={"key": "SS-4", "project": "SS"})
    assert ids(out)[:4] == ["homeowner.move", "homeowner.edit", "homeowner.details", "homeowner.reply"]
    assert {out["by_id"][i]["key"] for i in ids(out)[:4]} == {"SS-4"}
    assert not any(step.get("ticket") == "source" for step in out["steps"])
    assert "homeowner.create" not in out["by_id"]
    assert out["by_id"]["installer.link"]["from_key"] == "SS-4"


def test_the_title__H2(plan: Plan) -> None:
    wanted = "Homeowner Concern Received – Jane Doe – Sunny Roofs"
    assert plan()["by_id"]["homeowner.create"]["summary"] == wanted
    assert plan(channel="homeowner_email")["by_id"]["homeowner.edit"]["summary"] == wanted


@pytest.mark.parametrize("sign", ["x", "🏠", "é", "x\u0301"])
def test_a_title_that_jira_would_refuse_is_shortened_and_shown__H2(plan: Plan, problems: Problems, sign: str) -> None:
    name = (sign * 120)[:120]
    out = plan(homeowner={"first_name": name, "last_name": name}, installer={"name": name})
    title = out["by_id"]["homeowner.create"]["summary"]
    assert len(title.encode("utf-16-le")) // 2 <= 255
    assert title.startswith("Homeowner Concern Received – ")
    assert "…" in title
    assert ("homeowner.last_name", "H2", False) in problems(out)


def test_a_title_of_255_characters_stays_whole__H2(plan: Plan, problems: Problems) -> None:
    room = 255 - len("Homeowner Concern Received –  – ") - 120
    out = plan(homeowner={"first_name": "x" * (room - 2), "last_name": "y"}, installer={"name": "z" * 120})
    title = out["by_id"]["homeowner.create"]["summary"]
    assert (len(title), "…" in title) == (255, False)
    assert [p for p in problems(out) if p[1] == "H2"] == []


def test_the_homeowners_email_is_the_reporter__H3(plan: Plan) -> None:
    assert plan()["by_id"]["homeowner.create"]["reporter"] == "jane@example.com"
    edit = plan(channel="homeowner_email")["by_id"]["homeowner.edit"]
    assert edit["reporter"] == "jane@example.com"
    assert edit["assignee"] == "Jessica Hauger"
    assert edit["description"].startswith("Homeowner: Jane Doe\n")


def test_the_reply_waits_for_the_reporter__H3(plan: Plan) -> None:
    assert "homeowner.edit" in plan(channel="homeowner_email")["by_id"]["homeowner.reply"]["needs"]


@pytest.mark.parametrize(
    ("address", "installer", "today", "chosen"),
    [
        (LITTLETON, "Top Electric", date(2026, 3, 14), "homeowner_littleton"),
        (LITTLETON, "Top Electric", PAST, "homeowner_littleton"),
        ({}, "Blue Hammer", date(2026, 3, 14), "homeowner_self_help"),
        ({}, "stronger", PAST, "homeowner_self_help"),
        ({}, "Top Electric", date(2026, 3, 14), "homeowner_within"),
        ({}, "Sunny Roofs", date(2026, 3, 14), "homeowner_within"),
        ({}, "Sunny Roofs", PAST, "homeowner_past"),
        (LITTLETON, "Sunny Roofs", PAST, "homeowner_past"),
    ],
)
def test_the_first_reply_that_fits_is_chosen__H4(
    plan: Plan, address: dict[str, str], installer: str, today: date, chosen: str
) -> None:
    out = plan(address=address, installer={"name": installer}, today=today)
    reply = out["replies"]["homeowner"]
    assert (reply["chosen"], reply["rule"], reply["offered"][0]) == (chosen, "H4", chosen)
    assert out["by_id"]["homeowner.reply"]["reply"] == chosen


@pytest.mark.parametrize(
    ("changes", "offered"),
    [
        ({}, ["homeowner_within", "homeowner_others"]),
        ({"inspection": "passed"}, ["homeowner_within", "homeowner_self_help", "homeowner_others"]),
        (
            {"inspection": "passed", "notes": ["installer_unreachable"]},
            ["homeowner_within", "homeowner_self_help", "homeowner_others"],
        ),
        ({"inspection": "passed", "notes": ["pto_not_submitted"]}, ["homeowner_within", "homeowner_others"]),
        ({"inspection": "passed", "notes": ["inspection_pending"]}, ["homeowner_within", "homeowner_others"]),
        ({"inspection": "passed", "job": {"m3": "2026-03-01"}}, ["homeowner_within", "homeowner_others"]),
        ({"inspection": "passed", "job": {"m2": None}}, ["homeowner_others"]),
        (
            {"address": LITTLETON, "installer": {"name": "Top Electric"}, "inspection": "passed"},
            ["homeowner_littleton", "homeowner_within", "homeowner_self_help", "homeowner_others"],
        ),
        (
            {"installer": {"name": "Blue Hammer"}, "today": PAST},
            ["homeowner_self_help", "homeowner_past", "homeowner_others"],
        ),
    ],
)
def test_what_else_is_offered__H5(plan: Plan, changes: dict[str, Any], offered: list[str]) -> None:
    assert plan(**changes)["replies"]["homeowner"]["offered"] == offered


def test_a_pick_that_fits_is_used_without_a_word__H5(plan: Plan, problems: Problems) -> None:
    out = plan(homeowner_reply="homeowner_others")
    assert out["replies"]["homeowner"] == {
        "chosen": "homeowner_others",
        "rule": "H5",
        "offered": ["homeowner_others", "homeowner_within"],
    }
    assert out["by_id"]["homeowner.reply"]["reply"] == "homeowner_others"
    assert problems(out) == []


@pytest.mark.parametrize(
    "pick", ["homeowner_past", "homeowner_littleton", "homeowner_self_help", "homeowner_again", "homeowner_ask_job"]
)
def test_a_pick_that_does_not_fit_is_used_and_marked__H5(plan: Plan, problems: Problems, pick: str) -> None:
    out = plan(homeowner_reply=pick)
    assert out["by_id"]["homeowner.reply"]["reply"] == pick
    assert problems(out) == [("homeowner_reply", "H5", False)]


def test_own_words_are_sent_as_they_are__H5(plan: Plan, problems: Problems) -> None:
    out = plan(homeowner_reply={"text": "Dear {Jane},\n$5 and ${x}: we are on it."})
    step = out["by_id"]["homeowner.reply"]
    assert (step["reply"], step["body"]) == ("own", "Dear {Jane},\n$5 and ${x}: we are on it.")
    assert out["replies"]["homeowner"]["chosen"] == "own"
    assert problems(out) == []


@pytest.mark.parametrize(
    "blank",
    [
        "[Insert homeowner name]",
        "[Your name]",
        "[month of install]",
        "(customer name)",
        "x/x/xx",
        "$homeowner",
        "${agent}",
    ],
)
def test_own_words_with_a_blank_of_the_documents_do_not_go_out__H5(plan: Plan, problems: Problems, blank: str) -> None:
    out = plan(homeowner_reply={"text": f"Hello {blank},"})
    assert "homeowner.reply" not in out["by_id"]
    assert problems(out) == [("homeowner_reply", "H5", True)]


def test_hubspot__H6(plan: Plan, problems: Problems) -> None:
    out = plan(channel="hubspot")
    assert ids(out) == [
        "source.move",
        "source.edit",
        "source.details",
        "homeowner.create",
        "homeowner.details",
        "homeowner.reply",
        "homeowner.link",
        "installer.create",
        "installer.link",
        "installer.details",
        "installer.reply",
        "source.close",
    ]
    steps = out["by_id"]
    assert steps["source.edit"].keys().isdisjoint({"summary", "reporter", "description", "assignee"})
    link = steps["homeowner.link"]
    assert (link["from"], link["relation"], link["to"], link["to_key"]) == (
        "homeowner",
        "relates to",
        "source",
        "EBH-12",
    )
    assert steps["source.details"]["body"] == steps["homeowner.details"]["body"]
    assert set(steps["source.close"]["needs"]) == {"source.move", "source.edit", "source.details", "homeowner.link"}
    assert problems(out) == []


@pytest.mark.parametrize("names", [{}, {"homeowner": NOBODY, "installer": {"name": ""}}])
def test_hubspot_job_not_found__H7(plan: Plan, problems: Problems, names: dict[str, Any]) -> None:
    out = plan(channel="hubspot", job=LOST, **names)
    assert ids(out) == [
        "source.move",
        "source.edit",
        "homeowner.create",
        "homeowner.reply",
        "homeowner.link",
        "source.close",
    ]
    create = out["by_id"]["homeowner.create"]
    assert create["summary"] == "Homeowner Concern Received – jane@example.com – unknown"
    assert (create["reporter"], create["organization"]) == ("jane@example.com", None)
    assert out["by_id"]["homeowner.reply"]["reply"] == "homeowner_ask_job"
    assert out["by_id"]["source.edit"].get("organization") == (None if names else "Sunny_Roofs")
    assert out["by_id"]["homeowner.link"]["relation"] == "relates to"
    assert out["replies"]["homeowner"]["rule"] == "H7"
    assert out["replies"]["installer"] == {"chosen": None, "rule": "H7", "offered": []}
    assert problems(out) == []
    assert out["flags"] == []


def test_the_answer_makes_that_ticket_the_homeowner_ticket__H7(plan: Plan) -> None:
    out = plan(channel="homeowner_email", source_ticket={"key": "PTO-9", "project": "PTO"})
    assert ids(out)[0] == "homeowner.edit"
    assert out["by_id"]["homeowner.edit"]["summary"] == "Homeowner Concern Received – Jane Doe – Sunny Roofs"


@pytest.mark.parametrize(("channel", "name"), PARTNERS)
def test_partner_tickets__H8(plan: Plan, problems: Problems, channel: str, name: str) -> None:
    out = plan(channel=channel)
    assert ids(out)[:5] == ["source.move", "source.edit", "source.details", "source.reply", "homeowner.create"]
    assert ids(out)[-1] == "source.close"
    edit = out["by_id"]["source.edit"]
    assert edit["summary"] == f"{name} Ticket > homeowner asks about PTO"
    assert edit["reporter"] == name
    reply = out["by_id"]["source.reply"]
    assert (reply["reply"], reply["ticket"]) == ("partner_thanks", "source")
    assert "source.edit" in reply["needs"]
    assert out["by_id"]["homeowner.link"]["relation"] == "relates to"
    assert {"source.reply", "homeowner.link"} <= set(out["by_id"]["source.close"]["needs"])
    assert problems(out) == []


def test_a_partner_ticket_without_a_description_says_so__H8(plan: Plan, problems: Problems) -> None:
    out = plan(channel="omnidian", source_ticket={"key": "SS-1", "project": "SS"})
    assert out["by_id"]["source.edit"]["summary"] == "Omnidian Ticket > unknown"
    assert problems(out) == [("source_ticket.request", "H8", False)]


@pytest.mark.parametrize(("channel", "name"), PARTNERS)
@pytest.mark.parametrize("names", [{}, {"homeowner": NOBODY, "installer": {"name": ""}}])
def test_partner_job_not_found__H9(
    plan: Plan, problems: Problems, channel: str, name: str, names: dict[str, Any]
) -> None:
    out = plan(channel=channel, job=LOST, **names)
    assert ids(out) == ["source.move", "source.edit", "source.reply", "source.remind"]
    edit = out["by_id"]["source.edit"]
    assert (edit["summary"], edit["reporter"]) == (f"{name} Ticket > homeowner asks about PTO", name)
    assert out["by_id"]["source.reply"]["reply"] == "partner_ask_job"
    remind = out["by_id"]["source.remind"]
    assert (remind["after_hours"], remind["needs"]) == (24, ["source.reply"])
    assert "then" not in remind
    assert out["replies"]["homeowner"] == {"chosen": None, "rule": "H9", "offered": []}
    assert problems(out) == []


@pytest.mark.parametrize(("channel", "name"), PARTNERS)
def test_partner_cannot_give_it__H10(plan: Plan, problems: Problems, channel: str, name: str) -> None:
    out = plan(channel=channel, job=LOST, homeowner=NOBODY, installer={"name": ""}, partner_cannot_identify_job=True)
    assert ids(out) == ["source.move", "source.edit", "source.reply", "source.remind"]
    assert out["by_id"]["source.edit"]["reporter"] == name
    assert out["by_id"]["source.reply"]["reply"] == "partner_cannot_process"
    remind = out["by_id"]["source.remind"]
    assert (remind["after_hours"], remind["then"]) == (24, "close")
    assert remind.keys() == {"id", "action", "rules", "needs", "ticket", "key", "after_hours", "text", "then"}
    assert not any(step["action"] in ("create_ticket", "close_ticket") for step in out["steps"])
    assert problems(out) == []


@pytest.mark.parametrize(
    "changes", [{"channel": "omnidian"}, {}, {"channel": "omnidian", "open_homeowner_ticket": "PTO-1"}]
)
def test_a_partner_who_cannot_say_has_no_effect_where_the_job_is_known__H10(
    plan: Plan, problems: Problems, changes: dict[str, Any]
) -> None:
    out = plan(partner_cannot_identify_job=True, **changes)
    assert ("partner_cannot_identify_job", "H10", False) in problems(out)
    assert [s["id"] for s in out["steps"]] == [s["id"] for s in plan(**changes)["steps"]]


def test_a_reply_for_a_ticket_that_is_not_made_is_named__H9(plan: Plan, problems: Problems) -> None:
    out = plan(channel="omnidian", job=LOST, homeowner_reply={"text": "Hello"}, installer_reply="installer_update")
    assert problems(out) == [("homeowner_reply", "H9", False), ("installer_reply", "H9", False)]


@pytest.mark.parametrize(
    ("sender", "title", "channel"),
    [
        ("care@omnidian.com", "", Channel.OMNIDIAN),
        ("Care <CARE@Omnidian.com>", "", Channel.OMNIDIAN),
        ("care@notomnidian.com", "", None),
        ("care@omnidian.com.example", "", None),
        ('"care@omnidian.com" <jane@example.com>', "", None),
        ("jane@example.com", "Account Servicing: homeowner asks about PTO", Channel.ACCOUNT_SERVICING),
        ("care@omnidian.com", "Account Servicing: homeowner asks about PTO", Channel.OMNIDIAN),
        ("noreply@hubspot.com", "", Channel.HUBSPOT),
        ("jane@example.com", "My panels", None),
        ("", "", None),
        ("care@omnidian.com" + "(" * 3000, "", None),  # no address, and no end of the program either
    ],
)
def test_channels_are_known_by_their_marks__H11(
    playbook: Playbook, sender: str, title: str, channel: Channel | None
) -> None:
    assert recognize(sender, title, playbook) is channel


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        (
            {},
            {
                "homeowner.create": "H1 H2 H3 T2 T3 T4 T7 T10",
                "homeowner.details": "T5 T6",
                "homeowner.reply": "H4",
                "installer.create": "I1 I2 I3 I5 T2 T3 T4 T7 T10",
                "installer.link": "I1",
                "installer.details": "T5 T6",
                "installer.reply": "I4",
            },
        ),
        ({"channel": "hubspot", "job": LOST}, {"homeowner.create": "H7 T2 T3 T10", "source.edit": "H7 T2 T3 T4"}),
        ({"channel": "omnidian", "job": LOST}, {"source.edit": "H9 H8 T2 T3", "source.remind": "H9"}),
        (
            {"channel": "installer", "open_installer_ticket": "PTO-2"},
            {"source.edit": "I8 T2 T3 T4 T12", "source.link": "I8 T9", "source.close": "I8 T11"},
        ),
        (
            {"open_homeowner_ticket": "PTO-1", "open_installer_ticket": "PTO-2"},
            {"open_homeowner.comment": "O2 O7", "open_homeowner.reply": "O5", "open_installer.reply": "O6"},
        ),
        ({"installer": {"name": "LA Solar"}}, {"homeowner.mention": "I7"}),
    ],
)
def test_each_step_cites_the_rules_it_follows__H1(plan: Plan, changes: dict[str, Any], rules: dict[str, str]) -> None:
    steps = plan(**changes)["by_id"]
    assert {step_id: " ".join(steps[step_id]["rules"]) for step_id in rules} == rules
