"""The window: every action by its key, pages, the strip, the clocks, the practice banner."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QCloseEvent, QColor, QKeySequence, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ptodesk_gui.sop.entry import YES, Field
from ptodesk_gui.sop.view import CallView, Item, Weight
from ptodesk_gui.ui import actions, theme
from ptodesk_gui.ui.call import keys
from ptodesk_gui.ui.main_window import MainWindow
from ptodesk_gui.ui.text_size import set_text_size
from ptodesk_gui.ui.top_bar import PRACTICE, TopBar
from ptodesk_gui.ui.widgets import drawings
from ptodesk_gui.ui.widgets.button import Button
from ptodesk_gui.ui.widgets.drawn_button import DrawnButton
from tests.acceptance.seen import faults


def opened(qtbot: QtBot, practice: bool = False) -> MainWindow:
    made = MainWindow(practice)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def window(qtbot: QtBot, themed: QApplication, call_stages: dict[str, CallView]) -> MainWindow:
    made = opened(qtbot)
    made.call_page.set_view(call_stages["within"])
    return made


def press(window: MainWindow, key: str) -> None:
    """Press a shortcut where the keyboard is."""
    combination = QKeySequence(key)[0]
    QTest.keyClick(QApplication.focusWidget() or window, combination.key(), combination.keyboardModifiers())


@pytest.mark.parametrize("item", list(Item))
def test_a_key_for_every_item_from_any_field(window: MainWindow, item: Item) -> None:
    window.call_page.focus_field(Field.CONCERN if item is Item.CALLER else Field.FIRST_NAME)
    press(window, keys.ITEMS[item])
    focused = window.call_page.checklist.focused
    assert focused is not None
    assert window.call_page.checklist.inputs.item_of[focused] is item


@pytest.mark.parametrize("item", list(Item))
def test_the_key_of_an_item_stands_beside_it(window: MainWindow, item: Item) -> None:
    labels = [label.text() for label in window.call_page.checklist.sections[item].findChildren(QLabel)]
    assert keys.ITEMS[item] in labels


@pytest.mark.parametrize("field", list(keys.TICKS))
def test_a_key_for_every_tick_while_typing_elsewhere(window: MainWindow, field: Field) -> None:
    said: list[tuple[str, str]] = []
    window.call_page.edited.connect(lambda path, value: said.append((path, value)))
    window.call_page.focus_field(Field.CONCERN)
    press(window, keys.TICKS[field])
    press(window, keys.TICKS[field])
    assert said == [(field.value, YES), (field.value, "")]
    assert window.call_page.checklist.focused is Field.CONCERN
    texts = {label.text() for label in window.call_page.checklist.findChildren(QLabel)}
    assert keys.TICKS[field] in texts, "the key stands beside the tick"


@pytest.mark.parametrize(("key", "who"), [("F2", "homeowner"), ("F3", "installer")])
def test_a_key_copies_each_reply_from_any_field(window: MainWindow, qtbot: QtBot, key: str, who: str) -> None:
    window.call_page.focus_field(Field.M2)
    with qtbot.waitSignal(window.call_page.copy_requested) as asked:
        press(window, key)
    assert asked.args == [who]


@pytest.mark.parametrize(("key", "reply"), [("F6", "own"), ("Shift+F6", "own")])
def test_keys_step_through_the_replies(window: MainWindow, qtbot: QtBot, key: str, reply: str) -> None:
    window.call_page.focus_field(Field.M2)
    with qtbot.waitSignal(window.call_page.reply_chosen) as asked:
        press(window, key)
    assert asked.args == ["homeowner", reply]


@pytest.mark.parametrize(("key", "who"), [("Alt+8", "homeowner"), ("Alt+9", "installer")])
def test_keys_go_to_the_replies(window: MainWindow, key: str, who: str) -> None:
    window.call_page.focus_field(Field.M2)
    press(window, key)
    assert window.call_page.replies.shown == who
    assert window.call_page.replies.sides[who].isAncestorOf(QApplication.focusWidget())


def test_a_key_goes_to_what_is_to_be_asked_next(window: MainWindow, call_stages: dict[str, CallView]) -> None:
    window.call_page.set_view(call_stages["halfway"])
    press(window, "Alt+0")
    assert window.call_page.checklist.focused is Field.INSTALLER


def test_f9_and_its_button_end_the_call_once_each(window: MainWindow) -> None:
    ended: list[bool] = []
    window.call_page.end_call_requested.connect(lambda: ended.append(True))
    press(window, "F9")
    button(window, "End call").click()
    assert len(ended) == 2


def test_enter_after_the_last_field_and_once_more_ends_the_call(window: MainWindow, qtbot: QtBot) -> None:
    window.call_page.focus_field(Field.DOUBLE_BILLING)
    press(window, "Return")
    with qtbot.waitSignal(window.call_page.end_call_requested):
        press(window, "Return")


@pytest.mark.parametrize(
    ("key", "signal"),
    [("Ctrl+N", "new_call_requested"), ("Ctrl+Shift+O", "outbox_requested"), ("Ctrl+,", "settings_requested")],
)
def test_keys_ask_for_what_is_elsewhere_on_every_page(window: MainWindow, qtbot: QtBot, key: str, signal: str) -> None:
    window.add_page("other", QLineEdit())
    for page in ("call", "other"):
        window.show_page(page)
        with qtbot.waitSignal(getattr(window, signal)):
            press(window, key)


def test_keys_of_the_call_do_nothing_on_another_page(window: MainWindow) -> None:
    said: list[object] = []
    window.call_page.edited.connect(lambda *args: said.append(args))
    window.call_page.end_call_requested.connect(lambda: said.append("end"))
    window.call_page.copy_requested.connect(said.append)
    other = QLineEdit()
    window.add_page("other", other)
    window.show_page("other")
    other.setFocus()
    for spec in actions.ACTIONS:
        if spec.page == actions.CALL:
            press(window, spec.key)
    assert said == []
    window.show_page("call")
    press(window, "Ctrl+1")
    assert said == [(Field.NOTE_UNREACHABLE, YES)]


def test_no_two_actions_share_a_key() -> None:
    listed = [each.key for each in actions.LISTED]
    assert len(set(listed)) == len(listed)
    assert len({spec.id for spec in actions.ACTIONS}) == len(actions.ACTIONS)


def test_showing_a_page_says_so_and_a_page_can_be_replaced(window: MainWindow, qtbot: QtBot) -> None:
    first, second = QWidget(), QWidget()
    window.add_page("review", first)
    with qtbot.waitSignal(window.page_shown) as shown:
        window.show_page("review")
    assert (shown.args, window.page) == (["review"], "review")
    window.add_page("review", second)
    window.show_page("review")
    assert second.isVisible()
    with pytest.raises(KeyError):
        window.show_page("nowhere")


def test_quitting_asks_whoever_listens(window: MainWindow) -> None:
    events: list[QCloseEvent] = []

    def keep_open(event: QCloseEvent) -> None:
        events.append(event)
        event.ignore()

    window.closing.connect(keep_open)
    press(window, "Ctrl+Q")
    assert len(events) == 1
    assert window.isVisible()
    window.closing.disconnect(keep_open)


def test_the_strip_says_one_thing_at_a_time_and_can_be_dismissed(window: MainWindow) -> None:
    window.call_page.focus_field(Field.CITY)
    window.say_in_strip("Not copied: the installer is still a blank.", Weight.WARNING)
    window.say_in_strip("Copied.", Weight.HINT)
    assert window._strip.text == "Copied."
    assert window.call_page.checklist.focused is Field.CITY, "a notice takes no keyboard"
    button(window, "Dismiss the notice").click()
    assert window._strip.text == ""
    window.say_in_strip("Again.")
    window.clear_strip()
    assert window._strip.text == ""


def button(window: MainWindow, name: str) -> Button:
    return next(b for b in window.findChildren(Button) if b.accessibleName().startswith(name))


def labels(window: MainWindow) -> set[str]:
    bar = window.findChild(TopBar)
    assert bar is not None
    return {label.text() for label in bar.findChildren(QLabel) if label.isVisible()}


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0:00"), (187, "3:07"), (3723, "1:02:03"), (None, "-:--"), (-5, "0:00")]
)
def test_the_clock_of_the_call(window: MainWindow, seconds: int | None, words: str) -> None:
    window.set_call_seconds(seconds)
    assert f"Call {words}" in labels(window)


def test_the_clock_of_the_wrap_up_shows_while_it_runs(window: MainWindow) -> None:
    window.set_wrap_up_seconds(61)
    assert "Wrap-up 1:01" in labels(window)
    window.set_wrap_up_seconds(None)
    assert not any(text.startswith("Wrap-up") for text in labels(window))


def test_who_is_on_the_line_and_where_tickets_go(window: MainWindow) -> None:
    window.set_homeowner("Jane Doe")
    window.set_site("example.atlassian.net")
    assert {"Jane Doe", "example.atlassian.net"} <= labels(window)
    window.set_homeowner("")
    assert "New caller" in labels(window)


@pytest.mark.parametrize(
    ("waiting", "person", "words"),
    [(0, 0, "Outbox: empty"), (2, 0, "Outbox: 2 waiting"), (3, 1, "Outbox: 1 needs you")],
)
def test_the_outbox_button_counts(window: MainWindow, waiting: int, person: int, words: str) -> None:
    window.set_outbox(waiting, person)
    assert button(window, "Outbox").text() == f"{words}  Ctrl+Shift+O"


def test_practice_is_unmistakable_in_words_colour_and_pattern(qtbot: QtBot, themed: QApplication) -> None:
    window = opened(qtbot, practice=True)
    window.set_site("example.atlassian.net")
    assert PRACTICE in window.windowTitle()
    assert any(text.startswith(PRACTICE) for text in labels(window))
    assert "example.atlassian.net" not in labels(window)
    image = window.grab().toImage()
    c = theme.colours(window.palette())
    stripes = [QColor(image.pixel(x, 4)).name() for x in range(image.width())]
    changes = sum(a != b for a, b in pairwise(stripes))
    assert {c.practice.name(), c.on_practice.name()} <= set(stripes)
    assert changes > 100, "stripes across the whole top"
    assert QColor(image.pixel(image.width() - 2, 20)) == c.practice


def test_without_practice_there_is_no_banner(window: MainWindow) -> None:
    assert PRACTICE not in window.windowTitle()
    assert not any(text.startswith(PRACTICE) for text in labels(window))


def test_the_strip_names_the_keys_that_help_most_while_it_is_silent(
    window: MainWindow, make_view: Callable[..., CallView]
) -> None:
    texts = [label.text() for label in window._strip.findChildren(QLabel) if label.isVisible()]
    assert any("F1: all keys" in text for text in texts)


def test_on_a_small_screen_the_window_with_its_frame_fits(qtbot: QtBot) -> None:
    window = MainWindow(practice=True)
    qtbot.addWidget(window)
    window.fit(QSize(1024, 740))
    assert (window.width(), window.height()) == (1016, 700)
    window.fit(QSize(2560, 1400))
    assert (window.width(), window.height()) == (1280, 800)


@pytest.mark.parametrize("practice", [False, True])
def test_end_call_is_the_filled_button_once_nothing_more_is_to_be_asked_and_can_be_pressed_before(
    qtbot: QtBot, themed: QApplication, call_stages: dict[str, CallView], practice: bool
) -> None:
    made = opened(qtbot, practice)
    end = button(made, "End call")

    def inside() -> QColor:
        return end.grab().toImage().pixelColor(5, 5)

    fill, size = theme.colours(QPalette()).accent, end.size()
    assert inside() != fill, "in an empty window there is all to ask"
    with qtbot.waitSignal(made.call_page.end_call_requested):
        end.click()
    asked = replace(call_stages["within"], next_item=None)
    for view, filled in ((asked, True), (replace(asked, next_item=Item.JOB), False), (asked, True)):
        made.call_page.set_view(view)
        assert (inside() == fill) is filled
        assert end.size() == end.sizeHint() == size, "nothing moves"


def test_drawings_stand_before_the_words_and_give_way_where_the_bar_is_narrow(window: MainWindow) -> None:
    outbox = button(window, "Outbox")

    def room() -> int:
        return outbox.sizeHint().width() - outbox.fontMetrics().horizontalAdvance(outbox.text())

    drawn = room()
    words = outbox.text()
    given_up = []
    for width in range(480, 1280, 10):
        window.resize(width, 800)
        given_up.append(room() < drawn)
    assert any(given_up), "before the words need a line more"
    assert outbox.text() == words
    window.resize(1280, 800)
    assert room() == drawn
    window.set_outbox(1, 1, 1)
    QApplication.processEvents()
    for one, other in pairwise(sorted(window._bar.findChildren(Button), key=lambda b: b.x())):
        assert one.width() >= one.sizeHint().width()
        assert one.geometry().right() < other.x()


@pytest.fixture
def sized(themed: QApplication) -> Iterator[QApplication]:
    yield themed
    set_text_size(themed, theme.USUAL)


@pytest.mark.parametrize("practice", [True, False])
def test_nothing_in_the_bar_is_cut_whatever_it_says_and_however_large_the_text(
    qtbot: QtBot, sized: QApplication, practice: bool
) -> None:
    made = opened(qtbot, practice)
    made.set_homeowner("Maximiliane Featherstonehaugh-Worthington")
    made.set_wrap_up_seconds(5999)
    made.set_site("a-rather-long-site.example")
    tickets, back = made.add_to_bar("tickets", "Tickets  Ctrl+T"), made.add_to_bar("call.back", "")
    for percent, (width, height), more in (
        *((percent, (1024, 700), more) for percent in (80, 125, 200) for more in ("", " and half as much")),
        (200, (2560, 1440), ""),
    ):
        set_text_size(sized, percent)
        made.resize(width, height)
        back.setText(f"Sent in 10 s: take back  Ctrl+B{more}")
        tickets.setText(f"Tickets  Ctrl+T{more and ' and half'}")
        made.set_outbox(12, 1, 3)
        made.set_follow_ups(2)
        for shown in (True, False, True):
            back.setVisible(shown)
            made.fit_bar()
            qtbot.waitUntil(lambda: faults(made._bar) == [])
    set_text_size(sized, theme.USUAL)
    back.hide()
    made.resize(2560, 1440)
    qtbot.waitUntil(lambda: max(b.y() for b in in_bar(made)) < min(b.geometry().bottom() for b in in_bar(made)))
    assert [b.text().split()[0] for b in in_bar(made)] == ["End", "Tickets", "Outbox:", "Settings", "Keys"]


def test_what_comes_into_a_bar_that_is_broken_into_lines_stands_in_it_and_is_given_room(
    qtbot: QtBot, sized: QApplication
) -> None:
    made = opened(qtbot)
    set_text_size(sized, 200)
    made.resize(1024, 700)
    made.set_outbox(12, 1, 3)
    qtbot.waitUntil(lambda: bool(made._bar._lines_under))
    tickets, back = made.add_to_bar("tickets", "Tickets  Ctrl+T"), made.add_to_bar("call.back", "")
    back.hide()
    qtbot.waitUntil(lambda: tickets in in_bar(made))
    back.setText("Sent in 10 s: take back  Ctrl+B")
    back.show()
    assert not back.isWindow()
    made.fit_bar()
    made.set_wrap_up_seconds(5999)
    made.set_unsaved(True)
    qtbot.waitUntil(lambda: faults(made._bar) == [])


def in_bar(window: MainWindow) -> list[Button]:
    """Its buttons as they stand in it."""
    shown = [b for b in window._bar.findChildren(Button) if b.isVisible()]
    return sorted(shown, key=lambda b: b.mapTo(window, b.rect().topLeft()).x())


def test_the_drawing_of_a_page_s_button_follows_look_and_size_of_text(themed: QApplication, qtbot: QtBot) -> None:
    made = DrawnButton("File", drawings.SEND, primary=True)
    qtbot.addWidget(made)

    def ink() -> set[str]:
        image = made.icon().pixmap(made.iconSize()).toImage()
        every = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
        return {colour.name() for colour in every if colour.alpha() == 255}

    for look in (theme.DARK, theme.LIGHT):
        theme.set_theme(themed, look)
        assert ink() == {theme.colours(QPalette()).on_accent.name()}
    side = made.iconSize().height()
    set_text_size(themed, 200)
    assert made.iconSize().height() > 1.5 * side
    set_text_size(themed, theme.USUAL)
