"""Operations of the platform API about the site itself: server, fields, projects, people, permissions."""

from typing import Any

from ptodesk_gui.practice import accounts, issues, shapes
from ptodesk_gui.practice.errors import Refusal, bad_request
from ptodesk_gui.practice.routing import route
from ptodesk_gui.practice.site import Call, Field, Project, Reply, with_id

API = "/rest/api/3"

# key: id, name, project permission (else global)
PERMISSIONS = {
    "BROWSE_PROJECTS": (10, "Browse Projects", True),
    "CREATE_ISSUES": (11, "Create Issues", True),
    "EDIT_ISSUES": (12, "Edit Issues", True),
    "ASSIGN_ISSUES": (13, "Assign Issues", True),
    "ASSIGNABLE_USER": (17, "Assignable User", True),
    "RESOLVE_ISSUES": (14, "Resolve Issues", True),
    "ADD_COMMENTS": (15, "Add Comments", True),
    "CLOSE_ISSUES": (18, "Close Issues", True),
    "LINK_ISSUES": (21, "Link Issues", True),
    "MOVE_ISSUES": (25, "Move Issues", True),
    "MODIFY_REPORTER": (30, "Modify Reporter", True),
    "TRANSITION_ISSUES": (46, "Transition Issues", True),
    "SERVICEDESK_AGENT": (50, "Service Project Agent", True),
    "ADMINISTER_PROJECTS": (23, "Administer Projects", True),
    "ADMINISTER": (0, "Administer Jira", False),
    "BULK_CHANGE": (33, "Make bulk changes", False),
    "USER_PICKER": (27, "Browse users and groups", False),
}
_NOT_FOR_AGENTS = frozenset({"ADMINISTER", "ADMINISTER_PROJECTS"})


@route("GET", f"{API}/serverInfo", anonymous=True)
def server_info(call: Call) -> Reply:
    """platform.v3 getServerInfo."""
    return Reply(
        body={
            "baseUrl": call.base,
            "displayUrl": call.base,
            "displayUrlServicedeskHelpCenter": call.base,
            "version": "1001.0.0-SNAPSHOT",
            "versionNumbers": [1001, 0, 0],
            "deploymentType": "Cloud",
            "buildNumber": 100_300,
            "buildDate": shapes.jira_time(0),
            "serverTime": shapes.jira_time(call.now),
            "scmInfo": "practice",
            "serverTitle": "Practice desk",
            "serverTimeZone": "America/Denver",
        }
    )


@route("GET", "/_edge/tenant_info", anonymous=True)
def tenant_info(call: Call) -> Reply:
    """The site's cloud id."""
    return Reply(body={"cloudId": call.site.cloud_id})


@route("GET", f"{API}/myself")
def myself(call: Call) -> Reply:
    """platform.v3 getCurrentUser."""
    return Reply(body={**accounts.as_user(call.me, call.base), "locale": "en_US"})


@route("GET", f"{API}/field")
def all_fields(call: Call) -> Reply:
    """platform.v3 getFields."""
    return Reply(body=[_field(field) for field in call.site.fields])


@route("GET", f"{API}/issueLinkType")
def link_types(call: Call) -> Reply:
    """platform.v3 getIssueLinkTypes."""
    return Reply(body={"issueLinkTypes": [shapes.link_type(call, kind) for kind in call.site.link_types]})


@route("GET", f"{API}/mypermissions")
def my_permissions(call: Call) -> Reply:
    """platform.v3 getMyPermissions."""
    wanted = call.names("permissions")
    unknown = [key for key in wanted if key not in PERMISSIONS]
    if not wanted:
        raise bad_request("The 'permissions' query parameter is required.")
    if unknown:
        raise bad_request(f"Unrecognized permission keys: {', '.join(unknown)}")
    project = _project_in_question(call)
    shown = {}
    for key in wanted:
        number, name, of_project = PERMISSIONS[key]
        shown[key] = {
            "id": str(number),
            "key": key,
            "name": name,
            "type": "PROJECT" if of_project else "GLOBAL",
            "description": name,
            "havePermission": _has(call, key, project),
        }
    return Reply(body={"permissions": shown})


@route("GET", f"{API}/project/{{projectIdOrKey}}")
def one_project(call: Call) -> Reply:
    """platform.v3 getProject."""
    project = _project(call, call.path["projectIdOrKey"])
    lead = accounts.everybody(call.db)[0]
    return Reply(
        body={
            **shapes.project(call, project),
            "description": "Sample project of the practice desk.",
            "lead": accounts.as_user(lead, call.base, hide_email=True),
            "issueTypes": [shapes.issue_type(call, kind) for kind in call.site.issue_types],
            "assigneeType": "UNASSIGNED",
            "components": [],
            "versions": [],
            "roles": {},
            "style": "classic",
        }
    )


@route("GET", f"{API}/project/{{projectIdOrKey}}/statuses")
def project_statuses(call: Call) -> Reply:
    """platform.v3 getAllStatuses."""
    _project(call, call.path["projectIdOrKey"])
    statuses = [shapes.status(call, status) for status in call.site.statuses]
    return Reply(
        body=[
            {
                "self": f"{call.base}{API}/issuetype/{k.id}",
                "id": str(k.id),
                "name": k.name,
                "subtask": False,
                "statuses": statuses,
            }
            for k in call.site.issue_types
        ]
    )


@route("GET", f"{API}/issue/createmeta/{{projectIdOrKey}}/issuetypes")
def create_issue_types(call: Call) -> Reply:
    """platform.v3 getCreateIssueMetaIssueTypes."""
    _creatable(call)
    return Reply(body=_page(call, "issueTypes", [shapes.issue_type(call, kind) for kind in call.site.issue_types]))


@route("GET", f"{API}/issue/createmeta/{{projectIdOrKey}}/issuetypes/{{issueTypeId}}")
def create_fields(call: Call) -> Reply:
    """platform.v3 getCreateIssueMetaIssueTypeId."""
    _creatable(call)
    if with_id(call.site.issue_types, call.path["issueTypeId"]) is None:
        raise bad_request("The issue type selected is invalid.")
    return Reply(body=_page(call, "fields", [_create_field(call, f) for f in call.site.fields if f.screen]))


@route("GET", f"{API}/user/search")
def find_users(call: Call) -> Reply:
    """platform.v3 findUsers."""
    return Reply(body=_people(call, accounts.everybody(call.db)))


@route("GET", f"{API}/user/assignable/search")
def find_assignable(call: Call) -> Reply:
    """platform.v3 findAssignableUsers."""
    if not any(call.query.get(name) for name in ("project", "issueKey", "issueId")):
        raise bad_request("Either 'project', 'issueKey' or 'issueId' query parameter needs to be provided")
    if call.query.get("project"):
        _project(call, call.query["project"])
    else:
        issues.visible(call, call.query.get("issueId") or call.query["issueKey"])
    return Reply(body=_people(call, [person for person in accounts.everybody(call.db) if person.is_agent]))


def _people(call: Call, everybody: list[accounts.Person]) -> list[dict[str, Any]]:
    query, account_id = call.query.get("query"), call.query.get("accountId")
    if query is None and account_id is None:
        raise bad_request("The query parameter 'query' or 'accountId' is required.")
    if query is not None and account_id is not None:
        raise bad_request("Only one of the query parameters 'query' and 'accountId' may be given.")
    start, most = call.number("startAt", 0, 1000), call.number("maxResults", 50, 1000)
    found = [p for p in everybody if (p.id == account_id if query is None else accounts.matches(p, query))]
    return [accounts.as_user(p, call.base, hide_email=shapes.hidden(call, p)) for p in found[start : start + most]]


def _project(call: Call, id_or_key: str) -> Project:
    project = call.site.project(id_or_key)
    if project is None or not call.may("BROWSE_PROJECTS", project):
        raise Refusal(404, f"No project could be found with key '{id_or_key}'.")
    return project


def _creatable(call: Call) -> None:
    project = call.site.project(call.path["projectIdOrKey"])
    if project is None or not call.may("CREATE_ISSUES", project):
        raise bad_request("Specify a valid project ID or key, and have the permission to create issues in it.")


def _project_in_question(call: Call) -> Project | None:
    if call.query.get("issueKey") or call.query.get("issueId"):
        row = issues.visible(call, call.query.get("issueId") or call.query["issueKey"])
        return issues.project_of(call, row)
    named = call.query.get("projectId") or call.query.get("projectKey")
    return _project(call, named) if named else None


def _has(call: Call, key: str, project: Project | None) -> bool:
    if key in _NOT_FOR_AGENTS:
        return False
    if project is not None:
        return call.may(key, project)
    return call.me.is_agent and any(call.may(key, p) for p in call.site.projects)


def _field(field: Field) -> dict[str, Any]:
    clauses = [field.name] if field.custom else [field.id]
    if field.custom:
        clauses.append(f"cf[{field.id.removeprefix('customfield_')}]")
    return {
        "id": field.id,
        "key": field.id,
        "name": field.name,
        "custom": field.custom is not None,
        "orderable": field.screen,
        "navigable": field.id != "comment",
        "searchable": True,
        "clauseNames": clauses,
        "schema": shapes.field_schema(field),
    }


def _create_field(call: Call, field: Field) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "fieldId": field.id,
        "key": field.id,
        "name": field.name,
        "required": field.id in ("summary", "project", "issuetype"),
        "hasDefaultValue": field.id in ("priority", "reporter"),
        "operations": ["add", "set", "remove"] if field.type == "array" else ["set"],
        "schema": shapes.field_schema(field),
    }
    if field.id == "issuelinks":
        shown["operations"] = ["add", "copy"]
    if field.id == "priority":
        shown["allowedValues"] = [shapes.priority(call, p) for p in call.site.priorities]
    return shown


def _page(call: Call, name: str, everything: list[dict[str, Any]]) -> dict[str, Any]:
    start, most = call.number("startAt", 0, 100_000), call.number("maxResults", 50, 200)
    return {"startAt": start, "maxResults": most, "total": len(everything), name: everything[start : start + most]}
