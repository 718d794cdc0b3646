"""The list of follow-ups on the outbox page: what it says, what can be done, by keyboard and by name (H7, H9, H10)."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from ptodesk_gui.sop.progress import FollowUp, FollowUpState
from ptodesk_gui.ui.main_window import MainWindow
from ptodesk_gui.ui.outbox import OutboxPage
from ptodesk_gui.ui.outbox.followup_box import FollowUpBox
from ptodesk_gui.ui.widgets.bidi import plain

NOON = 1_790_000_000.0
HOUR = 3600.0


def h10(state: FollowUpState = FollowUpState.WAITING, **more: object) -> FollowUp:
    values = {
        "id": 1,
        "plan_id": 1,
        "title": "Homeowner not known",
        "site": "practice",
        "ticket": "PTO-7",
        "text": "Close SS-12 unless an answer came within 24 hours.",
        "due": NOON + 3 * HOUR,
        "state": state,
        "since": NOON,
        "closing": "Done, Other, Operations",
        "closes_itself": True,
        "browse_url": "http://127.0.0.1/browse/PTO-7",
        **more,
    }
    return FollowUp(**values)  # type: ignore[arg-type]


def h9(state: FollowUpState = FollowUpState.DUE, **more: object) -> FollowUp:
    about = {"id": 2, "ticket": "PTO-8", "text": "Look at SS-13.", "due": NOON - 2 * HOUR, "closes_itself": False}
    return h10(state, **{**about, **more})


@pytest.fixture
def page(qtbot: QtBot) -> OutboxPage:
    made = OutboxPage()
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def box(page: OutboxPage) -> FollowUpBox:
    return page.follow_ups


def rows(box: FollowUpBox) -> list[list[str]]:
    (listed,) = box.findChildren(QListWidget)
    return [listed.item(row).text().split("\n") for row in range(listed.count())]


def listed(box: FollowUpBox) -> QListWidget:
    (found,) = box.findChildren(QListWidget)
    return found


def button(box: FollowUpBox, text: str) -> QPushButton:
    return next(b for b in box.findChildren(QPushButton) if b.text().startswith(f"{text}  "))


def test_the_list_is_hidden_while_there_is_nothing_to_come_back_to(box: FollowUpBox) -> None:
    assert not box.isVisible()
    box.set_follow_ups([h9(FollowUpState.KEPT), h10(FollowUpState.CLOSED)], NOON)
    assert not box.isVisible()
    box.set_follow_ups([h9()], NOON)
    assert box.isVisible()


def test_a_row_has_ticket_time_text_and_what_is_agreed_to__H10(box: FollowUpBox) -> None:
    box.set_follow_ups([h10(), h9()], NOON)
    assert rows(box) == [
        [
            "PTO-7: in 3 h   Homeowner not known",
            "Close SS-12 unless an answer came within 24 hours.",
            "It is closed then as Done, Other, Operations, unless an answer came.",
        ],
        ["PTO-8: due since 2 h   Homeowner not known", "Look at SS-13."],
    ]


@pytest.mark.parametrize(
    ("one", "lead", "last"),
    [
        (h10(FollowUpState.ANSWERED, reason="Somebody wrote."), "PTO-7: answered: look at it", "Somebody wrote."),
        (h10(FollowUpState.CLOSING), "PTO-7: being closed", "Close SS-12 unless an answer came within 24 hours."),
        (
            h10(FollowUpState.CLOSING, reason="No Operations there.", cure="Ask."),
            "PTO-7: not closed: a person is needed",
            "No Operations there. Ask.",
        ),
        (
            h10(FollowUpState.DUE, due=NOON - 120, reason="The site cannot be reached."),
            "PTO-7: due since 2 min",
            "The site cannot be reached.",
        ),
        (
            h9(FollowUpState.WAITING, due=None, since=NOON - 5 * HOUR),
            "PTO-8: waiting for an answer since 5 h",
            "Look at SS-13.",
        ),
    ],
)
def test_every_state_reads_as_what_it_is__H7_H9_H10(box: FollowUpBox, one: FollowUp, lead: str, last: str) -> None:
    box.set_follow_ups([one], NOON)
    (row,) = rows(box)
    assert row[0].startswith(f"{lead}   ")
    assert row[-1] == last


def test_a_closing_that_waits_for_the_site_is_not_said_to_be_done__H10(box: FollowUpBox) -> None:
    box.set_follow_ups([h10(FollowUpState.DUE, due=NOON - 60, reason="The site cannot be reached.")], NOON)
    assert "as soon as the site says that no answer came" in rows(box)[0][2]


def test_each_button_asks_for_the_chosen_one__H9_H10(box: FollowUpBox) -> None:
    asked: list[object] = []
    box.answered_requested.connect(lambda id_: asked.append(("answered", id_)))
    box.close_requested.connect(lambda id_: asked.append(("close", id_)))
    box.snooze_requested.connect(lambda id_, hours: asked.append(("snooze", id_, hours)))
    box.open_requested.connect(lambda url: asked.append(("open", url)))
    box.set_follow_ups([h10(), h9()], NOON)
    listed(box).setCurrentRow(1)
    box.take_up_requested.connect(lambda key: asked.append(("take up", key)))
    for text in ("Take up as a call", "Answered", "Close now", "Remind me in 4 hours", "Open the ticket"):
        button(box, text).click()
    assert asked == [
        ("take up", "PTO-8"),
        ("answered", 2),
        ("close", 2),
        ("snooze", 2, 4.0),
        ("open", "http://127.0.0.1/browse/PTO-7"),
    ]


def test_all_of_it_is_reached_and_pressed_by_keyboard__H9(box: FollowUpBox, page: OutboxPage, qtbot: QtBot) -> None:
    box.set_follow_ups([h10(), h9()], NOON)
    listed(box).setFocus()
    QTest.keyClick(listed(box), Qt.Key.Key_Down)
    reached = []
    for _ in range(5):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert isinstance(focused, QPushButton)
        reached.append(focused.accessibleName())
    assert reached == [
        f"{words}: PTO-8"
        for words in ("Take up as a call", "Answered", "Close now", "Remind me in 4 hours", "Open the ticket")
    ]
    with qtbot.waitSignal(box.open_requested):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    listed(box).setFocus()
    with qtbot.waitSignal(box.open_requested):
        QTest.keyClick(listed(box), Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("one", "possible"),
    [
        (h10(), (True, True, True)),
        (h10(FollowUpState.ANSWERED), (True, True, True)),
        (h10(FollowUpState.CLOSING), (False, False, False)),
        (h10(FollowUpState.CLOSING, cure="Ask."), (True, True, False)),
        (h9(closing=""), (True, False, True)),
    ],
)
def test_only_what_is_possible_can_be_pressed__H9_H10(
    box: FollowUpBox, one: FollowUp, possible: tuple[bool, bool, bool]
) -> None:
    box.set_follow_ups([one], NOON)
    texts = ("Answered", "Close now", "Remind me in 4 hours")
    assert tuple(button(box, text).isEnabled() for text in texts) == possible


def test_the_chosen_one_and_the_keyboard_stay_while_others_come_and_go__H9(box: FollowUpBox) -> None:
    box.set_follow_ups([h10(), h9()], NOON)
    listed(box).setCurrentRow(1)
    listed(box).setFocus()
    box.set_follow_ups([h10(id=9, ticket="PTO-5"), h10(), h9(FollowUpState.ANSWERED)], NOON + 60)
    assert listed(box).currentRow() == 2
    assert listed(box).hasFocus()
    assert button(box, "Answered").accessibleName() == "Answered: PTO-8"
    box.set_follow_ups([h10(id=9, ticket="PTO-5"), h10()], NOON + 60)
    assert button(box, "Answered").accessibleName() == "Answered: PTO-7"


def test_strange_words_stay_words(box: FollowUpBox) -> None:
    box.set_follow_ups([h9(title="<b>Jane</b> {x} ${y} &amp;", text="שלום <i>")], NOON)
    assert [plain(row) for row in rows(box)[0]] == ["PTO-8: due since 2 h   <b>Jane</b> {x} ${y} &amp;", "שלום <i>"]


def test_many_leave_the_rest_of_the_page_its_room(box: FollowUpBox, page: OutboxPage) -> None:
    box.set_follow_ups([h10(id=n, ticket=f"PTO-{n}") for n in range(1, 40)], NOON)
    QApplication.processEvents()
    assert box.height() < page.height() / 2


def test_what_is_due_is_counted_on_the_outbox_button__H9(qtbot: QtBot) -> None:
    window = MainWindow(practice=False)
    qtbot.addWidget(window)

    def words() -> str:
        return next(b.accessibleName() for b in window.findChildren(QPushButton) if b.text().startswith("Outbox"))

    for waiting, persons, due, expected in (
        (0, 0, 0, "Outbox: empty"),
        (0, 0, 2, "Outbox: 2 due"),
        (3, 0, 2, "Outbox: 3 waiting, 2 due"),
        (3, 1, 2, "Outbox: 1 needs you, 2 due"),
        (3, 1, 0, "Outbox: 1 needs you"),
    ):
        window.set_outbox(waiting, persons)
        window.set_follow_ups(due)
        assert words() == expected


def test_the_outbox_is_not_called_empty_while_calls_are_kept_or_something_is_left_to_do__M1_M2(qtbot: QtBot) -> None:
    window = MainWindow(practice=False)
    qtbot.addWidget(window)

    def words() -> str:
        return next(b.accessibleName() for b in window.findChildren(QPushButton) if b.text().startswith("Outbox"))

    window.set_outbox(0, 0, 1)
    assert words() == "Outbox: 1 to finish"
    window.set_kept(2)
    assert words() == "Outbox: 1 to finish, 2 kept"
    window.set_outbox(2, 1, 0)
    assert words() == "Outbox: 1 needs you, 2 kept"
    window.set_outbox(0, 0, 0)
    window.set_kept(0)
    assert words() == "Outbox: empty"
