"""Which open tickets may be a homeowner's, how sure that is, and what choosing one does. All people are sample data."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptodesk_gui.sop.advice import call_view
from ptodesk_gui.sop.case import Address, Case, Channel, Homeowner, SourceTicket
from ptodesk_gui.sop.entry import Entry, Field
from ptodesk_gui.sop.history import (
    age_in_words,
    choose,
    history_view,
    match,
    open_ticket,
    search_terms,
    unchoose,
)
from ptodesk_gui.sop.playbook import Playbook
from ptodesk_gui.sop.tickets import Comment, History, Link, Match, Role, SiteTicket

NOW = datetime(2026, 3, 14, 15, 0, tzinfo=UTC)
JANE = Homeowner("Jane", "Doe", "jane@example.com")
HOME = Address("1 Main St", "Littleton", "CO", "80120")
CASE = Case(Channel.PHONE, "Dana Reyes", JANE, HOME)


def details(
    name: str = "Jane Doe", email: str = "jane@example.com", address: str = "1 Main St, Littleton, CO 80120"
) -> str:
    """The internal comment of T5."""
    return (
        f"Homeowner Name: {name} ({email})\nAddress: {address}\nJob Link: https://engine.example/jobs/1\n"
        "Installer: Sunny Roofs\nInstaller Rep: Sam (sam@example.com)\nNotes: M1 not approved. M2 not approved. M3 not started."
    )


def ticket(key: str = "PTO-12", **changed: object) -> SiteTicket:
    """An open homeowner ticket of somebody else, with changes."""
    plain = SiteTicket(
        key=key,
        project=key.partition("-")[0],
        summary="Homeowner Concern Received – Ann Other – Sunny Roofs",
        status="Waiting for support",
        created=NOW - timedelta(days=3),
    )
    return replace(plain, **changed)  # type: ignore[arg-type]


def theirs(key: str = "PTO-12", **said: str) -> SiteTicket:
    """An open homeowner ticket with these details in its internal comment."""
    name = said.get("name", "Jane Doe")
    title = f"Homeowner Concern Received – {name} – Sunny Roofs"
    return ticket(key, summary=title, comments=(Comment(details(**said), public=False),))


def found(playbook: Playbook, *tickets: SiteTicket, case: Case = CASE) -> History:
    return match(case, [open_ticket(each, playbook) for each in tickets], playbook)


def only(history: History) -> Match:
    (one,) = history.matches
    return one


# --- reading a ticket -------------------------------------------------------------------------------------------------


def test_the_details_comment_says_whom_a_ticket_is_for__T5(playbook: Playbook) -> None:
    read = open_ticket(theirs(), playbook)
    assert (read.name, read.emails, read.address) == ("Jane Doe", ("jane@example.com",), HOME)
    assert read.role is Role.HOMEOWNER


def test_the_description_says_it_where_there_are_no_details__T7(playbook: Playbook) -> None:
    said = "Homeowner: Jane Doe\nAddress: 1 Main St, Littleton, CO 80120\nConcern: Homeowner: nobody"
    read = open_ticket(ticket(description=said), playbook)
    assert (read.name, read.address) == ("Jane Doe", HOME)


def test_what_a_customer_wrote_publicly_is_no_fact__T5(playbook: Playbook) -> None:
    spoken = Comment(details(), public=True)
    read = open_ticket(ticket(comments=(spoken,)), playbook)
    assert (read.name, read.emails, read.address) == ("Ann Other", (), Address())


def test_the_latest_details_hold__T5(playbook: Playbook) -> None:
    comments = (Comment(details("Jan Do"), public=False), Comment(details("Jane Doe"), public=False))
    assert open_ticket(ticket(comments=comments), playbook).name == "Jane Doe"


def test_unknown_in_the_details_is_nothing_known__T6(playbook: Playbook) -> None:
    comment = Comment("Homeowner Name: unknown (unknown)\nAddress: unknown", public=False)
    read = open_ticket(ticket(summary="", comments=(comment,)), playbook)
    assert (read.name, read.emails, read.address) == ("", (), Address())


@pytest.mark.parametrize(
    ("title", "role", "name"),
    [
        ("Homeowner Concern Received – Jane Doe – Sunny Roofs", Role.HOMEOWNER, "Jane Doe"),
        ("homeowner concern received - Jane Mary-Ann Doe - Sunny Roofs", Role.HOMEOWNER, "Jane Mary-Ann Doe"),
        ("Homeowner Concern – Sunny Roofs – Jane Doe", Role.INSTALLER, "Jane Doe"),
        ("Omnidian Ticket > Jane Doe asks", Role.OTHER, ""),
        ("PTO?", Role.OTHER, ""),
        ("Homeowner Concern Received – jane@example.com – unknown", Role.HOMEOWNER, ""),
    ],
)
def test_a_ticket_is_known_by_its_title__H2_I2(playbook: Playbook, title: str, role: Role, name: str) -> None:
    read = open_ticket(ticket(summary=title), playbook)
    assert (read.role, read.name) == (role, name)


def test_where_both_have_one_title_the_link_tells_them_apart__I1(playbook: Playbook) -> None:
    title = "Homeowner Concern Received - Jane Doe - Sunny Roofs"
    home = ticket("PTO-1", summary=title, links=(Link("is caused by", "causes", "PTO-2"),))
    other = ticket("PTO-2", summary=title, links=(Link("causes", "is caused by", "PTO-1"),))
    assert [open_ticket(each, playbook).role for each in (home, other)] == [Role.HOMEOWNER, Role.INSTALLER]


def test_the_reporter_of_an_installer_ticket_is_not_the_homeowner__I3(playbook: Playbook) -> None:
    title = "Homeowner Concern – Sunny Roofs – Ann Other"
    read = open_ticket(ticket(summary=title, reporter_email="jane@example.com"), playbook)
    assert read.emails == ()
    assert found(playbook, ticket(summary=title, reporter_email="jane@example.com")) == History()


# --- exact and doubtful -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("email", ["jane@example.com", " JANE@Example.com "])
def test_the_same_whole_email_is_exact__T9(playbook: Playbook, email: str) -> None:
    case = replace(CASE, homeowner=replace(JANE, email=email), address=Address())
    one = only(found(playbook, ticket(reporter_email="Jane@example.com"), case=case))
    assert one.exact
    assert one.reason == "Same email; the ticket names Ann Other."


def test_a_part_of_an_email_is_not_the_email__T9(playbook: Playbook) -> None:
    case = replace(CASE, homeowner=replace(JANE, email="e@example.com"), address=Address())
    tickets = ticket(reporter_email="jane@example.com"), ticket("PTO-13", reporter_email="e@example.com.evil.example")
    assert found(playbook, *tickets, case=case) == History()


@pytest.mark.parametrize(
    "address",
    [
        HOME,
        Address("1 MAIN street", " littleton ", "colorado", "80120-1234"),
        Address("1 Main St.", "Littleton", "Colorado", ""),
        Address("1  Main St", "", "", "80120"),
    ],
)
def test_name_and_address_that_are_both_the_same_are_exact__T9_N2_N3(playbook: Playbook, address: Address) -> None:
    case = replace(CASE, homeowner=Homeowner("JANE", "doe"), address=address)
    one = only(found(playbook, theirs(email="unknown"), case=case))
    assert (one.exact, one.reason) == (True, "Same name and address.")


@pytest.mark.parametrize(
    ("name", "address", "reason"),
    [
        ("Ann Other", HOME, "Same address; the ticket names Jane Doe."),
        ("Jane Doe", Address(), "Same name; the caller's address is not known yet."),
        ("Jane Doe", Address("1 Main St"), "Same name; the address there is 1 Main St, Littleton, CO 80120."),
        (
            "Jane Doe",
            Address("1 Main St Apt 4", "Littleton"),
            "Same name; the address there is 1 Main St, Littleton, CO 80120.",
        ),
        ("Jane Doe", Address("9 Elm St", "Denver"), "Same name, another address: 1 Main St, Littleton, CO 80120."),
        (
            "Ann Other",
            Address("1 Main St"),
            "Same street and number (1 Main St, Littleton, CO 80120); the ticket names Jane Doe.",
        ),
        (
            "Jan Doe",
            Address("7 Main St", "Littleton"),
            "Same street (1 Main St, Littleton, CO 80120) and a similar name: Jane Doe.",
        ),
        ("Jayne Doe", Address(), "Similar name: Jane Doe."),
        ("Janè Doe", Address(), "Similar name: Jane Doe."),
        ("Jane Q Doe", Address(), "Similar name: Jane Doe."),
        ("Doe Jane", Address(), "Similar name: Jane Doe."),
    ],
)
def test_less_than_both_is_doubtful_and_says_why__T9(
    playbook: Playbook, name: str, address: Address, reason: str
) -> None:
    given, _, last = name.rpartition(" ")
    case = replace(CASE, homeowner=Homeowner(given, last), address=address)
    one = only(found(playbook, theirs(email="unknown"), case=case))
    assert (one.exact, one.reason) == (False, reason)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("John Doe", Address("9 Elm St", "Denver", "CO", "80201")),
        ("Ann Other", Address("7 Main St", "Littleton", "CO", "80120")),  # a neighbour
        ("Ann Other", Address("1 Main St", "Denver", "CO", "80201")),  # a street of that name elsewhere
        ("Jan Doe", Address("9 Elm St", "Denver", "CO", "80201")),
        (" Doe", Address()),
    ],
)
def test_somebody_else_is_not_offered__T9(playbook: Playbook, name: str, address: Address) -> None:
    given, _, last = name.rpartition(" ")
    case = replace(CASE, homeowner=Homeowner(given, last), address=address)
    assert found(playbook, theirs(email="unknown"), case=case) == History()


def test_a_wrong_zip_with_the_same_street_and_city_is_doubtful__T9_N2(playbook: Playbook) -> None:
    case = replace(CASE, homeowner=Homeowner("Jane", "Doe"), address=replace(HOME, zip="80129"))
    assert not only(found(playbook, theirs(email="unknown"), case=case)).exact


# --- order and pairs --------------------------------------------------------------------------------------------------


def test_exact_ones_come_first_and_the_original_before_later_ones__T9(playbook: Playbook) -> None:
    old, new = NOW - timedelta(days=40), NOW - timedelta(days=2)
    tickets = [
        replace(theirs("PTO-30", email="unknown"), created=new),
        replace(theirs("PTO-20"), created=new),
        replace(theirs("PTO-10"), created=old),
        replace(theirs("PTO-40", email="unknown", address="9 Elm St, Denver, CO 80201"), created=old),
        replace(theirs("PTO-50", name="Jayne Doe", email="unknown", address="unknown"), created=old),
    ]
    wanted = ["PTO-10", "PTO-20", "PTO-30", "PTO-40", "PTO-50"]
    for order in itertools.permutations(tickets):
        history = found(playbook, *order)
        assert [each.ticket.key for each in history.matches] == wanted
        assert [each.exact for each in history.matches] == [True, True, True, False, False]


def test_the_installer_ticket_of_a_homeowner_ticket_is_what_it_is_caused_by__I1(playbook: Playbook) -> None:
    home = replace(
        theirs("PTO-1"), links=(Link("is caused by", "causes", "PTO-2"), Link("relates to", "relates to", "PTO-9"))
    )
    other = replace(theirs("PTO-2"), summary="Homeowner Concern – Sunny Roofs – Jane Doe")
    one = only(found(playbook, other, home))
    assert (one.ticket.key, one.installer_key) == ("PTO-1", "PTO-2")
    assert one.installer is not None
    assert one.installer.role is Role.INSTALLER


def test_the_pair_is_found_from_the_installers_side_as_well__I1(playbook: Playbook) -> None:
    other = ticket(
        "PTO-2", summary="Homeowner Concern – Sunny Roofs – X Y", links=(Link("causes", "is caused by", "PTO-1"),)
    )
    assert only(found(playbook, theirs("PTO-1"), other)).installer_key == "PTO-2"


def test_a_closed_installer_ticket_is_none_to_reply_in__O6_O7(playbook: Playbook) -> None:
    home = replace(theirs("PTO-1"), links=(Link("is caused by", "causes", "PTO-2", closed=True),))
    assert only(found(playbook, home)).installer_key == ""


def test_an_installer_ticket_that_only_the_link_knows_is_still_paired__I1(playbook: Playbook) -> None:
    home = replace(theirs("PTO-1"), links=(Link("Is Caused By ", "causes", "PTO-2"),))
    one = only(found(playbook, home))
    assert (one.installer, one.installer_key) == (None, "PTO-2")


def test_of_two_installer_tickets_the_original_is_paired__I8(playbook: Playbook) -> None:
    home = replace(
        theirs("PTO-1"), links=(Link("is caused by", "causes", "PTO-8"), Link("is caused by", "causes", "PTO-7"))
    )
    later = ticket("PTO-7", created=NOW)
    first = ticket("PTO-8", created=NOW - timedelta(days=9))
    assert found(playbook, home, later, first).matches[0].installer_key == "PTO-8"
    assert found(playbook, home).matches[0].installer_key == "PTO-7"  # without dates, by number


def test_the_ticket_it_came_with_is_not_its_own_history__T9(playbook: Playbook) -> None:
    case = replace(CASE, source_ticket=SourceTicket("EBH-12"))
    assert found(playbook, ticket("EBH-12", reporter_email="jane@example.com"), case=case) == History()


def test_another_kind_of_ticket_is_shown_but_cannot_be_chosen__T9(playbook: Playbook) -> None:
    one = only(found(playbook, ticket(summary="Where is my PTO?", reporter_email="jane@example.com")))
    assert (one.exact, one.choosable) == (True, False)
    entry = Entry("call-1")
    assert choose(entry, one) == entry


# --- choosing ---------------------------------------------------------------------------------------------------------


def typed() -> Entry:
    values = {
        Field.FIRST_NAME: "Jane",
        Field.LAST_NAME: "Doe",
        Field.EMAIL: "jane@example.com",
        Field.INSTALLER: "Sunny Roofs",
        Field.CONCERN: "Asks again.",
        Field.M2: "2/1/2026",
        Field.HOMEOWNER_REPLY: "homeowner_within",
    }
    return Entry("call-1", "Dana Reyes", {which.value: text for which, text in values.items()})


def pair(playbook: Playbook) -> Match:
    return only(found(playbook, replace(theirs("PTO-1"), links=(Link("is caused by", "causes", "PTO-2"),))))


def test_nothing_is_chosen_by_itself__T9(playbook: Playbook) -> None:
    view = history_view(found(playbook, theirs()), CASE, NOW)
    assert [row.chosen for row in view.rows] == [False]


def test_choosing_turns_the_call_into_the_o_flow_and_back__O1_O5_O6(playbook: Playbook) -> None:
    before = replace(typed(), values={k: v for k, v in typed().values.items() if k != Field.HOMEOWNER_REPLY})
    after = choose(before, pair(playbook))
    view = call_view(after, playbook, date(2026, 3, 14))
    assert (view.case.open_homeowner_ticket, view.case.open_installer_ticket) == ("PTO-1", "PTO-2")
    assert (view.homeowner_reply.chosen, view.installer_reply.chosen) == ("homeowner_again", "installer_again")
    assert [row.chosen for row in history_view(History((pair(playbook),)), view.case, NOW).rows] == [True]
    back = unchoose(after, pair(playbook))
    assert call_view(back, playbook, date(2026, 3, 14)) == call_view(before, playbook, date(2026, 3, 14))


def test_choosing_and_taking_it_back_lose_nothing_that_was_typed__M2(playbook: Playbook) -> None:
    there_and_back = unchoose(choose(typed(), pair(playbook)), pair(playbook))
    assert {k: v for k, v in there_and_back.values.items() if v} == dict(typed().values)
    chosen = choose(typed(), pair(playbook))
    assert all(chosen.values[path] == text for path, text in typed().values.items())


def test_a_key_that_was_typed_instead_stays__M2(playbook: Playbook) -> None:
    entry = choose(typed(), pair(playbook)).with_value(Field.OPEN_INSTALLER, "PTO-77")
    assert unchoose(entry, pair(playbook)).text(Field.OPEN_INSTALLER) == "PTO-77"


def test_an_installer_ticket_alone_is_chosen_as_such__I8(playbook: Playbook) -> None:
    one = only(found(playbook, replace(theirs("PTO-2"), summary="Homeowner Concern – Sunny Roofs – Jane Doe")))
    entry = choose(typed(), one)
    assert (entry.text(Field.OPEN_HOMEOWNER), entry.text(Field.OPEN_INSTALLER)) == ("", "PTO-2")


# --- when to look, and what is shown ----------------------------------------------------------------------------------


def test_nothing_is_looked_up_before_something_tells_homeowners_apart__T9() -> None:
    blank = Case(Channel.PHONE, "")
    assert search_terms(blank) is None
    assert search_terms(replace(blank, homeowner=Homeowner("Jane"))) is None
    assert search_terms(replace(blank, address=Address("Main St", "Littleton", "CO"))) is None
    assert search_terms(replace(blank, homeowner=Homeowner(email="Jane@example.com"))) is not None
    assert search_terms(replace(blank, homeowner=Homeowner("Jane", "Doe"))) is not None
    assert search_terms(replace(blank, address=Address("1 Main St"))) is not None


def test_the_same_terms_are_equal_so_that_they_can_be_kept__T9() -> None:
    other = replace(CASE, homeowner=Homeowner("JANE", "Doe", "JANE@example.com"), concern="typed on")
    assert search_terms(CASE) == search_terms(other)
    assert hash(search_terms(CASE)) == hash(search_terms(other))


def test_a_row_says_status_age_and_the_last_public_comment__T9(playbook: Playbook) -> None:
    comments = (
        Comment("We asked your installer.", True, NOW - timedelta(days=2), "Dana Reyes"),
        Comment(details(), False, NOW, "Dana Reyes"),
    )
    view = history_view(found(playbook, replace(theirs("PTO-1"), comments=comments)), CASE, NOW)
    (row,) = view.rows
    assert view.headline == "1 open ticket of this homeowner."
    assert row.heading == "Homeowner ticket PTO-1, no open installer ticket"
    assert row.age == "3 days ago"
    assert row.last_comment == "Dana Reyes, 2 days ago: We asked your installer."
    assert row.match.ticket.status == "Waiting for support"


def test_a_long_comment_is_shortened_visibly(playbook: Playbook) -> None:
    comments = (Comment("x " * 5_000, True),)
    (row,) = history_view(found(playbook, replace(theirs(), comments=(*comments, *theirs().comments))), CASE, NOW).rows
    assert len(row.last_comment) < 170
    assert row.last_comment.endswith("…")


def test_the_headline_counts_sure_and_doubtful_ones_apart__T9(playbook: Playbook) -> None:
    tickets = theirs("PTO-1"), theirs("PTO-2"), theirs("PTO-3", email="unknown", address="unknown")
    history = found(playbook, *tickets)
    assert history_view(history, CASE, NOW).headline == "2 open tickets of this homeowner, 1 open ticket that may be."
    assert history_view(History(), CASE, NOW).headline == "No open ticket found."
    assert "more than were read" in history_view(replace(history, complete=False), CASE, NOW).headline


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-5, "just now"),
        (59, "just now"),
        (60, "1 minute ago"),
        (7_199, "1 hour ago"),
        (86_400, "1 day ago"),
        (200 * 86_400, "200 days ago"),
    ],
)
def test_age_in_words(seconds: int, words: str) -> None:
    assert age_in_words(NOW - timedelta(seconds=seconds), NOW) == words


def test_an_age_that_is_not_known_is_said_to_be_so() -> None:
    assert age_in_words(None, NOW) == "age not known"


# --- whatever stands in tickets ---------------------------------------------------------------------------------------

wild = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [details(), "Homeowner: (((", "Address: ,,, ,CO", "Homeowner Name:\nAddress:\n1 Main St\nLittleton, CO 80120"]
    ),
)


@given(
    texts=st.lists(wild, min_size=4, max_size=4),
    public=st.booleans(),
    order=st.permutations(["PTO-1", "PTO-2", "EBH-9"]),
)
def test_no_text_in_a_ticket_raises_and_the_order_of_tickets_changes_nothing__T9(
    playbook: Playbook, texts: list[str], public: bool, order: list[str]
) -> None:
    def strange(key: str) -> SiteTicket:
        comment = Comment(texts[2], public, None, texts[3])
        links = (Link("is caused by", texts[3], "PTO-2"),)
        return ticket(
            key, summary=texts[0], description=texts[1], comments=(comment,), links=links, reporter_email=texts[3]
        )

    history = found(playbook, *map(strange, order))
    assert history == found(playbook, *map(strange, sorted(order)))
    assert history_view(history, CASE, NOW).headline
