"""C: the live call. What is recorded, flagged and said."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

Plan = Callable[..., dict[str, Any]]
Problems = Callable[..., list[tuple[str, str, bool]]]

TOP = {"name": "Top Electric"}
LITTLETON = {"city": "Littleton", "state": "CO"}


def said(plan: dict[str, Any]) -> list[str]:
    return [s["id"] for s in plan["say"]]


def test_address_and_installer_are_on_both_tickets__C1(plan: Plan) -> None:
    steps = plan()["by_id"]
    for ticket in ("homeowner", "installer"):
        assert "\nAddress: 1 Main St, Denver, CO 80201\n" in steps[f"{ticket}.create"]["description"]
        body = steps[f"{ticket}.details"]["body"].split("\n")
        assert body[1] == "Address: 1 Main St, Denver, CO 80201"
        assert body[3] == "Installer: Sunny Roofs"


@pytest.mark.parametrize(
    ("address", "installer", "flagged"),
    [
        (LITTLETON, "Top Electric", True),
        ({"city": " littleTON ", "state": "colorado"}, "top_electric, llc.", True),
        (LITTLETON, "Top Solar", False),
        ({"city": "Denver", "state": "CO"}, "Top Electric", False),
        ({"city": "Littleton", "state": "NH"}, "Top Electric", False),
        ({"city": "Littleton", "state": ""}, "Top Electric", False),
        ({"city": "North Littleton", "state": "CO"}, "Top Electric", False),
    ],
)
def test_littleton_with_top_electric_is_flagged__C2(
    plan: Plan, address: dict[str, str], installer: str, flagged: bool
) -> None:
    flags = plan(address=address, installer={"name": installer})["flags"]
    assert [f["rule"] for f in flags if f["id"] == "littleton_top_electric"] == (["C2"] if flagged else [])


@pytest.mark.parametrize(
    "name", ["Blue Hammer", "Stronger", "Stronger Electric", "blue_hammer", "STRONGER ELECTRIC INC"]
)
def test_blue_hammer_and_stronger_are_flagged__C3(plan: Plan, name: str) -> None:
    assert [f["rule"] for f in plan(installer={"name": name})["flags"] if f["id"] == "self_help_installer"] == ["C3"]


@pytest.mark.parametrize("name", ["Sunny Roofs", "Top Electric", "Shield Energy", "LA Solar", "Strongest Electric"])
def test_no_other_company_is_flagged_for_self_help__C3(plan: Plan, name: str) -> None:
    assert "self_help_installer" not in plan(installer={"name": name})["flag_ids"]


@pytest.mark.parametrize("answer", ["not_asked", "not_scheduled", "pending", "passed", "failed"])
def test_only_a_failed_inspection_is_flagged__C4(plan: Plan, answer: str) -> None:
    assert ("inspection_failed" in plan(inspection=answer)["flag_ids"]) == (answer == "failed")


def test_every_note_is_taken_and_changes_needed_are_flagged__C5(plan: Plan) -> None:
    notes = ["installer_unreachable", "inspection_not_scheduled", "inspection_pending", "pto_not_submitted"]
    assert "inspection_failed" not in plan(notes=notes)["flag_ids"]
    assert "inspection_failed" in plan(notes=[*notes, "inspection_failed_changes_needed"])["flag_ids"]


@pytest.mark.parametrize("inspection", ["not_asked", "failed", "passed"])
def test_m2_alone_begins_the_period__C6(plan: Plan, inspection: str) -> None:
    grace = plan(inspection=inspection, job={"m1": None, "m3": None})["grace"]
    assert (grace["status"], grace["m2"]) == ("within", "2026-02-01")


def test_the_first_payment_is_due_60_calendar_days_after_m2__C7(plan: Plan) -> None:
    assert plan()["grace"] == {
        "status": "within",
        "m2": "2026-02-01",
        "due": "2026-04-02",
        "day": 41,
        "days_left": 19,
    }


def test_the_60_is_the_playbooks__C7(plan: Plan) -> None:
    assert plan(book={"grace_days": 30})["grace"]["due"] == "2026-03-03"
    assert plan(book={"grace_days": 30})["grace"]["status"] == "past"


def test_within_the_period_example_response_1_is_said__C8(plan: Plan) -> None:
    (sentence,) = plan()["say"]
    assert (sentence["id"], sentence["rule"]) == ("say_within", "C8")
    assert sentence["text"] == (
        "I see your system was fully installed in February. Your first payment will not be due until 60 days after February."
    )


def test_past_the_period_example_response_2_is_said__C9(plan: Plan) -> None:
    (sentence,) = plan(today=date(2026, 4, 3))["say"]
    assert (sentence["id"], sentence["rule"]) == ("say_past", "C9")
    assert "Your installer, Sunny Roofs, is responsible" in sentence["text"]


@pytest.mark.parametrize("today", [date(2026, 3, 14), date(2026, 4, 30)])
def test_double_billing_adds_example_response_3__C10(plan: Plan, today: date) -> None:
    before = said(plan(today=today))
    asked = plan(today=today, still_asking_about_double_billing=True)
    assert said(asked) == [*before, "say_double_billing"]
    assert asked["say"][-1]["rule"] == "C10"


@pytest.mark.parametrize(
    ("today", "status", "left", "flagged"),
    [
        (date(2026, 4, 1), "within", 1, False),
        (date(2026, 4, 2), "within", 0, True),
        (date(2026, 4, 3), "past", -1, False),
    ],
)
def test_day_60_is_still_within__C11(plan: Plan, today: date, status: str, left: int, flagged: bool) -> None:
    out = plan(today=today)
    assert (out["grace"]["status"], out["grace"]["days_left"]) == (status, left)
    assert ("due_today" in out["flag_ids"]) == flagged
    assert out["replies"]["homeowner"]["chosen"] == f"homeowner_{status}"


def test_without_m2_nothing_about_dates_is_said_or_sent__C12(plan: Plan) -> None:
    out = plan(job={"m2": None})
    assert out["grace"] == {"status": "not_started", "m2": None, "due": None, "day": None, "days_left": None}
    assert out["say"] == []
    assert [f["rule"] for f in out["flags"]] == ["C12"]
    assert out["replies"]["homeowner"] == {"chosen": None, "rule": "C12", "offered": ["homeowner_others"]}
    assert "homeowner.reply" not in out["by_id"]
    assert "M2 not approved." in out["by_id"]["homeowner.details"]["body"]
    assert not any(p["blocks"] for p in out["problems"])


def test_without_m2_self_help_is_offered_not_chosen__C12(plan: Plan) -> None:
    reply = plan(job={"m2": None}, installer={"name": "Blue Hammer"})["replies"]["homeowner"]
    assert reply == {"chosen": None, "rule": "C12", "offered": ["homeowner_self_help", "homeowner_others"]}


@pytest.mark.parametrize("pick", ["homeowner_within", "homeowner_past", "homeowner_littleton"])
def test_without_m2_a_picked_reply_that_states_it_is_not_sent__C12(plan: Plan, problems: Problems, pick: str) -> None:
    out = plan(job={"m2": None}, homeowner_reply=pick)
    assert "homeowner.reply" not in out["by_id"]
    assert ("homeowner_reply", "C12", False) in problems(out)


@pytest.mark.parametrize("pick", ["homeowner_others", {"text": "We will come back to you."}])
def test_without_m2_another_pick_and_own_words_are_sent__C12(plan: Plan, pick: Any) -> None:
    out = plan(job={"m2": None}, homeowner_reply=pick)
    assert out["by_id"]["homeowner.reply"]["body"]
    assert out["problems"] == []


def test_without_m2_double_billing_may_still_be_answered__C12(plan: Plan) -> None:
    assert said(plan(job={"m2": None}, still_asking_about_double_billing=True)) == ["say_double_billing"]


def test_m3_approved_is_warned_of_and_files__C13(plan: Plan) -> None:
    out = plan(job={"m3": "2026-03-01"})
    assert [f["rule"] for f in out["flags"]] == ["C13"]
    assert out["problems"] == []
    assert "homeowner.reply" in out["by_id"]


@pytest.mark.parametrize("m3", ["2026-01-31", "2026-03-15"], ids=["before M2", "after today"])
def test_an_m3_date_that_cannot_be_is_no_approval__C13_C14(plan: Plan, m3: str) -> None:
    out = plan(job={"m3": m3})
    assert [p["field"] for p in out["problems"]] == ["job.m3"]
    assert out["flags"] == []


@pytest.mark.parametrize(
    ("job", "field"),
    [
        ({"m2": "2026-03-15"}, "job.m2"),
        ({"m1": "2026-02-02", "m2": "2026-02-01"}, "job.m2"),
        ({"m2": "2026-02-01", "m3": "2026-01-31"}, "job.m3"),
    ],
)
def test_impossible_dates_block_and_nothing_is_computed__C14(
    plan: Plan, problems: Problems, job: dict[str, str], field: str
) -> None:
    out = plan(job=job, still_asking_about_double_billing=True)
    assert problems(out) == [(field, "C14", True)]
    assert out["grace"] == {"status": "not_started", "m2": None, "due": None, "day": None, "days_left": None}
    assert [line["id"] for line in out["say"]] == ["say_double_billing"]  # it needs no date (C10)
    assert out["replies"]["homeowner"]["chosen"] is None
    assert out["replies"]["homeowner"]["rule"] == "C14"
    assert "homeowner.reply" not in out["by_id"]
    assert "homeowner.create" in out["by_id"]


@pytest.mark.parametrize("job", [{"m1": "2026-02-01"}, {"m3": "2026-02-01"}, {"m2": "2026-03-14"}])
def test_the_same_day_is_possible__C14(plan: Plan, problems: Problems, job: dict[str, str]) -> None:
    assert problems(plan(job=job)) == []


@pytest.mark.parametrize(
    ("job", "field"), [({"m1": "2026-04-01", "m2": None}, "job.m1"), ({"m3": "2026-04-01"}, "job.m3")]
)
def test_m1_or_m3_after_today_is_shown_and_files__C14(
    plan: Plan, problems: Problems, job: dict[str, str], field: str
) -> None:
    found = problems(plan(job=job))
    assert found[0] == (field, "C14", False)
    assert [rest for rest in found[1:] if rest != ("job.m2", "C12", False)] == []


def test_a_calendar_without_the_due_day_blocks__C14(plan: Plan, problems: Problems) -> None:
    assert problems(plan(job={"m2": "9999-12-01"}, today=date(9999, 12, 31))) == [("job.m2", "C14", True)]


@pytest.mark.parametrize(
    ("m2", "today", "month"),
    [
        ("2026-03-05", date(2026, 4, 1), "March"),
        ("2025-11-20", date(2026, 1, 10), "November 2025"),
        ("2025-12-31", date(2025, 12, 31), "December"),
        ("2025-12-31", date(2026, 1, 1), "December 2025"),
    ],
)
def test_month_of_install_has_the_year_when_it_is_another__C15(plan: Plan, m2: str, today: date, month: str) -> None:
    text = plan(job={"m1": None, "m2": m2}, today=today)["say"][0]["text"]
    assert text.startswith(f"I see your system was fully installed in {month}. ")


@pytest.mark.parametrize(
    ("m2", "due"), [("2026-02-01", "April"), ("2025-11-20", "January 2026"), ("2025-11-01", "December")]
)
def test_months_in_replies__C15(plan: Plan, m2: str, due: str) -> None:
    m2_day = date.fromisoformat(m2)
    body = plan(job={"m1": None, "m2": m2}, today=m2_day)["by_id"]["homeowner.reply"]["body"]
    name = {2: "February 2026", 11: "November 2025"}[m2_day.month]
    assert f"was fully installed as of {name}. Your first payment will be due in {due}." in body


def test_the_short_date_has_no_leading_zeros__C15(plan: Plan) -> None:
    out = plan(job={"m1": None, "m2": "2026-03-05"}, address=LITTLETON, installer=TOP)
    assert "(our records show this date as 3/5/26)" in out["by_id"]["homeowner.reply"]["body"]
    older = plan(job={"m1": None, "m2": "2009-12-31"}, address=LITTLETON, installer=TOP)
    assert "(our records show this date as 12/31/09)" in older["by_id"]["homeowner.reply"]["body"]


def test_only_a_phone_call_is_told_what_to_say__C8(plan: Plan) -> None:
    assert plan(channel="homeowner_email")["say"] == []


def test_without_m2_a_problem_says_that_no_reply_goes_out_and_files__C12(plan: Plan, problems: Problems) -> None:
    assert ("job.m2", "C12", False) in problems(plan(job={"m2": None}))
    assert ("job.m2", "C12", False) not in problems(plan(job={"m2": None}, homeowner_reply="homeowner_others"))
