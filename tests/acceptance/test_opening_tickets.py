"""Tickets that are there already, opened in the real window: one ticket, one case, and nothing typed is ever lost."""

from ptodesk_gui.application.practice_place import PracticePlace
from ptodesk_gui.practice.faults import answer
from ptodesk_gui.sop.entry import Field
from ptodesk_gui.sop.progress import PlanState
from tests.acceptance.agent import SAMPLE, Agent, Desk
from tests.acceptance.waiting import EMAIL, EXTRA, OMNIDIAN, OPEN_PAIR


def strip(agent: Agent) -> str:
    assert agent.app.beside is not None
    view = agent.app.beside.strip.view
    return f"{view.headline} {view.rest}"


def typed(agent: Agent) -> dict[str, str]:
    """Everything that stands in the call."""
    return {path: value for path, value in agent.app.call.entry.values.items() if value}


def test_a_key_that_the_site_does_not_have_is_said_beside_it_and_the_call_stays(agent: Agent) -> None:
    agent.fill(Field.FIRST_NAME, "Jane")
    agent.chord("Ctrl+T")
    agent.write("EBH-999")
    agent.chord("Return")
    agent.wait(lambda: "does not have EBH-999" in agent.shown, "The answer")
    assert agent.page == "tickets"
    agent.chord("Escape")
    assert agent.page == "call"
    assert typed(agent) == {"homeowner.first_name": "Jane"}


def test_a_ticket_opened_by_key_joins_the_call_and_writes_over_nothing__H1(
    agent: Agent, place: PracticePlace, desk: Desk
) -> None:
    assert place.served is not None
    key = place.served.stock([EMAIL])[EMAIL.name]["source"]
    agent.fill(Field.FIRST_NAME, "Janet")
    agent.fill(Field.CONCERN, "asks about PTO")
    call_id = agent.app.call.entry.call_id
    agent.open_ticket(f"{place.served.url}/browse/{key}".removeprefix("http://").rpartition("/")[2])
    assert agent.app.call.entry.call_id == call_id
    assert agent.app.call.entry.text(Field.FIRST_NAME) == "Janet"
    assert agent.app.call.entry.text(Field.CONCERN) == "asks about PTO"
    assert agent.app.beside is not None
    assert agent.app.call.entry.text(Field.CHANNEL) == "", "it stays a phone call"
    assert agent.app.window.call_page.say.isVisible()
    assert agent.app.beside.source.text.isVisible()
    offered = [row.value for row in agent.app.beside.offers._view.rows]
    assert "Jane" in offered, "what is typed otherwise is offered"


def test_a_ticket_that_was_read_for_one_call_never_joins_another(
    agent: Agent, place: PracticePlace, desk: Desk
) -> None:
    """Else one homeowner's reply would go into the ticket of another."""
    assert place.served is not None
    key = place.served.stock([EMAIL])[EMAIL.name]["source"]
    agent.fill(Field.FIRST_NAME, "Janet")
    assert agent.app.beside is not None
    agent.app.beside.arriving.open(key)
    agent.app.new_call()  # before the site has answered
    agent.wait(lambda: "another call is at hand" in agent.strip, "The answer")
    assert (typed(agent), agent.page) == ({}, "call")
    agent.chord("Ctrl+Tab")
    assert typed(agent) == {"homeowner.first_name": "Janet"}


def test_a_waiting_ticket_begins_a_case_of_its_own_and_the_call_at_hand_is_kept(
    agent: Agent, place: PracticePlace, desk: Desk
) -> None:
    assert place.served is not None
    place.served.stock([OMNIDIAN])
    desk.keys()
    agent.fill(Field.FIRST_NAME, "Jane")
    call_id = agent.app.call.entry.call_id
    agent.chord("Ctrl+T")
    assert agent.app.beside is not None
    waiting = agent.app.beside.tickets.list
    agent.wait(lambda: waiting.count() == 1, "The waiting list")
    agent.chord("Down")
    agent.chord("Return")
    agent.wait(lambda: agent.page == "call" and bool(agent.app.call.entry.text(Field.SOURCE_KEY)), "The ticket")
    assert agent.app.call.entry.call_id != call_id
    assert agent.app.call.entry.text(Field.FIRST_NAME) == ""
    agent.chord("Ctrl+Shift+O")
    agent.wait(lambda: "Calls that are not filed yet" in agent.shown.replace("&", ""), "The calls that are kept")


def test_the_channel_can_be_overruled_and_the_plan_follows__H11(agent: Agent, place: PracticePlace, desk: Desk) -> None:
    assert place.served is not None
    agent.open_ticket(place.served.stock([OMNIDIAN])[OMNIDIAN.name]["source"])
    assert agent.app.call.entry.text(Field.CHANNEL) == "omnidian"
    agent.chord("F7")
    agent.chord("Up")
    assert agent.app.call.entry.text(Field.CHANNEL) == "account_servicing"
    agent.end_call()
    assert "Account Servicing Ticket > " in agent.shown
    assert "Omnidian Ticket > " not in agent.shown


def test_a_ticket_that_is_being_filed_is_not_opened_again(agent: Agent, place: PracticePlace, desk: Desk) -> None:
    assert place.served is not None
    key = place.served.stock([OMNIDIAN])[OMNIDIAN.name]["source"]
    agent.open_ticket(key)
    agent.type_call({field: SAMPLE[field] for field in SAMPLE if not agent.app.call.entry.text(field)})
    place.served.fault("POST /rest/api/3/bulk/issues/move", answer(503), times=None)
    agent.end_call()
    agent.chord("Ctrl+Return")
    agent.wait(lambda: agent.page == "receipt", "The receipt")
    agent.chord("Ctrl+T")
    agent.write(key)
    agent.chord("Return")
    agent.wait(lambda: f"{key} is being filed already" in agent.shown, "The refusal")
    assert agent.page == "tickets"
    assert agent.app.call.entry.text(Field.SOURCE_KEY) == key, "the call that was filed is still the one at hand"


def test_a_ticket_whose_case_was_begun_before_brings_that_case_back(
    agent: Agent, place: PracticePlace, desk: Desk
) -> None:
    assert place.served is not None
    key = place.served.stock([OMNIDIAN])[OMNIDIAN.name]["source"]
    agent.open_ticket(key)
    agent.fill(Field.CONCERN, "half of the concern")
    call_id = agent.app.call.entry.call_id
    agent.chord("Ctrl+N")
    agent.chord("Ctrl+T")
    agent.write(key)
    agent.chord("Return")
    agent.wait(lambda: agent.app.call.entry.call_id == call_id, "The case")
    assert agent.page == "call"
    assert agent.app.call.entry.text(Field.CONCERN) == "half of the concern"


def test_a_name_taken_from_a_reporter_is_pointed_out_when_the_channel_is_overruled__H11(
    agent: Agent, place: PracticePlace, desk: Desk
) -> None:
    assert place.served is not None
    agent.open_ticket(place.served.stock([EMAIL])[EMAIL.name]["source"])
    assert agent.app.call.entry.text(Field.EMAIL) == "jane@example.com"
    agent.chord("F7")
    agent.chord("Down")
    assert agent.app.call.entry.text(Field.CHANNEL) == "hubspot"
    assert "Check name and email" in agent.strip


def test_the_missing_open_installer_ticket_leads_to_the_open_tickets__I8(
    agent: Agent, place: PracticePlace, desk: Desk
) -> None:
    assert place.served is not None
    found = place.served.stock([OPEN_PAIR, EXTRA])
    agent.open_ticket(found[EXTRA.name]["source"])
    agent.end_call()
    assert "There is no open installer ticket to link it to" in agent.app.call.view.problems[0].text  # type: ignore[union-attr]
    agent.chord("Return")
    assert agent.page == "call"
    assert agent.app.beside is not None
    assert agent.app.beside.panel.isVisible()
    agent.app.beside.panel.key.setFocus()
    agent.write(found[OPEN_PAIR.name]["installer"])
    agent.chord("Return")
    agent.wait(lambda: bool(agent.app.call.entry.text(Field.OPEN_INSTALLER)), "The ticket")
    assert "no new ticket" in strip(agent)
    assert agent.end_and_file().state is PlanState.FILED
