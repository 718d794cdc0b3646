"""What does not change while a desk runs: its projects, types, statuses, fields; and one request in progress (Call)."""

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from werkzeug.datastructures import MultiDict

from ptodesk_gui.practice.accounts import Person
from ptodesk_gui.practice.errors import bad_request, invalid_payload


class Project(NamedTuple):
    id: int
    key: str
    name: str
    desk_id: int
    visible: bool


class IssueType(NamedTuple):
    id: int
    name: str
    description: str


class Status(NamedTuple):
    id: int
    name: str
    category: str  # new, indeterminate, done


class Named(NamedTuple):
    """A resolution, a priority, or a value of the closing category."""

    id: int
    name: str


class Transition(NamedTuple):
    id: int
    name: str
    to_status: int
    from_open: bool
    closing: bool


class LinkType(NamedTuple):
    id: int
    name: str
    inward: str
    outward: str


class RequestType(NamedTuple):
    id: int
    project_id: int
    name: str
    description: str
    issue_type: int


class Field(NamedTuple):
    """A field. ``role`` is what the desk itself calls it ("request_type"); ``screen``: it can be set on create and edit."""

    id: str
    name: str
    type: str
    items: str | None
    custom: str | None
    role: str | None
    screen: bool


_Row = TypeVar("_Row", Project, IssueType, Status, Named, Transition, LinkType, RequestType, Field)


@dataclass(frozen=True)
class Site:
    """All of it, in the order in which the site lists it."""

    cloud_id: str
    projects: tuple[Project, ...]
    issue_types: tuple[IssueType, ...]
    statuses: tuple[Status, ...]
    resolutions: tuple[Named, ...]
    categories: tuple[Named, ...]
    priorities: tuple[Named, ...]
    transitions: tuple[Transition, ...]
    link_types: tuple[LinkType, ...]
    request_types: tuple[RequestType, ...]
    fields: tuple[Field, ...]

    def field_of(self, role: str) -> Field:
        """The field that the desk knows by this role."""
        return next(f for f in self.fields if f.role == role)

    def project(self, id_or_key: object) -> Project | None:
        """The project of this id or key that agents can see; keys are case sensitive."""
        return next((p for p in self.projects if p.visible and str(id_or_key) in (str(p.id), p.key)), None)


def load(connection: sqlite3.Connection) -> Site:
    """The site as the file has it."""

    def rows(kind: type[_Row], table: str, order: str = "id") -> tuple[_Row, ...]:
        columns = {"category": "id, value"}.get(table, ", ".join(kind._fields))
        found = connection.execute(f"SELECT {columns} FROM {table} ORDER BY {order}")  # noqa: S608 - names of our own
        return tuple(kind(*row) for row in found)

    (cloud_id,) = connection.execute("SELECT value FROM site WHERE name = 'cloud_id'").fetchone()
    return Site(
        cloud_id=cloud_id,
        projects=tuple(p._replace(visible=bool(p.visible)) for p in rows(Project, "project")),
        issue_types=rows(IssueType, "issue_type"),
        statuses=rows(Status, "status", "position"),
        resolutions=rows(Named, "resolution"),
        categories=rows(Named, "category"),
        priorities=rows(Named, "priority"),
        transitions=rows(Transition, "transition"),
        link_types=rows(LinkType, "link_type"),
        request_types=rows(RequestType, "request_type"),
        fields=tuple(f._replace(screen=bool(f.screen)) for f in rows(Field, "field", "custom IS NOT NULL, id")),
    )


_Thing = TypeVar("_Thing", IssueType, Status, Named, Transition, LinkType, RequestType, Project)


def with_id(things: Iterable[_Thing], wanted: object) -> _Thing | None:
    """The one with this id, given as a number or as its digits."""
    return next((thing for thing in things if str(thing.id) == str(wanted)), None)


@dataclass
class Switches:
    """What a test or a lead may turn on and off while the desk runs.

    ``page_size``: the most that a list of the service desk API gives at once. ``move_seconds``: how long a move takes.
    ``index_lag``: seconds until the search shows a new issue. ``latency``: seconds that every request takes longer.
    ``limits``: Jira's rate limits hold. ``scoped_tokens``: tokens work at ``/ex/jira/{cloudId}`` (the gateway's path) and
    nowhere else. ``customers_creatable`` False: agents may neither create customers nor add them to a desk, as on most sites.
    ``denied`` holds pairs of a permission and a project's key, ``("CREATE_ISSUES", "PTO")``, that agents do not have.
    """

    customers_creatable: bool = True
    organizations_creatable: bool = True
    moves_allowed: bool = True
    emails_hidden: bool = False
    limits: bool = False
    scoped_tokens: bool = False
    page_size: int = 15
    move_seconds: float = 0.0
    index_lag: float = 0.5
    latency: float = 0.0
    denied: set[tuple[str, str]] = field(default_factory=set)


@dataclass
class Call:
    """One request in progress: who asks, what for, and the desk it is asked of."""

    db: sqlite3.Connection
    site: Site
    me: Person
    now: float
    base: str
    path: Mapping[str, str]
    query: MultiDict[str, str]
    body: Any
    switches: Switches

    def may(self, permission: str, project: Project) -> bool:
        """Whether the account has the project permission."""
        return self.me.is_agent and project.visible and (permission, project.key) not in self.switches.denied

    def number(self, name: str, default: int, most: int) -> int:
        """A number of the query, at most ``most``.

        Raises Refusal (400) for what is no number or below zero.
        """
        given = self.query.get(name)
        if given is None:
            return default
        if not given.isdecimal():
            raise bad_request(f"The value '{given}' is not valid for the parameter '{name}'.")
        return min(int(given), most)

    def flag(self, name: str, default: bool) -> bool:
        """A yes or no of the query."""
        return {"true": True, "false": False}.get(self.query.get(name, "").lower(), default)

    def names(self, name: str) -> list[str]:
        """A list of the query, given with commas or by repeating the parameter."""
        return [part.strip() for value in self.query.getlist(name) for part in value.split(",") if part.strip()]

    def json_object(self) -> dict[str, Any]:
        """The body, which has to be an object.

        Raises Refusal (400) for any other JSON.
        """
        if not isinstance(self.body, dict):
            raise invalid_payload()
        return self.body


@dataclass(frozen=True)
class Reply:
    """What a route answers. ``body`` None: nothing but the status."""

    status: int = 200
    body: Any = None
