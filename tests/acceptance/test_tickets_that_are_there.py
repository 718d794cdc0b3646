"""Every flow that begins with a ticket or meets one, by keyboard through the real window; the desk is compared field by field."""

from collections.abc import Callable

import pytest

from ptodesk_gui.application.practice_place import PracticePlace
from ptodesk_gui.practice.stock import Stock
from ptodesk_gui.sop.entry import Field
from ptodesk_gui.sop.progress import PlanState
from tests.acceptance.agent import SAMPLE, Agent, Comment, Desk, OnDesk
from tests.acceptance.test_whole_calls import NEUTRAL, NOTE
from tests.acceptance.waiting import (
    ACCOUNT_SERVICING,
    DETAILS,
    EMAIL,
    EXTRA,
    HUBSPOT,
    HUBSPOT_NO_JOB,
    LINES,
    OMNIDIAN,
    OPEN_PAIR,
)

DONE = ("Done", "Other", "Operations")
DUPLICATE = ("Duplicate", "Duplicate", "Operations")
TITLE = "Homeowner Concern Received – Jane Doe – Sunny Roofs"
REST = {field: SAMPLE[field] for field in SAMPLE if field not in (Field.FIRST_NAME, Field.LAST_NAME, Field.EMAIL)}

INSTALLER = (Field.INSTALLER, Field.REP_FIRST_NAME)

Put = Callable[..., dict[str, str]]


@pytest.fixture
def put(agent: Agent, place: PracticePlace, desk: Desk) -> Put:
    """Puts tickets on the desk, and waits until its search shows them; their keys by role, each stock's before the next one's."""

    def put_them(*stocks: Stock) -> dict[str, str]:
        assert place.served is not None
        found = place.served.stock(stocks)
        return {role: key for stock in stocks for role, key in found[stock.name].items()}

    return put_them


def internal(ticket: OnDesk) -> list[str]:
    return [comment.text for comment in ticket.comments if not comment.public]


def public(ticket: OnDesk) -> list[str]:
    return [comment.text for comment in ticket.comments if comment.public]


def test_a_second_call_adds_to_the_open_tickets_and_makes_none__T9_O2_O5_O6_O7(
    agent: Agent, desk: Desk, put: Put
) -> None:
    keys = put(OPEN_PAIR)
    agent.fill(Field.EMAIL, SAMPLE[Field.EMAIL])
    agent.choose_open_ticket()
    agent.type_call({field: SAMPLE[field] for field in (Field.FIRST_NAME, Field.LAST_NAME, *INSTALLER)})
    agent.chord("Ctrl+I")
    agent.write("the meter was changed last week")
    plan = agent.end_and_file()
    assert plan.state is PlanState.FILED
    assert desk.keys() == sorted(keys.values())
    homeowner = desk.ticket(keys["homeowner"])
    (said,) = [text for text in public(homeowner) if text != "We will ask your installer."]
    news = [Comment(False, "the meter was changed last week", ()), Comment(True, said, ())]
    assert sorted(homeowner.comments[2:], key=str) == sorted(news, key=str), "in either order"
    assert homeowner == OnDesk(
        key=keys["homeowner"],
        project="PTO",
        title=TITLE,
        description=LINES,
        labels=["PTO"],
        request_type="PTO/M3 delay",
        organizations=["Sunny_Roofs"],
        reporter="jane@example.com",
        assignee="Jessica Hauger",
        comments=[
            Comment(False, DETAILS, ()),
            Comment(True, "We will ask your installer.", ()),
            *homeowner.comments[2:],
        ],
        links=[("is caused by", keys["installer"])],
    )
    assert said.startswith("Hello Jane Doe\n")
    assert "We will inform your installer, Sunny Roofs, of this concern" in said
    told = public(desk.ticket(keys["installer"]))
    assert len(told) == 1
    assert "once again with a new concern" in told[0]
    assert desk.closing(keys["homeowner"])[0] == "Waiting for support"


def test_an_email_of_another_project_is_moved_and_becomes_the_homeowner_ticket__H1_T1_T2_T3_T4_T5_H2_H3(
    agent: Agent, desk: Desk, put: Put
) -> None:
    put(EMAIL)
    desk.keys()
    agent.chord("Ctrl+T")
    assert agent.app.beside is not None
    agent.wait(lambda: agent.app.beside.tickets.list.count() == 1, "The waiting list")  # type: ignore[union-attr]
    agent.chord("Down")
    agent.chord("Return")
    agent.wait(lambda: agent.page == "call" and bool(agent.app.call.entry.text(Field.SOURCE_KEY)), "The ticket")
    assert agent.app.call.entry.text(Field.FIRST_NAME) == "Jane"
    assert agent.app.call.entry.text(Field.EMAIL) == "jane@example.com"
    agent.type_call(REST)
    plan = agent.end_and_file()
    assert plan.state is PlanState.FILED
    keys = desk.keys()
    assert sorted(plan.tickets.values()) == keys
    assert all(key.startswith("PTO-") for key in keys)
    homeowner, installer = desk.ticket(plan.tickets["homeowner"]), desk.ticket(plan.tickets["installer"])
    said = public(homeowner)[0]
    assert homeowner == OnDesk(
        key=plan.tickets["homeowner"],
        project="PTO",
        title=TITLE,
        description=f"Homeowner: Jane Doe\nAddress: 1 Main St, Denver, CO 80201\nConcern: {SAMPLE[Field.CONCERN]}",
        labels=["PTO"],
        request_type="PTO/M3 delay",
        organizations=["Sunny_Roofs"],
        reporter="jane@example.com",
        assignee="Jessica Hauger",
        comments=[Comment(False, NOTE, ()), Comment(True, said, ())],
        links=[("is caused by", installer.key)],
    )
    assert installer.title == "Homeowner Concern – Sunny Roofs – Jane Doe"
    assert NEUTRAL in installer.description


def test_a_hubspot_email_is_closed_and_a_related_homeowner_ticket_made__H6(agent: Agent, desk: Desk, put: Put) -> None:
    source = put(HUBSPOT)["source"]
    agent.open_ticket(source)
    assert agent.app.call.entry.text(Field.CHANNEL) == "hubspot"
    agent.type_call({field: SAMPLE[field] for field in SAMPLE if not agent.app.call.entry.text(field)})
    plan = agent.end_and_file()
    assert plan.state is PlanState.FILED
    moved, homeowner = desk.ticket(plan.tickets["source"]), desk.ticket(plan.tickets["homeowner"])
    assert (moved.project, moved.title) == ("PTO", "HubSpot: new message from the contact form")
    assert (moved.labels, moved.request_type, moved.organizations) == (["PTO"], "PTO/M3 delay", ["Sunny_Roofs"])
    assert moved.reporter == "noreply@hubspot.com"
    assert internal(moved) == [NOTE]
    assert public(moved) == []
    assert ("relates to", homeowner.key) in moved.links
    assert desk.closing(moved.key) == DONE
    assert homeowner.title == TITLE
    assert homeowner.reporter == "jane@example.com"
    assert sorted(homeowner.links) == [("is caused by", plan.tickets["installer"]), ("relates to", moved.key)]
    assert len(desk.keys()) == 3


def test_a_hubspot_email_without_a_job_is_asked_for_it_in_a_ticket_of_its_own__H7(
    agent: Agent, desk: Desk, put: Put
) -> None:
    agent.open_ticket(put(HUBSPOT_NO_JOB)["source"])
    agent.chord("F7")
    agent.chord("Return")
    agent.chord("Space")
    assert agent.app.call.entry.text(Field.JOB_FOUND) == "no"
    plan = agent.end_and_file()
    assert plan.state is PlanState.FILED
    moved, homeowner = desk.ticket(plan.tickets["source"]), desk.ticket(plan.tickets["homeowner"])
    assert desk.keys() == sorted([moved.key, homeowner.key])
    assert (moved.labels, moved.request_type, moved.organizations) == (["PTO"], "PTO/M3 delay", [])
    assert moved.links == [("relates to", homeowner.key)]
    assert desk.closing(moved.key) == DONE
    assert homeowner.title == "Homeowner Concern Received – jane@example.com – unknown"
    assert homeowner.reporter == "jane@example.com"
    (asked,) = public(homeowner)
    assert "name" in asked
    assert "address" in asked


def test_an_account_servicing_ticket_is_answered_closed_and_related__H8(agent: Agent, desk: Desk, put: Put) -> None:
    agent.open_ticket(put(ACCOUNT_SERVICING)["source"])
    assert agent.app.call.entry.text(Field.CHANNEL) == "account_servicing"
    agent.type_call({field: SAMPLE[field] for field in SAMPLE if not agent.app.call.entry.text(field)})
    plan = agent.end_and_file()
    assert plan.state is PlanState.FILED
    moved, homeowner = desk.ticket(plan.tickets["source"]), desk.ticket(plan.tickets["homeowner"])
    assert moved.title.startswith("Account Servicing Ticket > ")
    assert moved.reporter == "accounts@example.com"
    assert len(public(moved)) == 1
    assert internal(moved) == [NOTE]
    assert desk.closing(moved.key) == DONE
    assert ("relates to", homeowner.key) in moved.links
    assert homeowner.title == TITLE


def test_omnidian_is_asked_whom_they_spoke_with_and_the_ticket_stays_open__H9(
    agent: Agent, desk: Desk, put: Put
) -> None:
    agent.open_ticket(put(OMNIDIAN)["source"])
    assert agent.app.call.entry.text(Field.CHANNEL) == "omnidian"
    agent.chord("F7")
    agent.chord("Return")
    agent.chord("Return")
    agent.chord("Space")
    agent.end_call()
    agent.chord("Ctrl+Return")
    agent.wait(lambda: agent.page == "receipt", "The receipt")
    plan = agent.filed()
    moved = desk.ticket(plan.tickets["source"])
    assert desk.keys() == [moved.key]
    assert moved.title == "Omnidian Ticket > Homeowner asks about PTO"
    assert (moved.labels, moved.request_type) == (["PTO"], "PTO/M3 delay")
    assert moved.reporter == "care@omnidian.com"
    (asked,) = public(moved)
    assert "address" in asked
    assert desk.closing(moved.key)[1] is None
    assert desk.property(moved.key, "ptodesk.playbook") == {"version": "1"}


def test_omnidian_who_cannot_say_which_job_is_told_that_it_cannot_be_processed__H10(
    agent: Agent, desk: Desk, put: Put
) -> None:
    agent.open_ticket(put(OMNIDIAN)["source"])
    agent.chord("F7")
    for key in ("Return", "Return", "Space", "Return", "Space"):
        agent.chord(key)
    assert agent.app.call.entry.on(Field.PARTNER_CANNOT_IDENTIFY)
    agent.end_call()
    assert "24 hours" in agent.shown
    agent.chord("Ctrl+Return")
    agent.wait(lambda: agent.page == "receipt", "The receipt")
    plan = agent.filed()
    moved = desk.ticket(plan.tickets["source"])
    assert desk.keys() == [moved.key]
    assert len(public(moved)) == 1
    assert desk.closing(moved.key)[1] is None, "it is closed 24 hours later"


def test_an_extra_ticket_of_an_installer_duplicates_the_open_one__I8_T12(agent: Agent, desk: Desk, put: Put) -> None:
    keys = put(OPEN_PAIR, EXTRA)
    agent.open_ticket(keys["source"])
    assert agent.app.call.entry.text(Field.CHANNEL) == "installer"
    agent.type_call({Field.FIRST_NAME: "Jane", Field.LAST_NAME: "Doe", Field.INSTALLER: "Sunny Roofs"})
    agent.fill(Field.STREET, "1 Main St")
    agent.fill(Field.ZIP, "80201")
    agent.choose_open_ticket()
    assert agent.app.call.entry.text(Field.OPEN_INSTALLER) == keys["installer"]
    plan = agent.end_and_file()
    assert plan.state is PlanState.FILED
    moved = desk.ticket(plan.tickets["source"])
    assert moved.links == [("duplicates", keys["installer"])]
    assert (moved.labels, moved.request_type, moved.organizations) == (["PTO"], "PTO/M3 delay", ["Sunny_Roofs"])
    assert moved.reporter is None
    assert desk.closing(moved.key) == DUPLICATE
    assert len(desk.keys()) == 3


@pytest.mark.parametrize(
    ("source", "relation", "closing", "reporter"),
    [
        pytest.param(EMAIL, "duplicates", DUPLICATE, None, id="email"),
        pytest.param(HUBSPOT, "relates to", DONE, "noreply@hubspot.com", id="hubspot"),
        pytest.param(ACCOUNT_SERVICING, "relates to", DONE, "accounts@example.com", id="account servicing"),
    ],
)
def test_a_ticket_of_a_homeowner_with_open_tickets_is_linked_and_closed__O1_O3_O4_O5_O6(
    agent: Agent,
    desk: Desk,
    put: Put,
    source: Stock,
    relation: str,
    closing: tuple[str, str, str],
    reporter: str | None,
) -> None:
    keys = put(OPEN_PAIR, source)
    agent.open_ticket(keys["source"])
    agent.choose_open_ticket()
    agent.type_call({field: SAMPLE[field] for field in INSTALLER})
    agent.chord("Ctrl+I")
    agent.write("nobody has called back")
    plan = agent.end_and_file()
    assert plan.state is PlanState.FILED
    moved = desk.ticket(plan.tickets["source"])
    assert moved.links == [(relation, keys["homeowner"])]
    assert desk.closing(moved.key) == closing
    assert moved.reporter == reporter
    homeowner = desk.ticket(keys["homeowner"])
    assert internal(homeowner)[-1] == "nobody has called back"
    assert public(homeowner)[-1].startswith("Hello Jane Doe\n")
    assert "once again with a new concern" in public(desk.ticket(keys["installer"]))[-1]
    assert len(desk.keys()) == 3
