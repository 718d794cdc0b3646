"""What the agent must see, and what may be said on the phone (C2, C3, C8-C13, I5, I7, T8)."""

from collections.abc import Iterator
from typing import Final

from ptodesk_gui.sop.case import Channel, Inspection, Note
from ptodesk_gui.sop.disclosure import COPIED_RUN, billing_words, shares_run
from ptodesk_gui.sop.facts import Facts, numeric
from ptodesk_gui.sop.flows.choice import Situation, situation
from ptodesk_gui.sop.grace import GraceStatus
from ptodesk_gui.sop.plan import Flag, Said

_CALLS_FOR_INSTALLER: Final = (Situation.FIRST, Situation.AGAIN)  # where the procedure turns to the installer


def say(facts: Facts) -> tuple[Said, ...]:
    """The approved sentences for the phone, as far as they are filled completely (C8-C10, C12, C14)."""
    texts = facts.playbook.texts
    return tuple(
        Said(text_id, rule, texts[text_id].fill(facts.values))
        for text_id, rule in sayings(facts)
        if not texts[text_id].missing(facts.values)
    )


def sayings(facts: Facts) -> tuple[tuple[str, str], ...]:
    """The ids of the sentences that are to be said now, each with its rule, whether or not their blanks are filled.

    Impossible dates leave the grace period not started (C14): only the sentence that needs no date is said then.
    """
    if facts.case.channel is not Channel.PHONE:
        return ()
    said = []
    if facts.grace.status is GraceStatus.WITHIN:
        said.append(("say_within", "C8"))
    elif facts.grace.status is GraceStatus.PAST:
        said.append(("say_past", "C9"))
    if facts.case.still_asking_about_double_billing:
        said.append(("say_double_billing", "C10"))
    return tuple(said)


def flags(facts: Facts, disclosed: tuple[str, ...], *, concern_pasted: bool) -> tuple[Flag, ...]:
    """All flags of the case. ``disclosed`` are the billing words in what the installer would read."""
    return (
        *_company_flags(facts),
        *_date_flags(facts),
        *_inspection_flags(facts),
        *_text_flags(facts, disclosed, concern_pasted=concern_pasted),
    )


def _company_flags(facts: Facts) -> Iterator[Flag]:
    area, installer = facts.area, facts.installer
    if area is not None:
        text = f"{area.city} and {area.company}: a delay with the utility in this area is known, and there is a reply about it."
        yield Flag("littleton_top_electric", "C2", text)
    if installer is None:
        return
    if installer.self_help:
        text = f"{installer.name}: its homeowners are told what they can do themselves."
        yield Flag("self_help_installer", "C3", text)
    if not installer.gets_tickets and situation(facts.case) in _CALLS_FOR_INSTALLER:
        text = f"No installer ticket for {installer.name}: {facts.playbook.person} is mentioned in the homeowner ticket instead."
        yield Flag("no_installer_ticket", "I7", text)


def _date_flags(facts: Facts) -> Iterator[Flag]:
    case, grace = facts.case, facts.grace
    refused = any(problem.field == "job.m3" for problem in facts.date_problems)  # C14: no such approval is believed
    if case.job.m3 is not None and not refused:
        text = f"M3 was approved on {numeric(case.job.m3)}: PTO is accepted already, so this may be about activation, not about PTO."
        yield Flag("m3_approved", "C13", text)
    if case.job.m2 is None and situation(case) in _CALLS_FOR_INSTALLER:
        text = "M2 is not approved, or its date is not known: no install month and no due date may be said or sent."
        yield Flag("m2_missing", "C12", text)
    if grace.days_left == 0:
        text = f"The first payment is due today, day {facts.playbook.grace_days}: the homeowner is still within the period."
        yield Flag("due_today", "C11", text)


def _inspection_flags(facts: Facts) -> Iterator[Flag]:
    case = facts.case
    if case.inspection is Inspection.FAILED or Note.INSPECTION_FAILED_CHANGES_NEEDED in case.notes:
        text = "The inspection failed: the system needs changes before the utility can give its permission."
        yield Flag("inspection_failed", "C4", text)


def _text_flags(facts: Facts, disclosed: tuple[str, ...], *, concern_pasted: bool) -> Iterator[Flag]:
    if disclosed:
        text = f"The installer would read about billing: {', '.join(disclosed)}. Only what concerns PTO is for the installer."
        yield Flag("disclosure", "I5", text)
    if concern_pasted or copied(facts):
        text = f"The concern looks copied (pasted, or {COPIED_RUN} words in a row as in the ticket): sum it up in your own words."
        yield Flag("copied_concern", "T8", text)


def copied(facts: Facts) -> bool:
    """Whether a concern of the case repeats the ticket it came with (T8)."""
    case, source = facts.case, facts.case.source_ticket
    if source is None or not source.text:
        return False
    return any(shares_run(text, source.text) for text in (case.concern, case.installer_concern))


def disclosed_words(facts: Facts, text: str) -> tuple[str, ...]:
    """The billing words in what the agent typed for the installer; the known names are no words (I5)."""
    case = facts.case
    names = (case.homeowner.name, case.installer.name, facts.installer_name, case.installer.rep_first_name)
    return billing_words(text, facts.playbook.billing, names)
