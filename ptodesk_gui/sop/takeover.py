"""What can be taken over from a ticket or from a pasted block of text: offered with its reason, never written by itself.

``from_ticket`` and ``from_paste`` make offers; ``accept`` takes one of them, ``fill_empty`` those that stand alone for
an input in which nothing is typed. An offer that says what is typed already is none.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from ptodesk_gui.sop.case import Address, Channel
from ptodesk_gui.sop.entry import Entry, Field, Memory
from ptodesk_gui.sop.facts import numeric
from ptodesk_gui.sop.likeness import email_key, name_key, state_key
from ptodesk_gui.sop.milestones import milestones
from ptodesk_gui.sop.names import company_key, tidy
from ptodesk_gui.sop.open_tickets import open_ticket, title_pattern
from ptodesk_gui.sop.playbook import Playbook
from ptodesk_gui.sop.recognition import recognize
from ptodesk_gui.sop.ticket_text import (
    Kind,
    Line,
    addresses_in,
    emails_in,
    first,
    read_lines,
    split_address,
    split_name,
    whole_addresses_in,
)
from ptodesk_gui.sop.tickets import Offer, Role, SiteTicket
from ptodesk_gui.sop.typed import LINE_MOST, MESSAGE_MOST, NAME_MOST, message_text, one_line
from ptodesk_gui.sop.typed_dates import read_date

__all__ = ["Offer", "Pasted", "Takeover", "accept", "fill_empty", "from_paste", "from_ticket", "open_source"]

_OWN: Final = frozenset({Channel.HOMEOWNER_EMAIL, Channel.PHONE})  # their tickets' reporter is the homeowner
_DATES: Final = frozenset({Field.M1, Field.M2, Field.M3})
_EMAILS: Final = frozenset({Field.EMAIL, Field.REP_EMAIL})
_ANSWERED: Final = re.compile(r"^\s*(?:(?:re|fw|fwd|aw|wg)\s*:|\[(?:external|ext)\]:?)\s*", re.IGNORECASE)
_SHOWN: Final = 80


@dataclass(frozen=True, slots=True)
class Takeover:
    """What a ticket gives: offers, and sentences about the ticket itself (it was moved, it is closed)."""

    offers: tuple[Offer, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a pasted block of text gives. ``entry`` is the call, which remembers whose name was in the text."""

    entry: Entry
    offers: tuple[Offer, ...] = field(default=())


def accept(entry: Entry, offer: Offer) -> Entry:
    """The call with the offer taken."""
    return entry.with_value(offer.field, offer.value)


def fill_empty(entry: Entry, offers: Iterable[Offer]) -> Entry:
    """The call with every offer taken that stands alone for an input in which nothing is typed."""
    offers = tuple(offers)
    for offer in offers:
        alone = sum(other.field is offer.field for other in offers) == 1
        if alone and not entry.text(offer.field).strip():
            entry = accept(entry, offer)
    return entry


# --- a ticket ---------------------------------------------------------------------------------------------------------


def open_source(entry: Entry, ticket: SiteTicket) -> Entry:
    """The call as one that came with this ticket; everything else stays as it is typed."""
    return entry.with_value(Field.SOURCE_KEY, ticket.key).with_value(Field.SOURCE_PROJECT, ticket.project)


def from_ticket(entry: Entry, ticket: SiteTicket, playbook: Playbook, today: date) -> Takeover:
    """What the ticket that the case came with gives: channel (H11), request, text, and the homeowner where that is plain."""
    channel, why = _channel(ticket, playbook)
    chosen = entry.text(Field.CHANNEL)
    own = (Channel(chosen) if chosen in set(Channel) else channel) in _OWN
    text = _text_of(ticket)
    found = [Offer(Field.CHANNEL, channel.value, why)]
    if request := _request(ticket.summary, playbook):
        found.append(Offer(Field.SOURCE_REQUEST, request, "The ticket's title."))
    if text:
        found.append(Offer(Field.SOURCE_TEXT, text, "The ticket's text."))
    known = "\n".join([*(comment.text for comment in reversed(ticket.comments) if not comment.public), text])
    lines = read_lines(known)
    found += _person(lines)
    found += _reporter(ticket) if own else _only_email(text, ticket)
    found += _job(lines, known, today)
    found += _organization(ticket, playbook)
    return Takeover(_offered(entry, found, today), tuple(_notes(ticket)))


def _channel(ticket: SiteTicket, playbook: Playbook) -> tuple[Channel, str]:
    """The channel by the playbook's patterns, and why; where none fits, what kind of ticket it is."""
    found = recognize(ticket.reporter_email, ticket.summary, playbook)
    if found is not None:
        by_sender = recognize(ticket.reporter_email, "", playbook) is found
        return found, f"The sender is {ticket.reporter_email}." if by_sender else "The title says so."
    if open_ticket(ticket, playbook).role is Role.INSTALLER:
        return Channel.INSTALLER, "The title is that of an installer ticket."
    return Channel.HOMEOWNER_EMAIL, "Neither sender nor title is of another channel."


def _request(summary: str, playbook: Playbook) -> str:
    """The title without what forwarding and this procedure put before it (H8)."""
    request, _ = one_line(summary[: 4 * LINE_MOST])
    while found := _ANSWERED.match(request):
        request = request[found.end() :]
    titled = title_pattern(playbook.titles.partner).fullmatch(request)
    return (titled["request"] if titled else request)[:LINE_MOST].strip()


def _text_of(ticket: SiteTicket) -> str:
    """What the sender wrote: the description, else the first public comment."""
    spoken = next((comment.text for comment in ticket.comments if comment.public), "")
    return message_text((ticket.description.strip() or spoken)[:MESSAGE_MOST])[0]


def _reporter(ticket: SiteTicket) -> Iterator[Offer]:
    """The homeowner, where it is the homeowner's own ticket; not an agent who wrote it down."""
    if ticket.by_staff:
        return
    if name := split_name(ticket.reporter):
        yield from _names(name, "The ticket's reporter.")
    if ticket.reporter_email:
        yield Offer(Field.EMAIL, ticket.reporter_email, "The ticket's reporter.")


def _only_email(text: str, ticket: SiteTicket) -> Iterator[Offer]:
    """The one address in the text that is not of the sender's own company."""
    company = email_key(ticket.reporter_email).rpartition("@")[2]
    found = [email for email in emails_in(text) if email_key(email).rpartition("@")[2] != company]
    if len(found) == 1:
        yield Offer(Field.EMAIL, found[0], "The only email address in the text.")


def _organization(ticket: SiteTicket, playbook: Playbook) -> Iterator[Offer]:
    """The installer of a ticket that is in the project already (T4)."""
    if ticket.project == playbook.project and len(ticket.organizations) == 1:
        yield Offer(Field.INSTALLER, tidy(ticket.organizations[0].replace("_", " ")), "The ticket's organization.")


def _notes(ticket: SiteTicket) -> Iterator[str]:
    if ticket.asked and ticket.asked != ticket.key:
        yield f"{ticket.asked} was moved and is {ticket.key} now."
    if ticket.closed:
        yield f"{ticket.key} is closed already ({ticket.status})."


# --- a pasted block of text -------------------------------------------------------------------------------------------


def from_paste(entry: Entry, text: str, today: date) -> Pasted:
    """What a block of text of the job page gives: milestones, installer, contractor, homeowner, address, link (C1, C6, T5)."""
    text = message_text(text[:MESSAGE_MOST])[0]
    lines = read_lines(text)
    named = [offer.value for offer in _person(lines) if offer.field in (Field.FIRST_NAME, Field.LAST_NAME)]
    remembered = entry.with_memory(Memory.PASTED_NAME, " ".join(named))
    return Pasted(remembered, _offered(entry, [*_person(lines), *_job(lines, text, today)], today))


def _job(lines: tuple[Line, ...], text: str, today: date) -> Iterator[Offer]:
    """Milestones, installer, contractor, address and link."""
    for found in milestones(text, today):
        yield Offer(found.field, numeric(found.day), _said(found.words))
    if line := first(lines, Kind.INSTALLER):
        yield Offer(Field.INSTALLER, one_line(line.value)[0], _said(line.words))
    yield from _rep(lines)
    yield from _address(lines, text)
    yield from _link(lines, text)


def _person(lines: tuple[Line, ...]) -> Iterator[Offer]:
    """The homeowner's name, email and phone where a line is labelled so."""
    line, given, last = first(lines, Kind.NAME), first(lines, Kind.FIRST_NAME), first(lines, Kind.LAST_NAME)
    if line is not None and (name := split_name(line.value)):
        yield from _names(name, _said(line.words))
    elif given is not None and last is not None and (name := split_name(f"{given.value} {last.value}")):
        yield from _names(name, _said(f"{given.words}, {last.words}"))
    labelled = first(lines, Kind.EMAIL)
    in_brackets = emails_in(line.value)[:1] if line is not None else ()
    emails = emails_in(labelled.value)[:1] if labelled is not None else in_brackets
    source = labelled or line
    if emails and source is not None:
        yield Offer(Field.EMAIL, emails[0], _said(source.words))
    if (phone := first(lines, Kind.PHONE)) is not None and sum(map(str.isdigit, phone.value)) >= 7:
        yield Offer(Field.PHONE, one_line(phone.value)[0], _said(phone.words))


def _rep(lines: tuple[Line, ...]) -> Iterator[Offer]:
    """The contractor's first name and email (T5)."""
    line = first(lines, Kind.REP)
    if line is not None:
        whole = split_name(line.value) or split_name(f"{line.value} x")  # a first name alone will do
        if whole is not None:
            yield Offer(Field.REP_FIRST_NAME, whole[0].split()[0], _said(line.words))
    source = first(lines, Kind.REP_EMAIL) or line
    if source is not None and (emails := emails_in(source.value)):
        yield Offer(Field.REP_EMAIL, emails[0], _said(source.words))


def _address(lines: tuple[Line, ...], text: str) -> Iterator[Offer]:
    """The address by its line or lines, else the only whole one in a text that names no company (it may be the company's)."""
    line = first(lines, Kind.ADDRESS)
    if line is not None:
        yield from _places(split_address(line.value), _said(line.words))
        return
    parts = [first(lines, kind) for kind in (Kind.STREET, Kind.CITY, Kind.STATE, Kind.ZIP)]
    if any(parts):
        values = [part.value if part is not None else "" for part in parts]
        yield from _places(Address(*values), _said(", ".join(part.words for part in parts if part is not None)))
        return
    whole = whole_addresses_in(text)
    if len(whole) == 1 and first(lines, Kind.INSTALLER, Kind.REP, Kind.REP_EMAIL) is None:
        yield from _places(split_address(whole[0]), _said(whole[0]))


def _link(lines: tuple[Line, ...], text: str) -> Iterator[Offer]:
    line = first(lines, Kind.JOB_URL)
    labelled = addresses_in(line.value) if line is not None else ()
    found = labelled or addresses_in(text)
    if len(found) == 1:
        yield Offer(
            Field.JOB_URL, found[0], _said(line.words) if line and labelled else "The only web address in the text."
        )


# --- what is worth offering -------------------------------------------------------------------------------------------


def _names(name: tuple[str, str], why: str) -> Iterator[Offer]:
    yield Offer(Field.FIRST_NAME, name[0], why)
    yield Offer(Field.LAST_NAME, name[1], why)


def _places(address: Address, why: str) -> Iterator[Offer]:
    values = (address.street, address.city, address.state, address.zip)
    for which, value in zip((Field.STREET, Field.CITY, Field.STATE, Field.ZIP), values, strict=True):
        yield Offer(which, one_line(value)[0], why)


def _said(words: str) -> str:
    """Where it is from, with the words that say it."""
    line, _ = one_line(words)
    return f"“{line if len(line) <= _SHOWN else line[: _SHOWN - 1].rstrip() + '…'}”"


def _offered(entry: Entry, found: Iterable[Offer], today: date) -> tuple[Offer, ...]:
    """The offers that say something new, each value once, with what is typed there now."""
    kept: dict[tuple[Field, str], Offer] = {}
    for offer in found:
        typed, key = entry.text(offer.field), _key(offer.field, offer.value, today)
        most = MESSAGE_MOST if offer.field is Field.SOURCE_TEXT else 2 * NAME_MOST + LINE_MOST
        if key and len(offer.value) <= most and key != _key(offer.field, typed, today):
            kept.setdefault((offer.field, key), replace(offer, instead_of=typed))
    return tuple(kept.values())


def _key(which: Field, value: str, today: date) -> str:
    """What two ways to type one value share."""
    if which in _DATES:
        day, _ = read_date(value, today)
        return value.strip() if day is None else day.isoformat()
    if which in _EMAILS:
        return email_key(value)
    if which is Field.STATE:
        return state_key(value)
    if which is Field.INSTALLER:
        return company_key(value)
    return value.strip() if which in (Field.SOURCE_TEXT, Field.JOB_URL) else name_key(value)
