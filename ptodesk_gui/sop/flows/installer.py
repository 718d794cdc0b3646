"""The installer's side: a linked ticket, a reply in the open one, or a mention instead of either (I1-I8, O6, O7)."""

from dataclasses import replace
from typing import Final

from ptodesk_gui.sop.case import OwnWords
from ptodesk_gui.sop.facts import names_needed
from ptodesk_gui.sop.flows.choice import installer_choice
from ptodesk_gui.sop.flows.flags import disclosed_words
from ptodesk_gui.sop.flows.send import Letter, blank_in, not_sendable, send
from ptodesk_gui.sop.flows.wording import description, details, title
from ptodesk_gui.sop.flows.work import Place, Work
from ptodesk_gui.sop.likeness import email_key
from ptodesk_gui.sop.plan import ChosenReply
from ptodesk_gui.sop.steps import CreateTicket, InternalComment, LinkTickets, Ticket

SAME_EMAIL: Final = "This is the homeowner's email as well: the homeowner would get what is meant for the installer."

SAME_EMAIL_NOTED: Final = "This is the homeowner's email as well. Look up the representative's."


def installer_side(work: Work, home: Place, proof: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Everything towards the installer of a homeowner ticket. Gives the billing words that would reach the installer.

    ``proof`` is what shows that an open homeowner ticket is there, before anything goes to the installer because of it.
    """
    case, facts = work.case, work.facts
    work.installer_reply = choice = installer_choice(facts)
    rep = email_key(case.installer.rep_email)
    if rep and rep == email_key(case.homeowner.email):
        used = case.open_installer_ticket is None and (facts.installer is None or facts.installer.gets_tickets)
        said = SAME_EMAIL if used else SAME_EMAIL_NOTED
        work.problem("installer.rep_email", "I3", said, blocks=used and email_key(facts.rep_email) == rep)
    if facts.installer is not None and not facts.installer.gets_tickets:
        _mention(work, home)
        return ()
    home = replace(home, needs=(*home.needs, *proof))
    if case.open_installer_ticket:
        return _again(work, home, choice)
    if facts.installer is None and not names_needed(case.channel, case.job.found):
        work.installer_reply = ChosenReply(None, "O7", ())
        work.problem("installer.name", "O7", "The installer is not known: no installer ticket is made.")
        return ()
    return _create(work, home, choice)


def _mention(work: Work, home: Place) -> None:
    """Mention the person of the playbook in the homeowner ticket (I7)."""
    facts, playbook = work.facts, work.playbook
    work.add(
        InternalComment(
            id=f"{home.ticket}.mention",
            rules=("I7",),
            needs=home.needs,
            ticket=home.ticket,
            key=home.key,
            body=playbook.mention.fill({"homeowner": facts.homeowner, "installer": facts.installer_name}),
            mention=playbook.person,
        )
    )
    why = f"no installer ticket is made for {facts.installer_name}."
    not_sendable(work, "installer_reply", work.case.installer_reply, "I7", why)


def _again(work: Work, home: Place, choice: ChosenReply) -> tuple[str, ...]:
    """Reply in the open installer ticket (O6); a new homeowner ticket is linked to it (I1, T9)."""
    case = work.case
    place = Place(Ticket.OPEN_INSTALLER, case.open_installer_ticket)
    needs = (_link(work, home, place),) if home.ticket is Ticket.HOMEOWNER else home.needs
    place = replace(place, needs=needs)  # the reply says that there is a homeowner ticket with something new in it
    send(work, Letter("installer", "installer_reply", case.installer_reply, place, ("O6",)), choice)
    text = work.playbook.texts.get(choice.chosen or "")
    return _disclosed(work, concern_is_read=text is not None and "concern" in text.names)


def _create(work: Work, home: Place, choice: ChosenReply) -> tuple[str, ...]:
    """The linked installer ticket (I1-I4)."""
    case, facts, playbook = work.case, work.facts, work.playbook
    values = {"homeowner": facts.homeowner, "installer": facts.installer_name}
    if left := blank_in(case.installer_concern):
        said = f'The concern for the installer still has the blank "{left}" in it.'
        work.problem("installer_concern", "I4", said, blocks=True)
    if not facts.rep_email:
        said = "Without the representative's email the installer ticket gets no reporter: that is left to do."
        work.problem("installer.rep_email", "I3", said)
    step = CreateTicket(
        id="installer.create",
        rules=("I1", "I2", "I3", "I5", "T2", "T3", "T4", "T7", "T10"),
        needs=home.needs,  # nothing goes to the installer while there is no homeowner ticket to make it from
        ticket=Ticket.INSTALLER,
        project=playbook.project,
        request_type=playbook.request_type,
        summary=title(work, playbook.titles.installer, values, "I2"),
        description=description(facts, facts.installer_concern),
        labels=(playbook.label,),
        organization=facts.organization,
        reporter=facts.rep_email or None,
        assignee=playbook.person,
    )
    place = Place(Ticket.INSTALLER, None, (work.add(step),))
    link = _link(work, home, place)
    details(work, place)
    if not home.needs:  # nothing else has shown yet that the open homeowner ticket is there
        place = replace(place, needs=(*place.needs, link))
    if facts.rep_email:
        send(work, Letter("installer", "installer_reply", case.installer_reply, place, ("I4",)), choice)
    elif choice.chosen is not None:
        said = "Without the representative's email the reply is not sent, it would reach nobody: that is left to do."
        work.problem("installer.rep_email", "M1", said)
    return _disclosed(work, concern_is_read=True)


def _link(work: Work, home: Place, place: Place) -> str:
    """The homeowner ticket is caused by the installer ticket (I1); gives the step's id."""
    return work.add(
        LinkTickets(
            id="installer.link",
            rules=("I1",),
            needs=tuple(dict.fromkeys((*home.needs, *place.needs))),
            from_=home.ticket,
            relation=work.playbook.links.is_caused_by,
            to=place.ticket,
            from_key=home.key,
            to_key=place.key,
        )
    )


def _disclosed(work: Work, *, concern_is_read: bool) -> tuple[str, ...]:
    """The billing words in what the agent typed for the installer; filing waits for them to be reworded or confirmed (I5)."""
    case = work.case
    typed = [("installer_concern", case.installer_concern)] if concern_is_read else []
    if isinstance(case.installer_reply, OwnWords):
        typed.append(("installer_reply", case.installer_reply.text))
    found: list[str] = []
    for path, text in typed:
        words = disclosed_words(work.facts, text) if text else ()
        found += words
        if words and not case.disclosure_confirmed:
            said = f"The installer would read about billing ({', '.join(words)}): reword it, or confirm it."
            work.problem(path, "I5", said, blocks=True)
    return tuple(dict.fromkeys(found))
