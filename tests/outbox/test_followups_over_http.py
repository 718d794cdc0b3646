"""Partners' tickets from the plan to the end, over HTTP: what the practice desk has afterwards, field by field (H7, H9, H10)."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import requests

from ptodesk_gui.desk.jira_desk import JiraDesk, Timing
from ptodesk_gui.desk.needs import SiteNeeds
from ptodesk_gui.desk.session import SiteAccess
from ptodesk_gui.outbox.filer import Filer
from ptodesk_gui.outbox.hands import InlineHands
from ptodesk_gui.outbox.store import Store
from ptodesk_gui.practice import PracticeDesk
from ptodesk_gui.practice.faults import cut_after, cut_before
from ptodesk_gui.sop.case import Case, Channel, Homeowner, Job, SourceTicket
from ptodesk_gui.sop.flows import make_plan
from ptodesk_gui.sop.playbook import Closing, Playbook
from ptodesk_gui.sop.progress import FollowUp, FollowUpState, PlanState
from ptodesk_gui.workstation.playbook_files import load_playbook
from tests.api_documents import ApiWatch, load

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared"
NEEDS = SiteNeeds(project="PTO", request_type="PTO/M3 delay")
TODAY = date(2026, 3, 14)
HOUR = 3600.0
COLLEAGUE = ("sample.agent.one@example.com", "a token of its own")
CLOSE = "POST /rest/api/3/issue/{issueIdOrKey}/transitions"


@dataclass
class Office:
    """A workstation and the site it files to, with one clock for both."""

    practice: PracticeDesk
    desk: JiraDesk
    store: Store
    filer: Filer
    hands: InlineHands
    playbook: Playbook

    def file(self, channel: Channel, **about: Any) -> None:
        """File a case whose job was not found, and do so to the end."""
        case = Case(channel, "Dana Reyes", job=Job(found=False), source_ticket=self.ticket(), **about)
        plan = make_plan(case, self.playbook, TODAY)
        self.store.add_plan("call-1", self.desk.site_url, "Homeowner not known", plan, {})
        self.run()
        assert self.filer.progress(1).state is PlanState.FILED

    def ticket(self) -> SourceTicket:
        """A new ticket in the solar support project."""
        kind = self.ask("GET", "/rest/api/3/issue/createmeta/SS/issuetypes")["issueTypes"][0]["id"]
        fields = {"project": {"key": "SS"}, "issuetype": {"id": kind}, "summary": "PTO question"}
        key = self.ask("POST", "/rest/api/3/issue", json={"fields": fields})["key"]
        return SourceTicket(key, "SS", "homeowner asks about PTO")

    def run(self, hours: float = 0.0) -> None:
        self.hands.now += hours * HOUR
        assert self.filer.run_until_idle(HOUR)

    def ask(self, method: str, path: str, who: tuple[str, str] | None = None, **how: Any) -> Any:
        answered = requests.request(
            method, self.practice.url + path, auth=who or tuple(self.practice.account), timeout=10, **how
        )
        answered.raise_for_status()
        return answered.json() if answered.content else None

    def answer(self, key: str) -> None:
        """Somebody else writes in the ticket."""
        said = {"body": "It is the job of Jane Doe, 1 Main St.", "public": True}
        self.ask("POST", f"/rest/servicedeskapi/request/{key}/comment", COLLEAGUE, json=said)

    def closing(self, key: str) -> tuple[str, str | None, str | None]:
        """Status category, resolution and category of a ticket."""
        names = {field["id"]: field["name"] for field in self.ask("GET", "/rest/api/3/field")}
        fields = {names.get(k, k): v for k, v in self.ask("GET", f"/rest/api/3/issue/{key}")["fields"].items()}
        resolution, category = fields["Resolution"], fields["Operations category"]
        return (
            fields["Status"]["statusCategory"]["key"],
            resolution and resolution["name"],
            category and category["value"],
        )

    def comments(self, key: str) -> list[bool]:
        """Whether each comment of a ticket is public."""
        return [c["jsdPublic"] for c in self.ask("GET", f"/rest/api/3/issue/{key}/comment")["comments"]]

    def closings_sent(self) -> int:
        return sum(f"{seen.method} {seen.template}" == CLOSE for seen in self.practice.requests)

    @property
    def follow_up(self) -> FollowUp:
        (one,) = self.filer.follow_ups.followups(over=9)
        return one


@pytest.fixture
def office(tmp_path: Path, furnished: Path) -> Iterator[Office]:
    shutil.copytree(furnished, tmp_path / "practice")
    hands = InlineHands(1_773_000_000.0)
    watch = ApiWatch(load(SHARED / "jira")) if SHARED.is_dir() else None
    with PracticeDesk(tmp_path / "practice", clock=hands.clock, observer=watch.see if watch else None) as practice:
        timing = Timing(now=hands.clock, clock=hands.clock, pause=lambda seconds: hands.wait(filer._wake, seconds))
        desk = JiraDesk(SiteAccess(practice.url, *practice.account), None, NEEDS, timing=timing)
        store = Store(tmp_path / "outbox.db", clock=hands.clock)
        filer = Filer(store, {desk.site_url: desk}.get, hands.clock, hands=hands)
        yield Office(practice, desk, store, filer, hands, load_playbook())
        filer.stop(0)
        store.close()
        desk.close()
        assert practice.crashes == []
    if watch:
        watch.check()


def test_a_partner_who_cannot_say_is_told_and_the_ticket_closed_a_day_later__H10_T1_T11(office: Office) -> None:
    office.file(Channel.OMNIDIAN, partner_cannot_identify_job=True)
    assert office.follow_up.ticket == "PTO-1", "the ticket has moved"
    office.run(23.9)
    assert office.closing("PTO-1") == ("new", None, None)
    assert office.closings_sent() == 0
    office.run(0.2)
    assert office.closing("PTO-1") == ("done", "Other", "Operations")
    assert office.follow_up.state is FollowUpState.CLOSED
    assert office.comments("PTO-1") == [True]
    for _ in range(5):
        office.run(24)
    assert office.closings_sent() == 1
    with pytest.raises(requests.HTTPError):
        office.ask("GET", "/rest/api/3/issue/PTO-2")  # no homeowner ticket is made


def test_an_answer_over_the_site_keeps_the_ticket_open__H10(office: Office) -> None:
    office.file(Channel.ACCOUNT_SERVICING, partner_cannot_identify_job=True)
    office.hands.now += HOUR
    office.answer("PTO-1")
    office.run(24)
    assert office.follow_up.state is FollowUpState.ANSWERED
    assert office.closing("PTO-1") == ("new", None, None)
    assert office.closings_sent() == 0


def test_a_question_to_a_partner_is_only_ever_shown__H9(office: Office) -> None:
    office.file(Channel.OMNIDIAN)
    office.run(24)
    assert office.follow_up.state is FollowUpState.DUE
    office.run(24 * 30)
    assert office.closing("PTO-1") == ("new", None, None)
    office.answer("PTO-1")
    office.run(24)
    assert office.follow_up.state is FollowUpState.ANSWERED
    assert office.closings_sent() == 0


def test_the_homeowners_answer_is_awaited_in_the_new_ticket__H7(office: Office) -> None:
    office.file(Channel.HUBSPOT, homeowner=Homeowner(email="jane@example.com"))
    tickets = office.filer.progress(1).tickets
    key = tickets["homeowner"]
    assert office.follow_up.ticket == key
    assert office.closing(tickets["source"])[0] == "done"
    closed = office.closings_sent()
    office.run(72)
    assert office.follow_up.state is FollowUpState.WAITING
    said = {"body": "Jane Doe, 1 Main St.", "public": True}
    path = f"/rest/servicedeskapi/request/{key}/comment"
    office.ask("POST", path, ("jane@example.com", "a token of its own"), json=said)
    office.run(6)
    assert office.follow_up.state is FollowUpState.ANSWERED
    assert f"take {key} up as the homeowner's email" in office.follow_up.text
    assert (office.closing(key)[0], office.closings_sent()) == ("new", closed)


@pytest.mark.parametrize("fault", [cut_before(), cut_after()], ids=["before", "after"])
def test_a_closing_whose_answer_got_lost_on_the_way_happens_once__H10(office: Office, fault: Any) -> None:
    office.file(Channel.OMNIDIAN, partner_cannot_identify_job=True)
    armed = office.practice.fault(CLOSE, fault)
    office.run(24.1)
    assert armed.hits == 1
    assert office.closing("PTO-1") == ("done", "Other", "Operations")
    assert office.follow_up.state is FollowUpState.CLOSED


def test_a_closing_screen_without_the_agreed_values_needs_a_person__H10_T11(office: Office) -> None:
    office.playbook = replace(office.playbook, done=Closing("Done", "Other", "Housekeeping"))
    office.file(Channel.OMNIDIAN, partner_cannot_identify_job=True)
    office.run(24.1)
    one = office.follow_up
    assert (one.state, one.for_person) == (FollowUpState.CLOSING, True)
    assert one.reason == "The closing screen of Done does not offer Other and Housekeeping."
    assert "Correct the closing values in the playbook" in one.cure
    assert (office.closing("PTO-1")[0], office.closings_sent()) == ("new", 0)


def test_it_is_closed_as_was_agreed_although_the_playbook_is_another_now__H10_T11(office: Office) -> None:
    office.playbook = replace(office.playbook, done=Closing("Done", "Won't Do", "Utility"))
    office.file(Channel.OMNIDIAN, partner_cannot_identify_job=True)
    office.playbook = load_playbook()
    office.run(24.1)
    assert office.closing("PTO-1") == ("done", "Won't Do", "Utility")


def test_what_was_closed_in_the_browser_is_left_as_it_is__H10(office: Office) -> None:
    office.file(Channel.OMNIDIAN, partner_cannot_identify_job=True)
    found = office.ask("GET", "/rest/api/3/issue/PTO-1/transitions?expand=transitions.fields")["transitions"]
    done = next(t for t in found if t["name"] == "Done")
    fields = {
        name: {
            "id": next(v["id"] for v in field["allowedValues"] if (v.get("name") or v["value"]) in ("Done", "Sales"))
        }
        for name, field in done["fields"].items()
    }
    office.ask("POST", "/rest/api/3/issue/PTO-1/transitions", json={"transition": {"id": done["id"]}, "fields": fields})
    sent = office.closings_sent()
    office.run(24.1)
    assert office.follow_up.state is FollowUpState.CLOSED
    assert office.closing("PTO-1") == ("done", "Done", "Sales")
    assert office.closings_sent() == sent


def test_without_a_network_it_waits_and_closes_when_the_site_is_back__H10(office: Office) -> None:
    office.file(Channel.OMNIDIAN, partner_cannot_identify_job=True)
    office.practice.stop()
    office.run(24.1)
    assert office.follow_up.state is FollowUpState.DUE
    assert "cannot be reached" in office.follow_up.reason
    office.practice.start()
    office.run(0.2)
    assert office.follow_up.state is FollowUpState.CLOSED
    assert office.closing("PTO-1") == ("done", "Other", "Operations")


def test_a_workstation_whose_clock_runs_days_ahead_closes_nothing_early__H10(office: Office) -> None:
    """The site's own clock says how long the reply has waited."""
    office.file(Channel.OMNIDIAN, partner_cannot_identify_job=True)
    ahead = Filer(
        office.store,
        {office.desk.site_url: office.desk}.get,
        lambda: office.hands.now + 10 * 24 * HOUR,
        hands=office.hands,
    )
    office.filer.stop(0)
    ahead.run_until_idle(HOUR)
    assert office.closings_sent() == 0
    assert "days off" in ahead.follow_ups.followups()[0].reason
    office.hands.now += 24 * HOUR
    ahead.run_until_idle(HOUR)
    assert office.closings_sent() == 1
    ahead.stop(0)
