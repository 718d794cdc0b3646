"""Pieces of answers that several operations share."""

from datetime import UTC, datetime
from typing import Any

from ptodesk_gui.practice import accounts
from ptodesk_gui.practice.site import Call, Field, IssueType, LinkType, Named, Project, Status

_CATEGORIES = {
    "new": (2, "new", "blue-gray", "To Do"),
    "indeterminate": (4, "indeterminate", "yellow", "In Progress"),
    "done": (3, "done", "green", "Done"),
}


def jira_time(seconds: float | None) -> str | None:
    """A moment as Jira writes it: ISO with milliseconds, the offset without a colon."""
    if seconds is None:
        return None
    moment = datetime.fromtimestamp(seconds, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}+0000"


def user(call: Call, account_id: str | None) -> dict[str, Any] | None:
    """A person of the platform API, or None for nobody (Anonymous, Unassigned)."""
    person = accounts.by_id(call.db, account_id) if account_id else None
    return accounts.as_user(person, call.base, hide_email=hidden(call, person)) if person else None


def hidden(call: Call, person: accounts.Person) -> bool:
    """Whether the person's address is kept from the one who asks."""
    return call.switches.emails_hidden and person.id != call.me.id


def status(call: Call, thing: Status) -> dict[str, Any]:
    number, key, colour, name = _CATEGORIES[thing.category]
    return {
        "self": f"{call.base}/rest/api/3/status/{thing.id}",
        "id": str(thing.id),
        "name": thing.name,
        "description": "",
        "iconUrl": f"{call.base}/images/icons/status.png",
        "statusCategory": {
            "self": f"{call.base}/rest/api/3/statuscategory/{number}",
            "id": number,
            "key": key,
            "colorName": colour,
            "name": name,
        },
    }


def project(call: Call, thing: Project) -> dict[str, Any]:
    return {
        "self": f"{call.base}/rest/api/3/project/{thing.id}",
        "id": str(thing.id),
        "key": thing.key,
        "name": thing.name,
        "projectTypeKey": "service_desk",
        "simplified": False,
        "avatarUrls": {},
    }


def issue_type(call: Call, thing: IssueType) -> dict[str, Any]:
    return {
        "self": f"{call.base}/rest/api/3/issuetype/{thing.id}",
        "id": str(thing.id),
        "name": thing.name,
        "description": thing.description,
        "iconUrl": f"{call.base}/images/icons/issuetype.png",
        "subtask": False,
        "hierarchyLevel": 0,
    }


def resolution(call: Call, thing: Named) -> dict[str, Any]:
    return {
        "self": f"{call.base}/rest/api/3/resolution/{thing.id}",
        "id": str(thing.id),
        "name": thing.name,
        "description": "",
    }


def priority(call: Call, thing: Named) -> dict[str, Any]:
    return {
        "self": f"{call.base}/rest/api/3/priority/{thing.id}",
        "id": str(thing.id),
        "name": thing.name,
        "iconUrl": "",
    }


def option(call: Call, thing: Named) -> dict[str, Any]:
    return {"self": f"{call.base}/rest/api/3/customFieldOption/{thing.id}", "id": str(thing.id), "value": thing.name}


def link_type(call: Call, thing: LinkType) -> dict[str, Any]:
    return {
        "id": str(thing.id),
        "name": thing.name,
        "inward": thing.inward,
        "outward": thing.outward,
        "self": f"{call.base}/rest/api/3/issueLinkType/{thing.id}",
    }


def field_schema(thing: Field) -> dict[str, Any]:
    """What a field holds (schema JsonTypeBean)."""
    shown: dict[str, Any] = {"type": thing.type}
    if thing.items:
        shown["items"] = thing.items
    if thing.custom:
        return {**shown, "custom": thing.custom, "customId": int(thing.id.removeprefix("customfield_"))}
    return {**shown, "system": thing.id}
