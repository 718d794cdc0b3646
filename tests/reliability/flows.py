"""One case for every flow of the procedure, and what its desk holds before. All of it is sample data."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from ptodesk_gui.sop.case_check import read_case
from ptodesk_gui.sop.flows import make_plan
from ptodesk_gui.sop.plan import Plan
from ptodesk_gui.sop.playbook import Playbook
from tests.reliability.site import Site

TODAY = date(2026, 3, 14)

Values = dict[str, Any]

JANE = {"first_name": "Jane", "last_name": "Doe", "email": "jane@example.com"}
NOBODY_YET = {
    "first_name": "June",
    "last_name": "Roe",
    "email": "june.roe@example.com",
}  # no customer of the site so far
SUNNY = {"name": "Sunny Roofs", "rep_first_name": "Sam", "rep_email": "sam@example.com"}
MOON = {"name": "Moon Roofs", "rep_first_name": "Max", "rep_email": "max.rep@example.com"}  # nor is this company known

CASE: Values = {
    "channel": "phone",
    "agent": "Dana Reyes",
    "homeowner": JANE,
    "address": {"street": "1 Main St", "city": "Denver", "state": "CO", "zip": "80201"},
    "installer": SUNNY,
    "job": {"url": "https://engine.example/jobs/1", "m1": "2026-01-05", "m2": "2026-02-01"},
    "inspection": "not_scheduled",
    "concern": "System installed but not yet active; asks when PTO is expected.",
}


@dataclass(frozen=True)
class Flow:
    """One way through the procedure. ``prepare`` puts on the desk what is there before; it gives what the case has of it."""

    name: str
    values: Values
    prepare: Callable[[Site], Values]
    scoped: bool = False  # the token has scopes: it works at the gateway and nowhere else

    def plan(self, book: Playbook, prepared: Values) -> Plan:
        """The plan that the flow's case leads to. It must be one that can be filed."""
        plan = make_plan(read_case({**CASE, **self.values, **prepared}), book, TODAY)
        assert not plan.blocked, plan.problems
        return plan


def waiting(site: Site, project: str, summary: str, **fields: Any) -> str:
    """A ticket that waits on the desk; its key."""
    project_id, issue_type = site.rows(
        "SELECT p.id, t.id FROM project p, issue_type t WHERE p.key = ? ORDER BY t.id", project
    )[0]
    fields = {"project": {"id": str(project_id)}, "issuetype": {"id": str(issue_type)}, "summary": summary, **fields}
    return str(site.ask("POST", "/rest/api/3/issue", {"fields": fields})["key"])


def reporter(site: Site, email: str) -> Values:
    return {"reporter": {"accountId": site.value("SELECT id FROM account WHERE email = ?", email)}}


def source(project: str, title: str = "A homeowner asks about PTO", **also: Any) -> Callable[[Site], Values]:
    """The case came in with a ticket of that project."""

    def prepare(site: Site) -> Values:
        key = waiting(site, project, title)
        return {"source_ticket": {"key": key, "project": project, "request": "a homeowner asks about PTO"}, **also}

    return prepare


def nothing(site: Site) -> Values:
    return {}


def open_tickets(site: Site) -> Values:
    """The homeowner and the installer ticket of an earlier call, which are still open."""
    home = waiting(
        site, "PTO", "Homeowner Concern Received – Jane Doe – Sunny Roofs", **reporter(site, "jane@example.com")
    )
    work = waiting(site, "PTO", "Homeowner Concern – Sunny Roofs – Jane Doe", **reporter(site, "sam@example.com"))
    return {"open_homeowner_ticket": home, "open_installer_ticket": work}


def again_by_email(site: Site) -> Values:
    return {**open_tickets(site), **source("EBH")(site)}


def extra(site: Site) -> Values:
    opened = open_tickets(site)
    return {
        "open_installer_ticket": opened["open_installer_ticket"],
        **source("PTO", "An installer writes again")(site),
    }


def partner_not_on_the_site(site: Site) -> Values:
    """Nobody on the site has the partner's name, so setting it as the reporter is left to a person."""
    site.rows("UPDATE account SET name = 'Sample Company' WHERE name = 'Omnidian'")
    return source("PTO")(site)


NEWS = {"new_information": "The homeowner now has a letter of the utility."}
UNKNOWN_JOB = {"job": {"found": False}, "installer": {}, "homeowner": {"email": "june.roe@example.com"}}

FLOWS = {
    flow.name: flow
    for flow in (
        Flow("phone", {"homeowner": NOBODY_YET, "installer": MOON}, nothing),
        Flow("phone, scoped token", {}, nothing, scoped=True),
        Flow("phone, Top Electric", {"installer": {**SUNNY, "name": "Top Electric"}}, nothing),
        Flow("homeowner's email", {"channel": "homeowner_email"}, source("EBH")),
        Flow("HubSpot", {"channel": "hubspot", "homeowner": NOBODY_YET}, source("PTO")),
        Flow("HubSpot, job unknown", {"channel": "hubspot", **UNKNOWN_JOB}, source("PTO")),
        Flow("Account Servicing", {"channel": "account_servicing"}, source("SS")),
        Flow("Omnidian", {"channel": "omnidian"}, partner_not_on_the_site),
        Flow("partner waits", {"channel": "omnidian", **UNKNOWN_JOB, "homeowner": {}}, source("PTO")),
        Flow(
            "partner gave up",
            {"channel": "omnidian", **UNKNOWN_JOB, "homeowner": {}, "partner_cannot_identify_job": True},
            source("PTO"),
        ),
        Flow("again, phone", NEWS, open_tickets),
        Flow("again, email", {"channel": "homeowner_email", **NEWS}, again_by_email),
        Flow("installer extra", {"channel": "installer"}, extra),
    )
}
