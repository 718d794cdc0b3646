"""Comments: public ones, which the customer sees, and internal ones, for agents only."""

import json
import sqlite3
from typing import Any

from ptodesk_gui.practice import accounts, adf, dto, shapes
from ptodesk_gui.practice.errors import bad_request
from ptodesk_gui.practice.site import Call

PUBLIC_PROPERTY = "sd.public.comment"
MAX_PROPERTY = 32_768


def checked_properties(given: object) -> dict[str, Any]:
    """Entity properties as a request brings them: a list of ``{"key": ..., "value": ...}``.

    Raises Refusal (400) for anything else.
    """
    found: dict[str, Any] = {}
    if not isinstance(given, list):
        raise bad_request("Invalid request payload. Refer to the REST API documentation and try again.")
    for entry in given:
        if not isinstance(entry, dict) or set(entry) != {"key", "value"} or not isinstance(entry["key"], str):
            raise bad_request("The property key and value must be specified.")
        if not 0 < len(entry["key"]) <= 255:
            raise bad_request("The length of the property key must be between 1 and 255 characters.")
        if len(json.dumps(entry["value"])) > MAX_PROPERTY:
            raise bad_request("The length of the property value must not exceed 32768 characters.")
        found[entry["key"]] = entry["value"]
    return found


def check_body(call: Call, body: object) -> dict[str, Any]:
    """The comment's document.

    Raises Refusal (400) when it is none, empty, too long, or mentions an account that does not exist.
    """
    if not isinstance(body, dict):
        raise bad_request(comment="Comment body is not valid!")
    if not adf.is_document(body):
        raise bad_request("INVALID_INPUT")
    if not adf.to_text(body).strip():
        raise bad_request(comment="Comment body can not be empty!")
    if adf.is_too_long(body):
        raise bad_request(
            comment="CONTENT_LIMIT_EXCEEDED: The entered text is too long. It exceeds the allowed limit of 32,767 characters."
        )
    return body


def add(call: Call, issue_id: int, body: dict[str, Any], properties: dict[str, Any], *, internal: bool) -> int:
    """Add a comment to an issue; its id."""
    cursor = call.db.execute(
        "INSERT INTO comment (issue_id, author, body, text, created, internal, properties) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            issue_id,
            call.me.id,
            adf.dumps(body),
            adf.to_text(body),
            call.now,
            internal,
            json.dumps(properties, ensure_ascii=False),
        ),
    )
    call.db.execute("UPDATE issue SET updated = ? WHERE id = ?", (call.now, issue_id))
    return int(cursor.lastrowid or 0)


def is_internal(properties: dict[str, Any]) -> bool:
    """Whether the properties of a new comment make it internal."""
    value = properties.get(PUBLIC_PROPERTY)
    return isinstance(value, dict) and value.get("internal") is True


def of_issue(call: Call, issue_id: int) -> list[sqlite3.Row]:
    """The issue's comments, the oldest first; a customer gets the public ones only."""
    sql = "SELECT * FROM comment WHERE issue_id = ? AND (internal = 0 OR ?) ORDER BY id"
    return call.db.execute(sql, (issue_id, call.me.is_agent)).fetchall()


def by_id(call: Call, comment_id: object) -> sqlite3.Row | None:
    """The comment of this id."""
    row: sqlite3.Row | None = call.db.execute("SELECT * FROM comment WHERE id = ?", (comment_id,)).fetchone()
    return row


def shown(call: Call, issue: sqlite3.Row, comment: sqlite3.Row, *, with_properties: bool) -> dict[str, Any]:
    """The comment as the platform shows it (schema Comment)."""
    body = json.loads(comment["body"])
    author = shapes.user(call, comment["author"])
    moment = shapes.jira_time(comment["created"])
    look: dict[str, Any] = {
        "self": f"{call.base}/rest/api/3/issue/{issue['id']}/comment/{comment['id']}",
        "id": str(comment["id"]),
        "author": author,
        "body": body,
        "updateAuthor": author,
        "created": moment,
        "updated": moment,
        "jsdPublic": not comment["internal"],
    }
    if with_properties:
        look["properties"] = [{"key": key, "value": value} for key, value in json.loads(comment["properties"]).items()]
    if "renderedBody" in call.query.get("expand", ""):
        look["renderedBody"] = adf.to_html(body)
    return look


def shown_to_service_desk(call: Call, issue: sqlite3.Row, comment: sqlite3.Row) -> dict[str, Any]:
    """The comment as the service desk shows it (schema CommentDTO): plain text, public or not."""
    author = accounts.by_id(call.db, comment["author"])
    look: dict[str, Any] = {
        "id": str(comment["id"]),
        "body": adf.to_text(json.loads(comment["body"])),
        "public": not comment["internal"],
        "created": dto.moment(comment["created"]),
        "_links": {"self": f"{call.base}/rest/servicedeskapi/request/{issue['id']}/comment/{comment['id']}"},
        "_expands": ["attachment", "renderedBody"],
    }
    if author:
        look["author"] = accounts.as_service_desk_user(author, call.base, hide_email=shapes.hidden(call, author))
    return look
