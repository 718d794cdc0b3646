"""Coming back to what was asked: shown when it is due and not before, an answer said, each change told once (H7, H9, H10)."""

import itertools

import pytest

from ptodesk_gui.outbox import followup_rules as rules
from ptodesk_gui.sop.progress import FollowUpState, PlanState
from tests.outbox.fakes import SITE, queue
from tests.outbox.partners import DAY, HOUR, KEY, Office, h7, h9, h10, only, run


def test_nothing_is_due_and_nothing_is_asked_before_24_hours_are_over__H9_H10(office: Office) -> None:
    filer = office.filed(*h10())
    for _ in range(23):
        office.pass_time(HOUR)
        run(filer)
    one = only(filer)
    assert (one.state, one.ticket, one.closing, one.closes_itself) == (
        FollowUpState.WAITING,
        KEY,
        "Done, Other, Operations",
        True,
    )
    assert one.due == pytest.approx(office.hands.now + HOUR, abs=60)
    assert office.partner.looked_at == []


def test_a_question_without_an_answer_is_shown_as_due_and_never_closed__H9(office: Office) -> None:
    filer = office.filed(*h9())
    office.pass_time(DAY)
    run(filer)
    assert only(filer).state is FollowUpState.DUE
    assert only(filer).for_person
    for _ in range(60):
        office.pass_time(DAY)
        run(filer)
    assert only(filer).state is FollowUpState.DUE
    assert office.partner.closings == 0
    assert filer.progress(1).state is PlanState.FILED


@pytest.mark.parametrize("plan", [h9, h10])
def test_an_answer_that_came_is_said_and_nothing_is_closed__H9_H10(office: Office, plan: object) -> None:
    filer = office.filed(*plan())  # type: ignore[operator]
    office.pass_time(5 * HOUR)
    office.partner.answer()
    office.pass_time(DAY)
    run(filer)
    one = only(filer)
    assert (one.state, one.reason) == (FollowUpState.ANSWERED, rules.SOMEBODY_WROTE)
    office.pass_time(9 * DAY)
    run(filer)
    assert only(filer).state is FollowUpState.ANSWERED
    assert office.partner.closings == 0


def test_an_answer_after_the_24_hours_is_said_as_well__H9(office: Office) -> None:
    filer = office.filed(*h9())
    office.pass_time(DAY)
    run(filer)
    office.partner.answer()
    office.pass_time(7 * HOUR)
    run(filer)
    assert only(filer).state is FollowUpState.ANSWERED


def test_what_the_same_account_went_on_with_is_left_to_it__H10(office: Office) -> None:
    filer = office.filed(*h10())
    office.pass_time(HOUR)
    office.partner.answer(others=False)
    office.pass_time(DAY)
    run(filer)
    assert (only(filer).state, only(filer).reason) == (FollowUpState.ANSWERED, rules.YOU_WROTE)


def test_a_ticket_that_was_closed_meanwhile_needs_nothing_any_more__H9_H10(office: Office) -> None:
    filer = office.filed(*h9())
    office.partner.closed = True
    office.pass_time(DAY)
    run(filer)
    assert (only(filer).state, only(filer).reason) == (FollowUpState.CLOSED, rules.CLOSED_MEANWHILE)
    assert filer.follow_ups.followups() == ()


def test_an_answer_without_a_date_is_looked_for_and_said__H7(office: Office) -> None:
    filer = office.filed(*h7())
    assert (only(filer).due, only(filer).closing) == (None, "")
    assert KEY in only(filer).text
    for _ in range(100):
        office.pass_time(DAY)
        run(filer)
        assert only(filer).state is FollowUpState.WAITING
    assert len(office.partner.looked_at) == 100
    office.partner.answer()
    office.pass_time(6 * HOUR)
    run(filer)
    assert only(filer).state is FollowUpState.ANSWERED
    assert office.partner.closings == 0


def test_an_answer_is_looked_for_soon_at_first_and_then_ever_rarer__H7(office: Office) -> None:
    filer = office.filed(*h7())
    for _ in range(4 * 24):
        office.pass_time(HOUR / 4)
        run(filer)
    times = office.partner.looked_at
    gaps = [after - before for before, after in itertools.pairwise(times)]
    assert gaps == sorted(gaps)
    assert gaps[0] == pytest.approx(HOUR / 4, abs=60)
    assert len(times) < 40


# --- listed and told -------------------------------------------------------------------------------------------------------------


def test_what_waits_for_a_person_is_listed_first_then_what_is_due_next__H7_H9_H10(office: Office) -> None:
    store, filer = office.start()
    for number, plan in enumerate((h7, h10, h9)):
        queue(store, *plan(), call_id=f"call-{number}")
        run(filer)
        office.pass_time(HOUR)
    office.pass_time(21.5 * HOUR)
    filer.follow_ups.snooze(2, 30)
    office.pass_time(HOUR)
    run(filer)
    assert [one.step.id for one in filer.progress(3).steps][-1] == "source.remind"
    assert [one.plan_id for one in filer.follow_ups.followups()] == [3, 2, 1]


def test_every_change_is_told_once__H9(office: Office) -> None:
    filer = office.filed(*h9())
    office.pass_time(DAY)
    run(filer)
    run(filer)
    filer.follow_ups.answered(1)
    run(filer)
    told = [[one.state for one in ones] for ones in office.follow_ups]
    assert told == [[FollowUpState.WAITING], [FollowUpState.DUE], [FollowUpState.KEPT]]
    assert office.follow_ups[0][0].browse_url == f"{SITE}/browse/{KEY}"
    assert office.follow_ups[0][0].title == "Jane Doe, Sunny Roofs"


def test_somebody_who_breaks_when_told_keeps_nothing_from_happening__H10(office: Office) -> None:
    office.follow_ups = None  # type: ignore[assignment]

    class Deaf(list[object]):
        def append(self, _: object) -> None:
            raise RuntimeError

    office.follow_ups = Deaf()  # type: ignore[assignment]
    filer = office.filed(*h10())
    office.pass_time(DAY)
    run(filer)
    assert office.partner.closings == 1
