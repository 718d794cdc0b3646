"""What may be put into an issue's fields, and the refusal for everything else."""

import json
import sqlite3
from collections.abc import Callable, Mapping
from typing import Any

from ptodesk_gui.practice import accounts, adf
from ptodesk_gui.practice.errors import bad_request
from ptodesk_gui.practice.site import Call, Project, RequestType, with_id

MAX_SUMMARY = 255
NOT_SETTABLE = "Field '{}' cannot be set. It is not on the appropriate screen, or unknown."


class Wrong(Exception):  # noqa: N818 - becomes part of an answer
    """What is wrong with one field's value, as the site says it."""


def check(call: Call, project: Project, given: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of an issue that these fields set.

    Raises Refusal (400) that names every field which cannot be set or has a value the site does not take.
    """
    columns: dict[str, Any] = {}
    errors: dict[str, str] = {}
    by_id = {field.id: field for field in call.site.fields if field.screen}
    for name, value in given.items():
        field = by_id.get(name)
        rule = _RULES.get(field.role or "") if field else None
        if rule is None:
            errors[name] = NOT_SETTABLE.format(name)
            continue
        try:
            columns |= rule(call, project, value)
        except Wrong as wrong:
            errors[name] = str(wrong)
    if errors:
        raise bad_request(**errors)
    return columns


def with_updates(
    call: Call, row: sqlite3.Row | None, given: Mapping[str, Any], update: Mapping[str, Any]
) -> dict[str, Any]:
    """The fields as they are after ``update``'s operations on labels or single values; other operations are left out.

    Raises Refusal (400) when a field is in both, or for an operation that its field does not have.
    """
    fields = dict(given)
    for name, operations in update.items():
        if name in given:
            raise bad_request(**{name: f"Field '{name}' cannot be specified in both 'fields' and 'update'."})
        if name in ("issuelinks", "comment"):
            continue
        if not isinstance(operations, list) or not all(isinstance(o, dict) and len(o) == 1 for o in operations):
            raise bad_request("Invalid request payload. Refer to the REST API documentation and try again.")
        for operation in operations:
            ((verb, value),) = operation.items()
            if verb == "set":
                fields[name] = value
            elif name == "labels" and verb in ("add", "remove"):
                now = fields.get("labels", json.loads(row["labels"]) if row else [])
                if not isinstance(now, list):
                    raise bad_request(labels="data was not an array")
                kept = [label for label in now if label != value]
                fields["labels"] = [*kept, value] if verb == "add" else kept
            else:
                raise bad_request(**{name: f"The operation '{verb}' is not supported for the field '{name}'."})
    return fields


def _summary(call: Call, project: Project, value: object) -> dict[str, Any]:
    if not isinstance(value, str | None):
        raise Wrong("Operation value must be a string")
    if value is None or not value.strip():
        raise Wrong("You must specify a summary of the issue.")
    if "\n" in value or "\r" in value:
        raise Wrong("The summary is invalid because it contains newline characters.")
    if len(value) > MAX_SUMMARY:
        raise Wrong("Summary can't exceed 255 characters.")
    return {"summary": value.strip()}


def _description(call: Call, project: Project, value: object) -> dict[str, Any]:
    if value is None:
        return {"description": None, "text": ""}
    if not adf.is_document(value):
        raise Wrong("Operation value must be an Atlassian Document (see the Atlassian Document Format)")
    if adf.is_too_long(value):
        raise Wrong(
            "CONTENT_LIMIT_EXCEEDED: The entered text is too long. It exceeds the allowed limit of 32,767 characters."
        )
    return {"description": adf.dumps(value), "text": adf.to_text(value)}


def _person(call: Call, value: object, field: str) -> accounts.Person | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise Wrong("data was not an object")
    if "accountId" not in value and "id" not in value:
        raise Wrong("'accountId' must be the only user identifying query parameter in GDPR strict mode.")
    account_id = value.get("accountId", value.get("id"))
    if account_id is None:
        return None
    person = accounts.by_id(call.db, account_id) if isinstance(account_id, str) else None
    if person is None or not person.active:
        raise Wrong(
            "The reporter specified is not a user." if field == "reporter" else f"User '{account_id}' does not exist."
        )
    return person


def _reporter(call: Call, project: Project, value: object) -> dict[str, Any]:
    if not call.may("MODIFY_REPORTER", project):
        raise Wrong(NOT_SETTABLE.format("reporter"))
    person = _person(call, value, "reporter")
    return {"reporter": person.id if person else None}


def _assignee(call: Call, project: Project, value: object) -> dict[str, Any]:
    if not call.may("ASSIGN_ISSUES", project):
        raise Wrong(NOT_SETTABLE.format("assignee"))
    person = _person(call, value, "assignee")
    if person and not person.is_agent:
        raise Wrong(f"User '{person.id}' cannot be assigned issues.")
    return {"assignee": person.id if person else None}


def _labels(call: Call, project: Project, value: object) -> dict[str, Any]:
    if value is None:
        return {"labels": "[]"}
    if not isinstance(value, list):
        raise Wrong("data was not an array")
    for label in value:
        if not isinstance(label, str):
            raise Wrong("Operation value must be a string")
        if not label or any(character.isspace() for character in label):
            raise Wrong(f"The label '{label}' contains spaces which is invalid.")
        if len(label) > 255:
            raise Wrong(f"The label '{label}' exceeds the maximum length of 255 characters.")
    return {"labels": json.dumps(sorted(set(value)), ensure_ascii=False)}


def _priority(call: Call, project: Project, value: object) -> dict[str, Any]:
    if isinstance(value, dict):
        for priority in call.site.priorities:
            if str(priority.id) == value.get("id") or priority.name == value.get("name"):
                return {"priority": priority.id}
    raise Wrong("The priority selected is invalid.")


def _request_type(call: Call, project: Project, value: object) -> dict[str, Any]:
    if value is None:
        return {"request_type": None}
    if not isinstance(value, str):
        raise Wrong("Operation value must be a string")
    found: RequestType | None = with_id(call.site.request_types, value)
    if found is None or found.project_id != project.id:
        raise Wrong(f"Request type '{value}' is not valid for this project.")
    return {"request_type": found.id}


def _organizations(call: Call, project: Project, value: object) -> dict[str, Any]:
    if value is None:
        return {"organizations": "[]"}
    if not isinstance(value, list) or not all(isinstance(i, int) and not isinstance(i, bool) for i in value):
        raise Wrong("Specify the value for this field as an array of organization ids (numbers).")
    for number in value:
        sql = "SELECT 1 FROM desk_organization WHERE project_id = ? AND organization_id = ?"
        if call.db.execute(sql, (project.id, number)).fetchone() is None:
            raise Wrong(f"Organization with id '{number}' does not exist or is not associated with this project.")
    return {"organizations": json.dumps(sorted(set(value)))}


def _project(call: Call, project: Project, value: object) -> dict[str, Any]:
    """A site answers 204 to an edit of the project, and changes nothing."""
    return {}


def _issue_type(call: Call, project: Project, value: object) -> dict[str, Any]:
    if isinstance(value, dict):
        for kind in call.site.issue_types:
            if str(kind.id) == value.get("id") or kind.name == value.get("name"):
                return {"issue_type": kind.id}
    raise Wrong("Specify a valid issue type")


_RULES: Mapping[str, Callable[[Call, Project, Any], dict[str, Any]]] = {
    "summary": _summary,
    "description": _description,
    "reporter": _reporter,
    "assignee": _assignee,
    "labels": _labels,
    "priority": _priority,
    "request_type": _request_type,
    "organizations": _organizations,
    "project": _project,
    "issuetype": _issue_type,
}
