"""What an open ticket says about itself: what it is in the procedure, and whom it is for (H2, I2, T5, T7)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ptodesk_gui.sop.case import Address
from ptodesk_gui.sop.likeness import email_key
from ptodesk_gui.sop.names import place_key
from ptodesk_gui.sop.playbook import Playbook
from ptodesk_gui.sop.replies import Text
from ptodesk_gui.sop.ticket_text import Kind, Line, emails_in, first, read_lines, split_address, split_name
from ptodesk_gui.sop.tickets import Link, OpenTicket, Role, SiteTicket

_DASH: Final = "[-\u2010-\u2015\u2212]"


def open_ticket(ticket: SiteTicket, playbook: Playbook) -> OpenTicket:
    """The ticket, read: its role by title and links, its homeowner by the lines of T5 and T7, else by the title.

    What customers wrote in public comments is not taken for a fact; what agents wrote last holds.
    """
    titled = _titled(ticket.summary, playbook)
    role = _role(titled, ticket.links, playbook)
    internal = [comment.text for comment in reversed(ticket.comments) if not comment.public]
    lines = [line for text in (*internal, ticket.description) for line in read_lines(text)]
    named = first(lines, Kind.NAME)
    emails = [email for line in lines if line.kind in (Kind.NAME, Kind.EMAIL) for email in emails_in(line.value)]
    if role is not Role.INSTALLER and ticket.reporter_email:
        emails.append(ticket.reporter_email)
    return OpenTicket(
        key=ticket.key,
        summary=ticket.summary,
        status=ticket.status,
        created=ticket.created,
        project=ticket.project,
        role=role,
        organization=ticket.organizations[0] if ticket.organizations else "",
        reporter_email=ticket.reporter_email,
        last_public_comment=ticket.last_public_comment,
        links=ticket.links,
        name=_name(named, titled),
        emails=tuple({email_key(email): email for email in emails}.values()),
        address=_address(lines),
    )


def _name(named: Line | None, titled: "_Titled") -> str:
    found = split_name(named.value) if named is not None else None
    return " ".join(found) if found else titled.homeowner


def _address(lines: Iterable[Line]) -> Address:
    """The first address of the lines that names a street."""
    for line in lines:
        if line.kind is Kind.ADDRESS and (found := split_address(line.value)).street:
            return found
    return Address()


@dataclass(frozen=True, slots=True)
class _Titled:
    """What a title says: the role, and the homeowner's name in it."""

    role: Role = Role.OTHER
    homeowner: str = ""


def _titled(summary: str, playbook: Playbook) -> _Titled:
    """H2's and I2's titles, whatever dash they were written with."""
    title = " ".join(summary.split())
    for role, text in ((Role.HOMEOWNER, playbook.titles.homeowner), (Role.INSTALLER, playbook.titles.installer)):
        if found := title_pattern(text).fullmatch(title):
            named = found.groupdict().get("homeowner") or ""
            return _Titled(role, named if split_name(named) else "")
    return _Titled()


@lru_cache(maxsize=8)
def title_pattern(text: Text) -> re.Pattern[str]:
    """A title's text as a pattern: every dash counts as every other, and a variable is whatever stands there."""
    pattern, seen = "", set()
    for plain, name in text.pieces:
        pattern += re.sub(f"{_DASH}", lambda _: _DASH, re.escape(plain).replace("\\-", "-").replace("\\ ", " "))
        if name is not None:
            pattern += ".+?" if name in seen else f"(?P<{name}>.+?)"
            seen.add(name)
    return re.compile(pattern.strip(), re.IGNORECASE)


def _role(titled: _Titled, links: Iterable[Link], playbook: Playbook) -> Role:
    """The role by the title; where 000's one title for both leaves it open, by the side of "is caused by" it stands on."""
    phrase = place_key(playbook.links.is_caused_by)
    links = tuple(links)
    causes = any(place_key(link.back) == phrase for link in links)
    caused = any(place_key(link.phrase) == phrase for link in links)
    if titled.role is Role.INSTALLER or (causes and not caused):
        return Role.INSTALLER
    return Role.HOMEOWNER if titled.role is Role.HOMEOWNER or (caused and not causes) else Role.OTHER
