"""One function per situation of a case: the steps in their order. Each gives the billing words an installer would read (I5)."""

from dataclasses import replace

from ptodesk_gui.sop.case import Channel
from ptodesk_gui.sop.flows import source as source_ticket
from ptodesk_gui.sop.flows.choice import homeowner_choice, installer_choice
from ptodesk_gui.sop.flows.homeowner import adopted, created, is_own_ticket, related
from ptodesk_gui.sop.flows.installer import installer_side
from ptodesk_gui.sop.flows.send import Letter, not_sendable, send
from ptodesk_gui.sop.flows.wording import details
from ptodesk_gui.sop.flows.work import Place, Work
from ptodesk_gui.sop.steps import InternalComment, PublicReply, Ticket

Words = tuple[str, ...]


def first(work: Work) -> Words:
    """Nothing is open for this homeowner: the homeowner ticket and what follows from it (H1-H6, H8, I1-I7)."""
    source = work.case.source_ticket
    if is_own_ticket(work):
        return installer_side(work, created(work) if source is None else adopted(work, source))
    if source is None:
        return installer_side(work, created(work))
    partner = work.case.channel is not Channel.HUBSPOT
    rule = "H8" if partner else "H6"
    place = source_ticket.tended(work, source, (rule,))
    details(work, place)
    if partner:
        source_ticket.answered(work, place, "partner_thanks", rule)
    home = created(work, after=place.needs)
    related(work, home, place, rule)
    disclosed = installer_side(work, home)
    work.close(place, work.playbook.done, (rule, "T11"))
    return disclosed


def job_unknown(work: Work) -> Words:
    """A HubSpot email whose job was not found: ask for it in a ticket of the homeowner's own (H7)."""
    source, case = work.case.source_ticket, work.case
    place = None if source is None else source_ticket.tended(work, source, ("H7",))
    home = created(work, after=() if place is None else place.needs)
    work.installer_reply = installer_choice(work.facts)
    why = "there is no installer ticket before the job is found."
    not_sendable(work, "installer_reply", case.installer_reply, "H7", why)
    if place is not None and source is not None:
        related(work, home, place, "H7")
        asked = [step.id for step in work.steps if isinstance(step, PublicReply)]
        if asked:
            work.close(place, work.playbook.done, ("H7", "T11"), asked)
        else:
            path = "homeowner_reply" if case.homeowner.email else "homeowner.email"
            said = f"Nobody is asked about the job, for no reply is sent: {source.key} stays open."
            work.problem(path, "H7", said)
    return ()


def partner_waits(work: Work) -> Words:
    """A partner's ticket whose job was not found: ask whom they spoke with, or say that it cannot be processed (H9, H10)."""
    case, source = work.case, work.case.source_ticket
    gave_up = case.partner_cannot_identify_job
    rule = "H10" if gave_up else "H9"
    work.homeowner_reply = homeowner_choice(work.facts)
    work.installer_reply = installer_choice(work.facts)
    for path, pick in (("homeowner_reply", case.homeowner_reply), ("installer_reply", case.installer_reply)):
        not_sendable(work, path, pick, rule, "there is no such ticket before the job is found.")
    if source is None:
        return ()
    place = source_ticket.tended(work, source, (rule, "H8"), organization=False)
    hours = work.playbook.reminder_hours
    if gave_up:
        source_ticket.answered(work, place, "partner_cannot_process", rule)
        text = f"Close {source.key} unless an answer came within {hours} hours."
    else:
        source_ticket.answered(work, place, "partner_ask_job", rule)
        text = f"Look at {source.key}: has the question about the job been answered? It was asked {hours} hours ago."
    source_ticket.reminded(work, place, rule, text, then_close=gave_up)
    return ()


def again(work: Work) -> Words:
    """The homeowner has an open ticket: what is new goes there (O1-O7).

    What is sent to anybody waits for what was done to the open homeowner ticket before: where its key is mistyped, nobody is
    told anything that is not so.
    """
    case, playbook, source = work.case, work.playbook, work.case.source_ticket
    home = Place(Ticket.OPEN_HOMEOWNER, case.open_homeowner_ticket)
    own, partner = is_own_ticket(work), case.channel in playbook.partners
    rule = "O1" if own else "O4" if partner else "O3"
    place, proof = None, []
    if source is not None:
        place = source_ticket.tended(work, source, (rule,), anonymous=own)
        relation = playbook.links.duplicates if own else playbook.links.relates_to
        proof = [source_ticket.linked(work, place, relation, home.ticket, case.open_homeowner_ticket or "", rule)]
    news = _new_information(work, home)
    proof = news or proof
    if place is not None and partner:
        source_ticket.answered(work, place, "partner_thanks", rule, after=proof)
    work.homeowner_reply = choice = homeowner_choice(work.facts)
    there = replace(home, needs=tuple(news))
    replied = send(work, Letter("homeowner", "homeowner_reply", case.homeowner_reply, there, ("O5",)), choice)
    disclosed = installer_side(work, home, tuple(replied or proof))
    if place is not None:
        closing = playbook.duplicate if own else playbook.done
        work.close(place, closing, (rule, "T11"), news)
    return disclosed


def _new_information(work: Work, home: Place) -> list[str]:
    """What is new, as an internal comment in the open homeowner ticket (O7); gives the step's id."""
    case = work.case
    text = case.new_information or case.concern
    if not text:
        said = "There is no new information and no concern: no comment is added to the open ticket."
        work.problem("new_information", "O7", said)
        return []
    step = InternalComment(
        id="open_homeowner.comment",
        rules=("O2", "O7") if case.source_ticket is None else ("O7",),
        ticket=home.ticket,
        key=home.key,
        body=text,
    )
    return [work.add(step)]


def extra(work: Work) -> Words:
    """An extra ticket from an installer duplicates the open installer ticket (I8)."""
    case, playbook, source = work.case, work.playbook, work.case.source_ticket
    work.homeowner_reply = homeowner_choice(work.facts)
    work.installer_reply = installer_choice(work.facts)
    for path, pick in (("homeowner_reply", case.homeowner_reply), ("installer_reply", case.installer_reply)):
        not_sendable(work, path, pick, "I8", "an extra ticket is closed without one.")
    if not case.open_installer_ticket:
        said = "There is no open installer ticket to link it to: name the one it duplicates."
        work.problem("open_installer_ticket", "I8", said, blocks=True)
    if source is None:
        return ()
    place = source_ticket.tended(work, source, ("I8",), anonymous=True)
    if case.open_installer_ticket:
        source_ticket.linked(
            work, place, playbook.links.duplicates, Ticket.OPEN_INSTALLER, case.open_installer_ticket, "I8"
        )
    work.close(place, playbook.duplicate, ("I8", "T11"))
    return ()
