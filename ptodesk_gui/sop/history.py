"""History first (T9): which open tickets may be this homeowner's, how sure that is, and why, in words.

A match is exact only where the whole email, or name and address, are the same (N2, N3). Everything less is offered as
doubtful with its reason. Nothing is chosen here: ``choose`` and ``unchoose`` are what the agent's decision does.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from ptodesk_gui.sop.case import Address, Case
from ptodesk_gui.sop.entry import Entry, Field
from ptodesk_gui.sop.facts import address_line
from ptodesk_gui.sop.history_words import age_in_words, history_view
from ptodesk_gui.sop.likeness import Likeness, compare_addresses, compare_names, email_key, name_key, street_of
from ptodesk_gui.sop.names import place_key
from ptodesk_gui.sop.open_tickets import open_ticket
from ptodesk_gui.sop.playbook import Playbook
from ptodesk_gui.sop.tickets import History, Match, OpenTicket, Role, SiteTicket

__all__ = [
    "SearchTerms",
    "age_in_words",
    "choose",
    "history_view",
    "match",
    "named",
    "open_ticket",
    "search_terms",
    "unchoose",
]

_EXACT: Final = 1  # ranks of likeness up to this one are no doubt


@dataclass(frozen=True, slots=True)
class SearchTerms:
    """What the open tickets of a homeowner can be looked up by. The same terms find the same tickets."""

    email: str = ""
    name: str = ""
    address: Address = field(default_factory=Address)


def search_terms(case: Case) -> SearchTerms | None:
    """What is known by now to look up; None while that is too little to tell one homeowner from another."""
    homeowner, address = case.homeowner, case.address
    street = street_of(address.street)
    terms = SearchTerms(
        email=email_key(homeowner.email),
        name=name_key(homeowner.name) if homeowner.first_name and homeowner.last_name else "",
        address=address if street.number and street.name else Address(),
    )
    return None if terms == SearchTerms() else terms


# --- matching ---------------------------------------------------------------------------------------------------------


def match(case: Case, tickets: Iterable[OpenTicket], playbook: Playbook, *, complete: bool = True) -> History:
    """The tickets that may be this homeowner's, the surest first, the original (the oldest) first among equals.

    The ticket that the case came with is left out. ``complete`` False: the site had more than were read.
    """
    own = "" if case.source_ticket is None else case.source_ticket.key
    known = {ticket.key: ticket for ticket in tickets if ticket.key != own}
    pairs = _pairs(known, playbook)
    found = []
    for ticket in known.values():
        judged = _judged(case, ticket)
        if judged is None:
            continue
        rank, reason = judged
        installer = pairs.get(ticket.key, "")
        match_ = Match(ticket, rank <= _EXACT, reason, known.get(installer), installer)
        found.append(((rank, ticket.role is not Role.HOMEOWNER, *_age_key(ticket)), match_))
    paired = {match_.installer_key for _, match_ in found if match_.ticket.role is Role.HOMEOWNER}
    found.sort(key=lambda one: one[0])
    return History(tuple(match_ for _, match_ in found if match_.ticket.key not in paired), complete)


def named(ticket: SiteTicket, playbook: Playbook) -> Match:
    """The ticket that an agent named by its key, with its installer ticket. One of another kind is taken for the homeowner's."""
    read = open_ticket(ticket, playbook)
    if read.role is Role.OTHER:
        read = replace(read, role=Role.HOMEOWNER)
    return Match(
        read, exact=False, reason="You named it.", installer_key=_pairs({read.key: read}, playbook).get(read.key, "")
    )


def _judged(case: Case, ticket: OpenTicket) -> tuple[int, str] | None:
    """How sure it is that the ticket is this homeowner's (0 is surest), and why; None where nothing says so."""
    name, theirs = case.homeowner.name, ticket.name
    names = compare_names(name, theirs)
    places = compare_addresses(case.address, ticket.address)
    named = f"the ticket names {theirs}" if theirs else "the ticket names nobody"
    email = email_key(case.homeowner.email)
    if email and email in {email_key(each) for each in ticket.emails}:
        return 0, f"Same email{'' if names in (Likeness.SAME, Likeness.UNKNOWN) else f'; {named}'}."
    same_name, lives = names is Likeness.SAME, address_line(ticket.address)
    if same_name and places is Likeness.SAME:
        return 1, "Same name and address."
    if places is Likeness.SAME:
        return 2, f"Same address; {named}."
    if same_name and places >= Likeness.NEAR:
        return 3, f"Same name; the address there is {lives}."
    if same_name and places is Likeness.UNKNOWN:
        missing = "no address in the ticket" if not ticket.address.street else "the caller's address is not known yet"
        return 4, f"Same name; {missing}."
    if places is Likeness.CLOSE:
        return 5, f"Same street and number ({lives}); {named}."
    if names is Likeness.NEAR and places is Likeness.NEAR:
        return 6, f"Same street ({lives}) and a similar name: {theirs}."
    if same_name:
        return 7, f"Same name, another address: {lives}."
    if names is Likeness.NEAR and places is Likeness.UNKNOWN:
        return 8, f"Similar name: {theirs}."
    return None


def _pairs(known: Mapping[str, OpenTicket], playbook: Playbook) -> dict[str, str]:
    """For a homeowner ticket, the key of its open installer ticket: what it is caused by, the oldest of several (I1)."""
    phrase = place_key(playbook.links.is_caused_by)
    causes: dict[str, set[str]] = {}
    for ticket in known.values():
        for link in ticket.links:
            if place_key(link.phrase) == phrase and not link.closed:
                causes.setdefault(ticket.key, set()).add(link.key)
            elif place_key(link.back) == phrase and not link.closed:
                causes.setdefault(link.key, set()).add(ticket.key)
    return {key: min(found, key=lambda k: _age_key(known.get(k), k)) for key, found in causes.items()}


def _age_key(ticket: OpenTicket | None, key: str = "") -> tuple[float, str, int]:
    """Sorts the oldest first; what has no date last, by its key."""
    project, _, number = (ticket.key if ticket is not None else key).rpartition("-")
    created = ticket.created if ticket is not None else None
    at = float("inf") if created is None else created.timestamp()
    return at, project, int(number) if number.isdecimal() else 0


# --- the agent's decision ---------------------------------------------------------------------------------------------


def choose(entry: Entry, chosen: Match) -> Entry:
    """The call as one about that ticket (O1-O7, I8). Nothing that was typed is lost."""
    ticket = chosen.ticket
    if ticket.role is Role.INSTALLER:
        return entry.with_value(Field.OPEN_INSTALLER, ticket.key)
    if ticket.role is Role.OTHER:
        return entry
    entry = entry.with_value(Field.OPEN_HOMEOWNER, ticket.key)
    return entry.with_value(Field.OPEN_INSTALLER, chosen.installer_key) if chosen.installer_key else entry


def unchoose(entry: Entry, chosen: Match) -> Entry:
    """The call as it was before that ticket was chosen; a key that the agent typed instead stays."""
    keys = {chosen.ticket.key, chosen.installer_key} - {""}
    for which in (Field.OPEN_HOMEOWNER, Field.OPEN_INSTALLER):
        if entry.text(which) in keys:
            entry = entry.with_value(which, "")
    return entry
