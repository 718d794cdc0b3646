"""One step in the hands of a desk: what it is told, and an answer whatever happens."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from ptodesk_gui.desk.desk import Desk, Done, Target, Unclear
from ptodesk_gui.outbox.record import PlanRow, StepRow, known_tickets, roles_of, sets_properties
from ptodesk_gui.outbox.retry import Answer
from ptodesk_gui.sop.progress import StepState
from ptodesk_gui.sop.steps import CreateTicket

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Attempt:
    """A step about to be sent or, when ``look`` is set, looked up. ``before`` is the step as it was, ``row`` as it is on disk."""

    desk: Desk
    plan: PlanRow
    before: StepRow
    row: StepRow
    look: bool

    def carry_out(self) -> tuple[Answer, str]:
        """The desk's answer, and the page of the ticket that was made or worked on.

        A desk that breaks leaves it unclear whether the step has happened: it will be looked up, not sent again.
        """
        target = self._target()
        try:
            ask = self.desk.settle if self.look else self.desk.perform
            answer: Answer = ask(self.row.step, target)
            ticket = (answer.ticket or self.row.ticket) if isinstance(answer, Done) else None
            return answer, self.desk.browse_url(ticket) if ticket else ""
        except Exception as error:
            # The message may quote what was sent; its kind and place are enough.
            _log.error("%s broke with %s", self.row.step.action, type(error).__name__, extra={"error": error})
            return Unclear("The program broke while this was under way; it is being checked whether it arrived."), ""

    def _target(self) -> Target:
        tickets = known_tickets(self.plan.steps)
        return Target(
            step_key=self.row.step_key,
            tickets=tickets,
            first_attempt=self.row.first_attempt or 0.0,
            properties=self.plan.properties if sets_properties(self.row.step, self.plan.steps) else {},
            last_attempt=self.before.last_attempt or 0.0,
            reporter_missing=self._reporter_missing(tickets),
        )

    def _reporter_missing(self, tickets: Mapping[str, str]) -> bool:
        roles = {role for role, _ in roles_of(self.row.step)} & tickets.keys()
        return any(
            made.reporter_missing
            for made in self.plan.steps
            if made.state is StepState.DONE and isinstance(made.step, CreateTicket) and made.step.ticket.value in roles
        )
