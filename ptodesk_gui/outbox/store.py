"""The outbox on disk: drafts, plans and how far each step is. What a method has returned from survives a power loss."""

import json
import secrets
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from ptodesk_gui.outbox import countdown, past_calls, tables
from ptodesk_gui.outbox import retry as rules
from ptodesk_gui.outbox.aside import is_any, kept_aside
from ptodesk_gui.outbox.database import Database, StoreError, faults_named
from ptodesk_gui.outbox.followup_rules import FollowUpRow
from ptodesk_gui.outbox.followup_store import FollowUpStore
from ptodesk_gui.outbox.keys import Keyring, Keys
from ptodesk_gui.outbox.looking_back import FiledCall, look_back
from ptodesk_gui.outbox.queue import Queue
from ptodesk_gui.outbox.record import Draft, StepRow
from ptodesk_gui.outbox.retention import remove_plan
from ptodesk_gui.outbox.shown import plan_progress
from ptodesk_gui.outbox.taking_up import take_up
from ptodesk_gui.outbox.upkeep import Upkeep
from ptodesk_gui.sop.plan import Plan
from ptodesk_gui.sop.progress import PastCall, PlanProgress

__all__ = ["Store", "StoreError"]


_QUEUE: Final = (
    "INSERT INTO plans (plan_id, call_id, site, title, properties, created, open)"  # noqa: S608 - a query of our own
    f" VALUES (({tables.NEXT_PLAN_ID}), ?, ?, ?, ?, ?, 1)"
)


class Store:
    """The outbox of one user on one machine. Usable from several threads and several processes at once.

    Every method may raise StoreError, whose text is a sentence with its cure. ``queue`` is the filer's side of it,
    ``follow_ups`` what there is to come back to.
    """

    def __init__(
        self,
        path: Path,
        *,
        clock: Callable[[], float] = time.time,
        keyring: Keyring | None = None,
        may_set_aside: bool = False,
    ) -> None:
        """``keyring`` is where its key belongs; None: into a file beside it.

        A store whose key cannot be had is a StoreError, or, with ``may_set_aside``, set aside and a new one begun.
        """
        self.path = path
        self._clock = clock
        self._keys = Keys(path, keyring)
        self._database = Database(path, keys=self._keys, may_set_aside=may_set_aside)
        self.queue = Queue(self._database, clock)
        self.follow_ups = FollowUpStore(self._database, clock)

    @property
    def notice(self) -> str:
        """What there is to say of how it was opened, the last time that it was."""
        return self._database.notice

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def look_after(self) -> str:
        """See that its key is where it belongs, and take up what was set aside and whose key is back; what came back, in sentences.

        Asks the keyring, which may take seconds.
        """
        with self._database.reading() as db:
            seal = db.seal
        with faults_named():
            self._keys.secure(seal.store_id, seal.key)
            return take_up(self.path, self._database, self._keys)

    @property
    def waiting(self) -> str:
        """What there is to say of stores that are set aside and wait for their key; empty when none is."""
        return " ".join(found.words for found in kept_aside(self.path))

    @property
    def wants_care(self) -> bool:
        """Whether a later ``look_after`` may do something: its key lies in a file, or a store is set aside."""
        with self._database.reading() as db:
            return self._keys.could_be_secured(db.seal.store_id) or is_any(self.path)

    def save_draft(self, call_id: str, payload: Mapping[str, object], focus: str) -> bool:
        """Keep a call that is not filed yet. A call that is queued needs none any more: False, and nothing is kept."""
        with self._database.writing() as db:
            if db.execute("SELECT 1 FROM plans WHERE call_id = ?", (call_id,)).fetchone():
                return False
            countdown.save_draft(db, Draft(call_id, payload, focus, self._clock()))
        return True

    def drafts(self) -> tuple[Draft, ...]:
        """Every draft, the latest first."""
        query = "SELECT call_id, payload, focus, saved FROM drafts ORDER BY turn DESC, call_id"
        with self._database.reading() as db:
            return tuple(
                Draft(
                    call_id,
                    json.loads(db.seal.opened("drafts.payload", call_id, payload)),
                    db.seal.opened("drafts.focus", call_id, focus),
                    saved,
                )
                for call_id, payload, focus, saved in db.execute(query)
            )

    def delete_draft(self, call_id: str) -> None:
        """Forget a draft."""
        with self._database.writing() as db:
            db.execute("DELETE FROM drafts WHERE call_id = ?", (call_id,))

    def add_plan(
        self,
        call_id: str,
        site: str,
        title: str,
        plan: Plan,
        properties: Mapping[str, object],
        *,
        call: tuple[Mapping[str, object], str] | None = None,
        hold_off: float = 0.0,
    ) -> int:
        """Queue a plan for a site and drop the call's draft; the plan's id. The same call is never queued twice.

        Each step gets its random key here, before anything is sent. ``properties`` are set on the tickets it works on. ``call``
        is what ``save_draft`` had of it, kept with the plan. Whoever files sends nothing of it for ``hold_off`` seconds, in which
        it can be taken back.
        """
        now = self._clock()
        with self._database.writing() as db:
            db.execute("DELETE FROM drafts WHERE call_id = ?", (call_id,))
            if queued := db.execute("SELECT plan_id FROM plans WHERE call_id = ?", (call_id,)).fetchone():
                return int(queued[0])
            sealed_title = db.seal.sealed("plans.title", call_id, title)
            more = db.seal.sealed("plans.properties", call_id, json.dumps(properties, ensure_ascii=False))
            cursor = db.execute(
                _QUEUE,
                (call_id, site, sealed_title, more, now),
            )
            plan_id = int(cursor.lastrowid or 0)
            for position, step in enumerate(plan.steps):
                key = secrets.token_hex(16)
                row = StepRow(plan_id=plan_id, position=position, step=step, step_key=key, since=now)
                tables.add_step(db, rules.held_off(row, now + hold_off) if hold_off > 0 else row)
            if call is not None:
                countdown.keep_call(db, call_id, *call)
            tables.settle_plan(db, plan_id)
            past_calls.note_plan(db, plan_id)
        return plan_id

    def take_back(self, plan_id: int) -> Draft | None:
        """Make a call of a plan again that nothing was sent of yet: it is a draft again, and will not be filed.

        None when it is too late, or the call is not known: then nothing is changed.
        """
        with self._database.writing() as db:
            return countdown.take_back(db, plan_id, self._clock())

    def start_over(self) -> None:
        """Forget every plan, filed or not: the desk of practice mode was emptied, and no ticket of theirs is there. Drafts stay."""
        with self._database.writing() as db:
            for (plan_id,) in db.execute("SELECT plan_id FROM plans").fetchall():
                remove_plan(db, plan_id)

    def progress(self, plan_id: int) -> PlanProgress:
        """How far one plan is. Raises KeyError when there is none of that id."""
        with self._database.reading() as db:
            return plan_progress(tables.read_plan(db, plan_id), tables.read_holds(db), self._clock())

    def all_progress(self, filed: int = 200) -> tuple[PlanProgress, ...]:
        """How far every plan is that is not filed, and the ``filed`` newest that are; the newest first."""
        newest = "SELECT plan_id FROM plans WHERE open = 0 ORDER BY plan_id DESC LIMIT ?"
        with self._database.reading() as db:
            ids = {plan_id for (plan_id,) in db.execute("SELECT plan_id FROM plans WHERE open = 1")}
            ids.update(plan_id for (plan_id,) in db.execute(newest, (filed,)))
            holds, now = tables.read_holds(db), self._clock()
            return tuple(plan_progress(tables.read_plan(db, i), holds, now) for i in sorted(ids, reverse=True))

    def past_calls(self, words: str, limit: int = 20) -> tuple[PastCall, ...]:
        """The newest calls in which every one of the words begins a name, an email, a part of the address or is a ticket's key.

        Case and accents do not count. Words of one or two letters, and keys, are found as a whole only.
        """
        with self._database.reading() as db:
            return past_calls.find(db, words, limit)

    def find_calls(
        self, words: str, limit: int, *, since: float | None = None, until: float | None = None
    ) -> tuple[PastCall, ...]:
        """The same for a search field: without words the newest of all. ``since``, ``until``: when it was queued."""
        within = (past_calls.ALWAYS[0] if since is None else since, past_calls.ALWAYS[1] if until is None else until)
        with self._database.reading() as db:
            return past_calls.find(db, words, limit, within) if words.strip() else past_calls.latest(db, limit, within)

    def look_back(self, plan_id: int) -> FiledCall:
        """All that is known of one past call. Raises KeyError when there is none of that id."""
        with self._database.reading() as db:
            return look_back(db, plan_id, self._clock())

    def upkeep(self, keep_days: int) -> Upkeep:
        """What removes from the store what is over for so many days, and has what is in it found."""
        return Upkeep(self._database, self._clock, keep_days)

    def retry(self, plan_id: int, step_id: str | None = None) -> None:
        """Try refused and waiting-for-later steps of a plan again at once; unclear ones are looked up again.

        Raises KeyError when there is no plan of that id.
        """
        now = self._clock()
        with self._database.writing() as db:
            for row in tables.read_plan(db, plan_id).steps:
                if step_id in (None, row.step.id):
                    tables.write_step(db, row, rules.tried_again(row, now))
            tables.settle_plan(db, plan_id)

    def resolve_unclear(self, plan_id: int, step_id: str, arrived: bool, ticket: str | None) -> None:
        """A person says whether an unclear step arrived, and as which ticket. Raises ValueError: a new ticket is not named."""
        self.queue.update(plan_id, step_id, lambda row: rules.told(row, arrived, ticket, "", self._clock()))

    def tick_off(self, plan_id: int, step_id: str) -> None:
        """A person has done what the site had left to do of a step."""
        self.queue.update(plan_id, step_id, rules.ticked_off)

    def resume(self, site: str) -> None:
        """The account signs in again: what the site refused for want of it is tried again."""
        now = self._clock()
        with self._database.writing() as db:
            rows = [row for row in tables.site_troubled_steps(db, site) if rules.waits_for_sign_in(row)]
            for row in rows:
                tables.write_step(db, row, rules.tried_again(row, now))
            for plan_id in {row.plan_id for row in rows}:
                tables.settle_plan(db, plan_id)

    def reminders(self) -> tuple[FollowUpRow, ...]:
        """Every follow-up that was laid down, the ones that are over as well."""
        return self.follow_ups.every()
