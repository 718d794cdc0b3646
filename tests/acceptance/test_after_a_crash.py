"""What was typed survives whatever ends the program, and is back on the same field."""

from pathlib import Path

import pytest

from ptodesk_gui.application.practice_place import PracticePlace
from ptodesk_gui.practice.faults import cut_before
from ptodesk_gui.sop.entry import Field
from ptodesk_gui.sop.progress import PlanState
from tests.acceptance.agent import SAMPLE, Agent
from tests.acceptance.another_program import drafts_in, killed_once
from tests.acceptance.conftest import OpenWindow

TYPED = """
hand.fill(Field.FIRST_NAME, "Jane")
hand.fill(Field.M2, "2/1")
hand.fill(Field.CITY, "Littleton {")
"""


def kept(folder: Path) -> dict[str, object]:
    """The values of the latest draft, read from outside."""
    drafts = drafts_in(folder)
    values = drafts[0]["values"] if drafts else {}
    assert isinstance(values, dict)
    return values


def test_a_killed_program_brings_the_call_back_on_the_same_field(folder: Path, open_window: OpenWindow) -> None:
    killed_once(folder, TYPED, lambda: kept(folder).get(Field.CITY.value) == "Littleton {")
    agent = open_window(PracticePlace(folder))
    agent.wait(lambda: not agent.app.call.empty, "The draft")
    assert agent.app.call.entry.values == {
        "homeowner.first_name": "Jane",
        "job.m2": "2/1",
        "address.city": "Littleton {",
    }
    assert agent.app.call.focus == Field.CITY
    focused = agent.app.window.focusWidget()
    assert focused is not None
    assert focused.objectName() == Field.CITY
    assert "back as you left it" in agent.strip


def test_closing_at_once_after_a_letter_loses_none(agent: Agent, folder: Path, open_window: OpenWindow) -> None:
    agent.fill(Field.FIRST_NAME, "Jane")
    agent.app.window.close()
    agent.app.stop()
    assert kept(folder) == {"homeowner.first_name": "Jane"}


def test_a_filed_call_does_not_come_back(agent: Agent, folder: Path) -> None:
    agent.type_call(SAMPLE)
    agent.end_and_file()
    agent.app.window.close()
    agent.app.stop()
    assert kept(folder) == {}


def test_a_call_left_for_another_is_kept_and_can_be_taken_up_again(agent: Agent) -> None:
    agent.fill(Field.FIRST_NAME, "Jane")
    agent.chord("Ctrl+N")
    assert agent.strip.startswith("The call of Jane is on hold and kept.")
    assert "Ctrl+Tab" in agent.strip, "how to get back"
    agent.fill(Field.FIRST_NAME, "John")
    agent.chord("Ctrl+Shift+O")
    agent.wait(lambda: "Calls that are not filed yet" in agent.shown.replace("&", ""), "The calls that are kept")
    agent.press_button("Take up again")
    agent.wait(lambda: agent.page == "call", "The call")
    assert agent.app.call.entry.text(Field.FIRST_NAME) == "Jane"


def test_unsent_work_is_kept_said_and_goes_on_at_the_next_start(
    agent: Agent, place: PracticePlace, folder: Path, open_window: OpenWindow, capsys: pytest.CaptureFixture[str]
) -> None:
    assert place.served is not None
    place.served.fault("*", cut_before(), times=None)
    agent.type_call(SAMPLE)
    agent.end_call()
    agent.chord("Ctrl+Return")
    agent.wait(lambda: agent.page == "receipt", "The receipt")
    agent.app.window.close()
    agent.app.stop()
    assert "1 call is not all filed; it is kept" in capsys.readouterr().err
    again = open_window(PracticePlace(folder))
    assert again.filed().state is PlanState.FILED


def test_a_second_window_leaves_the_unfinished_call_to_the_first(
    agent: Agent, folder: Path, open_window: OpenWindow
) -> None:
    agent.fill(Field.FIRST_NAME, "Jane")
    agent.wait(lambda: kept(folder) == {"homeowner.first_name": "Jane"}, "The draft on disk")
    second = open_window(PracticePlace(folder))
    assert second.app.call.empty
    assert "Another window" in second.strip
