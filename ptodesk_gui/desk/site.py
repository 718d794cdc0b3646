"""What a site calls things: fields, projects, request types, link types, accounts and organizations.

Numbers differ from site to site, so everything is found by its schema, phrase or name (FACTS: Links, Customers). Asked
once, kept in memory and in one file per site; customers are never in that file.
"""

import contextlib
import itertools
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from ptodesk_gui.desk.errors import CannotDoError, Kind, TroubleError, TroubleFacts, what_jira_says
from ptodesk_gui.desk.session import Session, objects
from ptodesk_gui.desk.site_cache import Fields, LinkType, Names, Project, RequestType, read_names, write_names
from ptodesk_gui.desk.together import together

REQUEST_TYPE_SCHEMA: Final = "com.atlassian.servicedesk:vp-origin"
ORGANIZATIONS_SCHEMA: Final = "com.atlassian.servicedesk:sd-customer-organizations"


class UnknownNameError(CannotDoError):
    """A name is not known on the site; it may have come since it was last looked up."""


def same(one: str, other: str) -> bool:
    """Whether two names are the same but for case and outer or double spaces."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


class SiteNames:
    """The names of one site. For use from several threads; every look-up may raise TroubleError or UnknownNameError."""

    def __init__(self, session: Session, file: Path | None) -> None:
        self._session = session
        self._file = file
        self._lock = threading.RLock()
        self._ticks = itertools.count(1)
        self._learned: dict[object, int] = {}  # when each part was looked up; 0: taken from the file
        self._names = read_names(file, session.site_url) if file is not None else Names()
        self._turns: dict[object, threading.Lock] = {}

    # -- freshness

    def now(self) -> int:
        """A mark in the order of look-ups, to be compared by ``older_than``."""
        return next(self._ticks)

    def older_than(self, mark: int) -> bool:
        """Whether anything known was looked up before the mark, so that looking again may help."""
        with self._lock:
            return any(self._learned.get(part, 0) < mark for part in self._names.parts())

    def forget(self) -> None:
        """Look everything up again when it is next needed."""
        with self._lock:
            self._names = Names()
            self._learned.clear()

    def forget_account(self, name: str) -> None:
        """Look that person up again when it is next needed."""
        self._keep(("account", name), self.now(), lambda names: names.without_account(name))

    def field_ids(self) -> frozenset[str]:
        """The ids of the custom fields, as far as they are known."""
        fields = self._names.fields
        return frozenset() if fields is None else frozenset({fields.request_type, fields.organizations})

    # -- look-ups

    def fields(self) -> Fields:
        """The ids of the request type and the organizations field (GET /field)."""
        self._learn("fields", lambda n: n.fields is not None, self._ask_fields)
        fields = self._names.fields
        if fields is None:
            raise TroubleError(TroubleFacts(Kind.UNREADABLE))
        return fields

    def project(self, key: str) -> Project:
        """The service project with its request types and organizations. Raises UnknownNameError when the account sees none."""
        self._learn(("project", key), lambda n: key in n.projects, lambda: self._ask_project(key))
        return self._names.projects[key]

    def request_type(self, project: str, name: str) -> RequestType:
        """The request type of that name, without regard to case (T3)."""
        known = self.project(project).request_types
        for found in known:
            if same(found.name, name):
                return found
        has = ", ".join(sorted(r.name for r in known)[:8]) or "none"
        raise UnknownNameError(
            f"The project {project} has no request type {name} (it has: {has}).",
            "Correct the request type's name in the playbook, or ask a Jira administrator to add it, then retry.",
        )

    def link_type(self, phrase: str) -> tuple[LinkType, bool]:
        """The link type that reads so, and whether it is its outward phrase (GET /issueLinkType)."""
        self._learn("links", lambda n: bool(n.link_types), self._ask_link_types)
        for outward in (True, False):
            for found in self._names.link_types:
                if same(found.outward if outward else found.inward, phrase):
                    return found, outward
        raise UnknownNameError(
            f"The site has no link that reads “{phrase}”.",
            "Ask a Jira administrator to add such a link type, or correct the phrase in the playbook, then retry.",
        )

    def account(self, project: str, name: str) -> str | None:
        """The account id of the one person of that display name; None when there is none or more than one."""
        try:
            with contextlib.suppress(UnknownNameError):
                self._learn(("account", name), lambda n: name in n.accounts, lambda: self._ask_account(project, name))
        except TroubleError as error:
            if error.facts.status not in (400, 403, 404):  # those mean: not for your account to know
                raise
        return self._names.accounts.get(name)

    def organization(self, project: str, name: str) -> int:
        """The number of the organization, which is created and added to the project's customers if need be (T4)."""
        desk = self.project(project)
        found = _named(desk.organizations, name)
        if found is None:
            with self._turn(("organization", name)):
                found = _named(self.project(project).organizations, name)
                if found is None:
                    found = self._add_organization(project, desk, name)
        return found

    def load(self, project: str, accounts: tuple[str, ...] = ()) -> None:
        """Look up side by side what most steps need."""
        together(
            lambda: self.fields() and None,
            lambda: self.project(project) and None,
            lambda: self._learn("links", lambda n: bool(n.link_types), self._ask_link_types),
            *(lambda name=name: self.account(project, name) and None for name in accounts),
        )

    # -- asking the site

    def _learn(self, part: object, known: Callable[[Names], bool], ask: Callable[[], Callable[[Names], Names]]) -> None:
        """Ask for a part that is not known yet; threads that want the same part share one question."""
        if known(self._names):
            return
        with self._turn(part):
            if known(self._names):
                return
            tick = self.now()
            learn = ask()
            self._keep(part, tick, learn)

    def _keep(self, part: object, tick: int, learn: Callable[[Names], Names]) -> None:
        with self._lock:
            self._names = learn(self._names)
            self._learned[part] = tick
            names = self._names
            if self._file is not None:
                write_names(self._file, self._session.site_url, names)

    def _turn(self, part: object) -> threading.Lock:
        with self._lock:
            return self._turns.setdefault(part, threading.Lock())

    def _ask_fields(self) -> Callable[[Names], Names]:
        found: dict[str, str] = {}
        for item in objects(self._session.get("/rest/api/3/field")):
            schema = item.get("schema")
            if isinstance(schema, dict) and isinstance(item.get("id"), str):
                found.setdefault(str(schema.get("custom")), item["id"])
        if REQUEST_TYPE_SCHEMA not in found or ORGANIZATIONS_SCHEMA not in found:
            raise UnknownNameError(
                "The site has no request type or organizations field, so it does not look like Jira Service Management.",
                "Check the site's address in the settings, or ask a Jira administrator whether your account is an agent.",
            )
        fields = Fields(found[REQUEST_TYPE_SCHEMA], found[ORGANIZATIONS_SCHEMA])
        return lambda names: names.with_fields(fields)

    def _ask_link_types(self) -> Callable[[Names], Names]:
        found = objects(self._session.get("/rest/api/3/issueLinkType"), "issueLinkTypes")
        types = tuple(
            LinkType(str(t["id"]), str(t.get("inward", "")), str(t.get("outward", ""))) for t in found if t.get("id")
        )
        return lambda names: names.with_link_types(types)

    def _ask_project(self, key: str) -> Callable[[Names], Names]:
        for desk in self._session.pages("/rest/servicedeskapi/servicedesk"):
            if desk.get("projectKey") == key:
                desk_id, project_id = _number(desk.get("id")), _number(desk.get("projectId"))
                break
        else:
            raise UnknownNameError(
                f"Your account sees no service project {key} on this site.",
                f"Check the project's key in the playbook, or ask a Jira administrator to make you an agent of {key}, then retry.",
            )
        types, organizations = together(
            lambda: self._ask_request_types(desk_id), lambda: self._ask_organizations(desk_id)
        )
        project = Project(
            project_id, desk_id, tuple(RequestType(*t) for t in types), {name: int(i) for i, name in organizations}
        )
        return lambda names: names.with_project(key, project)

    def _ask_request_types(self, desk: str) -> list[tuple[str, ...]]:
        found = self._session.pages(f"/rest/servicedeskapi/servicedesk/{desk}/requesttype")
        return [(_number(t.get("id")), str(t.get("name", "")), _number(t.get("issueTypeId"))) for t in found]

    def _ask_organizations(self, desk: str) -> list[tuple[str, ...]]:
        found = self._session.pages(f"/rest/servicedeskapi/servicedesk/{desk}/organization")
        return [(_number(o.get("id")), str(o.get("name", ""))) for o in found]

    def _ask_account(self, project: str, name: str) -> Callable[[Names], Names]:
        found = self._people("/rest/api/3/user/assignable/search", {"project": project, "query": name}, name)
        if not found:
            found = self._people("/rest/api/3/user/search", {"query": name}, name)
        if len(found) != 1:
            raise UnknownNameError(
                f"There is no single person called {name} on the site.", "Correct the name in the playbook."
            )
        return lambda names: names.with_account(name, found[0])

    def _people(self, path: str, params: dict[str, str | int], name: str) -> list[str]:
        """The account ids of the people (customers and apps apart) whose whole display name it is."""
        found = objects(self._session.get(path, {**params, "maxResults": 100}))
        return [
            p["accountId"]
            for p in found
            if isinstance(p.get("accountId"), str)
            and same(str(p.get("displayName", "")), name)
            and p.get("accountType", "atlassian") == "atlassian"
            and p.get("active") is not False
        ]

    def _add_organization(self, project: str, desk: Project, name: str) -> int:
        number = self._make_organization(project, name)
        path = f"/rest/servicedeskapi/servicedesk/{desk.desk_id}/organization"
        try:
            self._session.make(path, {"organizationId": number}, expect=204, once=False)
        except TroubleError as error:
            raise _organization_refused(error, project, name) from error
        self._keep(("organization", name), self.now(), lambda names: names.with_organization(project, name, number))
        return number

    def _make_organization(self, project: str, name: str) -> int:
        """Its number: POST /organization answers with the one that exists, too. Where that is forbidden, it is looked for."""
        try:
            made = self._session.make("/rest/servicedeskapi/organization", {"name": name}, expect=201, once=False)
        except TroubleError as error:
            if error.facts.status not in (400, 403):
                raise
            for found in self._session.pages("/rest/servicedeskapi/organization"):
                if same(str(found.get("name", "")), name):
                    return int(_number(found.get("id")))
            raise _organization_refused(error, project, name) from error
        return int(_number(made.get("id") if isinstance(made, dict) else None))


def _organization_refused(error: TroubleError, project: str, name: str) -> Exception:
    if error.facts.kind is not Kind.STATUS or error.facts.status not in (400, 403):
        return error
    said = what_jira_says(error.facts)
    return CannotDoError(
        f"The organization {name} could not be added to the project {project}{f': {said}' if said else '.'}",
        f"Ask a Jira administrator to add the organization {name} to the customers of {project}, then retry.",
    )


def _named(organizations: Any, name: str) -> int | None:
    exact: int | None = organizations.get(name)
    return exact if exact is not None else next((n for known, n in organizations.items() if same(known, name)), None)


def _number(value: Any) -> str:
    """A numeric id as text; TroubleError when the site gave something else."""
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise TroubleError(TroubleFacts(Kind.UNREADABLE))
    return text
