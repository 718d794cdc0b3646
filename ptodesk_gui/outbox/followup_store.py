"""Follow-ups on disk: what there is to come back to, and each change of it in one transaction with its closing."""

from collections.abc import Callable

from ptodesk_gui.outbox import followup_rules as rules
from ptodesk_gui.outbox import followup_tables as tables
from ptodesk_gui.outbox.database import Database
from ptodesk_gui.outbox.followup_rules import FollowUpRow
from ptodesk_gui.sop.progress import FollowUp, StepState


class FollowUpStore:
    """The follow-ups of a store. Usable from several threads and processes; every method may raise StoreError."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock

    def followups(self, over: int = 0) -> tuple[FollowUp, ...]:
        """Everything there is to come back to, what waits for a person first, and the ``over`` newest that are over."""
        with self._database.reading() as db:
            shown = tables.open_ones(db) + (tables.over_ones(db, over) if over else [])
        return tuple(sorted(shown, key=lambda f: (f.over, not f.for_person, f.due is None, f.due or f.since, f.id)))

    def every(self) -> tuple[FollowUpRow, ...]:
        """Every follow-up as it is on disk, in the order in which they were laid down."""
        with self._database.reading() as db:
            return tuple(tables.every_row(db))

    def to_look_at(self, now: float) -> tuple[FollowUpRow, ...]:
        """Those whose site is to be looked at now, the one that waits longest first."""
        with self._database.reading() as db:
            return tuple(tables.rows_to_look_at(db, now))

    def stale(self, now: float) -> tuple[FollowUpRow, ...]:
        """Those whose closing was held up for too long after the look that allowed it."""
        with self._database.reading() as db:
            return tuple(tables.stale_rows(db, now))

    def change(
        self, id_: int, how: Callable[[FollowUpRow, StepState | None], FollowUpRow], since: FollowUpRow | None = None
    ) -> FollowUpRow:
        """Change one by a pure function of how it stands now and of its closing's state; how it stands then.

        When it closes, its closing becomes a step of its plan; when that is taken back, so is the step. With ``since``
        nothing changes if a person has acted since it stood so. Raises KeyError: none of that id.
        """
        with self._database.writing() as db:
            row = tables.row_of(db, id_)
            if since is not None and (row.state, row.due, row.reply_key) != (since.state, since.due, since.reply_key):
                return row
            new = how(row, tables.closing_state(db, row))
            if new != row:
                tables.write(db, row, new, self._clock())
        return new

    def answered(self, id_: int) -> FollowUpRow:
        """A person has seen to it. Raises KeyError, NotPossibleError: it is being closed."""
        now = self._clock()
        return self.change(id_, lambda row, step: rules.kept(row, step, now))

    def close_now(self, id_: int) -> FollowUpRow:
        """A person wants it closed; a refused closing is tried again.

        Raises KeyError, NotPossibleError: it is over, or how to close it is not known.
        """
        now = self._clock()
        with self._database.writing() as db:
            row = tables.row_of(db, id_)
            new = rules.closed_by_person(row, now)
            tables.write(db, row, new, now)
        return new

    def snooze(self, id_: int, hours: float) -> FollowUpRow:
        """A person wants to be reminded later. Raises KeyError, NotPossibleError: it is over or being closed."""
        now = self._clock()
        return self.change(id_, lambda row, step: rules.snoozed(row, hours, now))

    def look_soon(self, site: str) -> None:
        """Look again at what waits for its site to be asked: it can be, or the person thinks so."""
        with self._database.writing() as db:
            tables.look_soon(db, site)

    def reckon_anew(self) -> None:
        """Look at once at everything that has a time: it was reckoned by a clock that was set since."""
        with self._database.writing() as db:
            tables.reckon_anew(db)
