"""What the filer asks of the store: which steps may be tried now, and each change of a step in one transaction."""

from collections.abc import Callable, Collection

from ptodesk_gui.outbox import past_calls, retry, tables
from ptodesk_gui.outbox.clockwatch import SLACK
from ptodesk_gui.outbox.database import Database
from ptodesk_gui.outbox.followup_tables import lay_awaited, lay_reminder
from ptodesk_gui.outbox.record import PlanRow, StepRow
from ptodesk_gui.sop.progress import StepState
from ptodesk_gui.sop.steps import Remind


class Queue:
    """The plans of the store that are not filed. Every method may raise StoreError."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock

    def sites(self) -> tuple[str, ...]:
        """Every site that has plans which are not filed."""
        with self._database.reading() as db:
            return tuple(site for (site,) in db.execute("SELECT DISTINCT site FROM plans WHERE open = 1 ORDER BY site"))

    def plan_ids(self, limit: int = 200) -> tuple[int, ...]:
        """The oldest plans that are not filed."""
        with self._database.reading() as db:
            found = db.execute("SELECT plan_id FROM plans WHERE open = 1 ORDER BY plan_id LIMIT ?", (limit,))
            return tuple(plan_id for (plan_id,) in found)

    def ready(self, site: str, limit: int) -> tuple[PlanRow, ...]:
        """The oldest plans of the site of which something may be tried now."""
        now = self._clock()
        with self._database.reading() as db:
            ids = db.execute(
                "SELECT plan_id FROM plans WHERE open = 1 AND site = ? AND (next_try <= ? OR next_try > ?)"
                " ORDER BY plan_id LIMIT ?",
                (site, now, now + retry.BEYOND_BELIEF, limit),
            ).fetchall()
            return tuple(tables.read_plan(db, plan_id) for (plan_id,) in ids)

    def next_try(self, site: str) -> float | None:
        """When something of the site's plans goes on by itself: 0 now, None never."""
        with self._database.reading() as db:
            (when,) = db.execute("SELECT MIN(next_try) FROM plans WHERE open = 1 AND site = ?", (site,)).fetchone()
        return None if when is None else float(when)

    def holds(self) -> retry.Holds:
        """What must wait for now."""
        with self._database.reading() as db:
            return tables.read_holds(db)

    def changed_elsewhere(self) -> int:
        """A number that changes whenever another process has written to the store."""
        with self._database.reading() as db:
            (version,) = db.execute("PRAGMA data_version").fetchone()
        return int(version)

    def update(self, plan_id: int, step_id: str, change: Callable[[StepRow], StepRow], step_key: str = "") -> StepRow:
        """Change one step by a pure function of how it stands now; how it stands then. Raises KeyError: no such step.

        With ``step_key`` only the step of that key is meant: a store that was begun anew counts its plans from 1 again.
        """
        with self._database.writing() as db:
            row = next((r for r in tables.read_plan(db, plan_id).steps if r.step.id == step_id), None)
            if row is None or step_key not in ("", row.step_key):
                raise KeyError(step_id)
            new = change(row)
            tables.write_step(db, row, new)
            if new.state is StepState.DONE and row.state is not StepState.DONE:
                lay_awaited(db, new, self._clock())
                if new.ticket != row.ticket:
                    past_calls.note_plan(db, plan_id)  # found by the ticket's key from now on
            tables.settle_plan(db, plan_id)
        return new

    def shift_waits(self, by: float) -> None:
        """The clock was set by so many seconds: what waits for a time waits for the same time still."""
        with self._database.writing() as db:
            tables.shift_waits(db, by, self._clock())

    def wait_no_longer_than_meant(self) -> None:
        """The clock may have been set back while nobody filed: what was written in its future waits from now on, once."""
        now = self._clock()
        with self._database.reading() as db:
            if not tables.waits_from_after(db, now + SLACK):
                return
        with self._database.writing() as db:
            for row in tables.waits_from_after(db, now + SLACK):
                tables.write_step(db, row, retry.waiting_from(row, now))
                tables.settle_plan(db, row.plan_id)

    def interrupt(self, alive: Collection[str]) -> tuple[int, ...]:
        """Steps marked as being sent that nobody sends become unclear; ``alive`` are the keys of those being sent.

        Gives the plans that changed.
        """
        with self._database.reading() as db:
            if all(row.step_key in alive for row in tables.sending_steps(db)):
                return ()
        now = self._clock()
        with self._database.writing() as db:
            dead = [row for row in tables.sending_steps(db) if row.step_key not in alive]
            for row in dead:
                tables.write_step(db, row, retry.interrupted(row, now))
            plans = tuple(sorted({row.plan_id for row in dead}))
            for plan_id in plans:
                tables.settle_plan(db, plan_id)
        return plans

    def remind(self, row: StepRow, step: Remind) -> None:
        """Put a reminder on the list of follow-ups; its step ``row`` is done with that."""
        now = self._clock()
        with self._database.writing() as db:
            ticket = lay_reminder(db, tables.read_plan(db, row.plan_id), row, step, now)
            tables.write_step(db, row, retry.scheduled(row, ticket, now))
            tables.settle_plan(db, row.plan_id)
