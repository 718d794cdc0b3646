"""Copying during the call: whole texts only, and a refusal that says where the gap is."""

from PySide6.QtGui import QGuiApplication

from ptodesk_gui.sop.entry import Field
from tests.acceptance.agent import SAMPLE, Agent


def test_a_refused_copy_names_the_blank_and_goes_to_its_field(agent: Agent) -> None:
    QGuiApplication.clipboard().setText("what was there before")
    agent.type_call(SAMPLE | {Field.REP_FIRST_NAME: ""})
    agent.go_to(Field.CONCERN)
    agent.chord("F3")
    assert "Nothing was copied: not known yet: representative's first name." in agent.strip
    assert agent.app.call.focus == Field.REP_FIRST_NAME
    assert QGuiApplication.clipboard().text() == "what was there before"


def test_a_copied_reply_is_whole_and_has_no_markup_of_its_own(agent: Agent) -> None:
    agent.type_call(SAMPLE | {Field.LAST_NAME: "<b>Doe</b> & ${blank}"})
    agent.chord("F2")
    data = QGuiApplication.clipboard().mimeData()
    assert data.text().startswith("Hello Jane <b>Doe</b> & ${blank}\n")
    assert "Hello Jane &lt;b&gt;Doe&lt;/b&gt; &amp; ${blank}" in data.html()
    assert data.text().endswith("Practice Agent")
    assert "Copied" in agent.strip


def test_why_nothing_was_copied_is_not_said_through_the_review(agent: Agent) -> None:
    agent.type_call(SAMPLE | {Field.REP_FIRST_NAME: ""})
    agent.chord("F3")
    assert agent.strip.startswith("Nothing was copied")
    agent.end_call()
    assert agent.strip == ""


def test_without_a_reply_nothing_is_copied_and_the_reason_is_said__C12(agent: Agent) -> None:
    QGuiApplication.clipboard().clear()
    agent.type_call(SAMPLE | {Field.M2: ""})
    agent.chord("F2")
    assert "Nothing was copied" in agent.strip
    assert QGuiApplication.clipboard().text() == ""
