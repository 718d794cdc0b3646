"""History first: looked up once per pause, answered late or not at all, never in the way (T9)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from ptodesk_gui.application import open_tickets
from ptodesk_gui.application.asking import NoAnswer
from ptodesk_gui.application.call import CallAtHand
from ptodesk_gui.application.clock import Clock
from ptodesk_gui.application.open_tickets import OpenTickets
from ptodesk_gui.application.procedure import Procedure
from ptodesk_gui.desk.history import Tickets
from ptodesk_gui.sop.advice import call_view
from ptodesk_gui.sop.entry import Entry, Field
from ptodesk_gui.sop.tickets import Comment, HistoryView, Link, SiteTicket
from ptodesk_gui.sop.view import FieldWord
from ptodesk_gui.ui.history.view import StripView, Tone
from ptodesk_gui.workstation.playbook_files import load_playbook

TODAY = date(2026, 3, 14)
NOW = datetime(2026, 3, 14, 15, 0, tzinfo=UTC)
JANE = SiteTicket(
    key="PTO-5",
    project="PTO",
    summary="Homeowner Concern Received – Jane Doe – Sunny Roofs",
    status="Waiting for support",
    created=NOW - timedelta(days=3),
    description="Homeowner: Jane Doe\nAddress: 1 Main St, Denver, CO 80201\nConcern: asks about PTO",
    reporter_email="jane@example.com",
    comments=(Comment("We will ask.", public=True, when=NOW - timedelta(days=2), by="Sample Agent"),),
    links=(Link("is caused by", "causes", "PTO-6", "Homeowner Concern – Sunny Roofs – Jane Doe"),),
)


@dataclass
class Asked:
    """The pool, run by hand: what was asked, and whether it still is wanted."""

    questions: list[tuple[Callable[[Any], Any], Callable[[Any], Any], Callable[[], bool]]] = field(default_factory=list)
    site: str = "https://desk.example"

    def ask(self, question: Any, then: Any, wanted: Callable[[], bool] = lambda: True) -> None:
        self.questions.append((question, then, wanted))

    def answer(self, number: int, *tickets: SiteTicket, complete: bool = True) -> None:
        """The site answers that question."""
        question, then, _ = self.questions[number]
        then(question(Site(Tickets(tickets, complete))))

    def refuse(self, number: int, why: NoAnswer) -> None:
        self.questions[number][1](why)


@dataclass
class Site:
    """A reader that finds the same whatever is asked."""

    found: Tickets

    def find_open(self, email: str, name: str, address: object) -> Tickets:
        return self.found


class Strip:
    """What the strip is told."""

    def __init__(self) -> None:
        self.view = StripView(Tone.QUIET, "")

    def set_view(self, view: StripView) -> None:
        self.view = view

    def set_word(self, word: FieldWord | None) -> None:
        self.word = word


class Panel:
    """What the list is told."""

    def __init__(self) -> None:
        self.history = HistoryView("")
        self.left = 0
        self.words = ""

    def set_history(self, view: HistoryView) -> None:
        self.history = view

    def leave(self) -> None:
        self.left += 1

    def say(self, words: str) -> None:
        self.words = words

    def clear_key(self) -> None:
        pass


class Desk(QObject):
    """A call at hand with the look-ups beside it."""

    def __init__(self) -> None:
        super().__init__()
        clock = Clock(now=NOW.timestamp, today=lambda: TODAY, steady=lambda: 0.0)
        playbook = load_playbook()
        self.call = CallAtHand(clock, "Dana Reyes")
        self.asked, self.strip, self.panel = Asked(), Strip(), Panel()
        parts: Any = (self.strip, self.panel)
        self.history = OpenTickets(parts, self.call, self, self.asked, clock, self)  # type: ignore[arg-type]
        procedure = Procedure(playbook, lambda entry, today: call_view(entry, playbook, today))
        self.call.use(procedure.view_of)
        self.history.learn(procedure)
        self.said: list[str] = []
        self.history.said.connect(lambda text, weight: self.said.append(text))

    def change(self, entry: Entry) -> None:
        """As the calling does it."""
        self.call.change(entry)
        self.history.follow()

    def type(self, which: Field, text: str) -> None:
        self.call.edit(which, text)
        self.history.follow()

    @property
    def timer(self) -> QTimer:
        return self.history.findChild(QTimer)

    def pause(self) -> None:
        """The agent types nothing for a moment."""
        assert self.timer.isActive()
        self.timer.stop()
        self.timer.timeout.emit()


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk()


def test_nothing_is_asked_before_there_is_an_email_a_whole_name_or_an_address__T9(desk: Desk) -> None:
    desk.type(Field.FIRST_NAME, "Jane")
    desk.type(Field.CITY, "Denver")
    desk.type(Field.EMAIL, "jane@")
    assert not desk.timer.isActive()
    assert "as soon as" in desk.strip.view.rest
    desk.type(Field.LAST_NAME, "Doe")
    assert desk.timer.isActive()


def test_a_pause_makes_one_question_however_many_letters_there_were(desk: Desk) -> None:
    for length in range(len("jane@example.com") + 1):
        desk.type(Field.EMAIL, "jane@example.com"[:length])
    assert desk.timer.interval() == open_tickets.LOOK_AFTER_MS
    assert desk.asked.questions == []
    desk.pause()
    assert len(desk.asked.questions) == 1
    desk.type(Field.CONCERN, "asks again")
    assert not desk.timer.isActive(), "what is not looked up by asks nothing"


def test_what_was_asked_before_is_not_asked_again(desk: Desk) -> None:
    desk.type(Field.EMAIL, "jane@example.com")
    desk.pause()
    desk.asked.answer(0, JANE)
    desk.type(Field.EMAIL, "jane@example.co")
    desk.pause()
    desk.asked.answer(1)
    assert desk.strip.view.headline == "No open ticket found."
    desk.type(Field.EMAIL, "jane@example.com")
    assert not desk.timer.isActive()
    assert "PTO-5" in desk.strip.view.headline
    assert len(desk.asked.questions) == 2


def test_the_newest_answer_wins_whatever_comes_last(desk: Desk) -> None:
    desk.type(Field.EMAIL, "jane@example.com")
    desk.pause()
    desk.type(Field.EMAIL, "john@example.com")
    desk.pause()
    assert not desk.asked.questions[0][2](), "the older question is not wanted any more"
    desk.asked.answer(1)
    desk.asked.answer(0, JANE)
    assert desk.strip.view.headline == "No open ticket found."


def test_an_exact_match_is_offered_with_status_age_and_last_comment_and_never_chosen_by_itself__T9(desk: Desk) -> None:
    desk.type(Field.EMAIL, "jane@example.com")
    desk.pause()
    desk.asked.answer(0, JANE)
    view = desk.strip.view
    assert view.tone is Tone.FOUND
    assert view.headline == "Homeowner ticket PTO-5, installer ticket PTO-6"
    assert view.rest == "Waiting for support, 3 days ago. Same email. Last said: Sample Agent, 2 days ago: We will ask."
    assert view.action == "Choose"
    assert desk.call.entry.text(Field.OPEN_HOMEOWNER) == ""


def test_a_doubtful_match_is_offered_as_one_with_its_reason__T9(desk: Desk) -> None:
    desk.type(Field.FIRST_NAME, "Janet")
    desk.type(Field.LAST_NAME, "Doe")
    desk.pause()
    desk.asked.answer(0, JANE)
    assert desk.strip.view.tone is Tone.DOUBTFUL
    assert desk.strip.view.headline.startswith("May be: ")
    assert "Similar name: Jane Doe." in desk.strip.view.rest


def test_choosing_turns_the_call_and_choosing_again_turns_it_back_and_nothing_is_lost__T9_O2(desk: Desk) -> None:
    desk.type(Field.EMAIL, "jane@example.com")
    desk.type(Field.CONCERN, "asks again")
    desk.pause()
    desk.asked.answer(0, JANE)
    typed = dict(desk.call.entry.values)
    desk.history.choose(desk.panel.history.rows[0])
    assert desk.call.entry.text(Field.OPEN_HOMEOWNER) == "PTO-5"
    assert desk.call.entry.text(Field.OPEN_INSTALLER) == "PTO-6"
    assert desk.strip.view.tone is Tone.CHOSEN
    assert desk.strip.view.headline == "Adds to PTO-5: no new homeowner ticket."
    desk.type(Field.NEW_INFORMATION, "the meter was changed")
    desk.history.choose(desk.panel.history.rows[0])
    assert desk.strip.view.tone is Tone.FOUND
    left = {path: value for path, value in desk.call.entry.values.items() if value}
    assert left == typed | {Field.NEW_INFORMATION.value: "the meter was changed"}


def test_a_chosen_ticket_that_no_look_up_shows_any_more_can_still_be_let_go(desk: Desk) -> None:
    desk.type(Field.EMAIL, "jane@example.com")
    desk.pause()
    desk.asked.answer(0, JANE)
    desk.history.choose(desk.panel.history.rows[0])
    desk.type(Field.EMAIL, "")
    (row,) = desk.panel.history.rows
    assert row.chosen
    desk.history.choose(row)
    assert desk.call.entry.text(Field.OPEN_HOMEOWNER) == ""
    assert desk.call.entry.text(Field.OPEN_INSTALLER) == ""


def test_a_site_that_cannot_be_asked_is_a_quiet_line_and_is_asked_again_later(desk: Desk) -> None:
    desk.type(Field.EMAIL, "jane@example.com")
    desk.pause()
    desk.asked.refuse(0, NoAnswer("The site did not answer.", lasts=False))
    assert desk.strip.view == StripView(Tone.QUIET, open_tickets.NOT_LOOKED, "The site did not answer.")
    assert desk.said == []
    assert desk.timer.interval() == open_tickets.LOOK_AGAIN_MS
    desk.pause()
    desk.asked.answer(1, JANE)
    assert "PTO-5" in desk.strip.view.headline


def test_what_will_not_get_better_by_itself_is_not_asked_again_and_again(desk: Desk) -> None:
    desk.type(Field.EMAIL, "jane@example.com")
    desk.pause()
    desk.asked.refuse(0, NoAnswer("No site is set.", "Open the settings."))
    assert not desk.timer.isActive()
    desk.history.look_again()
    assert desk.timer.isActive(), "the settings have changed"


def test_the_next_caller_sees_nothing_of_the_one_before(desk: Desk) -> None:
    desk.type(Field.EMAIL, "jane@example.com")
    desk.pause()
    desk.asked.answer(0, JANE)
    desk.call.begin("Dana Reyes")
    desk.history.follow()
    assert desk.strip.view == open_tickets.IDLE
    assert desk.panel.history.rows == ()
    desk.type(Field.EMAIL, "jane@example.com")
    assert desk.timer.isActive(), "what was found for another call may be out of date"


def test_a_ticket_named_by_its_key_is_chosen_with_its_installer_ticket__T9(desk: Desk) -> None:
    desk.history.choose_named("pto-5")
    desk.asked.questions[0][1](JANE)
    assert desk.call.entry.text(Field.OPEN_HOMEOWNER) == "PTO-5"
    assert desk.call.entry.text(Field.OPEN_INSTALLER) == "PTO-6"


def test_a_named_ticket_that_cannot_be_read_is_said_where_it_was_typed(desk: Desk) -> None:
    desk.history.choose_named("pto-5")
    desk.asked.refuse(0, NoAnswer("Jira does not have PTO-5.", "Check the key."))
    assert desk.panel.words == "Jira does not have PTO-5. Check the key."
    assert desk.call.entry.text(Field.OPEN_HOMEOWNER) == ""


def test_nothing_found_on_one_site_is_shown_or_chosen_on_another__T9(desk: Desk) -> None:
    desk.type(Field.EMAIL, "jane@example.com")
    desk.pause()
    desk.asked.answer(0, JANE)
    desk.history.look_again()
    assert [row.match.ticket.key for row in desk.panel.history.rows] == ["PTO-5"], "the same site has new tickets"
    desk.asked.site = "https://other.example"
    desk.history.look_again()
    assert desk.panel.history.rows == ()
    desk.pause()
    desk.asked.refuse(1, NoAnswer("The site cannot be reached.", lasts=False))
    assert desk.panel.history.rows == ()
    assert desk.strip.view.headline == open_tickets.NOT_LOOKED
