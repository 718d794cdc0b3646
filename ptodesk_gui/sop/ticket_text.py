"""What texts say about a case: the lines of T5 and T7, the labelled lines of forms and job pages, names and addresses.

Only what is plain is read: a line that could mean two things gives nothing. Texts are other people's: they are bounded
here, and nothing in them is more than text.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ptodesk_gui.sop.case import Address
from ptodesk_gui.sop.likeness import STREET_SUFFIXES, words_of
from ptodesk_gui.sop.typed import MESSAGE_MOST, NAME_MOST, STATES, one_line

MOST_LINES: Final = 3_000
LINE_MOST: Final = 500


class Kind(StrEnum):
    """What a labelled line is about."""

    NAME = "name"  # the homeowner's, often with the email in brackets
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"
    STREET = "street"
    CITY = "city"
    STATE = "state"
    ZIP = "zip"
    JOB_URL = "job_url"
    INSTALLER = "installer"
    REP = "rep"
    REP_EMAIL = "rep_email"
    OTHER = "other"  # known, and of no use here: it ends what came before it


@dataclass(frozen=True, slots=True)
class Line:
    """One fact of a text: what it is, its value, and the words as they stand there."""

    kind: Kind
    value: str
    words: str


_LABELS: Final[Mapping[str, Kind]] = {
    **dict.fromkeys(
        ("homeowner", "homeowner name", "homeowners name", "customer", "customer name", "account holder", "name"),
        Kind.NAME,
    ),
    **dict.fromkeys(("full name", "client", "client name", "from"), Kind.NAME),
    **dict.fromkeys(("first name", "homeowner first name", "customer first name"), Kind.FIRST_NAME),
    **dict.fromkeys(("last name", "homeowner last name", "customer last name", "surname"), Kind.LAST_NAME),
    **dict.fromkeys(("email", "e mail", "email address", "homeowner email", "customer email"), Kind.EMAIL),
    **dict.fromkeys(("phone", "phone number", "homeowner phone", "customer phone", "mobile", "cell"), Kind.PHONE),
    **dict.fromkeys(
        ("address", "site address", "installation address", "property address", "home address"), Kind.ADDRESS
    ),
    **dict.fromkeys(("homeowner address", "system address", "full address"), Kind.ADDRESS),
    **dict.fromkeys(("street", "street address"), Kind.STREET),
    "city": Kind.CITY,
    "state": Kind.STATE,
    **dict.fromkeys(("zip", "zip code", "postal code"), Kind.ZIP),
    **dict.fromkeys(("job link", "job url", "job", "link to job"), Kind.JOB_URL),
    **dict.fromkeys(("installer", "installer name", "organization", "org", "installation company"), Kind.INSTALLER),
    **dict.fromkeys(("installer rep", "contractor", "contractor name", "installer representative", "rep"), Kind.REP),
    "contractor first name": Kind.REP,
    **dict.fromkeys(("contractor email", "rep email", "installer email", "installer rep email"), Kind.REP_EMAIL),
    **dict.fromkeys(
        ("notes", "concern", "subject", "to", "cc", "date", "sent", "status", "m1", "m2", "m3"), Kind.OTHER
    ),
    **dict.fromkeys(("lender", "utility", "sales rep", "agent", "message", "comments", "description"), Kind.OTHER),
}
_CONTRACTORS: Final = frozenset({Kind.INSTALLER, Kind.REP, Kind.REP_EMAIL})
_HOMEOWNERS: Final = frozenset({Kind.NAME, Kind.FIRST_NAME, Kind.LAST_NAME})
_PLACES: Final = frozenset({Kind.ADDRESS, Kind.STREET, Kind.CITY, Kind.STATE, Kind.ZIP, Kind.PHONE})
_NOTHING: Final = frozenset({"", "-", "unknown", "n/a", "na", "none", "not known", "tbd"})

_LABELLED: Final = re.compile(r"\s*[*•]?\s*([A-Za-z][A-Za-z' -]{0,30}[A-Za-z])\s*(?::|\t|\s{2,}|=)\s*(.*)")
_PLAIN_LABEL: Final = re.compile(r"[A-Za-z][A-Za-z' -]{0,30}[A-Za-z]")
EMAIL: Final = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6}")
_URL: Final = re.compile(r"https?://[^\s<>\"'|]+", re.IGNORECASE)
_IN_BRACKETS: Final = re.compile(r"[(<\[][^()<>\[\]]*[)>\]]")
_NO_NAME: Final = re.compile(r"[\d@&/\\|<>=+*{}\[\]]|\b(?:and|or|the)\b", re.IGNORECASE)
_TITLES: Final = frozenset({"mr", "mrs", "ms", "miss", "dr"})

_STATE: Final = "|".join(sorted((*STATES, *STATES.values()), key=len, reverse=True))
_ZIP: Final = r"\d{5}(?:-\d{4})?"
_END: Final = re.compile(rf"(?:^|(?<=[\s,]))(?P<state>{_STATE})\.?(?:[\s,]+(?P<zip>{_ZIP}))?\s*$", re.IGNORECASE)
_ONLY_ZIP: Final = re.compile(rf"(?:^|(?<=[\s,]))(?P<zip>{_ZIP})\s*$")
_WHOLE: Final = re.compile(
    rf"\b\d{{1,6}} [A-Za-z0-9][^,\n]{{2,60}},(?:[^,\n]{{1,20}},)? ?[A-Za-z][A-Za-z .'-]{{1,40}},? +(?:{_STATE})\.? +{_ZIP}\b",
    re.IGNORECASE,
)
_COUNTRY: Final = re.compile(r"[\s,]+(?:USA|U\.S\.A\.|US|United States(?: of America)?)\s*$", re.IGNORECASE)
_UNIT: Final = re.compile(r"(?:#|apt|apartment|unit|ste|suite|lot|bldg|fl)\b", re.IGNORECASE)


def read_lines(text: str) -> tuple[Line, ...]:
    """The labelled facts of a text in its order: "Label: value", a table's row, or a label with its value on the next line.

    An email without a label belongs to whoever was named before it.
    """
    found: list[Line] = []
    waiting: tuple[Kind, str] | None = None  # a label that stood alone: its value is on the next line
    section: Kind | None = None  # who is being spoken of
    for raw in text[:MESSAGE_MOST].splitlines()[:MOST_LINES]:
        line = raw[:LINE_MOST].strip()
        if not line:
            continue
        if found and _goes_on(found[-1], line):
            begun = found.pop()
            found.append(Line(begun.kind, f"{begun.value}, {line}", f"{begun.words}, {line}"))
            continue
        labelled, words, waiting = _labelled(line, waiting), _words(line, waiting), None
        if labelled is None:
            found += [Line(_email_of(section), email, line) for email in EMAIL.findall(line)[:1] if section]
            continue
        kind, value = labelled
        section = _section(kind, section)
        if not value:
            waiting = kind, line
        elif _counts(kind, value, section):
            found.append(Line(_email_of(section) if kind is Kind.EMAIL else kind, value, words))
    return tuple(found)


def _words(line: str, waiting: tuple[Kind, str] | None) -> str:
    """The line with the label above it that it answers."""
    return line if waiting is None else f"{waiting[1].rstrip(': ')}: {line}"


def _section(kind: Kind, before: Kind | None) -> Kind | None:
    """Who is being spoken of from this line on."""
    if kind in _CONTRACTORS or kind in _HOMEOWNERS:
        return kind
    return None if kind is Kind.OTHER else before


def _counts(kind: Kind, value: str, section: Kind | None) -> bool:
    """Whether the line says something about the case; a company's own address and phone do not."""
    if kind is Kind.OTHER or value.casefold() in _NOTHING:
        return False
    return not (kind in _PLACES and section in _CONTRACTORS)


def _labelled(line: str, waiting: tuple[Kind, str] | None) -> tuple[Kind, str] | None:
    """The line's label and value, or the value of the label that waits for one."""
    found = _LABELLED.fullmatch(line)
    kind = _LABELS.get(_label(found[1])) if found else None
    if found is not None and kind is not None:
        return kind, found[2].strip()
    if _PLAIN_LABEL.fullmatch(line) and _label(line) in _LABELS:
        return _LABELS[_label(line)], ""
    return None if waiting is None or waiting[0] is Kind.OTHER else (waiting[0], line)


def _label(text: str) -> str:
    return " ".join(words_of(text.replace("-", " ")))


def _goes_on(before: Line, line: str) -> bool:
    """Whether the line is the second half of an address: its city, state and ZIP."""
    found = _END.search(line)
    return (
        before.kind in (Kind.ADDRESS, Kind.STREET)
        and not _END.search(before.value)
        and not _ONLY_ZIP.search(before.value)
        and found is not None
        and found["zip"] is not None
    )


def _email_of(section: Kind | None) -> Kind:
    return Kind.REP_EMAIL if section in _CONTRACTORS else Kind.EMAIL


def first(lines: Iterable[Line], *kinds: Kind) -> Line | None:
    """The first of these facts."""
    return next((line for line in lines if line.kind in kinds), None)


# --- names ------------------------------------------------------------------------------------------------------------


def split_name(text: str) -> tuple[str, str] | None:
    """First and last name of one person; None where the text is no plain name of one person.

    What stands in brackets is left out: an email, a note. Several first names stay together.
    """
    name, _ = one_line(_IN_BRACKETS.sub(" ", EMAIL.sub(" ", text)))
    name = name.strip(" ,;:-–\"'")
    if name.count(",") == 1:
        last, _, given = name.partition(",")
        name = f"{given.strip()} {last.strip()}"
    words = name.split()
    if words and words[0].strip(".").casefold() in _TITLES:
        words = words[1:]
    if not 2 <= len(words) <= 5 or len(name) > NAME_MOST or _NO_NAME.search(name):
        return None
    if not all(any(char.isalpha() for char in word) for word in words):
        return None
    return " ".join(words[:-1]), words[-1]


def emails_in(text: str) -> tuple[str, ...]:
    """The email addresses in a text, each once, in order."""
    found = (email.strip(".'") for email in EMAIL.findall(text[:MESSAGE_MOST]))
    return tuple({email.casefold(): email for email in found}.values())


def addresses_in(text: str) -> tuple[str, ...]:
    """The addresses of web pages in a text, each once, in order."""
    found = (url.rstrip(".,;:!?)]}") for url in _URL.findall(text[:MESSAGE_MOST]))
    return tuple(dict.fromkeys(found))


# --- addresses --------------------------------------------------------------------------------------------------------


def split_address(text: str) -> Address:
    """An address of one line taken apart, from its end: ZIP, state, city, street. What is not plain stays empty."""
    rest, _ = one_line(_COUNTRY.sub("", text[:LINE_MOST]))
    state = zip_code = ""
    found = _END.search(rest) or _ONLY_ZIP.search(rest)
    if found and (found["zip"] or "," in rest):  # else the Ct of "5 Elm Ct" is no state
        state, zip_code = found.groupdict().get("state") or "", found["zip"] or ""
        rest = rest[: found.start()].strip(" ,")
    parts = [part for part in (part.strip() for part in rest.split(",")) if part]
    if not parts:
        return Address("", "", state, zip_code)
    if len(parts) == 1:
        street, city = _street_and_city(parts[0])
    elif parts[-1][0].isdigit() or _UNIT.match(parts[-1]):
        street, city = ", ".join(parts), ""
    else:
        street, city = ", ".join(parts[:-1]), parts[-1]
    return Address(street, city, state, zip_code)


def _street_and_city(part: str) -> tuple[str, str]:
    """The two without a comma between them: a street begins with a digit and ends with a word such as St."""
    if not part[0].isdigit():
        return "", part
    words = part.split()
    ends = [
        i
        for i, word in enumerate(words)
        if i > 1 and word.strip(".").casefold() in {*STREET_SUFFIXES, *STREET_SUFFIXES.values()}
    ]
    if not ends or ends[-1] + 1 == len(words):
        return part, ""
    after = words[ends[-1] + 1 :]
    if any(_UNIT.match(word) or word[0].isdigit() for word in after):
        return part, ""
    return " ".join(words[: ends[-1] + 1]), " ".join(after)


def whole_addresses_in(text: str) -> tuple[str, ...]:
    """The whole addresses in running text, street to ZIP, each once, in order."""
    found = (" ".join(match.split()) for match in _WHOLE.findall(text[:MESSAGE_MOST]))
    return tuple(dict.fromkeys(found))
