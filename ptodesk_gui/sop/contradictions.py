"""Facts that cannot all be so, pointed out while the homeowner is still on the line. By itself none of them keeps a call from being filed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ptodesk_gui.sop.case import Case, Inspection, Note
from ptodesk_gui.sop.entry import Entry, Field, Memory
from ptodesk_gui.sop.facts import Facts, long_date
from ptodesk_gui.sop.flows.installer import SAME_EMAIL
from ptodesk_gui.sop.likeness import Likeness, alike, compare_names, email_key, words_of
from ptodesk_gui.sop.names import company_key
from ptodesk_gui.sop.playbook import Playbook

LONG_AGO: Final = 365  # days after which an M2 date is probably a slip
ONE_COMPANY: Final = 0.9  # of 1: two spellings that are one company with a slip mended

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


def contradictions(facts: Facts, homeowner_reply: str | None, entry: Entry | None = None) -> Iterator[Contradiction]:
    """What does not go together. ``homeowner_reply`` is the id of the chosen reply; ``entry`` says how the facts came about."""
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
    yield from _between_people(case)
    if entry is not None:
        yield from _since_typed(facts, entry)


def _between_people(case: Case) -> Iterator[Contradiction]:
    """What would send one person's words to another (I5), or say that two tickets are one."""
    email = email_key(case.homeowner.email)
    if email and email == email_key(case.installer.rep_email):
        yield Contradiction(Field.REP_EMAIL, "I3", SAME_EMAIL)
    if case.open_homeowner_ticket and case.open_homeowner_ticket == case.open_installer_ticket:
        text = f"{case.open_installer_ticket} is named as the homeowner's ticket as well: it can be only one of them."
        yield Contradiction(Field.OPEN_INSTALLER, "T9", text)


def _since_typed(facts: Facts, entry: Entry) -> Iterator[Contradiction]:
    """What was typed for another installer than the one that stands there now, or read from another person's job page."""
    case, now = facts.case, facts.installer_name
    for field, memory, words in (
        (Field.REP_FIRST_NAME, Memory.REP_NAME_FOR, "first name"),
        (Field.REP_EMAIL, Memory.REP_EMAIL_FOR, "email"),
    ):
        before = entry.memory(memory)
        if before and case.installer.name and not _one_company(before, case.installer.name, facts.playbook):
            text = f"The representative's {words} was typed for {before}, and the installer is {now} by now. Look it up again."
            yield Contradiction(field, "I3", text)
    pasted = entry.memory(Memory.PASTED_NAME)
    if pasted and not _may_be(case, pasted):
        text = (
            f"The pasted text is about {pasted}, the caller is {case.homeowner.name}. Check that it is the right job."
        )
        yield Contradiction(Field.LAST_NAME, "N3", text)


def _one_company(one: str, other: str, playbook: Playbook) -> bool:
    """Whether both name one company, by its names (N1) or with a slip mended; a listed company is never a slip."""
    first, second = playbook.installer(one), playbook.installer(other)
    if first is None or second is None or company_key(first.name) == company_key(second.name):
        return True
    if first.group is not None or second.group is not None:
        return False
    return alike(company_key(one), company_key(other), ONE_COMPANY)


def _may_be(case: Case, pasted: str) -> bool:
    """Whether the name can be the caller's, as far as it is typed."""
    if not (case.homeowner.first_name and case.homeowner.last_name):
        return True
    last, theirs = words_of(case.homeowner.last_name), words_of(pasted)
    still_typing = bool(last and theirs) and theirs[-1].startswith(last[-1])
    same_first = bool(theirs) and theirs[:1] == words_of(case.homeowner.first_name)[:1]
    return (still_typing and same_first) or compare_names(case.homeowner.name, pasted) is not Likeness.OTHER


def inspection_gap(case: Case) -> str:
    """Why more than the utility's PTO is missing, in words; empty when nothing says so."""
    if case.inspection in _NOT_INSPECTED:
        return _NOT_INSPECTED[case.inspection]
    return next((words for note, words in _NOTED.items() if note in case.notes), "")
