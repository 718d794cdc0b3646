"""What holds for every plan there is: order, needs, nobody asked who must not be, no blank sent, no guessing."""

import json
import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptodesk_gui.sop.case import Case, Channel, OwnWords
from ptodesk_gui.sop.facts import gather
from ptodesk_gui.sop.flows import make_plan
from ptodesk_gui.sop.flows.choice import situation
from ptodesk_gui.sop.grace import GraceStatus, grace_period
from ptodesk_gui.sop.plan import Plan, plan_to_dict
from ptodesk_gui.sop.playbook import Playbook
from ptodesk_gui.sop.steps import (
    CloseTicket,
    CreateTicket,
    LinkTickets,
    MoveTicket,
    PublicReply,
    Remind,
    Ticket,
    step_from_dict,
    step_to_dict,
)
from tests.sop.any_case import CASES, DAYS, WITHOUT

PICKED = "own"
COUNTS = {"C": 15, "T": 12, "H": 11, "O": 7, "I": 8, "M": 2, "N": 3}
KNOWN_RULES = {f"{letter}{number}" for letter, most in COUNTS.items() for number in range(1, most + 1)}


@given(CASES, DAYS)
def test_needs_are_steps_listed_before(playbook: Playbook, case: Case, today: date) -> None:
    """So the needs have no circle, and the order of the list respects them."""
    done: set[str] = set()
    for step in make_plan(case, playbook, today).steps:
        assert step.id not in done
        assert done.issuperset(step.needs)
        done.add(step.id)


@given(CASES, DAYS)
def test_moves_come_first_and_closes_last__T1(playbook: Playbook, case: Case, today: date) -> None:
    kinds = [type(step) for step in make_plan(case, playbook, today).steps]
    moves, closes = kinds.count(MoveTicket), kinds.count(CloseTicket)
    assert MoveTicket not in kinds[moves:]
    assert CloseTicket not in kinds[: len(kinds) - closes]


def everything_before(plan: Plan, step_id: str) -> set[str]:
    needs = {step.id: step.needs for step in plan.steps}
    todo, found = list(needs[step_id]), set()
    while todo:
        other = todo.pop()
        found.add(other)
        todo += needs[other]
    return found


@given(CASES, DAYS)
def test_a_ticket_is_made_or_moved_before_it_is_touched_and_touched_before_it_is_closed__T1(
    playbook: Playbook, case: Case, today: date
) -> None:
    plan = make_plan(case, playbook, today)
    first = {step.ticket: step.id for step in plan.steps if isinstance(step, MoveTicket | CreateTicket)}
    last = {step.ticket: step.id for step in plan.steps if isinstance(step, CloseTicket)}
    for step in plan.steps:
        for ticket in (step.from_, step.to) if isinstance(step, LinkTickets) else (step.ticket,):
            if first.get(ticket, step.id) != step.id:
                assert first[ticket] in everything_before(plan, step.id)
            if last.get(ticket, step.id) != step.id:
                assert step.id in everything_before(plan, last[ticket])


@given(CASES, DAYS)
def test_every_ticket_a_step_names_is_there(playbook: Playbook, case: Case, today: date) -> None:
    made = set()
    for step in make_plan(case, playbook, today).steps:
        if isinstance(step, CreateTicket):
            made.add(step.ticket)
        elif isinstance(step, LinkTickets):
            assert step.from_key is not None or step.from_ in made
            assert step.to_key is not None or step.to in made
        else:
            assert step.key is not None or step.ticket in made


@given(CASES, DAYS, st.sampled_from(WITHOUT))
def test_companies_without_tickets_never_get_one__I7(playbook: Playbook, case: Case, today: date, company: str) -> None:
    from dataclasses import replace

    case = replace(case, installer=replace(case.installer, name=company))
    plan = make_plan(case, playbook, today)
    for step in plan.steps:
        if case.channel is Channel.INSTALLER:
            assert not isinstance(step, CreateTicket)
        elif isinstance(step, LinkTickets):
            assert {step.from_, step.to}.isdisjoint({Ticket.INSTALLER, Ticket.OPEN_INSTALLER})
        else:
            assert step.ticket not in (Ticket.INSTALLER, Ticket.OPEN_INSTALLER)
    assert plan.installer_reply.chosen is None


@given(CASES, DAYS)
def test_the_homeowners_words_never_reach_the_installer__I5(playbook: Playbook, case: Case, today: date) -> None:
    from dataclasses import replace

    witness = "kumquat-6481"
    case = replace(case, concern=witness, new_information=witness, installer_concern="", installer_reply=None)
    for step in make_plan(case, playbook, today).steps:
        if getattr(step, "ticket", None) in (Ticket.INSTALLER, Ticket.OPEN_INSTALLER):
            assert witness not in json.dumps(step_to_dict(step))


@given(CASES, DAYS)
def test_an_approved_reply_goes_out_with_every_blank_filled__C12(playbook: Playbook, case: Case, today: date) -> None:
    values = gather(case, playbook, today).values
    plan = make_plan(case, playbook, today)
    for step in plan.steps:
        if isinstance(step, PublicReply) and step.reply != PICKED:
            assert all(values.get(name) for name in playbook.texts[step.reply].variables)
            assert step.body == playbook.texts[step.reply].fill(values)
            if plan.grace.status is GraceStatus.NOT_STARTED:
                assert not playbook.texts[step.reply].needs_m2
    for sentence in plan.say:
        assert not playbook.texts[sentence.id].missing(values)


@given(CASES, DAYS)
def test_own_words_with_a_variable_never_go_out__H5(playbook: Playbook, case: Case, today: date) -> None:
    from dataclasses import replace

    case = replace(
        case, homeowner_reply=OwnWords("Hello $homeowner,"), installer_reply=OwnWords("Hi [Insert rep’s name]")
    )
    bodies = [step.body for step in make_plan(case, playbook, today).steps if isinstance(step, PublicReply)]
    assert not any(re.search(r"\$homeowner,|\[Insert rep", body) and "Hello $homeowner," in body for body in bodies)
    assert not any(body in ("Hello $homeowner,", "Hi [Insert rep’s name]") for body in bodies)


@given(CASES, DAYS)
def test_titles_fit_and_stay_on_one_line__H2(playbook: Playbook, case: Case, today: date) -> None:
    for step in make_plan(case, playbook, today).steps:
        summary = getattr(step, "summary", "")
        if isinstance(summary, str):
            assert len(summary.encode("utf-16-le")) // 2 <= 255
            assert "\n" not in summary


@given(CASES, DAYS)
def test_details_have_six_lines_and_descriptions_three__T5_T7(playbook: Playbook, case: Case, today: date) -> None:
    for step in make_plan(case, playbook, today).steps:
        if step.id.endswith(".details"):
            assert step_to_dict(step)["body"].count("\n") == 5
        if isinstance(step, CreateTicket):
            assert step.description.count("\n") == 2


@given(CASES, DAYS)
def test_the_same_facts_give_the_same_plan(playbook: Playbook, case: Case, today: date) -> None:
    assert make_plan(case, playbook, today) == make_plan(case, playbook, today)


@given(CASES, DAYS)
def test_a_plan_is_json_and_its_steps_come_back(playbook: Playbook, case: Case, today: date) -> None:
    plan = make_plan(case, playbook, today)
    kept = json.loads(json.dumps([step_to_dict(step, whole=True) for step in plan.steps]))
    assert tuple(step_from_dict(step) for step in kept) == plan.steps
    printed = json.loads(json.dumps(plan_to_dict(plan)))["steps"]
    assert [step_to_dict(step_from_dict(step)) for step in printed] == printed


@given(CASES, DAYS)
def test_what_is_chosen_is_offered_and_what_is_not_sent_is_explained__H5(
    playbook: Playbook, case: Case, today: date
) -> None:
    plan = make_plan(case, playbook, today)
    sent = {step.ticket for step in plan.steps if isinstance(step, PublicReply)}
    for who, choice in ((Ticket.HOMEOWNER, plan.homeowner_reply), (Ticket.INSTALLER, plan.installer_reply)):
        open_one = Ticket(f"open_{who}")
        if choice.chosen is None:
            assert not sent & {who, open_one}
            continue
        assert choice.chosen == PICKED or choice.offered[0] == choice.chosen
        assert len(set(choice.offered)) == len(choice.offered)
        assert sent & {who, open_one} or plan.problems


@given(CASES, DAYS)
def test_a_ticket_closes_by_a_reminder_only_where_the_partner_cannot_say_more__H10(
    playbook: Playbook, case: Case, today: date
) -> None:
    for step in make_plan(case, playbook, today).steps:
        if isinstance(step, Remind):
            assert situation(case).name == "PARTNER_WAITS"
            assert (step.then == "close") == case.partner_cannot_identify_job


@given(CASES, DAYS)
def test_every_rule_that_is_cited_exists(playbook: Playbook, case: Case, today: date) -> None:
    out = plan_to_dict(make_plan(case, playbook, today))
    cited = {rule for step in out["steps"] for rule in step["rules"]}
    cited |= {each["rule"] for part in ("say", "flags", "problems") for each in out[part]}
    cited |= {reply["rule"] for reply in out["replies"].values()}
    assert cited <= KNOWN_RULES
    assert all(step["rules"] for step in out["steps"])


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 4000))
def test_the_due_day_is_60_days_on_in_any_year__C7_C11(m2: date, day: int) -> None:
    grace = grace_period(m2, m2 + timedelta(days=day), 60)
    assert grace.due is not None
    assert grace.due.toordinal() == m2.toordinal() + 60
    assert (grace.day, grace.days_left) == (day, 60 - day)
    assert grace.status is (GraceStatus.WITHIN if day <= 60 else GraceStatus.PAST)


@pytest.mark.parametrize(
    ("m2", "due"),
    [
        (date(2024, 1, 1), date(2024, 3, 1)),  # across February 29
        (date(2023, 1, 1), date(2023, 3, 2)),
        (date(2024, 2, 29), date(2024, 4, 29)),
        (date(2025, 12, 31), date(2026, 3, 1)),  # across the end of the year
        (date(2027, 12, 31), date(2028, 2, 29)),
        (date(2100, 1, 1), date(2100, 3, 2)),  # a century without a leap day
    ],
)
def test_the_due_day_across_leap_days_and_year_ends__C7(m2: date, due: date) -> None:
    for day, status in ((59, GraceStatus.WITHIN), (60, GraceStatus.WITHIN), (61, GraceStatus.PAST)):
        grace = grace_period(m2, m2 + timedelta(days=day), 60)
        assert (grace.due, grace.status) == (due, status)
