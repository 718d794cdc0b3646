"""From facts to ticket steps: what the procedure asks for, for every channel, with and without open tickets."""

from datetime import date

from ptodesk_gui.sop.case import Case, Channel
from ptodesk_gui.sop.facts import gather, names_needed
from ptodesk_gui.sop.flows import cases
from ptodesk_gui.sop.flows.choice import Situation, situation
from ptodesk_gui.sop.flows.flags import flags, say
from ptodesk_gui.sop.flows.work import Work
from ptodesk_gui.sop.plan import Plan
from ptodesk_gui.sop.playbook import Playbook

__all__ = ["make_plan"]

_FLOWS = {
    Situation.FIRST: cases.first,
    Situation.AGAIN: cases.again,
    Situation.JOB_UNKNOWN: cases.job_unknown,
    Situation.PARTNER_WAITS: cases.partner_waits,
    Situation.EXTRA: cases.extra,
}


def make_plan(case: Case, playbook: Playbook, today: date, *, concern_pasted: bool = False) -> Plan:
    """All that follows from the case as of today, the workstation's local date.

    Never raises, however little is known: what a step cannot do without becomes a problem. ``concern_pasted`` says
    that text was pasted into the concern (T8).
    """
    facts = gather(case, playbook, today)
    work = Work(facts)
    work.problems += facts.date_problems
    _check_needed(work)
    disclosed = _FLOWS[situation(case)](work)
    return Plan(
        grace=facts.grace,
        say=say(facts),
        flags=flags(facts, disclosed, concern_pasted=concern_pasted),
        problems=tuple(work.problems),
        homeowner_reply=work.homeowner_reply,
        installer_reply=work.installer_reply,
        steps=(*work.steps, *work.closings),
    )


def _check_needed(work: Work) -> None:
    """What filing cannot do without: a case file that lacks it is refused, a call that lacks it is kept (M2)."""
    case = work.case
    if names_needed(case.channel, case.job.found):
        for path, value, words in (
            ("homeowner.first_name", case.homeowner.first_name, "homeowner's first name"),
            ("homeowner.last_name", case.homeowner.last_name, "homeowner's last name"),
            ("installer.name", case.installer.name, "installer"),
        ):
            if not value:
                rule = "N1" if path == "installer.name" else "N3"
                work.problem(path, rule, f"The {words} is not known.", blocks=True)
    if not case.agent:
        work.problem("agent", "N3", "The agent's name is not known.", blocks=True)
    if case.channel is not Channel.PHONE and case.source_ticket is None:
        work.problem("source_ticket", "H1", "The ticket it came in with is not known.", blocks=True)
    if case.partner_cannot_identify_job and situation(case) is not Situation.PARTNER_WAITS:
        said = "It has no effect: it is for a partner's ticket whose job was not found and that has no open ticket."
        work.problem("partner_cannot_identify_job", "H10", said)
    if case.source_ticket is not None:
        for path in ("open_homeowner_ticket", "open_installer_ticket"):
            if getattr(case, path) == case.source_ticket.key:
                said = "This is the ticket it came in with: a ticket cannot be linked to itself."
                work.problem(path, "T9", said, blocks=True)
    if case.open_installer_ticket and case.open_installer_ticket == case.open_homeowner_ticket:
        said = "This is the open homeowner ticket as well: the homeowner would get what is meant for the installer."
        work.problem("open_installer_ticket", "T9", said, blocks=True)
