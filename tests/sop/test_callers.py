"""The practice callers that come with the program: each makes the plan that its rules say, on any day, and never goes stale."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from ptodesk_gui.sop.callers import Caller, case_of, earlier_case, job_page, known_as, said_by, written_by
from ptodesk_gui.sop.case import Case, Channel
from ptodesk_gui.sop.entry import Entry
from ptodesk_gui.sop.flows import make_plan
from ptodesk_gui.sop.grace import GraceStatus
from ptodesk_gui.sop.plan import Plan
from ptodesk_gui.sop.playbook import Playbook
from ptodesk_gui.sop.reading import entry_from_case, read_entry
from ptodesk_gui.sop.steps import CreateTicket
from ptodesk_gui.sop.takeover import fill_empty, from_paste
from ptodesk_gui.workstation.caller_files import load_callers

AGENT = "Sample Trainee"
DAYS = [date(2026, 3, 14), date(2027, 1, 1), date(2028, 2, 29), date(2026, 12, 31)]
CALLERS, FAULTS = load_callers()
BY_ID = {caller.id: caller for caller in CALLERS}
KEYS = {"source": "EBH-7", "open_homeowner": "PTO-3", "open_installer": "PTO-4"}
every_caller = pytest.mark.parametrize("caller", CALLERS, ids=lambda caller: caller.id)
on_the_phone = pytest.mark.parametrize(
    "caller", [c for c in CALLERS if c.case.channel is Channel.PHONE], ids=lambda c: c.id
)
with_history = pytest.mark.parametrize("caller", [c for c in CALLERS if c.history], ids=lambda c: c.id)


def keys_of(caller: Caller) -> dict[str, str]:
    roles = (["source"] if caller.waiting else []) + (["open_homeowner", "open_installer"] if caller.history else [])
    return {role: KEYS[role] for role in roles}


def true_case(caller: Caller, today: date = DAYS[0]) -> Case:
    return case_of(caller, today, AGENT, keys_of(caller))


def plan_of(caller: Caller, playbook: Playbook, today: date = DAYS[0]) -> Plan:
    return make_plan(true_case(caller, today), playbook, today)


def rules_of(plan: Plan) -> set[str]:
    said = (*plan.flags, *plan.say, *plan.problems, plan.homeowner_reply, plan.installer_reply)
    return {rule for step in plan.steps for rule in step.rules} | {each.rule for each in said}


def test_no_caller_has_a_fault() -> None:
    assert FAULTS == ()
    assert len(CALLERS) >= 20


def test_there_is_a_caller_for_every_channel_and_every_flow() -> None:
    assert {caller.case.channel for caller in CALLERS} == set(Channel)
    exercised = {rule for caller in CALLERS for rule in caller.rules}
    wanted = "C2 C3 C8 C9 C10 C11 C12 C13 H1 H4 H6 H7 H8 H9 H10 I1 I4 I5 I7 I8 M1 O1 O2 O3 O4 O5 O6 O7 T1 T11 T12"
    assert set(wanted.split()) - exercised == set()


@every_caller
@pytest.mark.parametrize("today", DAYS)
def test_a_caller_exercises_the_rules_that_are_named_on_any_day(
    caller: Caller, playbook: Playbook, today: date
) -> None:
    plan = plan_of(caller, playbook, today)
    assert set(caller.rules) - rules_of(plan) == set()
    assert not plan.blocked
    assert plan.steps


@every_caller
def test_a_rule_that_a_caller_names_is_one_of_the_procedures(caller: Caller, shared_dir: Path) -> None:
    known = set(re.findall(r"^\| ([A-Z]\d+) \|", (shared_dir / "sop" / "RULES.md").read_text("utf-8"), re.MULTILINE))
    assert set(caller.rules) <= known


@pytest.mark.parametrize(
    ("caller", "status", "homeowner", "installer"),
    [
        ("10-phone-within", GraceStatus.WITHIN, "homeowner_within", "installer_within"),
        ("11-phone-past", GraceStatus.PAST, "homeowner_past", "installer_past"),
        ("12-phone-day-60", GraceStatus.WITHIN, "homeowner_within", "installer_within"),
        ("13-phone-littleton", GraceStatus.WITHIN, "homeowner_littleton", None),
        ("14-phone-blue-hammer", GraceStatus.WITHIN, "homeowner_self_help", None),
        ("15-phone-no-m2", GraceStatus.NOT_STARTED, None, "installer_within"),
        ("18-phone-billing", GraceStatus.PAST, "homeowner_past", "installer_past"),
        ("19-phone-again", GraceStatus.WITHIN, "homeowner_again", "installer_again"),
        ("33-hubspot-no-job", GraceStatus.NOT_STARTED, "homeowner_ask_job", None),
        ("40-installer-extra", GraceStatus.WITHIN, None, None),
    ],
)
@pytest.mark.parametrize("today", DAYS)
def test_what_a_caller_stands_for_holds_on_any_day(
    playbook: Playbook, caller: str, status: GraceStatus, homeowner: str | None, installer: str | None, today: date
) -> None:
    plan = plan_of(BY_ID[caller], playbook, today)
    assert plan.grace.status is status
    assert (plan.homeowner_reply.chosen, plan.installer_reply.chosen) == (homeowner, installer)


def test_the_caller_of_day_60_calls_on_the_due_date_itself__C11(playbook: Playbook) -> None:
    for today in DAYS:
        plan = plan_of(BY_ID["12-phone-day-60"], playbook, today)
        assert (plan.grace.day, plan.grace.days_left) == (60, 0)


@every_caller
def test_a_callers_facts_can_be_typed_and_read_back(caller: Caller) -> None:
    case = true_case(caller)
    assert read_entry(entry_from_case(case, "call"), DAYS[0]).case == case


@every_caller
def test_a_caller_is_plainly_sample_data(caller: Caller) -> None:
    waiting = caller.waiting
    emails = [caller.case.homeowner.email, caller.case.installer.rep_email, waiting.sender_email if waiting else ""]
    for email in filter(None, emails):
        domain = email.rpartition("@")[2]
        assert domain == "example.com" or domain.endswith(".example"), email
    assert not caller.case.job.url or ".example/" in caller.case.job.url
    assert not caller.case.homeowner.phone or "-555-01" in caller.case.homeowner.phone


@every_caller
def test_what_a_caller_says_and_writes_is_finished_on_any_day(caller: Caller) -> None:
    for today in DAYS:
        texts = (*said_by(caller, today), written_by(caller, today))
        assert all("$" not in text for text in texts)
        assert all(texts[:-1])


@on_the_phone
def test_who_is_on_the_phone_says_the_name_and_not_in_the_order_of_the_checklist(caller: Caller) -> None:
    said = said_by(caller, DAYS[0])
    assert len(said) >= 5
    assert any(caller.case.homeowner.last_name in line for line in said)
    assert caller.case.homeowner.last_name not in said[0]


def test_a_month_that_is_said_follows_the_day() -> None:
    caller = BY_ID["10-phone-within"]
    for today, month in ((date(2026, 3, 14), "February"), (date(2026, 12, 31), "November")):
        assert any(f"They went up in {month}" in line for line in said_by(caller, today))


@every_caller
def test_the_job_page_pasted_fills_in_what_it_shows(caller: Caller) -> None:
    case, today = true_case(caller), DAYS[0]
    if not case.job.found:
        assert "No job" in job_page(caller, today)
        return
    pasted = from_paste(Entry("call", AGENT), job_page(caller, today), today)
    read = read_entry(fill_empty(pasted.entry, pasted.offers), today).case
    assert read.homeowner.name == case.homeowner.name
    assert read.homeowner.email == case.homeowner.email
    assert (read.address, read.installer) == (case.address, case.installer)
    assert (read.job.m1, read.job.m2, read.job.m3) == (case.job.m1, case.job.m2, case.job.m3)
    assert read.job.url == case.job.url


def test_a_milestone_that_is_not_reached_is_shown_as_such() -> None:
    shown = job_page(BY_ID["15-phone-no-m2"], DAYS[0])
    assert "M2 not approved" in shown
    assert "M3 not started" in shown
    assert "Email: not on file" in job_page(BY_ID["17-phone-no-email"], DAYS[0])


@with_history
def test_open_tickets_come_from_an_earlier_call_of_the_same_homeowner(caller: Caller, playbook: Playbook) -> None:
    today = DAYS[0]
    assert caller.history is not None
    then = today - timedelta(days=caller.history.days_ago)
    plan = make_plan(earlier_case(caller, today, AGENT), playbook, then)
    assert not plan.blocked
    created = [step.ticket.value for step in plan.steps if isinstance(step, CreateTicket)]
    assert created == ["homeowner", "installer"]


def test_a_homeowner_is_told_by_email_and_whole_name() -> None:
    assert known_as(BY_ID["10-phone-within"].case.homeowner) == ("avery.within@example.com", "Avery Within")
    assert known_as(BY_ID["17-phone-no-email"].case.homeowner) == ("Harper Noemail",)
    assert known_as(BY_ID["37-omnidian-no-job"].case.homeowner) == ()


def test_every_homeowner_is_somebody_else() -> None:
    words = [word for caller in CALLERS for word in known_as(caller.case.homeowner)]
    assert len(words) == len(set(words))
