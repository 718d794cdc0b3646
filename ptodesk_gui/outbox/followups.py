"""Comes back to what was asked: looks whether an answer came, shows what is due, has closed what was agreed to (H7, H9, H10)."""

import logging
import random
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from ptodesk_gui.desk.desk import AnsweringDesk, Desk, Later, Looked, Refused
from ptodesk_gui.outbox import followup_rules as rules
from ptodesk_gui.outbox.database import StoreError
from ptodesk_gui.outbox.dispatcher import NoDesk
from ptodesk_gui.outbox.followup_rules import FollowUpRow, NotPossibleError
from ptodesk_gui.outbox.hands import Hands
from ptodesk_gui.outbox.shown import WAITS
from ptodesk_gui.outbox.store import Store
from ptodesk_gui.sop.progress import FollowUp, FollowUpState

__all__ = ["FollowUps", "NotPossibleError"]

LOOKS_AT_ONCE: Final = 2
CANNOT_LOOK: Final = NoDesk("This site cannot say whether an answer came.", rules.LOOK_AT_IT)
_BROKE: Final = "The program broke while it looked for an answer; it looks again by itself."

_log = logging.getLogger(__name__)


class FollowUps:
    """The follow-ups of a store, in the hands of its filer. One thread at a time may call ``turn``; the rest any thread.

    Nothing but ``turn`` looks at a site, and only the filer that files calls it. A closing is no request of its own: it
    becomes a step of its plan, which is filed like every other.
    """

    def __init__(
        self,
        store: Store,
        desk: Callable[[str], Desk | NoDesk],
        clock: Callable[[], float],
        plan_changed: Callable[[int], None],
        hands: Hands,
        wake: threading.Condition,
    ) -> None:
        self._store = store
        self._kept = store.follow_ups
        self._desk = desk
        self._clock = clock
        self._plan_changed = plan_changed
        self._hands = hands
        self._wake = wake
        self._under_way: set[int] = set()
        self._seen = clock()  # the latest time that was seen

    @property
    def busy(self) -> bool:
        """Whether a site is being looked at."""
        with self._wake:
            return bool(self._under_way)

    def followups(self, over: int = 0) -> tuple[FollowUp, ...]:
        """Everything there is to come back to, what waits for a person first, and the ``over`` newest that are over."""
        return tuple(self._dressed(one) for one in self._kept.followups(over))

    def answered(self, id_: int) -> None:
        """A person has seen to it: the ticket stays as it is. Raises KeyError, NotPossibleError."""
        self._acted(self._kept.answered(id_))

    def close_now(self, id_: int) -> None:
        """A person wants the ticket closed, whoever answered. Raises KeyError, NotPossibleError."""
        self._acted(self._kept.close_now(id_))

    def snooze(self, id_: int, hours: float) -> None:
        """A person wants to be reminded again in so many hours. Raises KeyError, NotPossibleError."""
        self._acted(self._kept.snooze(id_, hours))

    def look_soon(self, site: str) -> None:
        """The site can be asked again: look at what could not be looked at."""
        self._kept.look_soon(site)

    def turn(self) -> bool:
        """Look at what is to be looked at, with free hands; whether there was anything to do. Raises StoreError."""
        now = self._clock()
        if now < self._seen - rules.SLACK:
            self._kept.reckon_anew()  # the clock was set back: what was reckoned by it would come too late
        self._seen = now
        did = self._take_back(now)
        with self._wake:
            busy = set(self._under_way)
        for row in self._kept.to_look_at(now):
            if row.id in busy:
                continue
            desk = self._desk_to_ask(row.site, now)
            if isinstance(desk, NoDesk):
                did = self._hold(row, desk, now) or did
            elif len(busy) < LOOKS_AT_ONCE:
                busy.add(row.id)
                self._begin(row, desk)
                did = True
        return did

    def may_close(self, plan_id: int, step_id: str) -> bool:
        """Whether a closing may be sent: not when it is a follow-up's whose look is too long ago."""
        stale = self._kept.stale(self._clock())
        return not any((row.plan_id, row.close_step_id) == (plan_id, step_id) for row in stale)

    # -- looking

    def _desk_to_ask(self, site: str, now: float) -> AnsweringDesk | NoDesk:
        """The site's desk, or why nothing can be asked of it now."""
        desk = self._desk(site)
        if isinstance(desk, NoDesk):
            return desk
        holds = self._store.queue.holds()
        if site in holds.signed_out:
            return NoDesk(*holds.signed_out[site])
        if holds.site_waits(site, now):
            return NoDesk(WAITS, "")
        return desk if isinstance(desk, AnsweringDesk) else CANNOT_LOOK

    def _hold(self, row: FollowUpRow, why: NoDesk, now: float) -> bool:
        """Show it as due, if it is, although nothing can be asked; whether that is news."""
        held = rules.held(row, why.reason, why.cure, now)
        if replace(held, written=row.written) == row:
            return False
        self._kept.change(row.id, lambda there, _: rules.held(there, why.reason, why.cure, now), since=row)
        return True

    def _begin(self, row: FollowUpRow, desk: AnsweringDesk) -> None:
        with self._wake:
            self._under_way.add(row.id)
        self._hands.start(lambda: self._look(row, desk))

    def _look(self, row: FollowUpRow, desk: AnsweringDesk) -> None:
        try:
            self._write_down(row, self._ask(row, desk))
        except StoreError as error:
            _log.error("a look could not be written down: %s", error.reason)  # it is looked at again
        except KeyError:
            _log.error("a look could not be written down: its follow-up is not here any more")
        finally:
            with self._wake:
                self._under_way.discard(row.id)
                self._wake.notify_all()

    def _ask(self, row: FollowUpRow, desk: AnsweringDesk) -> Looked | Later | Refused:
        try:
            return desk.answer_since(row.ticket, row.reply_key)
        except Exception as error:
            _log.error(
                "looking for an answer broke with %s", type(error).__name__, extra={"error": error}
            )  # may quote a ticket
            return Later(_BROKE)

    def _write_down(self, row: FollowUpRow, found: Looked | Later | Refused) -> None:
        now, chance = self._clock(), random.random()  # noqa: S311 - spreads retries, guards nothing
        if isinstance(found, Looked):
            new = self._kept.change(row.id, lambda there, _: rules.looked(there, found, now), since=row)
        else:
            new = self._kept.change(row.id, lambda there, _: rules.not_looked(there, found, now, chance), since=row)
        if new.state is FollowUpState.CLOSING:
            self._plan_changed(new.plan_id)

    def _take_back(self, now: float) -> bool:
        """Closings that could not be sent soon after their look are taken back: somebody may have answered since."""
        stale = self._kept.stale(now)
        for row in stale:
            self._kept.change(
                row.id,
                lambda there, step: (
                    rules.taken_back(there, there.reason, now) if rules.is_stale(there, step, now) else there
                ),
            )
            self._plan_changed(row.plan_id)
        return bool(stale)

    # -- telling

    def _acted(self, row: FollowUpRow) -> None:
        self._plan_changed(row.plan_id)
        with self._wake:
            self._wake.notify_all()

    def _dressed(self, one: FollowUp) -> FollowUp:
        """With the ticket's page as the site has it now, and with what keeps its site from being asked."""
        desk = self._desk(one.site)
        if not isinstance(desk, NoDesk):
            return replace(one, browse_url=desk.browse_url(one.ticket) if one.ticket else "")
        return one if one.over else replace(one, reason=desk.reason, cure=desk.cure)
