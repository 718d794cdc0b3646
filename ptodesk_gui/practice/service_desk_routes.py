"""Operations of the Service Management API: desks, request types, organizations, customers."""

import re
import uuid

from ptodesk_gui.practice import accounts, dto
from ptodesk_gui.practice.errors import Refusal
from ptodesk_gui.practice.routing import route
from ptodesk_gui.practice.site import Call, Project, Reply

API = "/rest/servicedeskapi"
DESK = f"{API}/servicedesk/{{serviceDeskId}}"
_EMAIL = re.compile(r"[^@\s<>\"']+@[^@\s<>\"']+\.[^@\s<>\"'.]+")


@route("GET", f"{API}/servicedesk")
def service_desks(call: Call) -> Reply:
    """service-management.v3 getServiceDesks."""
    shown = [dto.desk(call, project) for project in call.site.projects if call.may("BROWSE_PROJECTS", project)]
    return Reply(body=dto.page(call, f"{API}/servicedesk", shown))


@route("GET", DESK)
def service_desk(call: Call) -> Reply:
    """service-management.v3 getServiceDeskById."""
    return Reply(body=dto.desk(call, _desk(call)))


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
    shown = [dto.request_type(call, project, kind) for kind in found]
    return Reply(body=dto.page(call, f"{API}/servicedesk/{project.desk_id}/requesttype", shown))


@route("GET", f"{DESK}/organization")
def desk_organizations(call: Call) -> Reply:
    """service-management.v3 getOrganizations (of a service desk)."""
    project = _desk(call)
    _agents_only(call, project)
    sql = "SELECT organization.* FROM organization JOIN desk_organization ON organization_id = id WHERE project_id = ? ORDER BY id"
    shown = [dto.organization(call, row) for row in call.db.execute(sql, (project.id,))]
    return Reply(body=dto.page(call, f"{API}/servicedesk/{project.desk_id}/organization", shown))


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
    return Reply(body=dto.page(call, f"{API}/organization", [dto.organization(call, row) for row in rows]))


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
    return Reply(201, dto.organization(call, row))


@route("GET", f"{DESK}/customer", experimental=True)
def customers(call: Call) -> Reply:
    """service-management.v3 getCustomers (experimental)."""
    project = _desk(call)
    _agents_only(call, project)
    sql = "SELECT account_id FROM desk_customer WHERE project_id = ?"
    on_desk = {account_id for (account_id,) in call.db.execute(sql, (project.id,))}
    query = call.query.get("query", "").strip().casefold()
    found = [p for p in accounts.everybody(call.db) if p.id in on_desk and query in f"{p.name} {p.email}".casefold()]
    shown = [dto.person(call, person) for person in found]
    return Reply(body=dto.page(call, f"{API}/servicedesk/{project.desk_id}/customer", shown))


@route("POST", f"{DESK}/customer")
def add_customers(call: Call) -> Reply:
    """service-management.v3 addCustomers."""
    project = _desk(call)
    _agents_only(call, project)
    if not call.switches.customers_creatable:
        raise Refusal(403, "You need to be an administrator of this service desk to add customers.")
    body = call.json_object()
    wanted = body.get("accountIds")
    if (
        set(body) != {"accountIds"}
        or not isinstance(wanted, list)
        or not all(isinstance(entry, str) for entry in wanted)
    ):
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
    return Reply(201, dto.person(call, accounts.add(call.db, email, name, "customer")))


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
