"""What the tests of the procedure share: the packaged playbook, and plans of the sample case with changes."""

import copy
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from ptodesk_gui.sop.case_check import read_case
from ptodesk_gui.sop.flows import make_plan
from ptodesk_gui.sop.plan import plan_to_dict
from ptodesk_gui.sop.playbook import Playbook
from ptodesk_gui.workstation.playbook_files import load_playbook

if TYPE_CHECKING:
    from tests.reliability.site import Site

Values = dict[str, Any]

SAMPLE: Values = {
    "channel": "phone",
    "agent": "Dana Reyes",
    "homeowner": {"first_name": "Jane", "last_name": "Doe", "email": "jane@example.com"},
    "address": {"street": "1 Main St", "city": "Denver", "state": "CO", "zip": "80201"},
    "installer": {"name": "Sunny Roofs", "rep_first_name": "Sam", "rep_email": "sam@example.com"},
    "job": {"url": "https://engine.example/jobs/1", "m1": "2026-01-05", "m2": "2026-02-01"},
    "inspection": "not_scheduled",
    "concern": "System installed but not yet active; asks when PTO is expected.",
}
SOURCE: Values = {"key": "EBH-12", "project": "EBH", "request": "homeowner asks about PTO", "text": ""}
TODAY = date(2026, 3, 14)


def merged(values: Values, changes: Values) -> Values:
    """The sample with changes; a change within a part leaves the rest of that part as it is."""
    out = copy.deepcopy(values)
    for key, value in changes.items():
        out[key] = {**out[key], **value} if isinstance(value, dict) and isinstance(out.get(key), dict) else value
    if out["channel"] != "phone":
        out.setdefault("source_ticket", SOURCE)
    return out


@pytest.fixture(scope="session")
def playbook() -> Playbook:
    """The playbook that comes with the program."""
    return load_playbook()


@pytest.fixture(scope="session")
def sample() -> Callable[..., Values]:
    """A CASE file's values: the sample with changes."""
    return lambda **changes: merged(SAMPLE, changes)


@pytest.fixture(scope="session")
def plan(playbook: Playbook) -> Callable[..., Values]:
    """The plan, as it is printed, of the sample with changes; its steps by id under ``by_id``.

    ``book`` are changes to the playbook.
    """

    def make(
        *, today: date = TODAY, concern_pasted: bool = False, book: Values | None = None, **changes: Any
    ) -> Values:
        used = replace(playbook, **book) if book else playbook
        case = read_case(merged(SAMPLE, changes))
        out = plan_to_dict(make_plan(case, used, today, concern_pasted=concern_pasted))
        out["by_id"] = {step["id"]: step for step in out["steps"]}
        out["flag_ids"] = [flag["id"] for flag in out["flags"]]
        return out

    return make


@pytest.fixture(scope="session")
def problems() -> Callable[..., list[tuple[str, str, bool]]]:
    """A plan's problems as (field, rule, blocks)."""
    return lambda plan: [(p["field"], p["rule"], p["blocks"]) for p in plan["problems"]]


@pytest.fixture(scope="session")
def _site(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Site]":
    from tests.reliability.site import Site

    made = Site(tmp_path_factory.mktemp("site"))
    yield made
    made.close()


@pytest.fixture
def site(_site: "Site", monkeypatch: pytest.MonkeyPatch) -> "Site":
    """One practice desk a worker; ``begin`` puts it back to a known state."""
    monkeypatch.setattr("os.fsync", lambda handle: None)  # programs end here, not machines
    return _site
