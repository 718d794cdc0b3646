"""Everything behind the window that may wait for disk, network or keyring: the procedure's files, the store, the filer."""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from ptodesk_gui.application.call import Standing, draft_payload
from ptodesk_gui.application.clock import Clock
from ptodesk_gui.application.place import Emptying, Holding, Place, needs_of, open_store
from ptodesk_gui.application.procedure import Cared, Found, Procedure, read_procedure
from ptodesk_gui.application.sentences import HeldError, NoSiteError, OtherSiteError, StoreClosedError, sentence
from ptodesk_gui.application.worker import Worker
from ptodesk_gui.sop.entry import Memory

if TYPE_CHECKING:
    from ptodesk_gui.desk.needs import SiteNeeds
    from ptodesk_gui.outbox.filer import Filer
    from ptodesk_gui.outbox.record import Draft
    from ptodesk_gui.outbox.store import Store
    from ptodesk_gui.sop.known import Known
    from ptodesk_gui.sop.plan import Plan
    from ptodesk_gui.sop.progress import PlanProgress
    from ptodesk_gui.ui.settings.view import SettingsView
    from ptodesk_gui.workstation.settings import Settings
    from ptodesk_gui.workstation.single_instance import SingleInstance

T = TypeVar("T")

SECOND_WINDOW = "Another window of this program is open. An unfinished call stays with that window."
STOP_SECONDS = 5.0  # how long closing waits for all that is under way
SAVE_SECONDS = 15.0  # how long it waits for what was typed: longer than the store waits for a lock
REOPEN_MS = 3000  # from one attempt to open the store to the next
OPENED_LATE = "The store is open now; what you type is kept again."
TRIED_AGAIN = "It is tried again by itself; until then nothing can be filed, and what you type is in this window only."


class Backstage(QObject):
    """Two threads of its own besides the filer's: ``disk`` for the store, ``slow`` for what may take seconds."""

    progressed = Signal(object)  # PlanProgress
    followed = Signal(object)  # tuple[FollowUp, ...]: one of them has changed
    noticed = Signal(str)  # a sentence about the outbox as a whole; empty when there is none any more
    failed = Signal(str)  # a sentence with its cure
    settled = Signal(object)  # SettingsView: the settings as they hold, and what is known of the token
    found = Signal(object)  # Found
    learned = Signal(object)  # Procedure
    forgotten = Signal()  # what was filed before is gone with the desk it was filed to
    opened = Signal()  # the place is open and filing goes on

    def __init__(
        self, place: Place, clock: Clock, parent: QObject | None = None, instance: "SingleInstance | None" = None
    ) -> None:
        """``instance``: who is the window of the place's folder, where that was asked already; it is given up by whoever asked."""
        super().__init__(parent)
        self._place = place
        self._clock = clock
        self._needs: SiteNeeds | None = None
        self._store: Store | None = None
        self._decided = instance
        self._instance: SingleInstance | None = None  # asked here
        self._filer: Filer | None = None
        self._found_store = False
        self._is_heard = False  # whether what is found is taken up by all whom it concerns
        self._found_early: Found | None = None
        self._place_is_open = False
        self._closed_because = self._said_why = ""  # why the store could not be opened
        self._told_notice = ""
        self.known: Known | None = None  # besides the call: ZIP codes, companies
        self.disk = Worker("ptodesk-disk", self)
        self.slow = Worker("ptodesk-slow", self)

    def open_store(self) -> None:
        """Look what is kept, before anything else: an unfinished call comes back before the agent types. It is told after ``listen``."""
        self._try_to_open()

    def listen(self) -> None:
        """All whom it concerns are there: what was found in the store meanwhile is told them."""
        self._is_heard = True
        if (found := self._found_early) is not None:
            self._found_early = None
            self._store_opened(found)

    def start(self) -> None:
        """Open the rest, each on its thread; what was opened is told by signals, in the order in which it is ready."""
        self.learn()
        self.slow.submit(self.open_place, self._place_opened, self._say)

    @property
    def looked(self) -> bool:
        """Whether it is known what is kept, or that it cannot be known yet."""
        return self._found_store or bool(self._said_why)

    def learn(self) -> None:
        """Read the playbook: at the start, on a new day, or because somebody has mended it."""
        self.slow.submit(self._learn, self.learned.emit, self._say)

    def save_draft(self, call: Standing, held: bool) -> None:
        """Keep the call. On the disk thread only."""
        store = self._opened_store()
        store.save_draft(call.entry.call_id, draft_payload(call, held=held), call.focus)
        if store.notice != self._told_notice:  # it was damaged or taken away meanwhile, and mended itself
            self._told_notice = store.notice
            self.noticed.emit(store.notice)

    def drafts(
        self, then: "Callable[[tuple[Draft, ...]], Any]", failed: Callable[[Exception], Any] | None = None
    ) -> None:
        """Every call that is not filed, the latest first."""
        self.disk.submit(lambda: self._opened_store().drafts(), then, failed or self._say)

    def on_disk(
        self, what: "Callable[[Store], T]", then: Callable[[T], Any], failed: Callable[[Exception], Any] | None = None
    ) -> None:
        """Do something with the store, after all that was asked of it before."""
        self.disk.submit(lambda: what(self._opened_store()), then, failed or self._say)

    def drop_draft(self, call_id: str) -> None:
        """Forget a call that was thrown away."""
        self.disk.submit(lambda: self._opened_store().delete_draft(call_id), failed=self._say)

    def queue(
        self,
        call_id: str,
        title: str,
        plan: "Plan",
        properties: Mapping[str, object],
        then: "Callable[[PlanProgress], Any]",
        failed: Callable[[Exception], Any],
        *,
        call: Standing,
        hold_off: float,
    ) -> None:
        """Put the plan into the outbox for good, then have it filed. ``then`` gets its first progress once it is on disk.

        ``call`` is what it was made of; it can be taken back for ``hold_off`` seconds, in which nothing is sent.
        """

        def put() -> "PlanProgress":
            store = self._opened_store()
            if not (site := self._place.site):  # read once: it may be another one a moment later
                raise NoSiteError
            if isinstance(self._place, Holding) and self._place.held:
                raise HeldError(self._place.held)
            if call.entry.names_tickets and call.entry.memory(Memory.TICKETS_OF) not in ("", site):
                raise OtherSiteError
            kept = (draft_payload(call), call.focus)
            plan_id = store.add_plan(call_id, site, title, plan, properties, call=kept, hold_off=hold_off)
            if self._filer is not None:
                self._filer.wake()
            return store.progress(plan_id)

        self.disk.submit(put, then, failed)

    def act(self, what: "Callable[[Filer], Any]") -> None:
        """Have a person's decision about a plan carried out by the filer."""

        def do() -> None:
            if self._filer is not None:
                what(self._filer)

        self.disk.submit(do, failed=self._say)

    def open_place(self) -> "SettingsView":
        """Open the place by the settings as they are now, and go on with what waited for that. On the slow thread only."""
        settings = self.read_settings()
        if self._needs is not None:
            self._place.open(self._needs, settings)
        if self._filer is not None:
            self._filer.resume(self._place.site)
        view = self._place.view(settings)
        looks = settings.locked & {"theme", "text_size"}
        size = int(settings.text_size) if settings.text_size else view.text_size
        return replace(view, theme=settings.theme or view.theme, text_size=size, locked=view.locked | looks)

    def read_settings(self) -> "Settings":
        """The settings as they hold now. On the slow thread only."""
        from ptodesk_gui.workstation.settings import read_settings

        return read_settings()

    def look_after_store(self) -> "Cared | None":
        """See to the outbox's key and to what was set aside. None: it is not open. On the slow thread only."""
        if self._store is None:
            return None
        back = self._store.look_after()
        if back and self._filer is not None:
            self._filer.wake()
        return Cared(back, self._store.waiting, self._store.wants_care)

    def stop(self) -> bool:
        """Refuse new work, let what is under way end, with a bound. True when all of it has ended; nothing is lost either way."""
        end = time.monotonic() + STOP_SECONDS

        def left() -> float:
            return max(0.0, end - time.monotonic())

        saved = self.disk.stop(SAVE_SECONDS)
        ended = saved and (self._filer is None or self._filer.stop(left()))
        ended = self.slow.stop(left()) and ended
        self._place.close()
        if self._instance is not None:
            self._instance.give_up()
        if self._store is not None and ended:
            self._store.close()
        return ended

    def _try_to_open(self) -> None:
        self.disk.submit(self._open_store, self._store_opened, self._not_opened)

    def _open_store(self) -> Found:
        try:
            return self._find()
        except Exception as error:
            self._closed_because = sentence(error)
            if self._store is not None and getattr(error, "damaged", False):
                self._store.close()  # the next opening sees to it
                self._store = None
            raise

    def _find(self) -> Found:
        path = self._place.store_path
        store = self._store or open_store(self._place, self._clock.now, may_set_aside=True)
        self._store = store
        instance = self._decided or self._ask_for(path.parent)
        drafts = store.drafts() if instance.mine else ()  # else they belong to the window that was there first
        self._told_notice = store.notice
        notice = store.notice if instance.mine else instance.notice or SECOND_WINDOW
        return Found(drafts, store.all_progress(), notice, store.follow_ups.followups(), instance.mine)

    def _store_opened(self, found: Found) -> None:
        if not self._is_heard:
            self._found_early = found
            return
        if self._closed_because:
            found = replace(found, notice=f"{OPENED_LATE} {found.notice}".rstrip())
        self._found_store = True
        self.found.emit(found)
        self._begin_filing()

    def _not_opened(self, error: Exception) -> None:
        """Say why, once, and try again: a lock goes, a disk is made room on, a network drive comes back."""
        if (why := sentence(error)) != self._said_why:
            self._said_why = why
            self.failed.emit(f"{why} {TRIED_AGAIN}")
        QTimer.singleShot(REOPEN_MS, self, self._try_to_open)

    def _ask_for(self, folder: Path) -> "SingleInstance":
        from ptodesk_gui.workstation.single_instance import SingleInstance

        if self._instance is None:
            self._instance = SingleInstance(folder)
            self._instance.take()
        return self._instance

    def _learn(self) -> Procedure:
        procedure = read_procedure(self._place, self.read_settings(), self._clock.today(), lambda: self.known)
        self._needs = needs_of(procedure.playbook)
        return procedure

    def _place_opened(self, view: "SettingsView") -> None:
        self._place_is_open = True
        self.settled.emit(view)
        self._begin_filing()

    def _begin_filing(self) -> None:
        """Start the filer, on the disk thread, once both the store and the place are open."""
        if not (self._found_store and self._place_is_open):
            return

        def begin() -> None:
            from ptodesk_gui.outbox.filer import Filer

            if isinstance(self._place, Emptying) and self._place.emptied:
                self._opened_store().start_over()
                self.forgotten.emit()
            self._filer = Filer(
                self._opened_store(),
                self._place.desk_for_site,
                self._clock.now,
                self.progressed.emit,
                on_notice=self.noticed.emit,
                on_follow_ups=self.followed.emit,
            )
            self._filer.start()

        self.disk.submit(begin, lambda _: self.opened.emit(), self._say)

    def _opened_store(self) -> "Store":
        if self._store is None:
            raise StoreClosedError(self._closed_because)
        return self._store

    def _say(self, error: Exception) -> None:
        self.failed.emit(sentence(error))


def load_beside() -> None:
    """Load what the parts beside the call are made of, as far as it is not made of Qt (see ``in_turns``). On a thread, so that
    no key press waits for it."""
    import ptodesk_gui.sop.history
    import ptodesk_gui.sop.stale
    import ptodesk_gui.sop.takeover
    import ptodesk_gui.sop.waiting  # noqa: F401 - only loaded
