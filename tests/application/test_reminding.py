"""What the window says of follow-ups, and when: once, without names outside the window, never in the way (H9, H10)."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from ptodesk_gui.application.clock import Clock
from ptodesk_gui.application.procedure import Found
from ptodesk_gui.application.reminding import REPAINT_TICKS, Reminding
from ptodesk_gui.application.tray import Tray
from ptodesk_gui.sop.progress import FollowUp, FollowUpState
from ptodesk_gui.sop.view import Weight
from ptodesk_gui.ui.outbox.followup_box import FollowUpBox

NOON = 1_790_000_000.0


class Backstage:
    """Carries out what a person decides, on a filer that remembers it."""

    def __init__(self) -> None:
        self.acts: list[tuple[object, ...]] = []

    def act(self, what: Callable[[Any], object]) -> None:
        backstage = self

        class FollowUps:
            def __getattr__(self, name: str) -> Callable[..., None]:
                return lambda *arguments: backstage.acts.append((name, *arguments))

        class Filer:
            follow_ups = FollowUps()

        what(Filer())


class Desk:
    """The list, what stands behind it, and what was said."""

    def __init__(self, qtbot: QtBot) -> None:
        self.box = FollowUpBox()
        qtbot.addWidget(self.box)
        self.backstage = Backstage()
        self.now = NOON
        self.root = QObject()
        clock = Clock(now=lambda: self.now)
        self.reminding = Reminding(self.box, self.backstage, clock, self.root)  # type: ignore[arg-type]
        self.said: list[tuple[str, Weight]] = []
        self.outside: list[str] = []
        self.counts: list[int] = []
        self.reminding.said.connect(lambda text, weight: self.said.append((text, weight)))
        self.reminding.notified.connect(self.outside.append)
        self.reminding.counted.connect(self.counts.append)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def one(state: FollowUpState, id_: int = 1, **more: object) -> FollowUp:
    values = {
        "id": id_,
        "plan_id": 1,
        "title": "Jane Doe",
        "site": "practice",
        "ticket": f"PTO-{id_}",
        "text": "Look at SS-12.",
        "due": NOON,
        "state": state,
        "since": NOON,
        "closing": "Done, Other, Operations",
        **more,
    }
    return FollowUp(**values)  # type: ignore[arg-type]


def test_one_that_becomes_due_is_said_once_and_counted__H9(desk: Desk) -> None:
    desk.reminding.follow((one(FollowUpState.WAITING),))
    for _ in range(3):
        desk.reminding.follow((one(FollowUpState.DUE),))
    assert desk.said == [("PTO-1 is due: Look at SS-12. The outbox (Ctrl+Shift+O) has it.", Weight.WARNING)]
    assert desk.outside == ["Follow-up PTO-1: due"]
    assert desk.counts == [0, 1, 1, 1]


def test_an_answer_is_said__H7_H10(desk: Desk) -> None:
    desk.reminding.follow((one(FollowUpState.WAITING),))
    desk.reminding.follow((one(FollowUpState.ANSWERED),))
    assert desk.said == [("PTO-1 was answered: look at it. The outbox (Ctrl+Shift+O) has it.", Weight.WARNING)]


def test_what_closed_by_itself_is_said_without_asking_for_anything__H10(desk: Desk) -> None:
    desk.reminding.follow((one(FollowUpState.WAITING, closes_itself=True),))
    desk.reminding.follow((one(FollowUpState.CLOSING, closes_itself=True),))
    desk.reminding.follow((one(FollowUpState.CLOSED, closes_itself=True),))
    assert desk.said == [("PTO-1 is closed as Done, Other, Operations: no answer came.", Weight.HINT)]
    assert desk.outside == []
    assert desk.counts == [0, 0, 0]


def test_what_a_person_closed_is_not_said_to_have_had_no_answer__H10(desk: Desk) -> None:
    desk.reminding.follow((one(FollowUpState.ANSWERED, closes_itself=True),))
    desk.said.clear()
    desk.reminding.follow((one(FollowUpState.CLOSED, closes_itself=True, by_person=True),))
    assert desk.said == [("PTO-1 is closed as Done, Other, Operations.", Weight.HINT)]


def test_what_somebody_else_closed_is_said_so__H9(desk: Desk) -> None:
    desk.reminding.follow((one(FollowUpState.WAITING),))
    desk.reminding.follow((one(FollowUpState.CLOSED, reason="It was closed meanwhile, not by this program."),))
    assert desk.said == [("PTO-1: It was closed meanwhile, not by this program.", Weight.HINT)]


def test_a_closing_that_was_refused_is_said__H10(desk: Desk) -> None:
    desk.reminding.follow((one(FollowUpState.CLOSING, closes_itself=True),))
    desk.reminding.follow((one(FollowUpState.CLOSING, closes_itself=True, reason="No.", cure="Ask."),))
    assert desk.said == [("PTO-1 could not be closed. The outbox (Ctrl+Shift+O) says why.", Weight.WARNING)]


def test_a_closing_that_only_waits_for_the_site_disturbs_nobody__H10(desk: Desk) -> None:
    desk.reminding.follow((one(FollowUpState.WAITING, closes_itself=True),))
    desk.reminding.follow((one(FollowUpState.DUE, closes_itself=True, reason="No network."),))
    assert desk.said == []
    assert desk.counts == [0, 0]


def test_several_at_once_are_one_sentence__H9(desk: Desk) -> None:
    desk.reminding.follow((one(FollowUpState.WAITING), one(FollowUpState.WAITING, 2)))
    desk.reminding.follow((one(FollowUpState.DUE), one(FollowUpState.ANSWERED, 2)))
    assert desk.said == [("2 follow-ups need you. The outbox (Ctrl+Shift+O) has them.", Weight.WARNING)]
    assert len(desk.outside) == 2


@pytest.mark.parametrize(
    ("states", "words"),
    [
        ([], ""),
        ([FollowUpState.WAITING], ""),
        ([FollowUpState.DUE], "1 follow-up is due; the outbox has it."),
        ([FollowUpState.DUE, FollowUpState.ANSWERED], "2 follow-ups are due; the outbox has them."),
    ],
)
def test_at_the_start_it_is_said_how_many_are_due_and_not_again__H9(
    desk: Desk, states: list[FollowUpState], words: str
) -> None:
    found = tuple(one(state, number) for number, state in enumerate(states, 1))
    assert desk.reminding.found(Found((), (), "", found)) == words
    desk.reminding.follow((*found, one(FollowUpState.CLOSED, 9)))
    assert desk.said == []


def test_what_a_person_presses_is_carried_out__H9_H10(desk: Desk) -> None:
    desk.box.answered_requested.emit(1)
    desk.box.close_requested.emit(2)
    desk.box.snooze_requested.emit(3, 4.0)
    assert desk.backstage.acts == [("answered", 1), ("close_now", 2), ("snooze", 3, 4.0)]


def test_the_times_on_the_page_grow_old_while_it_is_seen__H9(desk: Desk) -> None:
    from PySide6.QtWidgets import QListWidget

    desk.reminding.follow((one(FollowUpState.DUE),))
    (rows,) = desk.box.findChildren(QListWidget)
    desk.now += 7200
    for _ in range(REPAINT_TICKS - 1):
        desk.reminding.tick()
    assert "due now" in rows.item(0).text()
    desk.reminding.tick()
    assert "due since 2 h" in rows.item(0).text()


# --- outside the window -----------------------------------------------------------------------------------------------


def test_without_a_system_tray_nothing_is_tried(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: False))
    window = QWidget()
    qtbot.addWidget(window)
    tray = Tray(window, window)
    tray.notify("Follow-up PTO-7: due")
    assert window.findChildren(QSystemTrayIcon) == []
    tray.stop()


def test_with_a_system_tray_it_shows_a_few_words_and_leaves_again(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[tuple[str, str]] = []
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: True))
    monkeypatch.setattr(QSystemTrayIcon, "show", lambda icon: None)
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda icon, title, text: shown.append((title, text)))
    window = QWidget()
    window.setWindowTitle("PTO desk")
    qtbot.addWidget(window)
    tray = Tray(window, window)
    for _ in range(2):
        tray.notify("Follow-up PTO-7: due")
    assert shown == [("PTO desk", "Follow-up PTO-7: due")] * 2
    assert len(window.findChildren(QSystemTrayIcon)) == 1
    tray.stop()
    tray.stop()
