"""Looking up tickets that are there already, over real HTTP on a practice desk. All people are sample data."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from ptodesk_gui.desk.desk import Done, Later, Refused, Target
from ptodesk_gui.desk.history import MOST_PAGES, TicketReader, Tickets, open_tickets_jql
from ptodesk_gui.desk.jira_desk import JiraDesk
from ptodesk_gui.practice import PracticeDesk
from ptodesk_gui.practice import faults as bad
from ptodesk_gui.practice.jql import Both, Clause, parse
from ptodesk_gui.sop.case import Address, Case, Channel, Homeowner
from ptodesk_gui.sop.entry import Entry, Field
from ptodesk_gui.sop.history import match, open_ticket
from ptodesk_gui.sop.playbook import Playbook
from ptodesk_gui.sop.steps import (
    CloseTicket,
    CreateTicket,
    InternalComment,
    LinkTickets,
    MoveTicket,
    PublicReply,
    Step,
    Ticket,
)
from ptodesk_gui.sop.takeover import from_ticket
from ptodesk_gui.sop.tickets import Link, SiteTicket
from ptodesk_gui.workstation.playbook_files import load_playbook

from .conftest import Clock, Exchange

pytestmark = pytest.mark.usefixtures("documented_answers")

HOME = Address("1 Main St", "Littleton", "CO", "80120")
SEARCH = "POST /rest/api/3/search/jql"
LAG = 6.0  # seconds after which the search shows what was made
DETAILS = (
    "Homeowner Name: {name} ({email})\nAddress: 1 Main St, Littleton, CO 80120\nJob Link: https://engine.example/jobs/1\n"
    "Installer: Sunny Roofs\nInstaller Rep: Sam (sam@example.com)\nNotes: M1 not approved. M2 not approved. M3 not started."
)

MakeTarget = Callable[..., Target]


@pytest.fixture(scope="module")
def playbook() -> Playbook:
    return load_playbook()


class Shelf:
    """Puts tickets on the practice desk through the program's own desk."""

    def __init__(self, desk: JiraDesk, step: CreateTicket, target: MakeTarget, clock: Clock) -> None:
        self._desk, self._step, self._target, self._clock = desk, step, target, clock
        self._made = 0

    def do(self, step: Step, **tickets: str) -> str:
        self._made += 1
        answer = self._desk.perform(step, self._target(f"shelf-{self._made}", **tickets))
        assert isinstance(answer, Done), answer
        return answer.ticket or ""

    def ticket(self, **changed: Any) -> str:
        return self.do(replace(self._step, **changed))

    def details(self, key: str, name: str = "Jane Doe", email: str = "jane@example.com") -> None:
        body = DETAILS.format(name=name, email=email)
        self.do(InternalComment(id="c", rules=("T5",), ticket=Ticket.HOMEOWNER, key=key, body=body))

    def reply(self, key: str, body: str) -> None:
        self.do(PublicReply(id="r", rules=("H4",), ticket=Ticket.HOMEOWNER, key=key, reply="own", body=body))

    def link(self, home: str, phrase: str, other: str) -> None:
        step = LinkTickets(id="l", rules=("I1",), from_=Ticket.HOMEOWNER, relation=phrase, to=Ticket.INSTALLER)
        self.do(step, homeowner=home, installer=other)

    def close(self, key: str) -> None:
        self.do(
            CloseTicket(
                id="x",
                rules=("T11",),
                ticket=Ticket.HOMEOWNER,
                key=key,
                transition="Done",
                resolution="Other",
                category="Operations",
            )
        )

    def indexed(self) -> None:
        self._clock.now += LAG


@pytest.fixture
def shelf(desk: JiraDesk, homeowner_step: CreateTicket, target: MakeTarget, clock: Clock) -> Shelf:
    return Shelf(desk, homeowner_step, target, clock)


@pytest.fixture
def reader(desk: JiraDesk) -> TicketReader:
    return desk.reader


def keys(answer: object) -> list[str]:
    assert isinstance(answer, Tickets), answer
    return [ticket.key for ticket in answer.tickets]


def one(answer: object) -> SiteTicket:
    assert isinstance(answer, SiteTicket), answer
    return answer


def searches(exchanges: list[Exchange]) -> list[str]:
    return [e.json["jql"] for e in exchanges if e.path.endswith("/search/jql")]


# --- the open tickets of a homeowner ----------------------------------------------------------------------------------


def test_email_name_and_address_each_find_the_open_ticket__T9(shelf: Shelf, reader: TicketReader) -> None:
    key = shelf.ticket()
    shelf.ticket(summary="Homeowner Concern Received – Ann Other – Sunny Roofs", description="Somebody", reporter=None)
    shelf.indexed()
    assert keys(reader.find_open(email="jane@example.com")) == [key]  # by its reporter: no text names the address
    assert keys(reader.find_open(name="Jane Doe")) == [key]
    assert keys(reader.find_open(address=HOME)) == [key]
    assert keys(reader.find_open(address=Address("1 MAIN Street"))) == [key]
    assert keys(reader.find_open("nobody@example.com", "Nobody Known", Address("77 Elm St"))) == []


def test_the_details_comment_is_searched_as_well__T5_T9(shelf: Shelf, reader: TicketReader) -> None:
    key = shelf.ticket(summary="Homeowner Concern Received – x – y", description="x", reporter=None)
    shelf.details(key, email="jane_o'doe+1@mail.example.com")
    shelf.indexed()
    assert keys(reader.find_open(email="jane_o'doe+1@mail.example.com")) == [key]
    assert keys(reader.find_open(name="Jane Doe")) == [key]


def test_what_is_found_is_whole__T9(shelf: Shelf, reader: TicketReader, clock: Clock) -> None:
    made = datetime.fromtimestamp(clock.now, UTC)
    key = shelf.ticket()
    shelf.details(key)
    shelf.reply(key, "Hello Jane Doe\n\nWe asked your installer.")
    shelf.indexed()
    answer = reader.find_open(email="jane@example.com")
    assert isinstance(answer, Tickets)
    (found,) = answer.tickets
    assert answer.complete
    assert (found.project, found.status, found.closed, found.labels) == ("PTO", "Waiting for support", False, ("PTO",))
    assert found.summary == "Homeowner Concern Received – Jane Doe – Sunny Roofs"
    assert found.description.splitlines()[0] == "Homeowner: Jane Doe"
    assert (found.reporter_email, found.by_staff) == ("jane@example.com", False)
    assert (found.organizations, found.request_type) == (("Sunny_Roofs",), "PTO/M3 delay")
    assert found.created is not None
    assert abs((found.created - made).total_seconds()) < 1
    assert [comment.public for comment in found.comments] == [False, True]
    assert found.last_public_comment is not None
    assert found.last_public_comment.text == "Hello Jane Doe\n\nWe asked your installer."
    assert found.last_public_comment.by == "Practice Agent"


def test_a_closed_ticket_and_one_of_another_project_are_no_open_history__T9(
    shelf: Shelf, reader: TicketReader, elsewhere: str
) -> None:
    closed = shelf.ticket()
    shelf.close(closed)
    shelf.indexed()
    assert keys(reader.find_open("jane@example.com", "Jane Doe", HOME)) == []
    assert elsewhere.startswith("EBH-")


def test_the_installer_ticket_comes_with_its_homeowner_ticket__I1_T9(
    shelf: Shelf, reader: TicketReader, installer_step: CreateTicket, playbook: Playbook
) -> None:
    home = shelf.ticket()
    other = shelf.do(replace(installer_step, summary="Homeowner Concern – Sunny Roofs – Somebody", description="x"))
    partner = shelf.ticket(summary="Omnidian Ticket > PTO", description="x", reporter=None)
    shelf.link(home, "is caused by", other)
    shelf.link(home, "relates to", partner)
    shelf.close(partner)
    shelf.indexed()
    answer = reader.find_open(email="jane@example.com")
    assert keys(answer) == [home, other]
    assert isinstance(answer, Tickets)
    assert set(answer.tickets[0].links) == {
        Link("is caused by", "causes", other, "Homeowner Concern – Sunny Roofs – Somebody"),
        Link("relates to", "relates to", partner, "Omnidian Ticket > PTO", closed=True),
    }
    case = Case(Channel.PHONE, "Dana Reyes", Homeowner("Jane", "Doe", "jane@example.com"))
    (matched,) = match(case, [open_ticket(each, playbook) for each in answer.tickets], playbook).matches
    assert (matched.ticket.key, matched.installer_key, matched.exact) == (home, other, True)


def test_a_new_ticket_is_found_once_the_search_shows_it__T9(shelf: Shelf, reader: TicketReader) -> None:
    key = shelf.ticket()
    assert keys(reader.find_open(email="jane@example.com")) == []
    shelf.indexed()
    assert keys(reader.find_open(email="jane@example.com")) == [key]


def test_nothing_known_asks_nothing__T9(reader: TicketReader, exchanges: list[Exchange]) -> None:
    assert reader.find_open() == Tickets()
    assert reader.find_open(email="jane@", name="Jane", address=Address("Main St", "Littleton")) == Tickets()
    assert searches(exchanges) == []


def test_an_account_is_looked_up_once_per_address__T9(
    shelf: Shelf, reader: TicketReader, practice: PracticeDesk
) -> None:
    shelf.ticket()
    practice.forget_requests()
    for _ in range(3):
        reader.find_open(email="jane@example.com")
    asked = [seen.template for seen in practice.requests]
    assert asked.count("/rest/servicedeskapi/servicedesk/{serviceDeskId}/customer") == 1
    assert asked.count("/rest/api/3/search/jql") == 3
    assert len(asked) == 4


def test_a_customer_made_since_the_last_look_is_found__T9_H3(shelf: Shelf, reader: TicketReader) -> None:
    assert keys(reader.find_open(email="new@example.com")) == []
    key = shelf.ticket(reporter="new@example.com", description="x")
    shelf.indexed()
    assert keys(reader.find_open(email="new@example.com")) == [key]


def test_all_pages_are_read_up_to_a_bound_and_more_is_said__T9(
    shelf: Shelf, reader: TicketReader, exchanges: list[Exchange], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ptodesk_gui.desk.history.PAGE", 3)
    made = [shelf.ticket() for _ in range(8)]
    shelf.indexed()
    answer = reader.find_open(email="jane@example.com")
    assert keys(answer) == made[::-1]
    assert isinstance(answer, Tickets)
    assert answer.complete
    assert len(searches(exchanges)) == 3
    made += [shelf.ticket() for _ in range(5)]
    shelf.indexed()
    bounded = reader.find_open(email="jane@example.com")
    assert isinstance(bounded, Tickets)
    assert (keys(bounded), bounded.complete) == (made[:0:-1], False)
    assert len(searches(exchanges)) == 3 + MOST_PAGES


def test_a_ticket_with_many_comments_still_has_its_first_and_latest__T5_T9(
    shelf: Shelf, reader: TicketReader, practice: PracticeDesk
) -> None:
    """A site gives only some comments with a search; the rest is asked for."""
    key = shelf.ticket()
    shelf.details(key)
    shelf.reply(key, "The latest word.")
    shelf.indexed()

    def without_comments(method: str, template: str) -> bool:
        return (method, template) == ("POST", "/rest/api/3/search/jql")

    whole = one(reader.read_ticket(key))
    account = practice.account
    body = {"jql": "project = PTO", "fields": ["*all"]}
    answer = requests.post(
        practice.url + "/rest/api/3/search/jql", json=body, auth=(account.email, account.token), timeout=10
    ).json()
    page = answer["issues"][0]["fields"]["comment"]
    page["comments"] = page["comments"][:1]
    practice.fault(without_comments, bad.answer(200, requests.compat.json.dumps(answer)))
    found = reader.find_open(name="Jane Doe")
    assert isinstance(found, Tickets)
    assert found.tickets[0].comments == whole.comments
    assert len(whole.comments) == 2


# --- names stay text --------------------------------------------------------------------------------------------------

WILD = [
    'x" OR project = EBH OR summary ~ "x',
    "x\\",
    'Jane \\" Doe',
    "Jane AND Doe) OR (project = EBH",
    "O'Brien-Müller 😀",
    "{color:red}Jane{color} Doe",
    "${agent} [~accountid:1]",
    "* ? ~ ^ && || ! ( ) [ ]",
    "EMPTY NULL",
    "\u202eJane\u0000 Doe\n",
]


@pytest.mark.parametrize("text", WILD)
def test_a_name_is_never_part_of_the_search_language__T9(
    shelf: Shelf, reader: TicketReader, elsewhere: str, text: str
) -> None:
    key = shelf.ticket()
    shelf.indexed()
    answer = reader.find_open(f"{text}@example.com", f"Jane {text}", Address(f"1 {text}"))
    assert set(keys(answer)) <= {key}
    assert keys(reader.find_open("jane@example.com", f"Jane {text}", Address(f"9 {text} Road"))) == [key]


@pytest.mark.parametrize("name", ["Jane {color:red}", "Zoë O'Brien-Müller", "李 小龙", 'Jane "JJ" Doe', "Jane \\n Doe"])
def test_a_strange_name_is_found_by_itself__T9(shelf: Shelf, reader: TicketReader, name: str) -> None:
    key = shelf.ticket(summary=f"Homeowner Concern Received – {name} – Sunny Roofs", description="x", reporter=None)
    shelf.indexed()
    assert keys(reader.find_open(name=name)) == [key]


words = st.one_of(st.text(max_size=30), st.sampled_from(WILD))


@given(project=words, accounts=st.lists(words, max_size=3), email=words, name=words, street=words)
def test_whatever_is_typed_the_search_keeps_its_bounds__T9(
    project: str, accounts: list[str], email: str, name: str, street: str
) -> None:
    jql = open_tickets_jql(project, accounts, email, name, Address(f"12 {street}"))
    if not jql:
        return
    where = parse(jql).where
    assert isinstance(where, Both)
    first, second, rest = where.nodes
    assert where.all_of
    assert first == Clause("project", "=", (project,))
    assert second == Clause("statusCategory", "!=", ("Done",))
    leaves = _leaves(rest)
    assert {leaf.field for leaf in leaves} <= {"reporter", "text", "summary"}
    assert [leaf.operands for leaf in leaves if leaf.field == "reporter"] == ([tuple(accounts)] if accounts else [])
    for leaf in leaves:
        for operand in leaf.operands if leaf.operator == "~" else ():
            assert isinstance(operand, str)
            assert operand.startswith('"') and operand.endswith('"')  # noqa: PT018
            assert not set(operand[1:-1]) & set('"\\(){}[]*?~^|!:/')


def _leaves(node: object) -> list[Clause]:
    if isinstance(node, Both):
        return [leaf for inner in node.nodes for leaf in _leaves(inner)]
    assert isinstance(node, Clause)
    return [node]


# --- one ticket -------------------------------------------------------------------------------------------------------


def test_a_ticket_is_read_with_comments_and_our_own_properties__T9(
    desk: JiraDesk, shelf: Shelf, reader: TicketReader, homeowner_step: CreateTicket, target: MakeTarget
) -> None:
    told = replace(target("step-1"), properties={"ptodesk.playbook": {"version": "7"}})
    made = desk.perform(homeowner_step, told)
    assert isinstance(made, Done)
    key = made.ticket or ""
    shelf.details(key)
    ticket = one(reader.read_ticket(key))
    assert ticket.properties == {"ptodesk.step": {"key": "step-1"}, "ptodesk.playbook": {"version": "7"}}
    assert (ticket.key, ticket.asked) == (key, key)
    assert ticket.comments[0].text == DETAILS.format(name="Jane Doe", email="jane@example.com")


def test_a_ticket_is_read_by_its_pasted_address__H1(shelf: Shelf, reader: TicketReader, practice: PracticeDesk) -> None:
    key = shelf.ticket()
    for address in (
        f"{practice.url}/browse/{key}?x=1",
        f"{practice.url}/jira/boards/1?selectedIssue={key}",
        key.lower(),
    ):
        assert one(reader.read_ticket(address)).key == key


def test_an_address_of_another_site_is_not_read_as_one_of_this__H1(
    shelf: Shelf, reader: TicketReader, practice: PracticeDesk
) -> None:
    key = shelf.ticket()
    practice.forget_requests()
    answer = reader.read_ticket(f"https://other.example/browse/{key}")
    assert isinstance(answer, Refused)
    assert answer.reason == f"The address is of another site (other.example), so {key} may be another ticket."
    assert practice.requests == []


def test_a_moved_ticket_gives_its_new_key__T1(shelf: Shelf, reader: TicketReader, elsewhere: str) -> None:
    new = shelf.do(MoveTicket(id="m", rules=("T1",), ticket=Ticket.SOURCE, key=elsewhere, project="PTO"))
    ticket = one(reader.read_ticket(elsewhere))
    assert (ticket.key, ticket.project, ticket.asked) == (new, "PTO", elsewhere)
    assert new != elsewhere


@pytest.mark.parametrize("text", ["", "no key", "PTO-99999", "FIN-1"])
def test_a_ticket_that_cannot_be_read_is_refused_with_a_cure__H1(reader: TicketReader, text: str) -> None:
    answer = reader.read_ticket(text)
    assert isinstance(answer, Refused)
    assert answer.reason
    assert answer.cure


def test_what_a_ticket_says_is_offered_to_the_case__H1_H11(
    shelf: Shelf, reader: TicketReader, elsewhere: str, playbook: Playbook
) -> None:
    ticket = one(reader.read_ticket(elsewhere))
    offers = from_ticket(Entry("call-1"), ticket, playbook, date(2026, 3, 14)).offers
    taken = {offer.field: offer.value for offer in offers}
    assert (taken[Field.EMAIL], taken[Field.FIRST_NAME]) == ("jane@example.com", "Jane")
    assert taken[Field.CHANNEL] == "homeowner_email"


def test_an_email_that_the_site_hides_is_not_known__H11(
    shelf: Shelf, reader: TicketReader, practice: PracticeDesk
) -> None:
    key = shelf.ticket()
    practice.switches.emails_hidden = True
    ticket = one(reader.read_ticket(key))
    assert (ticket.reporter_email, ticket.reporter) == ("", "Jane Doe (sample)")


# --- the waiting list -------------------------------------------------------------------------------------------------


def test_the_waiting_list_is_the_playbooks_search_in_its_order__H11(
    shelf: Shelf, reader: TicketReader, playbook: Playbook, clock: Clock
) -> None:
    first = shelf.ticket(project="EBH", request_type="Account access", organization=None, assignee=None)
    clock.now += 60
    second = shelf.ticket(project="SS", request_type="Account access", organization=None, assignee=None)
    shelf.ticket()  # somebody's already
    shelf.indexed()
    answer = reader.waiting_list(playbook.waiting_tickets)
    assert keys(answer) == [first, second]
    assert isinstance(answer, Tickets)
    assert answer.complete
    assert answer.tickets[0].created is not None
    shorter = reader.waiting_list(playbook.waiting_tickets, most=1)
    assert isinstance(shorter, Tickets)
    assert (keys(shorter), shorter.complete) == ([first], False)


@pytest.mark.parametrize("jql", ["project =", "project = NOWHERE", "ORDER BY created", "nonsense ~ x"])
def test_a_search_that_the_site_refuses_says_so__H11(reader: TicketReader, jql: str) -> None:
    answer = reader.waiting_list(jql)
    assert isinstance(answer, Refused)
    assert answer.reason.startswith("Jira refused what was sent")
    assert "playbook" in answer.cure


# --- whatever a site does ---------------------------------------------------------------------------------------------

FAULTS = [
    (bad.cut_before(), Later),
    (bad.cut_after(), Later),
    (bad.html(), Later),
    (bad.half_body(), Later),
    (bad.answer(200, "[]"), Later),
    (bad.answer(200, '{"issues": 1}'), Later),
    (bad.answer(503, "down"), Later),
    (bad.too_many(7), Later),
    (bad.answer(401), Refused),
    (bad.answer(403), Refused),
    (bad.answer(410), Refused),
    (bad.answer(302, "", {"Location": "https://login.example/"}), Refused),
]


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize(("fault", "kind"), FAULTS)
def test_what_a_site_may_do_is_an_answer_and_never_an_exception__T9(
    shelf: Shelf,
    reader: TicketReader,
    practice: PracticeDesk,
    fault: bad.Fault,
    kind: type,
    exchanges: list[Exchange],
    clock: Clock,
) -> None:
    key = shelf.ticket()
    shelf.indexed()
    practice.fault(SEARCH, fault, times=None)
    practice.fault("GET /rest/api/3/issue/{issueIdOrKey}", fault, times=None)
    for ask in (
        lambda: reader.find_open(name="Jane Doe"),
        lambda: reader.waiting_list("project = PTO"),
        lambda: reader.read_ticket(key),
    ):
        answer = ask()
        assert isinstance(answer, kind), answer
        assert isinstance(answer, Later | Refused)
        assert answer.reason.endswith(".") or ":" in answer.reason
    practice.clear_faults()
    clock.now += 7.0  # the wait that a site may have asked for
    assert keys(reader.find_open(name="Jane Doe")) == [key]
    exchanges.clear()  # the practised faults are no answers of the API's


def test_how_long_to_wait_is_passed_on__T9(reader: TicketReader, practice: PracticeDesk) -> None:
    practice.fault(SEARCH, bad.too_many(7))
    answer = reader.find_open(name="Jane Doe")
    assert isinstance(answer, Later)
    assert answer.after == 7


def test_without_the_customer_list_the_texts_are_searched_and_more_is_possible__T9(
    shelf: Shelf, reader: TicketReader, practice: PracticeDesk
) -> None:
    key = shelf.ticket()
    shelf.details(key)
    shelf.indexed()
    customers = "GET /rest/servicedeskapi/servicedesk/{serviceDeskId}/customer"
    practice.fault(customers, bad.answer(503))
    answer = reader.find_open(email="jane@example.com")
    assert isinstance(answer, Tickets)
    assert (keys(answer), answer.complete) == ([key], False)
    practice.fault(customers, bad.answer(403, '{"errorMessage": "Practice fault."}'))
    refused = reader.find_open(email="jane@example.com")
    assert isinstance(refused, Tickets)
    assert (keys(refused), refused.complete) == ([key], True)
    again = reader.find_open(email="jane@example.com")  # what failed is asked again
    assert isinstance(again, Tickets)
    assert again.complete
