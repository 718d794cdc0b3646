"""What is typed into the call page: letter for letter, with undo, and never touched by what follows from it."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ptodesk_gui.sop.entry import Field
from ptodesk_gui.sop.view import CallView
from ptodesk_gui.ui.call import CallPage
from tests.ui.typing_hand import line, press, text


def put_on_clipboard(words: str) -> None:
    data = QMimeData()
    data.setText(words)
    QGuiApplication.clipboard().setMimeData(data)


STRANGE = [
    "{name} ${x} %s \"quoted\" 'single' <b>bold</b>",
    "שָׁלוֹם עולם \u202eabc\u202c",
    "👩‍👩‍👧‍👦 Zoë 🧿",
    "hard\u00a0space and\ttab",
    "x" * 40_000,
]


@pytest.mark.parametrize("words", STRANGE)
def test_nothing_typed_is_lost_or_altered_in_a_field_of_one_line(
    page: CallPage, edits: list[tuple[str, str]], words: str
) -> None:
    line(page, Field.STREET).insert(words)
    assert edits == [("address.street", words)]
    page.grab()


@pytest.mark.parametrize("words", [*STRANGE, "line one\nline two\n\n", ("five thousand " * 358)[:5000]])
def test_nothing_typed_is_lost_or_altered_in_the_concern(
    page: CallPage, edits: list[tuple[str, str]], words: str
) -> None:
    text(page, Field.CONCERN).insertPlainText(words)
    assert edits[-1] == ("concern", words)
    page.grab()


def test_pasted_line_breaks_become_spaces_on_one_line_and_undo_works(
    page: CallPage, edits: list[tuple[str, str]], qtbot: QtBot
) -> None:
    field = line(page, Field.STREET)
    field.setFocus()
    QTest.keyClicks(field, "at ")
    put_on_clipboard("1 Main St\r\nUnit 2\u2028Back\nhouse")
    with qtbot.waitSignal(page.pasted) as said:
        QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert said.args == ["address.street"]
    assert edits[-1][1] == field.text() == "at 1 Main St Unit 2 Back house"
    field.undo()
    assert field.text() == "at "
    field.redo()
    assert field.text() == "at 1 Main St Unit 2 Back house"


def test_a_pasted_tab_is_a_space_in_a_name__N1(page: CallPage, edits: list[tuple[str, str]]) -> None:
    put_on_clipboard("Jane\tAnn\n")
    line(page, Field.FIRST_NAME).setFocus()
    press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert line(page, Field.FIRST_NAME).text() == "Jane Ann"
    assert edits[-1] == (Field.FIRST_NAME, "Jane Ann")


def test_a_paste_into_the_concern_keeps_its_lines_and_is_said__T8(
    page: CallPage, edits: list[tuple[str, str]], qtbot: QtBot
) -> None:
    page.focus_field(Field.CONCERN)
    put_on_clipboard("first\nsecond")
    with qtbot.waitSignal(page.pasted) as said:
        press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert said.args == ["concern"]
    assert edits[-1] == ("concern", "first\nsecond")


def test_text_set_from_outside_counts_as_typed(page: CallPage, edits: list[tuple[str, str]]) -> None:
    """Accessibility tools set the text; Qt then says textChanged, not textEdited."""
    line(page, Field.CITY).setText("Denver")
    assert edits == [("address.city", "Denver")]


def test_painting_a_view_leaves_text_cursor_and_undo_alone(
    page: CallPage, edits: list[tuple[str, str]], call_stages: dict[str, CallView]
) -> None:
    field, concern = line(page, Field.FIRST_NAME), text(page, Field.CONCERN)
    field.setFocus()
    QTest.keyClicks(field, "Janet")
    QTest.keyClick(field, Qt.Key.Key_Home)
    QTest.keyClicks(concern, "asks when")
    QTest.keyClick(concern, Qt.Key.Key_Left)
    said, place = list(edits), concern.textCursor().position()
    for view in call_stages.values():
        page.set_view(view)
    assert (field.text(), field.cursorPosition(), concern.typed) == ("Janet", 0, "asks when")
    assert (concern.textCursor().position(), edits) == (place, said)
    assert field.isUndoAvailable()
    field.undo()
    concern.undo()
    assert field.text() != "Janet"
    assert concern.typed != "asks when"
