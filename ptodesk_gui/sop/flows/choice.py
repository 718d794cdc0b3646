"""Which reply goes to whom: the procedure's choice, what else may be picked, and why one does not fit (H4, H5, I4, C12)."""

from collections.abc import Iterable
from enum import Enum, auto
from typing import Final

from ptodesk_gui.sop.case import Case, Channel, Inspection, OwnWords
from ptodesk_gui.sop.facts import Facts
from ptodesk_gui.sop.grace import GraceStatus
from ptodesk_gui.sop.plan import ChosenReply

OWN = "own"


class Situation(Enum):
    """Where a case stands: it decides which replies fit at all."""

    FIRST = auto()  # nothing open: H1-H6, H8
    AGAIN = auto()  # an open homeowner ticket: O1-O7
    JOB_UNKNOWN = auto()  # a HubSpot email whose job was not found: H7
    PARTNER_WAITS = auto()  # a partner's ticket whose job was not found: H9, H10
    EXTRA = auto()  # an extra ticket from an installer: I8


def situation(case: Case) -> Situation:
    """Where the case stands."""
    if case.channel is Channel.INSTALLER:
        return Situation.EXTRA
    if case.open_homeowner_ticket:
        return Situation.AGAIN
    if not case.job.found and case.channel is Channel.HUBSPOT:
        return Situation.JOB_UNKNOWN
    if not case.job.found and case.channel in (Channel.ACCOUNT_SERVICING, Channel.OMNIDIAN):
        return Situation.PARTNER_WAITS
    return Situation.FIRST


def homeowner_choice(facts: Facts) -> ChosenReply:
    """The reply to the homeowner."""
    pick = facts.case.homeowner_reply
    match situation(facts.case):
        case Situation.FIRST:
            candidates = [reply for reply in _first_replies(facts) if not _states_unknown(reply, facts)]
            if facts.started:
                return _chosen(pick, candidates[0], "H4", candidates, "H5")
            return _chosen(pick, None, "C14" if facts.dates_impossible else "C12", candidates, "H5")
        case Situation.AGAIN:
            return _chosen(pick, "homeowner_again", "O5", ["homeowner_again"], "H5")
        case Situation.JOB_UNKNOWN:
            return _chosen(pick, "homeowner_ask_job", "H7", ["homeowner_ask_job"], "H5")
        case Situation.PARTNER_WAITS:
            return ChosenReply(None, "H10" if facts.case.partner_cannot_identify_job else "H9", ())
        case Situation.EXTRA:
            return ChosenReply(None, "I8", ())


def installer_choice(facts: Facts) -> ChosenReply:
    """The reply to the installer's representative."""
    case = facts.case
    match situation(case):
        case Situation.JOB_UNKNOWN:
            return ChosenReply(None, "H7", ())
        case Situation.PARTNER_WAITS:
            return ChosenReply(None, "H10" if case.partner_cannot_identify_job else "H9", ())
        case Situation.EXTRA:
            return ChosenReply(None, "I8", ())
        case _:
            pass
    if facts.installer is not None and not facts.installer.gets_tickets:
        return ChosenReply(None, "I7", ())
    if case.open_installer_ticket:
        return _chosen(case.installer_reply, "installer_again", "O6", ["installer_again"], "I4")
    past = facts.grace.status is GraceStatus.PAST
    candidates = ["installer_past" if past else "installer_within", "installer_update"]
    return _chosen(case.installer_reply, candidates[0], "I4", candidates, "I4")


def _first_replies(facts: Facts) -> Iterable[str]:
    """H4's replies whose condition holds, in its order, then H5's."""
    if facts.area is not None:
        yield facts.area.reply
    if facts.installer is not None and facts.installer.self_help:
        yield "homeowner_self_help"
    if facts.grace.status is GraceStatus.WITHIN:
        yield "homeowner_within"
    if facts.grace.status is GraceStatus.PAST:
        yield "homeowner_past"
    if facts.only_pto_missing:
        yield "homeowner_self_help"
    yield "homeowner_others"


def _states_unknown(reply: str, facts: Facts) -> bool:
    """Whether the reply states an install month or a due date that nobody knows (C12)."""
    return not facts.started and facts.playbook.texts[reply].needs_m2


def _chosen(
    pick: str | OwnWords | None, usual: str | None, rule: str, candidates: list[str], pick_rule: str
) -> ChosenReply:
    if isinstance(pick, OwnWords):
        return ChosenReply(OWN, pick_rule, tuple(dict.fromkeys(candidates)))
    if pick:
        return ChosenReply(pick, rule if pick == usual else pick_rule, tuple(dict.fromkeys([pick, *candidates])))
    return ChosenReply(usual, rule, tuple(dict.fromkeys(candidates)))


_ONLY_FOR: Final = {
    "homeowner_again": "It is for a homeowner who has an open ticket.",
    "homeowner_ask_job": "It is for a HubSpot email whose job was not found.",
    "installer_again": "It is for an installer who has an open ticket.",
}


def may_apply(reply: str, facts: Facts) -> bool:
    """Whether the reply is for where this case stands at all; the others only lengthen the list (H5: the agent may pick them)."""
    where = situation(facts.case)
    match reply:
        case "homeowner_again":
            return where is Situation.AGAIN
        case "homeowner_ask_job":
            return where is Situation.JOB_UNKNOWN
        case "installer_again":
            return bool(facts.case.open_installer_ticket)
        case _:
            return True


def why_not(reply: str, facts: Facts) -> str:
    """Why the reply's condition does not hold, in a sentence; empty where it holds (H5)."""
    if reply in _ONLY_FOR:
        return "" if may_apply(reply, facts) else _ONLY_FOR[reply]
    where = situation(facts.case)
    if reply.startswith("homeowner_"):
        if where is Situation.AGAIN:
            return "It is a first reply, and the homeowner has an open ticket."
        if where is Situation.JOB_UNKNOWN:
            return "It is a first reply, and the job was not found yet."
    elif facts.case.open_installer_ticket:
        return "It is a first reply, and the installer has an open ticket."
    if _states_unknown(reply, facts):
        return "It states a date, and no M2 date is known."
    return _condition(reply, facts)


def _condition(reply: str, facts: Facts) -> str:
    status, days = facts.grace.status, facts.playbook.grace_days
    areas = [area for area in facts.playbook.areas if area.reply == reply]
    if areas and facts.area not in areas:
        return "It is for " + " or ".join(f"{area.company} in {area.city}" for area in areas) + "."
    match reply:
        case "homeowner_within" if status is not GraceStatus.WITHIN:
            return f"It is for the first {days} days after M2."
        case "homeowner_past" | "installer_past" if status is not GraceStatus.PAST:
            return f"It is for more than {days} days after M2."
        case "installer_within" if status is GraceStatus.PAST:
            return f"It is for the first {days} days after M2."
        case "homeowner_self_help" if not facts.only_pto_missing and not (
            facts.installer is not None and facts.installer.self_help
        ):
            return f"It says that only the utility's PTO is missing, and {_also_missing(facts)}."
        case _:
            return ""


def _also_missing(facts: Facts) -> str:
    if not facts.started:
        return "there is no M2 date"
    if facts.case.job.m3 is not None:
        return "M3 is approved already"
    if facts.case.inspection is not Inspection.PASSED:
        return "the system is not known to have passed its inspection"
    return "the homeowner named something else"
