"""What the lines of a text offer to a case: the homeowner, the job, the contractor, the address, the link (C1, C6, T5)."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from ptodesk_gui.sop.case import Address
from ptodesk_gui.sop.entry import Field
from ptodesk_gui.sop.facts import numeric
from ptodesk_gui.sop.milestones import milestones
from ptodesk_gui.sop.ticket_text import (
    Kind,
    Line,
    addresses_in,
    emails_in,
    first,
    split_address,
    split_name,
    whole_addresses_in,
)
from ptodesk_gui.sop.tickets import Offer
from ptodesk_gui.sop.typed import one_line

_SHOWN: Final = 80  # characters of a text's words that an offer shows


def job(lines: tuple[Line, ...], text: str, today: date) -> Iterator[Offer]:
    """Milestones, installer, contractor, address and link."""
    for found in milestones(text, today):
        yield Offer(found.field, numeric(found.day), said(found.words))
    if line := first(lines, Kind.INSTALLER):
        yield Offer(Field.INSTALLER, one_line(line.value)[0], said(line.words))
    yield from _rep(lines)
    yield from _address(lines, text)
    yield from _link(lines, text)


def person(lines: tuple[Line, ...]) -> Iterator[Offer]:
    """The homeowner's name, email and phone where a line is labelled so."""
    line, given, last = first(lines, Kind.NAME), first(lines, Kind.FIRST_NAME), first(lines, Kind.LAST_NAME)
    if line is not None and (name := split_name(line.value)):
        yield from names(name, said(line.words))
    elif given is not None and last is not None and (name := split_name(f"{given.value} {last.value}")):
        yield from names(name, said(f"{given.words}, {last.words}"))
    labelled = first(lines, Kind.EMAIL)
    in_brackets = emails_in(line.value)[:1] if line is not None else ()
    emails = emails_in(labelled.value)[:1] if labelled is not None else in_brackets
    source = labelled or line
    if emails and source is not None:
        yield Offer(Field.EMAIL, emails[0], said(source.words))
    if (phone := first(lines, Kind.PHONE)) is not None and sum(map(str.isdigit, phone.value)) >= 7:
        yield Offer(Field.PHONE, one_line(phone.value)[0], said(phone.words))


def _rep(lines: tuple[Line, ...]) -> Iterator[Offer]:
    """The contractor's first name and email (T5)."""
    line = first(lines, Kind.REP)
    if line is not None:
        whole = split_name(line.value) or split_name(f"{line.value} x")  # a first name alone will do
        if whole is not None:
            yield Offer(Field.REP_FIRST_NAME, whole[0].split()[0], said(line.words))
    source = first(lines, Kind.REP_EMAIL) or line
    if source is not None and (emails := emails_in(source.value)):
        yield Offer(Field.REP_EMAIL, emails[0], said(source.words))


def _address(lines: tuple[Line, ...], text: str) -> Iterator[Offer]:
    """The address by its line or lines, else the only whole one in a text that names no company (it may be the company's)."""
    line = first(lines, Kind.ADDRESS)
    if line is not None:
        yield from _places(split_address(line.value), said(line.words))
        return
    parts = [first(lines, kind) for kind in (Kind.STREET, Kind.CITY, Kind.STATE, Kind.ZIP)]
    if any(parts):
        values = [part.value if part is not None else "" for part in parts]
        yield from _places(Address(*values), said(", ".join(part.words for part in parts if part is not None)))
        return
    whole = whole_addresses_in(text)
    if len(whole) == 1 and first(lines, Kind.INSTALLER, Kind.REP, Kind.REP_EMAIL) is None:
        yield from _places(split_address(whole[0]), said(whole[0]))


def _link(lines: tuple[Line, ...], text: str) -> Iterator[Offer]:
    line = first(lines, Kind.JOB_URL)
    labelled = addresses_in(line.value) if line is not None else ()
    found = labelled or addresses_in(text)
    if len(found) == 1:
        yield Offer(
            Field.JOB_URL, found[0], said(line.words) if line and labelled else "The only web address in the text."
        )


def names(name: tuple[str, str], why: str) -> Iterator[Offer]:
    """First and last name."""
    yield Offer(Field.FIRST_NAME, name[0], why)
    yield Offer(Field.LAST_NAME, name[1], why)


def _places(address: Address, why: str) -> Iterator[Offer]:
    values = (address.street, address.city, address.state, address.zip)
    for which, value in zip((Field.STREET, Field.CITY, Field.STATE, Field.ZIP), values, strict=True):
        yield Offer(which, one_line(value)[0], why)


def said(words: str) -> str:
    """Where it is from, with the words that say it."""
    line, _ = one_line(words)
    return f"“{line if len(line) <= _SHOWN else line[: _SHOWN - 1].rstrip() + '…'}”"
