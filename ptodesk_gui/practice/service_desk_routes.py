"""Operations of the Service Management API: desks, request types, organizations, customers, requests and their comments."""

import re
import sqlite3
import uuid
from typing import Any

from ptodesk_gui.practice import accounts, adf, comments, issues, shapes
from ptodesk_gui.practice.errors import Refusal
from ptodesk_gui.practice.routing import route
from ptodesk_gui.practice.site import Call, Project, Reply, RequestType

API = "/rest/servicedeskapi"
DESK = f"{API}/servicedesk/{{serviceDeskId}}"
REQUEST = f"{API}/request/{{issueIdOrKey}}"
_EMAIL = re.compile(r"[^@\s<>\"']+@[^@\s<>\"']+\.[^@\s<>\"'.]+")
_REQUEST_STATUS = {"new": "NEW", "indeterminate": "INDETERMINATE", "done": "DONE"}


@route("GET", f"{API}/servicedesk")
def service_desks(call: Call) -> Reply:
    """service-management.v3 getServiceDesks."""
    shown = [_desk_dto(call, project) for project in call.site.projects if call.may("BROWSE_PROJECTS", project)]
    return Reply(body=shapes.service_desk_page(call, f"{API}/servicedesk", shown))


@route("GET", DESK)
def service_desk(call: Call) -> Reply:
    """service-management.v3 getServiceDeskById."""
    return Reply(body=_desk_dto(call, _desk(call)))


@route("GET", f"{DESK}/requesttype")
def request_types(call: Call) -> Reply:
    """service-management.v3 getRequestTypes."""
    project = _desk(call)
    wanted = call.query.get("searchQuery", "").casefold()
    found = [
        k
        for k in call.site.request_types
        if k.project_id == project.id and wanted in f"{k.name} {k.description}".casefold()
    ]
    shown = [_request_type_dto(call, project, kind) for kind in found]
    return Reply(body=shapes.service_desk_page(call, f"{API}/servicedesk/{project.desk_id}/requesttype", shown))


@route("GET", f"{DESK}/organization")
def desk_organizations(call: Call) -> Reply:
    """service-management.v3 getOrganizations (of a service desk)."""
    project = _desk(call)
    _agents_only(call, project)
    sql = "SELECT organization.* FROM organization JOIN desk_organization ON organization_id = id WHERE project_id = ? ORDER BY id"
    shown = [_organization_dto(call, row) for row in call.db.execute(sql, (project.id,))]
    return Reply(body=shapes.service_desk_page(call, f"{API}/servicedesk/{project.desk_id}/organization", shown))


@route("POST", f"{DESK}/organization")
def add_organization(call: Call) -> Reply:
    """service-management.v3 addOrganization."""
    project = _desk(call)
    _agents_only(call, project)
    number = call.json_object().get("organizationId")
    if not isinstance(number, int) or isinstance(number, bool):
        raise Refusal(400, "The organization id must be a number.")
    if call.db.execute("SELECT 1 FROM organization WHERE id = ?", (number,)).fetchone() is None:
        raise Refusal(404, f"The organization with id {number} does not exist.")
    call.db.execute(
        "INSERT OR IGNORE INTO desk_organization (project_id, organization_id) VALUES (?, ?)", (project.id, number)
    )
    return Reply(204)


@route("GET", f"{API}/organization")
def organizations(call: Call) -> Reply:
    """service-management.v3 getOrganizations (of the site)."""
    rows = call.db.execute("SELECT * FROM organization ORDER BY id").fetchall() if call.me.is_agent else []
    return Reply(
        body=shapes.service_desk_page(call, f"{API}/organization", [_organization_dto(call, row) for row in rows])
    )


@route("POST", f"{API}/organization")
def create_organization(call: Call) -> Reply:
    """service-management.v3 createOrganization: of a name that is there already, the existing one."""
    if not call.me.is_agent or not call.switches.organizations_creatable:
        raise Refusal(403, "You do not have permission to create organizations.")
    body = call.json_object()
    name = body.get("name")
    if set(body) != {"name"} or not isinstance(name, str) or not 1 <= len(name.strip()) <= 200:
        raise Refusal(400, "The organization's name must have 1 to 200 characters.")
    sql = "INSERT OR IGNORE INTO organization (name, uuid, created) VALUES (?, ?, ?)"
    call.db.execute(sql, (name.strip(), str(uuid.uuid4()), call.now))
    row = call.db.execute("SELECT * FROM organization WHERE name = ?", (name.strip(),)).fetchone()
    return Reply(201, _organization_dto(call, row))


@route("GET", f"{DESK}/customer", experimental=True)
def customers(call: Call) -> Reply:
    """service-management.v3 getCustomers (experimental)."""
    project = _desk(call)
    _agents_only(call, project)
    sql = "SELECT account_id FROM desk_customer WHERE project_id = ?"
    on_desk = {account_id for (account_id,) in call.db.execute(sql, (project.id,))}
    query = call.query.get("query", "").strip().casefold()
    found = [p for p in accounts.everybody(call.db) if p.id in on_desk and query in f"{p.name} {p.email}".casefold()]
    shown = [_person_dto(call, person) for person in found]
    return Reply(body=shapes.service_desk_page(call, f"{API}/servicedesk/{project.desk_id}/customer", shown))


@route("POST", f"{DESK}/customer")
def add_customers(call: Call) -> Reply:
    """service-management.v3 addCustomers."""
    project = _desk(call)
    _agents_only(call, project)
    wanted = call.json_object().get("accountIds")
    if not isinstance(wanted, list) or not all(isinstance(entry, str) for entry in wanted):
        raise Refusal(400, "The account ids must be a list of texts.")
    known = [entry for entry in wanted if accounts.by_id(call.db, entry)]
    rows = [(project.id, entry) for entry in known]
    call.db.executemany("INSERT OR IGNORE INTO desk_customer (project_id, account_id) VALUES (?, ?)", rows)
    if len(known) < len(wanted):
        call.db.execute("COMMIT")  # the valid ones are added all the same
        call.db.execute("BEGIN IMMEDIATE")
        raise Refusal(400, "Some of the customers do not exist.")
    return Reply(204)


@route("POST", f"{API}/customer")
def create_customer(call: Call) -> Reply:
    """service-management.v3 createCustomer."""
    if not call.me.is_agent or not call.switches.customers_creatable:
        raise Refusal(403, "You need to be a Jira administrator to create customers.")
    body = call.json_object()
    if set(body) - {"email", "displayName", "fullName"} or not all(isinstance(value, str) for value in body.values()):
        raise Refusal(400, "Only 'email' and 'displayName' can be given, as texts.")
    email = body.get("email", "").strip()
    if not _EMAIL.fullmatch(email) or len(email) > 254:
        raise Refusal(400, "The email address is not valid.")
    if accounts.by_email(call.db, email):
        conflict = 409 if call.flag("strictConflictStatusCode", False) else 400
        raise Refusal(conflict, "An account already exists for this email address.")
    name = (body.get("displayName") or body.get("fullName") or email).strip()
    return Reply(201, _person_dto(call, accounts.add(call.db, email, name, "customer")))


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
        "createdDate": shapes.date_dto(row["created"]),
        "requestFieldValues": [
            {"fieldId": "summary", "label": "Summary", "value": row["summary"]},
            {"fieldId": "description", "label": "Description", "value": row["text"]},
        ],
        "currentStatus": {
            "status": status.name,
            "statusCategory": _REQUEST_STATUS[status.category],
            "statusDate": shapes.date_dto(row["updated"]),
        },
        "_links": {
            "self": address,
            "jiraRest": issues.address(call, row),
            "web": f"{call.base}/browse/{row['key']}",
            "agent": f"{call.base}/browse/{row['key']}",
        },
    }
    if reporter:
        shown["reporter"] = _person_dto(call, reporter)
    if "requestType" in call.names("expand") and kind:
        shown["requestType"] = _request_type_dto(call, project, kind)
    if "serviceDesk" in call.names("expand"):
        shown["serviceDesk"] = _desk_dto(call, project)
    return Reply(body=shown)


@route("GET", f"{REQUEST}/comment")
def request_comments(call: Call) -> Reply:
    """service-management.v3 getRequestComments: customers get public comments only."""
    row = _request(call)
    public, internal = call.flag("public", True), call.flag("internal", True)
    found = [c for c in comments.of_issue(call, row["id"]) if (internal if c["internal"] else public)]
    shown = [comments.shown_to_service_desk(call, row, comment) for comment in found]
    return Reply(body=shapes.service_desk_page(call, f"{API}/request/{row['id']}/comment", shown))


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


def _desk(call: Call) -> Project:
    wanted = call.path["serviceDeskId"]
    for project in call.site.projects:
        if call.may("BROWSE_PROJECTS", project) and wanted in (
            str(project.desk_id),
            f"projectKey:{project.key}",
            f"projectId:{project.id}",
        ):
            return project
    raise Refusal(404, "The service desk does not exist.")


def _agents_only(call: Call, project: Project) -> None:
    if not call.may("SERVICEDESK_AGENT", project):
        raise Refusal(403, "You must be an agent of this service desk.")


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


def _desk_dto(call: Call, project: Project) -> dict[str, Any]:
    return {
        "id": str(project.desk_id),
        "projectId": str(project.id),
        "projectKey": project.key,
        "projectName": project.name,
        "projectTypeKey": "service_desk",
        "_links": {"self": f"{call.base}{API}/servicedesk/{project.desk_id}"},
    }


def _request_type_dto(call: Call, project: Project, kind: RequestType) -> dict[str, Any]:
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
        "_links": {"self": f"{call.base}{API}/servicedesk/{project.desk_id}/requesttype/{kind.id}"},
    }


def _organization_dto(call: Call, row: sqlite3.Row) -> dict[str, Any]:
    return {
        "id": str(row["id"]),
        "uuid": row["uuid"],
        "name": row["name"],
        "created": shapes.date_dto(row["created"]),
        "scimManaged": False,
        "_links": {"self": f"{call.base}{API}/organization/{row['id']}"},
    }


def _person_dto(call: Call, person: accounts.Person) -> dict[str, Any]:
    return accounts.as_service_desk_user(person, call.base, hide_email=shapes.hidden(call, person))
