"""Coming back to what was asked: shown when it is due, closed only when nobody answered, each thing once (H7, H9, H10)."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ptodesk_gui.desk.desk import Later, Refused
from ptodesk_gui.outbox import followup_rules as rules
from ptodesk_gui.outbox.filer import Filer, NoDesk
from ptodesk_gui.outbox.followups import NotPossibleError
from ptodesk_gui.sop.progress import FollowUpState, PlanState, StepState
from ptodesk_gui.sop.steps import CloseTicket, Ticket
from tests.outbox.fakes import SITE, FakeDesk, comment, queue, states
from tests.outbox.partners import DAY, HOUR, KEY, Office, h7, h9, h10, only, remind, reply

OFFLINE = Later("The Jira site cannot be reached; it is tried again by itself.")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    yield made
    made.end()


def run(filer: Filer) -> None:
    assert filer.run_until_idle(HOUR)


# --- shown when it is due ---------------------------------------------------------------------------------------------


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


# --- closed by itself, after the agreement in the plan ----------------------------------------------------------------


def test_without_an_answer_it_is_closed_once_as_was_agreed_and_the_plan_says_so__H10(office: Office) -> None:
    filer = office.filed(*h10())
    office.pass_time(DAY)
    run(filer)
    assert only(filer).state is FollowUpState.CLOSED
    assert office.partner.closings == 1
    plan = filer.progress(1)
    assert (plan.state, list(states(plan).values())) == (PlanState.FILED, [StepState.DONE] * 3)
    closing = plan.steps[-1].step
    assert isinstance(closing, CloseTicket)
    assert (closing.transition, closing.resolution, closing.category) == ("Done", "Other", "Operations")
    assert (closing.ticket, closing.key, closing.rules) == (Ticket.SOURCE, KEY, ("H10", "T11"))
    assert plan.steps[-1].words == f"Close {KEY} as Done, Other, Operations"
    for _ in range(30):
        office.pass_time(DAY)
        run(filer)
    assert office.partner.closings == 1


def test_a_reminder_that_is_noted_is_not_said_to_have_closed_anything__H10(office: Office) -> None:
    filer = office.filed(*h10())
    words = [step.words for step in filer.progress(1).steps if step.step.action == "remind"]
    assert words == [
        f"On the list of follow-ups: Close {KEY} as Done, Other, Operations after 24 hours, unless an answer came"
    ]


def test_without_a_network_it_waits_says_so_and_closes_when_the_site_is_back__H10(office: Office) -> None:
    filer = office.filed(*h10())
    office.partner.always = OFFLINE
    office.pass_time(DAY)
    run(filer)
    one = only(filer)
    assert (one.state, one.reason, one.for_person) == (FollowUpState.DUE, OFFLINE.reason, False)
    for _ in range(20):
        office.pass_time(HOUR)
        run(filer)
    assert office.partner.closings == 0
    office.partner.always = None
    office.pass_time(10 * 60)
    run(filer)
    assert office.partner.closings == 1


def test_without_a_network_it_is_due_and_says_that_nobody_knows_of_an_answer__H9(office: Office) -> None:
    filer = office.filed(*h9())
    office.partner.always = OFFLINE
    office.pass_time(DAY)
    run(filer)
    assert (only(filer).state, only(filer).reason) == (FollowUpState.DUE, OFFLINE.reason)
    office.partner.answer()
    office.partner.always = None
    office.pass_time(10 * 60)
    run(filer)
    assert only(filer).state is FollowUpState.ANSWERED


def test_an_answer_that_comes_while_the_closing_is_held_up_keeps_it_open__H10(office: Office) -> None:
    filer = office.filed(*h10())
    office.partner.faults["source.remind.close"] = [Later("Busy.", after=HOUR)]
    office.pass_time(DAY)
    run_for(filer, 10)
    assert only(filer).state is FollowUpState.CLOSING
    office.partner.answer()
    run(filer)
    office.pass_time(HOUR)
    run(filer)
    assert only(filer).state is FollowUpState.ANSWERED
    assert office.partner.closings == 0
    assert filer.progress(1).state is PlanState.FILED
    assert len(filer.progress(1).steps) == 2


def run_for(filer: Filer, seconds: float) -> None:
    filer.run_until_idle(seconds)


def test_a_closing_that_was_held_up_happens_after_a_second_look__H10(office: Office) -> None:
    filer = office.filed(*h10())
    office.partner.faults["source.remind.close"] = [Later("Busy.", after=HOUR)]
    office.pass_time(DAY)
    run_for(filer, 10)
    run_for(filer, 2 * HOUR)
    assert only(filer).state is FollowUpState.CLOSED
    assert (office.partner.closings, len(office.partner.looked_at)) == (1, 2)


@pytest.mark.parametrize("fault", ["lost before", "lost after", "broken"])
def test_a_closing_whose_answer_got_lost_is_looked_up_and_happens_once__H10(office: Office, fault: str) -> None:
    filer = office.filed(*h10())
    office.partner.faults["source.remind.close"] = [fault]
    office.pass_time(DAY)
    run(filer)
    assert only(filer).state is FollowUpState.CLOSED
    assert office.partner.closings == 1
    assert ("settle", "source.remind.close") in office.partner.asked


def test_a_refused_closing_screen_needs_a_person_and_says_why__H10_T11(office: Office) -> None:
    refused = Refused("The closing screen does not offer Operations.", "Correct the playbook, then retry.")
    filer = office.filed(*h10())
    office.partner.faults["source.remind.close"] = [refused, refused]
    office.pass_time(DAY)
    run(filer)
    one = only(filer)
    assert (one.state, one.reason, one.cure, one.for_person) == (
        FollowUpState.CLOSING,
        refused.reason,
        refused.cure,
        True,
    )
    assert filer.progress(1).state is PlanState.PERSON
    filer.follow_ups.close_now(one.id)
    run(filer)
    assert only(filer).reason == refused.reason
    filer.follow_ups.close_now(one.id)
    run(filer)
    assert (only(filer).state, office.partner.closings) == (FollowUpState.CLOSED, 1)


def test_a_refused_closing_that_a_person_gives_up_leaves_a_plan_that_is_filed__H10(office: Office) -> None:
    filer = office.filed(*h10())
    office.partner.faults["source.remind.close"] = [Refused("No.", "Ask.")]
    office.pass_time(DAY)
    run(filer)
    filer.follow_ups.answered(only(filer).id)
    run(filer)
    assert only(filer).state is FollowUpState.KEPT
    assert (filer.progress(1).state, len(filer.progress(1).steps)) == (PlanState.FILED, 2)
    assert office.partner.closings == 0


def test_trying_a_refused_closing_again_looks_for_an_answer_first__H10(office: Office) -> None:
    filer = office.filed(*h10())
    office.partner.faults["source.remind.close"] = [Refused("No.", "Ask.")]
    office.pass_time(DAY)
    run(filer)
    office.pass_time(DAY)
    office.partner.answer()
    filer.retry(1)
    run(filer)
    assert only(filer).state is FollowUpState.ANSWERED
    assert office.partner.closings == 0


def test_without_the_reply_in_the_ticket_a_person_decides__H10(office: Office) -> None:
    filer = office.filed(*h10())
    office.partner.replied.clear()
    office.pass_time(DAY)
    run(filer)
    one = only(filer)
    assert (one.state, one.reason, one.for_person) == (FollowUpState.DUE, rules.NO_REPLY, True)
    assert office.partner.closings == 0


def test_without_the_closing_values_a_person_closes_it__H10(office: Office) -> None:
    filer = office.filed(reply(), remind(then_close=True, known=False))
    office.pass_time(DAY)
    run(filer)
    one = only(filer)
    assert (one.state, one.reason, one.cure) == (FollowUpState.DUE, rules.NO_CLOSING, rules.CLOSE_BY_HAND)
    with pytest.raises(NotPossibleError, match="Close it in the browser"):
        filer.follow_ups.close_now(one.id)


def test_a_site_that_refuses_the_look_is_asked_again_and_closes_nothing_unseen__H10(office: Office) -> None:
    filer = office.filed(*h10())
    office.partner.always = Refused("Jira does not show the ticket.", "Look at it in the browser.")
    office.pass_time(DAY)
    run(filer)
    one = only(filer)
    assert (one.state, one.reason, one.for_person) == (FollowUpState.DUE, "Jira does not show the ticket.", True)
    office.partner.always = None
    office.pass_time(HOUR)
    run(filer)
    assert only(filer).state is FollowUpState.CLOSED


def test_a_desk_that_breaks_is_asked_again_and_its_words_are_not_logged__H10(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    filer = office.filed(*h10())
    office.partner.look_faults = ["jane@example.com"]
    office.pass_time(DAY)
    run(filer)
    assert only(filer).state is FollowUpState.DUE
    assert "looking for an answer broke with RuntimeError" in caplog.text
    assert "jane" not in caplog.text
    office.pass_time(HOUR)
    run(filer)
    assert only(filer).state is FollowUpState.CLOSED


def test_signed_out_it_is_due_says_why_and_goes_on_after_signing_in__H10(office: Office) -> None:
    filer = office.filed(*h10())
    partner = office.partner
    office.desks[SITE] = NoDesk("No API token is known.", "Type the token.")
    office.pass_time(DAY)
    run(filer)
    one = only(filer)
    assert (one.state, one.reason, one.cure) == (FollowUpState.DUE, "No API token is known.", "Type the token.")
    office.desks[SITE] = partner
    filer.resume(SITE)
    run(filer)
    assert (only(filer).state, partner.closings) == (FollowUpState.CLOSED, 1)


def test_a_site_that_refused_the_sign_in_of_a_step_is_not_asked_for_answers__H10(office: Office) -> None:
    filer = office.filed(*h10())
    office.partner.faults["source.comment"] = [Refused("The token is not valid.", "Sign in.", sign_in=True)]
    queue(office.start()[0], replace(comment(Ticket.SOURCE), key=KEY), call_id="other")
    run(filer)
    office.pass_time(DAY)
    run(filer)
    assert office.partner.looked_at == []
    assert (only(filer).state, only(filer).cure) == (FollowUpState.DUE, "Sign in.")
    filer.resume(SITE)
    run(filer)
    assert only(filer).state is FollowUpState.CLOSED


def test_a_site_that_cannot_say_leaves_it_to_a_person__H10(office: Office) -> None:
    filer = office.filed(*h10())
    office.desks[SITE] = FakeDesk()
    office.pass_time(DAY)
    run(filer)
    assert only(filer).state is FollowUpState.DUE
    assert "cannot say whether an answer came" in only(filer).reason


def test_the_follow_up_of_another_site_is_left_alone_and_says_so__H10(office: Office) -> None:
    filer = office.filed(*h10())
    partner = office.partner
    office.desks.clear()
    office.pass_time(DAY)
    run(filer)
    assert partner.looked_at == []
    assert "another site" in only(filer).reason


# --- a person -----------------------------------------------------------------------------------------------------------


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
    run_for(filer, 10)
    office.partner.answer()
    run_for(filer, 3 * HOUR)
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
    run_for(filer, 0)
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
