"""What is next is always to be seen: the question to ask, what can be added to the concern; and no word of it is cut."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from ptodesk_gui.sop.advice import call_view
from ptodesk_gui.sop.entry import YES, Entry, Field
from ptodesk_gui.sop.playbook import Playbook
from ptodesk_gui.sop.view import CallView
from ptodesk_gui.ui.call import CallPage
from ptodesk_gui.ui.call.ask_box import ASK_NEXT
from ptodesk_gui.ui.main_window import MainWindow
from ptodesk_gui.ui.theme import SAY_POINTS
from ptodesk_gui.ui.widgets.inputs import TextInput
from ptodesk_gui.workstation.playbook_files import load_playbook

QUESTIONS = ("Who is your installer?", "Has it been inspected?", "What can we do for you?")
TODAY = date(2026, 3, 14)


@pytest.fixture(scope="module")
def playbook() -> Playbook:
    return load_playbook()


def shown(page: CallPage) -> dict[str, float]:
    """The words of the panel that are to be seen, with the size of each in points."""
    labels = (label for label in page.say.ask.findChildren(QLabel) if label.isVisible() and label.text())
    return {label.text(): label.font().pointSizeF() for label in labels}


def test_before_anything_can_be_said_the_next_question_is_large__C12(
    page: CallPage, make_view: Callable[..., CallView]
) -> None:
    page.set_view(replace(make_view(), ask=QUESTIONS))
    texts = shown(page)
    assert ASK_NEXT in texts
    assert texts[QUESTIONS[0]] >= SAY_POINTS
    following = next(text for text in texts if QUESTIONS[1] in text)
    assert QUESTIONS[2] in following
    assert texts[following] < SAY_POINTS


def test_under_what_is_to_be_said_the_next_question_stands_smaller__C8(
    page: CallPage, call_stages: dict[str, CallView]
) -> None:
    page.set_view(replace(call_stages["within"], ask=QUESTIONS))
    texts = shown(page)
    assert set(texts) == {ASK_NEXT, QUESTIONS[0]}
    assert texts[QUESTIONS[0]] < SAY_POINTS
    assert page.say.ask.next_question == QUESTIONS[0]


def test_nothing_is_asked_when_all_is_known(page: CallPage, call_stages: dict[str, CallView]) -> None:
    page.set_view(replace(call_stages["within"], ask=QUESTIONS))
    page.set_view(call_stages["within"])
    assert shown(page) == {}
    assert page.say.ask.next_question == ""


def test_a_shorter_list_of_questions_is_laid_out_before_anything_is_painted(
    page: CallPage, make_view: Callable[..., CallView]
) -> None:
    page.set_view(replace(make_view(), ask=QUESTIONS))
    QApplication.processEvents()
    page.set_view(replace(make_view(), ask=QUESTIONS[1:]))  # in the same frame: no event is processed after this
    box = page.say.ask
    assert box.height() == box.heightForWidth(box.width())


def concern(page: CallPage) -> TextInput:
    made = page.checklist.inputs.by_field[Field.CONCERN]
    assert isinstance(made, TextInput)
    return made


def test_what_is_ticked_is_added_to_the_concern_by_its_key_and_can_be_undone__C5_T8(
    qtbot: QtBot, themed: QApplication, make_view: Callable[..., CallView]
) -> None:
    window = MainWindow(practice=False)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page, said = window.call_page, list[tuple[str, str]]()
    page.edited.connect(lambda path, text: said.append((path, text)))
    page.focus_field(Field.CONCERN)
    QTest.keyClicks(QApplication.focusWidget(), "Asks when")
    page.focus_field(Field.CITY)
    page.set_view(replace(make_view(), concern_addition=". Inspection passed."))
    assert concern(page).typed == "Asks when", "never by itself"
    qtbot.waitUntil(lambda: window.action("notes.add").isEnabled())
    window.action("notes.add").trigger()
    assert concern(page).typed == "Asks when. Inspection passed."
    assert said[-1] == (Field.CONCERN, "Asks when. Inspection passed.")
    assert page.checklist.focused is Field.CITY, "the keyboard stays where it is"
    concern(page).undo()
    assert concern(page).typed == "Asks when"


def test_the_button_adds_it_too_and_is_off_while_there_is_nothing_to_add(
    page: CallPage, make_view: Callable[..., CallView], edits: list[tuple[str, str]]
) -> None:
    button = page.checklist.inputs.add_notes
    page.set_view(make_view())
    assert not button.isEnabled()
    page.checklist.add_notes()
    assert edits == []
    page.set_view(replace(make_view(), concern_addition="Cannot reach the installer."))
    button.click()
    assert edits == [(Field.CONCERN, "Cannot reach the installer.")]


BAD = {
    Field.EMAIL: "jane@gmail,com",
    Field.PHONE: "12",
    Field.STATE: "Colo",
    Field.ZIP: "80",
    Field.REP_EMAIL: "sam",
    Field.JOB_URL: "engine",
}
BAD_DATES = [
    "13/5",
    "2/30",
    "2/29/25",
    "x",
    "3/",
    "Mar 2026",
    "1/1/1926",
    "1/1/226",
    "3/15/2027",
    "12/31/2025",
    "9/30/25",
]
NOTHING: dict[Field, str] = {}
WORST = [
    NOTHING,
    {Field.FIRST_NAME: "Jane"},
    {Field.EMAIL: "jane@example.com", Field.STREET: "1 Main St", Field.REP_EMAIL: "sam@example.com", Field.M3: "1/5"},
    {Field.LAST_NAME: "Doe", Field.ZIP: "80120", Field.INSTALLER: "Sunny Roofs", Field.M1: "1/5"},
    BAD | dict.fromkeys((Field.M1, Field.M2, Field.M3), "x") | {Field.CONCERN: "x" * 5_001},
    {Field.NOTE_NOT_SUBMITTED: YES, Field.INSPECTION: "pending"},
]


def seen(page: CallPage, playbook: Playbook, values: dict[Field, str], size: tuple[int, int]) -> None:
    entry = Entry("call-1", "Dana Reyes", {which.value: text for which, text in values.items()})
    page.resize(*size)
    page.load(entry)
    page.set_view(call_view(entry, playbook, TODAY))
    for _ in range(3):
        QApplication.processEvents()


@pytest.mark.parametrize("size", [(1280, 732), (1024, 700)])
@pytest.mark.parametrize("values", WORST)
def test_no_state_of_an_item_is_cut(
    page: CallPage, playbook: Playbook, values: dict[Field, str], size: tuple[int, int]
) -> None:
    seen(page, playbook, values, size)
    for section in page.checklist.sections.values():
        state = section._state
        room = state.fontMetrics().boundingRect(state.rect(), 0x1000, state.text())  # 0x1000: wrapped
        assert room.height() <= state.height(), state.text()
        assert room.width() <= state.width(), state.text()


@pytest.mark.parametrize("values", [BAD, *({field: text} for field in (Field.M1, Field.M2) for text in BAD_DATES)])
def test_the_word_beside_a_field_begins_with_what_fits_there(
    page: CallPage, playbook: Playbook, values: dict[Field, str]
) -> None:
    seen(page, playbook, values, (1280, 732))
    for field in values:
        word = page.checklist.inputs.frames[field].word
        assert word.word is not None, f"{field}: no word"
        assert not word.shown.endswith("\N{HORIZONTAL ELLIPSIS}"), f"{field}: {word.shown}"
        assert word.text().startswith(word.shown.rstrip("."))
        assert QFontMetricsF(word.font()).horizontalAdvance(word.shown) <= word.width()
