"""Facts that cannot all be so, pointed out while the homeowner is still on the line. None of them keeps a call from being filed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ptodesk_gui.sop.case import Case, Inspection, Note
from ptodesk_gui.sop.entry import Field
from ptodesk_gui.sop.facts import Facts, long_date

LONG_AGO: Final = 365  # days after which an M2 date is probably a slip

_ONLY_PTO_MISSING: Final = frozenset({"homeowner_self_help"})  # replies that say only the utility's PTO is missing (H5)
_NOT_INSPECTED: Final = {
    Inspection.FAILED: "the inspection failed",
    Inspection.NOT_SCHEDULED: "the inspection is not scheduled",
    Inspection.PENDING: "the inspection is still pending",
}
_NOTED: Final = {
    Note.INSPECTION_FAILED_CHANGES_NEEDED: "the inspection failed",
    Note.INSPECTION_NOT_SCHEDULED: "the inspection is not scheduled",
    Note.INSPECTION_PENDING: "the inspection is still pending",
}


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What does not go together, in a sentence with what to do, and the field to look at."""

    field: Field
    rule: str
    text: str


def contradictions(facts: Facts, homeowner_reply: str | None) -> Iterator[Contradiction]:
    """What does not go together. ``homeowner_reply`` is the id of the chosen reply."""
    case, job = facts.case, facts.case.job
    if job.m3 is not None and job.m2 is None:
        text = "M3 is approved, so M2 must have been: look for its date on the job page."
        yield Contradiction(Field.M2, "C13", text)
    if facts.grace.m2 is not None and facts.grace.day is not None and facts.grace.day > LONG_AGO:
        text = f"M2 on {long_date(facts.grace.m2)} is {facts.grace.day:,} days ago. Check the year."
        yield Contradiction(Field.M2, "C7", text)
    gap = inspection_gap(case)
    if gap and homeowner_reply in _ONLY_PTO_MISSING:
        text = f"The reply says that only the utility's PTO is missing, but {gap}. Check, or choose another."
        yield Contradiction(Field.HOMEOWNER_REPLY, "H5", text)
    noted = next((words for note, words in _NOTED.items() if note in case.notes), "")
    if case.inspection is Inspection.PASSED and noted:
        yield Contradiction(Field.INSPECTION, "C4", f"Inspection passed, but it is noted that {noted}. Ask again.")


def inspection_gap(case: Case) -> str:
    """Why more than the utility's PTO is missing, in words; empty when nothing says so."""
    if case.inspection in _NOT_INSPECTED:
        return _NOT_INSPECTED[case.inspection]
    return next((words for note, words in _NOTED.items() if note in case.notes), "")
