"""How filing progress reads: every visible sentence of the receipt and the outbox list, and the few rules behind them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from ptodesk_gui.sop.progress import SEEN_TO, PlanProgress, PlanState, StepProgress, StepState
from ptodesk_gui.sop.steps import CreateTicket, PublicReply

NEW_CALL = "New call"
NEW_CALL_KEY = "Ctrl+N"
OPEN = "Open in browser"
COPY_KEY = "Copy key"
COPY_LINK = "Copy link"
LEFT = "Left for you"
NOTHING_LEFT = "Nothing is left to do."
GOES_ON = "Filing goes on in the background; you can begin the next call now."
WAITS_FOR_YOU = "What is left waits for you, as listed below; you can begin the next call meanwhile."
STEPS = "What becomes of each step"
NO_REPORTER = "{ticket} has no reporter: the email was not known. Set it as soon as you know it."
NO_REPLY = "{ticket} has no reply yet: send one as soon as you can."
KEPT = "&Calls that are not filed yet"
TAKE_UP = "Take up again"
THROW_AWAY = "Throw away"
REALLY_THROW_AWAY = "Press again to throw it away for good"
OPEN_RECEIPT = "Open the receipt"
BACK = "Back"
TAKE_BACK = "Back to the call"
TAKE_BACK_KEY = "Ctrl+B"
TO_BE_FILED = "Not sent yet: can be taken back"
SENT_IN = "Nothing is sent yet: it goes out in {seconds} s."
SENT_IN_HINT = "Until then you can go back to the call exactly as it was, and nothing is filed. You can also begin the next call now."
RETRY = "Try again now"
TICK_OFF = "I have done this"
OUTBOX = "&Outbox"
OUTBOX_KEY = "Ctrl+Shift+O"
UNCLEAR_HELP = (
    "The answer to this step got lost, so it may have happened. Look at the ticket on the site first: "
    "sending it a second time could make it twice."
)
ARRIVED = "It is there: do not send it again"
RESEND = "It is not there: send it once more"
TICKET_KEY = "Key of the ticket you found, such as PTO-12"
EMPTY = "The outbox is empty. Every call that is filed is listed here with what became of it."
ROLE_WORDS: Mapping[str, str] = {
    "source": "Source ticket",
    "homeowner": "Homeowner ticket",
    "installer": "Installer ticket",
    "open_homeowner": "Open homeowner ticket",
    "open_installer": "Open installer ticket",
}
_STEP_WORDS: Mapping[StepState, str] = {
    StepState.WAITING: "waiting",
    StepState.SENDING: "being sent",
    StepState.DONE: "done",
    StepState.UNCLEAR: "unclear; being looked up",
    StepState.LATER: "not done yet; tried again by itself",
    StepState.REFUSED: "not done; a person is needed",
}
_PLAN_WORDS: Mapping[PlanState, str] = {
    PlanState.WAITING: "Waiting to be filed",
    PlanState.FILING: "Being filed",
    PlanState.LATER: "Not all filed yet; tried again by itself",
    PlanState.PERSON: "Not all filed: a person is needed",
}


_ASK_ARRIVED = "unclear; you must say whether it is there"


def step_words(step: StepProgress) -> str:
    """The state of a step in words."""
    return _ASK_ARRIVED if step.ask_arrived else _STEP_WORDS[step.state]


def needs_person(step: StepProgress) -> bool:
    """Whether the step waits for a person."""
    return step.state is StepState.REFUSED or step.ask_arrived


def held_words(plan: PlanProgress) -> str:
    """Why none of the plan goes on for now, and the cure; empty when it does."""
    return " ".join(part for part in (plan.held, plan.held_cure) if part)


def receipt_hint(plan: PlanProgress) -> str:
    """What goes on by itself and what does not, while the plan is not filed; empty when it is."""
    if plan.state is PlanState.FILED:
        return ""
    return held_words(plan) or (WAITS_FOR_YOU if plan.state is PlanState.PERSON else GOES_ON)


def role_words(role: str) -> str:
    """What a ticket is called on screen."""
    return ROLE_WORDS.get(role, role)


def plan_words(plan: PlanProgress) -> str:
    """The state of a whole plan in one line; "Filed" only when every step is done and nothing was left to a person."""
    if plan.undo_until is not None:
        return TO_BE_FILED
    count = f"{plan.done} of {len(plan.steps)} steps done"
    if plan.state is PlanState.FILED and plan.done == len(plan.steps):
        return "Filed, with something left for you" if left_for_person(plan) else "Filed"
    lead = _PLAN_WORDS.get(plan.state, "Not all filed yet")
    return f"{lead} ({count})"


def step_detail(step: StepProgress) -> str:
    """What there is to say of a step besides its state: why, and the cure. Empty when there is nothing."""
    parts = [step.reason, step.cure] if step.state is not StepState.DONE else [step.left_to_do]
    if step.state is StepState.LATER and step.not_before is not None:
        parts.append(f"Tried again at {clock(step.not_before)}.")
    return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Left:
    """One thing left for a person. ``step_id`` is set when the person ticks it off."""

    text: str
    step_id: str = ""


def left_for_person(plan: PlanProgress) -> tuple[Left, ...]:
    """Everything a person has to do before the plan is all done, one sentence each."""
    left = []
    if plan.held and plan.held_cure:
        left.append(Left(held_words(plan)))
    for step in plan.steps:
        if step.state is StepState.DONE and step.left_to_do:
            left.append(Left(step.left_to_do, step.step.id))
        elif needs_person(step):
            left.append(Left(f"{step.words}: {step_detail(step)}".rstrip(": ")))
    left += _gaps(plan)
    return tuple(left)


def has_left(plan: PlanProgress) -> bool:
    """Whether the plan is filed and has left something to a person."""
    return plan.state is PlanState.FILED and bool(left_for_person(plan))


def _gaps(plan: PlanProgress) -> Iterator[Left]:
    """What the plan itself had to leave out, because something was not known when the call was filed (M1, C12).

    One entry for each ticket; once that is there, a person can tick it off.
    """
    answered = {step.step.ticket for step in plan.steps if isinstance(step.step, PublicReply)}
    for step in plan.steps:
        if not isinstance(step.step, CreateTicket) or step.reason == SEEN_TO:
            continue
        name = " ".join((role_words(step.step.ticket), plan.tickets.get(step.step.ticket, ""))).strip()
        words = [NO_REPORTER] if step.step.reporter is None else []
        words += [NO_REPLY] if step.step.ticket not in answered else []
        if words:
            tick = step.step.id if step.state is StepState.DONE and not step.left_to_do else ""
            yield Left(" ".join(words).format(ticket=name), tick)


def why(plan: PlanProgress) -> str:
    """Why the plan is not filed yet, in the first reason there is; empty when nothing stands in its way."""
    if plan.held:
        return plan.held
    return next((s.reason for s in plan.steps if s.state is not StepState.DONE and s.reason), "")


def clock(seconds: float) -> str:
    """A moment as this workstation's clock shows it: "14:05"."""
    return datetime.fromtimestamp(seconds).strftime("%H:%M")


def when(seconds: float, now: float) -> str:
    """A moment in the past: the time today, with the date before that."""
    then = datetime.fromtimestamp(seconds)
    if then.date() == datetime.fromtimestamp(now).date():
        return then.strftime("%H:%M")
    return f"{then:%b} {then.day}, {then:%H:%M}"
