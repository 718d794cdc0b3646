"""What a site calls things: asked once, all pages, kept between runs, and asked anew when it no longer holds."""

import json
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ptodesk_gui.desk.desk import Done, Refused, Target
from ptodesk_gui.desk.jira_desk import JiraDesk
from ptodesk_gui.desk.needs import SiteNeeds
from ptodesk_gui.desk.site_cache import cache_file, read_names
from ptodesk_gui.desk.together import Memo, together
from ptodesk_gui.practice import PracticeDesk
from ptodesk_gui.sop.steps import CreateTicket, InternalComment, LinkTickets, Ticket

MakeTarget = Callable[..., Target]
MakeDesk = Callable[..., JiraDesk]
CREATE = "POST /rest/api/3/issue"


@pytest.fixture
def file(practice: PracticeDesk, tmp_path: Path) -> Path:
    """The file in which the desk keeps the site's names."""
    return cache_file(tmp_path / "cache", practice.url)


def asked(practice: PracticeDesk) -> list[str]:
    return sorted(f"{seen.method} {seen.template}" for seen in practice.requests)


def test_names_are_asked_once_and_kept_between_runs(
    practice: PracticeDesk, make_desk: MakeDesk, homeowner_step: CreateTicket, target: MakeTarget
) -> None:
    first = make_desk()
    assert isinstance(first.perform(homeowner_step, target("1")), Done)
    practice.forget_requests()
    assert isinstance(first.perform(homeowner_step, target("2")), Done)
    assert asked(practice) == [CREATE]
    practice.forget_requests()
    assert isinstance(make_desk().perform(homeowner_step, target("3")), Done)
    assert asked(practice) == ["GET /rest/servicedeskapi/servicedesk/{serviceDeskId}/customer", CREATE]


def test_the_file_is_for_the_user_alone_and_names_no_homeowner(
    desk: JiraDesk, file: Path, homeowner_step: CreateTicket, target: MakeTarget
) -> None:
    step = replace(homeowner_step, reporter="witness@example.com", organization="A_New_Company")
    assert isinstance(desk.perform(step, target()), Done)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    text = file.read_text("utf-8")
    assert "A_New_Company" in text
    assert "witness" not in text
    assert "Jane" not in text
    assert [p.name for p in file.parent.iterdir()] == [file.name]


def damaged_files() -> list[bytes]:
    good = {"fields": {"request_type": "a", "organizations": "b"}, "link_types": [], "projects": {}, "accounts": {}}
    return [
        b"",
        b"{",
        b"\xff",
        b"null",
        b"[]",
        b'{"version": 2}',
        json.dumps({"version": 1, "site": "https://another.example", "names": good}).encode(),
        json.dumps({"version": 1, "site": "SITE", "names": {**good, "projects": {"PTO": {}}}}).encode(),
        json.dumps({"version": 1, "site": "SITE", "names": {**good, "link_types": 5}}).encode(),
        json.dumps({"version": 1, "site": "SITE", "names": {**good, "accounts": None}}).encode(),
        b"[" * 100_000,
    ]


@pytest.mark.parametrize("content", damaged_files())
def test_a_file_that_is_damaged_or_another_sites_is_done_without(
    content: bytes,
    practice: PracticeDesk,
    make_desk: MakeDesk,
    file: Path,
    homeowner_step: CreateTicket,
    target: MakeTarget,
) -> None:
    file.parent.mkdir()
    file.write_bytes(content.replace(b"SITE", practice.url.encode()))
    assert isinstance(make_desk().perform(homeowner_step, target()), Done)
    assert read_names(file, practice.url).fields is not None


def test_a_folder_that_cannot_be_written_is_done_without(
    make_desk: MakeDesk, tmp_path: Path, homeowner_step: CreateTicket, target: MakeTarget
) -> None:
    (tmp_path / "in-the-way").write_text("a file, not a folder")
    assert isinstance(make_desk(cache=tmp_path / "in-the-way" / "cache").perform(homeowner_step, target()), Done)
    assert isinstance(make_desk(cache=None).perform(homeowner_step, target("2")), Done)


def change(file: Path, replacements: dict[str, str]) -> None:
    """Make what the file knows out of date."""
    text = file.read_text("utf-8")
    for old, new in replacements.items():
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, "utf-8")


@pytest.mark.parametrize(
    "part", ["request_type", "organizations", "request_type_id", "organization", "issue_type", "project"]
)
def test_a_name_that_no_longer_holds_is_asked_anew_once(
    part: str, practice: PracticeDesk, make_desk: MakeDesk, file: Path, homeowner_step: CreateTicket, target: MakeTarget
) -> None:
    assert isinstance(make_desk().perform(homeowner_step, target("1")), Done)
    known = read_names(file, practice.url)
    assert known.fields is not None
    project = known.projects["PTO"]
    request_type = next(t for t in project.request_types if t.name == "PTO/M3 delay")
    change(
        file,
        {
            "request_type": {known.fields.request_type: "customfield_99999"},
            "organizations": {known.fields.organizations: "customfield_99998"},
            "request_type_id": {f'"id": "{request_type.id}"': '"id": "99999"'},
            "organization": {f'"Sunny_Roofs": {project.organizations["Sunny_Roofs"]}': '"Sunny_Roofs": 99999'},
            "issue_type": {f'"issue_type": "{request_type.issue_type}"': '"issue_type": "99999"'},
            "project": {f'"id": "{project.id}"': '"id": "99999"'},
        }[part],
    )
    later = make_desk()
    practice.forget_requests()
    assert isinstance(later.perform(homeowner_step, target("2")), Done)
    creates = [seen.status for seen in practice.requests if f"{seen.method} {seen.template}" == CREATE]
    assert creates == [400, 201]
    assert read_names(file, practice.url).fields == known.fields


def test_a_request_type_that_was_renamed_is_found_by_its_new_name(
    practice: PracticeDesk, make_desk: MakeDesk, file: Path, homeowner_step: CreateTicket, target: MakeTarget
) -> None:
    assert isinstance(make_desk().perform(homeowner_step, target("1")), Done)
    change(file, {"PTO/M3 delay": "its earlier name"})
    assert isinstance(make_desk().perform(homeowner_step, target("2")), Done)


def test_a_refusal_that_fresh_names_do_not_mend_is_said_after_one_more_try(
    practice: PracticeDesk, make_desk: MakeDesk, homeowner_step: CreateTicket, target: MakeTarget
) -> None:
    assert isinstance(make_desk().perform(homeowner_step, target("1")), Done)
    later = make_desk()
    practice.forget_requests()
    step = replace(homeowner_step, request_type="no such type")
    assert isinstance(later.perform(step, target("2")), Refused)
    desks = [s for s in asked(practice) if s == "GET /rest/servicedeskapi/servicedesk"]
    assert len(desks) == 1
    assert CREATE not in asked(practice)


def test_a_ticket_that_is_gone_does_not_make_the_names_be_asked_anew(
    practice: PracticeDesk, desk: JiraDesk, homeowner_step: CreateTicket, target: MakeTarget
) -> None:
    assert isinstance(desk.perform(homeowner_step, target("1")), Done)
    practice.forget_requests()
    step = InternalComment(id="c", rules=("T5",), ticket=Ticket.HOMEOWNER, body="x")
    assert isinstance(desk.perform(step, target("2", homeowner="PTO-999")), Refused)
    assert len(practice.requests) == 1


def test_all_pages_are_read(
    practice: PracticeDesk, desk: JiraDesk, homeowner_step: CreateTicket, target: MakeTarget, file: Path
) -> None:
    practice.switches.page_size = 3
    assert isinstance(desk.perform(homeowner_step, target()), Done)
    project = read_names(file, practice.url).projects["PTO"]
    assert len(project.request_types) == 23
    assert len(project.organizations) == 66


def test_steps_side_by_side_ask_for_each_name_once(
    practice: PracticeDesk,
    desk: JiraDesk,
    homeowner_step: CreateTicket,
    installer_step: CreateTicket,
    target: MakeTarget,
) -> None:
    steps = [
        replace(homeowner_step, organization="A_New_Company"),
        replace(installer_step, organization="A_New_Company"),
    ]
    answers = together(*(lambda n=n, s=s: desk.perform(s, target(f"k{n}")) for n, s in enumerate(steps * 3)))  # type: ignore[misc]
    assert all(isinstance(a, Done) for a in answers)
    for once in (
        "GET /rest/api/3/field",
        "GET /rest/servicedeskapi/servicedesk",
        "POST /rest/servicedeskapi/organization",
    ):
        assert asked(practice).count(once) == 1
    assert asked(practice).count("GET /rest/servicedeskapi/servicedesk/{serviceDeskId}/customer") == 2


def test_names_that_are_forgotten_meanwhile_do_not_break_a_step(
    desk: JiraDesk, homeowner_step: CreateTicket, target: MakeTarget, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = desk._names._keep

    def keep_and_lose(*args: Any) -> Any:
        names = keep(*args)
        desk._names.forget()  # as the doctor does in another thread
        return names

    monkeypatch.setattr(desk._names, "_keep", keep_and_lose)
    assert isinstance(desk.perform(homeowner_step, target()), Done)


def test_somebody_who_was_not_found_is_looked_for_again_after_a_while(
    practice: PracticeDesk, desk: JiraDesk, clock: Any, homeowner_step: CreateTicket, target: MakeTarget
) -> None:
    practice.switches.customers_creatable = False
    step = replace(homeowner_step, reporter="later@example.com")
    first = desk.perform(step, target("1"))
    assert isinstance(first, Done)
    assert first.reporter_missing
    practice.switches.customers_creatable = True
    practice.forget_requests()
    assert isinstance(desk.perform(step, target("2")), Done)
    assert asked(practice) == [CREATE]
    clock.now += 301.0
    other_run_may_make = desk.perform(replace(step, reporter="jane@example.com"), target("3"))
    assert other_run_may_make == Done("PTO-3")
    practice.forget_requests()
    desk.perform(step, target("4"))
    assert "GET /rest/servicedeskapi/servicedesk/{serviceDeskId}/customer" in asked(practice)


def test_an_account_that_may_not_make_customers_is_asked_to_once(
    practice: PracticeDesk, desk: JiraDesk, homeowner_step: CreateTicket, target: MakeTarget
) -> None:
    practice.switches.customers_creatable = False
    for number in range(3):
        desk.perform(replace(homeowner_step, reporter=f"nobody{number}@example.com"), target(f"{number}"))
    assert asked(practice).count("POST /rest/servicedeskapi/customer") == 1


# --- preparing --------------------------------------------------------------------------------------------------------


def test_preparing_leaves_only_the_creation_to_be_asked(
    practice: PracticeDesk,
    desk: JiraDesk,
    homeowner_step: CreateTicket,
    installer_step: CreateTicket,
    target: MakeTarget,
) -> None:
    desk.prepare([homeowner_step, replace(installer_step, organization="A_New_Company")])
    practice.forget_requests()
    assert isinstance(desk.perform(homeowner_step, target("1")), Done)
    assert asked(practice) == [CREATE]


def test_preparing_never_fails(
    practice: PracticeDesk, desk: JiraDesk, homeowner_step: CreateTicket, installer_step: CreateTicket
) -> None:
    strange = replace(homeowner_step, project="NOPE", request_type="none", reporter="x@", organization="")
    desk.prepare([strange, installer_step])
    practice.stop()
    desk.prepare([homeowner_step, replace(installer_step, reporter="new@example.com")])
    desk.prepare([])
    practice.start()


# --- how few requests -------------------------------------------------------------------------------------------------


def in_sequence(practice: PracticeDesk) -> int:
    """How many requests one after the other the longest chain has (none of them began before the one before had ended)."""
    length, ended = 0, float("-inf")
    for seen in sorted(practice.requests, key=lambda s: s.ended):
        if seen.started >= ended:
            length, ended = length + 1, seen.ended
    return length


@pytest.mark.parametrize(
    ("rep", "most", "longest"),
    [("sam@example.com", 10, 5), ("new.rep@example.com", 12, 6)],  # a new customer joins before the ticket names him
)
def test_one_phone_call_is_few_requests_and_few_round_trips_once_the_site_is_known(
    rep: str,
    most: int,
    longest: int,
    practice: PracticeDesk,
    make_desk: MakeDesk,
    homeowner_step: CreateTicket,
    installer_step: CreateTicket,
    target: MakeTarget,
) -> None:
    make_desk().perform(replace(homeowner_step, reporter=None), target("before"))
    desk = make_desk()
    practice.latency = 0.5  # seconds: what can go side by side does so on a slow machine too
    practice.forget_requests()
    installer_step = replace(installer_step, reporter=rep)
    desk.prepare([homeowner_step, installer_step])
    h = desk.perform(homeowner_step, target("h"))
    assert isinstance(h, Done)
    on_h = target("h-more", homeowner=h.ticket)
    comment = InternalComment(id="h.c", rules=("T5",), ticket=Ticket.HOMEOWNER, body="six lines")
    _, _, i = together(
        lambda: desk.perform(comment, replace(on_h, step_key="c")),
        lambda: desk.perform(replace(comment, id="h.r"), replace(on_h, step_key="r")),
        lambda: desk.perform(installer_step, target("i")),
    )
    assert isinstance(i, Done)
    both = target("both", homeowner=h.ticket, installer=i.ticket)
    link = LinkTickets(id="l", rules=("I1",), from_=Ticket.HOMEOWNER, relation="is caused by", to=Ticket.INSTALLER)
    together(
        lambda: desk.perform(link, replace(both, step_key="l")),
        lambda: desk.perform(replace(comment, id="i.c", ticket=Ticket.INSTALLER), replace(both, step_key="ic")),
        lambda: desk.perform(replace(comment, id="i.r", ticket=Ticket.INSTALLER), replace(both, step_key="ir")),
    )
    assert len(practice.requests) <= most
    assert in_sequence(practice) <= longest


# --- asking together --------------------------------------------------------------------------------------------------


def test_all_are_waited_for_and_the_first_failure_is_raised() -> None:
    seen: list[int] = []

    def fail(number: int) -> None:
        seen.append(number)
        raise ValueError(number)

    with pytest.raises(ValueError, match="1"):
        together(lambda: seen.append(0), lambda: fail(1), lambda: fail(2))
    assert sorted(seen) == [0, 1, 2]
    assert together() == []


def test_a_failure_is_not_kept() -> None:
    memo: Memo[str, int] = Memo()
    with pytest.raises(ZeroDivisionError):
        memo.get("x", lambda: 1 // 0)
    assert memo.get("x", lambda: 1) == 1
    assert memo.get("x", lambda: 2) == 1


def test_needs_are_plain_names() -> None:
    assert SiteNeeds("PTO", "PTO/M3 delay").links == ()
