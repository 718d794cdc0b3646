"""Facts that cannot all be so, pointed out while the homeowner is still on the line. None of them keeps a call from being filed."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from ptodesk_gui.sop.case import Case, Inspection, Note
from ptodesk_gui.sop.entry import Field
from ptodesk_gui.sop.typed_dates import long_date
from ptodesk_gui.sop.view import FieldWord, Weight

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


def contradictions(case: Case, today: date, homeowner_reply: str | None) -> Iterator[tuple[Field, FieldWord]]:
    """The words about contradictions, with the field each belongs to. ``homeowner_reply`` is the id of the chosen reply."""
    job = case.job
    if job.m3 is not None and job.m2 is None:
        yield Field.M2, _warning("M3 is approved, so M2 must have been: look for its date on the job page.")
    if job.m2 is not None and (today - job.m2).days > LONG_AGO:
        ago = f"{(today - job.m2).days:,} days ago"
        yield Field.M2, _warning(f"{long_date(job.m2)}: {ago}. Check the year.")
    for which, day in ((Field.M1, job.m1), (Field.M3, job.m3)):
        if day is not None and day > today:
            yield which, _warning(f"{long_date(day)} is after today. Check the date.")
    state = inspection_gap(case)
    if state and homeowner_reply in _ONLY_PTO_MISSING:
        yield (
            Field.HOMEOWNER_REPLY,
            _warning(f"This reply says that only the utility's PTO is missing, but {state}. Check, or choose another."),
        )
    noted = next((words for note, words in _NOTED.items() if note in case.notes), "")
    if case.inspection is Inspection.PASSED and noted:
        yield Field.INSPECTION, _warning(f"Passed, but it is noted that {noted}. Ask again.")


def inspection_gap(case: Case) -> str:
    """Why more than the utility's PTO is missing, in words; empty when nothing says so."""
    if case.inspection in _NOT_INSPECTED:
        return _NOT_INSPECTED[case.inspection]
    return next((words for note, words in _NOTED.items() if note in case.notes), "")


def _warning(text: str) -> FieldWord:
    return FieldWord(Weight.WARNING, text)
