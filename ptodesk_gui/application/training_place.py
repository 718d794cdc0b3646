"""Practice mode for trainees: callers, waiting tickets, bad days, and what the desk has after a practice call. No Qt."""

import math
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ptodesk_gui.application.practice_place import PracticePlace

if TYPE_CHECKING:
    from ptodesk_gui.desk.jira_desk import Timing
    from ptodesk_gui.practice import BadDay, PracticeDesk
    from ptodesk_gui.sop.callers import Caller
    from ptodesk_gui.sop.filed import OnDesk
    from ptodesk_gui.sop.playbook import Playbook
    from ptodesk_gui.sop.steps import Remind
    from ptodesk_gui.sop.tickets import SiteTicket
    from ptodesk_gui.sop.training import Point
    from ptodesk_gui.ui.settings.view import SettingsView, SettingsWanted
    from ptodesk_gui.workstation.settings import Settings

SETTLE_AFTER = 6.0  # seconds: the practice desk's own search lags half a second, and its bad days little more than one
NOT_EMPTIED = "Another window serves the practice desk at the moment, so what it holds was kept."
LEFT_OUT = "{count} practice callers have faults and are left out; `ptodesk practice --check` lists them."
ONE_LEFT_OUT = "1 practice caller has faults and is left out; `ptodesk practice --check` lists them."


@dataclass(frozen=True, slots=True)
class TrainingOptions:
    """``fresh`` None: as the settings have it. ``bad_day``: the desk begins with one, or with this one. ``callers``: a folder of a team's own."""

    fresh: bool | None = None
    bad_day: "BadDay | bool" = False
    callers: Path | None = None
    settle_after: float = SETTLE_AFTER


@dataclass(frozen=True, slots=True)
class Exercise:
    """A practice caller on the line. ``keys`` are the caller's tickets by role; ``since``: seconds since the epoch."""

    caller: "Caller"
    keys: Mapping[str, str]
    since: float
    today: date


@dataclass(slots=True)
class _School:
    """What is needed to practise, read when the place is opened."""

    callers: "tuple[Caller, ...]"
    notices: list[str] = field(default_factory=list)


class TrainingPlace(PracticePlace):
    """The practice desk with everything that trainees practise on. Everything here may wait: never on the UI thread."""

    def __init__(
        self,
        folder: Path | None = None,
        options: TrainingOptions | None = None,
        today: Callable[[], date] = date.today,
        now: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(folder)
        self._options = options or TrainingOptions()
        self._today = today
        self._now = now
        self._procedure: Playbook | None = None
        self._school: _School | None = None
        self._emptied = False

    @property
    def callers(self) -> "tuple[Caller, ...]":
        """The callers to choose from; none before the place is open."""
        return () if self._school is None else self._school.callers

    @property
    def notice(self) -> str:
        """What there is to say of the practice desk's start; empty for nothing."""
        return "" if self._school is None else " ".join(self._school.notices)

    @property
    def emptied(self) -> bool:
        """Whether the desk was emptied when it was opened."""
        return self._emptied

    def adapted(self, playbook: "Playbook") -> "Playbook":
        """The playbook with the senders of the practice callers (H11): sample addresses, which no playbook need know.

        From now on practice is compared with this one.
        """
        from ptodesk_gui.application.practice_shelf import with_senders
        from ptodesk_gui.workstation.caller_files import load_callers

        self._procedure = with_senders(playbook, load_callers(self._options.callers)[0])
        return self._procedure

    def begin(self, caller_id: str) -> Exercise:
        """Let the caller call: the tickets of the caller are as for the first time. Raises KeyError for no such caller."""
        from ptodesk_gui.application.practice_shelf import stock_of

        caller = {caller.id: caller for caller in self.callers}[caller_id]
        today = self._today()
        keys = self._desk_that_runs().begin(stock_of(caller, self._playbook(), today))
        since = math.floor(self._now() * 1000) / 1000  # the desk tells times in whole milliseconds
        return Exercise(caller, keys, since, today)

    def compare(
        self,
        exercise: Exercise,
        filed: Mapping[str, str],
        agent: str,
        reminders: "Mapping[str, Remind] | None" = None,
    ) -> "tuple[Point, ...]":
        """What stands on the desk, read over HTTP, beside what the procedure asks. ``filed``: the keys of the agent's plan by role.

        ``reminders``: what the agent's outbox will come back to, by role; None: that is not compared.
        """
        from dataclasses import replace

        from ptodesk_gui.desk.filed import FiledReader
        from ptodesk_gui.desk.session import SiteAccess
        from ptodesk_gui.sop.callers import case_of
        from ptodesk_gui.sop.comparison import compare
        from ptodesk_gui.sop.filed import keys_by_role
        from ptodesk_gui.sop.flows import make_plan

        served, playbook = self._desk_that_runs(), self._playbook()
        case = case_of(exercise.caller, exercise.today, agent, exercise.keys)
        roles = keys_by_role(make_plan(case, playbook, exercise.today), filed)
        reader = FiledReader(SiteAccess(served.url, *served.account))
        try:
            found = reader.read(playbook.project, roles, exercise.since)
        finally:
            reader.close()
        found = replace(_of_the_caller(found, exercise.caller), reminders=reminders)
        return compare(case, playbook, exercise.today, found)

    @property
    def bad_day(self) -> bool:
        """Whether the desk is having a bad day."""
        served = self.served
        return bool(self._options.bad_day) if served is None else served.bad_day is not None

    def set_bad_day(self, bad: bool) -> None:
        """Begin or end a bad day, at once."""
        if (served := self.served) is not None:
            served.bad_day = self._bad_day() if bad else None

    def view(self, settings: "Settings") -> "SettingsView":
        """The agent's name, and whether every practice begins with a fresh desk."""
        from dataclasses import replace

        return replace(super().view(settings), practice_fresh=settings.practice_fresh)

    def keep(self, wanted: "SettingsWanted", settings: "Settings") -> None:
        """Keep the agent's name, and whether every practice begins with a fresh desk."""
        from ptodesk_gui.workstation.settings import keep_practice_fresh

        super().keep(wanted, settings)
        if wanted.practice_fresh != settings.practice_fresh:
            keep_practice_fresh(wanted.practice_fresh)

    # -- opening

    def _new_desk(self, settings: "Settings") -> "PracticeDesk":
        from ptodesk_gui.practice import PracticeDesk

        desk = PracticeDesk(self._folder(), fresh=self._is_fresh(settings))
        desk.bad_day = self._bad_day() if self._options.bad_day else None
        return desk

    def _is_fresh(self, settings: "Settings") -> bool:
        return settings.practice_fresh if self._options.fresh is None else self._options.fresh

    def _bad_day(self) -> "BadDay":
        from ptodesk_gui.practice import BadDay

        return self._options.bad_day if isinstance(self._options.bad_day, BadDay) else BadDay()

    def _prepare(self, served: "PracticeDesk", settings: "Settings") -> None:
        """Read the callers, and let their tickets wait on the desk."""
        from ptodesk_gui.application.practice_shelf import fill
        from ptodesk_gui.workstation.caller_files import load_callers

        callers, faults = load_callers(self._options.callers)
        if self._procedure is None:
            self.adapted(_playbook_of(settings))
        fill(served, callers, self._playbook(), self._today())
        self._school = _School(callers)
        self._emptied = self._is_fresh(settings) and not served.still_to_empty
        if served.still_to_empty:
            self._school.notices.append(NOT_EMPTIED)
        if count := len({fault.file for fault in faults}):
            self._school.notices.append(ONE_LEFT_OUT if count == 1 else LEFT_OUT.format(count=count))

    def _timing(self) -> "Timing":
        from ptodesk_gui.desk.jira_desk import Timing

        return Timing(settle_after=self._options.settle_after)

    def _desk_that_runs(self) -> "PracticeDesk":
        if self.served is None:
            raise NotOpenError
        return self.served

    def _playbook(self) -> "Playbook":
        if self._procedure is None:
            raise NotOpenError
        return self._procedure


class NotOpenError(Exception):
    """The practice desk is not served."""

    def __str__(self) -> str:
        """What to do."""
        return "The practice desk could not be started. Close the window and open it again."


def _playbook_of(settings: "Settings") -> "Playbook":
    """The playbook that the window uses: the one that was fetched for IT, of the settings, or the one that came with the program where that has faults."""
    if settings.source is not None:
        from ptodesk_gui.application.playbooks import playbook_for

        return playbook_for(settings, date.today()).playbook
    from ptodesk_gui.sop.faults import PlaybookFaults
    from ptodesk_gui.workstation.playbook_files import load_playbook

    try:
        return load_playbook(Path(settings.playbook) if settings.playbook else None)
    except PlaybookFaults:
        return load_playbook(None)


def _of_the_caller(found: "OnDesk", caller: "Caller") -> "OnDesk":
    """Without the tickets that another call has made meanwhile: only those that name the caller or are linked to his tickets."""
    from dataclasses import replace

    from ptodesk_gui.sop.callers import known_as

    ours = {filed.ticket.key for filed in found.tickets.values()}
    names = [name.casefold() for name in known_as(caller.case.homeowner)]

    def is_his(ticket: "SiteTicket") -> bool:
        text = f"{ticket.summary}\n{ticket.description}".casefold()
        return any(name in text for name in names) or any(link.key in ours for link in ticket.links)

    kept: Iterable[SiteTicket] = (ticket for ticket in found.others if is_his(ticket))
    return replace(found, others=tuple(kept))
