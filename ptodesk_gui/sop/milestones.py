"""The approval dates of M1, M2 and M3 in a text: of the job page, of T6's notes line, of a table (T6)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from ptodesk_gui.sop.entry import Field
from ptodesk_gui.sop.facts import MONTHS
from ptodesk_gui.sop.typed import MESSAGE_MOST
from ptodesk_gui.sop.typed_dates import read_date

FIELDS: Final = {"1": Field.M1, "2": Field.M2, "3": Field.M3}

_REACH: Final = 120  # characters after a milestone's name in which its date stands
_MONTH: Final = "(?:" + "|".join(f"{month[:3]}(?:{month[3:]})?" for month in MONTHS) + "|Sept)"
_DATE: Final = (
    r"(?<!\d)(?P<date>\d{4}-\d{1,2}-\d{1,2}|\d{1,2}(?P<mark>[/.-])\d{1,2}(?P=mark)(?:\d{4}|\d{2})"
    rf"|{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{1,2}} {_MONTH}\.?,? \d{{4}})(?!\d)"
)
_FILL: Final = r"(?:[ :|=()–—-]|\b(?:date|on|at|as of)\b)*"
_NAMED: Final = re.compile(r"(?<![A-Za-z0-9])(?:M|Milestone )([1-9])(?![A-Za-z0-9])", re.IGNORECASE)
_APPROVED: Final = re.compile(rf"(?<!not )(?<!not yet )(?<!un)\bapprove?d?(?:al)?\b{_FILL}{_DATE}", re.IGNORECASE)
_THEN_APPROVED: Final = re.compile(rf"{_FILL}{_DATE}{_FILL}approved\b", re.IGNORECASE)
_DATED: Final = re.compile(rf"{_FILL}{_DATE}", re.IGNORECASE)
_NOT_APPROVED: Final = re.compile(
    r"\b(?:not|submit\w*|reject\w*|pending|review\w*|schedul\w*|expect\w*|due|estimat\w*|request\w*|den(?:y|ied)|cancel\w*"
    r"|creat\w*|updat\w*|start\w*|open\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Milestone:
    """An approval that a text names: the field it is for, the day, and the words that say so."""

    field: Field
    day: date
    words: str


def milestones(text: str, today: date) -> tuple[Milestone, ...]:
    """The approvals in the text in its order, each once; a date that may be of something else is left out."""
    return tuple(dict.fromkeys(_found(" ".join(text[:MESSAGE_MOST].split()), today)))


def _found(text: str, today: date) -> Iterator[Milestone]:
    names = list(_NAMED.finditer(text))
    for i, name in enumerate(names):
        which = FIELDS.get(name[1])
        end = names[i + 1].start() if i + 1 < len(names) else len(text)
        stretch = text[name.end() : min(end, name.end() + _REACH)]
        dated = _approval(stretch)
        if which is None or dated is None:
            continue
        day, _ = read_date(dated["date"], today)
        if day is not None:
            yield Milestone(which, day, (name[0] + stretch[: dated.end()]).strip())


def _approval(stretch: str) -> re.Match[str] | None:
    """Where the stretch says when the milestone was approved."""
    said = _THEN_APPROVED.match(stretch) or _APPROVED.search(stretch)
    if said is not None:
        return said
    plain = _DATED.match(stretch)
    return None if plain is None or _NOT_APPROVED.search(stretch, plain.end()) else plain
