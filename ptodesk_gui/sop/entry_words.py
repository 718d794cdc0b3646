"""What was typed, field by field in words, for a person who has to go on with it somewhere else. Nothing is left out."""

from collections.abc import Mapping
from typing import Final

from ptodesk_gui.sop.checklist import FIELD_NAMES
from ptodesk_gui.sop.entry import NO, OWN, YES, Entry, Field, Memory
from ptodesk_gui.sop.replies import TEXT_TITLES

AGENT: Final = "agent"
_OTHERS: Final[Mapping[str, str]] = {
    Field.NOTE_UNREACHABLE: "cannot reach the installer",
    Field.NOTE_NOT_SCHEDULED: "inspection not scheduled",
    Field.NOTE_PENDING: "inspection pending",
    Field.NOTE_FAILED: "failed inspection, changes needed",
    Field.NOTE_NOT_SUBMITTED: "PTO not submitted",
    Field.CONCERN_PASTED: "text was pasted into the concern",
    Field.DOUBLE_BILLING: "still asks about double billing",
    Field.HOMEOWNER_REPLY: "reply to the homeowner, chosen",
    Field.INSTALLER_REPLY: "reply to the installer, chosen",
    Field.DISCLOSURE_CONFIRMED: "the installer may read the billing words",
    Field.JOB_FOUND: "job in engine",
    Field.PARTNER_CANNOT_IDENTIFY: "the partner cannot identify the job",
    Memory.LINK_TICKET: "ticket that a link named",
}
_WORDS: Final[Mapping[str, str]] = {**{which.value: name for which, name in FIELD_NAMES.items()}, **_OTHERS}
_VALUES: Final[Mapping[str, str]] = {YES: "yes", NO: "no", OWN: "own words", **TEXT_TITLES}
_NOT_TYPED: Final = frozenset({Memory.USES, Memory.COPIES, Memory.TICKETS_OF})
_CHOSEN: Final = frozenset({Field.HOMEOWNER_REPLY, Field.INSTALLER_REPLY})


def entry_lines(entry: Entry) -> tuple[tuple[str, str], ...]:
    """Each input's name and what stands in it, in the order of the form; what this version does not know comes last, by its path."""
    order = {field.value: number for number, field in enumerate(Field)}
    paths = sorted(
        (path for path, value in entry.values.items() if value and path not in _NOT_TYPED),
        key=lambda p: (order.get(p, len(order)), p),
    )
    lines = [(_WORDS.get(path, path), _value(path, entry.values[path])) for path in paths]
    return ((AGENT, entry.agent), *lines) if entry.agent and lines else tuple(lines)


def entry_text(entry: Entry) -> str:
    """The same as text; empty when nothing was typed."""
    return "\n".join(f"{name}: {value}" for name, value in entry_lines(entry))


def _value(path: str, value: str) -> str:
    return _VALUES.get(value, value) if path in _CHOSEN else value
