"""What a site is asked for its names, operation by operation, and how its answers are read."""

import re
from typing import Any, Final

from ptodesk_gui.desk.errors import CannotDoError, Kind, TroubleError, TroubleFacts, what_jira_says
from ptodesk_gui.desk.parts import name_in
from ptodesk_gui.desk.session import Session, objects
from ptodesk_gui.desk.site_cache import Fields, LinkType, Project, RequestType
from ptodesk_gui.desk.together import together

REQUEST_TYPE_SCHEMA: Final = "com.atlassian.servicedesk:vp-origin"
ORGANIZATIONS_SCHEMA: Final = "com.atlassian.servicedesk:sd-customer-organizations"
_FIELD_ID: Final = re.compile(r"customfield_[0-9]+")
_DESK: Final = "/rest/servicedeskapi/servicedesk"


class UnknownNameError(CannotDoError):
    """A name is not known on the site; it may have come since it was last looked up."""


def same(one: str, other: str) -> bool:
    """Whether two names are the same but for case and outer or double spaces."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


class Questions:
    """Asks one site, remembers nothing. Every method may raise TroubleError, and UnknownNameError for what the site lacks."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def fields(self) -> Fields:
        """The two custom fields, by their schema (getFields)."""
        found: dict[str, str] = {}
        for item in objects(self._session.get("/rest/api/3/field")):
            schema = item.get("schema")
            if isinstance(schema, dict) and _FIELD_ID.fullmatch(name_in(item, "id")):
                found.setdefault(str(schema.get("custom")), item["id"])
        if REQUEST_TYPE_SCHEMA not in found or ORGANIZATIONS_SCHEMA not in found:
            raise UnknownNameError(
                "The site has no request type or organizations field, so it does not look like Jira Service Management.",
                "Check the site's address in the settings, or ask a Jira administrator whether your account is an agent.",
            )
        return Fields(found[REQUEST_TYPE_SCHEMA], found[ORGANIZATIONS_SCHEMA])

    def link_types(self) -> tuple[LinkType, ...]:
        """All link types with both phrases (getIssueLinkTypes)."""
        found = objects(self._session.get("/rest/api/3/issueLinkType"), "issueLinkTypes")
        return tuple(
            LinkType(str(t["id"]), str(t.get("inward", "")), str(t.get("outward", ""))) for t in found if t.get("id")
        )

    def project(self, key: str) -> Project:
        """The service project of that key, with all its request types and organizations (getServiceDesks and its lists)."""
        for desk in self._session.pages(_DESK):
            if desk.get("projectKey") == key:
                desk_id, project_id = number(desk.get("id")), number(desk.get("projectId"))
                break
        else:
            raise UnknownNameError(
                f"Your account sees no service project {key} on this site.",
                f"Check the project's key in the playbook, or ask a Jira administrator to make you an agent of {key}, then retry.",
            )
        types, organizations = together(
            lambda: list(self._session.pages(f"{_DESK}/{desk_id}/requesttype")),
            lambda: list(self._session.pages(f"{_DESK}/{desk_id}/organization")),
        )
        return Project(
            id=project_id,
            desk_id=desk_id,
            request_types=tuple(
                RequestType(number(t.get("id")), str(t.get("name", "")), number(t.get("issueTypeId"))) for t in types
            ),
            organizations={str(o.get("name", "")): int(number(o.get("id"))) for o in organizations},
        )

    def account(self, project: str, name: str) -> str:
        """The account id of the one person of that display name (findAssignableUsers, else findUsers)."""
        found = self._people("/rest/api/3/user/assignable/search", {"project": project, "query": name}, name)
        if not found:
            found = self._people("/rest/api/3/user/search", {"query": name}, name)
        if len(found) != 1:
            raise UnknownNameError(
                f"There is no single person called {name} on the site.", "Correct the name in the playbook."
            )
        return found[0]

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

    def add_organization(self, project: str, desk_id: str, name: str) -> int:
        """The number of the organization, created if need be and added to the project's customers (addOrganization)."""
        found = self._organization(project, name)
        try:
            self._session.make(f"{_DESK}/{desk_id}/organization", {"organizationId": found}, expect=204, once=False)
        except TroubleError as error:
            raise _organization_refused(error, project, name) from error
        return found

    def _organization(self, project: str, name: str) -> int:
        """POST /organization answers with the one that exists, too; where that is forbidden, it is looked for."""
        try:
            made = self._session.make("/rest/servicedeskapi/organization", {"name": name}, expect=201, once=False)
        except TroubleError as error:
            if error.facts.status not in (400, 403):
                raise
            for found in self._session.pages("/rest/servicedeskapi/organization"):
                if same(str(found.get("name", "")), name):
                    return int(number(found.get("id")))
            raise _organization_refused(error, project, name) from error
        return int(number(made.get("id") if isinstance(made, dict) else None))


def _organization_refused(error: TroubleError, project: str, name: str) -> Exception:
    if error.facts.kind is not Kind.STATUS or error.facts.status not in (400, 403):
        return error
    said = what_jira_says(error.facts)
    return CannotDoError(
        f"The organization {name} could not be added to the project {project}{f': {said}' if said else '.'}",
        f"Ask a Jira administrator to add the organization {name} to the customers of {project}, then retry.",
    )


def number(value: Any) -> str:
    """A numeric id as text; TroubleError when the site gave something else."""
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise TroubleError(TroubleFacts(Kind.UNREADABLE))
    return text
