"""Takes the next steps that may be tried, marks them on disk, has them carried out, and writes down the answers."""

import logging
import random
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from ptodesk_gui.desk.desk import Desk, Later, PreparingDesk, Unclear
from ptodesk_gui.outbox import retry as rules
from ptodesk_gui.outbox.attempt import Attempt
from ptodesk_gui.outbox.database import StoreError
from ptodesk_gui.outbox.hands import Hands
from ptodesk_gui.outbox.queue import Queue
from ptodesk_gui.outbox.record import PlanRow, StepRow, known_tickets, roles_of
from ptodesk_gui.sop.progress import PlanProgress, PlanState, StepState
from ptodesk_gui.sop.steps import CloseTicket, Remind, Step

PLANS_AT_ONCE: Final = 12  # plans looked through for something to do: a bound on memory and on work per step

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class NoDesk:
    """Why nothing can be filed at a site for now, and what to do about it."""

    reason: str
    cure: str


ANOTHER_SITE: Final = NoDesk(
    "This was queued for another site than the one in the settings.",
    "Set that site's address in the settings to have it filed; where it is set by your administrator, tell IT.",
)
BROKEN: Final = NoDesk(
    "The connection to the site could not be set up.", "Check the settings; if they are right, tell IT."
)

DeskForSite = Callable[[str], Desk | NoDesk | None]


def left_alone(progress: PlanProgress, why: NoDesk = ANOTHER_SITE) -> PlanProgress:
    """A plan for whose site there is no desk here: it is left alone, and says why."""
    if progress.state is PlanState.FILED:
        return progress
    return replace(progress, state=PlanState.PERSON, held=why.reason, held_cure=why.cure)


def preparation_of(plan: PlanRow) -> str:
    """What the preparation of a plan is called among the things under way."""
    return f"plan {plan.plan_id}"


class Dispatcher:
    """Gives steps to hands. One thread at a time may call ``turn``; ``plan_changed`` is called from any thread.

    ``may_close`` says, by plan and step, whether a closing may be sent now.
    """

    def __init__(
        self,
        queue: Queue,
        desk_for_site: DeskForSite,
        clock: Callable[[], float],
        plan_changed: Callable[[int], None],
        hands: Hands,
        workers: int,
    ) -> None:
        self._queue = queue
        self._clock = clock
        self._desk_for_site = desk_for_site
        self._hands = hands
        self._workers = workers
        self._plan_changed = plan_changed
        self._under_way: set[str] = (
            set()
        )  # keys of the steps that are being sent or looked up, and plans being prepared
        self._prepared: set[int] = set()
        self._troubles: dict[str, tuple[int, float]] = {}  # site -> failures in a row, and when the last was counted
        self.wake = threading.Condition()
        self.may_close: Callable[[int, str], bool] = lambda plan_id, step_id: True

    @property
    def busy(self) -> bool:
        """Whether a step is under way."""
        with self.wake:
            return bool(self._under_way)

    def desk(self, site: str) -> Desk | NoDesk:
        """The site's desk, or why there is none."""
        try:
            found = self._desk_for_site(site)
        except Exception as error:
            _log.error("no desk: %s", type(error).__name__, extra={"error": error})  # its message may name the account
            return BROKEN
        return ANOTHER_SITE if found is None else found

    def turn(self) -> bool:
        """Give every free hand a step; whether there was anything to do. Raises StoreError."""
        with self.wake:
            alive = frozenset(self._under_way)
        for plan_id in self._queue.interrupt(alive):
            self._plan_changed(plan_id)
        free = self._workers - len(alive)
        found = sorted(self._candidates(alive), key=lambda found: rules.turn_of(found[0])) if free > 0 else []
        for row, plan, desk in found[:free]:
            with suppress(KeyError):  # the plan went with a store that was set aside while the others were begun
                self._begin(row, plan, desk)
        return bool(found)

    def next_try(self) -> float | None:
        """When something goes on by itself at a site that there is a desk for: 0 now, None never."""
        holds = self._queue.holds()
        times = []
        for site in self._queue.sites():
            when = None if site in holds.signed_out else self._queue.next_try(site)
            if when is not None and not isinstance(self.desk(site), NoDesk):
                times.append(max(when, holds.sites.get(site, 0.0)))
        return min(times, default=None)

    def _candidates(self, alive: frozenset[str]) -> Iterator[tuple[StepRow, PlanRow, Desk]]:
        holds, now = self._queue.holds(), self._clock()
        for site in self._queue.sites():
            if holds.site_waits(site, now) or isinstance(desk := self.desk(site), NoDesk):
                continue
            for plan in self._queue.ready(site, PLANS_AT_ONCE):
                for row in rules.runnable(plan.steps, now, holds):
                    held = isinstance(row.step, CloseTicket) and row.state is not StepState.UNCLEAR
                    if held and not self.may_close(plan.plan_id, row.step.id):
                        continue  # taken back at the next turn
                    if row.step_key not in alive and preparation_of(plan) not in alive:
                        yield row, plan, desk

    def _begin(self, row: StepRow, plan: PlanRow, desk: Desk) -> None:
        if isinstance(row.step, Remind):
            self._queue.remind(row, row.step)
            self._plan_changed(plan.plan_id)
            return
        with self.wake:
            if preparation_of(plan) in self._under_way:
                return
            prepare = desk.prepare if isinstance(desk, PreparingDesk) and self._first_of(plan) else None
            self._under_way.add(row.step_key if prepare is None else preparation_of(plan))
        if prepare is not None:
            self._hands.start(lambda: self._prepare(prepare, plan))
            return
        try:
            attempt = self._claimed(row, plan, desk)
        except BaseException:
            self._end(row)
            raise
        if attempt is None:
            self._end(row)
        else:
            self._hands.start(lambda: self._carry_out(attempt))

    def _first_of(self, plan: PlanRow) -> bool:
        """Whether nothing of the plan was sent yet, and its desk has not been told what is coming."""
        return plan.plan_id not in self._prepared and not any(row.attempts for row in plan.steps)

    def _prepare(self, prepare: Callable[[list[Step]], None], plan: PlanRow) -> None:
        """Have the desk look up side by side what the plan's steps need; a step that lacks something says so itself."""
        try:
            prepare([row.step for row in plan.steps])
        except Exception as error:
            _log.error("preparing a plan broke with %s", type(error).__name__, extra={"error": error})
        finally:
            with self.wake:
                self._prepared.add(plan.plan_id)
                self._under_way.discard(preparation_of(plan))
                self.wake.notify_all()

    def _claimed(self, row: StepRow, plan: PlanRow, desk: Desk) -> Attempt | None:
        """The attempt, with the step marked on disk as being sent; None when the step has moved on meanwhile."""
        if row.state is StepState.UNCLEAR:
            return Attempt(desk, plan, row, row, look=True)
        ticket = known_tickets(plan.steps).get(roles_of(row.step)[0][0])
        now = self._clock()
        sent = self._queue.update(plan.plan_id, row.step.id, lambda r: rules.claimed(r, now, ticket), row.step_key)
        self._plan_changed(plan.plan_id)
        ours = sent.state is StepState.SENDING and sent.attempts == row.attempts + 1
        return Attempt(desk, plan, row, sent, look=False) if ours else None

    def _carry_out(self, attempt: Attempt) -> None:
        began = self._clock()
        try:
            answer, url = attempt.carry_out()
            self._write_down(attempt, answer, url, self._count_trouble(attempt.plan.site, answer, began))
        except StoreError as error:
            # The answer could not be kept. The step is still marked as being sent, so it will be looked up.
            _log.error("an answer could not be written down: %s", error.reason)
        except KeyError:
            # The store with its plan was set aside meanwhile; there the step is marked as being sent.
            _log.error("an answer could not be written down: its plan is not here any more")
        finally:
            self._end(attempt.row)

    def _write_down(self, attempt: Attempt, answer: rules.Answer, url: str, failures: int) -> None:
        now, chance = self._clock(), random.random()  # noqa: S311 - spreads retries, guards nothing

        def change(row: StepRow) -> StepRow:
            if attempt.look:
                return rules.looked_up(row, answer, url, now, failures, chance)
            return rules.answered(row, attempt.row, answer, url, now, failures, chance)

        self._queue.update(attempt.plan.plan_id, attempt.row.step.id, change, attempt.row.step_key)
        self._plan_changed(attempt.plan.plan_id)

    def _count_trouble(self, site: str, answer: rules.Answer, began: float) -> int:
        """How often in a row the site as a whole has failed; failures of requests that were under way together are one."""
        with self.wake:
            count, counted = self._troubles.get(site, (0, float("-inf")))
            if isinstance(answer, Later) and answer.whole_site:
                if began >= counted:
                    count += 1
                    self._troubles[site] = (count, self._clock())
            elif not isinstance(answer, Unclear):
                self._troubles.pop(site, None)
            return max(count, 1)

    def _end(self, row: StepRow) -> None:
        with self.wake:
            self._under_way.discard(row.step_key)
            self.wake.notify_all()
