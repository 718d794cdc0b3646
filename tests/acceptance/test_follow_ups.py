"""A partner's ticket comes back in the window a day later: said, listed, decided by keyboard, closed as was agreed (H9, H10)."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QPushButton

from ptodesk_gui.application.arriving import READING
from ptodesk_gui.application.practice_place import SITE, PracticePlace
from ptodesk_gui.desk.jira_desk import Timing
from ptodesk_gui.outbox.store import Store
from ptodesk_gui.practice import PracticeDesk
from ptodesk_gui.practice.faults import answer
from ptodesk_gui.sop.case import Case, Channel, Job, SourceTicket
from ptodesk_gui.sop.entry import Field
from ptodesk_gui.sop.flows import make_plan
from ptodesk_gui.sop.progress import FollowUp, FollowUpState, PlanState
from ptodesk_gui.workstation.playbook_files import load_playbook
from ptodesk_gui.workstation.settings import Settings
from tests.acceptance.agent import SAMPLE, TODAY, Agent, Desk
from tests.acceptance.waiting import HUBSPOT_NO_JOB

DAY = 86_400.0
COLLEAGUE = ("sample.agent.one@example.com", "a token of its own")


class World:
    """The time, for the window and for the practice desk behind it."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def now(self) -> float:
        return time.time() + self.ahead


class TimedPlace(PracticePlace):
    """Practice mode whose desk goes by a clock of the test's."""

    def __init__(self, folder: Path, world: World) -> None:
        super().__init__(folder)
        self._world = world

    def _new_desk(self, settings: Settings) -> PracticeDesk:
        return PracticeDesk(self._folder(), clock=self._world.now)

    def _timing(self) -> Timing:
        return Timing(now=self._world.now)


def ask(desk: PracticeDesk, method: str, path: str, who: tuple[str, str] | None = None, **how: Any) -> Any:
    """Asks the desk without the program."""
    answered = requests.request(method, desk.url + path, auth=who or tuple(desk.account), timeout=10, **how)
    answered.raise_for_status()
    return answered.json() if answered.content else None


def served(agent: Agent) -> PracticeDesk:
    """The desk behind the window."""
    place = agent.app._place
    assert isinstance(place, PracticePlace)
    assert place.served is not None
    return place.served


@dataclass
class Partner:
    """A partner's ticket on the desk, filed by a plan that waits in the outbox."""

    world: World
    folder: Path
    open: Callable[[], Agent]

    def answer(self, agent: Agent) -> None:
        """Somebody else writes in the ticket."""
        said = {"body": "It is the job of Jane Doe.", "public": True}
        ask(served(agent), "POST", "/rest/servicedeskapi/request/PTO-1/comment", COLLEAGUE, json=said)

    def filed(self, *, gave_up: bool) -> Agent:
        """A window before which the partner's ticket has been filed."""
        with PracticeDesk(self.folder) as desk:
            kinds = ask(desk, "GET", "/rest/api/3/issue/createmeta/SS/issuetypes")["issueTypes"]
            fields = {"project": {"key": "SS"}, "issuetype": {"id": kinds[0]["id"]}, "summary": "PTO question"}
            key = ask(desk, "POST", "/rest/api/3/issue", json={"fields": fields})["key"]
        case = Case(
            Channel.OMNIDIAN,
            "Dana Reyes",
            job=Job(found=False),
            source_ticket=SourceTicket(key, "SS", "homeowner asks about PTO"),
            partner_cannot_identify_job=gave_up,
        )
        store = Store(self.folder / "outbox.sqlite3")
        store.add_plan("call-1", SITE, "Homeowner not known", make_plan(case, load_playbook(), TODAY), {})
        store.close()
        agent = self.open()
        assert agent.filed().state is PlanState.FILED
        agent.wait(lambda: bool(ones(agent)), "The follow-up")
        return agent

    def status(self, agent: Agent) -> str:
        fields = ask(served(agent), "GET", "/rest/api/3/issue/PTO-1")["fields"]
        return str(fields["status"]["statusCategory"]["key"])


@pytest.fixture
def partner(folder: Path, open_window: Callable[..., Agent]) -> Partner:
    world = World()
    return Partner(world, folder, lambda: open_window(TimedPlace(folder, world), now=world.now))


def ones(agent: Agent) -> tuple[FollowUp, ...]:
    reminding = agent.app.reminding
    assert reminding is not None
    return reminding._all


def is_in(agent: Agent, state: FollowUpState) -> Callable[[], bool]:
    return lambda: any(one.state is state for one in ones(agent))


def outbox_button(agent: Agent) -> str:
    buttons = agent.app.window.findChildren(QPushButton)
    return next(button.accessibleName() for button in buttons if button.text().startswith("Outbox"))


def listed(agent: Agent) -> QListWidget:
    lists = agent.app.window.findChildren(QListWidget)
    return next(found for found in lists if found.accessibleName() == "Follow-ups")


def test_a_day_later_the_ticket_is_closed_as_was_agreed_and_that_is_said__H10(partner: Partner) -> None:
    agent = partner.filed(gave_up=True)
    agent.chord("Ctrl+Shift+O")
    agent.wait(lambda: listed(agent).isVisible(), "The list")
    assert "PTO-1: in 24 h" in listed(agent).item(0).text()
    assert "It is closed then as Done, Other, Operations, unless an answer came." in listed(agent).item(0).text()
    partner.world.ahead = DAY
    agent.wait(is_in(agent, FollowUpState.CLOSED), "The closing")
    assert partner.status(agent) == "done"
    assert "PTO-1 is closed as Done, Other, Operations: no answer came." in agent.strip
    assert not listed(agent).isVisible()
    assert outbox_button(agent) == "Outbox: empty"


def test_an_answer_keeps_it_open_is_not_said_into_a_call_and_seen_to_by_keyboard__H10(partner: Partner) -> None:
    agent = partner.filed(gave_up=True)
    partner.answer(agent)
    agent.write("Jane")
    partner.world.ahead = DAY
    agent.wait(is_in(agent, FollowUpState.ANSWERED), "The answer")
    assert agent.page == "call", "nothing gets in the way of a call"
    assert "was answered" not in agent.strip, "not even in words"
    assert outbox_button(agent) == "Outbox: 1 due"
    agent.chord("Ctrl+Shift+O")
    agent.wait(lambda: listed(agent).isVisible(), "The list")
    assert "answered: look at it" in listed(agent).item(0).text()
    listed(agent).setFocus()
    agent.press(Qt.Key.Key_Tab)
    agent.press(Qt.Key.Key_Tab)
    agent.press(Qt.Key.Key_Space)  # Answered
    agent.wait(is_in(agent, FollowUpState.KEPT), "What was pressed")
    assert outbox_button(agent) == "Outbox: empty"
    assert partner.status(agent) != "done"


def test_a_question_is_shown_as_due_snoozed_and_closed_by_the_agent__H9(partner: Partner) -> None:
    agent = partner.filed(gave_up=False)
    partner.world.ahead = DAY
    agent.wait(is_in(agent, FollowUpState.DUE), "The due time")
    assert "PTO-1 is due: Look at SS-1" in agent.strip
    assert partner.status(agent) != "done"
    agent.chord("Ctrl+Shift+O")
    agent.wait(lambda: listed(agent).isVisible(), "The list")
    agent.press_button("Remind me in 4 hours")
    agent.wait(is_in(agent, FollowUpState.WAITING), "The snooze")
    assert outbox_button(agent) == "Outbox: empty"
    partner.world.ahead += 4 * 3600.0
    agent.wait(is_in(agent, FollowUpState.DUE), "The due time")
    agent.press_button("Close now")
    agent.wait(is_in(agent, FollowUpState.CLOSED), "The closing")
    assert partner.status(agent) == "done"


def test_what_became_due_with_no_window_open_is_said_at_the_next_start__H9(
    partner: Partner, open_window: Callable[..., Agent]
) -> None:
    agent = partner.filed(gave_up=False)
    partner.world.ahead = DAY
    agent.wait(is_in(agent, FollowUpState.DUE), "The due time")
    agent.app.window.close()
    agent.app.stop()
    again = partner.open()
    assert "1 follow-up is due; the outbox has it." in again.strip
    assert outbox_button(again) == "Outbox: 1 due"


def test_an_answer_is_taken_up_as_a_call_on_that_ticket_and_seen_to_once_it_is_filed__H7_H2_H4(
    agent: Agent, desk: Desk, place: PracticePlace
) -> None:
    assert place.served is not None
    agent.open_ticket(place.served.stock([HUBSPOT_NO_JOB])[HUBSPOT_NO_JOB.name]["source"])
    for key in ("F7", "Return", "Space"):
        agent.chord(key)
    first = agent.end_and_file()
    key = first.tickets["homeowner"]
    agent.wait(lambda: any(one.ticket == key for one in ones(agent)), "The follow-up")
    agent.chord("Ctrl+Shift+O")
    agent.wait(lambda: listed(agent).isVisible(), "The list")
    agent.press_button("Take up as a call")
    agent.wait(lambda: agent.page == "call" and agent.app.call.entry.text(Field.SOURCE_KEY) == key, "The ticket")
    entry = agent.app.call.entry
    assert entry.text(Field.EMAIL) == "jane@example.com"
    assert entry.text(Field.INSTALLER) == "", "the title's `unknown` is no name"
    assert "@" not in entry.text(Field.FIRST_NAME) + entry.text(Field.LAST_NAME)
    agent.type_call({field: SAMPLE[field] for field in SAMPLE if not entry.text(field)})
    second = agent.end_and_file()
    assert second.state is PlanState.FILED
    assert second.tickets["homeowner"] == key, "no second homeowner ticket"
    ticket = desk.ticket(key)
    assert ticket.title == "Homeowner Concern Received – Jane Doe – Sunny Roofs"
    assert "fully installed as of February 2026" in [c.text for c in ticket.comments if c.public][-1]
    agent.wait(lambda: not [one for one in ones(agent) if one.ticket == key and not one.over], "It is seen to")


def test_a_follow_up_that_cannot_be_read_says_why_and_the_call_stays(partner: Partner) -> None:
    agent = partner.filed(gave_up=False)
    agent.write("Jane")
    served(agent).fault("GET *", answer(403), times=None)
    agent.chord("Ctrl+Shift+O")
    agent.wait(lambda: listed(agent).isVisible(), "The list")
    agent.press_button("Take up as a call")
    agent.wait(lambda: agent.strip not in ("", READING), "The reason")
    assert agent.page == "outbox"
    assert agent.app.call.entry.text(Field.FIRST_NAME) == "Jane"
