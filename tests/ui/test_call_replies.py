"""The replies of the call page: which one and why, the others, own words, Copy."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from ptodesk_gui.sop.view import CallView, Rendering
from ptodesk_gui.ui.call import CallPage
from ptodesk_gui.ui.widgets.button import Button
from ptodesk_gui.ui.widgets.rendering_label import RenderingLabel


def preview(page: CallPage, who: str) -> Rendering | None:
    label = page.replies.sides[who].findChild(RenderingLabel)
    assert label is not None
    return label.rendering


def test_the_chosen_reply_is_ticked_and_reads_as_it_stands__H4(
    page: CallPage, call_stages: dict[str, CallView]
) -> None:
    view = call_stages["within"]
    page.set_view(view)
    assert view.homeowner_reply.chosen_option is not None
    assert preview(page, "homeowner") == view.homeowner_reply.chosen_option.words
    rows = page.replies.sides["homeowner"].options
    assert rows.ids == ("homeowner_within", "homeowner_past", "homeowner_others", "own")
    texts = [label.text() for label in rows.findChildren(QLabel) if label.text()]
    assert "Does not fit: the homeowner is within the 60 days" in texts
    assert "Fits" in texts


def test_a_changed_word_is_laid_out_before_anything_is_painted(
    page: CallPage, call_stages: dict[str, CallView]
) -> None:
    """Right after the change, in the same frame: no event is processed in between."""
    page.set_view(call_stages["empty"])
    QApplication.processEvents()
    choice = call_stages["within"].homeowner_reply
    long = tuple(replace(option, why=option.why + " and more words" * 12) for option in choice.options)
    options = page.replies.sides["homeowner"].options
    options.set_options(long, choice.chosen)
    rows = [row for row in options._rows if row.id]
    labels = [label for row in rows for label in row.findChildren(QLabel) if label.text() and label.isVisibleTo(row)]
    assert len(labels) > len(rows)
    assert [x.text() for x in labels if x.heightForWidth(x.width()) > x.height()] == []
    assert all(row.geometry().bottom() <= options.height() for row in rows)
    tops = [row.geometry().top() for row in rows]
    assert tops == sorted(set(tops))


def test_painting_a_choice_asks_for_nothing(page: CallPage, call_stages: dict[str, CallView]) -> None:
    asked: list[tuple[str, str]] = []
    page.reply_chosen.connect(lambda who, reply: asked.append((who, reply)))
    for view in (*call_stages.values(), *reversed(call_stages.values())):
        page.set_view(view)
    assert asked == []


def test_choosing_by_arrow_mouse_and_accessibility_asks_for_the_reply(
    page: CallPage, call_stages: dict[str, CallView]
) -> None:
    asked: list[tuple[str, str]] = []
    page.reply_chosen.connect(lambda who, reply: asked.append((who, reply)))
    page.set_view(call_stages["within"])
    side = page.replies.sides["homeowner"]
    page.replies.go_to("homeowner")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert asked == [("homeowner", "homeowner_past")]
    rows = [button.parentWidget() for button in side.options._group.buttons()]
    QTest.mouseClick(rows[2], Qt.MouseButton.LeftButton)
    assert asked[-1] == ("homeowner", "homeowner_others")
    side.options._group.buttons()[3].click()
    assert asked[-1] == ("homeowner", "own")


def test_stepping_goes_round_through_the_replies_that_fit_and_own_words__H5(
    page: CallPage, call_stages: dict[str, CallView]
) -> None:
    asked: list[str] = []
    page.reply_chosen.connect(lambda who, reply: asked.append(reply))
    page.set_view(call_stages["within"])
    page.replies.step(1)
    page.replies.step(-1)
    assert asked == ["own", "own"], "one reply fits, and own words always do"
    choice = call_stages["within"].homeowner_reply
    options = tuple(replace(option, fits=option.id != "homeowner_past") for option in choice.options)
    page.set_view(replace(call_stages["within"], homeowner_reply=replace(choice, options=options)))
    page.replies.step(1)
    page.replies.step(-1)
    assert asked[2:] == ["homeowner_others", "own"], "what does not fit is passed over"


def test_where_nothing_is_chosen_stepping_begins_at_the_ends__C12(
    page: CallPage, call_stages: dict[str, CallView]
) -> None:
    asked: list[str] = []
    page.reply_chosen.connect(lambda who, reply: asked.append(reply))
    empty = call_stages["empty"]
    options = tuple(replace(option, fits=True) for option in empty.homeowner_reply.options)
    page.set_view(replace(empty, homeowner_reply=replace(empty.homeowner_reply, options=options)))
    page.replies.step(1)
    page.replies.step(-1)
    assert asked == ["homeowner_within", "own"]


def test_own_words_are_typed_in_place_of_the_preview(
    page: CallPage, call_stages: dict[str, CallView], qtbot: QtBot
) -> None:
    page.set_view(call_stages["own"])
    side = page.replies.sides["homeowner"]
    assert side.editor.isVisible()
    assert page.focus_field("homeowner_reply.text")
    said: list[tuple[str, str]] = []
    page.edited.connect(lambda path, words: said.append((path, words)))
    QTest.keyClicks(side.editor, "Hello")
    QTest.keyClick(side.editor, Qt.Key.Key_Return)
    assert said[-1] == ("homeowner_reply.text", "Hello\n"), "a letter has lines: Enter makes one"
    page.set_view(call_stages["within"])
    qtbot.waitUntil(lambda: not side.editor.isVisible())
    page.set_view(call_stages["own"])
    assert side.editor.typed == "Hello\n"


def test_the_agents_choice_can_be_undone(page: CallPage, call_stages: dict[str, CallView], qtbot: QtBot) -> None:
    page.set_view(call_stages["own"])
    undo = next(b for b in page.replies.sides["homeowner"].findChildren(Button) if b.isVisible())
    with qtbot.waitSignal(page.reply_chosen) as asked:
        undo.click()
    assert asked.args == ["homeowner", ""]
    page.set_view(call_stages["within"])
    qtbot.waitUntil(lambda: not undo.isVisible())


def test_own_words_can_be_typed_with_the_next_key_after_they_were_chosen(
    page: CallPage, call_stages: dict[str, CallView]
) -> None:
    """On a busy machine all keys come in one turn: what is typed must not go where the keyboard was before."""
    page.reply_chosen.connect(lambda who, reply: page.set_view(call_stages["own" if reply == "own" else "within"]))
    page.set_view(call_stages["within"])
    side = page.replies.sides["homeowner"]
    page.replies.go_to("homeowner")
    page.replies.step(-1)
    assert side.editor.isVisible()
    side.editor.setFocus()
    QTest.keyClicks(QApplication.focusWidget(), "Hello")
    assert side.editor.typed == "Hello"


def test_a_tab_that_a_screen_reader_switches_shows_its_reply(
    page: CallPage, call_stages: dict[str, CallView], qtbot: QtBot
) -> None:
    page.set_view(call_stages["within"])
    page.replies.show_side("homeowner")
    tab = next(b for b in page.replies.findChildren(Button) if b.accessibleName() == "Show the installer reply")
    QAccessible.queryAccessibleInterface(tab).actionInterface().doAction("Toggle")
    assert page.replies.shown == "installer"
    assert page.replies.sides["installer"].isVisible()
    assert not page.replies.sides["homeowner"].isVisible()


def test_what_is_said_is_painted_first_and_the_reply_in_the_turn_after(
    page: CallPage, call_stages: dict[str, CallView], qtbot: QtBot
) -> None:
    page.set_view(call_stages["within"])
    label = page.replies.sides["homeowner"].findChild(RenderingLabel)
    assert label is not None
    within = label.rendering
    page.set_view(call_stages["past"])
    assert page.grace.words[0] == call_stages["past"].grace.headline
    assert label.rendering == within, "no key waits for the reply"
    chosen = call_stages["past"].homeowner_reply.chosen_option
    assert chosen is not None
    qtbot.waitUntil(lambda: label.rendering == chosen.words)


def test_the_reply_that_is_not_shown_is_right_as_soon_as_it_is_looked_at(
    page: CallPage, call_stages: dict[str, CallView]
) -> None:
    page.set_view(call_stages["within"])
    label = page.replies.sides["installer"].findChild(RenderingLabel)
    assert label is not None
    for stage in ("past", "within", "past"):
        page.set_view(call_stages[stage])
    page.replies.show_side("installer")
    chosen = call_stages["past"].installer_reply.chosen_option
    assert chosen is not None
    assert label.rendering == chosen.words


def test_copy_is_there_even_with_blanks_and_asks_for_the_right_person(
    page: CallPage, call_stages: dict[str, CallView]
) -> None:
    asked: list[str] = []
    page.copy_requested.connect(asked.append)
    page.set_view(call_stages["halfway"])
    copies = [b for b in page.replies.findChildren(Button) if b.text().startswith("Copy")]
    for button in copies:
        assert button.isEnabled()
        button.click()
    assert asked == ["homeowner", "installer"]


def test_a_reply_field_leads_to_its_side(page: CallPage, call_stages: dict[str, CallView]) -> None:
    page.set_view(call_stages["within"])
    assert page.focus_field("installer_reply")
    assert page.replies.shown == "installer"
