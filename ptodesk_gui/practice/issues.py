"""Issues as they are kept, found and shown."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ptodesk_gui.practice import comments, links, shapes
from ptodesk_gui.practice.errors import no_such_issue
from ptodesk_gui.practice.site import Call, Project, RequestType, with_id

EXPAND = "renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations"


def row_of(call: Call, id_or_key: str) -> sqlite3.Row | None:
    """The issue of this id or key; a key it had before it was moved finds it as well."""
    found = call.db.execute("SELECT * FROM issue WHERE key = ?", (id_or_key,)).fetchone()
    if found is None and id_or_key.isdecimal() and len(id_or_key) < 18:
        found = call.db.execute("SELECT * FROM issue WHERE id = ?", (int(id_or_key),)).fetchone()
    if found is None:
        sql = "SELECT issue.* FROM issue JOIN old_key ON old_key.issue_id = issue.id WHERE old_key.key = ?"
        found = call.db.execute(sql, (id_or_key,)).fetchone()
    row: sqlite3.Row | None = found
    return row


def visible(call: Call, id_or_key: str) -> sqlite3.Row:
    """The issue, for somebody who may browse its project.

    Raises Refusal (404) when there is none or the account must not see it.
    """
    row = row_of(call, id_or_key)
    if row is None or not call.may("BROWSE_PROJECTS", project_of(call, row)):
        raise no_such_issue()
    return row


def project_of(call: Call, row: sqlite3.Row) -> Project:
    """The project that the issue is in now."""
    found = with_id(call.site.projects, row["project_id"])
    if found is None:
        raise no_such_issue()
    return found


def request_type_of(call: Call, row: sqlite3.Row) -> RequestType | None:
    """The issue's request type, if it has one."""
    return with_id(call.site.request_types, row["request_type"]) if row["request_type"] else None


def address(call: Call, row: sqlite3.Row) -> str:
    """Where the API has the issue."""
    return f"{call.base}/rest/api/3/issue/{row['id']}"


def set_columns(call: Call, issue_id: int, columns: Mapping[str, Any]) -> None:
    """Write columns of an issue and note when."""
    changed = {**columns, "updated": call.now}
    assignments = ", ".join(f"{name} = ?" for name in changed)
    sql = f"UPDATE issue SET {assignments} WHERE id = ?"  # noqa: S608 - names of our own columns
    call.db.execute(sql, (*changed.values(), issue_id))


def touch(call: Call, issue_id: int) -> None:
    """Note that something about the issue changed."""
    set_columns(call, issue_id, {})


def properties(call: Call, issue_id: int, wanted: Iterable[str]) -> dict[str, Any]:
    """The issue's entity properties of these names (``*all`` for all)."""
    names = set(wanted)
    rows = call.db.execute("SELECT key, value FROM issue_property WHERE issue_id = ? ORDER BY key", (issue_id,))
    return {key: json.loads(value) for key, value in rows if "*all" in names or key in names}


def set_property(call: Call, issue_id: int, key: str, value: object) -> bool:
    """Set an entity property; whether it is new."""
    text = json.dumps(value, ensure_ascii=False)
    known = call.db.execute("SELECT 1 FROM issue_property WHERE issue_id = ? AND key = ?", (issue_id, key)).fetchone()
    call.db.execute(
        "INSERT OR REPLACE INTO issue_property (issue_id, key, value) VALUES (?, ?, ?)", (issue_id, key, text)
    )
    return known is None


def shown(call: Call, row: sqlite3.Row, fields: list[str], wanted_properties: list[str]) -> dict[str, Any]:
    """The issue as the platform shows it (schema IssueBean)."""
    bean: dict[str, Any] = {"expand": EXPAND, "id": str(row["id"]), "self": address(call, row), "key": row["key"]}
    bean["fields"] = shown_fields(call, row, fields)
    if wanted_properties:
        bean["properties"] = properties(call, row["id"], wanted_properties)
    return bean


def shown_fields(call: Call, row: sqlite3.Row, wanted: list[str]) -> dict[str, Any]:
    """The fields asked for: names, ``*all``, ``*navigable``, or ``-name`` for all but that one."""
    without = {name[1:] for name in wanted if name.startswith("-")}
    named = [name for name in wanted if not name.startswith("-")]
    everything = not named or "*all" in named or "*navigable" in named
    show: dict[str, Any] = {}
    for field in call.site.fields:
        if field.id not in without and (everything or field.id in named):
            look = _LOOKS.get(field.role or "")
            show[field.id] = look(call, row) if look else None
    return show


def _status(call: Call, row: sqlite3.Row) -> Any:
    return shapes.status(call, next(s for s in call.site.statuses if s.id == row["status"]))


def _resolution(call: Call, row: sqlite3.Row) -> Any:
    found = with_id(call.site.resolutions, row["resolution"])
    return shapes.resolution(call, found) if found else None


def _priority(call: Call, row: sqlite3.Row) -> Any:
    found = with_id(call.site.priorities, row["priority"])
    return shapes.priority(call, found) if found else None


def _category(call: Call, row: sqlite3.Row) -> Any:
    found = with_id(call.site.categories, row["category"])
    return shapes.option(call, found) if found else None


def _issue_type(call: Call, row: sqlite3.Row) -> Any:
    found = with_id(call.site.issue_types, row["issue_type"])
    return shapes.issue_type(call, found) if found else None


def _request_type(call: Call, row: sqlite3.Row) -> Any:
    found = request_type_of(call, row)
    if found is None:
        return None
    desk = project_of(call, row).desk_id
    return {
        "_links": {"jiraRest": address(call, row), "self": f"{call.base}/rest/servicedeskapi/request/{row['id']}"},
        "requestType": {
            "_links": {"self": f"{call.base}/rest/servicedeskapi/servicedesk/{desk}/requesttype/{found.id}"},
            "id": str(found.id),
            "name": found.name,
            "description": found.description,
            "helpText": "",
            "issueTypeId": str(found.issue_type),
            "serviceDeskId": str(desk),
            "portalId": str(desk),
            "groupIds": [],
        },
    }


def _organizations(call: Call, row: sqlite3.Row) -> Any:
    shown = []
    for number in json.loads(row["organizations"]):
        name, uuid = call.db.execute("SELECT name, uuid FROM organization WHERE id = ?", (number,)).fetchone()
        link = f"{call.base}/rest/servicedeskapi/organization/{number}"
        shown.append({"id": str(number), "name": name, "uuid": uuid, "_links": {"self": link}})
    return shown


def _comment(call: Call, row: sqlite3.Row) -> Any:
    found = comments.of_issue(call, row["id"])
    return {
        "comments": [comments.shown(call, row, comment, with_properties=False) for comment in found],
        "self": f"{address(call, row)}/comment",
        "maxResults": len(found),
        "total": len(found),
        "startAt": 0,
    }


def _links(call: Call, row: sqlite3.Row) -> Any:
    return [links.shown(call, link, other, _brief(call, other)) for link, other in links.of_issue(call, row["id"])]


def _brief(call: Call, row: sqlite3.Row) -> dict[str, Any]:
    """A linked issue as the other side shows it."""
    return {
        "summary": row["summary"],
        "status": _status(call, row),
        "priority": _priority(call, row),
        "issuetype": _issue_type(call, row),
    }


_LOOKS: Mapping[str, Callable[[Call, sqlite3.Row], Any]] = {
    "summary": lambda call, row: row["summary"],
    "description": lambda call, row: json.loads(row["description"]) if row["description"] else None,
    "project": lambda call, row: shapes.project(call, project_of(call, row)),
    "issuetype": _issue_type,
    "reporter": lambda call, row: shapes.user(call, row["reporter"]),
    "assignee": lambda call, row: shapes.user(call, row["assignee"]),
    "creator": lambda call, row: shapes.user(call, row["creator"]),
    "labels": lambda call, row: json.loads(row["labels"]),
    "priority": _priority,
    "issuelinks": _links,
    "status": _status,
    "resolution": _resolution,
    "resolutiondate": lambda call, row: shapes.jira_time(row["resolved"]),
    "created": lambda call, row: shapes.jira_time(row["created"]),
    "updated": lambda call, row: shapes.jira_time(row["updated"]),
    "comment": _comment,
    "request_type": _request_type,
    "organizations": _organizations,
    "category": _category,
}
