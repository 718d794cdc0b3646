"""Open tickets, pasted text, stale marks and the playbook in the real window: nothing typed is ever lost."""

import shutil
import threading
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from ptodesk_gui.application.practice_place import PracticePlace
from ptodesk_gui.practice.faults import answer, held
from ptodesk_gui.sop.entry import Field
from ptodesk_gui.sop.progress import PlanState
from ptodesk_gui.workstation.playbook_files import packaged_playbook
from tests.acceptance.agent import M2_PAST, SAMPLE, Agent, Desk
from tests.acceptance.conftest import OpenWindow
from tests.acceptance.waiting import OPEN_PAIR

SEARCH = "POST /rest/api/3/search/jql"
JOB_PAGE = """Homeowner: Jane Doe
Address: 1 Main St, Denver, CO 80201
Installer: Sunny Roofs
Contractor: Sam Rep (sam@example.com)
M1 approved 11/5/2025
M2 approved 2/1/2026
https://engine.example/jobs/1
"""


def strip(agent: Agent) -> str:
    assert agent.app.beside is not None
    view = agent.app.beside.strip.view
    return f"{view.headline} {view.rest}"


def typed(agent: Agent) -> dict[str, str]:
    """Everything that stands in the call."""
    return {path: value for path, value in agent.app.call.entry.values.items() if value}


@pytest.fixture
def pair(agent: Agent, place: PracticePlace) -> dict[str, str]:
    """Jane's open tickets on the desk."""
    assert place.served is not None
    return place.served.stock([OPEN_PAIR])[OPEN_PAIR.name]


def test_unchoosing_by_key_makes_new_tickets_again_and_loses_nothing__T9(
    agent: Agent, desk: Desk, pair: dict[str, str]
) -> None:
    agent.type_call(SAMPLE)
    before = typed(agent)
    agent.choose_open_ticket()
    assert f"Adds to {pair['homeowner']}: no new homeowner ticket." in strip(agent)
    assert "the homeowner has an open ticket" in agent.shown
    agent.chord("Ctrl+H")
    agent.chord("Return")
    assert typed(agent) == before
    plan = agent.end_and_file()
    assert set(plan.tickets) == {"homeowner", "installer"}
    assert len(desk.keys()) == 4


def test_typing_goes_on_in_the_same_field_while_tickets_are_found_and_chosen(
    agent: Agent, pair: dict[str, str]
) -> None:
    agent.fill(Field.EMAIL, SAMPLE[Field.EMAIL])
    agent.go_to(Field.CONCERN)
    agent.write("asks ")
    agent.wait(lambda: bool(agent.open_tickets), "The open tickets")
    agent.write("again ")
    agent.chord("Ctrl+H")
    agent.chord("Return")
    agent.write("about PTO")
    assert agent.app.call.entry.text(Field.CONCERN) == "asks again about PTO"


def test_a_draft_that_adds_to_an_open_ticket_comes_back_as_one(
    agent: Agent, pair: dict[str, str], folder: Path, open_window: OpenWindow
) -> None:
    agent.fill(Field.EMAIL, SAMPLE[Field.EMAIL])
    agent.choose_open_ticket()
    agent.chord("Ctrl+I")
    agent.write("the meter was changed")
    agent.app.window.close()
    agent.app.stop()
    again = open_window(PracticePlace(folder))
    again.wait(lambda: not again.app.call.empty, "The draft")
    assert f"Adds to {pair['homeowner']}" in strip(again)
    assert again.app.call.entry.text(Field.NEW_INFORMATION) == "the meter was changed"
    focused = again.app.window.focusWidget()
    assert focused is not None
    assert focused.objectName() == Field.NEW_INFORMATION


def test_a_look_up_that_hangs_or_fails_is_never_in_the_way__T9(agent: Agent, place: PracticePlace, desk: Desk) -> None:
    assert place.served is not None
    gate = threading.Event()
    hanging = place.served.fault(SEARCH, held(gate))
    agent.fill(Field.EMAIL, SAMPLE[Field.EMAIL])
    agent.wait(lambda: hanging.hits > 0, "The look-up")
    place.served.fault(SEARCH, answer(500), times=None)
    agent.type_call(SAMPLE)
    agent.wait(lambda: "could not be looked up" in strip(agent), "The quiet line")
    assert agent.strip == ""
    gate.set()
    place.served.clear_faults()
    assert agent.end_and_file().state is PlanState.FILED


def test_closing_while_a_look_up_hangs_waits_for_nobody(agent: Agent, place: PracticePlace) -> None:
    assert place.served is not None
    gate = threading.Event()
    armed = place.served.fault("*", held(gate), times=None)
    agent.fill(Field.EMAIL, SAMPLE[Field.EMAIL])
    agent.wait(lambda: armed.hits > 0, "The look-up")
    agent.app.window.close()
    gate.set()
    agent.app.stop()


def test_a_pasted_job_page_fills_the_call_by_two_keys__C1_C6_T5(agent: Agent) -> None:
    QGuiApplication.clipboard().setText(JOB_PAGE)
    agent.go_to(Field.CONCERN)
    agent.chord("Ctrl+Shift+V")
    agent.chord("Ctrl+Return")
    assert agent.app.call.focus == Field.CONCERN
    assert agent.app.call.entry.text(Field.CONCERN) == ""
    case = agent.app.call.view.case if agent.app.call.view is not None else None
    assert case is not None
    assert (case.homeowner.name, case.address.zip, case.installer.name) == ("Jane Doe", "80201", "Sunny Roofs")
    assert (case.installer.rep_email, case.job.url) == ("sam@example.com", "https://engine.example/jobs/1")
    assert agent.app.call.view is not None
    assert agent.app.call.view.grace.day == 41
    city = agent.app.window.call_page.checklist.inputs.value(Field.CITY)
    assert city == "Denver", "what was taken stands in the field"


def test_a_fact_that_changes_after_a_copy_and_a_sentence_marks_both_and_names_itself(agent: Agent) -> None:
    agent.type_call(SAMPLE)
    agent.chord("F2")
    agent.chord("F4")
    assert "out of date" not in agent.shown
    agent.fill(Field.M2, M2_PAST)
    marks = [line for line in agent.shown.splitlines() if "out of date" in line]
    assert len(marks) == 2
    assert all("the M2 date was 2/1/2026, and is 12/1/2025 by now" in mark for mark in marks)
    agent.chord("F2")
    assert sum("out of date" in line for line in agent.shown.splitlines()) == 1, "the reply was copied again"
    agent.chord("Ctrl+N")
    assert "out of date" not in agent.shown


def test_the_playbooks_version_is_shown_and_filed_with_the_ticket(
    place: PracticePlace, open_window: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Path(shutil.copytree(packaged_playbook(), tmp_path / "lead"))
    toml = own / "playbook.toml"
    toml.write_text(toml.read_text("utf-8").replace('version = "1"', 'version = "7"'), "utf-8")
    monkeypatch.setenv("PTODESK_PLAYBOOK", str(own))
    agent = open_window(place)
    agent.chord("Ctrl+Shift+P")
    assert "version 7 of the playbook" in agent.shown
    agent.chord("Escape")
    agent.type_call(SAMPLE)
    plan = agent.end_and_file()
    assert place.served is not None
    desk = Desk(place.served)
    for key in plan.tickets.values():
        assert desk.property(key, "ptodesk.playbook") == {"version": "7"}
    desk.close()


def test_a_broken_playbook_is_said_with_its_faults_and_stops_no_call(
    place: PracticePlace, open_window: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Path(shutil.copytree(packaged_playbook(), tmp_path / "lead"))
    toml = own / "playbook.toml"
    toml.write_text(toml.read_text("utf-8").replace("grace_days = 60", "grace_days = sixty"), "utf-8")
    monkeypatch.setenv("PTODESK_PLAYBOOK", str(own))
    agent = open_window(place)
    assert "has faults and is not used" in agent.strip
    agent.chord("Ctrl+Shift+P")
    assert agent.page == "playbook"
    agent.chord("Escape")
    agent.type_call(SAMPLE)
    assert agent.end_and_file().state is PlanState.FILED
