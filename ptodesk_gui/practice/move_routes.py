"""Moving issues between projects: asked for in one request, done by a task that is polled."""

import json
import sqlite3
from typing import Any

from ptodesk_gui.practice import accounts, issues, shapes
from ptodesk_gui.practice.errors import Refusal, bad_request
from ptodesk_gui.practice.routing import route
from ptodesk_gui.practice.site import Call, IssueType, Project, Reply, with_id

_REQUIRED = ("inferClassificationDefaults", "inferFieldDefaults", "inferStatusDefaults", "inferSubtaskTypeDefault")
_OPTIONAL = ("targetClassification", "targetMandatoryFields", "targetStatus", "issueIdsOrKeys")
MAX_ISSUES = 1000


@route("POST", "/rest/api/3/bulk/issues/move")
def move_issues(call: Call) -> Reply:
    """platform.v3 submitBulkMove. The issues keep their ids and get new keys; their old keys go on finding them."""
    body = call.json_object()
    mapping = body.get("targetToSourcesMapping")
    if not isinstance(mapping, dict) or not mapping or set(body) - {"targetToSourcesMapping", "sendBulkNotification"}:
        raise bad_request("The target to sources mapping must be specified.")
    if not call.switches.moves_allowed:
        raise bad_request("You don't have the global permission to make bulk changes.")
    moves, invalid = [], 0
    for target, sources in mapping.items():
        project, kind = _target(call, target)
        for wanted in _sources(sources):
            row = issues.row_of(call, wanted)
            if row is None or not call.may("MOVE_ISSUES", issues.project_of(call, row)):
                invalid += 1
            else:
                moves.append([row["id"], project.id, kind.id])
    if not moves:
        raise bad_request("No valid issues to move: they do not exist, or you do not have permission to move them.")
    sql = "INSERT INTO task (account, created, due, moves, failed) VALUES (?, ?, ?, ?, ?)"
    due = call.now + call.switches.move_seconds
    made = call.db.execute(sql, (call.me.id, call.now, due, json.dumps(moves), json.dumps(invalid)))
    return Reply(201, {"taskId": str(made.lastrowid)})


@route("GET", "/rest/api/3/bulk/queue/{taskId}")
def task_progress(call: Call) -> Reply:
    """platform.v3 getBulkOperationProgress."""
    task = call.db.execute(
        "SELECT * FROM task WHERE id = ? AND account = ?", (call.path["taskId"], call.me.id)
    ).fetchone()
    if task is None:
        raise bad_request(f"There is no task with id '{call.path['taskId']}'.")
    submitter = accounts.by_id(call.db, task["account"]) or call.me
    invalid: int = json.loads(task["failed"])
    shown: dict[str, Any] = {
        "taskId": str(task["id"]),
        "status": "COMPLETE" if task["done"] else "RUNNING",
        "progressPercent": 100 if task["done"] else 0,
        "submittedBy": accounts.as_user(submitter, call.base, hide_email=True),
        "created": shapes.jira_time(task["created"]),
        "started": shapes.jira_time(task["created"]),
        "updated": shapes.jira_time(call.now),
        "totalIssueCount": len(json.loads(task["moves"])) + invalid,
    }
    if task["done"]:
        shown |= {"processedAccessibleIssues": json.loads(task["done"]), "invalidOrInaccessibleIssueCount": invalid}
    return Reply(body=shown)


def is_due(db: sqlite3.Connection, now: float) -> bool:
    """Whether a task waits for being carried out."""
    return db.execute("SELECT 1 FROM task WHERE done IS NULL AND due <= ? LIMIT 1", (now,)).fetchone() is not None


def run_due_tasks(call: Call) -> None:
    """Carry out the tasks that are due and not done."""
    for task in call.db.execute("SELECT * FROM task WHERE done IS NULL AND due <= ?", (call.now,)).fetchall():
        moves = json.loads(task["moves"])
        for issue_id, project_id, kind_id in moves:
            row = call.db.execute("SELECT * FROM issue WHERE id = ?", (issue_id,)).fetchone()
            _move(call, row, project_id, kind_id)
        call.db.execute("UPDATE task SET done = ? WHERE id = ?", (json.dumps([move[0] for move in moves]), task["id"]))


def _target(call: Call, target: object) -> tuple[Project, IssueType]:
    """``PROJECT,issueTypeId`` as the mapping's key has it."""
    named, _, kind_id = str(target).partition(",")
    project, kind = call.site.project(named), with_id(call.site.issue_types, kind_id)
    if project is None or not call.may("CREATE_ISSUES", project):
        raise bad_request(f"The target project '{named}' does not exist or you cannot create issues in it.")
    if kind is None:
        raise bad_request(f"The issue type '{kind_id}' does not exist in the target project.")
    return project, kind


def _sources(sources: object) -> list[str]:
    if not isinstance(sources, dict) or set(sources) - {*_REQUIRED, *_OPTIONAL}:
        raise bad_request("Invalid target to sources mapping.")
    if not all(isinstance(sources.get(name), bool) for name in _REQUIRED):
        raise bad_request(f"These must be true or false: {', '.join(_REQUIRED)}.")
    wanted = sources.get("issueIdsOrKeys")
    if not isinstance(wanted, list) or not wanted or not all(isinstance(entry, str) for entry in wanted):
        raise bad_request("The ids or keys of the issues to move must be specified.")
    if len(wanted) > MAX_ISSUES:
        raise Refusal(400, f"You can't move more than {MAX_ISSUES} issues at once.")
    return wanted


def _move(call: Call, row: sqlite3.Row, project_id: int, kind_id: int) -> None:
    """Give the issue its place and key in the other project; what belongs to the old project alone is emptied."""
    if row["project_id"] == project_id:
        issues.set_columns(call, row["id"], {"issue_type": kind_id})
        return
    sql = "UPDATE project SET next_number = next_number + 1 WHERE id = ? RETURNING key, next_number - 1"
    key, number = call.db.execute(sql, (project_id,)).fetchone()
    call.db.execute("INSERT OR REPLACE INTO old_key (key, issue_id) VALUES (?, ?)", (row["key"], row["id"]))
    kept = [n for n in json.loads(row["organizations"]) if _is_on(call, project_id, n)]
    issues.set_columns(
        call,
        row["id"],
        {
            "key": f"{key}-{number}",
            "project_id": project_id,
            "issue_type": kind_id,
            "request_type": None,
            "organizations": json.dumps(kept),
        },
    )


def _is_on(call: Call, project_id: int, organization_id: int) -> bool:
    sql = "SELECT 1 FROM desk_organization WHERE project_id = ? AND organization_id = ?"
    return call.db.execute(sql, (project_id, organization_id)).fetchone() is not None
