"""The review of real plans: every flow is shown step by step, and the installer learns no more than he should."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptodesk_gui.sop.advice import call_view
from ptodesk_gui.sop.case import Address, Case, Channel, Homeowner, Inspection, Installer, Job, OwnWords, SourceTicket
from ptodesk_gui.sop.flows import make_plan
from ptodesk_gui.sop.follow_up import awaited
from ptodesk_gui.sop.playbook import Closing, Playbook
from ptodesk_gui.sop.reading import entry_from_case
from ptodesk_gui.sop.replies import HOMEOWNER_REPLIES, INSTALLER_REPLIES
from ptodesk_gui.sop.review import review
from ptodesk_gui.sop.steps import (
    CreateTicket,
    InternalComment,
    LinkTickets,
    PublicReply,
    Remind,
    Ticket,
    step_from_dict,
    step_to_dict,
)
from ptodesk_gui.sop.view import Review
from ptodesk_gui.workstation.playbook_files import load_playbook

TODAY = date(2026, 3, 14)
CONCERN, EMAIL, PHONE = "Zebra-striped worries about billing", "witness@example.com", "303-555-0199"
INSTALLER_ROLES = ("installer", "open_installer")
CASE = Case(
    Channel.PHONE,
    "Dana Reyes",
    Homeowner("Jane", "Doe", EMAIL, PHONE),
    Address("1 Main St", "Denver", "CO", "80202"),
    Installer("Sunny Roofs", "Sam", "sam@example.com"),
    Job(url="https://engine.example/jobs/1", m1=date(2026, 1, 5), m2=date(2026, 2, 1)),
    concern=CONCERN,
)
SOURCE = SourceTicket("EBH-12", request="PTO question")


@pytest.fixture(scope="module")
def playbook() -> Playbook:
    return load_playbook()


def reviewed(case: Case, playbook: Playbook) -> Review:
    view = call_view(entry_from_case(case, "call-1"), playbook, TODAY)
    assert view.case == case
    return review(view.plan, view.problems, view.case)


names = st.sampled_from(["Sunny Roofs", "Top Electric", "Blue Hammer", "Shield", ""])
cases = st.builds(
    Case,
    channel=st.sampled_from(Channel),
    agent=st.sampled_from(["Dana Reyes", ""]),
    homeowner=st.builds(
        Homeowner,
        st.sampled_from(["Jane", ""]),
        st.sampled_from(["Doe", ""]),
        st.sampled_from([EMAIL, ""]),
        st.just(PHONE),
    ),
    address=st.builds(
        Address, st.just("1 Main St"), st.sampled_from(["Littleton", "Denver", ""]), st.just("CO"), st.just("80120")
    ),
    installer=st.builds(Installer, names, st.sampled_from(["Sam", ""]), st.sampled_from(["sam@example.com", ""])),
    job=st.builds(
        Job,
        found=st.booleans(),
        m2=st.none() | st.dates(date(2025, 12, 1), date(2026, 3, 20)),
        m3=st.none() | st.dates(date(2026, 1, 1), date(2026, 3, 20)),
    ),
    inspection=st.sampled_from(Inspection),
    concern=st.sampled_from([CONCERN, ""]),
    new_information=st.sampled_from([CONCERN, ""]),
    source_ticket=st.none() | st.just(SOURCE) | st.just(SourceTicket("PTO-7", "PTO", "Asks", CONCERN)),
    open_homeowner_ticket=st.none() | st.just("PTO-3"),
    open_installer_ticket=st.none() | st.just("PTO-4"),
    homeowner_reply=st.none() | st.sampled_from(HOMEOWNER_REPLIES),
    installer_reply=st.none() | st.sampled_from(INSTALLER_REPLIES),
    partner_cannot_identify_job=st.booleans(),
)


@given(case=cases)
def test_every_step_of_every_flow_is_shown_in_order_with_its_words(playbook: Playbook, case: Case) -> None:
    plan = make_plan(case, playbook, TODAY)
    shown = review(plan, plan.problems, case)
    assert [step.step_id for step in shown.steps] == [step.id for step in plan.steps]
    in_cards = {line.step_id for ticket in shown.tickets for line in ticket.lines}
    links = [step for step in plan.steps if isinstance(step, LinkTickets)]
    assert in_cards == {step.id for step in plan.steps} - {link.id for link in links}
    assert len(shown.links) == len(links)
    assert shown.can_file == (bool(plan.steps) and not plan.blocked)


@given(case=cases)
def test_the_installer_sees_neither_concern_nor_email_nor_phone_of_the_homeowner__I5(
    playbook: Playbook, case: Case
) -> None:
    plan = make_plan(case, playbook, TODAY)
    shown = review(plan, plan.problems, case)
    seen = [
        line.text
        for ticket in shown.tickets
        if ticket.ticket in INSTALLER_ROLES
        for line in ticket.lines
        if line.public
    ]
    for step in plan.steps:  # and not by way of what the review calls internal
        if isinstance(step, CreateTicket) and step.ticket == Ticket.INSTALLER:
            seen += [step.summary, step.description]
        if isinstance(step, PublicReply) and step.ticket in INSTALLER_ROLES:
            seen.append(step.body)
    for secret in (CONCERN, EMAIL, PHONE):
        assert not any(secret in text for text in seen)


def test_what_the_installer_may_not_see_is_marked_as_internal__I5(playbook: Playbook) -> None:
    shown = reviewed(CASE, playbook)
    card = next(ticket for ticket in shown.tickets if ticket.ticket == "installer")
    holding = [line for line in card.lines if EMAIL in line.text]
    assert [(line.label, line.public) for line in holding] == [("Internal comment", False)]


@given(case=cases)
def test_every_public_text_is_shown_as_public_and_every_internal_one_as_internal(
    playbook: Playbook, case: Case
) -> None:
    plan = make_plan(case, playbook, TODAY)
    public = {
        line.step_id: line.public
        for t in review(plan, plan.problems).tickets
        for line in t.lines
        if line.label != "Mention"
    }
    for step in plan.steps:
        if isinstance(step, PublicReply):
            assert public[step.id]
        if isinstance(step, InternalComment):
            assert not public[step.id]


def test_a_phone_call_is_shown_as_two_new_tickets_and_their_link__H1_I1(playbook: Playbook) -> None:
    shown = reviewed(CASE, playbook)
    assert [ticket.heading for ticket in shown.tickets] == ["New homeowner ticket", "New installer ticket"]
    assert shown.links == ("The homeowner ticket is caused by the installer ticket.",)
    assert shown.not_done == ()
    assert shown.can_file
    assert {step.words for step in shown.steps} == {
        "Create the homeowner ticket",
        "Internal comment in the homeowner ticket",
        "Reply to the homeowner",
        "Create the installer ticket",
        "Link: homeowner is caused by installer",
        "Internal comment in the installer ticket",
        "Reply to the installer",
    }


def test_without_an_email_it_is_said_that_nobody_gets_the_reply__M1(playbook: Playbook) -> None:
    shown = reviewed(replace(CASE, homeowner=Homeowner("Jane", "Doe")), playbook)
    card = shown.tickets[0]
    assert card.audience.startswith("No reporter yet: nobody gets its replies")
    assert [line.text for line in card.lines if line.label == "Reporter"] == ["Nobody"]
    assert not any(line.label.startswith("Reply") for line in card.lines)
    assert any("no reporter" in sentence for sentence in shown.not_done)
    assert any("reply is not sent" in sentence for sentence in shown.not_done)
    assert shown.can_file


def test_without_an_m2_date_it_is_said_that_no_reply_is_sent__C12(playbook: Playbook) -> None:
    shown = reviewed(replace(CASE, job=Job()), playbook)
    assert sum("(C12)" in sentence for sentence in shown.not_done) == 1
    assert shown.can_file


def test_for_a_company_without_installer_tickets_the_mention_is_shown_and_why__I7(playbook: Playbook) -> None:
    shown = reviewed(replace(CASE, installer=Installer("LA Solar")), playbook)
    assert [ticket.ticket for ticket in shown.tickets] == ["homeowner"]
    assert ("Mention", "Jessica Hauger") in [(line.label, line.text) for line in shown.tickets[0].lines]
    assert shown.not_done == (
        "No installer ticket for LA Solar: Jessica Hauger is mentioned in the homeowner ticket instead. (I7)",
    )


def test_a_ticket_of_a_partner_is_shown_moved_answered_and_closed__H8(playbook: Playbook) -> None:
    shown = reviewed(replace(CASE, channel=Channel.OMNIDIAN, source_ticket=SOURCE), playbook)
    words = [step.words for step in shown.steps]
    assert words[0] == "Move EBH-12 to project PTO"
    assert words[-1] == "Close EBH-12 as Done, Other, Operations"
    assert "Reply to the sender in EBH-12" in words
    assert "Link: homeowner relates to EBH-12" in words
    assert shown.tickets[0].heading == "Source ticket EBH-12"
    assert shown.tickets[0].audience.startswith("Omnidian sees the description and the replies;")


def test_an_email_while_a_ticket_is_open_is_shown_as_a_duplicate__O1_T12(playbook: Playbook) -> None:
    case = replace(
        CASE,
        channel=Channel.HOMEOWNER_EMAIL,
        source_ticket=SOURCE,
        open_homeowner_ticket="PTO-3",
        open_installer_ticket="PTO-4",
    )
    shown = reviewed(case, playbook)
    assert "The source ticket EBH-12 duplicates the open homeowner ticket PTO-3." in shown.links
    assert [ticket.heading for ticket in shown.tickets] == [
        "Source ticket EBH-12",
        "Open homeowner ticket PTO-3",
        "Open installer ticket PTO-4",
    ]
    assert shown.tickets[0].audience.startswith("Anonymous: nobody gets its replies")
    assert shown.tickets[1].audience.startswith("Its reporter sees")


def test_the_closing_after_24_hours_is_shown_as_it_is_agreed_to_and_no_ticket_is_promised__H10_T11(
    playbook: Playbook,
) -> None:
    case = replace(
        CASE, channel=Channel.OMNIDIAN, source_ticket=SOURCE, job=Job(found=False), partner_cannot_identify_job=True
    )
    shown = reviewed(case, playbook)
    assert "Close EBH-12 as Done, Other, Operations after 24 hours, unless an answer came" in [
        step.words for step in shown.steps
    ]
    assert "No installer ticket before the job is found. (H10)" in shown.not_done


def test_while_a_partner_looks_for_the_job_nothing_is_said_of_closing__H9(playbook: Playbook) -> None:
    case = replace(CASE, channel=Channel.OMNIDIAN, source_ticket=SOURCE, job=Job(found=False))
    shown = reviewed(case, playbook)
    assert "Remind of EBH-12 after 24 hours" in [step.words for step in shown.steps]
    assert not any("Close" in step.words for step in shown.steps)


def test_how_it_is_closed_is_kept_with_the_reminder_as_the_playbook_has_it_now__H10_T11(playbook: Playbook) -> None:
    case = replace(
        CASE, channel=Channel.OMNIDIAN, source_ticket=SOURCE, job=Job(found=False), partner_cannot_identify_job=True
    )
    plan = make_plan(case, replace(playbook, done=Closing("Resolve", "Fixed", "Support")), TODAY)
    (remind,) = (step for step in plan.steps if isinstance(step, Remind))
    assert remind.closing == ("Resolve", "Fixed", "Support")
    assert step_from_dict(step_to_dict(remind, whole=True)) == remind


@pytest.mark.parametrize("reply", [None, OwnWords("Which job is it?")])
def test_the_answer_is_awaited_where_the_homeowner_was_asked_for_the_job__H7(
    playbook: Playbook, reply: OwnWords | None
) -> None:
    case = replace(CASE, channel=Channel.HUBSPOT, source_ticket=SOURCE, job=Job(found=False), homeowner_reply=reply)
    plan = make_plan(case, playbook, TODAY)
    waits = [step.id for step in plan.steps if awaited(step, "PTO-5")]
    assert waits == ["homeowner.reply"]
    assert "take PTO-5 up as the homeowner's email" in awaited(next(s for s in plan.steps if s.id == waits[0]), "PTO-5")
    found = make_plan(replace(case, job=CASE.job), playbook, TODAY)
    assert not any(awaited(step, "PTO-5") for step in found.steps)
