"""What is to be said can be read in whole by keyboard, however low the window; what is wrong with a date is said in full."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ptodesk_gui.sop.entry import Field
from ptodesk_gui.sop.view import CallView, FieldWord, Notice, Weight
from ptodesk_gui.ui.call import CallPage
from ptodesk_gui.ui.call.advice_box import END, MORE, AdviceBox
from tests.ui.conftest import TODAY

NOTICES = tuple(Notice(f"n{number}", "C2", "A flag that takes a line of the window. " * 2) for number in range(3))
LOW = 560  # pixels of height in which a past call with double billing does not fit


@pytest.fixture
def low(page: CallPage, call_stages: dict[str, CallView], qtbot: QtBot) -> CallPage:
    """A call past the period, in a low window, before it is asked about double billing."""
    page.resize(1008, LOW)
    past = call_stages["past"]
    page.set_view(replace(past, say=past.say[:1], notices=NOTICES))
    qtbot.waitUntil(lambda: page._to_say.hint == MORE.format(key="F5"))
    return page


def seen(page: CallPage, part: QWidget) -> QRect:
    """What of a part can be seen, in its own coordinates."""
    box = page._to_say
    window = QRect(part.mapFrom(box.window_part, QPoint()), box.window_part.size())
    return window & part.rect()


def test_every_line_to_be_said_comes_into_view_by_one_key__C8_C9_C10(
    low: CallPage, call_stages: dict[str, CallView], qtbot: QtBot
) -> None:
    low.set_view(replace(call_stages["past"], notices=NOTICES))
    qtbot.waitUntil(lambda: len(low.say._sayings) == 2)
    first, second = low.say._sayings
    low._to_say.verticalScrollBar().setValue(0)
    shown = {id(part): set[int]() for part in (first, second)}
    for _ in range(20):
        for part in (first, second):
            window = seen(low, part)
            shown[id(part)] |= set(range(window.top(), window.bottom() + 1))
        if low._to_say.hint == END.format(key="F5"):
            break
        low.scroll_saying(1)
    for part in (first, second):
        assert shown[id(part)] == set(range(part.height())), "every line of pixels was seen"
    low.scroll_saying(1)
    assert low._to_say.verticalScrollBar().value() == 0, "from the end back to the top"
    low.scroll_saying(-1)
    assert low._to_say.hint == END.format(key="F5")


def test_the_sentence_that_is_to_be_said_next_comes_into_view_by_itself__C10(
    low: CallPage, call_stages: dict[str, CallView], qtbot: QtBot
) -> None:
    assert low._to_say.verticalScrollBar().value() == 0, "the flags come first"
    low.set_view(replace(call_stages["past"], notices=NOTICES))
    second = low.say._sayings[1]
    qtbot.waitUntil(lambda: seen(low, second).top() == 0 and not seen(low, second).isEmpty())


def test_where_all_of_it_is_seen_no_line_is_lost_to_a_hint(
    page: CallPage, call_stages: dict[str, CallView], qtbot: QtBot
) -> None:
    page.set_view(call_stages["within"])
    qtbot.waitUntil(lambda: page._to_say.verticalScrollBar().maximum() == 0)
    assert page._to_say.hint == ""


LONG = "Before M1: M2 is on 2/1/2026, M1 on 2/2/2026. Look both up on the job page again."


@pytest.mark.parametrize("width", [1264, 1008])
def test_what_is_wrong_with_a_date_is_said_in_full_under_the_dates__C14(
    page: CallPage, make_view: Callable[..., CallView], width: int, qtbot: QtBot
) -> None:
    page.resize(width, 680)
    height = page.checklist.sections[next(iter(page.checklist.sections))].height()
    words = {Field.M1: FieldWord(Weight.WARNING, "A warning."), Field.M2: FieldWord(Weight.ERROR, LONG)}
    page.set_view(make_view(TODAY - timedelta(days=41), words=words))
    qtbot.waitUntil(lambda: page.checklist.inputs.date_words.shown == f"M2: {LONG}")
    assert page.checklist.sections[next(iter(page.checklist.sections))].height() == height, "nothing moves"
    page.set_view(make_view(TODAY - timedelta(days=41), words={Field.M1: FieldWord(Weight.HINT, "January 5, 2026")}))
    assert page.checklist.inputs.date_words.shown == "", "how a date was read stands beside it"


def test_words_stay_beside_the_scroll_bar_that_comes_as_the_box_is_shown(qtbot: QtBot) -> None:
    """As where the page goes back to two columns: it is hidden meanwhile, and comes back narrower than it was."""
    words = QLabel("word " * 60)
    words.setWordWrap(True)
    part, inner, body, host = QWidget(), QWidget(), QWidget(), QWidget()
    box = AdviceBox(inner, "What to say now", "F5", least=60)
    for outer, within in ((part, words), (inner, part), (body, box), (host, body)):
        QVBoxLayout(outer).addWidget(within)
    qtbot.addWidget(host)
    host.resize(900, 400)
    host.show()
    qtbot.waitUntil(lambda: box.hint == "" and part.width() > 300)
    body.hide()
    host.resize(300, 160)
    body.show()
    qtbot.waitUntil(lambda: box.verticalScrollBar().isVisible())
    assert inner.width() == box.window_part.width()
    assert inner.rect().contains(part.geometry())
