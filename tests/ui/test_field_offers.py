"""What may be meant, under the field with the keyboard: Down takes it, Enter goes on to the next field as ever."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from ptodesk_gui.sop.form import Field
from ptodesk_gui.sop.view import CallView
from ptodesk_gui.ui.call import CallPage
from ptodesk_gui.ui.widgets import offer_list
from ptodesk_gui.ui.widgets.offer_list import OfferList

NAMES = ("Shield Energy", "Stronger Electric")


@pytest.fixture
def company(page: CallPage, qtbot: QtBot, call_stages: dict[str, CallView]) -> CallPage:
    """A page on which the company is being typed; what is offered follows from what stands there."""
    view = call_stages["empty"]

    def follow(path: str, value: str) -> None:
        offered = tuple(name for name in NAMES if value and name != value and name.casefold().startswith(value))
        page.set_view(replace(view, offers={Field.INSTALLER: offered} if offered else {}))

    page.edited.connect(follow)
    page.set_view(view)
    qtbot.waitActive(page)
    page.focus_field(Field.INSTALLER)
    QTest.keyClicks(field(page), "s")
    return page


def field(page: CallPage) -> QLineEdit:
    made = page.checklist.inputs.by_field[Field.INSTALLER]
    assert isinstance(made, QLineEdit)
    return made


def shown(page: CallPage) -> tuple[str, ...]:
    lists = [each for each in page.findChildren(OfferList) if each.isVisible()]
    return lists[0].offers if lists else ()


def press(page: CallPage, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(page.window().focusWidget(), key)


def test_what_is_offered_stands_under_the_field(company: CallPage) -> None:
    assert shown(company) == NAMES
    QTest.keyClicks(field(company), "x")
    assert shown(company) == ()


def test_down_takes_the_first_then_the_next_and_up_goes_back_to_what_was_typed(company: CallPage) -> None:
    taken = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Up):
        press(company, key)
        taken.append(field(company).text())
    assert taken == ["Shield Energy", "Stronger Electric", "Stronger Electric", "Shield Energy", "s"]
    assert shown(company) == NAMES


def test_enter_goes_to_the_next_field_with_what_was_typed(company: CallPage) -> None:
    press(company, Qt.Key.Key_Return)
    assert field(company).text() == "s"
    assert company.checklist.focused is Field.REP_FIRST_NAME
    assert shown(company) == ()


def test_what_was_taken_can_be_taken_back_in_one_step(company: CallPage) -> None:
    press(company, Qt.Key.Key_Down)
    field(company).undo()
    assert field(company).text() == "s"


def test_typing_on_from_what_was_taken_is_typing(company: CallPage) -> None:
    press(company, Qt.Key.Key_Down)
    QTest.keyClicks(field(company), " Inc")
    assert field(company).text() == "Shield Energy Inc"
    assert shown(company) == ()


def test_down_does_nothing_where_nothing_is_offered(company: CallPage) -> None:
    company.focus_field(Field.CITY)
    press(company, Qt.Key.Key_Down)
    assert company.checklist.focused is Field.CITY


def test_offers_are_spoken_once_when_the_typing_pauses_and_not_again_when_the_keyboard_comes_back(
    company: CallPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken: list[str] = []
    monkeypatch.setattr(offer_list, "announce", lambda _, text: spoken.append(text))
    (offered,) = company.findChildren(OfferList)
    pause = offered._quiet
    pause.setInterval(60_000)  # the typing pauses where the test says so
    QTest.keyClicks(field(company), "h")
    pause.timeout.emit()
    pause.stop()
    assert spoken == ["Down arrow takes: Shield Energy"], "not what was offered for the letter before"
    field(company).clearFocus()  # as another window takes the keyboard
    assert shown(company) == ()
    field(company).setFocus()
    assert shown(company) == ("Shield Energy",)
    assert not pause.isActive()
    QTest.keyClicks(field(company), "x")
    QTest.keyClick(field(company), Qt.Key.Key_Backspace)
    assert pause.isActive(), "it had gone, and is news"


def test_a_screen_reader_is_told_what_is_offered(company: CallPage) -> None:
    (offered,) = company.findChildren(OfferList)
    assert offered.accessibleName() == "Down arrow takes: Shield Energy, Stronger Electric"
