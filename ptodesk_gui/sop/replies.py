"""The approved texts: which there are, what their blanks mean, and how they are filled, once and completely.

A text is a ``string.Template``. It is taken apart when the playbook is read, so that filling it is one join: a value
is never looked at again, whatever signs are in it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from string import Template
from typing import Final
from unicodedata import category

from ptodesk_gui.sop.view import Part, Rendering


class Audience(StrEnum):
    """Who hears or reads a text."""

    CALLER = "say"
    HOMEOWNER = "homeowner"
    INSTALLER = "installer"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True)
class Blank:
    """What a variable of a text stands for: its name in words, and the field to fill while it is not known."""

    words: str
    field: str


BLANKS: Final[Mapping[str, Blank]] = {
    "homeowner": Blank("homeowner's name", "homeowner.first_name"),
    "installer": Blank("installer", "installer.name"),
    "rep": Blank("representative's first name", "installer.rep_first_name"),
    "agent": Blank("your name", "agent"),
    "pronoun": Blank("pronoun", "homeowner.pronoun"),
    "subject_pronoun": Blank("pronoun", "homeowner.pronoun"),
    "concern": Blank("concern for the installer", "installer_concern"),
    "address": Blank("address", "address.street"),
    "install_month": Blank("month of install", "job.m2"),
    "m2_month_year": Blank("month and year of M2", "job.m2"),
    "m2_date": Blank("date of M2", "job.m2"),
    "due_month": Blank("month of the first payment", "job.m2"),
    "request": Blank("description of the request", "source_ticket.request"),
}

M2_VARIABLES: Final = frozenset({"install_month", "m2_month_year", "m2_date", "due_month"})
_CALLER_VARIABLES: Final = frozenset({"homeowner", "installer", "agent", "address"}) | M2_VARIABLES
_INSTALLER_VARIABLES: Final = frozenset(
    {"rep", "homeowner", "installer", "agent", "pronoun", "subject_pronoun", "concern", "address"}
)
VARIABLES_FOR: Final[Mapping[Audience, frozenset[str]]] = {
    Audience.CALLER: _CALLER_VARIABLES,
    Audience.HOMEOWNER: _CALLER_VARIABLES,
    Audience.INSTALLER: _INSTALLER_VARIABLES,
    Audience.PARTNER: frozenset({"agent", "request"}),
}

TEXT_TITLES: Final[Mapping[str, str]] = {
    "say_within": "Within the grace period",
    "say_past": "Past the grace period",
    "say_double_billing": "Still asking about double billing",
    "homeowner_within": "Within the grace period",
    "homeowner_past": "Past the grace period",
    "homeowner_littleton": "Littleton and Top Electric",
    "homeowner_self_help": "What the homeowner can do",
    "homeowner_others": "All others",
    "homeowner_again": "New concern received",
    "homeowner_ask_job": "Ask for the name and address of the job",
    "installer_within": "Within the grace period",
    "installer_past": "Past the grace period",
    "installer_update": "Asks for an update",
    "installer_again": "The homeowner reached out again",
    "partner_thanks": "Thank you",
    "partner_ask_job": "Ask whom they spoke with",
    "partner_cannot_process": "The request cannot be processed",
}
TEXT_IDS: Final = tuple(TEXT_TITLES)


def audience_of(text_id: str) -> Audience:
    """Who a text is for, by its id."""
    return Audience(text_id.partition("_")[0])


HOMEOWNER_REPLIES: Final = tuple(i for i in TEXT_IDS if audience_of(i) is Audience.HOMEOWNER)
INSTALLER_REPLIES: Final = tuple(i for i in TEXT_IDS if audience_of(i) is Audience.INSTALLER)


class UnfilledError(ValueError):
    """A text cannot be finished: some of its variables are not known. ``names`` are the variables, in order."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__("not known: " + ", ".join(names))
        self.names = names


class BadTextError(ValueError):
    """A text is no template: the line (counted from 1) and the reason, with what to do."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the playbook, taken apart: (plain text, variable that follows it or None), in order."""

    id: str
    pieces: tuple[tuple[str, str | None], ...]
    names: tuple[str, ...]  # its variables in the order of the text, each once

    @property
    def variables(self) -> frozenset[str]:
        """Its variables."""
        return frozenset(self.names)

    @property
    def needs_m2(self) -> bool:
        """Whether it states an install month or a due date (C12)."""
        return not M2_VARIABLES.isdisjoint(self.names)

    @property
    def source(self) -> str:
        """The text as it stands in its file."""
        return "".join(plain.replace("$", "$$") + (f"${{{name}}}" if name else "") for plain, name in self.pieces)

    def missing(self, values: Mapping[str, str]) -> tuple[str, ...]:
        """The variables that have no value, in the order of the text, each once."""
        return tuple([name for name in self.names if not values.get(name)])

    def fill(self, values: Mapping[str, str]) -> str:
        """The finished text. Raises UnfilledError while a variable is not known; a value is inserted as it is, once."""
        missing = self.missing(values)
        if missing:
            raise UnfilledError(missing)
        return "".join(plain if name is None else plain + values[name] for plain, name in self.pieces)


HOW_TO_FILL: Final = "A blank that the program fills is written with a dollar sign, such as $homeowner."
STRAY_DOLLAR: Final = "a $ that begins no variable. For a plain dollar sign write $$."


def stray_dollars(source: str) -> tuple[int, ...]:
    """The lines (counted from 1) of every ``$`` that begins no variable."""
    return tuple(_line(found) for found in Template.pattern.finditer(source) if found["invalid"] is not None)


def variables_in(source: str) -> Mapping[str, int]:
    """The variables of a text, each with the first line (counted from 1) that has it; whatever else is wrong with the text."""
    lines: dict[str, int] = {}
    for found in Template.pattern.finditer(source):
        if name := found["named"] or found["braced"]:
            lines.setdefault(name, _line(found))
    return lines


# The blanks of the documents and the variables of the playbook, left in words somebody typed.
LEFT_BLANK: Final = re.compile(
    r"\[(?:insert|your name|month|provide)[^\]\n]*\]|\((?:customer|homeowner|installer) name\)|\bx/x/xx\b"
    r"|\$\{?(?:" + "|".join(BLANKS) + r")\b\}?",
    re.IGNORECASE,
)
# A blank of an approved text that is written in another way than with a dollar sign.
_RAW_BLANK: Final = re.compile(
    LEFT_BLANK.pattern.partition(r"|\$\{")[0]
    + r"|[\[{<]{1,2}\s*(?:NAMES)\s*[\]}>]{1,2}|[%＄]\{?(?:NAMES)\b\}?".replace("NAMES", "|".join(BLANKS)),
    re.IGNORECASE,
)
_DOLLAR_BRACES: Final = re.compile(r"\$\{\w+\}")


def raw_blanks(source: str) -> tuple[tuple[int, str], ...]:
    """Blanks of a text that nothing would fill: each with its line (counted from 1)."""
    bare = _DOLLAR_BRACES.sub(lambda found: " " * len(found[0]), source)
    return tuple((_line(found), found[0]) for found in _RAW_BLANK.finditer(bare))


def invisible_signs(source: str) -> tuple[int, ...]:
    """The lines (counted from 1) that have a control character other than a tab."""
    lines = source.split("\n")
    return tuple(
        number for number, line in enumerate(lines, 1) if any(category(sign) == "Cc" and sign != "\t" for sign in line)
    )


def _line(found: re.Match[str]) -> int:
    return found.string.count("\n", 0, found.start()) + 1


def compile_text(text_id: str, source: str) -> Text:
    """Take a text apart. Raises BadTextError for a ``$`` that begins no variable (a plain one is written ``$$``)."""
    pieces: list[tuple[str, str | None]] = []
    plain, start = "", 0
    for found in Template.pattern.finditer(source):
        plain += source[start : found.start()]
        start = found.end()
        name = found["named"] or found["braced"]
        if name is not None:
            pieces.append((plain, name))
            plain = ""
        elif found["escaped"] is not None:
            plain += "$"
        else:
            raise BadTextError(_line(found), STRAY_DOLLAR)
    plain += source[start:]
    if plain or not pieces:
        pieces.append((plain, None))
    return Text(text_id, tuple(pieces), tuple(dict.fromkeys(name for _, name in pieces if name is not None)))


def render(text: Text, values: Mapping[str, str], fields: Mapping[str, str] | None = None) -> Rendering:
    """The text with what is known; the rest as blanks. ``fields`` says for a variable which field to fill instead of the usual one."""
    parts: list[Part] = []
    for plain, name in text.pieces:
        if plain:
            parts.append(Part(plain))
        if name is None:
            continue
        if values.get(name):
            parts.append(Part(values[name]))
        else:
            blank = BLANKS[name]
            parts.append(Part(blank.words, (fields or {}).get(name, blank.field)))
    return Rendering(tuple(parts))


def in_words(names: Iterable[str]) -> str:
    """Variables as a list in words: "installer, your name"."""
    return ", ".join(dict.fromkeys(BLANKS[name].words for name in names))
