"""One case from the outbox to the desk, with whatever goes wrong on the way, and how it ended."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ptodesk_gui.application.place import needs_of
from ptodesk_gui.desk.jira_desk import JiraDesk, Timing
from ptodesk_gui.desk.session import SiteAccess
from ptodesk_gui.outbox import tables
from ptodesk_gui.outbox.filer import Filer
from ptodesk_gui.outbox.store import Store
from ptodesk_gui.sop.playbook import Playbook
from ptodesk_gui.sop.progress import PlanProgress, PlanState
from tests.reliability.flows import Flow
from tests.reliability.line import Line, Point, Trouble, hastily
from tests.reliability.person import Person
from tests.reliability.site import Picture, Site, differences
from tests.reliability.truth import Truth

PATIENCE = 24 * 3600.0  # seconds on the case's clock that a plan may take to go as far as it goes by itself
TURNS = 12  # how often a person looks at the outbox at most
CALL = "call-1"
OUTBOX = "outbox.db"


@dataclass
class Ended:
    """How a case ended. ``wrong`` holds every lie, every difference and every hasty request, in words; ``twice`` counts."""

    flow: str
    what: str
    hits: int = 0
    acts: Counter[str] = field(default_factory=Counter)
    twice: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def by_itself(self) -> bool:
        """Whether nobody had to do anything."""
        return not self.acts


class Bench:
    """Files cases one after another on one site. ``folder`` holds the outboxes, a new one for every case."""

    def __init__(self, site: Site, line: Line, book: Playbook, folder: Path) -> None:
        self.site = site
        self.line = line
        self.book = book
        self.folder = folder
        Store(folder / OUTBOX).close()
        self._planned: dict[str, tuple[Picture, list[Point], Counter[str]]] = {}

    def planned(self, flow: Flow) -> Picture:
        """What the desk holds when nothing went wrong."""
        return self._plain(flow)[0]

    def points(self, flow: Flow) -> list[Point]:
        """Every request of the flow, as they are when nothing goes wrong and nothing of the site is known yet."""
        return self._plain(flow)[1]

    def left(self, flow: Flow) -> Counter[str]:
        """What a person has to do even when nothing went wrong."""
        return self._plain(flow)[2]

    def case(self, flow: Flow, at: Point, what: Trouble, times: int = 1) -> Ended:
        """The flow with one request that goes wrong, so many times in a row."""
        ended = Ended(flow.name, f"{at}: {what.name}")
        with self.begun(flow) as case:
            self.line.trouble(at, what, times)
            case.to_the_end()
            ended.hits = self.line.hits
            self.judge(flow, case, ended)
        return ended

    def judge(self, flow: Flow, case: "Case", ended: Ended) -> None:
        """Compare the desk and what was said with the plan."""
        found, planned = self.site.picture(), self.planned(flow)
        told = case.person.acts["told the person who was not mentioned"]
        ended.acts = case.person.acts - self.left(flow)
        ended.twice = found.without_twice(planned)
        ended.wrong += case.wrong + case.truth.lies + hastily(self.line.sent)
        ended.wrong += [] if told and not ended.twice else differences(planned, found)
        if self.site.practice.crashes:
            ended.wrong += self.site.practice.crashes
            self.site.practice.crashes.clear()

    @contextmanager
    def begun(self, flow: Flow) -> "Iterator[Case]":
        """A case whose plan is in the outbox; nothing was sent yet."""
        prepared = self.site.begin(flow.name, flow.prepare)
        self.site.practice.switches.scoped_tokens = flow.scoped
        self.line.begin()
        with tempfile.TemporaryDirectory(dir=self.folder) as folder, ExitStack() as stack:
            stack.callback(self.line.end)
            for file in self.folder.glob(f"{OUTBOX}*"):  # an outbox that nothing was put into yet, and its key
                shutil.copy(file, folder)
            case = Case(self, flow, Path(folder), prepared)
            stack.callback(case.end)
            yield case

    def _plain(self, flow: Flow) -> tuple[Picture, list[Point], Counter[str]]:
        if flow.name not in self._planned:
            with self.begun(flow) as case:
                case.to_the_end()
                assert case.progress().state is PlanState.FILED
                assert not case.wrong + case.truth.lies
                self._planned[flow.name] = self.site.picture(), self.line.points, case.person.acts
        return self._planned[flow.name]


class Case:
    """One plan in an outbox of its own, and the program that files it, started as often as it takes."""

    def __init__(self, bench: Bench, flow: Flow, folder: Path, prepared: dict[str, object]) -> None:
        self.wrong: list[str] = []
        self.folder = folder
        self._bench = bench
        self._stack = ExitStack()
        self._plan = flow.plan(bench.book, prepared)
        self._noted = {"ptodesk.playbook": {"version": bench.book.version}}
        self._open()
        with self.store._database.reading() as db:
            keys = {row.step.id: row.step_key for row in tables.read_plan(db, self.plan_id).steps}
        self.truth = Truth(bench.site, keys, self.store)
        self.person = Person(bench.site, self.filer, self.truth, self.sign_in, self._noted)

    def start(self) -> None:
        """The program is started again: nothing is known but what is on disk."""
        self._open()
        self.truth.store, self.person.filer = self.store, self.filer

    def sign_in(self) -> None:
        """Sign in with what the site takes now."""
        site = self._bench.site
        clock = site.clock
        timing = Timing(now=clock.clock, clock=clock.monotonic, pause=clock.pause)
        access = SiteAccess(site.practice.url, *site.sign_in)
        gateway = f"{site.practice.url}/ex/jira"
        needs = needs_of(self._bench.book)
        self._desk = JiraDesk(access, self.folder / "sites", needs, gateway=gateway, timing=timing)
        self._stack.callback(self._desk.close)

    def _open(self) -> None:
        clock = self._bench.site.clock
        self.sign_in()
        self.store = Store(self.folder / OUTBOX, clock=clock.clock)
        self._stack.callback(self.store.close)
        with self.store._database.reading() as db:
            db.execute("PRAGMA synchronous = OFF")  # programs end here, not machines: saves thousands of waits
        self.filer = Filer(self.store, lambda site: self._desk, clock.clock, self._told, hands=clock)
        self._stack.callback(self.filer.stop, 0)
        self.plan_id = self.store.add_plan(CALL, "site", "Sample", self._plan, self._noted)

    def end(self) -> None:
        """The program ends, however it ends; the system takes back its files and locks."""
        self._stack.close()

    def progress(self) -> PlanProgress:
        """How far the plan is."""
        return self.filer.progress(self.plan_id)

    def to_the_end(self) -> None:
        """File until everything is done; a person does what is asked for, when nothing goes on by itself."""
        for _ in range(TURNS):
            if not self.filer.run_until_idle(PATIENCE):
                self.wrong.append("it went on and on")
                return
            progress = self.progress()
            if progress.state is PlanState.FILED:
                break
            self.person.act(progress)
        else:
            steps = [(s.step.id, s.state.value, s.reason) for s in self.progress().steps]
            self.wrong.append(f"never filed: {steps}")
        for step in self.progress().steps:
            if step.left_to_do:
                self.person.do_what_is_left(self.progress(), step)
        self._bench.site.clock.let_all_happen()
        self.truth.told(self.progress())

    def _told(self, progress: PlanProgress) -> None:
        self.truth.told(progress)
