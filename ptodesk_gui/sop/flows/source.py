"""The ticket a concern came in with, where it does not become the homeowner ticket itself (H6-H10, O1-O4, I8)."""

from collections.abc import Sequence

from ptodesk_gui.sop.case import SourceTicket
from ptodesk_gui.sop.facts import UNKNOWN
from ptodesk_gui.sop.flows.send import Letter, send
from ptodesk_gui.sop.flows.wording import title
from ptodesk_gui.sop.flows.work import Place, Work
from ptodesk_gui.sop.plan import ChosenReply
from ptodesk_gui.sop.steps import UNCHANGED, EditTicket, LinkTickets, Remind, Ticket


def tended(
    work: Work, source: SourceTicket, rules: tuple[str, ...], *, anonymous: bool = False, organization: bool = True
) -> Place:
    """Move it, and give it label, request type and organization (T1-T4), a partner's title and reporter (H8), or no reporter (T12)."""
    playbook = work.playbook
    place = work.existing(Ticket.SOURCE, source)
    partner = playbook.partners.get(work.case.channel)
    summary = UNCHANGED if partner is None else _partner_title(work, source, partner.name)
    reporter = None if anonymous else UNCHANGED if partner is None else partner.reporter
    company = work.facts.organization if organization else None
    if organization and company is None and "H7" not in rules:
        said = f"The installer is not known: {source.key} gets no organization, that is left to do."
        work.problem("installer.name", "T4", said)
    shared = ("T2", "T3") if company is None else ("T2", "T3", "T4")
    step = EditTicket(
        id="source.edit",
        rules=(*rules, *shared, "T12") if anonymous else (*rules, *shared),
        needs=place.needs,
        ticket=Ticket.SOURCE,
        key=source.key,
        summary=summary,
        add_labels=(playbook.label,),
        request_type=playbook.request_type,
        organization=company or UNCHANGED,
        reporter=reporter,
    )
    work.add(step)
    return place


def _partner_title(work: Work, source: SourceTicket, partner: str) -> str:
    if not source.request:
        said = f"The request has no description: the title says {UNKNOWN}."
        work.problem("source_ticket.request", "H8", said)
    values = {"partner": partner, "request": source.request or UNKNOWN}
    return title(work, work.playbook.titles.partner, values, "H8")


def linked(work: Work, place: Place, relation: str, to: Ticket, to_key: str, rule: str) -> str:
    """Link it to an open ticket: source duplicates open homeowner ticket; gives the step's id."""
    return work.add(
        LinkTickets(
            id="source.link",
            rules=(rule, "T9"),
            needs=place.needs,
            from_=Ticket.SOURCE,
            relation=relation,
            to=to,
            from_key=place.key,
            to_key=to_key,
        )
    )


def answered(work: Work, place: Place, reply: str, rule: str, after: Sequence[str] = ()) -> None:
    """Answer the partner, once the ticket's reporter is the partner and ``after`` is done (H8-H10, O4)."""
    there = Place(place.ticket, place.key, (*place.needs, "source.edit", *after))
    send(work, Letter("partner", "", None, there, (rule,)), ChosenReply(reply, rule, ()))


def reminded(work: Work, place: Place, rule: str, text: str, *, then_close: bool) -> None:
    """Come back to it when the answer is due (H9, H10). The time runs from the reply."""
    replied = tuple(step.id for step in work.steps if step.id == "source.reply")
    work.add(
        Remind(
            id="source.remind",
            rules=(rule,),
            needs=replied or (*place.needs, "source.edit"),
            ticket=place.ticket,
            key=place.key,
            after_hours=work.playbook.reminder_hours,
            text=text,
            then="close" if then_close else UNCHANGED,
            transition=work.playbook.done.transition,
            resolution=work.playbook.done.resolution,
            category=work.playbook.done.category,
        )
    )
