"""What is to be done when the answer to a reply comes, where the procedure has no time for it (H7)."""

from typing import Final

from ptodesk_gui.sop.steps import PublicReply, Step

JOB_ASKED_FOR: Final = (
    "The homeowner was asked for the name and address of the job. When the answer comes, take {ticket} up as the "
    "homeowner's email: title, description, reply and installer ticket follow then."
)


def awaited(step: Step, ticket: str) -> str:
    """What to do once the step, a reply in this ticket, is answered; empty when nobody waits for its answer."""
    return JOB_ASKED_FOR.format(ticket=ticket) if isinstance(step, PublicReply) and "H7" in step.rules else ""
