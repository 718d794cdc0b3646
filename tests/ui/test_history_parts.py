"""What stands beside the call of tickets that are there: nothing moves, everything by keyboard, everything named."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from ptodesk_gui.sop.entry import NO, YES, Entry, Field
from ptodesk_gui.sop.tickets import HistoryRow, HistoryView, Match, OpenTicket, Role
from ptodesk_gui.sop.view import CallView, StaleMark
from ptodesk_gui.ui.history.offers_panel import OffersPanel
from ptodesk_gui.ui.history.panel import HistoryPanel
from ptodesk_gui.ui.history.source_panel import SourcePanel
from ptodesk_gui.ui.history.strip import HistoryStrip
from ptodesk_gui.ui.history.view import (
    OfferRow,
    OffersView,
    SourceView,
    StripView,
    Tone,
)
from ptodesk_gui.ui.main_window import MainWindow

LONG = "a sentence that goes on " * 30
STRIPS = [
    StripView(Tone.QUIET, "Open tickets", "are being looked up"),
    StripView(Tone.DOUBTFUL, "May be: Homeowner ticket PTO-5", LONG, "Choose, 12 more"),
    StripView(Tone.FOUND, "Homeowner ticket PTO-5, installer ticket PTO-6", LONG, "Choose"),
    StripView(
        Tone.CHOSEN, "Adds to PTO-5: no new homeowner ticket.", "Replies in PTO-5 and PTO-6.", "Change", news=True
    ),
]
CHANNELS = {"phone": "Phone", "hubspot": "HubSpot", "omnidian": "Omnidian"}
SOURCE = SourceView("SS-1", "omnidian", CHANNELS, "From care@omnidian.com.", "Dear team", True, "asks", True, True)


def row(key: str, *, exact: bool = True, chosen: bool = False) -> HistoryRow:
    ticket = OpenTicket(
        key, "Sample title", "Waiting for support", datetime(2026, 3, 1, tzinfo=UTC), "PTO", Role.HOMEOWNER
    )
    match = Match(ticket, exact, "Same email.")
    return HistoryRow(
        match, "Sample title", "3 days ago", "Sample Agent: hello", f"Homeowner ticket {key}", chosen=chosen
    )


@pytest.fixture
def window(qtbot: QtBot, themed: QApplication, call_stages: dict[str, CallView]) -> MainWindow:
    made = MainWindow(practice=False)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.call_page.set_view(call_stages["within"])
    return made


@pytest.fixture
def strip(window: MainWindow) -> HistoryStrip:
    made = HistoryStrip("Ctrl+H", "Ctrl+Shift+V")
    window.call_page.add_strip(made)
    QApplication.processEvents()
    return made


@pytest.fixture
def source(window: MainWindow) -> SourcePanel:
    made = SourcePanel()
    window.call_page.add_source(made)
    made.set_view(SOURCE)
    QApplication.processEvents()
    return made


Boxes = dict[str, tuple[object, ...]]


def boxes(window: MainWindow) -> Boxes:
    """Where the inputs and the advice stand, once everything has its place."""
    page = window.call_page
    parts: dict[str, QWidget] = {field.value: made for field, made in page.checklist.inputs.by_field.items()}
    parts |= {"grace": page.grace, "say": page.say, "replies": page.replies}
    found: Boxes = {}
    while True:
        QApplication.processEvents()
        now: Boxes = {name: (part.mapTo(page, QPoint(0, 0)), part.size()) for name, part in parts.items()}
        if now == found:
            return found
        found = now


def test_nothing_moves_when_the_strip_comes_or_says_something_else(window: MainWindow) -> None:
    before = boxes(window)
    strip = HistoryStrip("Ctrl+H", "Ctrl+Shift+V")
    window.call_page.add_strip(strip)
    for view in STRIPS:
        strip.set_view(view)
        assert boxes(window) == before, view.tone


@pytest.mark.parametrize("size", [(1280, 800), (1024, 768)])
@pytest.mark.parametrize("view", STRIPS, ids=lambda view: view.tone.name)
def test_the_strips_headline_and_button_are_never_cut(
    window: MainWindow, strip: HistoryStrip, view: StripView, size: tuple[int, int]
) -> None:
    window.resize(*size)
    strip.set_view(view)
    QApplication.processEvents()
    for label in strip.findChildren(QLabel):
        if label.isVisible() and label.text() == view.headline:
            assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width()
            assert label.fontMetrics().height() <= label.height()
            break
    else:
        pytest.fail("the headline is not shown")
    assert strip.accessibleDescription() == f"{view.headline} {view.rest}"


def test_the_new_information_is_typed_while_a_ticket_is_chosen__O7(strip: HistoryStrip) -> None:
    said: list[tuple[str, str]] = []
    strip.edited.connect(lambda path, value: said.append((path, value)))
    assert not strip.focus_field(Field.NEW_INFORMATION)
    strip.set_view(STRIPS[3])
    strip.load(Entry("x", values={Field.NEW_INFORMATION.value: "a"}))
    assert strip.focus_field(Field.NEW_INFORMATION)
    QTest.keyClicks(strip.news, "b")
    assert said == [(Field.NEW_INFORMATION.value, "ab")]


@pytest.fixture
def panel(window: MainWindow, qtbot: QtBot) -> HistoryPanel:
    made = HistoryPanel(window.call_page)
    made.set_history(HistoryView("2 open tickets", (row("PTO-5"), row("PTO-7", exact=False))))
    window.call_page.focus_field(Field.CITY)
    window.call_page.show_over(made)
    made.open()
    return made


def test_the_list_opens_over_the_advice_and_esc_goes_back_to_the_field(
    window: MainWindow, panel: HistoryPanel, qtbot: QtBot
) -> None:
    page = window.call_page
    assert not panel.geometry().intersects(page.grace.geometry())
    assert panel.geometry().contains(page.replies.geometry())
    assert panel.list.hasFocus()
    QTest.keyClick(panel.list, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert page.checklist.focused is Field.CITY


def test_a_ticket_is_chosen_by_arrows_and_enter(panel: HistoryPanel, qtbot: QtBot) -> None:
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(panel.chosen) as asked:
        QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert asked.args[0].match.ticket.key == "PTO-7"


def test_sure_and_doubtful_and_chosen_are_words_not_colours(panel: HistoryPanel) -> None:
    panel.set_history(HistoryView("", (row("PTO-5", chosen=True), row("PTO-7", exact=False))))
    first, second = panel.list.item(0).text(), panel.list.item(1).text()
    assert first.startswith("CHOSEN: Homeowner ticket PTO-5   Waiting for support, 3 days ago")
    assert "Sure: Same email." in first
    assert "Doubtful: Same email." in second
    assert "Last public comment: Sample Agent: hello" in second


def test_the_ticket_with_the_keyboard_keeps_it_when_more_are_found(panel: HistoryPanel) -> None:
    panel.list.setCurrentRow(1)
    panel.set_history(HistoryView("3 open tickets", (row("PTO-4"), row("PTO-5"), row("PTO-7", exact=False))))
    assert panel.list.currentRow() == 2


def test_another_ticket_is_named_by_its_key(panel: HistoryPanel, qtbot: QtBot) -> None:
    panel.key.setFocus()
    QTest.keyClicks(panel.key, "PTO-9")
    with qtbot.waitSignal(panel.named) as asked:
        QTest.keyClick(panel.key, Qt.Key.Key_Return)
    assert asked.args == ["PTO-9"]


@pytest.fixture
def offers(window: MainWindow) -> OffersPanel:
    made = OffersPanel(window.call_page)
    rows = (OfferRow("M2 date", "2/1/2026", "“M2 approved 2/1/2026”"), OfferRow("installer", "A", "“A”", "B"))
    made.set_offers(OffersView("Found", rows))
    window.call_page.show_over(made)
    made.open()
    return made


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_an_offer_is_taken_by_a_key(offers: OffersPanel, qtbot: QtBot, key: Qt.Key) -> None:
    QTest.keyClick(offers.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(offers.taken) as asked:
        QTest.keyClick(offers.list, key)
    assert asked.args == [1]


def test_all_offers_are_taken_by_a_key_and_an_offer_says_what_it_would_replace(
    offers: OffersPanel, qtbot: QtBot
) -> None:
    assert "(instead of B)" in offers.list.item(1).text()
    with qtbot.waitSignal(offers.all_taken):
        QTest.keyClick(offers.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_the_ticket_is_read_beside_the_form_and_its_questions_said__T8_H9_H11(
    source: SourcePanel, window: MainWindow
) -> None:
    said: list[tuple[str, str]] = []
    source.edited.connect(lambda path, value: said.append((path, value)))
    assert source.text.toPlainText() == "Dear team"
    assert source.text.isReadOnly()
    assert source.focus_field(Field.CHANNEL)
    QTest.keyClick(source.channel, Qt.Key.Key_Up)
    QTest.keyClick(source.channel, Qt.Key.Key_Return)
    QTest.keyClicks(source.request, "x")
    source.focus_field(Field.JOB_FOUND)
    QTest.keyClick(source.job_missing, Qt.Key.Key_Space)
    QTest.keyClick(source.cannot_identify, Qt.Key.Key_Space)
    assert said == [
        (Field.CHANNEL.value, "hubspot"),
        (Field.SOURCE_REQUEST.value, "x"),
        (Field.JOB_FOUND.value, NO),
        (Field.PARTNER_CANNOT_IDENTIFY.value, YES),
    ]


def test_beside_a_call_the_text_leaves_the_room_to_the_words_to_say__T8(source: SourcePanel) -> None:
    before = source.height()
    source.set_view(SourceView("SS-1", "phone", CHANNELS, "", LONG, reading=False))
    QApplication.processEvents()
    assert source.text.isVisible()
    assert 0 < source.text.height() < before / 2


def test_the_ticket_beside_the_form_is_no_wider_than_its_side_at_1024(source: SourcePanel, window: MainWindow) -> None:
    assert source.minimumSizeHint().width() <= window.call_page.replies.minimumSizeHint().width()
    window.resize(1024, 768)
    QApplication.processEvents()
    assert window.width() == 1024
    assert window.call_page.rect().contains(source.mapTo(window.call_page, source.rect().bottomRight()))


def test_what_is_not_asked_is_not_seen_and_has_no_keyboard(source: SourcePanel) -> None:
    source.set_view(SourceView("SS-1", "phone", CHANNELS, "", "text", reading=False))
    assert not source.focus_field(Field.JOB_FOUND)
    assert not source.focus_field(Field.SOURCE_REQUEST)
    assert source.focus_field(Field.CHANNEL)
    source.set_view(None)
    assert not source.isVisible()


def test_filling_in_from_a_draft_says_nothing(source: SourcePanel, strip: HistoryStrip) -> None:
    said: list[object] = []
    for part in (source, strip):
        part.edited.connect(lambda *args: said.append(args))
        part.load(Entry("x", values={"job.found": NO, "source_ticket.request": "asks", "new_information": "a\nb"}))
    assert said == []
    assert source.job_missing.isChecked()


def test_everything_with_the_keyboard_has_a_name(
    window: MainWindow, strip: HistoryStrip, source: SourcePanel, panel: HistoryPanel, offers: OffersPanel
) -> None:
    strip.set_view(STRIPS[3])
    for part in (strip, source, panel, offers):
        for widget in part.findChildren(QWidget):
            if widget.focusPolicy() is not Qt.FocusPolicy.NoFocus and not widget.objectName().startswith("qt_"):
                assert widget.accessibleName(), f"{type(widget).__name__} in {type(part).__name__}"


def test_what_was_copied_and_is_out_of_date_is_marked_at_its_reply_and_what_was_said_over_the_words(
    window: MainWindow, call_stages: dict[str, CallView]
) -> None:
    page = window.call_page
    copied = StaleMark(
        "The reply that you copied is out of date: the M2 date was 2/1, and is 3/1.", "job.m2", "homeowner_reply"
    )
    said = StaleMark("What you said is out of date: the M2 date was 2/1, and is 3/1.", "job.m2", "said", "C8")
    page.set_marks((copied, said), frozenset({"say_within"}))
    words = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert copied.text in words
    assert said.text in words
    page.set_view(call_stages["past"])
    assert said.text in [label.text() for label in page.notices.findChildren(QLabel) if label.isVisible()]
    page.set_marks((), frozenset())
    words = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert copied.text not in words
    assert said.text not in words
