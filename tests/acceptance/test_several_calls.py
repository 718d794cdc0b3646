"""More than one call: each is held as it stands, one key goes from one to the next, and whatever ends the program brings all back."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from ptodesk_gui.application.call import Phase
from ptodesk_gui.application.practice_place import PracticePlace
from ptodesk_gui.sop.entry import Field
from tests.acceptance.agent import SAMPLE, Agent
from tests.acceptance.another_program import drafts_in, killed_once
from tests.acceptance.conftest import OpenWindow

# Begins three calls, the first of them in its review, and goes back to the second.
THREE_CALLS = """
hand.fill(Field.FIRST_NAME, "First")
hand.fill(Field.M2, "2/1/2026")
hand.chord("F9")
hand.chord("Ctrl+N")
hand.fill(Field.FIRST_NAME, "Second")
hand.chord("Ctrl+N")
hand.fill(Field.FIRST_NAME, "Third")
hand.chord("Ctrl+Shift+Tab")
hand.fill(Field.CITY, "Littleton")
"""


def first_name(agent: Agent) -> str:
    return agent.app.window.call_page.checklist.inputs.value(Field.FIRST_NAME)


def listed(agent: Agent) -> list[str]:
    """What the bar of open calls says of each; empty while there is one alone."""
    assert agent.app.switching is not None
    bar = agent.app.switching.bar
    return [b.accessibleName() for b in bar.findChildren(QPushButton) if bar.isVisible() and b.isVisible()]


def test_a_call_is_held_and_gone_on_with_exactly_where_it_was_left(agent: Agent) -> None:
    assert listed(agent) == [], "one call alone takes no room"
    agent.type_call(SAMPLE)
    agent.go_to(Field.ZIP)
    agent.chord("F6")
    reply = agent.app.call.entry.text(Field.HOMEOWNER_REPLY)
    before = agent.app.call.entry
    agent.chord("Ctrl+N")
    assert listed(agent) == ["Jane Doe, on hold", "New call, at hand"]
    agent.fill(Field.FIRST_NAME, "John")
    agent.chord("Ctrl+Tab")
    assert agent.app.call.entry == before
    assert (agent.app.call.focus, agent.app.call.entry.text(Field.HOMEOWNER_REPLY)) == (Field.ZIP, reply)
    focused = agent.app.window.focusWidget()
    assert focused is not None
    assert focused.objectName() == Field.ZIP
    assert listed(agent) == ["Jane Doe, at hand", "John, on hold"]
    agent.chord("Ctrl+Shift+Tab")
    assert (first_name(agent), agent.app.call.entry.text(Field.LAST_NAME)) == ("John", "")


def test_a_call_in_review_is_held_in_its_review(agent: Agent) -> None:
    agent.type_call(SAMPLE)
    agent.end_call()
    agent.chord("Ctrl+N")
    assert agent.page == "call"
    agent.fill(Field.FIRST_NAME, "John")
    assert listed(agent) == ["Jane Doe, in review", "John, at hand"]
    agent.chord("Ctrl+Tab")
    assert (agent.page, agent.app.call.phase) == ("review", Phase.WRAP_UP)
    agent.chord("Ctrl+Return")
    agent.wait(lambda: agent.page == "receipt", "The receipt")
    assert agent.filed().title == "Jane Doe, Sunny Roofs"
    agent.chord("Ctrl+Tab")
    assert (agent.page, first_name(agent)) == ("call", "John")
    assert listed(agent) == [], "the one that was filed is open no more"


def test_a_new_call_in_which_nothing_was_typed_is_not_kept(agent: Agent) -> None:
    agent.fill(Field.FIRST_NAME, "Jane")
    agent.chord("Ctrl+N")
    agent.chord("Ctrl+Tab")
    assert (first_name(agent), listed(agent)) == ("Jane", [])
    agent.chord("Ctrl+Tab")
    assert "No other call is open" in agent.strip


def test_one_key_goes_straight_to_an_open_call_by_the_number_on_its_button(agent: Agent) -> None:
    agent.fill(Field.FIRST_NAME, "Jane")
    agent.go_to(Field.ZIP)
    for name in ("John", "Ann"):
        agent.chord("Ctrl+N")
        agent.fill(Field.FIRST_NAME, name)
    assert agent.app.switching is not None
    bar = agent.app.switching.bar
    assert [b.text().split()[:2] for b in bar.findChildren(QPushButton) if b.isVisible()] == [
        ["1", "Jane"],
        ["2", "John"],
        ["3", "Ann"],
    ]
    agent.chord("Ctrl+Shift+1")
    assert (first_name(agent), agent.app.call.focus) == ("Jane", Field.ZIP)
    agent.chord("Ctrl+Shift+3")
    agent.chord("Ctrl+F")  # past calls
    agent.chord("Ctrl+Shift+3")
    assert (agent.page, first_name(agent)) == ("call", "Ann"), "the one at hand, from another page"
    agent.chord("Ctrl+Shift+4")
    assert (agent.strip, first_name(agent)) == ("There is no open call 4.", "Ann")
    agent.chord("Ctrl+K")
    agent.write("open call 2")
    agent.press(Qt.Key.Key_Return)
    assert first_name(agent) == "John"


def test_closing_with_several_calls_open_keeps_them_and_the_one_at_hand_is_in_front(
    agent: Agent, folder: Path, open_window: OpenWindow
) -> None:
    for name in ("First", "Second", "Third"):
        if not agent.app.call.empty:
            agent.chord("Ctrl+N")
        agent.fill(Field.FIRST_NAME, name)
    agent.chord("Ctrl+Shift+Tab")
    agent.app.window.close()
    agent.app.stop()
    again = open_window(PracticePlace(folder))
    assert first_name(again) == "Second"
    assert listed(again) == ["First, on hold", "Second, at hand", "Third, on hold"]


def test_a_kill_with_three_calls_open_brings_back_three(folder: Path, open_window: OpenWindow) -> None:
    def second_is_kept() -> bool:
        values = [draft["values"] for draft in drafts_in(folder)]
        return any((v.get("homeowner.first_name"), v.get("address.city")) == ("Second", "Littleton") for v in values)

    killed_once(folder, THREE_CALLS, second_is_kept)
    again = open_window(PracticePlace(folder))
    assert first_name(again) == "Second"
    assert listed(again) == ["First, in review", "Second, at hand", "Third, on hold"]
    again.chord("Ctrl+Shift+Tab")
    assert again.page == "review"
    assert again.app.call.entry.text(Field.M2) == "2/1/2026"
