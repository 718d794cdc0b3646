"""What is removed after how many days: calls that are over, and drafts nobody went on with. Never what is not filed.

An age is not read off the clock alone, which may be years wrong for an hour: it is counted in days that passed while the
program was there to see them. See docs/decisions/0015.
"""

import math
from collections.abc import Callable, Sequence
from typing import Final

from ptodesk_gui.outbox import past_calls, tables
from ptodesk_gui.outbox.database import Database
from ptodesk_gui.outbox.personal import FORGET_CALL
from ptodesk_gui.outbox.record import StepRow
from ptodesk_gui.outbox.sealing import SealedConnection
from ptodesk_gui.sop.progress import SEEN_TO
from ptodesk_gui.sop.steps import CreateTicket, PublicReply

DAY: Final = 86400.0
LEAST_GAP: Final = 3  # days: a weekend always counts in full
OPENED: Final = 50  # calls unsealed at a time, to see whether anything of them was left out

# What keeps a plan: a step that is not done, something left to a person, a follow-up that is not over; and what it had to
# leave out (``_has_gap``), which is sealed.
_OVER: Final = (
    "open = 0"
    " AND NOT EXISTS (SELECT 1 FROM steps WHERE steps.plan_id = plans.plan_id AND steps.left_to_do != '')"
    " AND NOT EXISTS (SELECT 1 FROM follow_ups WHERE follow_ups.plan_id = plans.plan_id"
    " AND follow_ups.state NOT IN ('closed', 'kept'))"
)
_OLDEST: Final = (
    "SELECT plan_id FROM ages JOIN plans USING (plan_id)"  # noqa: S608 - conditions of our own
    f" WHERE since <= (SELECT counted FROM upkeep) - ? AND {_OVER} ORDER BY since LIMIT ?"
)


def counted_gap(days: int, keep_days: int) -> int:
    """How many of the days since the clock was last looked at count: no leap of it makes more than a third of the term pass."""
    return min(max(days, 0), max(LEAST_GAP, keep_days // 3))


class Retention:
    """Removes what is older than ``keep_days`` (at least 1). Every method is one short transaction and may raise StoreError."""

    def __init__(self, database: Database, clock: Callable[[], float], keep_days: int) -> None:
        if keep_days < 1:
            raise ValueError("what is filed is kept for a day at least")
        self._database = database
        self._clock = clock
        self._keep_days = keep_days

    def count_day(self) -> bool:
        """Let the days that passed count, and see to the drafts; whether it is another day than the last time."""
        today = math.floor(self._clock() / DAY)
        with self._database.writing() as db:
            counted, last = db.execute("SELECT counted, day FROM upkeep").fetchone()
            gap = 0 if last is None else today - last
            if last is not None and -max(LEAST_GAP, self._keep_days // 3) <= gap <= 0:
                return False  # the same day, or a clock that was set back a little: it gets there again
            counted += counted_gap(gap, self._keep_days)
            db.execute("UPDATE upkeep SET counted = ?, day = ?", (counted, today))
            self._age_drafts(db, counted)
        return True

    def begin_ages(self, after: int, most: int) -> int | None:
        """Have calls that are over grow old from today on, those above the id ``after``; the last id, None when there is none."""
        with self._database.writing() as db:
            found = db.execute(
                "SELECT plan_id, (SELECT 1 FROM ages WHERE ages.plan_id = plans.plan_id) FROM plans"
                " WHERE plan_id > ? ORDER BY plan_id LIMIT ?",
                (after, most),
            ).fetchall()
            last, opened = after, 0
            for plan_id, has_age in found:
                is_over = db.execute(f"SELECT 1 FROM plans WHERE plan_id = ? AND {_OVER}", (plan_id,)).fetchone()  # noqa: S608
                if is_over and not has_age:
                    if opened == OPENED:
                        break
                    opened += 1
                    if not _has_gap(tables.read_plan(db, plan_id).steps):
                        db.execute("INSERT INTO ages SELECT ?, counted FROM upkeep", (plan_id,))
                elif has_age and not is_over:
                    db.execute("DELETE FROM ages WHERE plan_id = ?", (plan_id,))
                last = plan_id
        return last if found else None

    def remove(self, most: int) -> int:
        """Remove the oldest calls that are over and old enough; how many."""
        with self._database.writing() as db:
            found = db.execute(_OLDEST, (self._keep_days, most)).fetchall()
            for (plan_id,) in found:
                remove_plan(db, plan_id)
        return len(found)

    def forget_pages(self) -> None:
        """Have nothing of what was removed in the log beside the file, unless somebody reads it just now."""
        with self._database.reading() as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def _age_drafts(self, db: SealedConnection, counted: int) -> None:
        """A draft grows old from the day on which it was last saved."""
        db.execute(
            "DELETE FROM draft_ages WHERE NOT EXISTS (SELECT 1 FROM drafts WHERE drafts.call_id = draft_ages.call_id)"
        )
        db.execute(
            "INSERT OR REPLACE INTO draft_ages SELECT call_id, turn, ? FROM drafts WHERE NOT EXISTS"
            " (SELECT 1 FROM draft_ages WHERE draft_ages.call_id = drafts.call_id AND draft_ages.turn = drafts.turn)",
            (counted,),
        )
        old = "SELECT call_id FROM draft_ages WHERE since <= ?"
        db.execute(f"DELETE FROM drafts WHERE call_id IN ({old})", (counted - self._keep_days,))  # noqa: S608
        db.execute("DELETE FROM draft_ages WHERE since <= ?", (counted - self._keep_days,))


def _has_gap(steps: Sequence[StepRow]) -> bool:
    """Whether a ticket was made without its reporter or its reply, and nobody has said that it is seen to (M1, C12)."""
    answered = {row.step.ticket for row in steps if isinstance(row.step, PublicReply)}
    return any(
        isinstance(row.step, CreateTicket)
        and row.reason != SEEN_TO
        and (row.step.reporter is None or row.step.ticket not in answered)
        for row in steps
    )


def remove_plan(db: SealedConnection, plan_id: int) -> None:
    """Remove a plan and all that belongs to it."""
    past_calls.forget(db, plan_id)
    db.execute(FORGET_CALL, (plan_id,))
    for table in ("follow_ups", "steps", "ages", "plans"):
        db.execute(f"DELETE FROM {table} WHERE plan_id = ?", (plan_id,))  # noqa: S608
    # An id is never given twice: a window may still show what had it.
    db.execute("UPDATE upkeep SET highest = max(highest, ?)", (plan_id,))
