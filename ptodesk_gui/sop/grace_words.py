"""The 60 days in words (C6, C7, C11, C12, C14)."""

from datetime import date

from ptodesk_gui.sop.facts import long_date
from ptodesk_gui.sop.grace import Grace, GraceStatus
from ptodesk_gui.sop.view import GraceView

NOT_APPROVED = "Not started: M2 is not approved"
NOT_KNOWN = "Not started: no M2 date yet"
NOT_USABLE = "Not started: the M2 date cannot be used"


def grace_view(
    grace: Grace, today: date, period_days: int, m2_fault: str = "", *, m2_answered: bool = True
) -> GraceView:
    """The grace period as a record to paint. ``m2_fault`` says why a typed M2 date is not used (C14).

    ``m2_answered`` False: nothing is typed for M2, so that nobody has said that it is not approved.
    """
    headline, sentence = grace_words(grace, period_days, m2_fault)
    if headline == NOT_APPROVED and not m2_answered:
        headline = NOT_KNOWN
    return GraceView(
        status=grace.status.value,
        today=today,
        m2=grace.m2,
        due=grace.due,
        day=grace.day,
        days_left=grace.days_left,
        period_days=period_days,
        headline=headline,
        sentence=sentence,
    )


def days_in_words(days: int) -> str:
    """ "1 day", "19 days"."""
    return "1 day" if days == 1 else f"{days:,} days"


def grace_words(grace: Grace, period_days: int, m2_fault: str = "") -> tuple[str, str]:
    """The grace period as a headline and a sentence."""
    if grace.status is GraceStatus.NOT_STARTED or grace.due is None or grace.days_left is None:
        if m2_fault:
            return NOT_USABLE, m2_fault
        return NOT_APPROVED, "No month of install and no due date may be named (C12)."
    due, left = long_date(grace.due), grace.days_left
    if left > 0:
        return f"Day {grace.day} of {period_days}", f"{days_in_words(left)} left: first payment due {due}."
    if left == 0:
        return f"Due today (day {grace.day}): still within", f"First payment due today, {due}."
    return f"Past: day {grace.day:,}, {days_in_words(-left)} over", f"First payment was due {due}."
