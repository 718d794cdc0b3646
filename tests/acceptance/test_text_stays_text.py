"""What is typed or comes from the site is shown as the text it is, wherever it is shown: no label or tool tip takes it for HTML."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as Text
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from ptodesk_gui.application.practice_place import PracticePlace
from ptodesk_gui.practice.stock import Stock, StockTicket
from ptodesk_gui.sop.entry import Field
from ptodesk_gui.ui.widgets.plain_label import plain_tip
from tests.acceptance.agent import SAMPLE, Agent, Desk

MARK = "<b>Witness</b>"
LINE = f"{MARK}<img src='https://evil.example/x'> {{color:red}} [~accountid:5] & \"quoted\""
CALL = {
    **SAMPLE,
    Field.FIRST_NAME: MARK,
    Field.LAST_NAME: LINE,
    Field.STREET: f"1 {MARK} St",
    Field.CITY: LINE,
    Field.INSTALLER: f"{MARK} Roofs",
    Field.REP_FIRST_NAME: MARK,
    Field.CONCERN: LINE,
}
TICKET = Stock(
    name="marked",
    tickets=(
        StockTicket(
            role="source",
            project="EBH",
            summary=f"When will {LINE}",
            text=f"Homeowner: {LINE}",
            days_ago=2,
            reporter=("witness@example.com", LINE),
        ),
    ),
)


def widgets() -> Iterator[QWidget]:
    for window in QApplication.topLevelWidgets():
        yield window
        yield from window.findChildren(QWidget)


def taken_for_html() -> list[str]:
    """Every widget that would read what was typed as markup, now or when the mouse is on it."""
    found = []
    for widget in widgets():
        if isinstance(widget, QLabel):
            rich = widget.textFormat() is Qt.TextFormat.RichText or (
                widget.textFormat() is not Qt.TextFormat.PlainText and Text.mightBeRichText(widget.text())
            )
            if rich and "Witness" in widget.text():
                found.append(f"label {type(widget).__name__} {widget.text()[:60]}")
        for kind in ("toolTip", "statusTip", "whatsThis"):
            tip = str(widget.property(kind) or "")
            if MARK in tip and Text.mightBeRichText(tip):
                found.append(f"{kind} of {type(widget).__name__} {tip[:60]}")
    return found


def test_markup_that_was_typed_is_text_on_every_page_and_on_the_desk(agent: Agent, desk: Desk) -> None:
    agent.type_call(CALL)
    agent.wait(lambda: MARK in agent.shown, "What was typed")
    assert taken_for_html() == []
    agent.end_call()
    assert MARK in agent.shown
    assert taken_for_html() == []
    agent.chord("Ctrl+Return")
    agent.wait(lambda: agent.page == "receipt", "The receipt")
    plan = agent.filed()
    assert taken_for_html() == []
    agent.chord("Ctrl+Shift+O")
    assert taken_for_html() == []
    filed = desk.ticket(plan.tickets["homeowner"])
    assert LINE in filed.title
    assert LINE in filed.description


def test_markup_in_a_ticket_of_the_site_is_text_in_the_list_and_beside_the_call(
    agent: Agent, place: PracticePlace
) -> None:
    assert place.served is not None
    key = place.served.stock([TICKET])[TICKET.name]["source"]
    agent.open_ticket(key)
    agent.chord("F7")
    agent.wait(lambda: any("Witness" in str(w.property("plainText") or "") for w in widgets()), "The ticket's text")
    assert taken_for_html() == []
    agent.chord("Ctrl+T")
    assert taken_for_html() == []


def test_a_label_that_would_take_it_for_html_is_found(agent: Agent) -> None:
    label = QLabel(MARK, agent.app.window)
    label.setToolTip(MARK)
    assert len(taken_for_html()) == 2
    label.setToolTip(plain_tip(f"{MARK}\n& more"))
    label.setTextFormat(Qt.TextFormat.PlainText)
    assert taken_for_html() == []
    assert label.toolTip() == "<span>&lt;b&gt;Witness&lt;/b&gt;<br>&amp; more</span>"
    label.deleteLater()
