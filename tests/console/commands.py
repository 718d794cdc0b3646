"""A case, and what is on a practice desk, asked over HTTP."""

import json
from collections.abc import Callable
from typing import Any

import requests
from click.testing import Result

from ptodesk_gui.practice import PracticeDesk

CASE: dict[str, Any] = {
    "channel": "phone",
    "agent": "Dana Reyes",
    "homeowner": {"first_name": "Jane", "last_name": "Doe", "email": "jane@example.com"},
    "address": {"street": "1 Main St", "city": "Denver", "state": "CO", "zip": "80202"},
    "installer": {"name": "Sunny Roofs", "rep_first_name": "Sam", "rep_email": "sam@example.com"},
    "job": {"url": "https://engine.example/jobs/1", "m1": "2026-01-05", "m2": "2026-02-01", "m3": None},
    "inspection": "passed",
    "concern": "System installed but not yet active; asks when PTO is expected.",
}

Run = Callable[..., Result]
CaseFile = Callable[..., str]


def issue(desk: PracticeDesk, key: str, token: str | None = None) -> dict[str, Any] | None:
    """The ticket's fields; None when there is none of that key."""
    address = f"{desk.url}/rest/api/3/issue/{key}"
    with requests.Session() as session:
        session.trust_env = False
        answer = session.get(address, auth=(desk.account.email, token or desk.account.token), timeout=10)
    return answer.json()["fields"] if answer.status_code == 200 else None


def has_exactly_one_call(desk: PracticeDesk, token: str | None = None) -> bool:
    """Whether the desk holds the homeowner ticket and the installer ticket of one call, linked, and no third."""
    homeowner, installer, third = (issue(desk, f"PTO-{number}", token) for number in (1, 2, 3))
    if homeowner is None or installer is None or third is not None:
        return False
    titles = {homeowner["summary"], installer["summary"]}
    return len(homeowner["issuelinks"]) == 1 and titles == {
        "Homeowner Concern Received – Jane Doe – Sunny Roofs",
        "Homeowner Concern – Sunny Roofs – Jane Doe",
    }


def lines(text: str) -> list[dict[str, Any]]:
    """The JSON lines of an answer."""
    return [json.loads(line) for line in text.splitlines()]
