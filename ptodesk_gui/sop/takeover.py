"""What can be taken over from a ticket or from a pasted block of text: offered with its reason, never written by itself.

``from_ticket`` and ``from_paste`` make offers; ``accept`` takes one of them, ``fill_empty`` those that stand alone for
an input in which nothing is typed. An offer that says what is typed already is none.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from ptodesk_gui.sop.case import Channel
from ptodesk_gui.sop.entry import Entry, Field, Memory
from ptodesk_gui.sop.likeness import Likeness, compare_names, email_key, name_key, state_key
from ptodesk_gui.sop.names import company_key, tidy
from ptodesk_gui.sop.open_tickets import open_ticket, title_pattern
from ptodesk_gui.sop.playbook import Playbook
from ptodesk_gui.sop.recognition import recognize
from ptodesk_gui.sop.text_offers import job, names, person
from ptodesk_gui.sop.ticket_text import emails_in, read_lines, split_name
from ptodesk_gui.sop.tickets import Offer, Role, SiteTicket
from ptodesk_gui.sop.typed import LINE_MOST, MESSAGE_MOST, NAME_MOST, message_text, one_line
from ptodesk_gui.sop.typed_dates import read_date

__all__ = ["Offer", "Pasted", "Takeover", "accept", "fill_empty", "from_paste", "from_ticket", "open_source"]

_OWN: Final = frozenset({Channel.HOMEOWNER_EMAIL, Channel.PHONE})  # their tickets' reporter is the homeowner
_DATES: Final = frozenset({Field.M1, Field.M2, Field.M3})
_EMAILS: Final = frozenset({Field.EMAIL, Field.REP_EMAIL})
_REP: Final = frozenset({Field.REP_FIRST_NAME, Field.REP_EMAIL})
_ABOUT_THE_TICKET: Final = frozenset({Field.CHANNEL, Field.SOURCE_REQUEST, Field.SOURCE_TEXT})
_OURS: Final = re.compile(r"Homeowner: .*\n+Address: .*\n+Concern: ")
_ANSWERED: Final = re.compile(r"^\s*(?:(?:re|fw|fwd|aw|wg)\s*:|\[(?:external|ext)\]:?)\s*", re.IGNORECASE)


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
    """The call with every offer taken that stands alone for an input in which nothing is typed.

    Facts of two jobs are not mixed: what is said about another person than the caller is left to the agent, and so is
    the representative of another installer.
    """
    offers = tuple(offers)
    left = _of_another_job(entry, offers)
    for offer in offers:
        alone = sum(other.field is offer.field for other in offers) == 1
        if alone and offer.field not in left and not entry.text(offer.field).strip():
            entry = accept(entry, offer)
    return entry


def _of_another_job(entry: Entry, offers: tuple[Offer, ...]) -> frozenset[Field]:
    """The inputs whose offers may be about another job than the one that is typed already."""
    offered = {offer.field: offer.value for offer in offers}
    typed = {which: entry.text(which).strip() for which in (Field.FIRST_NAME, Field.LAST_NAME, Field.INSTALLER)}
    caller = f"{typed[Field.FIRST_NAME]} {typed[Field.LAST_NAME]}"
    named = " ".join(offered.get(which, typed[which]) for which in (Field.FIRST_NAME, Field.LAST_NAME))
    if typed[Field.FIRST_NAME] and typed[Field.LAST_NAME] and compare_names(caller, named) is Likeness.OTHER:
        return frozenset(Field) - _ABOUT_THE_TICKET
    return _REP if typed[Field.INSTALLER] and Field.INSTALLER in offered else frozenset()


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
    ours = [ticket.description] if _is_ours(ticket.description) else []
    internal = (comment.text for comment in reversed(ticket.comments) if not comment.public)
    known = "\n".join([*internal, text, *ours])
    lines = read_lines(known)
    found += person(lines)
    found += _reporter(ticket) if own else _only_email(text, ticket)
    found += job(lines, known, today)
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
    """What the sender wrote: the description and what the reporter has answered since, else the first public comment.

    A description of our own making is left out: in H7's ticket the answer is all that the homeowner wrote.
    """
    public = [comment for comment in ticket.comments if comment.public]
    answers = [comment.text for comment in public if comment.by == ticket.reporter and not ticket.by_staff]
    ours = _is_ours(ticket.description)
    written = [] if ours else [ticket.description.strip()]
    text = "\n\n".join(part for part in (*written, *answers) if part)
    if not text and not ours and public:
        text = public[0].text
    return message_text(text[:MESSAGE_MOST])[0]


def _is_ours(description: str) -> bool:
    """Whether it is the description that this procedure writes (T7)."""
    return _OURS.match(description.strip()) is not None


def _reporter(ticket: SiteTicket) -> Iterator[Offer]:
    """The homeowner, where it is the homeowner's own ticket; not an agent who wrote it down."""
    if ticket.by_staff:
        return
    if name := split_name(ticket.reporter):
        yield from names(name, "The ticket's reporter.")
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
    named = [offer.value for offer in person(lines) if offer.field in (Field.FIRST_NAME, Field.LAST_NAME)]
    remembered = entry.with_memory(Memory.PASTED_NAME, " ".join(named))
    return Pasted(remembered, _offered(entry, [*person(lines), *job(lines, text, today)], today))


# --- what is worth offering -------------------------------------------------------------------------------------------


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
