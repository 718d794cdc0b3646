"""The desk that is a Jira site: one step, one attempt, one honest answer."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from ptodesk_gui.desk.answers import Answers
from ptodesk_gui.desk.asking import UnknownNameError
from ptodesk_gui.desk.closing import Closer
from ptodesk_gui.desk.customers import Customers
from ptodesk_gui.desk.desk import Done, Later, Looked, NotArrived, Outcome, Refused, Target, Unclear
from ptodesk_gui.desk.doctor import Account, Doctor, Finding
from ptodesk_gui.desk.errors import CannotDoError, Kind, TroubleError, outcome
from ptodesk_gui.desk.gateway import GATEWAY
from ptodesk_gui.desk.history import TicketReader
from ptodesk_gui.desk.lookup import SETTLE_AFTER, Lookup
from ptodesk_gui.desk.moving import Mover
from ptodesk_gui.desk.needs import SiteNeeds
from ptodesk_gui.desk.session import SiteAccess, open_session
from ptodesk_gui.desk.site import SiteNames
from ptodesk_gui.desk.site_cache import cache_file
from ptodesk_gui.desk.tickets import TicketWriter
from ptodesk_gui.desk.together import together
from ptodesk_gui.desk.writing import Writer
from ptodesk_gui.sop.steps import (
    CloseTicket,
    CreateTicket,
    EditTicket,
    InternalComment,
    LinkTickets,
    MoveTicket,
    PublicReply,
    Remind,
    Step,
)

T = TypeVar("T")

Settled = Done | NotArrived | Later | Unclear | Refused

# What Jira names in a 400 when a name that was looked up earlier no longer holds.
_NAMED: Final = frozenset({"project", "issuetype", "assignee", "type"})


@dataclass(frozen=True, slots=True)
class Timing:
    """The clocks and waits, so that tests need not wait. ``settle_after`` is in seconds (see ``lookup``)."""

    settle_after: float = SETTLE_AFTER
    now: Callable[[], float] = time.time
    clock: Callable[[], float] = time.monotonic
    pause: Callable[[float], None] = time.sleep


class JiraDesk:
    """A Desk (see ``desk.Desk``) on a Jira site. For use from several threads; sends nothing before it is asked to.

    ``cache_dir`` is where the site's names are kept between runs (None: nowhere). Raises AddressError for an address that
    is not used.
    """

    def __init__(
        self,
        access: SiteAccess,
        cache_dir: Path | None,
        needs: SiteNeeds,
        *,
        gateway: str = GATEWAY,
        timing: Timing | None = None,
    ) -> None:
        timing = timing or Timing()
        self._session = open_session(access, gateway=gateway, now=timing.now, clock=timing.clock)
        self.site_url = self._session.site_url
        self._needs = needs
        file = None if cache_dir is None else cache_file(cache_dir, self.site_url)
        self._names = SiteNames(self._session, file)
        self._customers = Customers(self._session, timing.clock)
        self._tickets = TicketWriter(self._session, self._names, self._customers)
        self._writer = Writer(self._session, self._names)
        self._closer = Closer(self._session)
        self._mover = Mover(self._session, self._names, needs.request_type, timing.pause)
        self._lookup = Lookup(
            self._session, self._names, self._customers, timing.settle_after, timing.now, timing.clock
        )
        self._answers = Answers(self._session)
        self._doctor = Doctor(self._session, self._names, self._closer, needs)
        self.reader = TicketReader(self._session, self._names, needs)

    def close(self) -> None:
        """Let go of the connections."""
        self._session.close()

    def browse_url(self, ticket: str) -> str:
        """The address of the ticket's page, at the site's own address also when the token works at the gateway."""
        from urllib.parse import quote

        return f"{self.site_url}/browse/{quote(ticket, safe='')}"

    def perform(self, step: Step, target: Target) -> Outcome:
        """Try the step once. Names that no longer hold are looked up anew, once, before the answer is a refusal."""
        found = self._answer(lambda: self._with_fresh_names(step, lambda: self._perform(step, target)))
        if isinstance(found, Unclear):
            self._lookup.tried(target.step_key)
        else:
            self._lookup.settled(target.step_key)
        return found

    def settle(self, step: Step, target: Target) -> Settled:
        """Look whether an earlier attempt arrived. Never writes."""
        found = self._answer(lambda: self._settle(step, target))
        if isinstance(found, Done | NotArrived):
            self._lookup.settled(target.step_key)
        return found

    def answer_since(self, ticket: str, reply_key: str) -> Looked | Later | Refused:
        """Look whether somebody answered the reply that the step of that key wrote in the ticket. Never writes."""
        found = self._answer(lambda: self._answers.look(ticket, reply_key))
        return Later(found.reason, found.after) if isinstance(found, Unclear) else found

    def prepare(self, steps: Sequence[Step]) -> None:
        """Look up side by side whom and what the steps name; customers and organizations that are missing are made."""
        by_project = _by_project(steps)
        self._best_effort(
            partial(self._names.load, project, tuple({s.assignee for s in there if s.assignee}))
            for project, there in by_project.items()
        )
        created = [step for there in by_project.values() for step in there]
        organizations = {(s.project, s.organization) for s in created if s.organization}
        reporters = {(s.project, s.reporter) for s in created if s.reporter}
        self._best_effort(
            [
                *(partial(self._names.organization, project, name) for project, name in organizations),
                *(partial(self._find_customer, project, who) for project, who in reporters),
            ]
        )

    def doctor(self, told: Callable[[Finding], object] | None = None) -> tuple[Finding, ...]:
        """What works and what does not, line by line, each with its cure. ``told`` gets each as soon as it is known, in order."""
        return self._doctor.examine(told)

    @property
    def clock_off(self) -> float | None:
        """Seconds that the site's clock is ahead of this computer's, by its last answer; None before the first."""
        return self._session.clock_off

    def who_am_i(self) -> Account | Refused | Later:
        """The account that the token signs in."""
        found = self._answer(self._doctor.account)
        return Later(found.reason) if isinstance(found, Unclear) else found

    # -- one step

    def _perform(self, step: Step, target: Target) -> Outcome:
        match step:
            case CreateTicket():
                return self._tickets.create(step, target)
            case EditTicket():
                return self._tickets.edit(step, target)
            case InternalComment():
                return self._writer.comment(step, target)
            case PublicReply():
                return self._writer.reply(step, target)
            case LinkTickets():
                return self._writer.link(step, target)
            case CloseTicket():
                return self._closer.close(step, target)
            case MoveTicket():
                return self._mover.move(step, target)
            case Remind():
                return _not_for_a_desk()

    def _settle(self, step: Step, target: Target) -> Settled:
        match step:
            case CreateTicket():
                return self._lookup.create(step, target)
            case InternalComment() | PublicReply():
                return self._lookup.comment(step, target)
            case LinkTickets():
                return self._lookup.link(step, target)
            case CloseTicket():
                return self._lookup.close(step, target)
            case MoveTicket():
                return self._lookup.moved(target, self._mover.look(step, target))
            case EditTicket():
                return NotArrived()  # absolute values: sending them again is the look-up
            case Remind():
                return _not_for_a_desk()

    def _with_fresh_names(self, step: Step, attempt: Callable[[], Outcome]) -> Outcome:
        mentions = isinstance(step, InternalComment) and isinstance(step.mention, str)
        if not (mentions or isinstance(step, CreateTicket | EditTicket | LinkTickets | MoveTicket)):
            return attempt()  # needs no names of the site: a refusal is about the ticket
        mark = self._names.now()
        try:
            return attempt()
        except UnknownNameError:
            if not self._names.older_than(mark):
                raise
        except TroubleError as error:
            if not (self._may_be_a_name(error) and self._names.older_than(mark)):
                raise
        self._names.forget()
        self._customers.forget_all()
        return attempt()

    def _may_be_a_name(self, error: TroubleError) -> bool:
        """Whether the site refused because of something that was looked up earlier. Then nothing has happened."""
        facts = error.facts
        if facts.kind is not Kind.STATUS:
            return False
        return facts.status == 404 or (
            facts.status == 400 and (not facts.fields or bool(set(facts.fields) & (_NAMED | self._names.field_ids())))
        )

    @staticmethod
    def _answer(act: Callable[[], T]) -> T | Refused | Later | Unclear:
        """What the act says, or what its trouble means."""
        try:
            return act()
        except TroubleError as error:
            return outcome(error.facts)
        except CannotDoError as error:
            return error.refused

    # -- preparing

    def _find_customer(self, project: str, who: str) -> object:
        return self._customers.find_or_make(self._names.project(project).desk_id, who)

    @staticmethod
    def _best_effort(calls: Iterable[Callable[[], object]]) -> None:
        def quietly(call: Callable[[], object]) -> None:
            try:
                call()
            except (TroubleError, CannotDoError):
                return  # the step itself will meet it again, and say so

        together(*(partial(quietly, call) for call in calls))


def _by_project(steps: Iterable[Step]) -> dict[str, list[CreateTicket]]:
    found: dict[str, list[CreateTicket]] = {}
    for step in steps:
        if isinstance(step, CreateTicket):
            found.setdefault(step.project, []).append(step)
    return found


def _not_for_a_desk() -> Refused:
    return Refused("A reminder is kept by this program, not by Jira.", "Report this as a fault of the program.")
