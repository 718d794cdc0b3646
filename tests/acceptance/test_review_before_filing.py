"""The review by keyboard: what blocks leads to its field, what is shown is what is filed, a new day is noticed."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QListWidget

from ptodesk_gui.app import App
from ptodesk_gui.application.clock import Clock
from ptodesk_gui.application.practice_place import PracticePlace
from ptodesk_gui.practice.faults import answer
from ptodesk_gui.sop.entry import Field
from ptodesk_gui.sop.progress import PlanState
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.text_size import set_text_size
from tests.acceptance.agent import SAMPLE, TODAY, Agent, Desk


def problems(agent: Agent) -> str:
    rows = next(r for r in agent.app.window.findChildren(QListWidget) if "Look at these" in r.accessibleName())
    return "\n".join(rows.item(row).text() for row in range(rows.count()))


def test_an_impossible_date_blocks_filing_and_enter_leads_to_it__C14(agent: Agent) -> None:
    agent.type_call(SAMPLE | {Field.M2: "3/20/2026"})
    agent.end_call()
    assert "Must be mended" in problems(agent)
    agent.chord("Ctrl+Return")
    assert agent.page == "review"
    assert agent.plans == {}
    agent.chord("Return")
    assert agent.page == "call"
    assert agent.app.call.focus == Field.M2
    agent.fill(Field.M2, "2/1/2026")
    assert agent.end_and_file().state is PlanState.FILED


def test_billing_words_for_the_installer_wait_for_a_confirmation__I5(agent: Agent, desk: Desk) -> None:
    agent.type_call(SAMPLE | {Field.INSTALLER_CONCERN: "asks about the double billing"})
    agent.end_call()
    agent.chord("Ctrl+Return")
    assert agent.page == "review"
    agent.chord("Escape")
    agent.fill(Field.INSTALLER_CONCERN, "asks when PTO is expected")
    plan = agent.end_and_file()
    assert "Concern: asks when PTO is expected" in desk.ticket(plan.tickets["installer"]).description


def test_escape_goes_back_to_the_field_the_call_was_left_from(agent: Agent) -> None:
    agent.type_call(SAMPLE)
    agent.go_to(Field.ZIP)
    agent.end_call()
    agent.chord("Escape")
    assert agent.page == "call"
    assert agent.app.call.focus == Field.ZIP


@pytest.fixture
def sized(qapp: QApplication) -> Iterator[QApplication]:
    yield qapp
    set_text_size(qapp, theme.USUAL)


def test_the_review_keeps_the_keyboard_while_the_call_page_behind_it_is_laid_out_anew(
    agent: Agent, sized: QApplication
) -> None:
    """With text twice as large the call page becomes one column; its field must not take the keys where it is not seen."""
    window = agent.app.window
    window.resize(1024, 700)
    agent.type_call(SAMPLE | {Field.M2: "3/20/2026"})
    agent.go_to(Field.M2)
    agent.end_call()
    for percent in (200, theme.USUAL, 200):
        set_text_size(sized, percent)
        stacked = window.call_page._stacked
        assert stacked is not None
        assert stacked.on is (percent == 200), "it is laid out anew behind the review"
        held = sized.focusWidget()
        assert isinstance(held, QListWidget)
        assert held.isVisible()
    agent.chord("Escape")
    assert agent.page == "call"
    assert agent.app.call.focus == Field.M2
    agent.fill(Field.M2, "2/1/2026")
    assert agent.end_and_file().state is PlanState.FILED


def test_a_step_the_site_refuses_is_never_shown_as_done(agent: Agent, place: PracticePlace) -> None:
    assert place.served is not None
    place.served.fault("POST /rest/api/3/issueLink", answer(403), times=None)
    agent.type_call(SAMPLE)
    plan = agent.end_and_file()
    assert plan.state is PlanState.PERSON
    assert "Not all filed: a person is needed (6 of 7 steps done)" in agent.shown
    place.served.clear_faults()
    agent.press_button("Try again now")
    agent.wait(lambda: agent.plans[plan.plan_id].state is PlanState.FILED, "The filing")
    assert "Filed" in agent.shown


class Days:
    """A calendar turned by hand."""

    def __init__(self) -> None:
        self.today = TODAY


@pytest.fixture
def days() -> Days:
    return Days()


@pytest.fixture
def late(qapp: QApplication, place: PracticePlace, days: Days) -> Iterator[Agent]:
    """An agent whose day can end."""
    agent = Agent(App(place, Clock(today=lambda: days.today), practice=True, countdown=0))
    agent.open()
    yield agent
    agent.app.window.close()
    agent.app.stop()
    agent.app.window.deleteLater()
    agent.app.deleteLater()


def test_after_midnight_the_call_and_the_review_are_of_the_new_day__C11_C15(late: Agent, days: Days) -> None:
    late.type_call(SAMPLE | {Field.M1: "12/1/2025", Field.M2: "1/13/2026"})  # day 60: still within
    assert late.app.call.view is not None
    assert late.app.call.view.grace.status == "within"
    late.end_call()
    assert "delayed past the 60-day period" not in late.shown
    days.today = date(2026, 3, 15)
    late.wait(lambda: "delayed past the 60-day period" in late.shown, "The new day")
    assert late.app.call.view.grace.status == "past"
