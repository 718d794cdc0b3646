"""The advice side of the call page: the 60 days, what to say, notices, replies."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from ptodesk_gui.sop.view import CallView, Notice, Rendering
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.call import CallPage
from ptodesk_gui.ui.call.grace_card import GraceCard
from ptodesk_gui.ui.call.timeline import Period, Timeline
from ptodesk_gui.ui.widgets.button import Button
from ptodesk_gui.ui.widgets.rendering_label import RenderingLabel


@pytest.fixture
def page(qtbot: QtBot, themed: QApplication) -> CallPage:
    made = CallPage()
    qtbot.addWidget(made)
    made.resize(1264, 720)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def timeline(qtbot: QtBot, themed: QApplication) -> Timeline:
    made = Timeline()
    qtbot.addWidget(made)
    made.resize(600, made.sizeHint().height())
    return made


def colours_of(image: QImage) -> set[str]:
    return {QColor(image.pixel(x, y)).name() for x in range(image.width()) for y in range(image.height())}


def painted_share(widget: Timeline, colour: QColor) -> float:
    """The share of a line through the middle of the track that has a colour."""
    image = widget.grab().toImage()
    track = widget.fontMetrics().height() + 8 + 4
    line = [QColor(image.pixel(x, track)) for x in range(8, image.width() - 8)]
    return sum(c == colour for c in line) / len(line)


def test_the_track_fills_with_the_days_that_have_passed__C7(
    timeline: Timeline, make_view: Callable[..., CallView]
) -> None:
    today = make_view().grace.today
    accent = theme.colours(timeline.palette()).accent
    for day in (0, 15, 30, 45, 59):
        timeline.set_view(make_view(today - timedelta(days=day)).grace)
        assert painted_share(timeline, accent) == pytest.approx(day / 60, abs=0.05)


def test_before_m2_there_is_no_fill_and_the_words_say_why__C12(
    timeline: Timeline, make_view: Callable[..., CallView]
) -> None:
    grace = make_view().grace
    timeline.set_view(grace)
    c = theme.colours(timeline.palette())
    assert painted_share(timeline, c.accent) == painted_share(timeline, c.error) == 0
    assert timeline.accessibleDescription() == f"{grace.headline}. {grace.sentence}"


def test_the_due_date_itself_is_within_and_full__C11(timeline: Timeline, make_view: Callable[..., CallView]) -> None:
    timeline.set_view(make_view(make_view().grace.today - timedelta(days=60)).grace)
    c = theme.colours(timeline.palette())
    assert painted_share(timeline, c.accent) > 0.95
    assert c.error.name() not in colours_of(timeline.grab().toImage())


@pytest.mark.parametrize("over", [1, 23, 400])
def test_the_days_over_are_hatched__C9(timeline: Timeline, make_view: Callable[..., CallView], over: int) -> None:
    timeline.set_view(make_view(make_view().grace.today - timedelta(days=60 + over)).grace)
    c = theme.colours(timeline.palette())
    period = Period.of(timeline._view)
    assert period is not None
    scale = timeline.scale(period)
    assert scale.x(60) < scale.x(60 + over) <= scale.right
    image = timeline.grab().toImage()
    top, height = timeline.fontMetrics().height() + 9, 14
    stretch = [
        QColor(image.pixel(x, y)).name()
        for x in range(int(scale.x(60)) + 2, int(scale.x(60 + over)))
        for y in range(top, top + height)
    ]
    assert c.error.name() in stretch
    if over > 1:
        assert c.error_fill.name() in stretch, "a hatch leaves its ground to be seen"


def test_another_length_of_the_period_is_painted_as_such(
    timeline: Timeline, make_view: Callable[..., CallView]
) -> None:
    from dataclasses import replace

    grace = make_view(make_view().grace.today - timedelta(days=45)).grace
    timeline.set_view(replace(grace, period_days=90))
    assert painted_share(timeline, theme.colours(timeline.palette()).accent) == pytest.approx(0.5, abs=0.03)


def test_the_words_beside_the_picture_are_the_views(
    qtbot: QtBot, themed: QApplication, call_stages: dict[str, CallView]
) -> None:
    card = GraceCard()
    qtbot.addWidget(card)
    for view in call_stages.values():
        card.set_view(view.grace)
        assert card.words == (view.grace.headline, view.grace.sentence)


def words_to_say(page: CallPage) -> list[RenderingLabel]:
    return [label for label in page.say.findChildren(RenderingLabel) if label.isVisible()]


def test_what_to_say_is_shown_large__C8_C9_C10(page: CallPage, call_stages: dict[str, CallView]) -> None:
    for view in call_stages.values():
        page.set_view(view)
        shown = words_to_say(page)
        assert [label.rendering for label in shown] == [saying.words for saying in view.say]
        assert all(label.font().pointSizeF() >= 16 for label in shown)


def test_what_to_tell_besides_stands_under_it__C9(page: CallPage, call_stages: dict[str, CallView]) -> None:
    page.set_view(call_stages["past"])
    labels = {label.text() for label in page.say.findChildren(QLabel) if label.isVisible()}
    assert call_stages["past"].say[0].besides in labels


def test_without_m2_nothing_is_to_be_said_and_the_panel_says_why__C12(
    page: CallPage, call_stages: dict[str, CallView]
) -> None:
    page.set_view(call_stages["past"])
    page.set_view(call_stages["empty"])
    assert words_to_say(page) == []
    labels = {label.text() for label in page.say.findChildren(QLabel) if label.isVisible()}
    assert call_stages["empty"].grace.sentence in labels


def test_a_blank_is_a_box_with_its_name(qtbot: QtBot, themed: QApplication, call_stages: dict[str, CallView]) -> None:
    label = RenderingLabel(theme.say_font())
    qtbot.addWidget(label)
    label.resize(600, 300)
    words = call_stages["halfway"].homeowner_reply.options[0].words
    label.set_rendering(words)
    label.grab()
    assert not words.complete
    assert len(label.boxes()) == len(words.blanks) == 1
    assert "[installer]" in label.text()
    assert all(label.rect().contains(box.toRect()) for box in label.boxes())
    filled = call_stages["within"].homeowner_reply.options[0].words
    label.set_rendering(filled)
    assert label.boxes() == []
    assert label.text() == filled.text


def test_the_words_wrap_and_none_is_cut(qtbot: QtBot, themed: QApplication, call_stages: dict[str, CallView]) -> None:
    label = RenderingLabel(theme.say_font())
    qtbot.addWidget(label)
    label.set_rendering(call_stages["past"].say[0].words)
    heights = [label.heightForWidth(width) for width in (900, 600, 300)]
    assert heights == sorted(heights)
    assert heights[0] >= 4 * label.fontMetrics().lineSpacing()


def test_a_saying_changes_with_the_view_at_once(page: CallPage, make_view: Callable[..., CallView]) -> None:
    m2 = make_view().grace.today - timedelta(days=70)
    page.set_view(make_view(m2))
    assert words_to_say(page)[0].boxes()
    page.set_view(make_view(m2, installer="Sunny Roofs"))
    assert words_to_say(page)[0].boxes() == []
    assert "Your installer, Sunny Roofs, is" in words_to_say(page)[0].text()


def test_notices_stand_over_the_words_and_lead_to_their_field__C2(
    page: CallPage, call_stages: dict[str, CallView], qtbot: QtBot
) -> None:
    view = call_stages["littleton"]
    page.set_view(view)
    QApplication.processEvents()
    texts = [label for label in page.notices.findChildren(QLabel) if label.isVisible() and len(label.text()) > 10]
    assert [label.text() for label in texts] == [notice.text for notice in view.notices]
    assert page.notices.mapToGlobal(QPoint(0, page.notices.height())).y() <= page.say.mapToGlobal(QPoint(0, 0)).y()
    go = [button for button in page.notices.findChildren(Button) if button.isVisible()]
    assert len(go) == 1, "a notice without a field has nowhere to lead"
    QTest.mouseClick(go[0], Qt.MouseButton.LeftButton)
    assert page.checklist.focused == view.notices[0].field


def test_notices_go_when_they_are_over(
    page: CallPage, call_stages: dict[str, CallView], make_view: Callable[..., CallView]
) -> None:
    page.set_view(call_stages["littleton"])
    one = (Notice("due_today", "C11", "Due today."),)
    page.set_view(make_view(notices=one))
    assert [
        label.text() for label in page.notices.findChildren(QLabel) if label.isVisible() and label.text().endswith(".")
    ] == ["Due today."]
    page.set_view(call_stages["empty"])
    assert not page.notices.isVisible()


# --- replies ----------------------------------------------------------------------------------------------------------


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


def test_stepping_goes_round_through_replies_and_own_words(page: CallPage, call_stages: dict[str, CallView]) -> None:
    asked: list[str] = []
    page.reply_chosen.connect(lambda who, reply: asked.append(reply))
    page.set_view(call_stages["within"])
    page.replies.step(1)
    page.replies.step(-1)
    assert asked == ["homeowner_past", "own"]
    page.set_view(call_stages["empty"])
    page.replies.step(1)
    page.replies.step(-1)
    assert asked[2:] == ["homeowner_within", "own"], "none is chosen without an M2 date"


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
    assert not side.editor.isVisible()
    page.set_view(call_stages["own"])
    assert side.editor.typed == "Hello\n"


def test_the_agents_choice_can_be_undone(page: CallPage, call_stages: dict[str, CallView], qtbot: QtBot) -> None:
    page.set_view(call_stages["own"])
    undo = next(b for b in page.replies.sides["homeowner"].findChildren(Button) if b.isVisible())
    with qtbot.waitSignal(page.reply_chosen) as asked:
        undo.click()
    assert asked.args == ["homeowner", ""]
    page.set_view(call_stages["within"])
    assert not undo.isVisible()


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
