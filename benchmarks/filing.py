"""Requests and round trips for one call: through the outbox, and by a plain script on the same practice desk."""

import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from benchmarks.measure import Section, in_turn, ratio, spread
from benchmarks.plain_script import PlainScript
from ptodesk_gui.application.place import needs_of
from ptodesk_gui.desk.jira_desk import JiraDesk
from ptodesk_gui.desk.session import SiteAccess
from ptodesk_gui.outbox.filer import Filer
from ptodesk_gui.outbox.store import Store
from ptodesk_gui.practice.server import PracticeDesk, Seen
from ptodesk_gui.sop.case import Address, Case, Channel, Homeowner, Inspection, Installer, Job
from ptodesk_gui.sop.flows import make_plan
from ptodesk_gui.sop.plan import Plan
from ptodesk_gui.sop.progress import PlanProgress, PlanState
from ptodesk_gui.workstation.playbook_files import load_playbook

ROUND_TRIP = 0.1  # seconds
ROUNDS = 10
PATIENCE = 60.0  # seconds until a call that is not filed is a failure

CASE = Case(
    channel=Channel.PHONE,
    agent="Dana Reyes",
    homeowner=Homeowner("Jane", "Doe", "jane@example.com"),
    address=Address("1 Main St", "Denver", "CO", "80202"),
    installer=Installer("Sunny Roofs", "Sam", "sam@example.com"),
    job=Job(True, "https://engine.example/jobs/1", date(2026, 1, 5), date(2026, 2, 1), None),
    inspection=Inspection.PASSED,
    concern="System installed but not yet active; asks when PTO is expected.",
)


@dataclass(frozen=True, slots=True)
class Traffic:
    """What the desk saw of one call."""

    requests: int
    in_sequence: int
    seconds: float


def in_sequence(requests: list[Seen]) -> int:
    """The longest chain of requests of which each began after the one before had been answered."""
    ordered = sorted(requests, key=lambda r: r.ended)
    chain: list[int] = []
    for number, request in enumerate(ordered):
        before = [chain[i] for i in range(number) if ordered[i].ended <= request.started]
        chain.append(1 + max(before, default=0))
    return max(chain, default=0)


class Program:
    """The program's own way, as the window does it: plan on disk, filed by the filer's thread."""

    def __init__(self, desk: PracticeDesk, folder: Path) -> None:
        self._playbook = load_playbook()
        self._news = threading.Condition()
        self._filed: set[int] = set()
        self._count = 0
        self._url = desk.url
        self._jira = JiraDesk(SiteAccess(desk.url, *desk.account), folder / "cache", needs_of(self._playbook))
        self._store = Store(folder / "outbox.sqlite3")
        self._filer = Filer(self._store, lambda site: self._jira, on_progress=self._progressed)
        self._filer.start()

    def close(self) -> None:
        """Stop filing and let go of everything."""
        self._filer.stop(5)
        self._store.close()
        self._jira.close()

    def file(self, plan: Plan) -> None:
        """Queue the plan and wait until it is filed."""
        self._count += 1
        plan_id = self._store.add_plan(f"call-{self._count}", self._url, "A call", plan, {})
        self._filer.wake()
        with self._news:
            if not self._news.wait_for(lambda: plan_id in self._filed, PATIENCE):
                raise RuntimeError("the call was not filed")

    def _progressed(self, progress: PlanProgress) -> None:
        if progress.state is PlanState.FILED:
            with self._news:
                self._filed.add(progress.plan_id)
                self._news.notify_all()
        elif progress.state is PlanState.PERSON:
            raise RuntimeError("the practice desk refused a step")


def run() -> Section:
    """First call and later calls, both ways, in turn."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with PracticeDesk(folder / "desk", latency=ROUND_TRIP) as desk:
            playbook = load_playbook()
            plan = make_plan(CASE, playbook, date(2026, 3, 14))
            program, script = Program(desk, folder), PlainScript(desk.url, *desk.account)
            traffic: dict[str, list[Traffic]] = {"program": [], "new": [], "script": []}

            def measured(which: str, file: Callable[[Plan], object]) -> Callable[[], float]:
                def once() -> float:
                    desk.forget_requests()
                    sent = (
                        plan
                        if which != "new"
                        else make_plan(somebody(len(traffic["new"])), playbook, date(2026, 3, 14))
                    )
                    started = time.perf_counter()
                    file(sent)
                    seconds = time.perf_counter() - started
                    seen = [r for r in desk.requests if r.method]
                    traffic[which].append(Traffic(len(seen), in_sequence(seen), seconds))
                    return seconds

                return once

            try:
                figures = in_turn(
                    {
                        "program": measured("program", program.file),
                        "new": measured("new", program.file),
                        "script": measured("script", script.file),
                    },
                    ROUNDS,
                )
            finally:
                program.close()
                script.close()
    return _section(traffic, ratio(figures, "program", "script"))


def somebody(number: int) -> Case:
    """The same call of somebody who is no customer of the site so far."""
    return replace(CASE, homeowner=Homeowner("June", f"Roe {number}", f"june.roe.{number}@example.com"))


def _section(traffic: dict[str, list[Traffic]], faster: float) -> Section:
    rows = []
    for which, title in (
        ("program", "ptodesk, through the outbox"),
        ("new", "ptodesk, a homeowner who is no customer yet"),
        ("script", "plain script on the `jira` package"),
    ):
        first, *later = traffic[which]
        if which != "new":
            rows.append(
                [title, "first", *_cells(first.requests, first.in_sequence, first.seconds), f"{first.seconds:.2f} s"]
            )
        requests = statistics.median(t.requests for t in later)
        sequence = statistics.median(t.in_sequence for t in later)
        took = spread([t.seconds * 1000 for t in later], "ms")
        seconds = statistics.median(t.seconds for t in later)
        rows.append([title, "once the site is known", *_cells(requests, sequence, seconds), took])
    return Section(
        "One call on the desk",
        f"A phone call becomes a homeowner ticket, an installer ticket, two internal comments, two public replies and a link, on the practice desk with "
        f"{ROUND_TRIP * 1000:.0f} ms for every request; both ways in turn, median of {ROUNDS}. Aim once the site is known: 10 requests, and the time of 5 round trips.",
        [["how", "call", "requests", "in sequence", "round trips' time", "time"], *rows],
        f"ptodesk takes {faster:.2f} of the script's time. The script keeps no plan on disk, and makes the tickets twice when an answer is lost.",
    )


def _cells(requests: float, sequence: float, seconds: float) -> list[str]:
    return [f"{requests:.0f}", f"{sequence:.0f}", f"{seconds / ROUND_TRIP:.1f}"]
