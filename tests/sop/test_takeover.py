"""What is offered from a ticket or a pasted text, and that nothing typed is written over. All people are sample data."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptodesk_gui.sop.advice import call_view
from ptodesk_gui.sop.entry import Entry, Field, Memory
from ptodesk_gui.sop.milestones import milestones
from ptodesk_gui.sop.playbook import Playbook
from ptodesk_gui.sop.takeover import Offer, accept, fill_empty, from_paste, from_ticket, open_source
from ptodesk_gui.sop.ticket_text import split_address, split_name
from ptodesk_gui.sop.tickets import Comment, SiteTicket

TODAY = date(2026, 3, 14)
EMPTY = Entry("call-1", "Dana Reyes")

JOB_PAGE = """Job 4711
Homeowner
Jane Doe
jane@example.com
Phone
(555) 010-0100
Site Address
1 Main St
Littleton, CO 80120
Installer
Sunny Roofs
Contractor
Sam Sample
sam@example.com
Address: 9 Office Park, Denver, CO 80201
Milestones
M1\tApproved\t01/05/2026
M2\tApproved\tFeb 1, 2026
M3\tNot started
https://engine.example/jobs/4711
"""
WHOLE = {
    Field.FIRST_NAME: "Jane",
    Field.LAST_NAME: "Doe",
    Field.EMAIL: "jane@example.com",
    Field.PHONE: "(555) 010-0100",
    Field.STREET: "1 Main St",
    Field.CITY: "Littleton",
    Field.STATE: "CO",
    Field.ZIP: "80120",
    Field.INSTALLER: "Sunny Roofs",
    Field.REP_FIRST_NAME: "Sam",
    Field.REP_EMAIL: "sam@example.com",
    Field.M1: "1/5/2026",
    Field.M2: "2/1/2026",
    Field.JOB_URL: "https://engine.example/jobs/4711",
}


def values(offers: tuple[Offer, ...]) -> dict[Field, str]:
    return {offer.field: offer.value for offer in offers}


def pasted(text: str, entry: Entry = EMPTY) -> dict[Field, str]:
    return values(from_paste(entry, text, TODAY).offers)


# --- a pasted text ----------------------------------------------------------------------------------------------------


def test_a_job_page_gives_dates_people_address_and_link__C1_C6(playbook: Playbook) -> None:
    assert pasted(JOB_PAGE) == WHOLE


def test_what_is_accepted_reads_without_a_fault__C6_T5(playbook: Playbook) -> None:
    entry = fill_empty(EMPTY, from_paste(EMPTY, JOB_PAGE, TODAY).offers)
    view = call_view(entry, playbook, TODAY)
    assert view.ready_to_file
    assert (view.case.job.m1, view.case.job.m2, view.case.job.m3) == (date(2026, 1, 5), date(2026, 2, 1), None)
    assert view.case.homeowner.name == "Jane Doe"


def test_the_six_lines_of_the_details_comment_are_read_as_well__T5_T6() -> None:
    text = (
        "Homeowner Name: Jane (JJ) Doe (jane@example.com)\nAddress: 1 Main St, Littleton, CO 80120\n"
        "Job Link: https://engine.example/jobs/4711\nInstaller: Sunny Roofs\nInstaller Rep: Sam (sam@example.com)\n"
        "Notes: M1 approve on 1/5/2026. M2 approved on 2/1/2026. M3 not started."
    )
    assert pasted(text) == {which: text for which, text in WHOLE.items() if which is not Field.PHONE}


def test_unknown_values_are_not_offered__T6() -> None:
    assert (
        pasted("Homeowner Name: unknown (unknown)\nInstaller: unknown\nAddress: unknown\nNotes: M2 not approved.") == {}
    )


def test_an_offer_says_where_it_is_from__M2() -> None:
    offers = from_paste(EMPTY, JOB_PAGE, TODAY).offers
    assert {o.field: o.why for o in offers}[Field.M2] == "“M2 Approved Feb 1, 2026”"
    assert {o.field: o.why for o in offers}[Field.REP_FIRST_NAME] == "“Contractor: Sam Sample”"
    assert all(offer.why for offer in offers)


def test_nothing_typed_is_written_over__M2() -> None:
    typed = EMPTY.with_value(Field.FIRST_NAME, "Janet").with_value(Field.M2, "2/3").with_value(Field.CITY, " ")
    result = from_paste(typed, JOB_PAGE, TODAY)
    assert result.entry.values == {**typed.values, Memory.PASTED_NAME: "Jane Doe"}
    filled = fill_empty(result.entry, result.offers)
    assert (filled.text(Field.FIRST_NAME), filled.text(Field.M2)) == ("Janet", "2/3")
    assert filled.text(Field.CITY) == "Littleton"
    (offer,) = (offer for offer in result.offers if offer.field is Field.M2)
    assert offer.instead_of == "2/3"
    assert accept(filled, offer).text(Field.M2) == "2/1/2026"


@pytest.mark.parametrize(
    ("which", "typed"),
    [
        (Field.M2, "2/1"),
        (Field.M2, "Feb 1 2026"),
        (Field.EMAIL, " JANE@example.com"),
        (Field.STATE, "colorado"),
        (Field.INSTALLER, "sunny_roofs, Inc."),
        (Field.LAST_NAME, "doe "),
    ],
)
def test_what_is_typed_already_in_other_words_is_not_offered__N1_N2_C15(which: Field, typed: str) -> None:
    assert set(pasted(JOB_PAGE, EMPTY.with_value(which, typed))) == set(WHOLE) - {which}


def test_two_values_for_one_input_are_both_offered_and_none_is_taken__M2() -> None:
    offers = from_paste(EMPTY, "M2 approved on 2/1/2026\nM2 approved on 2/2/2026", TODAY).offers
    assert [(o.field, o.value) for o in offers] == [(Field.M2, "2/1/2026"), (Field.M2, "2/2/2026")]
    assert fill_empty(EMPTY, offers) == EMPTY


def test_facts_of_another_person_are_not_taken_by_themselves__N3_M2(playbook: Playbook) -> None:
    typed = EMPTY.with_value(Field.FIRST_NAME, "John").with_value(Field.LAST_NAME, "Smith")
    offers = from_paste(typed, JOB_PAGE, TODAY).offers
    assert len(offers) == len(WHOLE)
    assert fill_empty(typed, offers) == typed
    taken = fill_empty(typed, from_ticket(typed, ticket(), playbook, TODAY).offers)
    assert {path for path in taken.values if taken.values[path] != typed.values.get(path)} == {
        Field.CHANNEL,
        Field.SOURCE_REQUEST,
        Field.SOURCE_TEXT,
    }


def test_the_rep_of_another_installer_is_not_taken_by_itself__I3() -> None:
    typed = EMPTY.with_value(Field.INSTALLER, "Rooftop Power")
    filled = fill_empty(typed, from_paste(typed, JOB_PAGE, TODAY).offers)
    assert (filled.text(Field.REP_FIRST_NAME), filled.text(Field.REP_EMAIL)) == ("", "")
    assert filled.text(Field.M2) == "2/1/2026"
    same = EMPTY.with_value(Field.INSTALLER, "sunny roofs llc")
    assert fill_empty(same, from_paste(same, JOB_PAGE, TODAY).offers).text(Field.REP_EMAIL) == "sam@example.com"


def test_another_homeowners_page_is_pointed_out_as_long_as_it_is_remembered__N3(playbook: Playbook) -> None:
    typed = EMPTY.with_value(Field.FIRST_NAME, "John").with_value(Field.LAST_NAME, "Smith")
    view = call_view(from_paste(typed, JOB_PAGE, TODAY).entry, playbook, TODAY)
    assert "contradiction.homeowner.last_name" in {notice.id for notice in view.notices}
    later = from_paste(typed, "M2 approved on 2/1/2026", TODAY).entry
    assert later == typed


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        (
            "M1 approved on 1/5/2026. M2 approve on 2/1/2026. M3 not started.",
            {Field.M1: "1/5/2026", Field.M2: "2/1/2026"},
        ),
        ("m2: 2026-02-01", {Field.M2: "2/1/2026"}),
        ("M2 | 02/01/26 | Approved", {Field.M2: "2/1/2026"}),
        ("Milestone 2 – Approval date: Feb. 1st, 2026", {Field.M2: "2/1/2026"}),
        ("M2 submitted 1/20/2026, approved 2/1/2026", {Field.M2: "2/1/2026"}),
        ("M3 approved on 3/1/2026 at 10:00 AM", {Field.M3: "3/1/2026"}),
        ("M2 submitted 2/1/2026", {}),
        ("M2 2/1/2026 rejected", {}),
        ("M2 Not approved 2/1/2026", {}),
        ("M2 not yet approved on 2/1/2026", {}),
        ("M2 approval requested on 2/1/2026", {}),
        ("M2 Unapproved 2/1/2026", {}),
        ("M2\nLast updated 2/1/2026", {}),
        ("XM2 2/1/2026, M22 2/1/2026, M2.5", {}),
        ("M2 13/45/2026", {}),
        ("M4 approved on 2/1/2026", {}),
    ],
)
def test_only_a_date_that_is_plainly_an_approval_is_offered__C6_T6(text: str, dates: dict[Field, str]) -> None:
    assert pasted(text) == dates


def test_the_contractors_own_address_and_email_are_not_the_homeowners__I3() -> None:
    found = pasted(
        "Contractor\nSam Sample\nsam@example.com\nPhone: 555 010 0199\nAddress: 9 Office Park, Denver, CO 80201"
    )
    assert found == {Field.REP_FIRST_NAME: "Sam", Field.REP_EMAIL: "sam@example.com"}


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("1 Main St, Littleton, CO 80120", ("1 Main St", "Littleton", "CO", "80120")),
        (
            "1 Main St, Apt 4, Littleton, Colorado 80120-1234, USA",
            ("1 Main St, Apt 4", "Littleton", "Colorado", "80120-1234"),
        ),
        ("1 Main Street Littleton CO 80120", ("1 Main Street", "Littleton", "CO", "80120")),
        ("5 Elm Ct", ("5 Elm Ct", "", "", "")),
        ("Charleston, West Virginia", ("", "Charleston", "West Virginia", "")),
        ("80120", ("", "", "", "80120")),
        ("", ("", "", "", "")),
    ],
)
def test_an_address_is_taken_apart_from_its_end__C1(text: str, address: tuple[str, str, str, str]) -> None:
    found = split_address(text)
    assert (found.street, found.city, found.state, found.zip) == address


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jane Doe (jane@example.com)", ("Jane", "Doe")),
        ("Doe, Jane", ("Jane", "Doe")),
        ("Mrs. Mary Ann Doe", ("Mary Ann", "Doe")),
        ("Jane and John Doe", None),
        ("Jane & John Doe", None),
        ("Jane", None),
        ("jane@example.com", None),
        ("Ticket 4711", None),
        ("the homeowner", None),
    ],
)
def test_only_a_plain_name_of_one_person_is_one__N3(text: str, name: tuple[str, str] | None) -> None:
    assert split_name(text) == name


# --- a ticket ---------------------------------------------------------------------------------------------------------


def ticket(**changed: object) -> SiteTicket:
    """A homeowner's email that waits, with changes."""
    plain = SiteTicket(
        key="EBH-12",
        project="EBH",
        summary="Re: Fwd: PTO for my system?",
        reporter="Jane Doe (sample)",
        reporter_email="jane@example.com",
        description="When will it be on?",
    )
    return replace(plain, **changed)  # type: ignore[arg-type]


def offered(playbook: Playbook, entry: Entry = EMPTY, **changed: object) -> dict[Field, str]:
    return values(from_ticket(entry, ticket(**changed), playbook, TODAY).offers)


def test_a_homeowners_email_gives_the_homeowner_the_request_and_the_text__H1_H11(playbook: Playbook) -> None:
    assert offered(playbook) == {
        Field.CHANNEL: "homeowner_email",
        Field.SOURCE_REQUEST: "PTO for my system?",
        Field.SOURCE_TEXT: "When will it be on?",
        Field.FIRST_NAME: "Jane",
        Field.LAST_NAME: "Doe",
        Field.EMAIL: "jane@example.com",
    }


ASKED = Comment("Please reply with the name and the address of the job.", True, by="Dana Reyes")
ANSWER = Comment("Name: Jane Doe\nAddress: 1 Main St, Denver, CO 80201", True, by="Jane Doe (sample)")
OURS = "Homeowner: unknown\nAddress: unknown\nConcern: Asks when the system will be turned on."


def test_the_answer_to_our_question_is_what_the_homeowner_wrote__H7_T8(playbook: Playbook) -> None:
    """Our own description is no text of the sender's: the same concern again is not copied from it."""
    found = offered(
        playbook,
        summary="Homeowner Concern Received – jane@example.com – unknown",
        description=OURS,
        comments=(Comment("Internal.", False, by="Dana Reyes"), ASKED, ANSWER),
    )
    assert found[Field.SOURCE_TEXT] == ANSWER.text
    assert (found[Field.STREET], found[Field.CITY], found[Field.ZIP]) == ("1 Main St", "Denver", "80201")
    assert Field.INSTALLER not in found


def test_before_the_answer_our_own_ticket_has_no_text_of_the_senders__H7_T8(playbook: Playbook) -> None:
    assert Field.SOURCE_TEXT not in offered(playbook, description=OURS, comments=(ASKED,))
    assert Field.SOURCE_TEXT not in offered(playbook, description=OURS, comments=(ANSWER,), by_staff=True)


def test_what_our_own_description_knows_is_offered_still__H7_T7(playbook: Playbook) -> None:
    found = offered(playbook, reporter="", description=OURS.replace("Homeowner: unknown", "Homeowner: Jane Doe"))
    assert (found[Field.FIRST_NAME], found[Field.LAST_NAME]) == ("Jane", "Doe")


def test_a_partners_answer_follows_what_they_wrote_first__H9(playbook: Playbook) -> None:
    answer = replace(ANSWER, by="Omnidian")
    found = offered(
        playbook,
        reporter="Omnidian",
        reporter_email="care@omnidian.com",
        description="A homeowner asks about PTO.",
        comments=(ASKED, answer),
    )
    assert found[Field.SOURCE_TEXT] == f"A homeowner asks about PTO.\n\n{ANSWER.text}"
    assert (found[Field.FIRST_NAME], found[Field.STREET]) == ("Jane", "1 Main St")


@pytest.mark.parametrize(
    ("sender", "title", "channel", "why"),
    [
        ("care@omnidian.com", "PTO", "omnidian", "The sender is care@omnidian.com."),
        ("x@omnidian.com.evil.example", "PTO", "homeowner_email", "Neither sender nor title is of another channel."),
        ("x@example.com", "New Account Servicing request", "account_servicing", "The title says so."),
        ("x@forms.hubspot.com", "PTO", "hubspot", "The sender is x@forms.hubspot.com."),
        (
            "sam@example.com",
            "Homeowner Concern – Sunny Roofs – Jane Doe",
            "installer",
            "The title is that of an installer ticket.",
        ),
    ],
)
def test_the_channel_is_known_by_sender_and_title__H11(
    playbook: Playbook, sender: str, title: str, channel: str, why: str
) -> None:
    offers = from_ticket(EMPTY, ticket(reporter_email=sender, summary=title), playbook, TODAY).offers
    assert (offers[0].field, offers[0].value, offers[0].why) == (Field.CHANNEL, channel, why)


def test_the_agent_overrules_the_channel__H11(playbook: Playbook) -> None:
    chosen = EMPTY.with_value(Field.CHANNEL, "hubspot")
    offers = from_ticket(chosen, ticket(), playbook, TODAY).offers
    assert fill_empty(chosen, offers).text(Field.CHANNEL) == "hubspot"
    assert Field.EMAIL not in values(offers)  # what the sender is depends on the channel


@pytest.mark.parametrize(
    "title", ["Omnidian Ticket > homeowner asks about PTO", "[EXTERNAL] RE: re: homeowner asks about PTO"]
)
def test_the_request_is_the_title_without_what_was_put_before_it__H8(playbook: Playbook, title: str) -> None:
    assert offered(playbook, summary=title)[Field.SOURCE_REQUEST] == "homeowner asks about PTO"


def test_a_partners_ticket_gives_the_homeowner_of_its_lines__H8(playbook: Playbook) -> None:
    text = (
        "We spoke with a homeowner.\n\nCustomer: Jane Doe\nEmail: jane@example.com\nPhone: 555-010-0100\n"
        "Address: 1 Main St, Littleton, CO 80120\nCustomer asks when PTO comes."
    )
    found = offered(playbook, reporter="Omnidian", reporter_email="care@omnidian.com", description=text)
    wanted = (
        Field.FIRST_NAME,
        Field.LAST_NAME,
        Field.EMAIL,
        Field.PHONE,
        Field.STREET,
        Field.CITY,
        Field.STATE,
        Field.ZIP,
    )
    assert {which: found.get(which) for which in wanted} == {which: WHOLE[which] for which in wanted} | {
        Field.PHONE: "555-010-0100"
    }


def test_the_only_whole_address_in_a_message_is_offered__H9_C1(playbook: Playbook) -> None:
    text = "The system is at 12 North Main Street Apt 3, Littleton, CO 80120 and it is off."
    found = offered(playbook, description=text)
    wanted = (Field.STREET, Field.CITY, Field.STATE, Field.ZIP)
    assert [found[which] for which in wanted] == ["12 North Main Street Apt 3", "Littleton", "CO", "80120"]
    assert Field.STREET not in offered(playbook, description=f"{text} Or at 9 Elm St, Denver, CO 80201?")


def test_a_partner_is_never_taken_for_the_homeowner__H8_H9(playbook: Playbook) -> None:
    found = offered(
        playbook, reporter="Omni Dian", reporter_email="care@omnidian.com", description="Call back: desk@omnidian.com"
    )
    assert set(found) == {Field.CHANNEL, Field.SOURCE_REQUEST, Field.SOURCE_TEXT}


def test_the_only_strange_email_in_a_partners_text_is_the_homeowners__H7_H8(playbook: Playbook) -> None:
    text = "Jane (jane@example.com) wrote to us. Regards, care@omnidian.com"
    assert offered(playbook, reporter_email="care@omnidian.com", description=text)[Field.EMAIL] == "jane@example.com"
    two = f"{text} Copy to john@example.com."
    assert Field.EMAIL not in offered(playbook, reporter_email="care@omnidian.com", description=two)


def test_an_agent_who_wrote_a_call_down_is_not_the_homeowner__H1(playbook: Playbook) -> None:
    assert Field.EMAIL not in offered(playbook, by_staff=True)


def test_what_agents_noted_in_the_ticket_is_offered__T5_T4(playbook: Playbook) -> None:
    note = "Installer: Sunny Roofs\nInstaller Rep: Sam (sam@example.com)\nNotes: M2 approved on 2/1/2026."
    spoken = Comment("M1 approved on 1/1/2026 they told me", public=True)
    found = offered(playbook, comments=(Comment(note, public=False), spoken))
    assert {which: found.get(which) for which in (Field.REP_EMAIL, Field.M1, Field.M2)} == {
        Field.REP_EMAIL: "sam@example.com",
        Field.M1: None,
        Field.M2: "2/1/2026",
    }


def test_the_organization_of_a_ticket_in_the_project_is_the_installer__T4(playbook: Playbook) -> None:
    assert offered(playbook, project="PTO", organizations=("Top_Electric",))[Field.INSTALLER] == "Top Electric"
    assert Field.INSTALLER not in offered(playbook, project="EBH", organizations=("Top_Electric",))
    assert Field.INSTALLER not in offered(playbook, project="PTO", organizations=("A_B", "C_D"))


def test_the_concern_is_never_taken_from_a_ticket__T8(playbook: Playbook) -> None:
    found = offered(playbook, description="Concern: my own words\nHomeowner: Jane Doe")
    assert not {Field.CONCERN, Field.INSTALLER_CONCERN, Field.NEW_INFORMATION} & set(found)


def test_a_ticket_without_a_description_gives_what_was_said_first__H1(playbook: Playbook) -> None:
    comments = (Comment("Internal", public=False), Comment("Hello, PTO?", public=True), Comment("Hello?", public=True))
    assert offered(playbook, description=" ", comments=comments)[Field.SOURCE_TEXT] == "Hello, PTO?"


def test_a_moved_or_closed_ticket_is_said_to_be_so__T1(playbook: Playbook) -> None:
    taken = from_ticket(
        EMPTY, ticket(key="PTO-99", project="PTO", asked="EBH-12", closed=True, status="Done"), playbook, TODAY
    )
    assert taken.notes == ("EBH-12 was moved and is PTO-99 now.", "PTO-99 is closed already (Done).")
    assert from_ticket(EMPTY, ticket(asked="EBH-12"), playbook, TODAY).notes == ()


def test_opening_a_ticket_names_it_and_leaves_the_rest__M2_T1(playbook: Playbook) -> None:
    typed = EMPTY.with_value(Field.FIRST_NAME, "Janet").with_value(Field.SOURCE_KEY, "ebh-12")
    opened = open_source(typed, ticket(key="PTO-99", project="PTO"))
    assert (opened.text(Field.SOURCE_KEY), opened.text(Field.SOURCE_PROJECT)) == ("PTO-99", "PTO")
    assert opened.text(Field.FIRST_NAME) == "Janet"


def test_taking_everything_over_makes_a_case_that_can_be_planned__H1(playbook: Playbook) -> None:
    opened = open_source(EMPTY, ticket())
    entry = fill_empty(opened, from_ticket(opened, ticket(), playbook, TODAY).offers)
    case = call_view(entry, playbook, TODAY).case
    assert case.source_ticket is not None
    assert (case.source_ticket.key, case.homeowner.name, case.channel) == ("EBH-12", "Jane Doe", "homeowner_email")


def test_what_is_taken_over_is_not_offered_again__M2(playbook: Playbook) -> None:
    entry = fill_empty(EMPTY, from_ticket(EMPTY, ticket(), playbook, TODAY).offers)
    assert from_ticket(entry, ticket(), playbook, TODAY).offers == ()
    page = fill_empty(EMPTY, from_paste(EMPTY, JOB_PAGE, TODAY).offers)
    assert from_paste(page, JOB_PAGE, TODAY).offers == ()


# --- whatever is pasted -----------------------------------------------------------------------------------------------

blocks = st.lists(
    st.one_of(
        st.text(max_size=40),
        st.sampled_from(JOB_PAGE.splitlines()),
        st.sampled_from(
            ["Email:", "M2", "Approved", "2/30/2026", "Address", "(((", "Doe, Jane", "jane@@example.com", "a@b.co"]
        ),
    ),
    max_size=25,
).map("\n".join)


@given(text=blocks, typed=st.dictionaries(st.sampled_from(sorted(WHOLE)), st.text(max_size=20), max_size=4))
def test_no_paste_raises_or_loses_what_is_typed_and_offers_are_one_line__M2(
    playbook: Playbook, text: str, typed: dict[Field, str]
) -> None:
    entry = Entry("call-1", "Dana Reyes", {which.value: value for which, value in typed.items()})
    result = from_paste(entry, text, TODAY)
    assert result == from_paste(entry, text, TODAY)
    filled = fill_empty(result.entry, result.offers)
    assert all(filled.text(which) == value for which, value in typed.items() if value.strip())
    for offer in result.offers:
        assert offer.value.strip()
        assert "\n" not in offer.value
    from_ticket(entry, ticket(description=text, summary=text[:90], reporter=text[:40]), playbook, TODAY)


@given(text=st.text(max_size=300))
def test_no_text_has_a_milestone_outside_of_its_words__C6(text: str) -> None:
    flat = " ".join(text.split())
    assert all(found.words in flat for found in milestones(text, TODAY))
