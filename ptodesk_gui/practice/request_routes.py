"""Operations of the Service Management API on requests, as agents and as customers see them, and their comments."""

import sqlite3
from typing import Any

from ptodesk_gui.practice import accounts, adf, comments, dto, issues
from ptodesk_gui.practice.errors import Refusal
from ptodesk_gui.practice.routing import route
from ptodesk_gui.practice.site import Call, Reply

API = "/rest/servicedeskapi"
REQUEST = f"{API}/request/{{issueIdOrKey}}"
_STATUS = {"new": "NEW", "indeterminate": "INDETERMINATE", "done": "DONE"}


@route("GET", REQUEST)
def get_request(call: Call) -> Reply:
    """service-management.v3 getCustomerRequestByIdOrKey."""
    row = _request(call)
    project = issues.project_of(call, row)
    kind = issues.request_type_of(call, row)
    status = next(s for s in call.site.statuses if s.id == row["status"])
    reporter = accounts.by_id(call.db, row["reporter"]) if row["reporter"] else None
    address = f"{call.base}{API}/request/{row['id']}"
    shown: dict[str, Any] = {
        "_expands": ["participant", "status", "sla", "requestType", "serviceDesk", "attachment", "action", "comment"],
        "issueId": str(row["id"]),
        "issueKey": row["key"],
        "summary": row["summary"],
        "requestTypeId": str(kind.id if kind else ""),
        "serviceDeskId": str(project.desk_id),
        "createdDate": dto.moment(row["created"]),
        "requestFieldValues": [
            {"fieldId": "summary", "label": "Summary", "value": row["summary"]},
            {"fieldId": "description", "label": "Description", "value": row["text"]},
        ],
        "currentStatus": {
            "status": status.name,
            "statusCategory": _STATUS[status.category],
            "statusDate": dto.moment(row["updated"]),
        },
        "_links": {
            "self": address,
            "jiraRest": issues.address(call, row),
            "web": f"{call.base}/browse/{row['key']}",
            "agent": f"{call.base}/browse/{row['key']}",
        },
    }
    if reporter:
        shown["reporter"] = dto.person(call, reporter)
    if "requestType" in call.names("expand") and kind:
        shown["requestType"] = dto.request_type(call, project, kind)
    if "serviceDesk" in call.names("expand"):
        shown["serviceDesk"] = dto.desk(call, project)
    return Reply(body=shown)


@route("GET", f"{REQUEST}/comment")
def request_comments(call: Call) -> Reply:
    """service-management.v3 getRequestComments: customers get public comments only."""
    row = _request(call)
    public, internal = call.flag("public", True), call.flag("internal", True)
    found = [c for c in comments.of_issue(call, row["id"]) if (internal if c["internal"] else public)]
    shown = [comments.shown_to_service_desk(call, row, comment) for comment in found]
    return Reply(body=dto.page(call, f"{API}/request/{row['id']}/comment", shown))


@route("POST", f"{REQUEST}/comment")
def add_request_comment(call: Call) -> Reply:
    """service-management.v3 createRequestComment."""
    row = _request(call)
    body = call.json_object()
    text, public = body.get("body"), body.get("public")
    if set(body) - {"body", "public"} or not isinstance(text, str) or not isinstance(public, bool):
        raise Refusal(400, "The comment's 'body' and 'public' must be given.")
    if not text.strip():
        raise Refusal(400, "Comment body can not be empty!")
    if len(text) > adf.MAX_CHARACTERS:
        raise Refusal(400, "The entered text is too long. It exceeds the allowed limit of 32,767 characters.")
    if call.me.is_agent and not call.may("ADD_COMMENTS", issues.project_of(call, row)):
        raise Refusal(403, "You do not have permission to comment on this request.")
    if not call.me.is_agent and not public:
        raise Refusal(403, "Customers can only add public comments.")
    properties = {comments.PUBLIC_PROPERTY: {"internal": not public}}
    comment_id = comments.add(call, row["id"], adf.from_plain(text), properties, internal=not public)
    made = comments.by_id(call, comment_id)
    return Reply(201, comments.shown_to_service_desk(call, row, made) if made else None)


def _request(call: Call) -> sqlite3.Row:
    """The request: for an agent of its project, or the customer who reported it.

    Raises Refusal (404) for everybody else, and for an issue without a request type.
    """
    row = issues.row_of(call, call.path["issueIdOrKey"])
    if row is None or row["request_type"] is None:
        raise Refusal(404, "The request does not exist, or you do not have permission to see it.")
    if row["reporter"] != call.me.id and not call.may("BROWSE_PROJECTS", issues.project_of(call, row)):
        raise Refusal(404, "The request does not exist, or you do not have permission to see it.")
    return row
