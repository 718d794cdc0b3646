"""A case that almost is one: ``ptodesk plan`` prints a plan, or says line by line what is wrong, and never anything else."""

import json
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given

from ptodesk_gui.console.main import cli
from tests.fuzz.shares import SEEDS, share
from tests.mutations import changed_json, changed_text

WHOLE: dict[str, Any] = {
    "channel": "phone",
    "agent": "Dana Reyes",
    "homeowner": {
        "first_name": "Jane",
        "last_name": "Doe",
        "email": "jane@example.com",
        "phone": "(555) 010-0100",
        "pronoun": "them",
    },
    "address": {"street": "1 Main St", "city": "Littleton", "state": "CO", "zip": "80120"},
    "installer": {"name": "Sunny Roofs", "rep_first_name": "Sam", "rep_email": "sam@example.com"},
    "job": {"found": True, "url": "https://engine.example/jobs/1", "m1": "2026-01-05", "m2": "2026-02-01", "m3": None},
    "inspection": "passed",
    "notes": ["installer_unreachable"],
    "concern": "System installed but not yet active; asks when PTO is expected.",
    "installer_concern": "",
    "still_asking_about_double_billing": False,
    "new_information": "A letter of the utility came.",
    "source_ticket": None,
    "open_homeowner_ticket": None,
    "open_installer_ticket": None,
    "homeowner_reply": None,
    "installer_reply": {"text": "Hello Sam, please call."},
    "disclosure_confirmed": False,
    "partner_cannot_identify_job": False,
}
SOURCE = {"key": "EBH-12", "project": "EBH", "request": "homeowner asks about PTO", "text": "When will it be on?"}
CASES: list[dict[str, Any]] = [
    WHOLE,
    {**WHOLE, "installer": {**WHOLE["installer"], "name": "Top Electric"}},
    {**WHOLE, "open_homeowner_ticket": "PTO-1", "open_installer_ticket": "PTO-2"},
    *({**WHOLE, "channel": channel, "source_ticket": SOURCE} for channel in ("homeowner_email", "hubspot", "omnidian")),
    {**WHOLE, "channel": "hubspot", "source_ticket": SOURCE, "job": {"found": False}},
    {**WHOLE, "channel": "account_servicing", "source_ticket": SOURCE, "partner_cannot_identify_job": True},
    {**WHOLE, "channel": "installer", "source_ticket": SOURCE, "open_installer_ticket": "PTO-2"},
]


def mutated(seed: int) -> bytes:
    """A case file with something changed in what it says, or in how it is written."""
    chance = Random(seed)  # noqa: S311 - the same every time
    case, times = chance.choice(CASES), chance.choice((1, 1, 2, 4))
    if chance.random() < 0.7:
        return json.dumps(changed_json(case, chance, times), ensure_ascii=chance.random() < 0.5).encode(
            "utf-8", "surrogatepass"
        )
    return changed_text(json.dumps(case, indent=1), chance, times).encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("case", CASES, ids=range(len(CASES)))
def test_the_cases_that_are_changed_are_good_ones(case: dict[str, Any]) -> None:
    told = CliRunner().invoke(cli, ["plan", "-", "--today", "2026-03-14"], input=json.dumps(case))
    assert told.exit_code == 0
    assert json.loads(told.stdout)["steps"]


@share(0.3)
@given(SEEDS)
def test_a_mutated_case_is_planned_or_explained(seed: int) -> None:
    told = CliRunner().invoke(cli, ["plan", "-", "--today", "2026-03-14"], input=mutated(seed))
    assert told.exception is None or isinstance(told.exception, SystemExit), told.exception
    if told.exit_code == 0:
        plan = json.loads(told.stdout)
        before: set[str] = set()
        for step in plan["steps"]:
            assert set(step["needs"]) <= before
            before.add(step["id"])
    else:
        assert told.exit_code == 2
        assert told.stdout == ""
        lines = told.stderr.splitlines()
        assert lines
        assert all(": " in line and len(line) < 1000 for line in lines)
