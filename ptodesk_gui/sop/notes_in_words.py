"""What was ticked during the call as short neutral sentences, for the concern of the ticket when the agent asks for them (C4, C5, T8)."""

from collections.abc import Iterator
from typing import Final

from ptodesk_gui.sop.case import Case, Inspection, Note

_NOTES: Final = {
    Note.INSTALLER_UNREACHABLE: "Cannot reach the installer.",
    Note.INSPECTION_NOT_SCHEDULED: "Inspection not scheduled.",
    Note.INSPECTION_PENDING: "Inspection pending.",
    Note.INSPECTION_FAILED_CHANGES_NEEDED: "Municipal inspection failed, changes needed.",
    Note.PTO_NOT_SUBMITTED: "PTO request not submitted by the installer.",
}
_INSPECTIONS: Final = {
    Inspection.NOT_SCHEDULED: _NOTES[Note.INSPECTION_NOT_SCHEDULED],
    Inspection.PENDING: _NOTES[Note.INSPECTION_PENDING],
    Inspection.PASSED: "Inspection passed.",
    Inspection.FAILED: "Inspection failed.",
}


def addition(case: Case, concern: str) -> str:
    """What to put at the end of the concern as it is typed, letter for letter: each sentence that is not in it yet, once.

    Empty when there is nothing to add.
    """
    there = " ".join(concern.split()).casefold()
    new = [words for words in dict.fromkeys(_sentences(case)) if words.rstrip(".").casefold() not in there]
    if not new:
        return ""
    return _glue(concern) + " ".join(new)


def _glue(concern: str) -> str:
    """What parts a new sentence from the text before it."""
    if not concern.strip() or concern[-1].isspace():
        return ""
    return " " if concern[-1] in ".!?" else ". "


def _sentences(case: Case) -> Iterator[str]:
    for note, words in _NOTES.items():
        if note in case.notes:
            yield words
    failed_is_noted = Note.INSPECTION_FAILED_CHANGES_NEEDED in case.notes
    if case.inspection in _INSPECTIONS and not (case.inspection is Inspection.FAILED and failed_is_noted):
        yield _INSPECTIONS[case.inspection]
