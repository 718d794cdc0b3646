"""The review of a plan: every step, word for word and in order, and what is not done."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptodesk_gui.sop.case import Case, Channel, Homeowner, Installer, SourceTicket
from ptodesk_gui.sop.grace import grace_period
from ptodesk_gui.sop.plan import ChosenReply, Plan, Problem
from ptodesk_gui.sop.review import plan_title, review, step_words
from ptodesk_gui.sop.steps import (
    STEP_CLASSES,
    UNCHANGED,
    CloseTicket,
    CreateTicket,
    EditTicket,
    InternalComment,
    LinkTickets,
    MoveTicket,
    PublicReply,
    Remind,
    Step,
    Ticket,
)
from ptodesk_gui.sop.view import Review, TicketPreview

CREATE = CreateTicket(
    id="homeowner.create",
    rules=("H1", "H2"),
    ticket=Ticket.HOMEOWNER,
    project="PTO",
    request_type="PTO/M3 delay",
    summary="The title",
    description="Homeowner: Jane Doe\nAddress: unknown\nConcern: No PTO",
    labels=("PTO",),
    organization="Sunny_Roofs",
    reporter="jane@example.com",
    assignee="Jessica Hauger",
)
COMMENT = InternalComment(id="homeowner.comment", rules=("T5",), ticket=Ticket.HOMEOWNER, body="Six\nlines")
PING = InternalComment(
    id="homeowner.ping", rules=("I7",), ticket=Ticket.HOMEOWNER, body="See here", mention="Jessica Hauger"
)
REPLY = PublicReply(
    id="homeowner.reply", rules=("H4",), ticket=Ticket.HOMEOWNER, reply="homeowner_within", body="Hello\nJane"
)
INSTALLER_CREATE = replace(CREATE, id="installer.create", ticket=Ticket.INSTALLER, reporter="sam@example.com")
INSTALLER_REPLY = replace(REPLY, id="installer.reply", ticket=Ticket.INSTALLER, body="Hello Sam")
LINK = LinkTickets(id="link", rules=("I1",), from_=Ticket.HOMEOWNER, relation="is caused by", to=Ticket.INSTALLER)
MOVE = MoveTicket(id="source.move", rules=("T1",), ticket=Ticket.SOURCE, key="EBH-12", project="PTO")
EDIT = EditTicket(
    id="source.edit", rules=("T2", "T12"), ticket=Ticket.SOURCE, key="EBH-12", add_labels=("PTO",), reporter=None
)
CLOSE = CloseTicket(
    id="source.close",
    rules=("T11",),
    ticket=Ticket.SOURCE,
    key="PTO-12",
    transition="Done",
    resolution="Other",
    category="Operations",
)
REMIND = Remind(
    id="source.remind",
    rules=("H10",),
    ticket=Ticket.SOURCE,
    key="EBH-12",
    after_hours=24,
    text="Look for an answer.",
    then="close",
    transition="Done",
    resolution="Other",
    category="Operations",
)
NO_REPLY = ChosenReply(None, "C12", ())


def plan(*steps: Step) -> Plan:
    return Plan(grace_period(None, date(2026, 11, 21), 60), (), (), (), NO_REPLY, NO_REPLY, steps)


def lines(shown: TicketPreview) -> list[tuple[str, str, bool]]:
    return [(line.label, line.text, line.public) for line in shown.lines]


def ticket(shown: Review, which: Ticket) -> TicketPreview:
    return next(preview for preview in shown.tickets if preview.ticket == which.value)


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (MOVE, "Move EBH-12 to project PTO"),
        (CREATE, "Create the homeowner ticket"),
        (EDIT, "Set reporter and labels of EBH-12"),
        (COMMENT, "Internal comment in the homeowner ticket"),
        (PING, "Internal comment in the homeowner ticket, mentioning Jessica Hauger"),
        (REPLY, "Reply to the homeowner"),
        (INSTALLER_REPLY, "Reply to the installer"),
        (replace(REPLY, ticket=Ticket.OPEN_HOMEOWNER, key="PTO-3"), "Reply to the homeowner in PTO-3"),
        (LINK, "Link: homeowner is caused by installer"),
        (
            replace(
                LINK,
                from_=Ticket.SOURCE,
                from_key="EBH-12",
                relation="duplicates",
                to=Ticket.OPEN_HOMEOWNER,
                to_key="PTO-3",
            ),
            "Link: EBH-12 duplicates PTO-3",
        ),
        (CLOSE, "Close PTO-12 as Done, Other, Operations"),
        (REMIND, "Close EBH-12 as Done, Other, Operations after 24 hours, unless an answer came"),
        (replace(REMIND, category=UNCHANGED), "Close EBH-12 after 24 hours, unless an answer came"),
        (replace(REMIND, then=UNCHANGED), "Remind of EBH-12 after 24 hours"),
    ],
)
def test_every_step_has_words(step: Step, words: str) -> None:
    assert step_words(step) == words


def test_a_new_ticket_is_shown_field_by_field_with_what_the_customer_sees_marked() -> None:
    shown = ticket(review(plan(CREATE, COMMENT, PING, REPLY), ()), Ticket.HOMEOWNER)
    assert shown.heading == "New homeowner ticket"
    assert lines(shown) == [
        ("Project", "PTO", False),
        ("Title", "The title", True),
        ("Description", "Homeowner: Jane Doe\nAddress: unknown\nConcern: No PTO", True),
        ("Reporter", "jane@example.com", False),
        ("Organization", "Sunny_Roofs", False),
        ("Request type", "PTO/M3 delay", False),
        ("Labels", "PTO", False),
        ("Assignee", "Jessica Hauger", False),
        ("Internal comment", "Six\nlines", False),
        ("Mention", "Jessica Hauger", False),
        ("Internal comment", "See here", False),
        ("Reply to the homeowner", "Hello\nJane", True),
    ]


def test_a_ticket_that_exists_shows_only_what_changes() -> None:
    shown = ticket(review(plan(MOVE, EDIT, CLOSE, REMIND), ()), Ticket.SOURCE)
    assert shown.heading == "Source ticket EBH-12"
    assert lines(shown) == [
        ("Move", "To project PTO", False),
        ("Reporter", "Anonymous", False),
        ("Labels", "PTO", False),
        ("Close", "Done, Other, Operations", False),
        (
            "Reminder",
            "After 24 hours: Look for an answer. It is closed as Done, Other, Operations, unless an answer came.",
            False,
        ),
    ]
    assert shown.audience == "Anonymous: nobody gets its replies; internal comments are for agents only."


def test_the_audience_names_who_gets_the_replies() -> None:
    case = Case(
        Channel.PHONE,
        "Dana",
        Homeowner("Jane", "Doe", "jane@example.com"),
        installer=Installer("Sunny", "Sam", "sam@example.com"),
    )
    shown = review(plan(CREATE, INSTALLER_CREATE), (), case)
    assert ticket(shown, Ticket.HOMEOWNER).audience.startswith(
        "Jane Doe (jane@example.com) sees the description and the replies; internal comments are for agents only."
    )
    assert ticket(shown, Ticket.INSTALLER).audience.startswith(
        "Sam (sam@example.com) sees the description and the replies;"
    )


def test_the_audience_tells_that_an_organization_may_see_its_tickets__T4() -> None:
    assert "the people of Sunny_Roofs" in ticket(review(plan(CREATE), ()), Ticket.HOMEOWNER).audience
    without = replace(CREATE, organization=None)
    assert "people of" not in ticket(review(plan(without), ()), Ticket.HOMEOWNER).audience


def test_links_are_sentences__I1() -> None:
    shown = review(plan(CREATE, INSTALLER_CREATE, LINK), ())
    assert shown.links == ("The homeowner ticket is caused by the installer ticket.",)


def test_problems_that_block_come_first_and_keep_it_from_being_filed() -> None:
    small, big = Problem("a", "M1", "Small.", blocks=False), Problem("b", "C14", "Big.", blocks=True)
    shown = review(plan(CREATE), [small, big])
    assert shown.problems == (big, small)
    assert not shown.can_file
    assert review(plan(CREATE), [small]).can_file


def test_a_plan_without_steps_cannot_be_filed() -> None:
    assert not review(plan(), ()).can_file


@pytest.mark.parametrize(
    ("case", "title"),
    [
        (
            Case(Channel.PHONE, "Dana", Homeowner("Jane", "Doe"), installer=Installer("Sunny Roofs")),
            "Jane Doe, Sunny Roofs",
        ),
        (Case(Channel.PHONE, "Dana", Homeowner("Jane")), "Jane"),
        (Case(Channel.HUBSPOT, "Dana", Homeowner(email="jane@example.com")), "jane@example.com"),
        (Case(Channel.OMNIDIAN, "Dana", source_ticket=SourceTicket("EBH-12")), "EBH-12"),
        (Case(Channel.PHONE, "Dana", installer=Installer("Sunny Roofs")), "Homeowner not known, Sunny Roofs"),
    ],
)
def test_a_plan_is_called_by_homeowner_and_installer__N3(case: Case, title: str) -> None:
    assert plan_title(case) == title


steps = st.one_of(*(st.from_type(cls) for cls in STEP_CLASSES.values()))


@given(st.lists(steps, max_size=8, unique_by=lambda step: step.id))
def test_every_step_of_any_plan_is_shown_in_order_and_word_for_word(planned: list[Step]) -> None:
    shown = review(plan(*planned), ())
    assert [step.step_id for step in shown.steps] == [step.id for step in planned]
    assert all(step.words for step in shown.steps)
    by_step: dict[str, list[str]] = {}
    for preview in shown.tickets:
        for line in preview.lines:
            by_step.setdefault(line.step_id, []).append(line.text)
    for step in planned:
        if isinstance(step, InternalComment | PublicReply):
            assert step.body in by_step[step.id]
        if isinstance(step, CreateTicket):
            assert {step.summary, step.description, step.request_type} <= set(by_step[step.id])
    assert len(shown.links) == sum(isinstance(step, LinkTickets) for step in planned)


def test_an_edit_that_changes_nothing_says_so() -> None:
    assert step_words(EditTicket(id="e", rules=(), ticket=Ticket.SOURCE)) == "Set nothing of the source ticket"
