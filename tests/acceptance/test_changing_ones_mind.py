"""After File there is time to go back to the call: exactly as it was, nothing sent, the next call at hand meanwhile."""

import time
from pathlib import Path

from ptodesk_gui.application.call import Phase
from ptodesk_gui.application.countdown import NOTHING
from ptodesk_gui.application.practice_place import PracticePlace
from ptodesk_gui.sop.entry import Field
from ptodesk_gui.sop.progress import PlanState
from ptodesk_gui.workstation.ledger_file import LedgerFile
from tests.acceptance.agent import SAMPLE, Agent, Desk
from tests.acceptance.conftest import OpenWindow

LONG = 600  # seconds: no machine is that slow


def filed(agent: Agent) -> None:
    agent.end_call()
    agent.chord("Ctrl+Return")
    agent.wait(lambda: agent.page == "receipt", "The receipt")


def in_bar(agent: Agent) -> str:
    """What the bar says of the countdown; empty while none runs."""
    words = [line for line in agent.buttons if "take back" in line]
    return words[0] if words else ""


def test_a_filed_call_is_gone_back_to_exactly_as_it_was_and_nothing_was_sent(
    place: PracticePlace, open_window: OpenWindow
) -> None:
    agent = open_window(place, countdown=LONG)
    assert place.served is not None
    desk = Desk(place.served)
    before = desk.keys()
    agent.type_call(SAMPLE)
    agent.go_to(Field.ZIP)
    entry = agent.app.call.entry
    filed(agent)
    assert "Nothing is sent yet: it goes out in" in agent.shown
    assert ("Back to the call  Ctrl+B" in agent.buttons, in_bar(agent)) == (True, ""), "one button for it is enough"
    agent.chord("Ctrl+N")
    agent.fill(Field.FIRST_NAME, "John")
    assert "Ctrl+B" in in_bar(agent), "the next call can begin during it"
    agent.chord("Ctrl+B")
    agent.wait(lambda: agent.page == "review", "The review")
    assert (agent.app.call.entry, agent.app.call.phase) == (entry, Phase.WRAP_UP)
    assert (agent.plans, in_bar(agent), desk.keys()) == ({}, "", before)
    agent.press_button("Back to the call")
    assert agent.app.call.focus == Field.ZIP
    agent.chord("Ctrl+Tab")
    assert agent.app.call.entry.text(Field.FIRST_NAME) == "John", "nothing of the next call is lost"
    agent.chord("Ctrl+Tab")
    assert agent.app.filing is not None
    agent.app.filing.countdown = 0
    filed(agent)
    assert agent.filed().state is PlanState.FILED
    assert len(desk.keys()) == len(before) + 2
    desk.close()


def test_when_the_countdown_is_over_the_call_is_sent_and_can_be_taken_back_no_more(
    place: PracticePlace, open_window: OpenWindow
) -> None:
    agent = open_window(place, countdown=1)
    agent.type_call(SAMPLE)
    began = time.monotonic()
    filed(agent)
    assert agent.filed().state is PlanState.FILED
    took = time.monotonic() - began
    figures = LedgerFile(place.store_path.parent)
    agent.wait(lambda: any(row.desk is not None for row in figures.rows()), "How long the desk took")
    (row,) = figures.rows()
    assert row.desk is not None
    assert row.desk < took - 0.95, "the countdown is no waiting for the desk"
    agent.wait(lambda: in_bar(agent) == "", "The end of the countdown")
    assert "Nothing is sent yet" not in agent.shown
    agent.chord("Ctrl+B")
    assert "no filed call that could still be taken back" in agent.strip
    assert agent.page == "receipt"


def test_closing_in_the_countdown_keeps_the_call_and_the_next_start_can_still_go_back(
    folder: Path, open_window: OpenWindow
) -> None:
    agent = open_window(PracticePlace(folder), countdown=LONG)
    agent.type_call(SAMPLE)
    filed(agent)
    agent.app.window.close()
    agent.app.stop()
    again = open_window(PracticePlace(folder), countdown=LONG)
    assert again.app.call.empty
    again.chord("Ctrl+B")
    again.wait(lambda: again.page == "review", "The review")
    assert again.app.call.entry.text(Field.LAST_NAME) == "Doe"


def test_of_two_calls_the_one_whose_receipt_is_shown_is_taken_back(
    place: PracticePlace, open_window: OpenWindow
) -> None:
    agent = open_window(place, countdown=LONG)
    for name in ("First", "Second"):
        if not agent.app.call.empty:
            agent.chord("Ctrl+N")
        agent.type_call({**SAMPLE, Field.LAST_NAME: name})
        filed(agent)
    first = min(agent.plans)
    assert agent.app.filing is not None
    agent.app.filing.show_receipt(first)
    agent.press_button("Back to the call")
    agent.wait(lambda: agent.page == "review", "The review")
    assert (agent.app.call.entry.text(Field.LAST_NAME), list(agent.plans)) == ("First", [first + 1])
    agent.chord("Ctrl+B")
    agent.wait(lambda: agent.plans == {}, "The other one back")
    assert agent.app.call.entry.text(Field.LAST_NAME) == "Second"


def test_what_one_window_filed_is_not_taken_back_in_another(folder: Path, open_window: OpenWindow) -> None:
    """The first would go on showing a call as filed that is typed in the second."""
    first = open_window(PracticePlace(folder), countdown=LONG)
    first.type_call(SAMPLE)
    filed(first)
    second = open_window(PracticePlace(folder), countdown=LONG)
    assert list(second.plans) == list(first.plans)
    assert in_bar(second) == ""
    second.app.window.action("call.back").trigger()
    assert second.strip == NOTHING
    assert "Back to the call  Ctrl+B" in first.buttons
    first.app.window.action("call.back").trigger()
    first.wait(lambda: first.page == "review", "The review")


def test_the_lead_says_how_long_in_the_playbook(agent: Agent) -> None:
    assert agent.app.filing is not None
    assert agent.app.filing._procedure is not None
    assert agent.app.filing._procedure.countdown == 10
