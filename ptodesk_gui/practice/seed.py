"""What a new practice desk is furnished with. Everything in it is sample data.

Numbers (ids of fields, types, statuses, link types ...) are drawn anew for every desk, as they differ from site to site.
"""

import sqlite3
import uuid
from collections.abc import Iterable
from random import SystemRandom

PROJECTS = (("PTO", "Permission to Operate"), ("EBH", "Email Help Desk"), ("SS", "Solar Support"))
HIDDEN_PROJECT = ("FIN", "Finance (closed to agents)")
ISSUE_TYPES = (("Service Request", "A request from a customer."), ("Task", "A piece of work."))
STATUSES = (
    ("Waiting for support", "new"),
    ("In progress", "indeterminate"),
    ("Waiting for customer", "indeterminate"),
    ("Done", "done"),
    ("Duplicate", "done"),
)
# name, to, possible from an open ticket (else from a closed one), closing screen
TRANSITIONS = (
    ("In progress", "In progress", True, False),
    ("Respond to customer", "Waiting for customer", True, False),
    ("Done", "Done", True, True),
    ("Duplicate", "Duplicate", True, True),
    ("Reopen", "Waiting for support", False, False),
)
RESOLUTIONS = ("Done", "Won't Do", "Duplicate", "Other", "Cannot Reproduce")
CATEGORIES = ("Installer", "Finance", "Operations", "Utility", "Sales")
PRIORITIES = ("Highest", "High", "Medium", "Low", "Lowest")
LINK_TYPES = (  # name, inward, outward
    ("Blocks", "is blocked by", "blocks"),
    ("Cloners", "is cloned by", "clones"),
    ("Duplicate", "is duplicated by", "duplicates"),
    ("Problem/Incident", "is caused by", "causes"),
    ("Relates", "relates to", "relates to"),
)
REQUEST_TYPE = "PTO/M3 delay"
REQUEST_TYPES = (
    "Account access",
    "Activation question",
    "Billing question",
    "Cancel a request",
    "Change of address",
    "Change of installer",
    "Damage report",
    "Document request",
    "General question",
    "Inspection question",
    "Installer portal access",
    "Inverter question",
    "Meter question",
    "Monitoring question",
    "Panel question",
    "Payment method",
    REQUEST_TYPE,
    "Referral question",
    "Roof question",
    "Solar renewable credits",
    "Transfer of ownership",
    "Utility question",
    "Warranty question",
)
EARLY_ORGANIZATIONS = tuple(f"Sample_Company_{number:02d}" for number in range(1, 61))
LISTED_ORGANIZATIONS = ("Top_Electric", "Blue_Hammer", "Stronger_Electric", "Shield_Energy", "LA_Solar", "Sunny_Roofs")
UNLINKED_ORGANIZATION = "Sample_Company_Elsewhere"  # exists on the site, not on any project

AGENT = ("practice.agent@example.com", "Practice Agent")
LEAD = ("jessica.hauger@example.com", "Jessica Hauger")
OTHER_AGENTS = (
    ("sample.agent.one@example.com", "Sample Agent One"),
    ("sample.agent.two@example.com", "Sample Agent Two"),
)
CUSTOMERS = (
    ("jane@example.com", "Jane Doe (sample)"),
    ("john@example.com", "John Doe (sample)"),
    ("sam@example.com", "Sam Rep (sample)"),
    ("rep@top-electric.example", "Top Electric Rep (sample)"),
    ("care@omnidian.example", "Omnidian"),
    ("accounts@example.com", "Account Servicing"),
)

# id or None for a random custom number, name, type, items, schema name, role, on the create and edit screen
SYSTEM_FIELDS = (
    ("summary", "Summary", "string", None, True),
    ("description", "Description", "string", None, True),
    ("project", "Project", "project", None, True),
    ("issuetype", "Issue Type", "issuetype", None, True),
    ("reporter", "Reporter", "user", None, True),
    ("assignee", "Assignee", "user", None, True),
    ("labels", "Labels", "array", "string", True),
    ("priority", "Priority", "priority", None, True),
    ("issuelinks", "Linked Issues", "array", "issuelinks", True),
    ("status", "Status", "status", None, False),
    ("resolution", "Resolution", "resolution", None, False),
    ("resolutiondate", "Resolved", "datetime", None, False),
    ("creator", "Creator", "user", None, False),
    ("created", "Created", "datetime", None, False),
    ("updated", "Updated", "datetime", None, False),
    ("comment", "Comment", "comments-page", None, False),
)
_SERVICE_DESK = "com.atlassian.servicedesk:"
_CUSTOM_TYPES = "com.atlassian.jira.plugin.system.customfieldtypes:"
CUSTOM_FIELDS = (
    ("Request Type", "sd-customerrequesttype", None, _SERVICE_DESK + "vp-origin", "request_type", True),
    (
        "Organizations",
        "array",
        "sd-customerorganization",
        _SERVICE_DESK + "sd-customer-organizations",
        "organizations",
        True,
    ),
    ("Operations category", "option", None, _CUSTOM_TYPES + "select", "category", False),
    ("Satisfaction", "sd-feedback", None, _SERVICE_DESK + "sd-request-feedback", None, False),
    ("Sample text field", "string", None, _CUSTOM_TYPES + "textfield", None, False),
)


def furnish(connection: sqlite3.Connection, *, agent_token: str, now: float) -> None:
    """Fill an empty desk."""
    ids = _Ids()
    _site(connection, agent_token)
    types = ids.rows(len(ISSUE_TYPES), 10_001, 10_900)
    _insert(
        connection, "issue_type (id, name, description)", ((i, *row) for i, row in zip(types, ISSUE_TYPES, strict=True))
    )
    statuses = dict(zip((name for name, _ in STATUSES), ids.rows(len(STATUSES), 10_001, 10_900), strict=True))
    _insert(
        connection,
        "status (id, name, category, position)",
        ((statuses[name], name, category, n) for n, (name, category) in enumerate(STATUSES)),
    )
    _insert(
        connection,
        "transition (id, name, to_status, from_open, closing)",
        ((i, n, statuses[to], o, c) for i, (n, to, o, c) in zip(ids.rows(5, 11, 990), TRANSITIONS, strict=True)),
    )
    for table, names in (("resolution (id, name)", RESOLUTIONS), ("category (id, value)", CATEGORIES)):
        _insert(connection, table, zip(ids.rows(len(names), 10_001, 10_900), names, strict=True))
    _insert(connection, "priority (id, name)", enumerate(PRIORITIES, 1))
    links = zip(ids.rows(len(LINK_TYPES), 10_000, 10_900), LINK_TYPES, strict=True)
    _insert(connection, "link_type (id, name, inward, outward)", ((i, *row) for i, row in links))
    _fields(connection, ids)
    _projects(connection, ids, types[0])
    _people(connection)
    _insert(
        connection,
        "sqlite_sequence (name, seq)",
        ((t, ids.rows(1, 10_100, 90_000)[0]) for t in ("issue", "comment", "link", "task")),
    )
    _organizations(connection, ids, now)


class _Ids:
    """Numbers drawn at random, ascending within one list as a site hands them out."""

    def __init__(self) -> None:
        self._random = SystemRandom()

    def rows(self, count: int, low: int, high: int) -> list[int]:
        return sorted(self._random.sample(range(low, high), count))

    def account(self) -> str:
        return f"{self._random.randrange(500_000, 799_999)}:{uuid.uuid4()}"


def _insert(connection: sqlite3.Connection, target: str, rows: Iterable[tuple[object, ...]]) -> None:
    marks = ", ".join("?" * (target.count(",") + 1))
    connection.executemany(f"INSERT INTO {target} VALUES ({marks})", rows)  # noqa: S608 - names of our own tables


def _site(connection: sqlite3.Connection, agent_token: str) -> None:
    values = {"cloud_id": str(uuid.uuid4()), "agent_email": AGENT[0], "agent_token": agent_token}
    _insert(connection, "site (name, value)", values.items())


def _fields(connection: sqlite3.Connection, ids: _Ids) -> None:
    target = "field (id, name, type, items, custom, role, screen)"
    _insert(connection, target, ((i, n, t, items, None, i, screen) for i, n, t, items, screen in SYSTEM_FIELDS))
    numbers = ids.rows(len(CUSTOM_FIELDS), 10_010, 10_990)
    _insert(connection, target, ((f"customfield_{i}", *row) for i, row in zip(numbers, CUSTOM_FIELDS, strict=True)))


def _projects(connection: sqlite3.Connection, ids: _Ids, request_issue_type: int) -> None:
    rows = [(*project, True) for project in PROJECTS] + [(*HIDDEN_PROJECT, False)]
    numbers, desks = ids.rows(len(rows), 10_001, 10_900), ids.rows(len(rows), 1, 90)
    target = "project (id, key, name, desk_id, visible)"
    _insert(connection, target, ((i, k, n, desk, v) for i, desk, (k, n, v) in zip(numbers, desks, rows, strict=True)))
    wanted = [
        (number, name)
        for number in numbers[:3]
        for name in (REQUEST_TYPES if number == numbers[0] else REQUEST_TYPES[:4])
    ]
    _insert(
        connection,
        "request_type (id, project_id, name, description, issue_type)",
        (
            (i, project, name, f"Sample request type: {name}.", request_issue_type)
            for i, (project, name) in zip(ids.rows(len(wanted), 20, 900), wanted, strict=True)
        ),
    )


def _people(connection: sqlite3.Connection) -> None:
    ids = _Ids()
    agents = [(ids.account(), email, name, "agent") for email, name in (AGENT, LEAD, *OTHER_AGENTS)]
    customers = [(f"qm:{uuid.uuid4()}:{uuid.uuid4()}", email, name, "customer") for email, name in CUSTOMERS]
    _insert(connection, "account (id, email, name, kind)", agents + customers)
    connection.execute(
        "INSERT INTO desk_customer SELECT project.id, account.id FROM project, account WHERE kind = 'customer' AND key = 'PTO'"
    )


def _organizations(connection: sqlite3.Connection, ids: _Ids, now: float) -> None:
    names = (*EARLY_ORGANIZATIONS, *LISTED_ORGANIZATIONS, UNLINKED_ORGANIZATION)
    numbers = ids.rows(len(names), 1, 900)
    rows = ((i, name, str(uuid.uuid4()), now) for i, name in zip(numbers, names, strict=True))
    _insert(connection, "organization (id, name, uuid, created)", rows)
    connection.execute(
        "INSERT INTO desk_organization SELECT project.id, organization.id FROM project, organization"
        " WHERE project.key = 'PTO' AND organization.name <> ?",
        (UNLINKED_ORGANIZATION,),
    )
