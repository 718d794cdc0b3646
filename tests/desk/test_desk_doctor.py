"""The doctor's lines: each stands alone, and each that fails has a cure."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from ptodesk_gui.desk.desk import Later, Refused, Target
from ptodesk_gui.desk.doctor import Finding
from ptodesk_gui.desk.jira_desk import Account, JiraDesk
from ptodesk_gui.desk.needs import Closing
from ptodesk_gui.practice import PracticeDesk
from ptodesk_gui.practice.faults import answer, cut_before, html
from ptodesk_gui.sop.steps import CreateTicket
from tests.desk.conftest import NEEDS

MakeDesk = Callable[..., JiraDesk]
LINES = [
    "Site",
    "Sign-in",
    "Project",
    "Service desk",
    "Request type",
    "Fields",
    "Links",
    "Closing screen",
    "Permissions",
    "Accounts",
]


@pytest.fixture
def open_ticket(desk: JiraDesk, homeowner_step: CreateTicket, target: Callable[..., Target], clock: object) -> None:
    """A ticket whose closing screen can be looked at."""
    desk.perform(homeowner_step, target())
    clock.now += 10.0  # type: ignore[attr-defined]


def failing(findings: tuple[Finding, ...]) -> dict[str, Finding]:
    assert [f.name for f in findings] == LINES
    for finding in findings:
        assert finding.words.endswith(".")
        assert finding.ok is (finding.cure == "")
    return {f.name: f for f in findings if not f.ok}


@pytest.mark.usefixtures("open_ticket")
def test_all_is_well_on_a_desk_as_it_should_be(desk: JiraDesk) -> None:
    findings = desk.doctor()
    assert failing(findings) == {}
    assert "Done → Other → Operations" in findings[7].words


def test_without_an_open_ticket_the_closing_screen_is_said_not_to_be_checked(desk: JiraDesk) -> None:
    findings = desk.doctor()
    assert failing(findings) == {}
    assert "not checked" in findings[7].words


def test_the_doctor_writes_nothing(desk: JiraDesk, practice: PracticeDesk) -> None:
    desk.doctor()
    assert {(s.method, s.template) for s in practice.requests if s.method != "GET"} == {
        ("POST", "/rest/api/3/search/jql")
    }


@pytest.mark.usefixtures("open_ticket")
@pytest.mark.parametrize(
    ("needs", "line", "named"),
    [
        (replace(NEEDS, request_type="none such"), "Request type", "none such"),
        (replace(NEEDS, links=("is caused by", "none such")), "Links", "none such"),
        (replace(NEEDS, closings=(Closing("Done", "none such", "Operations"),)), "Closing screen", "none such"),
        (replace(NEEDS, people=("None Such",)), "Accounts", "None Such"),
    ],
)
def test_one_thing_that_is_missing_is_one_line(needs: object, line: str, named: str, make_desk: MakeDesk) -> None:
    wrong = failing(make_desk(needs=needs).doctor())
    assert list(wrong) == [line]
    assert named in wrong[line].words


def test_a_missing_permission_is_named_in_words(desk: JiraDesk, practice: PracticeDesk) -> None:
    practice.switches.denied |= {("LINK_ISSUES", "PTO"), ("MODIFY_REPORTER", "PTO")}
    wrong = failing(desk.doctor())
    assert list(wrong) == ["Permissions"]
    assert wrong["Permissions"].words == "Your account may not link tickets or set the reporter in PTO."


def test_a_wrong_token_leaves_only_the_site_well(make_desk: MakeDesk) -> None:
    desk = make_desk(token="another-token")
    wrong = failing(desk.doctor())
    assert set(wrong) == set(LINES) - {"Site"}
    assert "Sign in again" in wrong["Sign-in"].cure
    refused = desk.who_am_i()
    assert isinstance(refused, Refused)
    assert refused.sign_in


def test_without_a_connection_every_line_says_so(desk: JiraDesk, practice: PracticeDesk) -> None:
    practice.stop()
    assert set(failing(desk.doctor())) == set(LINES)
    assert isinstance(desk.who_am_i(), Later)
    practice.start()


@pytest.mark.parametrize("fault", [cut_before(), answer(500), html(200), answer(200, "null"), answer(200, "[]")])
def test_one_strange_answer_spoils_one_line(fault: object, desk: JiraDesk, practice: PracticeDesk) -> None:
    practice.fault("GET /rest/api/3/mypermissions", fault)  # type: ignore[arg-type]
    assert set(failing(desk.doctor())) == {"Permissions"}


def test_the_account_is_named(desk: JiraDesk, practice: PracticeDesk) -> None:
    found = desk.who_am_i()
    assert isinstance(found, Account)
    assert (found.name, found.email) == ("Practice Agent", practice.account.email)
