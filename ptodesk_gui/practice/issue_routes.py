"""Operations of the platform API on one issue: create, read, edit, properties, comments, links."""

import sqlite3
from typing import Any

from ptodesk_gui.practice import comment_routes, comments, fields, issues, links, transitions
from ptodesk_gui.practice.errors import Refusal, bad_request, invalid_payload
from ptodesk_gui.practice.routing import route
from ptodesk_gui.practice.site import Call, Project, Reply

ISSUE = "/rest/api/3/issue"
ONE = f"{ISSUE}/{{issueIdOrKey}}"
_VERBS = frozenset({"add", "copy", "edit", "remove", "set"})
MOST_FETCHED = 100
MOST_PROPERTIES = 5


@route("POST", ISSUE)
def create_issue(call: Call) -> Reply:
    """platform.v3 createIssue: fields, links among ``update``, and entity properties, all or nothing."""
    given, update, properties = _given(call)
    project = _target_project(call, given)
    if "issuetype" not in given:
        raise bad_request(issuetype="Specify an issue type")
    given.setdefault("summary", None)
    columns = fields.check(call, project, fields.with_updates(call, None, given, update))
    number = call.db.execute(
        "UPDATE project SET next_number = next_number + 1 WHERE id = ? RETURNING next_number - 1", (project.id,)
    ).fetchone()[0]
    columns = {
        "key": f"{project.key}-{number}",
        "project_id": project.id,
        "status": call.site.statuses[0].id,
        "priority": call.site.priorities[2].id,
        "reporter": call.me.id,
        "creator": call.me.id,
        "created": call.now,
        "updated": call.now,
        "indexed": call.now + call.switches.index_lag,
        **columns,
    }
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    sql = f"INSERT INTO issue ({names}) VALUES ({marks})"  # noqa: S608 - names of our own columns
    issue_id = int(call.db.execute(sql, tuple(columns.values())).lastrowid or 0)
    for key, value in properties.items():
        issues.set_property(call, issue_id, key, value)
    row = issues.visible(call, str(issue_id))
    _apply_rest(call, row, update)
    return Reply(201, {"id": str(issue_id), "key": row["key"], "self": issues.address(call, row)})


@route("GET", ONE)
def get_issue(call: Call) -> Reply:
    """platform.v3 getIssue."""
    row = issues.visible(call, call.path["issueIdOrKey"])
    bean = issues.shown(call, row, call.names("fields"), call.names("properties"))
    if "transitions" in call.names("expand"):
        bean["transitions"] = [transitions.shown(call, t, with_fields=False) for t in transitions.possible(call, row)]
    return Reply(body=bean)


@route("POST", f"{ISSUE}/bulkfetch", changes=False)
def fetch_issues(call: Call) -> Reply:
    """platform.v3 bulkFetchIssues: by ids or keys, read as they are and not from the index; what is not there is left out."""
    body = call.json_object()
    wanted, fields_, names = (body.get(name) or [] for name in ("issueIdsOrKeys", "fields", "properties"))
    lists = (wanted, fields_, names, body.get("expand") or [])
    if set(body) - {"issueIdsOrKeys", "fields", "properties", "expand", "fieldsByKeys"} or not all(
        isinstance(part, list) and all(isinstance(one, str) for one in part) for part in lists
    ):
        raise invalid_payload()
    if not 0 < len(wanted) <= MOST_FETCHED:
        raise bad_request(f"Name between 1 and {MOST_FETCHED} issues.")
    if len(names) > MOST_PROPERTIES:
        raise bad_request(f"The maximum number of properties is {MOST_PROPERTIES}.")
    rows = [issues.row_of(call, one) for one in wanted]
    seen = {row["id"]: row for row in rows if row and call.may("BROWSE_PROJECTS", issues.project_of(call, row))}
    return Reply(
        body={
            "issues": [issues.shown(call, seen[number], fields_, names) for number in sorted(seen)],
            "issueErrors": [],
        }
    )


@route("PUT", ONE)
def edit_issue(call: Call) -> Reply:
    """platform.v3 editIssue."""
    row = issues.visible(call, call.path["issueIdOrKey"])
    project = issues.project_of(call, row)
    given, update, properties = _given(call)
    if not call.may("EDIT_ISSUES", project):
        names = [*given, *update]
        raise bad_request(**{name: fields.NOT_SETTABLE.format(name) for name in names})
    columns = fields.check(call, project, fields.with_updates(call, row, given, update))
    issues.set_columns(call, row["id"], columns)
    for key, value in properties.items():
        issues.set_property(call, row["id"], key, value)
    _apply_rest(call, row, update)
    if call.flag("returnIssue", False):
        return Reply(body=issues.shown(call, issues.visible(call, row["key"]), [], []))
    return Reply(204)


@route("GET", f"{ONE}/properties")
def property_keys(call: Call) -> Reply:
    """platform.v3 getIssuePropertyKeys."""
    row = issues.visible(call, call.path["issueIdOrKey"])
    base = f"{issues.address(call, row)}/properties"
    return Reply(
        body={"keys": [{"key": k, "self": f"{base}/{k}"} for k in issues.properties(call, row["id"], ["*all"])]}
    )


@route("GET", f"{ONE}/properties/{{propertyKey}}")
def get_property(call: Call) -> Reply:
    """platform.v3 getIssueProperty."""
    row = issues.visible(call, call.path["issueIdOrKey"])
    key = call.path["propertyKey"]
    found = issues.properties(call, row["id"], [key])
    if key not in found:
        raise Refusal(404, f"The property with key '{key}' does not exist.")
    return Reply(body={"key": key, "value": found[key]})


@route("PUT", f"{ONE}/properties/{{propertyKey}}")
def put_property(call: Call) -> Reply:
    """platform.v3 setIssueProperty."""
    row = issues.visible(call, call.path["issueIdOrKey"])
    if not call.may("EDIT_ISSUES", issues.project_of(call, row)):
        raise Refusal(403, "You do not have permission to edit this issue.")
    entry = {"key": call.path["propertyKey"], "value": call.body}
    ((key, value),) = comments.checked_properties([entry]).items()
    return Reply(201 if issues.set_property(call, row["id"], key, value) else 200)


@route("POST", "/rest/api/3/issueLink")
def link_issues(call: Call) -> Reply:
    """platform.v3 linkIssues: the inward issue's page shows the outward phrase; the same link again changes nothing."""
    body = call.json_object()
    if not {"type", "inwardIssue", "outwardIssue"} <= set(body) or set(body) - {
        "type",
        "inwardIssue",
        "outwardIssue",
        "comment",
    }:
        raise invalid_payload()
    kind = links.type_of(call, body["type"])
    inward, outward = _linked(call, body["inwardIssue"]), _linked(call, body["outwardIssue"])
    if not call.may("LINK_ISSUES", issues.project_of(call, outward)):
        raise Refusal(404, "No Link Issue Permission for issue '" + str(outward["key"]) + "'")
    links.add(call, kind, inward["id"], outward["id"])
    if body.get("comment") is not None:
        comment_routes.add(call, outward, body["comment"])
    return Reply(201)


def _target_project(call: Call, given: dict[str, Any]) -> Project:
    named = given.get("project")
    wanted = (named.get("id") or named.get("key")) if isinstance(named, dict) else None
    project = call.site.project(wanted) if isinstance(wanted, str) else None
    if project is None or not call.may("BROWSE_PROJECTS", project):
        raise bad_request(project="Specify a valid project ID or key")
    if not call.may("CREATE_ISSUES", project):
        raise Refusal(403, "You do not have permission to create issues in this project.")
    return project


def _given(call: Call) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Fields, update and properties of the body (schema IssueUpdateDetails).

    Raises Refusal (400) for a body of another form.
    """
    body = call.json_object()
    for name in ("fields", "update", "transition", "historyMetadata"):
        if not isinstance(body.get(name, {}), dict):
            raise invalid_payload()
    update: dict[str, Any] = body.get("update", {})
    for operations in update.values():
        if not isinstance(operations, list) or not all(isinstance(o, dict) and set(o) <= _VERBS for o in operations):
            raise invalid_payload()
    return dict(body.get("fields", {})), dict(update), comments.checked_properties(body.get("properties", []))


def _apply_rest(call: Call, row: sqlite3.Row, update: dict[str, Any]) -> None:
    """The operations of ``update`` that are no field values: new links and comments."""
    for operation in update.get("issuelinks", []):
        _add_link(call, row, operation.get("add"))
    for operation in update.get("comment", []):
        comment_routes.add(call, row, operation.get("add"))


def _add_link(call: Call, row: sqlite3.Row, link: object) -> None:
    ends = {"inwardIssue", "outwardIssue"} & set(link) if isinstance(link, dict) else set()
    if not isinstance(link, dict) or len(ends) != 1:
        raise bad_request(issuelinks="Specify the type and one of inwardIssue and outwardIssue.")
    end = ends.pop()
    kind, other = links.type_of(call, link.get("type")), _linked(call, link[end])
    pair = (row["id"], other["id"]) if end == "outwardIssue" else (other["id"], row["id"])
    links.add(call, kind, *pair)


def _linked(call: Call, given: object) -> sqlite3.Row:
    wanted = (given.get("id") or given.get("key")) if isinstance(given, dict) else None
    if not isinstance(wanted, str):
        raise bad_request("The issue to link must be named by its key or id.")
    return issues.visible(call, wanted)
