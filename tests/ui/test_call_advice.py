"""The advice side of the call page: the 60 days, what to say, notices, replies."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from ptodesk_gui.sop.view import CallView, Notice
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.call import CallPage
from ptodesk_gui.ui.call.grace_card import GraceCard
from ptodesk_gui.ui.call.period import Period, scale_of
from ptodesk_gui.ui.call.timeline import Timeline
from ptodesk_gui.ui.widgets.button import Button
from ptodesk_gui.ui.widgets.rendering_label import RenderingLabel


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
    scale = scale_of(timeline.width(), period)
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


def test_on_a_wide_screen_all_of_a_long_saying_is_seen_where_there_is_room(
    page: CallPage, call_stages: dict[str, CallView], qtbot: QtBot
) -> None:
    page.resize(1280, 1400)
    for questions in range(4):
        page.set_view(replace(call_stages["past"], ask=("Has the system been inspected yet?",) * questions))
        for width in (1280, 1600, 1920, 2560):
            page.resize(width, 1400)
            qtbot.waitUntil(lambda: not page._to_say.hint, timeout=5_000)
            assert page._to_say.inner.height() <= page._to_say.window_part.height()


def test_what_to_say_stands_over_the_flags_where_there_is_not_room_for_both(
    page: CallPage, call_stages: dict[str, CallView], qtbot: QtBot
) -> None:
    view = call_stages["littleton"]
    flags = tuple(replace(flag, id=f"{flag.id}.{number}") for number in range(4) for flag in view.notices)
    assert len(flags) >= 4
    page.resize(1280, 700)
    page.set_view(replace(view, notices=flags))
    qtbot.waitUntil(lambda: page.say.geometry().bottom() < page.notices.geometry().top())
    assert page._to_say.verticalScrollBar().value() == 0
    page.set_view(view)
    qtbot.waitUntil(lambda: page.notices.geometry().bottom() < page.say.geometry().top())
