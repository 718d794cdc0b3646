"""Operations of the platform API on comments."""

import json
import sqlite3

from ptodesk_gui.practice import comments, issues
from ptodesk_gui.practice.errors import Refusal, bad_request, invalid_payload
from ptodesk_gui.practice.routing import route
from ptodesk_gui.practice.site import Call, Reply

ISSUE = "/rest/api/3/issue/{issueIdOrKey}"
MAX_LISTED = 1000


@route("GET", f"{ISSUE}/comment")
def get_comments(call: Call) -> Reply:
    """platform.v3 getComments, with ``expand=properties`` as sites honour it."""
    row = issues.visible(call, call.path["issueIdOrKey"])
    order = call.query.get("orderBy", "created")
    if order.lstrip("+-") != "created":
        raise bad_request(f"Cannot order by '{order}'.")
    found = comments.of_issue(call, row["id"])
    if order.startswith("-"):
        found.reverse()
    start, most = call.number("startAt", 0, 1_000_000), call.number("maxResults", 100, 5000)
    with_properties = "properties" in call.names("expand")
    shown = [comments.shown(call, row, c, with_properties=with_properties) for c in found[start : start + most]]
    return Reply(body={"startAt": start, "maxResults": most, "total": len(found), "comments": shown})


@route("POST", f"{ISSUE}/comment")
def add_comment(call: Call) -> Reply:
    """platform.v3 addComment: internal with the property ``sd.public.comment`` = ``{"internal": true}``."""
    row = issues.visible(call, call.path["issueIdOrKey"])
    body = call.json_object()
    comment_id = add(call, row, body)
    made = comments.by_id(call, comment_id)
    if made is None:
        raise invalid_payload()
    return Reply(201, comments.shown(call, row, made, with_properties="properties" in call.names("expand")))


@route("GET", "/rest/api/3/comment/{commentId}/properties/{propertyKey}")
def comment_property(call: Call) -> Reply:
    """platform.v3 getCommentProperty."""
    found = comments.by_id(call, call.path["commentId"])
    if found is None:
        raise Refusal(404, "The comment was not found or you do not have permission to view it.")
    issues.visible(call, str(found["issue_id"]))
    properties, key = json.loads(found["properties"]), call.path["propertyKey"]
    if key not in properties:
        raise Refusal(404, f"The property with key '{key}' does not exist.")
    return Reply(body={"key": key, "value": properties[key]})


@route("POST", "/rest/api/3/comment/list", changes=False)
def comments_by_id(call: Call) -> Reply:
    """platform.v3 getCommentsByIds: of those that the account may see."""
    body = call.json_object()
    ids = body.get("ids")
    if (
        set(body) != {"ids"}
        or not isinstance(ids, list)
        or not all(isinstance(i, int) and not isinstance(i, bool) for i in ids)
    ):
        raise invalid_payload()
    if len(ids) > MAX_LISTED:
        raise bad_request(f"The maximum number of comments is {MAX_LISTED}.")
    with_properties = "properties" in call.names("expand")
    found = []
    for comment_id in sorted(set(ids)):
        comment = comments.by_id(call, comment_id)
        row = issues.row_of(call, str(comment["issue_id"])) if comment else None
        if comment and row and call.may("BROWSE_PROJECTS", issues.project_of(call, row)):
            found.append(comments.shown(call, row, comment, with_properties=with_properties))
    return Reply(body={"startAt": 0, "maxResults": MAX_LISTED, "total": len(found), "isLast": True, "values": found})


def add(call: Call, row: sqlite3.Row, given: object) -> int:
    """Add the comment that a request brings, here or among an issue's ``update`` or a link; its id.

    Raises Refusal (400) when it is none, or the account may not comment.
    """
    if not isinstance(given, dict):
        raise invalid_payload()
    if not call.may("ADD_COMMENTS", issues.project_of(call, row)):
        raise bad_request(f"{call.me.name}, you do not have the permission to comment on this issue.")
    body = comments.check_body(call, given.get("body"))
    properties = comments.checked_properties(given.get("properties") or [])
    return comments.add(call, row["id"], body, properties, internal=comments.is_internal(properties))
