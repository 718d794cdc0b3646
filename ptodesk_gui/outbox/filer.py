"""The filer: one per workstation, with a thread that files what is in the outbox until it is stopped."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from ptodesk_gui.outbox.clockwatch import Clockwatch
from ptodesk_gui.outbox.dispatcher import DeskForSite, Dispatcher, NoDesk, left_alone
from ptodesk_gui.outbox.followups import FollowUps
from ptodesk_gui.outbox.hands import Hands, ThreadHands
from ptodesk_gui.outbox.ownership import Ownership
from ptodesk_gui.outbox.store import Store, StoreError
from ptodesk_gui.sop.progress import FollowUp, PlanProgress, PlanState

__all__ = ["OTHER_PROGRAM", "DeskForSite", "Filer", "NoDesk"]

OVER: Final = 20  # follow-ups that are over and still told of
POLL: Final = 1.0  # seconds between two looks at what other programs did
OTHER_PROGRAM: Final = "Another window or console of this program is filing. What is queued here is safe: that one files it, or this one after it."

_log = logging.getLogger(__name__)


class Filer:
    """Files the plans of a store. ``desk_for_site`` gives a site's desk, None when it is not the site of the settings.

    ``on_progress`` is called with every change of a plan that is seen, ``on_follow_ups`` with all follow-ups whenever one
    of them has changed (those that are over soonest as well), ``on_notice`` with a sentence about the outbox as a whole
    ("" when there is none any more); all from any thread. ``follow_ups`` is where a person says what becomes of one. Nothing here belongs on the UI thread. With
    InlineHands, whose clock the store has as well, nothing sleeps and no thread is made.
    """

    def __init__(
        self,
        store: Store,
        desk_for_site: DeskForSite,
        clock: Callable[[], float] = time.time,
        on_progress: Callable[[PlanProgress], None] = lambda progress: None,
        *,
        workers: int = 3,
        on_notice: Callable[[str], None] = lambda sentence: None,
        hands: Hands | None = None,
        on_follow_ups: Callable[[tuple[FollowUp, ...]], None] = lambda all_of_them: None,
    ) -> None:
        self.notice = ""
        self._store = store
        self._clock = clock
        self._on_progress = on_progress
        self._on_notice = on_notice
        self._hands = hands or ThreadHands()
        self._dispatcher = Dispatcher(store.queue, desk_for_site, clock, self._publish, self._hands, workers)
        self._wake = self._dispatcher.wake
        self.follow_ups = FollowUps(store, self._dispatcher.desk, clock, self._publish, self._hands, self._wake)
        self._dispatcher.may_close = self.follow_ups.may_close
        self._on_follow_ups = on_follow_ups
        self._told_follow_ups: tuple[FollowUp, ...] = ()
        self._ownership = Ownership(store.path)
        self._clockwatch = Clockwatch(clock, self._hands.monotonic)
        self._filed_before = False  # whether the last turn was this filer's as well
        self._thread: threading.Thread | None = None
        self._stopping = False
        self._woken = True
        self._signed_in: set[str] = set()  # sites whose refused sign-in has been tried once more since the start
        self._telling = threading.RLock()  # what is told of a plan is told in the order in which it happened
        self._told: dict[int, PlanProgress] = {}  # what was last told of the plans that are not filed
        self._seen: object = None  # what the store looked like when all open plans were told of

    def start(self) -> None:
        """File in a thread of its own until stopped."""
        self._thread = threading.Thread(target=self._loop, name="ptodesk-filer", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Look at the outbox now: a plan was added, or the settings or the token have changed."""
        with self._wake:
            self._woken = True
            self._seen = None
            self._wake.notify_all()

    def stop(self, timeout: float) -> bool:
        """Take no further step and wait for those under way, at most ``timeout`` seconds. Whether all of it has ended.

        What had not ended is looked up at the next start, not sent again.
        """
        deadline = self._hands.monotonic() + timeout
        with self._wake:
            self._stopping = True
            self._wake.notify_all()
        if self._thread is not None:
            self._thread.join(timeout)
        while (left := deadline - self._hands.monotonic()) > 0 and self._busy:
            with self._wake:
                self._hands.wait(self._wake, min(left, POLL))
        ended = not self._busy and (self._thread is None or not self._thread.is_alive())
        self._ownership.give_up()
        return ended

    def run_until_idle(self, timeout: float, plan_id: int | None = None) -> bool:
        """File, without ``start``, until nothing goes on by itself any more; with a plan, until that one does not.

        Waits for retries that fall within ``timeout`` seconds. False when the time is over first. Raises StoreError.
        """
        deadline = self._hands.monotonic() + timeout
        while True:
            was_busy = self._busy
            gave = self._step()
            idle = not (gave or was_busy or self._more_to_come()) if plan_id is None else self._ended(plan_id)
            if idle:
                return True
            left = deadline - self._hands.monotonic()
            if left <= 0 or self._stopping:
                return False
            if not gave:
                self._rest(left)

    def progress(self, plan_id: int) -> PlanProgress:
        """How far a plan is, and why it does not go on where that is the filer's doing. Raises KeyError."""
        return self._dressed(self._store.progress(plan_id))

    def all_progress(self, filed: int = 200) -> tuple[PlanProgress, ...]:
        """The same of every plan that is not filed and the newest that are; the newest first."""
        return tuple(self._dressed(progress) for progress in self._store.all_progress(filed))

    def retry(self, plan_id: int, step_id: str | None = None) -> None:
        """Try what was refused or waits for later again at once; what is unclear is looked up again."""
        self._store.retry(plan_id, step_id)
        self._acted(plan_id)

    def resolve_unclear(self, plan_id: int, step_id: str, arrived: bool, ticket: str | None = None) -> None:
        """A person says that an unclear step arrived (as which ticket), or that it did not and is to be sent again.

        Raises ValueError when the step makes a ticket that is not named.
        """
        self._store.resolve_unclear(plan_id, step_id, arrived, ticket)
        self._acted(plan_id)

    def tick_off(self, plan_id: int, step_id: str) -> None:
        """A person has done what the site left to do of a step."""
        self._store.tick_off(plan_id, step_id)
        self._acted(plan_id)

    def resume(self, site: str) -> None:
        """The account signs in again: go on with what the site refused for want of it."""
        self._store.resume(site)
        self.follow_ups.look_soon(site)
        self.wake()

    @property
    def _busy(self) -> bool:
        return self._dispatcher.busy or self.follow_ups.busy

    def _acted(self, plan_id: int) -> None:
        self._publish(plan_id)
        self.wake()

    def _loop(self) -> None:
        while not self._stopping:
            try:
                gave = self._step()
            except StoreError as error:
                self._say(str(error))
                gave = False
            except Exception as error:
                _log.error(
                    "the filer's turn broke with %s", type(error).__name__, extra={"error": error}
                )  # may quote a step
                gave = False
            if not gave:
                self._rest(POLL)

    def _step(self) -> bool:
        """One turn, when filing is this program's; whether there was something to do."""
        with self._wake:
            self._woken = False
        mine = not self._stopping and self._ownership.taken()
        self._mind_clock(mine)
        if mine:
            self._sign_in_once()
        gave = self.follow_ups.turn() | self._dispatcher.turn() if mine else False
        self._say("" if mine or self._stopping else OTHER_PROGRAM)
        self._tell_all()
        self._tell_follow_ups()
        return gave

    def _mind_clock(self, mine: bool) -> None:
        """What waits for a time waits as long as was meant, however the clock was set."""
        leap = self._clockwatch.leap()
        if mine and not self._filed_before:
            self._store.queue.wait_no_longer_than_meant()
        elif mine and leap:
            self._store.queue.shift_waits(leap)
        self._filed_before = mine

    def _sign_in_once(self) -> None:
        """The token may have been mended since the last start: a site that refused it is asked once more."""
        for site in self._store.queue.sites():
            if site not in self._signed_in:
                self._signed_in.add(site)
                if site in self._store.queue.holds().signed_out:
                    self._store.resume(site)

    def _rest(self, longest: float) -> None:
        """Wait until something happens or is due."""
        try:
            due = self._dispatcher.next_try()
        except StoreError:
            due = None
        with self._wake:
            if self._woken or self._stopping:
                return
            ahead = POLL if due is None else due - self._clock()
            self._hands.wait(self._wake, min(longest, POLL, max(ahead, 0.01) if ahead > 0 else POLL))

    def _ended(self, plan_id: int) -> bool:
        return self.progress(plan_id).state in (PlanState.FILED, PlanState.PERSON)

    def _more_to_come(self) -> bool:
        return self._busy or self._dispatcher.next_try() is not None

    def _tell_all(self) -> None:
        """Tell of every plan that is not filed, when something may have changed that no step of this filer's did."""
        queue = self._store.queue
        seen = (queue.changed_elsewhere(), queue.holds(), self.notice)
        with self._wake:
            if seen == self._seen:
                return
            self._seen = seen
        with self._telling:
            known = {*queue.plan_ids(), *self._told}
        for plan_id in sorted(known):
            self._publish(plan_id)

    def _publish(self, plan_id: int) -> None:
        """Tell how far a plan is, if that is news."""
        with self._telling:
            try:
                progress = self.progress(plan_id)
            except KeyError:  # removed for its age, or gone with a store that was set aside
                self._told.pop(plan_id, None)
                return
            if self._told.get(plan_id) == progress:
                return
            self._told[plan_id] = progress
            if progress.state is PlanState.FILED:
                del self._told[plan_id]
            self._tell(progress)

    def _tell_follow_ups(self) -> None:
        """Tell of all follow-ups, when one of them has changed."""
        with self._telling:
            found = self.follow_ups.followups(over=OVER)
            if found == self._told_follow_ups:
                return
            self._told_follow_ups = found
            try:
                self._on_follow_ups(found)
            except Exception as error:
                _log.error("follow-ups could not be told: %s", type(error).__name__, extra={"error": error})

    def _tell(self, progress: PlanProgress) -> None:
        try:
            self._on_progress(progress)
        except Exception as error:
            _log.error(
                "progress could not be told: %s", type(error).__name__, extra={"error": error}
            )  # may quote a step

    def _say(self, sentence: str) -> None:
        if sentence != self.notice:
            self.notice = sentence
            self._on_notice(sentence)

    def _dressed(self, progress: PlanProgress) -> PlanProgress:
        """With the pages' addresses as the site has them now, and with what holds the plan here."""
        desk = self._dispatcher.desk(progress.site)
        filed = progress.state is PlanState.FILED
        if isinstance(desk, NoDesk):
            return left_alone(progress, desk)
        urls = {role: desk.browse_url(key) for role, key in progress.tickets.items()}
        held = progress.held or ("" if filed else self.notice)
        return replace(progress, browse_urls=urls, held=held)
