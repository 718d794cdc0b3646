"""Facts that are mixed up, at the console as in the window: people, keys and dates that do not go together. Sample data."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ptodesk_gui.sop.advice import call_view
from ptodesk_gui.sop.entry import Entry, Field
from ptodesk_gui.sop.playbook import InstallerGroup, Playbook

Plan = Callable[..., dict[str, Any]]
Problems = Callable[..., list[tuple[str, str, bool]]]

TODAY = date(2026, 3, 14)
OPEN = {"open_homeowner_ticket": "PTO-1", "open_installer_ticket": "PTO-2"}


def source(key: str, project: str) -> dict[str, str]:
    return {"key": key, "project": project, "request": "asks about PTO", "text": ""}


# --- one email for two people -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("email", ["jane@example.com", "Jane@Example.COM"])
def test_the_installer_ticket_waits_while_its_reporter_would_be_the_homeowner__I3(
    plan: Plan, problems: Problems, email: str
) -> None:
    out = plan(installer={"rep_email": email})
    assert problems(out) == [("installer.rep_email", "I3", True)]
    assert "the homeowner would get what is meant for the installer" in out["problems"][0]["text"]


@pytest.mark.parametrize(
    "changes", [{"installer": {"name": "LA Solar", "rep_email": "jane@example.com"}}, {**OPEN}], ids=["I7", "open"]
)
def test_where_nothing_is_sent_to_it_the_email_is_only_pointed_out__I3(
    plan: Plan, problems: Problems, changes: dict[str, Any]
) -> None:
    out = plan(**{"installer": {"rep_email": "jane@example.com"}, **changes})
    assert problems(out) == [("installer.rep_email", "I3", False)]


def test_a_groups_own_contact_is_written_to_whatever_was_typed__I3_I7(
    plan: Plan, problems: Problems, playbook: Playbook
) -> None:
    on = InstallerGroup("shield", False, True, "gi@shieldenergy.tech")
    book = {"companies": tuple(replace(one, group=on) for one in playbook.companies if one.name == "LA Solar")}
    out = plan(book=book, installer={"name": "LA Solar", "rep_email": "jane@example.com"})
    assert problems(out) == [("installer.rep_email", "I3", False)]
    assert out["by_id"]["installer.create"]["reporter"] == "gi@shieldenergy.tech"


def test_two_unknown_emails_are_not_one__I3(plan: Plan) -> None:
    out = plan(homeowner={"email": ""}, installer={"rep_email": ""})
    assert "I3" not in [p["rule"] for p in out["problems"] if p["blocks"]]


def test_the_window_says_it_once_and_waits_as_well__I3(playbook: Playbook) -> None:
    entry = Entry("call-1", "Dana Reyes")
    for which, text in {
        Field.FIRST_NAME: "Jane",
        Field.LAST_NAME: "Doe",
        Field.EMAIL: "jane@example.com",
        Field.INSTALLER: "Sunny Roofs",
        Field.REP_EMAIL: "jane@example.com",
    }.items():
        entry = entry.with_value(which, text)
    view = call_view(entry, playbook, TODAY)
    assert [p.blocks for p in view.problems if p.field == Field.REP_EMAIL] == [True]
    assert not view.ready_to_file
    assert [n.rule for n in view.notices if n.field == Field.REP_EMAIL] == ["I3"]


# --- a key and a project that do not go together ----------------------------------------------------------------------


@pytest.mark.parametrize(("key", "project"), [("EBH-12", "PTO"), ("PTO-12", "EBH"), ("SS-3", "ABC"), ("ABC-3", "ss")])
@pytest.mark.parametrize("channel", ["phone", "hubspot", "omnidian"])
def test_a_key_of_another_project_is_pointed_out_and_the_ticket_moved__T1(
    plan: Plan, problems: Problems, channel: str, key: str, project: str
) -> None:
    """A ticket that is in PTO already is not moved by a move: nothing is done to one before it is there."""
    out = plan(channel=channel, source_ticket=source(key, project))
    assert problems(out) == [("source_ticket.project", "T1", False)]
    assert key in out["problems"][0]["text"]
    assert project.upper() in out["problems"][0]["text"]
    assert out["steps"][0]["action"] == "move_ticket"


@pytest.mark.parametrize(("key", "project"), [("PTO-12", "PTO"), ("PTO-12", ""), ("PTO-12", "pto")])
def test_a_ticket_in_its_place_is_neither_moved_nor_pointed_out__T1(
    plan: Plan, problems: Problems, key: str, project: str
) -> None:
    out = plan(source_ticket=source(key, project))
    assert problems(out) == []
    assert "move_ticket" not in [s["action"] for s in out["steps"]]


def test_the_key_says_where_a_ticket_is_that_is_never_moved__T1(plan: Plan) -> None:
    out = plan(source_ticket=source("ABC-12", "PTO"))
    assert [p["text"] for p in out["problems"]] == [
        "ABC-12 has a key of ABC, and its project is given as PTO. Check that it is the right ticket.",
        "Tickets are moved to PTO from EBH, SS only: this one stays in ABC.",
    ]


# --- what reaches the installer ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("opened", [OPEN, {"open_installer_ticket": "PTO-2"}])
@pytest.mark.parametrize("reply", ["installer_within", "installer_past"])
def test_a_first_reply_in_an_open_ticket_tells_the_installers_concern_as_well__I5(
    plan: Plan, problems: Problems, opened: dict[str, str], reply: str
) -> None:
    changes = {"installer_reply": reply, "installer_concern": "the bill they pay", **opened}
    out = plan(**changes)
    assert ("installer_concern", "I5", True) in problems(out)
    assert "disclosure" in out["flag_ids"]
    assert not [p for p in plan(**changes, disclosure_confirmed=True)["problems"] if p["blocks"]]


def test_a_concern_that_the_open_ticket_never_shows_waits_for_nobody__I5(plan: Plan, problems: Problems) -> None:
    assert problems(plan(installer_concern="the bill they pay", **OPEN)) == []


# --- dates ------------------------------------------------------------------------------------------------------------


def test_m3_before_m1_is_pointed_out_where_there_is_no_m2__C14(plan: Plan, problems: Problems) -> None:
    out = plan(job={"m1": "2026-03-02", "m2": None, "m3": "2026-03-01"})
    assert ("job.m3", "C14", False) in problems(out)
