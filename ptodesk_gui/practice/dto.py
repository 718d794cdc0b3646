"""Answers in the forms of the Service Management API."""

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from ptodesk_gui.practice import accounts, shapes
from ptodesk_gui.practice.site import Call, Project, RequestType


def moment(seconds: float) -> dict[str, Any]:
    """A moment as the service desk writes it (schema DateDTO)."""
    at = datetime.fromtimestamp(seconds, UTC)
    return {
        "iso8601": f"{at:%Y-%m-%dT%H:%M:%S}+0000",
        "jira": shapes.jira_time(seconds),
        "friendly": f"{at:%d/%b/%y %H:%M}",
        "epochMillis": int(seconds * 1000),
    }


def page(call: Call, path: str, everything: Sequence[Any]) -> dict[str, Any]:
    """One page of a list of the service desk API: ``start``, ``limit``, ``isLastPage``, ``_links.next``.

    The desk gives at most ``switches.page_size`` at once, whatever ``limit`` asks for, and says so in ``limit``.
    """
    start = call.number("start", 0, 1_000_000)
    limit = max(1, call.number("limit", 50, call.switches.page_size))
    values = list(everything[start : start + limit])
    last = start + len(values) >= len(everything)
    address = f"{call.base}{path}"
    rest = [(name, value) for name, value in call.query.items() if name not in ("start", "limit")]

    def at_start(at: int) -> str:
        return f"{address}?{urlencode([*rest, ('start', at), ('limit', limit)])}"

    links = {"self": at_start(start), "base": call.base, "context": ""}
    if not last:
        links["next"] = at_start(start + limit)
    if start:
        links["prev"] = at_start(max(0, start - limit))
    return {
        "size": len(values),
        "start": start,
        "limit": limit,
        "isLastPage": last,
        "_links": links,
        "values": values,
        "_expands": [],
    }


def desk(call: Call, project: Project) -> dict[str, Any]:
    return {
        "id": str(project.desk_id),
        "projectId": str(project.id),
        "projectKey": project.key,
        "projectName": project.name,
        "projectTypeKey": "service_desk",
        "_links": {"self": f"{call.base}/rest/servicedeskapi/servicedesk/{project.desk_id}"},
    }


def request_type(call: Call, project: Project, kind: RequestType) -> dict[str, Any]:
    return {
        "id": str(kind.id),
        "name": kind.name,
        "description": kind.description,
        "helpText": "",
        "issueTypeId": str(kind.issue_type),
        "serviceDeskId": str(project.desk_id),
        "portalId": str(project.desk_id),
        "groupIds": [],
        "restrictionStatus": "OPEN",
        "canCreateRequest": call.may("CREATE_ISSUES", project),
        "_expands": ["field"],
        "_links": {"self": f"{call.base}/rest/servicedeskapi/servicedesk/{project.desk_id}/requesttype/{kind.id}"},
    }


def organization(call: Call, row: sqlite3.Row) -> dict[str, Any]:
    return {
        "id": str(row["id"]),
        "uuid": row["uuid"],
        "name": row["name"],
        "created": moment(row["created"]),
        "scimManaged": False,
        "_links": {"self": f"{call.base}/rest/servicedeskapi/organization/{row['id']}"},
    }


def person(call: Call, who: accounts.Person) -> dict[str, Any]:
    return accounts.as_service_desk_user(who, call.base, hide_email=shapes.hidden(call, who))
