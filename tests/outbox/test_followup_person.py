"""What a person says of a follow-up: seen to, close it now, remind me later (H9, H10)."""

import pytest

from ptodesk_gui.desk.desk import Later
from ptodesk_gui.outbox.followups import NotPossibleError
from ptodesk_gui.sop.progress import FollowUpState
from tests.outbox.partners import DAY, HOUR, OFFLINE, Office, h9, h10, only, run


@pytest.mark.parametrize("hours", [1, 24, 48])
def test_what_a_person_has_seen_to_is_over_and_never_closed__H9_H10(office: Office, hours: int) -> None:
    filer = office.filed(*h10())
    if hours == 24:
        office.partner.always = OFFLINE
    office.pass_time(hours * HOUR if hours < 48 else HOUR)
    run(filer)
    filer.follow_ups.answered(only(filer).id)
    office.partner.always = None
    office.pass_time(2 * DAY)
    run(filer)
    assert (only(filer).state, office.partner.closings) == (FollowUpState.KEPT, 0)
    assert filer.follow_ups.followups() == ()


@pytest.mark.parametrize("plan", [h9, h10])
@pytest.mark.parametrize("answered", [True, False])
def test_a_person_closes_it_at_once_whatever_came__H9_H10(office: Office, plan: object, answered: bool) -> None:
    filer = office.filed(*plan())  # type: ignore[operator]
    if answered:
        office.pass_time(HOUR)
        office.partner.answer()
        office.pass_time(DAY)
        run(filer)
    filer.follow_ups.close_now(only(filer).id)
    run(filer)
    assert (only(filer).state, office.partner.closings) == (FollowUpState.CLOSED, 1)


def test_a_closing_that_a_person_wants_is_not_taken_back_however_long_it_takes__H10(office: Office) -> None:
    filer = office.filed(*h10())
    office.partner.faults["source.remind.close"] = [Later("Busy.", after=2 * HOUR)]
    filer.follow_ups.close_now(only(filer).id)
    filer.run_until_idle(10)
    office.partner.answer()
    filer.run_until_idle(3 * HOUR)
    assert office.partner.closings == 1
    assert office.partner.looked_at == []


def test_a_snoozed_question_comes_back_when_it_was_asked_for_and_not_before__H9(office: Office) -> None:
    filer = office.filed(*h9())
    office.pass_time(DAY)
    run(filer)
    filer.follow_ups.snooze(only(filer).id, 4)
    assert only(filer).state is FollowUpState.WAITING
    office.pass_time(4 * HOUR - 60)
    run(filer)
    assert only(filer).state is FollowUpState.WAITING
    office.pass_time(60)
    run(filer)
    assert only(filer).state is FollowUpState.DUE


def test_snoozing_never_brings_the_agreed_closing_forward__H10(office: Office) -> None:
    filer = office.filed(*h10())
    office.pass_time(HOUR)
    due = only(filer).due
    filer.follow_ups.snooze(only(filer).id, 4)
    assert only(filer).due == due
    office.pass_time(22 * HOUR)
    run(filer)
    assert office.partner.closings == 0
    office.pass_time(HOUR)
    run(filer)
    assert office.partner.closings == 1


def test_an_answer_that_was_snoozed_is_shown_again_and_not_closed__H10(office: Office) -> None:
    filer = office.filed(*h10())
    office.partner.answer(others=False)
    office.pass_time(DAY)
    office.partner.answer()
    run(filer)
    filer.follow_ups.snooze(only(filer).id, 4)
    office.pass_time(5 * HOUR)
    run(filer)
    assert only(filer).state is FollowUpState.ANSWERED


def test_what_cannot_be_done_any_more_is_a_sentence__H10(office: Office) -> None:
    filer = office.filed(*h10())
    follow_ups = filer.follow_ups
    with pytest.raises(KeyError):
        follow_ups.answered(99)
    for hours in (0, -1, 24 * 365 * 5, float("nan")):
        with pytest.raises(NotPossibleError, match="can wait for up to"):
            follow_ups.snooze(1, hours)
    office.partner.faults["source.remind.close"] = ["lost before"]
    office.partner.settle_faults["source.remind.close"] = [OFFLINE] * 3
    follow_ups.close_now(1)
    filer.run_until_idle(0)
    for act in (lambda: follow_ups.answered(1), lambda: follow_ups.snooze(1, 4)):
        with pytest.raises(NotPossibleError, match="being closed"):
            act()
    run(filer)
    assert only(filer).state is FollowUpState.CLOSED
    follow_ups.answered(1)
    assert only(filer).state is FollowUpState.CLOSED
    for act in (lambda: follow_ups.close_now(1), lambda: follow_ups.snooze(1, 4)):
        with pytest.raises(NotPossibleError, match="is over"):
            act()


def test_a_person_who_acts_while_the_site_is_looked_at_is_not_overruled__H10(office: Office) -> None:
    filer = office.filed(*h10())
    office.pass_time(DAY)
    ask = office.partner.answer_since

    def person_acts_meanwhile(ticket: str, reply_key: str) -> object:
        filer.follow_ups.answered(1)
        return ask(ticket, reply_key)

    office.partner.answer_since = person_acts_meanwhile  # type: ignore[method-assign,assignment]
    run(filer)
    assert (only(filer).state, office.partner.closings) == (FollowUpState.KEPT, 0)
