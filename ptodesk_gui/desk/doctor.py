"""The desk's health, one line each, with the cure. A line that fails does not keep the others from being looked at."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ptodesk_gui.desk.closing import Closer, transition_body
from ptodesk_gui.desk.desk import Later, Refused, Unclear
from ptodesk_gui.desk.errors import CannotDoError, Kind, TroubleError, TroubleFacts, outcome
from ptodesk_gui.desk.needs import SiteNeeds
from ptodesk_gui.desk.parts import name_in, quoted
from ptodesk_gui.desk.session import Session, objects
from ptodesk_gui.desk.site import SiteNames
from ptodesk_gui.desk.together import together
from ptodesk_gui.sop.steps import CloseTicket, Ticket

PERMISSIONS: Final[Mapping[str, str]] = {
    "BROWSE_PROJECTS": "see tickets",
    "CREATE_ISSUES": "create tickets",
    "EDIT_ISSUES": "edit tickets",
    "ADD_COMMENTS": "comment",
    "LINK_ISSUES": "link tickets",
    "TRANSITION_ISSUES": "close tickets",
    "ASSIGN_ISSUES": "assign tickets",
    "MODIFY_REPORTER": "set the reporter",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor. ``cure`` is empty when all is well."""

    name: str
    ok: bool
    words: str
    cure: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """Who is signed in. ``email`` is empty where the site hides it."""

    account_id: str
    name: str
    email: str = ""


class _InOrder:
    """Tells lines in their order while they are found out in any."""

    def __init__(self, told: Callable[[Finding], object] | None) -> None:
        self._told = told
        self._lock = threading.Lock()
        self._waiting: dict[int, Finding] = {}
        self._next = 0

    def put(self, at: int, finding: Finding) -> Finding:
        """The line of this place; gives it back."""
        with self._lock:
            self._waiting[at] = finding
            while self._next in self._waiting:
                known = self._waiting.pop(self._next)
                self._next += 1
                if self._told is not None:
                    self._told(known)
        return finding


class Doctor:
    """Examines one site for what the procedure needs of it. Never writes, never raises for what a site does."""

    def __init__(self, session: Session, names: SiteNames, closer: Closer, needs: SiteNeeds) -> None:
        self._session = session
        self._names = names
        self._closer = closer
        self._needs = needs

    def examine(self, told: Callable[[Finding], object] | None = None) -> tuple[Finding, ...]:
        """All lines, in the order in which to mend them. Names are looked up anew.

        ``told`` gets each line as soon as it and those before it are known, on whichever thread found that out.
        """
        self._names.forget()
        needs = self._needs
        checks: list[tuple[str, Callable[[], str]]] = [
            ("Site", self._site),
            ("Sign-in", lambda: f"Signed in as {self.account().name}."),
            ("Project", lambda: f"{needs.project} is number {self._names.project(needs.project).id}."),
            ("Service desk", lambda: f"{needs.project} is service desk {self._names.project(needs.project).desk_id}."),
            ("Request type", self._request_type),
            ("Fields", self._fields),
            ("Links", self._links),
            ("Closing screen", self._closing),
            ("Permissions", self._permissions),
            ("Accounts", self._people),
        ]
        in_order = _InOrder(told)
        return tuple(
            together(*((lambda at=at, check=check: in_order.put(at, _line(*check))) for at, check in enumerate(checks)))
        )

    def account(self) -> Account:
        """The account that is signed in (getCurrentUser). Raises TroubleError."""
        me = self._session.get("/rest/api/3/myself")
        account_id = name_in(me, "accountId")
        if not account_id:
            raise TroubleError(TroubleFacts(Kind.UNREADABLE))
        return Account(account_id, name_in(me, "displayName") or account_id, name_in(me, "emailAddress"))

    def _site(self) -> str:
        """The site answers like Jira, signed in or not (getServerInfo)."""
        try:
            title = name_in(self._session.get("/rest/api/3/serverInfo"), "serverTitle")
        except TroubleError as error:
            if error.facts.status != 401:
                raise
            title = ""
        return f"{self._session.site_url} answers{f' ({title})' if title else ''}."

    def _request_type(self) -> str:
        found = self._names.request_type(self._needs.project, self._needs.request_type)
        return f"{found.name} is number {found.id}."

    def _fields(self) -> str:
        fields = self._names.fields()
        return f"Request type is {fields.request_type}, organizations is {fields.organizations}."

    def _links(self) -> str:
        for phrase in self._needs.links:
            self._names.link_type(phrase)
        return f"{_listed(self._needs.links)} can be set."

    def _closing(self) -> str:
        """Whether an open ticket could be closed as the playbook says (getTransitions)."""
        body = {
            "jql": f"project = {quoted(self._needs.project)} AND statusCategory != Done ORDER BY created DESC",
            "fields": ["status"],
            "maxResults": 1,
        }
        issues = objects(self._session.ask("/rest/api/3/search/jql", body), "issues")
        key = name_in(issues[0], "key") if issues else ""
        if not key:
            return "There is no open ticket to look at; not checked."
        transitions = self._closer.transitions(key)
        for closing in self._needs.closings:
            step = CloseTicket(
                id="doctor",
                rules=("T11",),
                ticket=Ticket.SOURCE,
                transition=closing.transition,
                resolution=closing.resolution,
                category=closing.category,
            )
            transition_body(step, transitions)
        return f"{_listed(tuple(f'{c.transition} → {c.resolution} → {c.category}' for c in self._needs.closings))} is offered."

    def _permissions(self) -> str:
        """Whether the account may do what the procedure does (getMyPermissions)."""
        params: dict[str, str | int] = {"projectKey": self._needs.project, "permissions": ",".join(PERMISSIONS)}
        answer = self._session.get("/rest/api/3/mypermissions", params)
        granted: Any = answer.get("permissions") if isinstance(answer, dict) else None
        if not isinstance(granted, dict):
            raise TroubleError(TroubleFacts(Kind.UNREADABLE))
        lacking = [
            words
            for key, words in PERMISSIONS.items()
            if not (isinstance(granted.get(key), dict) and granted[key].get("havePermission") is True)
        ]
        if lacking:
            raise CannotDoError(
                f"Your account may not {_listed(tuple(lacking), 'or')} in {self._needs.project}.",
                "Ask a Jira administrator for these permissions.",
            )
        return f"Your account may do everything that is needed in {self._needs.project}."

    def _people(self) -> str:
        for name in self._needs.people:
            if self._names.account(self._needs.project, name) is None:
                raise CannotDoError(
                    f"There is no single person called {name} who can be assigned tickets in {self._needs.project}.",
                    "Correct the name in the playbook, or ask a Jira administrator to give the account access.",
                )
        return f"{_listed(self._needs.people)} can be assigned."


def _listed(words: tuple[str, ...], last: str = "and") -> str:
    if not words:
        return "Nothing"
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def _line(name: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(name, ok=True, words=check())
    except CannotDoError as error:
        return Finding(name, ok=False, words=error.refused.reason, cure=error.refused.cure)
    except TroubleError as error:
        match outcome(error.facts):
            case Refused(reason=reason, cure=cure):
                return Finding(name, ok=False, words=reason, cure=cure)
            case Later(reason=reason) | Unclear(reason=reason):
                return Finding(
                    name, ok=False, words=reason, cure="Check the network and the site's address, then try again."
                )
