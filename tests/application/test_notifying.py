"""What needs a person is told once, not into a call, and outside the window without anything of a homeowner."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtWidgets import QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from ptodesk_gui.application.call import CallAtHand, Phase
from ptodesk_gui.application.notifying import CALL_NEEDS, Notifying
from ptodesk_gui.application.tray import Tray
from ptodesk_gui.sop.progress import PlanProgress, PlanState
from ptodesk_gui.sop.view import Weight

TITLE = "Jane Witness, Sunny Roofs"


class Desk:
    """The call at hand, what needs somebody, and what was said."""

    def __init__(self, window: QWidget) -> None:
        self.call = SimpleNamespace(phase=Phase.CALL, empty=True)
        self.notifying = Notifying(cast(CallAtHand, self.call), window, window)
        self.said: list[tuple[str, Weight]] = []
        self.outside: list[str] = []
        self.notifying.said.connect(lambda text, weight: self.said.append((text, weight)))
        self.notifying.notified.connect(self.outside.append)

    def plan(self, plan_id: int, state: PlanState) -> None:
        self.notifying.plan_moved(cast(PlanProgress, SimpleNamespace(plan_id=plan_id, state=state, title=TITLE)))

    def due(self, ticket: str) -> None:
        self.notifying.follow_up_said(f"{ticket} is due: ask again", Weight.WARNING)
        self.notifying.follow_up_notified(f"Follow-up {ticket}: due")

    def on_the_line(self) -> None:
        self.call.phase, self.call.empty = Phase.CALL, False


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    window = QWidget()
    qtbot.addWidget(window)
    return Desk(window)


def test_a_step_that_needs_a_person_is_said_once_and_outside_without_a_name(desk: Desk) -> None:
    for _ in range(2):
        desk.plan(1, PlanState.PERSON)
    assert desk.said == [(f"{TITLE}: a person is needed. The outbox says what to do.", Weight.WARNING)]
    assert desk.outside == [CALL_NEEDS]
    desk.plan(1, PlanState.FILING)
    desk.plan(1, PlanState.PERSON)
    assert len(desk.said) == len(desk.outside) == 2


@pytest.mark.parametrize(
    "end",
    [lambda call: setattr(call, "phase", Phase.WRAP_UP), lambda call: setattr(call, "empty", True)],
    ids=["the caller hung up", "another call, still empty"],
)
def test_nothing_is_said_into_a_call_and_all_of_it_when_it_is_over(
    desk: Desk, end: Callable[[SimpleNamespace], None]
) -> None:
    desk.on_the_line()
    desk.plan(1, PlanState.PERSON)
    desk.plan(2, PlanState.PERSON)
    desk.due("PTO-7")
    desk.notifying.look()
    assert (desk.said, desk.outside) == ([], [])
    end(desk.call)
    desk.notifying.look()
    words = "2 calls and 1 follow-up need you."
    assert desk.said == [(f"{words} The outbox (Ctrl+Shift+O) has them.", Weight.WARNING)]
    assert desk.outside == [words]
    assert not any("Witness" in text for text in desk.outside)
    desk.notifying.look()
    assert len(desk.said) == 1


def test_what_was_seen_to_meanwhile_is_not_told_any_more(desk: Desk) -> None:
    desk.on_the_line()
    desk.plan(1, PlanState.PERSON)
    desk.due("PTO-7")
    desk.plan(1, PlanState.FILED)
    desk.notifying.follow_ups_counted(0)
    desk.call.phase = Phase.FILED
    desk.notifying.look()
    assert (desk.said, desk.outside) == ([], [])


def test_what_asks_for_nothing_is_not_told_outside(desk: Desk) -> None:
    desk.notifying.follow_up_said("PTO-7 is closed as Done: no answer came.", Weight.HINT)
    assert desk.said == [("PTO-7 is closed as Done: no answer came.", Weight.HINT)]
    assert desk.outside == []


def test_nothing_is_told_outside_while_the_agent_is_at_the_window(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QWidget, "isActiveWindow", lambda _: True)
    desk.plan(1, PlanState.PERSON)
    assert len(desk.said) == 1
    assert desk.outside == []


def test_a_click_on_the_notice_leads_to_what_it_is_about(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    forward: list[QWidget] = []
    monkeypatch.setattr("ptodesk_gui.application.tray.come_forward", forward.append)
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: True))
    monkeypatch.setattr(QSystemTrayIcon, "show", lambda icon: None)
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda icon, title, text: None)
    window = QWidget()
    qtbot.addWidget(window)
    tray = Tray(window, window)
    tray.notify(CALL_NEEDS)
    (icon,) = window.findChildren(QSystemTrayIcon)
    with qtbot.waitSignal(tray.clicked):
        icon.messageClicked.emit()
    assert forward == [window]
    tray.stop()
