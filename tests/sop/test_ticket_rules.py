"""T: every ticket. Moves, labels, the internal comment, the description, closings."""

from collections.abc import Callable
from typing import Any

import pytest

Plan = Callable[..., dict[str, Any]]
Problems = Callable[..., list[tuple[str, str, bool]]]

CHANNELS = ["homeowner_email", "hubspot", "account_servicing", "omnidian", "installer"]
OPEN = {"open_homeowner_ticket": "PTO-1", "open_installer_ticket": "PTO-2"}


def before(plan: dict[str, Any], step_id: str) -> set[str]:
    """Everything that must be done before a step."""
    needs = set(plan["by_id"][step_id]["needs"])
    return needs.union(*(before(plan, other) for other in needs))


@pytest.mark.parametrize("project", ["EBH", "SS"])
@pytest.mark.parametrize("channel", [*CHANNELS, "phone"])
@pytest.mark.parametrize("history", [{}, OPEN])
def test_a_ticket_of_ebh_or_ss_moves_before_anything_is_done_to_it__T1(
    plan: Plan, project: str, channel: str, history: dict[str, str]
) -> None:
    out = plan(channel=channel, source_ticket={"key": f"{project}-7", "project": project, "request": "x"}, **history)
    first = out["steps"][0]
    assert (first["action"], first["key"], first["project"], first["needs"]) == (
        "move_ticket",
        f"{project}-7",
        "PTO",
        [],
    )
    touched = [
        step["id"]
        for step in out["steps"][1:]
        if f"{project}-7" in (step.get("key"), step.get("from_key"), step.get("to_key"))
    ]
    assert touched
    assert all(first["id"] in before(out, step_id) for step_id in touched)


def test_a_ticket_of_pto_stays__T1(plan: Plan, problems: Problems) -> None:
    out = plan(channel="homeowner_email", source_ticket={"key": "PTO-7", "project": ""})
    assert "homeowner.move" not in out["by_id"]
    assert problems(out) == []


def test_the_project_is_read_from_the_key_when_it_is_not_given__T1(plan: Plan) -> None:
    out = plan(channel="homeowner_email", source_ticket={"key": "ss-7", "project": None})
    assert out["by_id"]["homeowner.move"]["key"] == "SS-7"


def test_the_list_of_projects_is_the_playbooks__T1(plan: Plan, problems: Problems) -> None:
    source = {"key": "NEW-7", "project": "NEW"}
    assert problems(plan(channel="homeowner_email", source_ticket=source)) == [("source_ticket.project", "T1", False)]
    moved = plan(channel="homeowner_email", source_ticket=source, book={"source_projects": ("NEW",)})
    assert moved["by_id"]["homeowner.move"]["project"] == "PTO"
    assert problems(moved) == []


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("history", [{}, OPEN])
def test_every_ticket_gets_the_label_and_keeps_its_own__T2(plan: Plan, channel: str, history: dict[str, str]) -> None:
    steps = plan(channel=channel, **history)["steps"]
    assert {tuple(s["labels"]) for s in steps if s["action"] == "create_ticket"} <= {("PTO",)}
    edits = [s for s in steps if s["action"] == "edit_ticket"]
    assert [s["add_labels"] for s in edits] == [["PTO"]]


@pytest.mark.parametrize("channel", ["phone", *CHANNELS])
def test_every_ticket_gets_the_request_type__T3(plan: Plan, channel: str) -> None:
    steps = [s for s in plan(channel=channel)["steps"] if s["action"] in ("create_ticket", "edit_ticket")]
    assert steps
    assert {s["request_type"] for s in steps} == {"PTO/M3 delay"}


@pytest.mark.parametrize("channel", ["phone", *CHANNELS])
@pytest.mark.parametrize(
    ("name", "organization"),
    [("Sunny Roofs", "Sunny_Roofs"), ("  Very  Sunny Roofs ", "Very_Sunny_Roofs"), ("top electric", "Top_Electric")],
)
def test_the_organization_has_underscores_for_spaces__T4(
    plan: Plan, channel: str, name: str, organization: str
) -> None:
    steps = plan(channel=channel, installer={"name": name})["steps"]
    assert {s["organization"] for s in steps if s["action"] in ("create_ticket", "edit_ticket")} == {organization}


def test_the_internal_comment_has_exactly_six_lines__T5(plan: Plan) -> None:
    out = plan()
    assert out["by_id"]["homeowner.details"]["body"].split("\n") == [
        "Homeowner Name: Jane Doe (jane@example.com)",
        "Address: 1 Main St, Denver, CO 80201",
        "Job Link: https://engine.example/jobs/1",
        "Installer: Sunny Roofs",
        "Installer Rep: Sam (sam@example.com)",
        "Notes: M1 approved on 1/5/2026. M2 approved on 2/1/2026. M3 not started.",
    ]
    assert out["by_id"]["installer.details"]["body"] == out["by_id"]["homeowner.details"]["body"]


def test_what_is_not_known_reads_unknown__T6(plan: Plan) -> None:
    out = plan(homeowner={"email": ""}, address=None, job=None, installer={"rep_first_name": None, "rep_email": None})
    assert out["by_id"]["homeowner.details"]["body"].split("\n") == [
        "Homeowner Name: Jane Doe (unknown)",
        "Address: unknown",
        "Job Link: unknown",
        "Installer: Sunny Roofs",
        "Installer Rep: unknown (unknown)",
        "Notes: M1 not approved. M2 not approved. M3 not started.",
    ]


@pytest.mark.parametrize(
    ("job", "notes"),
    [
        ({"m3": "2026-03-09"}, "M1 approved on 1/5/2026. M2 approved on 2/1/2026. M3 approved on 3/9/2026."),
        ({"m1": None}, "M1 not approved. M2 approved on 2/1/2026. M3 not started."),
        ({"m1": "2025-12-31", "m2": None}, "M1 approved on 12/31/2025. M2 not approved. M3 not started."),
    ],
)
def test_the_notes_line__T6(plan: Plan, job: dict[str, Any], notes: str) -> None:
    assert plan(job=job)["by_id"]["homeowner.details"]["body"].endswith(f"\nNotes: {notes}")


@pytest.mark.parametrize(
    ("address", "line"),
    [
        ({"street": ""}, "Denver, CO 80201"),
        ({"state": "", "zip": ""}, "1 Main St, Denver"),
        ({"city": ""}, "1 Main St, CO 80201"),
        ({"state": ""}, "1 Main St, Denver, 80201"),
    ],
)
def test_parts_of_an_address_that_are_not_known_are_left_out__T5(
    plan: Plan, address: dict[str, str], line: str
) -> None:
    assert f"\nAddress: {line}\n" in plan(address=address)["by_id"]["homeowner.details"]["body"]


def test_the_description_has_three_lines__T7(plan: Plan) -> None:
    out = plan(concern="Not active yet.\n\nAsks about PTO.", installer_concern="Asks about\nPTO")
    assert out["by_id"]["homeowner.create"]["description"].split("\n") == [
        "Homeowner: Jane Doe",
        "Address: 1 Main St, Denver, CO 80201",
        "Concern: Not active yet. Asks about PTO.",
    ]
    assert out["by_id"]["installer.create"]["description"].endswith("\nConcern: Asks about PTO")


def test_a_missing_concern_reads_unknown_and_is_pointed_out__T7(plan: Plan, problems: Problems) -> None:
    out = plan(concern="")
    assert out["by_id"]["homeowner.create"]["description"].endswith("\nConcern: unknown")
    assert problems(out) == [("concern", "T7", False)]


RUN = "my system has been installed for months and nobody tells me when"  # 12 words


@pytest.mark.parametrize(
    ("concern", "text", "flagged"),
    [
        (RUN, f"Hello, {RUN} it will work", True),
        (RUN.upper().replace(" has", ", HAS"), f"Hello - {RUN}!", True),
        (f"She says {RUN}", f"... {RUN.replace(' for', ' -- for')}", True),
        (RUN.rsplit(" ", 1)[0], RUN, False),
        (f"xx{RUN}", RUN, False),
        (RUN.replace("months", "weeks"), RUN, False),
    ],
)
def test_twelve_words_in_a_row_of_the_ticket_are_pointed_out__T8(
    plan: Plan, concern: str, text: str, flagged: bool
) -> None:
    source = {"key": "PTO-3", "project": "PTO", "text": text}
    out = plan(channel="homeowner_email", concern=concern, source_ticket=source)
    assert [f["rule"] for f in out["flags"]] == (["T8"] if flagged else [])
    assert out["problems"] == []


def test_a_pasted_concern_is_pointed_out__T8(plan: Plan) -> None:
    assert plan(concern_pasted=True)["flag_ids"] == ["copied_concern"]
    assert plan()["flag_ids"] == []


def test_homeowner_and_installer_tickets_are_assigned__T10(plan: Plan) -> None:
    for channel in ("phone", "homeowner_email", "hubspot", "omnidian"):
        steps = plan(channel=channel)["steps"]
        made = [s for s in steps if s.get("ticket") in ("homeowner", "installer") and "summary" in s]
        assert [s["assignee"] for s in made] == ["Jessica Hauger", "Jessica Hauger"]


@pytest.mark.parametrize(
    ("channel", "history", "closing"),
    [
        ("hubspot", {}, ("Done", "Other", "Operations")),
        ("omnidian", {}, ("Done", "Other", "Operations")),
        ("account_servicing", OPEN, ("Done", "Other", "Operations")),
        ("homeowner_email", OPEN, ("Duplicate", "Duplicate", "Operations")),
        ("installer", OPEN, ("Duplicate", "Duplicate", "Operations")),
    ],
)
def test_closing_is_transition_resolution_category__T11(
    plan: Plan, channel: str, history: dict[str, str], closing: tuple[str, str, str]
) -> None:
    last = plan(channel=channel, **history)["steps"][-1]
    assert last["action"] == "close_ticket"
    assert (last["transition"], last["resolution"], last["category"]) == closing


def test_anonymous_is_an_empty_reporter__T12(plan: Plan) -> None:
    assert plan(channel="homeowner_email", **OPEN)["by_id"]["source.edit"]["reporter"] is None
    assert "reporter" not in plan(channel="hubspot", **OPEN)["by_id"]["source.edit"]
