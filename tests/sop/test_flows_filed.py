"""Each flow of the contract, filed over real HTTP: afterwards the whole desk is what its plan names, field by field."""

from typing import Any

import pytest

from ptodesk_gui.sop.playbook import Playbook
from ptodesk_gui.sop.progress import PlanState, StepState
from tests.reliability.flows import FLOWS, NEWS, UNKNOWN_JOB, Flow, again_by_email, nothing, open_tickets, source
from tests.reliability.site import Site
from tests.sop.desk_by_plan import whole
from tests.sop.filing import filed, wrong_after

LEFT_TO_A_PERSON = {"Omnidian"}  # that one's desk lacks the partner, so that somebody has to set the reporter

MOON = {"installer": {"name": "Moon Roofs", "rep_first_name": "Max", "rep_email": "max.rep@example.com"}}
BLUE_HAMMER = {"installer": {"name": "blue_hammer", "rep_first_name": "Max", "rep_email": ""}}
TOP = {"installer": {"name": "top electric", "rep_first_name": "Max"}}
NO_EMAIL = {"homeowner": {"first_name": "Jane", "last_name": "Doe"}}


def one_open(site: Site) -> dict[str, Any]:
    """Only the homeowner's ticket is open."""
    return {"open_homeowner_ticket": open_tickets(site)["open_homeowner_ticket"]}


def installers_open(site: Site) -> dict[str, Any]:
    """Only the installer's ticket is open."""
    return {"open_installer_ticket": open_tickets(site)["open_installer_ticket"]}


def again_in_place(site: Site) -> dict[str, Any]:
    return {**open_tickets(site), **source("PTO")(site)}


MORE = {
    flow.name: flow
    for flow in (
        Flow("phone with a ticket, H1", {}, source("SS")),
        Flow("phone, Littleton, H4", {"address": {"city": "Littleton", "state": "CO"}, **TOP}, nothing),
        Flow("phone, Blue Hammer, I7", BLUE_HAMMER, nothing),
        Flow("phone without M2, C12", {"job": {"m1": "2026-01-05"}}, nothing),
        Flow("phone, past, H4", {"job": {"m1": "2025-10-05", "m2": "2025-11-01"}}, nothing),
        Flow("phone without emails, M1", {**NO_EMAIL, "installer": {"name": "Sunny Roofs"}}, nothing),
        Flow(
            "own words, H5", {"homeowner_reply": {"text": "Hello.\n\nJane"}, "installer_reply": {"text": "Hi"}}, nothing
        ),
        Flow("Omnidian found, H8", {"channel": "omnidian", **MOON}, source("EBH")),
        Flow("Account Servicing waits, H9", {"channel": "account_servicing", **UNKNOWN_JOB}, source("SS")),
        Flow("HubSpot without an email, H7", {"channel": "hubspot", **UNKNOWN_JOB, "homeowner": {}}, source("EBH")),
        Flow("only the installer's ticket is open, I1", {}, installers_open),
        Flow("again, phone with a ticket, O1", NEWS, again_by_email),
        Flow("again, phone, no installer ticket, O7", NEWS, one_open),
        Flow("again, phone, Blue Hammer, O7", {**NEWS, **BLUE_HAMMER}, one_open),
        Flow("again, HubSpot, O3", {"channel": "hubspot", **NEWS}, again_by_email),
        Flow("again, Account Servicing, O4", {"channel": "account_servicing", **NEWS}, again_by_email),
        Flow("again, Omnidian, O4", {"channel": "omnidian"}, again_in_place),
        Flow("again, nothing new, O7", {"concern": ""}, open_tickets),
    )
}


@pytest.mark.parametrize("name", [*(name for name in FLOWS if name not in LEFT_TO_A_PERSON), *MORE])
def test_the_desk_is_what_the_flows_plan_names__H1_H6_H7_H8_H9_H10_O1_O2_O3_O4_I1_I7_I8(
    site: Site, playbook: Playbook, name: str
) -> None:
    flow = FLOWS.get(name) or MORE[name]
    made = site.begin(flow.name, flow.prepare)
    site.practice.switches.scoped_tokens = flow.scoped
    assert wrong_after(site, flow.plan(playbook, made), playbook) == []


@pytest.mark.parametrize("channel", ["phone", "homeowner_email", "hubspot", "omnidian", "account_servicing"])
@pytest.mark.parametrize("opened", ["both", "the homeowner's"])
def test_a_mistyped_homeowner_ticket_makes_and_sends_nothing__O4_O5_O6_O7(
    site: Site, playbook: Playbook, channel: str, opened: str
) -> None:
    def prepare(site: Site) -> dict[str, Any]:
        found = {**open_tickets(site), "open_homeowner_ticket": "PTO-9999"}
        if opened != "both":
            del found["open_installer_ticket"]
        return {**found, **({} if channel == "phone" else source("EBH")(site))}

    flow = Flow(f"mistyped, {channel}, {opened}", {"channel": channel, **NEWS}, prepare)
    plan = flow.plan(playbook, site.begin(flow.name, flow.prepare))
    before = whole(site)
    end = filed(site, plan, playbook)
    found = whole(site)
    assert end.progress.state is PlanState.PERSON
    assert found.issues.keys() == before.issues.keys()
    assert [issue.comments for issue in found.issues.values()] == [issue.comments for issue in before.issues.values()]
    assert [issue.status for issue in found.issues.values()] == [issue.status for issue in before.issues.values()]
    waits = [step for step in end.progress.steps if step.state is StepState.REFUSED]
    assert all(step.reason and step.cure for step in waits)
    assert {step.step.id for step in waits} <= {"open_homeowner.comment", "source.link"}
