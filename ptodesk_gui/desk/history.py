"""Looking up tickets that are there already: the open ones of a homeowner (T9), one by its key, those that wait.

Only reads. Every answer is bounded, and what a site may do is an answer too: ``Refused`` with its cure, or ``Later``.
Names and addresses get into a search as quoted words, never as its language.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

from ptodesk_gui.desk.desk import Later, Refused, Unclear
from ptodesk_gui.desk.errors import CannotDoError, Kind, TroubleError, TroubleFacts, outcome
from ptodesk_gui.desk.needs import SiteNeeds
from ptodesk_gui.desk.parts import name_in, quoted
from ptodesk_gui.desk.reading import FIELDS, comments_of, has_more_comments, site_ticket
from ptodesk_gui.desk.session import Session, objects
from ptodesk_gui.desk.site import SiteNames
from ptodesk_gui.desk.site_cache import Fields
from ptodesk_gui.desk.together import Memo, together
from ptodesk_gui.sop.case import Address
from ptodesk_gui.sop.likeness import street_of, words_of
from ptodesk_gui.sop.tickets import SiteTicket
from ptodesk_gui.sop.typed import ticket_host, ticket_key

T = TypeVar("T")

PAGE: Final = 50
MOST_PAGES: Final = 4  # of one search
MOST_LINKED: Final = 50  # tickets that are read only because one that was found is linked to them
MOST_COMPLETED: Final = 8  # tickets whose comments are read to their end
MOST_CUSTOMERS: Final = 5  # accounts that one email address may have
_COMMENT_PAGE: Final = 100
_LONGEST_TERM: Final = 200
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_NOT_WORDS: Final = re.compile(r"[^\w\s@.+&'’-]")


@dataclass(frozen=True, slots=True)
class Tickets:
    """What a search found, in the site's order. ``complete`` False: there was more than is read, or a part could not be asked."""

    tickets: tuple[SiteTicket, ...] = ()
    complete: bool = True


class TicketReader:
    """Reads tickets of a site. For use from several threads; nothing is kept but accounts, in memory.

    Every method answers; none raises for what a network or site may do.
    """

    def __init__(self, session: Session, names: SiteNames, needs: SiteNeeds) -> None:
        self._session = session
        self._names = names
        self._needs = needs
        self._accounts: Memo[str, tuple[str, ...]] = Memo()

    def find_open(self, email: str = "", name: str = "", address: Address | None = None) -> Tickets | Refused | Later:
        """The open tickets of the playbook's project that may be this homeowner's, and the open ones linked to them (T9).

        Nothing known finds nothing. New tickets show only after a while (FACTS: Search). Deciding whose they are is the
        procedure's (``sop/history.py``).
        """
        return self._answer(partial(self._find_open, email.strip(), name, address or Address()))

    def companies(self) -> tuple[str, ...]:
        """The organizations of the site, as far as they were looked up before: the site is not asked."""
        return self._names.companies()

    def read_ticket(self, text: str) -> SiteTicket | Refused | Later:
        """The ticket of a key, or of the pasted address of its page, by the key that it has now (getIssue)."""
        return self._answer(partial(self._read_ticket, text))

    def waiting_list(self, jql: str, most: int = PAGE) -> Tickets | Refused | Later:
        """The tickets that the playbook's search finds, in its order, at most so many."""
        return self._answer(lambda: self._search(jql, most))

    # -- the open tickets of a homeowner

    def _find_open(self, email: str, name: str, address: Address) -> Tickets:
        accounts, sure = self._reporters(email)
        jql = open_tickets_jql(self._needs.project, accounts, email, name, address)
        if not jql:
            return Tickets()
        found = self._search(jql, PAGE * MOST_PAGES)
        linked, all_linked = self._linked(found.tickets)
        return Tickets((*found.tickets, *linked), found.complete and sure and all_linked)

    def _reporters(self, email: str) -> tuple[tuple[str, ...], bool]:
        """The accounts of the email address, and whether the site could be asked for them."""
        if not _EMAIL.fullmatch(email):
            return (), True
        try:
            found = self._accounts.get(email.casefold(), lambda: self._ask_accounts(email))
            if not found:  # filing a ticket makes the customer: the next look must see it
                self._accounts.forget(email.casefold())
            return found, True
        except TroubleError as error:
            if error.facts.kind is Kind.STATUS and error.facts.status in (400, 403, 404):
                return (), True  # not for this account to know: the texts are searched all the same
            if error.facts.kind is Kind.STATUS and error.facts.status == 401:
                raise
            return (), False

    def _ask_accounts(self, email: str) -> tuple[str, ...]:
        desk = self._names.project(self._needs.project).desk_id
        path = f"/rest/servicedeskapi/servicedesk/{desk}/customer"
        found = self._session.get(path, {"query": email, "limit": PAGE}, experimental=True)
        same = (
            c for c in objects(found, "values") if name_in(c, "emailAddress").strip().casefold() == email.casefold()
        )
        return tuple(sorted({name_in(customer, "accountId") for customer in same} - {""}))[:MOST_CUSTOMERS]

    def _linked(self, tickets: Sequence[SiteTicket]) -> tuple[tuple[SiteTicket, ...], bool]:
        """The open tickets that those found are linked to: the installer's tickets, above all (I1). Best effort."""
        known = {ticket.key for ticket in tickets}
        keys = dict.fromkeys(link.key for ticket in tickets for link in ticket.links if not link.closed)
        wanted = [key for key in keys if key not in known][:MOST_LINKED]
        if not wanted:
            return (), True
        try:
            found = self._search(f"key in ({', '.join(map(quoted, wanted))}) AND statusCategory != Done", MOST_LINKED)
        except TroubleError:
            return (), False
        return found.tickets, found.complete

    # -- one ticket

    def _read_ticket(self, text: str) -> SiteTicket:
        key, word = ticket_key(text)
        if not key:
            raise CannotDoError(word.text if word is not None else "No ticket is named.", "Type the key of the ticket.")
        host = ticket_host(text)
        if host and host != urlsplit(self._session.site_url).netloc.lower():
            raise CannotDoError(
                f"The address is of another site ({host[:60]}), so {key} may be another ticket.",
                "Paste the address of the ticket on your own site, or type its key.",
            )
        fields = self._names.fields()
        params = {"fields": ",".join((*FIELDS, fields.request_type, fields.organizations)), "properties": "*all"}
        try:
            issue = self._session.get(f"/rest/api/3/issue/{key}", params)
        except TroubleError as error:
            if error.facts.kind is Kind.STATUS and error.facts.status == 404:
                raise CannotDoError(
                    f"Jira does not have {key}, or does not show it to your account.",
                    "Check the key, or open the ticket in the browser to see whether you may.",
                ) from error
            raise
        ticket = site_ticket(issue, fields, key)
        if ticket is None:
            raise TroubleError(TroubleFacts(Kind.UNREADABLE))
        return self._with_all_comments(ticket) if has_more_comments(issue) else ticket

    # -- searching

    def _search(self, jql: str, most: int) -> Tickets:
        """The tickets that a query finds, page after page, at most so many (searchAndReconsileIssuesUsingJqlPost)."""
        fields = self._names.fields()
        asked = [*FIELDS, fields.request_type, fields.organizations]
        body: dict[str, Any] = {"jql": jql, "fields": asked, "maxResults": min(most, PAGE)}
        found: list[tuple[SiteTicket, bool]] = []
        more = True
        for _ in range(MOST_PAGES):
            page = self._session.ask("/rest/api/3/search/jql", body)
            found += _tickets(objects(page, "issues"), fields)
            token = page.get("nextPageToken")
            more = isinstance(token, str) and bool(token) and page.get("isLast") is not True
            if not more or len(found) >= most:
                break
            body = {**body, "nextPageToken": token}
        return Tickets(self._completed(found[:most]), not more and len(found) <= most)

    def _completed(self, found: Sequence[tuple[SiteTicket, bool]]) -> tuple[SiteTicket, ...]:
        """The tickets, the first few of those with more comments than came with them read to their end."""
        wanting = [i for i, (_, cut) in enumerate(found) if cut][:MOST_COMPLETED]
        tickets = [ticket for ticket, _ in found]
        whole = together(*(partial(self._with_all_comments, tickets[i]) for i in wanting))
        for i, ticket in zip(wanting, whole, strict=True):
            tickets[i] = ticket
        return tuple(tickets)

    def _with_all_comments(self, ticket: SiteTicket) -> SiteTicket:
        """The ticket with its first and its latest comments (getComments); as it came where the site will not say."""
        path = f"/rest/api/3/issue/{ticket.key}/comment"
        try:
            latest = self._session.get(path, {"maxResults": _COMMENT_PAGE, "orderBy": "-created"})
            oldest = self._session.get(path, {"maxResults": _COMMENT_PAGE, "orderBy": "created"})
        except TroubleError:
            return ticket
        pages = [comment for page in (oldest, latest) for comment in objects(page, "comments")]
        both = {str(comment.get("id")): comment for comment in pages}
        return replace(ticket, comments=tuple(comments_of({"comments": list(both.values())})))

    @staticmethod
    def _answer(act: Callable[[], T]) -> T | Refused | Later:
        """What the act says, or what its trouble means; a read that got lost is tried again."""
        try:
            return act()
        except TroubleError as error:
            found = outcome(error.facts)
            return Later(found.reason, found.after) if isinstance(found, Unclear) else found
        except CannotDoError as error:
            return error.refused


def _tickets(issues: Iterable[dict[str, Any]], fields: Fields) -> list[tuple[SiteTicket, bool]]:
    """The tickets, and whether each has more comments than came with it."""
    read = ((site_ticket(issue, fields), has_more_comments(issue)) for issue in issues)
    return [(ticket, cut) for ticket, cut in read if ticket is not None]


# --- the words of a search --------------------------------------------------------------------------------------------


def open_tickets_jql(project: str, accounts: Sequence[str], email: str, name: str, address: Address) -> str:
    """The search for the open tickets of a project that may be somebody's; empty when nothing is known of them.

    Wider than what is meant: words in a row, the last name in titles. What fits is decided on the tickets themselves.
    """
    reporters = [f"reporter in ({', '.join(map(quoted, accounts))})"] if accounts else []
    clauses = [*reporters, *_text_clauses(email, name, address)]
    if not clauses:
        return ""
    return f"project = {quoted(project)} AND statusCategory != Done AND ({' OR '.join(clauses)}) ORDER BY created DESC"


def _text_clauses(email: str, name: str, address: Address) -> list[str]:
    """What the texts of a ticket are searched for: the whole email, the name, the house number with the street's name."""
    words, street = name.split(), street_of(address.street)
    clauses = [_has("text", email) if _EMAIL.fullmatch(email) else ""]
    if len(words) > 1:
        clauses += [_has("text", name), _has("summary", words[-1])]
    longest = max(street.name, key=len, default="")
    if street.number and len(longest) > 1:
        number, named = _has("text", street.number), _has("text", _as_typed(longest, address.street))
        clauses.append(f"({number} AND {named})")
    return list(dict.fromkeys(filter(None, clauses)))


def _as_typed(word: str, line: str) -> str:
    """The word of the line as it is typed there: the site compares accents, too."""
    return next((typed for typed in line.split() if word in words_of(typed)), word)


def _has(field: str, words: str) -> str:
    """``field ~ "\\"these words in a row\\""``, with nothing in it but words; empty when there is none."""
    plain = " ".join(_NOT_WORDS.sub(" ", words[:_LONGEST_TERM]).split())
    return f"{field} ~ {quoted(chr(34) + plain + chr(34))}" if any(map(str.isalnum, plain)) else ""
