"""Reading what a desk has after filing: each ticket with everything that a plan can set, and what else was made meanwhile."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final, TypeVar

from ptodesk_gui.desk.errors import Kind, TroubleError
from ptodesk_gui.desk.parts import fields_of, name_in, quoted
from ptodesk_gui.desk.reading import FIELDS, line, site_ticket
from ptodesk_gui.desk.session import MOST_PAGES, SiteAccess, objects, open_session
from ptodesk_gui.desk.site import SiteNames
from ptodesk_gui.sop.filed import FiledTicket, OnDesk
from ptodesk_gui.sop.tickets import SiteTicket

T = TypeVar("T")

TRIES: Final = 12  # a desk that is slow and lossy on purpose is asked again; what is read changes nothing
WAIT: Final = 0.3  # seconds between two tries, where the site names no other time
LONGEST_WAIT: Final = 3.0
_PAGE: Final = 100
_DEEPEST: Final = 40  # levels of a document that are read


class FiledReader:
    """Reads tickets of one site. Every method may raise TroubleError or CannotDoError once it has been patient."""

    def __init__(self, access: SiteAccess, *, pause: Callable[[float], None] = time.sleep) -> None:
        self._session = open_session(access)
        self._names = SiteNames(self._session, None)
        self._pause = pause

    def close(self) -> None:
        """Let go of the connections."""
        self._session.close()

    def read(self, project: str, keys: Mapping[str, str], since: float) -> OnDesk:
        """The tickets of these keys by role, and the tickets of the project that were made since then and have no role.

        ``since`` is in seconds since the epoch. A key that the site does not have is left out.
        """
        tickets = {role: found for role, key in keys.items() if (found := self._ticket(key)) is not None}
        moment = datetime.fromtimestamp(since, UTC)
        known = {found.ticket.key for found in tickets.values()}
        others = tuple(t for t in self._made_since(project, moment) if t.key not in known)
        return OnDesk(moment, tickets, others)

    def _ticket(self, key: str) -> FiledTicket | None:
        """One ticket (getIssue, all fields; getComments)."""
        fields = self._patiently(self._names.fields)
        try:
            issue = self._patiently(lambda: self._session.get(f"/rest/api/3/issue/{key}", {"fields": "*all"}))
        except TroubleError as error:
            if error.facts.kind is Kind.STATUS and error.facts.status == 404:
                return None
            raise
        ticket = site_ticket(issue, fields)
        if ticket is None:
            return None
        found = fields_of(issue)
        comments = found.get("comment")
        bodies = comments.get("comments") if isinstance(comments, dict) else None
        return FiledTicket(
            ticket=ticket,
            assignee=line(name_in(found, "assignee", "displayName")),
            resolution=line(name_in(found, "resolution", "name")),
            choices=tuple(_choices(found)),
            mentions=tuple(
                m for body in (bodies or ()) if isinstance(body, dict) for m in _mentions(body.get("body"), 0)
            ),
        )

    def _made_since(self, project: str, since: datetime) -> Iterator[SiteTicket]:
        """The account's own tickets since then, as far as the search shows them."""
        fields = self._patiently(self._names.fields)
        body: dict[str, Any] = {
            "jql": f"project = {quoted(project)} AND creator = currentUser() AND created >= -1d ORDER BY created DESC",
            "fields": [*FIELDS, fields.request_type, fields.organizations],
            "maxResults": _PAGE,
        }
        for _ in range(MOST_PAGES):
            page = self._patiently(partial(self._session.ask, "/rest/api/3/search/jql", body))
            for issue in objects(page, "issues"):
                ticket = site_ticket(issue, fields)
                if ticket is None or ticket.created is None or ticket.created < since:
                    return
                yield replace(ticket, comments=())
            token = page.get("nextPageToken")
            if not isinstance(token, str) or not token or page.get("isLast") is True:
                return
            body = {**body, "nextPageToken": token}

    def _patiently(self, ask: Callable[[], T]) -> T:
        """The answer, asked for again while the site stumbles."""
        for left in range(TRIES, 0, -1):
            try:
                return ask()
            except TroubleError as error:
                if left == 1 or not _may_pass(error):
                    raise
                self._pause(min(max(error.facts.after or WAIT, WAIT), LONGEST_WAIT))
        raise AssertionError("unreachable")


def _may_pass(error: TroubleError) -> bool:
    status = error.facts.status or 0
    return error.facts.kind is not Kind.STATUS or status in (408, 429) or status >= 500


def _choices(fields: Mapping[str, Any]) -> Iterator[str]:
    """The values of select fields: those of the closing screen have no name that is the same on every site."""
    for name, value in fields.items():
        if name.startswith("customfield_") and (chosen := name_in(value, "value")):
            yield line(chosen)


def _mentions(node: Any, depth: int) -> Iterator[str]:
    if not isinstance(node, dict) or depth > _DEEPEST:
        return
    if node.get("type") == "mention" and (words := name_in(node, "attrs", "text")):
        yield line(words)
    content = node.get("content")
    for child in content if isinstance(content, list) else ():
        yield from _mentions(child, depth + 1)
