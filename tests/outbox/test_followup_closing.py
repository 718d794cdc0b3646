"""Closing what was agreed to be closed: only when the site says that nobody answered, once, and never unseen (H10)."""

from dataclasses import replace

import pytest

from ptodesk_gui.desk.desk import Later, Refused
from ptodesk_gui.outbox import followup_rules as rules
from ptodesk_gui.outbox.filer import NoDesk
from ptodesk_gui.outbox.followups import NotPossibleError
from ptodesk_gui.sop.progress import FollowUpState, PlanState, StepState
from ptodesk_gui.sop.steps import CloseTicket, Ticket
from tests.outbox.fakes import SITE, FakeDesk, comment, queue, states
from tests.outbox.partners import DAY, HOUR, KEY, OFFLINE, Office, h9, h10, only, remind, reply, run


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
    filer.run_until_idle(10)
    assert only(filer).state is FollowUpState.CLOSING
    office.partner.answer()
    run(filer)
    office.pass_time(HOUR)
    run(filer)
    assert only(filer).state is FollowUpState.ANSWERED
    assert office.partner.closings == 0
    assert filer.progress(1).state is PlanState.FILED
    assert len(filer.progress(1).steps) == 2


def test_a_closing_that_was_held_up_happens_after_a_second_look__H10(office: Office) -> None:
    filer = office.filed(*h10())
    office.partner.faults["source.remind.close"] = [Later("Busy.", after=HOUR)]
    office.pass_time(DAY)
    filer.run_until_idle(10)
    filer.run_until_idle(2 * HOUR)
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
