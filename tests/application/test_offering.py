"""What a pasted job page says is offered, and taken only as the agent says (C1, C6, T5)."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from ptodesk_gui.application.call import CallAtHand
from ptodesk_gui.application.clock import Clock
from ptodesk_gui.application.offering import NO_TEXT, NONE_TAKEN, NOTHING_NEW, Offering
from ptodesk_gui.sop.advice import call_view
from ptodesk_gui.sop.entry import Entry, Field
from ptodesk_gui.ui.history.view import OffersView
from ptodesk_gui.workstation.playbook_files import load_playbook

JOB_PAGE = """Job 4711
Homeowner: Jane Doe
Address: 5 Oak Ave, Denver, CO 80202
Installer: Sunny Roofs
Contractor: Sam Rep (sam@example.com)
M1 approved 11/5/2025
M2 approved 2/1/2026
https://engine.example/jobs/4711
"""


class Panel:
    """What the panel is told."""

    def __init__(self) -> None:
        self.view = OffersView("", ())
        self.open = False

    def set_offers(self, view: OffersView) -> None:
        self.view = view

    def leave(self) -> None:
        self.open = False


class Desk(QObject):
    """A call at hand with offers beside it."""

    def __init__(self) -> None:
        super().__init__()
        playbook = load_playbook()
        clock = Clock(now=lambda: 0.0, today=lambda: date(2026, 3, 14), steady=lambda: 0.0)
        self.call = CallAtHand(clock, "Dana Reyes")
        self.call.use(lambda entry, today: call_view(entry, playbook, today))
        self.panel = Panel()
        panel: Any = self.panel
        self.offering = Offering(panel, self.call, self, self)  # type: ignore[arg-type]
        self.offering.shown.connect(lambda: setattr(self.panel, "open", True))
        self.said: list[str] = []
        self.offering.said.connect(lambda text, weight: self.said.append(text))

    def change(self, entry: Entry) -> None:
        self.call.change(entry)

    def paste(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.offering.paste()

    @property
    def names(self) -> list[str]:
        return [row.name for row in self.panel.view.rows]

    def text(self, which: Field) -> str:
        return self.call.entry.text(which)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk()


def test_everything_on_the_job_page_is_offered_and_nothing_written__C1_C6_T5(desk: Desk) -> None:
    desk.paste(JOB_PAGE)
    assert desk.panel.open
    assert {"M1 date", "M2 date", "installer", "representative's email", "street", "job link"} <= set(desk.names)
    assert desk.text(Field.M2) == ""
    assert desk.text(Field.INSTALLER) == ""


def test_one_value_is_taken_by_itself(desk: Desk) -> None:
    desk.paste(JOB_PAGE)
    desk.offering.take(desk.names.index("M2 date"))
    assert desk.text(Field.M2) == "2/1/2026"
    assert desk.text(Field.M1) == ""
    assert "M2 date" not in desk.names


def test_all_are_taken_where_nothing_is_typed_and_what_was_typed_stays(desk: Desk) -> None:
    desk.call.edit(Field.M2, "2/3/2026")
    desk.paste(JOB_PAGE)
    desk.offering.take_all()
    assert desk.text(Field.M2) == "2/3/2026"
    assert desk.text(Field.M1) == "11/5/2025"
    assert desk.text(Field.LAST_NAME) == "Doe"
    (left,) = desk.panel.view.rows
    assert (left.name, left.value, left.instead_of) == ("M2 date", "2/1/2026", "2/3/2026")


def test_a_value_that_is_typed_otherwise_is_replaced_only_one_by_one(desk: Desk) -> None:
    desk.call.edit(Field.M2, "2/3/2026")
    desk.paste(JOB_PAGE)
    desk.offering.take(desk.names.index("M2 date"))
    assert desk.text(Field.M2) == "2/1/2026"


def test_a_job_page_of_somebody_else_is_pointed_out_and_not_taken_at_once__N3(desk: Desk) -> None:
    desk.call.edit(Field.FIRST_NAME, "John")
    desk.call.edit(Field.LAST_NAME, "Smith")
    desk.paste(JOB_PAGE)
    assert desk.panel.view.notes
    assert "Jane Doe" in desk.panel.view.notes[0]
    desk.offering.take_all()
    assert desk.text(Field.M2) == ""
    assert desk.said == [NONE_TAKEN]


@pytest.mark.parametrize(("text", "said"), [("", NO_TEXT), (" \n", NO_TEXT), ("nothing of use", NOTHING_NEW)])
def test_a_clipboard_without_anything_is_said(desk: Desk, text: str, said: str) -> None:
    desk.paste(text)
    assert desk.said == [said]
    assert not desk.panel.open


def test_nothing_is_offered_from_one_call_to_another(desk: Desk) -> None:
    desk.paste(JOB_PAGE)
    desk.call.begin("Dana Reyes")
    desk.offering.follow()
    assert not desk.panel.open
    desk.offering.take(0)
    desk.offering.take_all()
    assert not desk.call.entry.values
