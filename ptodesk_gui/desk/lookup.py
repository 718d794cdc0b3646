"""Finding out whether an earlier attempt at a step arrived, without changing anything (FACTS: Search, Writing without doubles).

A ticket is found by the step's key in its entity property. Search shows a new ticket only after a while, and a request
whose answer got lost may still be at work; so "not there" is believed only some time after the last attempt, and of a ticket
only when reading by key says so too: nobody knows how long the search may lag.
"""

import math
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, Final

from ptodesk_gui.desk import adf
from ptodesk_gui.desk.by_key import tickets_by_key
from ptodesk_gui.desk.closing import STATUS_FIELDS, closed_already
from ptodesk_gui.desk.comments import newest_first, step_keys
from ptodesk_gui.desk.customers import Customers, add_to_customers
from ptodesk_gui.desk.desk import Done, NotArrived, Refused, Target, Unclear
from ptodesk_gui.desk.errors import Kind, TroubleError, TroubleFacts
from ptodesk_gui.desk.parts import STEP_PROPERTY, account_in, fields_of, key_in, key_of, name_in, quoted
from ptodesk_gui.desk.session import MOST_PAGES, Session, objects
from ptodesk_gui.desk.site import SiteNames
from ptodesk_gui.desk.writing import NOT_NOTED, left_of_comment
from ptodesk_gui.sop.steps import CloseTicket, CreateTicket, InternalComment, LinkTickets, PublicReply

SETTLE_AFTER: Final = 60.0  # seconds
_DAY: Final = 86400.0
_LONGEST: Final = 366  # days that a search looks back at most
_NOT_YET: Final = "Jira does not show it yet; it is looked for again."
_NO_PROOF: Final = "The site does not let it be found out whether the ticket is there; it is looked for again."
_PAGE: Final = 100
_FIELDS: Final = ("reporter", "creator", "assignee")

Found = Done | NotArrived | Unclear


class Lookup:
    """Looks for what a step may have left behind. Never writes. May raise TroubleError or CannotDoError."""

    def __init__(
        self,
        session: Session,
        names: SiteNames,
        customers: Customers,
        settle_after: float = SETTLE_AFTER,
        now: Callable[[], float] = time.time,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._session = session
        self._names = names
        self._customers = customers
        self._settle_after = settle_after
        self._now = now
        self._clock = clock
        self._lock = threading.Lock()
        self._tried: dict[str, float] = {}  # step key -> when this run last tried it
        self._looking: dict[str, float] = {}  # step key -> when this run first looked for it

    def tried(self, step_key: str) -> None:
        """Note that the step was being tried until right now."""
        with self._lock:
            self._tried[step_key] = self._clock()

    def settled(self, step_key: str) -> None:
        """The step needs no look-up any more."""
        with self._lock:
            self._tried.pop(step_key, None)
            self._looking.pop(step_key, None)

    # -- one per kind of step

    def create(self, step: CreateTicket, target: Target) -> Found:
        """The ticket whose entity property holds the step's key (searchAndReconsileIssuesUsingJqlPost, bulkFetchIssues)."""
        if_absent = self._if_absent(target)  # decided before looking: what arrives while looking is not missed
        for issue in self._own_recent_tickets(step.project, target):
            if _step_key(issue.get("properties")) == target.step_key:
                return self._created(step, issue)
        return if_absent if isinstance(if_absent, Unclear) else self._read_by_key(step, target)

    def _read_by_key(self, step: CreateTicket, target: Target) -> Found:
        """The ticket although the search does not show it, or the proof that it is not there."""
        days = self._days_back(target)
        try:
            for issue in tickets_by_key(self._session, step.project, days, list(_FIELDS)):
                if _step_key(issue.get("properties")) == target.step_key:
                    return self._created(step, issue)
        except TroubleError as error:
            if error.facts.kind is Kind.UNREADABLE or error.facts.status in (400, 403, 404, 405, 410):
                return Unclear(_NO_PROOF)
            raise
        return NotArrived()

    def comment(self, step: InternalComment | PublicReply, target: Target) -> Found:
        """The comment whose property holds the step's key (getComments)."""
        if_absent = self._if_absent(target)
        key = key_of(step.ticket, step.key, target)
        for comments in newest_first(self._session, key):
            keys = step_keys(self._session, comments)
            if target.step_key in keys:
                found = comments[keys.index(target.step_key)]
                mentioned = adf.has_mention(found.get("body"))
                left = left_of_comment(step, key, mentioned=mentioned, public=found.get("jsdPublic"))
                return Done(key, " ".join(filter(None, (left, self._unfiled(key, target)))) or None)
        return if_absent

    def _unfiled(self, key: str, target: Target) -> str:
        """What is left to do of the plan's properties (getIssue): the attempt that wrote the comment may have had no leave to set them."""
        if not target.properties:
            return ""
        names = ",".join(target.properties)
        issue = self._session.get(f"/rest/api/3/issue/{key}", {"fields": "status", "properties": names})
        there = issue.get("properties") if isinstance(issue, dict) else None
        have = there if isinstance(there, dict) else {}
        noted = all(have.get(name) == value for name, value in target.properties.items())
        return "" if noted else NOT_NOTED.format(key=key)

    def link(self, step: LinkTickets, target: Target) -> Found:
        """The link as the first ticket's page shows it. A link that is not there may be asked for again at once."""
        from_key, to_key = key_of(step.from_, step.from_key, target), key_of(step.to, step.to_key, target)
        kind, outward = self._names.link_type(step.relation)
        issue = self._session.get(f"/rest/api/3/issue/{from_key}", {"fields": "issuelinks"})
        links = fields_of(issue).get("issuelinks")
        sides = (
            ("outwardIssue", "inwardIssue")
            if kind.inward == kind.outward
            else ("outwardIssue" if outward else "inwardIssue",)
        )
        for link in objects(links):
            if name_in(link, "type", "id") == kind.id and any(name_in(link, side, "key") == to_key for side in sides):
                return Done(from_key)
        return NotArrived()

    def close(self, step: CloseTicket, target: Target) -> Found:
        """The ticket's status and resolution."""
        if_absent = self._if_absent(target)
        key = key_of(step.ticket, step.key, target)
        closed = closed_already(self._session.get(f"/rest/api/3/issue/{key}", {"fields": STATUS_FIELDS}), step)
        return if_absent if closed is None else Done(key, closed or None)

    def moved(
        self, target: Target, found: Done | NotArrived | Refused | Unclear
    ) -> Done | NotArrived | Refused | Unclear:
        """What was found of a move; that it was never begun is believed only after a while."""
        return self._if_absent(target) if isinstance(found, NotArrived) else found

    # -- time

    def _if_absent(self, target: Target) -> NotArrived | Unclear:
        """What to say when nothing is found: certain only when the last attempt is long enough ago.

        An attempt of this run is timed by this run. One of an earlier run is timed by the workstation's clock, or by how
        long this run has been looking: a clock that was set back costs no more than that.
        """
        with self._lock:
            tried = self._tried.get(target.step_key)
            looking = self._clock() - self._looking.setdefault(target.step_key, self._clock())
        if tried is not None:
            waited = self._clock() - tried
        else:
            waited = max(looking, self._now() - max(target.first_attempt, target.last_attempt))
        if waited >= self._settle_after:
            return NotArrived()
        return Unclear(_NOT_YET, after=max(self._settle_after - waited, 1.0))

    def _days_back(self, target: Target) -> int:
        """How far to look back, with a day or two to spare for clocks that disagree."""
        first = target.first_attempt or target.last_attempt
        if not first:
            return _LONGEST
        return min(math.ceil(abs(self._now() - first) / _DAY) + 2, _LONGEST)

    # -- reading

    def _own_recent_tickets(self, project: str, target: Target) -> Iterator[dict[str, Any]]:
        body: dict[str, Any] = {
            "jql": f"project = {quoted(project)} AND creator = currentUser()"
            f" AND created >= -{self._days_back(target)}d ORDER BY created DESC",
            "fields": list(_FIELDS),
            "properties": [STEP_PROPERTY],
            "maxResults": _PAGE,
        }
        for _ in range(MOST_PAGES):
            page = self._session.ask("/rest/api/3/search/jql", body)
            yield from objects(page, "issues")
            token = page.get("nextPageToken")
            if not isinstance(token, str) or not token or page.get("isLast") is True:
                return
            body = {**body, "nextPageToken": token}
        raise TroubleError(TroubleFacts(Kind.UNREADABLE))  # a search without end proves nothing

    def _created(self, step: CreateTicket, issue: dict[str, Any]) -> Done:
        key, fields = key_in(issue), issue.get("fields")
        if not key:
            raise TroubleError(TroubleFacts(Kind.UNREADABLE))
        left = []
        reporter = account_in(fields, "reporter")
        missing = step.reporter is not None and (reporter is None or reporter == account_in(fields, "creator"))
        if missing:
            left.append(f"Set the reporter of {key} to {step.reporter}.")
        elif step.reporter is not None and reporter is not None:
            desk_id = self._names.project(step.project).desk_id
            if not self._customers.is_on_desk(desk_id, step.reporter, reporter):
                left.append(add_to_customers(step.project, step.reporter, key))
        if step.assignee is not None and account_in(fields, "assignee") is None:
            left.append(f"Assign {key} to {step.assignee}.")
        return Done(key, " ".join(left) or None, missing)


def _step_key(properties: Any) -> str:
    return name_in(properties, STEP_PROPERTY, "key")
