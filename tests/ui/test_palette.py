"""The palette: every action by its name or key, and the keyboard back where it was."""

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from ptodesk_gui.sop.entry import Field
from ptodesk_gui.sop.view import CallView
from ptodesk_gui.ui import actions
from ptodesk_gui.ui.main_window import MainWindow
from ptodesk_gui.ui.palette import Palette
from ptodesk_gui.ui.palette_rows import Row, matching
from ptodesk_gui.ui.review import ReviewPage


@pytest.fixture
def window(qtbot: QtBot, themed: QApplication, call_stages: dict[str, CallView]) -> MainWindow:
    made = MainWindow(practice=False)
    qtbot.addWidget(made)
    made.add_page("review", ReviewPage())
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    qtbot.waitUntil(lambda: made.is_painted)
    made.call_page.set_view(call_stages["within"])
    return made


def press(window: MainWindow, *keys: str) -> None:
    for key in keys:
        combination = QKeySequence(key)[0]
        QTest.keyClick(QApplication.focusWidget() or window, combination.key(), combination.keyboardModifiers())


def palette(window: MainWindow) -> Palette:
    found = window.findChild(Palette)
    assert found is not None
    return found


def shown(window: MainWindow) -> list[Row]:
    rows = palette(window).list
    return [rows.item(at).data(0x100) for at in range(rows.count())]


def find(window: MainWindow, typed: str) -> list[Row]:
    press(window, "Ctrl+K")
    QTest.keyClicks(palette(window).field, typed)
    return shown(window)


@pytest.mark.parametrize("key", ["Ctrl+K", "F1"])
def test_the_palette_lists_every_action_and_habit_with_its_key(window: MainWindow, key: str) -> None:
    press(window, key)
    listed = {(row.text, row.key) for row in shown(window)}
    assert {(each.text, each.key) for each in actions.LISTED} <= listed
    assert {("File", "Ctrl+Enter"), ("Back to the call", "Esc")} <= listed, "what a page has by itself"
    press(window, key)
    assert not palette(window).isVisible()


@pytest.mark.parametrize("typed", ["copy hom", "HOMEOWNER copy", "f2"])
def test_a_part_of_the_name_or_the_key_finds_an_action(window: MainWindow, typed: str) -> None:
    assert find(window, typed)[0].text == "Copy homeowner reply"


@pytest.mark.parametrize("path", [Field.CITY, Field.CONCERN])
def test_esc_gives_the_keyboard_back_with_selection_text_and_undo(window: MainWindow, path: Field) -> None:
    window.call_page.focus_field(path)
    field = QApplication.focusWidget()
    assert isinstance(field, (QLineEdit, QPlainTextEdit))
    QTest.keyClicks(field, "Denver West")
    press(window, "Shift+Left", "Shift+Left", "Ctrl+K")
    assert QApplication.focusWidget() is palette(window).field
    QTest.keyClicks(palette(window).field, "zz")
    assert shown(window) == []
    press(window, "Return", "Esc")
    assert QApplication.focusWidget() is field
    selected = field.selectedText() if isinstance(field, QLineEdit) else field.textCursor().selectedText()
    assert selected == "st"
    assert window.call_page.checklist.inputs.value(path) == "Denver West"
    press(window, "Ctrl+Z")
    assert window.call_page.checklist.inputs.value(path) != "Denver West", "undo goes on where it was"


def test_enter_does_what_is_chosen_with_the_keyboard_back_in_its_field(window: MainWindow, qtbot: QtBot) -> None:
    window.call_page.focus_field(Field.CITY)
    find(window, "copy installer")
    with qtbot.waitSignal(window.call_page.copy_requested) as asked:
        press(window, "Return")
    assert asked.args == ["installer"]
    assert window.call_page.checklist.focused is Field.CITY
    find(window, "go to")
    press(window, "Down", "Down", "Up", "Return")
    assert window.call_page.checklist.inputs.item_of[window.call_page.checklist.focused or Field.M1] == "address"


def test_what_does_not_apply_now_says_why_and_is_not_done(window: MainWindow, qtbot: QtBot) -> None:
    (file,) = [row for row in find(window, "file") if row.key == "Ctrl+Enter"]
    assert file.why_not == "Works in the review"
    press(window, "Esc")
    window.show_page("review")
    rows = find(window, "end call")
    assert [row.why_not for row in rows] == ["Works in the call"]
    with qtbot.assertNotEmitted(window.call_page.end_call_requested):
        press(window, "Return")
    assert palette(window).isVisible()
    with qtbot.assertNotEmitted(window.findChild(ReviewPage).back_requested):
        press(window, "Esc")  # the palette's, not the page's below
    assert not palette(window).isVisible()


def test_an_action_says_by_itself_why_it_can_do_nothing_now(
    window: MainWindow, call_stages: dict[str, CallView]
) -> None:
    (said, also) = find(window, "said")
    assert (said.why_not, also.why_not) == ("", "Nothing of that kind is to be said now")
    press(window, "Esc")
    window.call_page.set_view(call_stages["empty"])
    assert all(row.why_not for row in find(window, "said"))


def test_going_elsewhere_closes_the_palette(window: MainWindow) -> None:
    press(window, "Ctrl+K", "Alt+3")
    assert not palette(window).isVisible()
    assert window.call_page.checklist.focused is Field.INSTALLER


def test_the_palette_stays_in_the_window_when_it_is_resized(window: MainWindow) -> None:
    press(window, "F1")
    window.resize(1024, 768)
    QApplication.processEvents()
    assert window.rect().contains(palette(window).geometry())


def test_names_that_begin_with_what_is_typed_come_first() -> None:
    rows = [Row("Also copy", "F3", "a"), Row("Copy all", "F2", "a"), Row("Other", "F4", "copies")]
    assert [row.text for row in matching(rows, "copy")] == ["Copy all", "Also copy"]
    assert [row.text for row in matching(rows, "cop")] == ["Copy all", "Also copy", "Other"]
    assert matching(rows, "") == rows


def test_every_action_has_a_key_and_none_is_taken_twice_within_a_page(window: MainWindow) -> None:
    window.add_actions(actions.PRACTICE_ACTIONS)
    specs = [spec for spec in window._commands.listed if isinstance(spec, actions.Spec)]
    assert [spec.id for spec in specs if QKeySequence(spec.key).isEmpty()] == []
    for page in {spec.page for spec in specs}:
        here = [QKeySequence(spec.key) for spec in specs if spec.page in (page, actions.ANYWHERE)]
        assert len({key.toString() for key in here}) == len(here), page


def test_no_key_hides_one_of_text_editing(themed: QApplication) -> None:
    standard = QKeySequence.StandardKey
    editing = (
        standard.Undo, standard.Redo, standard.Cut, standard.Copy, standard.Paste, standard.SelectAll, standard.Delete,
        standard.MoveToNextWord, standard.MoveToPreviousWord, standard.SelectNextWord, standard.SelectPreviousWord,
        standard.MoveToStartOfLine, standard.MoveToEndOfLine, standard.SelectStartOfLine, standard.SelectEndOfLine,
        standard.MoveToStartOfDocument, standard.MoveToEndOfDocument, standard.DeleteStartOfWord, standard.DeleteEndOfWord,
    )  # fmt: skip
    taken = {binding.toString() for key in editing for binding in QKeySequence.keyBindings(key)}
    assert {spec.key for spec in (*actions.ACTIONS, *actions.PRACTICE_ACTIONS)} & taken == set()
