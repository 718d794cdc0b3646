"""A link opens a call in the window that is there; one at hand is never touched, and what cannot be opened says why."""

import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit

from ptodesk_gui.__main__ import linked
from ptodesk_gui.application.call import Phase, was_held
from ptodesk_gui.application.popping import FILLED, MOST_WAITING, NONE_WAITS, SOMEBODY, TOO_MANY
from ptodesk_gui.application.practice_place import PracticePlace
from ptodesk_gui.application.presence import OPENED_THERE
from ptodesk_gui.sop.entry import Field, Memory
from ptodesk_gui.workstation import paths
from tests.acceptance.agent import Agent
from tests.acceptance.another_program import names_in, wait_until
from tests.acceptance.conftest import OpenWindow
from tests.acceptance.programs import Start
from tests.acceptance.waiting import OPEN_PAIR

LINK = "ptodesk://call?name=Joe%20Sample&phone=303%20555%200100&job=https://engine.example/jobs/2&address=2%20Main%20St,%2080120"
JANE = {Field.FIRST_NAME: "Jane", Field.EMAIL: "jane@example.com"}


def typed(agent: Agent, *fields: Field) -> tuple[str, ...]:
    return tuple(agent.app.call.entry.text(field) for field in fields)


def wait_until_held(agent: Agent, name: str) -> None:
    """Wait until a call with this name is on disk as one that was left for another."""
    kept: list[object] = []

    def look() -> bool:
        agent.app.backstage.drafts(lambda drafts: kept.extend(draft.payload for draft in drafts))
        return any(name in str(payload) and was_held(payload) for payload in kept if isinstance(payload, Mapping))

    agent.wait(look, f"The call of {name} among the kept ones")


def test_a_link_fills_in_a_call_where_none_is_at_hand(agent: Agent) -> None:
    agent.wait(lambda: agent.app.backstage.known is not None, "The list of ZIP codes")
    agent.app.open_link(LINK)
    assert typed(agent, Field.FIRST_NAME, Field.LAST_NAME, Field.PHONE) == ("Joe", "Sample", "303 555 0100")
    assert typed(agent, Field.CITY, Field.STATE) == ("Littleton", "CO")
    assert (agent.page, agent.strip) == ("call", FILLED)
    assert agent.app.window.call_page.checklist.inputs.value(Field.LAST_NAME) == "Sample"


def test_a_call_at_hand_is_not_touched_and_the_other_one_waits_for_a_key(agent: Agent) -> None:
    agent.type_call(JANE)
    at_hand = agent.app.call.entry
    for _ in range(2):  # phone systems send one twice
        agent.app.open_link(LINK)
    assert agent.app.call.entry is at_hand
    assert agent.strip.startswith("A call from Joe Sample is waiting: Ctrl+Shift+N takes it.")
    agent.chord("Ctrl+Shift+N")
    agent.wait(lambda: typed(agent, Field.FIRST_NAME) == ("Joe",), "The call that waited")
    assert agent.strip == FILLED
    wait_until_held(agent, "Jane")
    agent.chord("Ctrl+Shift+N")
    assert agent.strip == NONE_WAITS


def test_a_call_that_waits_is_kept_like_any_other(agent: Agent) -> None:
    agent.type_call(JANE)
    agent.app.open_link(LINK)
    wait_until_held(agent, "Sample")


def test_a_bad_link_says_why_and_changes_nothing(agent: Agent) -> None:
    agent.app.open_link("ptodesk://call?name=Joe&concern=" + quote("<b>x</b>"))
    assert agent.app.call.empty
    assert agent.strip.startswith("A link was not opened: it has a part that is not known.")


def test_a_link_with_a_ticket_opens_it_with_the_call__H1(agent: Agent, place: PracticePlace) -> None:
    assert place.served is not None
    key = place.served.stock([OPEN_PAIR])[OPEN_PAIR.name]["homeowner"]
    agent.app.open_link(f"ptodesk://call?phone=303%20555%200100&ticket={key}")
    agent.wait(lambda: typed(agent, Field.SOURCE_KEY) == (key,), "The ticket")
    assert typed(agent, Field.PHONE) == ("303 555 0100",)


def test_a_call_that_waited_brings_its_ticket_whichever_key_takes_it__H1(agent: Agent, place: PracticePlace) -> None:
    """Without it, a second pair of tickets would be filed beside the one that is open."""
    assert place.served is not None
    key = place.served.stock([OPEN_PAIR])[OPEN_PAIR.name]["homeowner"]
    agent.type_call(JANE)
    agent.app.open_link(f"{LINK}&ticket={key}")
    agent.chord("Ctrl+Tab")
    agent.wait(lambda: typed(agent, Field.FIRST_NAME, Field.SOURCE_KEY) == ("Joe", key), "The ticket")
    agent.chord("Ctrl+Shift+N")
    assert agent.strip == NONE_WAITS


def test_a_call_that_waited_still_has_its_ticket_after_a_restart__H1(
    agent: Agent, place: PracticePlace, folder: Path, open_window: OpenWindow
) -> None:
    """One with a caller, and one of which nothing but the ticket is known."""
    assert place.served is not None
    key, other = place.served.stock([OPEN_PAIR])[OPEN_PAIR.name].values()
    agent.type_call(JANE)
    agent.app.open_link(f"{LINK}&ticket={key}")
    agent.app.open_link(f"ptodesk://call?ticket={other}")
    agent.app.window.close()
    agent.app.stop()
    again = open_window(PracticePlace(folder))
    assert typed(again, Field.FIRST_NAME, Field.SOURCE_KEY) == ("Jane", "")
    again.chord("Ctrl+Tab")
    again.wait(lambda: typed(again, Field.FIRST_NAME, Field.SOURCE_KEY) == ("Joe", key), "The first ticket")
    again.chord("Ctrl+Tab")
    again.wait(lambda: typed(again, Field.SOURCE_KEY) == (other,), "The second ticket")
    again.chord("Ctrl+Shift+1")
    again.chord("Ctrl+Shift+2")
    assert again.strip == "", "a ticket that has joined is not read again"


def test_a_call_that_was_opened_by_a_link_alone_is_gone_when_its_ticket_has_a_case__H1(
    agent: Agent, place: PracticePlace
) -> None:
    assert place.served is not None
    key = place.served.stock([OPEN_PAIR])[OPEN_PAIR.name]["homeowner"]
    agent.open_ticket(key)
    agent.chord("Ctrl+N")
    agent.fill(Field.FIRST_NAME, "Ann")
    agent.app.open_link(f"ptodesk://call?ticket={key}")
    agent.chord("Ctrl+Shift+N")
    agent.wait(lambda: typed(agent, Field.SOURCE_KEY) == (key,), "The case that was begun before")
    assert [call.entry.text(Field.FIRST_NAME) for call in agent.app.calling.open_calls.all] == ["Ann"]


def test_the_same_caller_with_a_ticket_that_the_call_lacks_waits_and_once_only__H1(
    agent: Agent, place: PracticePlace
) -> None:
    assert place.served is not None
    key = place.served.stock([OPEN_PAIR])[OPEN_PAIR.name]["homeowner"]
    agent.app.open_link(LINK)
    for _ in range(2):
        agent.app.open_link(f"{LINK}&ticket={key}")
    assert agent.strip.startswith("A call from Joe Sample is waiting")
    agent.chord("Ctrl+Shift+N")
    agent.wait(lambda: typed(agent, Field.SOURCE_KEY) == (key,), "The ticket")
    for link in (f"{LINK}&ticket={key}", f"ptodesk://call?ticket={key}"):
        agent.app.open_link(link)
    agent.chord("Ctrl+Shift+N")
    assert agent.strip == NONE_WAITS


def test_a_call_keeps_the_ticket_of_its_link_when_another_begins_a_case_meanwhile__H1(
    agent: Agent, place: PracticePlace
) -> None:
    assert place.served is not None
    assert agent.app.beside is not None
    key, other = place.served.stock([OPEN_PAIR])[OPEN_PAIR.name].values()
    agent.app.open_link("ptodesk://call?ticket=PTO-999999")
    agent.wait(lambda: "PTO-999999" in agent.strip, "Why it could not be read")
    link_call = agent.app.call.entry.call_id
    agent.app.beside.arriving.take(other)
    agent.wait(lambda: typed(agent, Field.SOURCE_KEY) == (other,), "The ticket that was taken")
    assert agent.app.call.entry.call_id != link_call
    agent.chord("Ctrl+Tab")
    agent.wait(lambda: agent.app.call.entry.call_id == link_call, "The call that came with a link")
    assert agent.app.call.entry.memory(Memory.LINK_TICKET) == "PTO-999999"
    agent.app.beside.arriving.open(key)
    agent.wait(lambda: typed(agent, Field.SOURCE_KEY) == (key,), "The ticket that joins it")
    assert agent.app.call.entry.memory(Memory.LINK_TICKET) == "", "it is tried no more"


def test_a_link_leaves_the_keyboard_with_the_list_of_actions(agent: Agent) -> None:
    agent.chord("Ctrl+K")
    agent.write("play")
    field = QApplication.focusWidget()
    agent.app.open_link(LINK)
    agent.write("book")
    assert isinstance(field, QLineEdit)
    assert (QApplication.focusWidget(), field.text()) == (field, "playbook")
    assert agent.app.call.empty
    assert agent.strip.startswith("A call from Joe Sample is waiting")
    agent.chord("Esc")
    agent.chord("Ctrl+Shift+N")
    assert typed(agent, Field.FIRST_NAME) == ("Joe",)
    assert agent.app.calling.open_calls.all == (), "the call in which nothing was typed is not kept"


def test_a_call_that_was_thrown_away_waits_no_more(agent: Agent) -> None:
    agent.type_call(JANE)
    agent.app.open_link(LINK)
    agent.app.open_link("ptodesk://call?name=Ann%20Sample")
    assert agent.app.popping is not None
    agent.app.calling.forget(agent.app.popping.waiting[0].call_id)
    agent.chord("Ctrl+Shift+N")
    agent.wait(lambda: typed(agent, Field.FIRST_NAME) == ("Ann",), "The call that still waits")


def test_a_link_leads_out_of_the_review_of_an_empty_call(agent: Agent) -> None:
    agent.end_call()
    agent.app.open_link(LINK)
    assert (agent.page, agent.app.call.phase) == ("call", Phase.CALL)


def test_no_number_of_links_fills_the_disk(agent: Agent) -> None:
    agent.type_call(JANE)
    for number in range(MOST_WAITING + 5):
        agent.app.open_link(f"ptodesk://call?ticket=PTO-{number + 1}")
    assert agent.app.popping is not None
    assert len(agent.app.popping.waiting) == MOST_WAITING
    assert agent.strip == f"A link was not opened: {TOO_MANY}"
    assert SOMEBODY not in agent.strip


def test_beside_a_link_no_argument_counts_but_practice() -> None:
    asked = linked(["--practice", LINK, "--fresh", "--tour", "/tmp"])  # noqa: S108
    assert asked is not None
    assert (asked.practice, asked.link, asked.fresh, asked.tour) == (True, LINK, False, None)
    asked = linked(["PTODESK:x", "--practice"])
    assert asked is not None
    assert (asked.practice, asked.link) == (False, "PTODESK:x")
    assert linked(["--practice"]) is None


@pytest.mark.skipif(sys.platform == "win32", reason="signals stop and kill the programs")
def test_a_second_start_hands_its_link_to_the_window_and_tells_nobody(start: Start) -> None:
    first = start()
    first.next("open")
    assert start(LINK).ended() == (0, f"{OPENED_THERE}\n")
    first.next("forward")
    start().ended()
    assert first.next("forward")["typed"] == "Joe"


@pytest.mark.skipif(sys.platform == "win32", reason="signals stop and kill the programs")
def test_a_second_start_offers_its_link_to_a_window_that_is_busy_with_a_call(start: Start) -> None:
    first = start("--type", "Jane")
    first.next("said")
    wait_until(lambda: names_in(paths.practice_dir()) == {"Jane"})
    assert start(f"{LINK}&ticket=PTO-1").ended() == (0, f"{OPENED_THERE}\n")
    first.next("forward")
    start().ended()
    told = first.next("forward")
    assert (told["typed"], told["focus"]) == ("Jane", Field.FIRST_NAME)
    assert told["strip"].startswith("A call from Joe Sample is waiting: Ctrl+Shift+N takes it.")
    wait_until(lambda: names_in(paths.practice_dir()) == {"Jane", "Joe"})
