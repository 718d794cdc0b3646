"""The homeowner ticket: created, or made of the ticket the concern came in with (H1-H8)."""

from ptodesk_gui.sop.case import Channel, SourceTicket
from ptodesk_gui.sop.facts import UNKNOWN
from ptodesk_gui.sop.flows.choice import Situation, homeowner_choice, situation
from ptodesk_gui.sop.flows.send import Letter, send
from ptodesk_gui.sop.flows.wording import description, details, title
from ptodesk_gui.sop.flows.work import Place, Work
from ptodesk_gui.sop.steps import UNCHANGED, CreateTicket, EditTicket, LinkTickets, Ticket

TICKET_RULES = ("H1", "H2", "H3", "T2", "T3", "T4", "T7", "T10")


def created(work: Work, after: tuple[str, ...] = ()) -> Place:
    """Create the homeowner ticket, with the details and the first reply (H1-H4, or H7 while the job is not known).

    ``after`` is what comes first: the move of the ticket it came from (T1).
    """
    case, playbook = work.case, work.playbook
    job_unknown = situation(case) is Situation.JOB_UNKNOWN
    _missing(work, "the ticket gets no reporter")
    step = CreateTicket(
        id="homeowner.create",
        rules=("H7", "T2", "T3", "T10") if job_unknown else TICKET_RULES,
        needs=after,
        ticket=Ticket.HOMEOWNER,
        project=playbook.project,
        request_type=playbook.request_type,
        summary=_title(work, job_unknown=job_unknown),
        description=description(work.facts, case.concern),
        labels=(playbook.label,),
        organization=None if job_unknown else work.facts.organization,
        reporter=case.homeowner.email or None,
        assignee=playbook.person,
    )
    place = Place(Ticket.HOMEOWNER, None, (work.add(step),))
    if not job_unknown:
        details(work, place)
    _reply(work, place, "H7" if job_unknown else "H4")
    return place


def adopted(work: Work, source: SourceTicket) -> Place:
    """Make the ticket of a phone call or email the homeowner ticket (H1)."""
    case, playbook = work.case, work.playbook
    place = work.existing(Ticket.HOMEOWNER, source)
    _missing(work, "the ticket keeps the reporter it has")
    step = EditTicket(
        id="homeowner.edit",
        rules=TICKET_RULES,
        needs=place.needs,
        ticket=Ticket.HOMEOWNER,
        key=source.key,
        summary=_title(work, job_unknown=False),
        description=description(work.facts, case.concern),
        add_labels=(playbook.label,),
        request_type=playbook.request_type,
        organization=work.facts.organization or UNCHANGED,
        reporter=case.homeowner.email or UNCHANGED,
        assignee=playbook.person,
    )
    edited = Place(Ticket.HOMEOWNER, source.key, (*place.needs, work.add(step)))
    details(work, place)
    _reply(work, edited, "H4")
    return edited


def related(work: Work, home: Place, source: Place, rule: str) -> None:
    """Link the new homeowner ticket to the ticket it came from: homeowner relates to source (H6-H8)."""
    work.add(
        LinkTickets(
            id="homeowner.link",
            rules=(rule,),
            needs=(*source.needs, *home.needs),
            from_=home.ticket,
            relation=work.playbook.links.relates_to,
            to=source.ticket,
            from_key=home.key,
            to_key=source.key,
        )
    )


def _title(work: Work, *, job_unknown: bool) -> str:
    facts = work.facts
    if job_unknown:
        values = {"homeowner": facts.case.homeowner.email or facts.homeowner, "installer": UNKNOWN}
        return title(work, work.playbook.titles.homeowner, values, "H7")
    values = {"homeowner": facts.homeowner, "installer": facts.installer_name}
    return title(work, work.playbook.titles.homeowner, values, "H2")


def _missing(work: Work, reporter: str) -> None:
    """What the ticket is filed without; ``reporter`` says what becomes of its reporter then."""
    case = work.case
    if not case.concern:
        work.problem("concern", "T7", f"There is no concern: the ticket says {UNKNOWN}.")
    if case.new_information:
        said = "New information is filed in open tickets only: put it into the concern."
        work.problem("new_information", "O7", said)
    if not case.homeowner.email:
        said = f"Without the homeowner's email {reporter}: that is left to do."
        work.problem("homeowner.email", "H3", said)


def _reply(work: Work, place: Place, rule: str) -> None:
    case = work.case
    work.homeowner_reply = choice = homeowner_choice(work.facts)
    if choice.chosen is None and choice.rule == "C12":
        said = "No M2 date is known: no reply goes to the homeowner until you pick or write one."
        work.problem("job.m2", "C12", said)
    if case.homeowner.email:
        send(work, Letter("homeowner", "homeowner_reply", case.homeowner_reply, place, (rule,)), choice)
    elif choice.chosen is not None:
        adopted = case.source_ticket is not None and is_own_ticket(work)
        why = "nobody knows whether the ticket is the homeowner's" if adopted else "it would reach nobody"
        said = f"Without the homeowner's email the reply is not sent, {why}: that is left to do."
        work.problem("homeowner.email", "M1", said)


def is_own_ticket(work: Work) -> bool:
    """Whether the ticket it came with is the homeowner's own, and so becomes the homeowner ticket (H1)."""
    return work.case.channel in (Channel.PHONE, Channel.HOMEOWNER_EMAIL)
