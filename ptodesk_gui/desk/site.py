"""What a site calls things: fields, projects, request types, link types, accounts and organizations.

Numbers differ from site to site, so everything is found by its schema, phrase or name (FACTS: Links, Customers). Asked
once, kept in memory and in one file per site; customers are never in that file.
"""

import contextlib
import itertools
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from ptodesk_gui.desk.asking import Questions, UnknownNameError, same
from ptodesk_gui.desk.errors import TroubleError
from ptodesk_gui.desk.session import Session
from ptodesk_gui.desk.site_cache import Fields, LinkType, Names, Project, RequestType, read_names, write_names
from ptodesk_gui.desk.together import together

Learn = Callable[[Names], Names]


class SiteNames:
    """The names of one site. For use from several threads; every look-up may raise TroubleError or UnknownNameError."""

    def __init__(self, session: Session, file: Path | None) -> None:
        self._ask = Questions(session)
        self._site_url = session.site_url
        self._file = file
        self._lock = threading.Lock()
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

    def companies(self) -> tuple[str, ...]:
        """The organizations among the customers of the projects, as far as they are known: nobody is asked."""
        return tuple(sorted({name for project in self._names.projects.values() for name in project.organizations}))

    # -- look-ups

    def fields(self) -> Fields:
        """The ids of the request type and the organizations field."""

        def ask() -> Learn:
            found = self._ask.fields()
            return lambda names: names.with_fields(found)

        return cast(Fields, self._known("fields", lambda names: names.fields is not None, ask).fields)

    def project(self, key: str) -> Project:
        """The service project with its request types and organizations."""

        def ask() -> Learn:
            found = self._ask.project(key)
            return lambda names: names.with_project(key, found)

        return self._known(("project", key), lambda names: key in names.projects, ask).projects[key]

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
        """The link type that reads so, and whether it is its outward phrase."""
        known = self._links()
        for outward in (True, False):
            for found in known:
                if same(found.outward if outward else found.inward, phrase):
                    return found, outward
        raise UnknownNameError(
            f"The site has no link that reads “{phrase}”.",
            "Ask a Jira administrator to add such a link type, or correct the phrase in the playbook, then retry.",
        )

    def account(self, project: str, name: str) -> str | None:
        """The account id of the one person of that display name; None when there is none or more than one."""

        def ask() -> Learn:
            found = self._ask.account(project, name)
            return lambda names: names.with_account(name, found)

        try:
            with contextlib.suppress(UnknownNameError):
                return self._known(("account", name), lambda names: name in names.accounts, ask).accounts[name]
        except TroubleError as error:
            if error.facts.status not in (400, 403, 404):  # those mean: not for your account to know
                raise
        return None

    def organization(self, project: str, name: str) -> int:
        """The number of the organization, which is created and added to the project's customers if need be (T4)."""
        found = _named(self.project(project).organizations, name)
        if found is not None:
            return found
        with self._turn(("organization", name)):
            desk = self.project(project)
            found = _named(desk.organizations, name)
            if found is None:
                number = found = self._ask.add_organization(project, desk.desk_id, name)
                self._keep(
                    ("organization", name), self.now(), lambda names: names.with_organization(project, name, number)
                )
            return found

    def load(self, project: str, accounts: tuple[str, ...] = ()) -> None:
        """Look up side by side what most steps need."""
        together(
            lambda: self.fields() and None,
            lambda: self.project(project) and None,
            lambda: self._links() and None,
            *(lambda name=name: self.account(project, name) and None for name in accounts),
        )

    def _links(self) -> tuple[LinkType, ...]:
        def ask() -> Learn:
            found = self._ask.link_types()
            return lambda names: names.with_link_types(found)

        return self._known("links", lambda names: bool(names.link_types), ask).link_types

    # -- keeping

    def _known(self, part: object, known: Callable[[Names], bool], ask: Callable[[], Learn]) -> Names:
        """The names, this part among them; threads that want the same part share one question."""
        names = self._names
        if known(names):
            return names
        with self._turn(part):
            names = self._names
            if known(names):
                return names
            tick = self.now()
            return self._keep(part, tick, ask())

    def _keep(self, part: object, tick: int, learn: Learn) -> Names:
        with self._lock:
            names = self._names = learn(self._names)
            self._learned[part] = tick
            if self._file is not None:
                write_names(self._file, self._site_url, names)
            return names

    def _turn(self, part: object) -> threading.Lock:
        with self._lock:
            return self._turns.setdefault(part, threading.Lock())


def _named(organizations: Any, name: str) -> int | None:
    exact: int | None = organizations.get(name)
    return exact if exact is not None else next((n for known, n in organizations.items() if same(known, name)), None)
