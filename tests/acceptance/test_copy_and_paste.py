"""Copy and paste: nothing that was on the clipboard is lost by accident, single lines, and plain text out of web pages."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication

from ptodesk_gui.application.lines import lines_of
from ptodesk_gui.sop.entry import Field
from ptodesk_gui.ui.history.lines_panel import LinesPanel
from ptodesk_gui.ui.widgets.pasted import on_one_line, pasted_text
from tests.acceptance.agent import SAMPLE, Agent

JOB = "https://engine.example/jobs/77"


def on_clipboard() -> str:
    return QGuiApplication.clipboard().text()


def put(text: str = "", html: str = "") -> None:
    data = QMimeData()
    if text:
        data.setText(text)
    if html:
        data.setHtml(html)
    QGuiApplication.clipboard().setMimeData(data)


def test_what_a_copy_took_the_place_of_is_brought_back_by_one_key(agent: Agent) -> None:
    put(JOB)
    agent.type_call(SAMPLE)
    agent.chord("F2")
    reply = on_clipboard()
    assert reply.startswith("Hello Jane")
    assert "Shift+F2 brings back" in agent.strip
    agent.chord("Shift+F2")
    assert on_clipboard() == JOB
    agent.chord("Shift+F2")
    assert on_clipboard() == reply, "once more changes them round"


def test_where_nothing_was_on_the_clipboard_nothing_is_offered(agent: Agent) -> None:
    QGuiApplication.clipboard().clear()
    agent.type_call(SAMPLE)
    agent.chord("F2")
    assert "brings back" not in agent.strip
    before = on_clipboard()
    agent.chord("Shift+F2")
    assert on_clipboard() == before
    assert "Nothing was on the clipboard before" in agent.strip


def test_one_line_is_chosen_and_copied_by_keyboard(agent: Agent) -> None:
    agent.type_call(SAMPLE)
    agent.chord("Ctrl+L")
    panel = agent.app.window.call_page.findChild(LinesPanel)
    assert panel is not None
    assert panel.isVisible()
    view = agent.app.call.view
    assert view is not None
    lines = lines_of(view, "homeowner")
    agent.press(Qt.Key.Key_Down)
    agent.press(Qt.Key.Key_Return)
    assert (on_clipboard(), panel.isVisible()) == (lines[1], False)
    agent.chord("Ctrl+L")
    agent.write("1")
    assert (on_clipboard(), panel.isVisible()) == (lines[0], False)
    assert agent.app.call.focus == Field.CONCERN, "the keyboard is back where it was"


def test_no_line_with_a_blank_is_offered(agent: Agent) -> None:
    agent.type_call({field: text for field, text in SAMPLE.items() if field is not Field.INSTALLER})
    view = agent.app.call.view
    assert view is not None
    lines = lines_of(view, "homeowner")
    assert lines
    assert view.homeowner_reply.chosen_option is not None
    whole = view.homeowner_reply.chosen_option.words
    marked = "".join("\0" if part.blank_field else part.text for part in whole.parts).split("\n")
    incomplete = [line for line in marked if "\0" in line]
    assert incomplete, "the reply names the installer"
    for line in lines:
        assert all(line not in part for unsaid in incomplete for part in (unsaid, *unsaid.split("\0")))
    assert {line.strip() for line in marked if line.strip() and "\0" not in line} <= set(lines)


@pytest.mark.parametrize(
    ("text", "html", "pasted"),
    [
        ("Jane\u00a0Doe\u200b", "<b>Jane&nbsp;Doe</b>", "Jane Doe"),
        ("", "<p>Jane</p><p>Doe &amp; Co</p>", "Jane Doe & Co"),
        ("\u202d303 555 0100\u202c\r\n", "", "303 555 0100"),
        ("1 Main St\nDenver\tCO", "", "1 Main St Denver CO"),
        ("  ", "", "  "),
    ],
)
def test_a_web_page_is_pasted_as_the_plain_text_it_looks_like(text: str, html: str, pasted: str) -> None:
    data = QMimeData()
    if text:
        data.setText(text)
    if html:
        data.setHtml(html)
    assert on_one_line(pasted_text(data)) == pasted


def test_pasting_from_a_page_goes_into_the_fields_as_plain_text(agent: Agent) -> None:
    put("", "<table><tr><td>Jane\u200b</td></tr></table>")
    agent.go_to(Field.FIRST_NAME)
    agent.chord("Ctrl+V")
    assert agent.app.call.entry.text(Field.FIRST_NAME) == "Jane"
    put("First line\u00a0here\nand \ufeffthe second")
    agent.go_to(Field.CONCERN)
    agent.chord("Ctrl+V")
    assert agent.app.call.entry.text(Field.CONCERN) == "First line here\nand the second"
    assert agent.app.call.entry.on(Field.CONCERN_PASTED)
