"""Past calls in the window: found as one types, shown with what was said, copied and filed, and gone on from."""

from datetime import date, datetime

import pytest
from PySide6.QtGui import QGuiApplication

from ptodesk_gui.application.past import search_terms
from ptodesk_gui.sop.entry import Field
from ptodesk_gui.sop.progress import PlanState
from tests.acceptance.agent import SAMPLE, TODAY, Agent


@pytest.mark.parametrize(
    ("typed", "words", "day"),
    [
        ("doe littleton", "doe littleton", None),
        ("doe 3/14", "doe", date(2026, 3, 14)),
        ("2026-01-05", "", date(2026, 1, 5)),
        ("Yesterday jane", "jane", date(2026, 3, 13)),
        ("PTO-12", "PTO-12", None),
        ("1 Main St", "1 Main St", None),
        ("80201", "80201", None),
    ],
)
def test_a_day_among_the_words_is_the_day_of_the_call(typed: str, words: str, day: date | None) -> None:
    asked, since, until = search_terms(typed, TODAY)
    assert asked == words
    if day is None:
        assert (since, until) == (None, None)
    else:
        assert since is not None
        assert until is not None
        assert datetime.fromtimestamp(since).date() == day
        assert 23 * 3600 <= until - since <= 25 * 3600, "a whole day, also where the clock is put forward or back"


def test_a_past_call_is_found_as_one_types_and_a_new_call_begins_from_it(agent: Agent) -> None:
    agent.type_call(SAMPLE)
    agent.chord("F4")
    agent.chord("F2")
    reply = QGuiApplication.clipboard().text()
    plan = agent.end_and_file()
    assert plan.state is PlanState.FILED
    agent.chord("Ctrl+N")
    agent.fill(Field.FIRST_NAME, "John")
    agent.chord("Ctrl+F")
    assert agent.page == "past"
    agent.write("doe denver")
    agent.wait(lambda: "1 found" in agent.shown and "By version" in agent.shown, "The call")
    for words in (*plan.tickets.values(), "Said", "Copied, the reply to the homeowner", reply.split("\n")[0]):
        assert words in agent.shown
    agent.press_button("Copy link")
    assert QGuiApplication.clipboard().text() in plan.browse_urls.values()
    agent.press_button("New call from this one")
    assert agent.page == "call"
    entry = agent.app.call.entry
    kept = {Field.FIRST_NAME, Field.LAST_NAME, Field.EMAIL, Field.STREET, Field.ZIP, Field.INSTALLER, Field.REP_EMAIL}
    assert {field: entry.text(field) for field in kept} == {field: SAMPLE[field] for field in kept}
    assert [entry.text(field) for field in (Field.M2, Field.JOB_URL, Field.CONCERN)] == ["", "", ""], "no findings"
    agent.chord("Ctrl+Tab")
    assert agent.app.call.entry.text(Field.FIRST_NAME) == "John", "the call at hand was held"


def test_nothing_found_is_said_and_an_older_answer_is_not_shown(agent: Agent) -> None:
    agent.type_call(SAMPLE)
    agent.end_and_file()
    agent.chord("Ctrl+F")
    agent.write("nobody")
    agent.wait(lambda: "No past call has all of these words." in agent.shown, "The answer")
    assert "By version" not in agent.shown
    agent.chord("Esc")
    assert agent.page == "receipt"
