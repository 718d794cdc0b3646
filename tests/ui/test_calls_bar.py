"""The row of open calls: no room for one alone, the one at hand always shown, nothing cut off however narrow it is."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ptodesk_gui.ui.call.keys import OPEN_CALLS
from ptodesk_gui.ui.calls import CallsBar, OpenCall

NAMES = ("Anna Bell", "Bert Cole", "Maximiliane Featherstonehaugh-Smith", "", "Emil Frost", "Fred Gray", "Gina Hall")


def calls(count: int, at_hand: int) -> tuple[OpenCall, ...]:
    return tuple(OpenCall(str(n), NAMES[n], 60 * n, "on hold", n == at_hand) for n in range(count))


@pytest.fixture
def bar(qtbot: QtBot) -> Iterator[CallsBar]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1400, 100)
    yield CallsBar("Ctrl+Tab", OPEN_CALLS, "Ctrl+Shift+O", window)
    window.close()


def buttons(bar: CallsBar) -> list[QPushButton]:
    return [button for button in bar.findChildren(QPushButton) if button.isVisibleTo(bar)]


def test_one_call_alone_takes_no_room(bar: CallsBar) -> None:
    bar.set_calls(calls(1, 0))
    assert bar.isHidden()
    bar.set_calls(calls(2, 0))
    assert not bar.isHidden()


@pytest.mark.parametrize("width", [1280, 1024, 700, 420])
@pytest.mark.parametrize("at_hand", [0, 3, 6])
def test_the_call_at_hand_is_shown_whole_however_narrow_it_is(bar: CallsBar, width: int, at_hand: int) -> None:
    bar.set_calls(calls(7, at_hand))
    bar.resize(width, bar.sizeHint().height())
    bar.grab()
    shown = buttons(bar)
    assert [button.accessibleName() for button in shown if button.isChecked()] == [
        f"{NAMES[at_hand] or 'New call'}, on hold"
    ]
    assert all(button.width() >= button.sizeHint().width() for button in shown)
    named = [button for button in shown if "more" not in button.text()]
    assert [b.text() for b in shown if "more" in b.text()] == (
        [f"{7 - len(named)} more  Ctrl+Shift+O"] * (len(named) < 7)
    )


def test_pressing_a_call_asks_for_it_and_the_one_at_hand_stays_marked(bar: CallsBar, qtbot: QtBot) -> None:
    bar.resize(1280, 30)
    bar.set_calls(calls(3, 1))
    with qtbot.waitSignal(bar.call_requested) as asked:
        buttons(bar)[2].click()
    assert asked.args == ["2"]
    buttons(bar)[1].click()
    assert [button.isChecked() for button in buttons(bar)] == [False, True, False]


def test_a_call_keeps_its_own_number_when_not_all_are_shown(bar: CallsBar) -> None:
    bar.set_calls(calls(7, 6))
    bar.resize(700, bar.sizeHint().height())
    bar.grab()
    at_hand = next(button for button in buttons(bar) if button.isChecked())
    assert at_hand.text().startswith("7  Gina Hall")
    assert at_hand.accessibleDescription().startswith("Ctrl+Shift+7 goes to it")
