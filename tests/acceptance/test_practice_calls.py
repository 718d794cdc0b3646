"""Practising through the real window: a caller on the line, the call, and the comparison with what the desk has afterwards."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QListWidget, QPlainTextEdit

from ptodesk_gui.application.place import needs_of
from ptodesk_gui.application.training import BAD, COMPARISON, GOOD
from ptodesk_gui.application.training_place import Exercise, TrainingOptions, TrainingPlace
from ptodesk_gui.practice import BadDay
from ptodesk_gui.sop.callers import case_of
from ptodesk_gui.sop.entry import Field
from ptodesk_gui.sop.progress import PlanState
from ptodesk_gui.sop.reading import entry_from_case
from ptodesk_gui.sop.training import Point, Verdict
from ptodesk_gui.workstation.playbook_files import load_playbook
from ptodesk_gui.workstation.settings import Settings
from tests.acceptance.agent import TODAY, Agent

TYPED = [
    *(Field.FIRST_NAME, Field.LAST_NAME, Field.EMAIL, Field.PHONE),
    *(Field.STREET, Field.CITY, Field.STATE, Field.ZIP),
    *(Field.INSTALLER, Field.REP_FIRST_NAME, Field.REP_EMAIL),
    *(Field.JOB_URL, Field.M1, Field.M2, Field.M3, Field.CONCERN),
]
PATIENCE = 90.0

OpenWindow = Callable[..., Agent]


@pytest.fixture(scope="session")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a practice desk with every caller's tickets on it."""
    folder = tmp_path_factory.mktemp("stocked") / "practice"
    place = TrainingPlace(folder, today=lambda: TODAY)
    place.open(needs_of(load_playbook()), Settings())
    place.close()
    return folder


@pytest.fixture
def school(stocked: Path, tmp_path: Path) -> TrainingPlace:
    """Practice mode with callers."""
    folder = Path(shutil.copytree(stocked, tmp_path / "practice"))
    return TrainingPlace(folder, TrainingOptions(settle_after=2.0), today=lambda: TODAY)


@pytest.fixture
def trainee(open_window: OpenWindow, school: TrainingPlace) -> Iterator[Agent]:
    """A trainee before an open window."""
    agent = open_window(school)
    agent.wait(lambda: bool(school.callers), "The practice callers")
    return agent


def let_call(trainee: Agent, caller: str) -> Exercise:
    """Choose a caller from the list by keyboard."""
    training = trainee.app.training
    assert training is not None
    trainee.chord("Ctrl+P")
    chooser = training.panel.findChild(QListWidget)
    rows = [each.id for each in training._place.callers]
    chooser.setCurrentRow(rows.index(caller))
    trainee.chord("Return")
    trainee.wait(lambda: training._exercise is not None, "The caller")
    assert training._exercise is not None
    trainee.app.window.call_page.focus_field(Field.FIRST_NAME)
    return training._exercise


def hear_all(trainee: Agent) -> str:
    """Everything the caller says, sentence by sentence."""
    for _ in range(12):
        trainee.chord("F8")
    return trainee.shown


def type_facts(trainee: Agent, exercise: Exercise, **other: str) -> None:
    """Type what the caller said, and what the job page shows."""
    case = case_of(exercise.caller, exercise.today, trainee.app.call.entry.agent, exercise.keys)
    values = {**entry_from_case(case, "call").values, **{Field[name].value: text for name, text in other.items()}}
    for field in TYPED:
        if field.value in values:
            trainee.fill(field, values[field.value])


def compared(trainee: Agent) -> tuple[Point, ...]:
    """Wait for the comparison and look at it."""
    training = trainee.app.training
    assert training is not None
    trainee.wait(lambda: training._comparison is not None, "The comparison", PATIENCE)
    trainee.chord("Shift+F8")
    assert trainee.page == COMPARISON
    assert training._comparison is not None
    return training._comparison.points


def not_right(points: tuple[Point, ...]) -> list[tuple[str, Verdict]]:
    return [(point.what, point.verdict) for point in points if point.verdict is not Verdict.RIGHT]


def test_a_phone_call_practised_by_keyboard_is_all_as_the_procedure_asks(trainee: Agent) -> None:
    exercise = let_call(trainee, "10-phone-within")
    assert "Avery Within" in hear_all(trainee)
    type_facts(trainee, exercise)
    plan = trainee.end_and_file()
    assert plan.state is PlanState.FILED
    points = compared(trainee)
    assert not_right(points) == []
    assert f"{len(points)} of {len(points)} points as the procedure asks." in trainee.shown
    assert re.search(r"Call \d+:\d\d", trainee.shown)
    assert re.search(r"wrap-up \d+:\d\d", trainee.shown)
    trainee.chord("Escape")
    assert trainee.page == "receipt"


def test_what_was_typed_wrongly_is_pointed_out_with_its_rule(trainee: Agent) -> None:
    exercise = let_call(trainee, "10-phone-within")
    type_facts(trainee, exercise, ZIP="80999", CONCERN="Wants to know when it runs.")
    trainee.end_and_file()
    found = not_right(compared(trainee))
    assert ("Description: Address", Verdict.DIFFERENT) in found
    assert ("Internal comment: Address", Verdict.DIFFERENT) in found
    assert ("Description: Concern", Verdict.LOOK) in found
    shown = trainee.shown
    assert "Description: Address (T7)" in shown
    assert "Address: 12 Sample St, Denver, CO 80201" in shown
    assert "Address: 12 Sample St, Denver, CO 80999" in shown


def test_who_calls_again_is_found_by_the_open_tickets__O2_O5_O6(trainee: Agent) -> None:
    exercise = let_call(trainee, "19-phone-again")
    assert exercise.keys["open_homeowner"] not in trainee.shown
    trainee.fill(Field.FIRST_NAME, "Jules")
    trainee.fill(Field.LAST_NAME, "Again")
    trainee.fill(Field.EMAIL, "jules.again@example.com")
    trainee.choose_open_ticket()
    assert trainee.app.call.entry.text(Field.OPEN_HOMEOWNER) == exercise.keys["open_homeowner"]
    type_facts(trainee, exercise)
    trainee.end_and_file()
    assert {what for what, _ in not_right(compared(trainee))} <= {"New information, as an internal comment"}


def test_the_open_tickets_that_were_not_looked_for_are_missed__T9(trainee: Agent) -> None:
    exercise = let_call(trainee, "19-phone-again")
    type_facts(trainee, exercise)
    trainee.end_and_file()
    found = not_right(compared(trainee))
    assert ("No new homeowner ticket", Verdict.DIFFERENT) in found
    assert ("No installer ticket", Verdict.DIFFERENT) in found
    assert ("Reply", Verdict.DIFFERENT) in found


@pytest.mark.parametrize("caller", ["32-hubspot", "36-omnidian"])
def test_a_waiting_ticket_is_taken_by_its_key_and_its_channel_is_known__H6_H8_H11(trainee: Agent, caller: str) -> None:
    exercise = let_call(trainee, caller)
    trainee.open_ticket(exercise.keys["source"])
    assert trainee.app.call.entry.text(Field.CHANNEL) == exercise.caller.case.channel.value
    type_facts(trainee, exercise)
    trainee.end_and_file()
    assert not_right(compared(trainee)) == []


def test_the_panel_can_be_hidden_and_is_never_in_the_way_of_the_keys(trainee: Agent) -> None:
    training = trainee.app.training
    assert training is not None
    let_call(trainee, "10-phone-within")
    trainee.fill(Field.FIRST_NAME, "Ave")
    trainee.chord("F8")
    trainee.write("ry")
    assert trainee.app.call.entry.text(Field.FIRST_NAME) == "Avery"
    trainee.chord("Ctrl+P")
    assert not training.dock.isVisible()
    trainee.write("!")
    assert trainee.app.call.entry.text(Field.FIRST_NAME) == "Avery!"
    training.dock.open()
    training.dock.close()
    assert not training.dock.isVisible()


def test_the_job_page_is_there_to_be_copied(trainee: Agent) -> None:
    training = trainee.app.training
    assert training is not None
    let_call(trainee, "11-phone-past")
    shown = training.panel.findChild(QPlainTextEdit).toPlainText()
    assert "Homeowner: Blake Past" in shown
    assert "M2 approved on 12/1/2025" in shown
    QGuiApplication.clipboard().setText("copied before")
    trainee.chord("Ctrl+F8")
    assert QGuiApplication.clipboard().text() == shown
    assert trainee.strip == "Copied: the job page. Shift+F2 brings back what was copied before."
    trainee.chord("Shift+F2")
    assert QGuiApplication.clipboard().text() == "copied before"


def test_a_bad_day_can_be_had_at_any_time(trainee: Agent, school: TrainingPlace) -> None:
    trainee.chord("Ctrl+Shift+B")
    trainee.wait(lambda: school.bad_day, "The bad day")
    assert trainee.strip == BAD
    trainee.chord("Ctrl+Shift+B")
    trainee.wait(lambda: not school.bad_day, "The good day")
    assert trainee.strip == GOOD


def test_on_a_bad_day_a_call_through_the_window_ends_exactly_once(
    open_window: OpenWindow, stocked: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(stocked, tmp_path / "practice"))
    options = TrainingOptions(bad_day=BadDay(seed=12, slowest=0.1), settle_after=2.0)
    school = TrainingPlace(folder, options, today=lambda: TODAY)
    trainee = open_window(school)
    trainee.wait(lambda: bool(school.callers), "The practice callers")
    assert trainee.app.window.action("practice.bad_day").isChecked()
    exercise = let_call(trainee, "10-phone-within")
    type_facts(trainee, exercise)
    trainee.end_call()
    trainee.chord("Ctrl+Return")
    trainee.wait(lambda: any(p.state is PlanState.FILED for p in trainee.plans.values()), "The end of filing", PATIENCE)
    assert not_right(compared(trainee)) == []


def test_a_fresh_desk_takes_what_was_filed_before_with_it_and_keeps_what_was_typed(
    open_window: OpenWindow, stocked: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(stocked, tmp_path / "practice"))

    def school(*, fresh: bool) -> TrainingPlace:
        return TrainingPlace(folder, TrainingOptions(fresh=fresh, settle_after=2.0), today=lambda: TODAY)

    before = open_window(school(fresh=False))
    before.wait(lambda: bool(before.app.training and before.app.training._place.callers), "The practice callers")
    exercise = let_call(before, "36-omnidian")
    before.open_ticket(exercise.keys["source"])
    before.chord("F7")
    before.chord("Return")
    before.chord("Return")
    before.chord("Space")  # the job is not in engine: there is something to come back to (H9)
    before.end_and_file()
    assert before.app.reminding is not None
    before.wait(lambda: bool(before.app.reminding and before.app.reminding._all), "The follow-up")
    before.chord("Ctrl+N")
    before.fill(Field.FIRST_NAME, "Jane")
    before.app.window.close()
    before.app.stop()
    kept = open_window(school(fresh=False))
    assert len(kept.plans) == 1
    kept.app.window.close()
    kept.app.stop()
    fresh = open_window(school(fresh=True))
    fresh.wait(lambda: fresh.plans == {}, "The empty outbox")
    assert fresh.app.reminding is not None
    assert fresh.app.reminding._all == ()
    assert fresh.app.call.entry.text(Field.FIRST_NAME) == "Jane"
    assert "36-omnidian" in [caller.id for caller in school_of(fresh).callers]
    let_call(fresh, "10-phone-within")
    assert fresh.app.call.empty


def school_of(trainee: Agent) -> TrainingPlace:
    assert trainee.app.training is not None
    return trainee.app.training._place
