"""What is known besides the call itself - ZIP codes, companies - and what follows from it: checks, and offers of what may be meant."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from ptodesk_gui.sop import typed_email
from ptodesk_gui.sop.case import Case
from ptodesk_gui.sop.contradictions import Contradiction
from ptodesk_gui.sop.entry import Entry, Field
from ptodesk_gui.sop.names import company_key, tidy
from ptodesk_gui.sop.playbook import Playbook
from ptodesk_gui.sop.view import FieldWord, Weight
from ptodesk_gui.sop.zip_codes import ZipCodes, filled, mismatch

MOST_OFFERED: Final = 5
FROM_ZIP: Final = FieldWord(Weight.HINT, "From the ZIP code")
_EMAILS: Final = (Field.EMAIL, Field.REP_EMAIL)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known besides the call: the list of ZIP codes, and companies by the names that were used for them before."""

    zip_codes: ZipCodes = field(default_factory=lambda: ZipCodes(b""))
    companies: tuple[str, ...] = ()


NOTHING_KNOWN: Final = Known()


def from_zip(entry: Entry) -> Mapping[Field, FieldWord]:
    """A hint beside what the ZIP code has filled in, so that nobody takes it for typed."""
    return dict.fromkeys(filled(entry), FROM_ZIP)


def outside(case: Case, known: Known) -> Iterator[Contradiction]:
    """What of the call does not go with what is known besides it: a ZIP code of another place (N2)."""
    place = known.zip_codes.of(case.address.zip)
    if place is not None and (text := mismatch(case.address, place)):
        yield Contradiction(Field.ZIP, "N2", text)


def offers(entry: Entry, playbook: Playbook, known: Known) -> Mapping[Field, tuple[str, ...]]:
    """What may be meant by what stands in a field, the likeliest first: an email's slip mended, a company by its beginning."""
    made: dict[Field, tuple[str, ...]] = {}
    for which in _EMAILS:
        text = entry.text(which)
        if text and (meant := typed_email.meant(text)):
            made[which] = (meant,)
    if (typed := entry.text(Field.INSTALLER)) and (found := companies(typed, _listed(playbook), known.companies)):
        made[Field.INSTALLER] = found
    return made


@lru_cache(maxsize=64)
def companies(typed: str, listed: tuple[str, ...], used: tuple[str, ...]) -> tuple[str, ...]:
    """The companies that begin like this, or one of whose words does (N1); those of the playbook first. None once it is one of them."""
    key = company_key(typed) if typed.strip() else ""
    if not key:
        return ()
    keys = [(company_key(name), name) for name in _unlike(listed, used)]
    if any(company == key for company, _ in keys):
        return ()
    first = [name for company, name in keys if company.startswith(key)]
    word = typed.strip().casefold()
    within = [name for _, name in keys if any(part.startswith(word) for part in name.casefold().split()[1:])]
    return tuple(dict.fromkeys((*first, *within)))[:MOST_OFFERED]


def _unlike(listed: Iterable[str], used: Iterable[str]) -> Iterator[str]:
    """Each company once, as the playbook spells it, else as it was spelled first."""
    seen: set[str] = set()
    for name in map(tidy, (*listed, *used)):
        if name and (key := company_key(name)) not in seen:
            seen.add(key)
            yield name


def _listed(playbook: Playbook) -> tuple[str, ...]:
    return tuple(company.name for company in playbook.companies)
