"""The checklist of the call page: by the keyboard alone, nothing typed lost, a word beside each field."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ptodesk_gui.sop.case import Inspection
from ptodesk_gui.sop.entry import YES, Entry, Field
from ptodesk_gui.sop.view import CallView, FieldWord, Item, ItemState, Weight
from ptodesk_gui.ui.call import CallPage
from ptodesk_gui.ui.call.fields import INSPECTION, NOTES
from ptodesk_gui.ui.widgets.callout import Callout
from ptodesk_gui.ui.widgets.choice_row import ChoiceRow
from ptodesk_gui.ui.widgets.rendering_label import RenderingLabel
from ptodesk_gui.ui.widgets.signs import Sign
from tests.ui.typing_hand import line, press, text

SHOWN_FIELDS = [
    field
    for field in Field
    if field.value.split(".")[0] in {"homeowner", "address", "installer", "job", "inspection", "notes"}
    and field is not Field.JOB_FOUND
] + [Field.CONCERN, Field.INSTALLER_CONCERN, Field.DOUBLE_BILLING, Field.DISCLOSURE_CONFIRMED]


def test_every_input_of_the_checklist_is_there(page: CallPage) -> None:
    assert set(page.checklist.inputs.by_field) == set(SHOWN_FIELDS)


def test_the_inspection_offers_what_the_procedure_asks__C4() -> None:
    assert list(INSPECTION) == [value.value for value in Inspection]


def test_enter_goes_through_every_stop_to_the_end(page: CallPage, qtbot: QtBot) -> None:
    """The notes are one stop; what is disabled is passed over, and the pronoun, on which typed letters would be lost."""
    page.focus_field(Field.FIRST_NAME)
    visited: list[str] = []
    page.focus_changed.connect(visited.append)
    first_note, *other_notes = NOTES
    passed_over = (*other_notes, Field.DISCLOSURE_CONFIRMED, Field.PRONOUN)
    stops = [f for f in page.checklist.inputs.by_field if f not in passed_over]
    with qtbot.waitSignal(page.passed_the_end):
        for _ in stops:
            press(Qt.Key.Key_Return)
    assert visited == [f.value for f in stops[1:]]
    assert first_note.value in visited


def test_an_item_that_is_gone_to_by_its_key_keeps_what_is_in_it(page: CallPage, sample_entry: Entry) -> None:
    page.load(sample_entry)
    page.checklist.focus_item(Item.CALLER)
    first_name = page.checklist.inputs.by_field[Field.FIRST_NAME]
    QTest.keyClicks(first_name, "y")
    assert page.checklist.inputs.value(Field.FIRST_NAME) == sample_entry.text(Field.FIRST_NAME) + "y"


def test_shift_tab_goes_back(page: CallPage) -> None:
    page.focus_field(Field.LAST_NAME)
    press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert page.checklist.focused is Field.FIRST_NAME


def test_tab_leaves_the_concern_without_typing_a_tab(page: CallPage, edits: list[tuple[str, str]]) -> None:
    page.focus_field(Field.CONCERN)
    press(Qt.Key.Key_Tab)
    assert page.checklist.focused is Field.INSTALLER_CONCERN
    assert edits == []


def test_shift_enter_makes_a_new_line_in_the_concern_and_enter_goes_on(
    page: CallPage, edits: list[tuple[str, str]]
) -> None:
    page.focus_field(Field.CONCERN)
    QTest.keyClicks(QApplication.focusWidget(), "one")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(QApplication.focusWidget(), "two")
    press(Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert edits[-1] == ("concern", "one\ntwo")
    assert page.checklist.focused is Field.INSTALLER_CONCERN


def test_up_and_down_choose_the_inspection(page: CallPage, edits: list[tuple[str, str]]) -> None:
    page.focus_field(Field.INSPECTION)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        press(key)
    assert edits == [("inspection", "not_scheduled"), ("inspection", "pending"), ("inspection", "not_scheduled")]


def test_up_and_down_walk_through_the_notes_and_space_ticks_them(page: CallPage, edits: list[tuple[str, str]]) -> None:
    page.focus_field(Field.NOTE_UNREACHABLE)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Space)
    assert edits == [(Field.NOTE_NOT_SCHEDULED, YES), (Field.NOTE_NOT_SUBMITTED, YES), (Field.NOTE_NOT_SUBMITTED, "")]


def test_loading_fills_every_input_and_says_nothing(
    page: CallPage, edits: list[tuple[str, str]], sample_entry: Entry
) -> None:
    entry = sample_entry.with_value(Field.INSPECTION, "failed").with_value(Field.NOTE_FAILED, YES)
    entry = entry.with_value(Field.PRONOUN, "her").with_value(Field.INSTALLER_REPLY_TEXT, "Own words")
    page.load(entry)
    assert edits == []
    for field in SHOWN_FIELDS:
        fallback = {Field.INSPECTION: "not_asked", Field.PRONOUN: "them"}.get(field, "")
        assert page.checklist.inputs.value(field) == (entry.text(field) or fallback)
    assert page.replies.sides["installer"].editor.typed == "Own words"
    page.load(Entry("another"))
    assert line(page, Field.FIRST_NAME).text() == ""
    assert edits == []


def test_every_state_has_a_sign_and_a_word(page: CallPage, call_stages: dict[str, CallView]) -> None:
    page.set_view(call_stages["faults"])
    shown = {item: (section.state_text, section.sign) for item, section in page.checklist.sections.items()}
    assert shown[Item.CALLER] == ("Done", Sign.TICK)
    assert shown[Item.INSTALLER] == ("Partly, ask next\nMissing: email", Sign.HALF)
    assert shown[Item.JOB] == ("Check\nCannot be used: M2 date, job link", Sign.FAULT)
    assert shown[Item.INSPECTION][1] is Sign.EMPTY
    assert shown[Item.INSPECTION][0].startswith("Open")


def test_only_the_item_to_ask_for_next_is_marked(page: CallPage, call_stages: dict[str, CallView]) -> None:
    for view in call_stages.values():
        page.set_view(view)
        assert [i for i, section in page.checklist.sections.items() if section.lively] == (
            [view.next_item] if view.next_item else []
        )


def test_a_word_appears_beside_its_field_and_moves_nothing(page: CallPage, call_stages: dict[str, CallView]) -> None:
    page.set_view(call_stages["empty"])
    QApplication.processEvents()
    before = {f: m.geometry() for f, m in page.checklist.inputs.by_field.items()}
    page.set_view(call_stages["faults"])
    QApplication.processEvents()
    assert {f: m.geometry() for f, m in page.checklist.inputs.by_field.items()} == before
    frame = page.checklist.inputs.frames[Field.ZIP]
    assert frame.word.text() == call_stages["faults"].field_words[Field.ZIP].text
    assert frame.field.accessibleDescription() == frame.word.text()
    page.set_view(call_stages["empty"])
    assert frame.word.text() == frame.field.accessibleDescription() == ""


def test_a_word_that_does_not_fit_is_shown_whole_under_the_field_with_the_keyboard(
    page: CallPage, call_stages: dict[str, CallView], qtbot: QtBot
) -> None:
    page.set_view(call_stages["faults"])
    page.focus_field(Field.STATE)
    qtbot.waitUntil(lambda: any(found.isVisible() for found in page.findChildren(Callout)))
    callout = page.findChild(Callout)
    assert callout is not None
    assert callout.text() == call_stages["faults"].field_words[Field.STATE].text
    assert callout.heightForWidth(callout.width()) <= callout.height()
    assert page.checklist.rect().contains(callout.geometry())
    page.focus_field(Field.M1)
    assert not callout.isVisible()


def test_a_date_whose_word_stands_under_the_dates_needs_no_callout(
    page: CallPage, call_stages: dict[str, CallView]
) -> None:
    page.set_view(call_stages["faults"])
    page.focus_field(Field.M2)
    page.checklist._in_full.show_now()
    assert not any(found.isVisible() for found in page.findChildren(Callout))


def test_a_word_that_fits_needs_no_callout(page: CallPage, make_view: Callable[..., CallView], qtbot: QtBot) -> None:
    page.set_view(make_view(words={Field.M1: FieldWord(Weight.HINT, "January 5, 2026")}))
    page.focus_field(Field.M1)
    assert page.checklist.inputs.frames[Field.M1].word.whole
    page.checklist._in_full.show_now()
    assert not any(found.isVisible() for found in page.findChildren(Callout))


def test_the_neutral_text_for_the_installer_is_a_placeholder_until_the_agent_types__I5(
    page: CallPage, call_stages: dict[str, CallView]
) -> None:
    page.set_view(call_stages["within"])
    made = text(page, Field.INSTALLER_CONCERN)
    assert (made.typed, made.placeholderText()) == ("", call_stages["within"].installer_concern)


def test_the_confirmation_is_asked_only_when_there_is_something_to_confirm__I5(
    page: CallPage, make_view: Callable[..., CallView]
) -> None:
    from ptodesk_gui.sop.view import Notice

    box = page.checklist.inputs.by_field[Field.DISCLOSURE_CONFIRMED]
    page.set_view(make_view())
    assert not box.isEnabled()
    page.set_view(make_view(notices=(Notice("disclosure", "I5", "Billing is mentioned.", "installer_concern"),)))
    assert box.isEnabled()
    page.toggle(Field.DISCLOSURE_CONFIRMED)
    page.set_view(make_view())
    assert box.isEnabled(), "what is confirmed can be taken back"


@pytest.mark.parametrize("field", SHOWN_FIELDS)
def test_the_keyboard_can_be_put_into_every_field(page: CallPage, field: Field) -> None:
    page.checklist.inputs.by_field[Field.DISCLOSURE_CONFIRMED].setEnabled(True)
    assert page.focus_field(field.value)
    assert page.checklist.focused is field


def test_a_field_that_the_page_does_not_have_is_refused(page: CallPage) -> None:
    assert page.focus_field("agent") is False


@pytest.mark.parametrize("item", list(Item))
def test_going_to_an_item_lands_in_it(page: CallPage, item: Item) -> None:
    page.focus_item(item)
    assert page.checklist.focused is not None
    assert page.checklist.inputs.item_of[page.checklist.focused] is item


def test_going_to_an_item_lands_on_what_is_missing_and_from_within_on_its_first_field(
    page: CallPage, sample_entry: Entry
) -> None:
    page.load(sample_entry.with_value(Field.EMAIL, ""))
    page.focus_field(Field.CITY)
    page.focus_item(Item.CALLER)
    assert page.checklist.focused is Field.EMAIL
    page.focus_item(Item.CALLER)
    assert page.checklist.focused is Field.FIRST_NAME


def test_states_of_the_view_cover_every_item(call_stages: dict[str, CallView]) -> None:
    assert {i.state for view in call_stages.values() for i in view.checklist} == set(ItemState)


def test_every_input_is_named_and_found_by_its_path(page: CallPage) -> None:
    for field, made in page.checklist.inputs.by_field.items():
        assert made.accessibleIdentifier() == field.value
        targets: tuple[QWidget, ...] = made.buttons if isinstance(made, ChoiceRow) else (made,)
        assert all(target.accessibleName() for target in targets)


def test_on_a_large_screen_the_concern_stays_a_field_and_its_lines_are_no_longer_than_can_be_read(
    page: CallPage, call_stages: dict[str, CallView], qtbot: QtBot
) -> None:
    page.set_view(call_stages["past"])
    concern, told = text(page, Field.CONCERN), text(page, Field.INSTALLER_CONCERN)
    usual = concern.height()
    page.resize(2544, 1340)
    qtbot.waitUntil(lambda: concern.height() > 2 * usual)
    for field in (concern, told):
        assert field.height() < 11 * field.fontMetrics().lineSpacing()
    gap = told.mapTo(page, QPoint()).y() - concern.mapTo(page, QPoint(0, concern.height())).y()
    assert gap < 3 * concern.fontMetrics().lineSpacing(), "what is left stands under both"
    label = next(label for label in page.say.findChildren(RenderingLabel) if label.isVisible())
    assert label.width() > 1000
    assert label.heightForWidth(label.width()) == label.heightForWidth(3 * label.width())
