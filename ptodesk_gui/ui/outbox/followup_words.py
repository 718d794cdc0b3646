"""How follow-ups read: every visible sentence of their list, and which act is possible (H7, H9, H10)."""

from ptodesk_gui.sop.progress import FollowUp, FollowUpState

HEADING = "Follow-&ups"
TAKE_UP = "Take up as a call"
ANSWERED = "Answered"
CLOSE_NOW = "Close now"
SNOOZE = "Remind me in 4 hours"
SNOOZE_HOURS = 4.0
OPEN = "Open the ticket"
TAKE_UP_HELP = "Reads the ticket with its answer in and begins a call with it; once that is filed, this is seen to."
ANSWERED_HELP = "You have seen to it: the ticket stays as it is and is not closed from here."
CLOSE_HELP = "Closes the ticket now as {closing}."
CANNOT_CLOSE_HELP = "It is not closed from here: close it in the browser."
SNOOZE_HELP = "It comes up again in 4 hours. A closing that was agreed to does not come sooner for that."
OPEN_HELP = "Opens the ticket in the browser."
CLOSES_ITSELF = "It is closed then as {closing}, unless an answer came."
CLOSES_ONCE_SEEN = "It is closed as {closing} as soon as the site says that no answer came."

_STATES = {
    FollowUpState.DUE: "due",
    FollowUpState.ANSWERED: "answered: look at it",
    FollowUpState.CLOSING: "being closed",
    FollowUpState.CLOSED: "closed",
    FollowUpState.KEPT: "seen to",
}


def line(one: FollowUp, now: float) -> str:
    """A row of the list: ticket and when, whose it is, what is to be done, what there is to say of it."""
    lead = f"{one.ticket or 'Ticket not known'}: {state(one, now)}"
    said = " ".join(part for part in (one.reason, one.cure) if part)
    return "\n".join(part for part in (f"{lead}   {one.title}", one.text, _agreed(one), said) if part)


def state(one: FollowUp, now: float) -> str:
    """How it stands and since when: "in 3 h", "due since 2 h"."""
    when = one.when(now)
    if one.state is FollowUpState.WAITING:
        return when if one.due is not None else f"waiting for an answer {when}".rstrip()
    words = _STATES[one.state]
    if one.state is FollowUpState.CLOSING and one.cure:
        words = "not closed: a person is needed"
    return f"{words} {when}".rstrip() if one.state is FollowUpState.DUE else words


def _agreed(one: FollowUp) -> str:
    """What happens by itself, where the agent has agreed to it (H10)."""
    if not (one.closes_itself and one.closing) or one.for_person:
        return ""
    if one.state is FollowUpState.WAITING:
        return CLOSES_ITSELF.format(closing=one.closing)
    return CLOSES_ONCE_SEEN.format(closing=one.closing) if one.state is FollowUpState.DUE else ""


def may_take_up(one: FollowUp) -> bool:
    """Whether the ticket can be opened as a call."""
    return bool(one.ticket) and not one.over and one.state is not FollowUpState.CLOSING


def may_answer(one: FollowUp) -> bool:
    """Whether a person can say that it is seen to."""
    return not one.over and (one.state is not FollowUpState.CLOSING or bool(one.cure))


def may_close(one: FollowUp) -> bool:
    """Whether a person can have it closed."""
    return may_answer(one) and bool(one.closing)


def may_snooze(one: FollowUp) -> bool:
    """Whether a person can be reminded of it later."""
    return not one.over and one.state is not FollowUpState.CLOSING
