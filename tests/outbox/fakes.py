"""A desk that can lose answers and remembers what really happened, and a workstation whose clock only moves when asked to."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from ptodesk_gui.desk.desk import Done, Later, NotArrived, Outcome, Refused, Target, Unclear
from ptodesk_gui.outbox.database import Database
from ptodesk_gui.outbox.filer import Filer, NoDesk
from ptodesk_gui.outbox.hands import InlineHands
from ptodesk_gui.outbox.store import Store
from ptodesk_gui.sop.grace import Grace, GraceStatus
from ptodesk_gui.sop.plan import ChosenReply, Plan
from ptodesk_gui.sop.progress import FollowUp, PlanProgress, StepState
from ptodesk_gui.sop.steps import CreateTicket, InternalComment, LinkTickets, PublicReply, Remind, Step, Ticket

SITE = "https://desk.example"


class Killed(BaseException):
    """The program ends here, as by a power loss: nothing after it is carried out."""


def create(ticket: Ticket, *needs: str) -> CreateTicket:
    return CreateTicket(
        id=f"{ticket}.create",
        rules=("H1",),
        needs=needs,
        ticket=ticket,
        project="PTO",
        request_type="PTO/M3 delay",
        summary="Homeowner Concern Received – Jane Doe – Sunny Roofs",
        description="Homeowner: Jane Doe",
        labels=("PTO",),
        organization="Sunny_Roofs",
        reporter="jane@example.com",
        assignee=None,
    )


def comment(ticket: Ticket, *needs: str, name: str = "comment") -> InternalComment:
    return InternalComment(id=f"{ticket}.{name}", rules=("T5",), needs=needs, ticket=ticket, body="Notes")


def reply(ticket: Ticket, *needs: str) -> PublicReply:
    return PublicReply(id=f"{ticket}.reply", rules=("H4",), needs=needs, ticket=ticket, reply="own", body="Hello")


def link(*needs: str) -> LinkTickets:
    ends = {"from_": Ticket.HOMEOWNER, "relation": "is caused by", "to": Ticket.INSTALLER}
    return LinkTickets(id="link", rules=("I1",), needs=needs, **ends)


def remind(*needs: str) -> Remind:
    return Remind(
        id="homeowner.remind", rules=("H9",), needs=needs, ticket=Ticket.HOMEOWNER, after_hours=24, text="Look again"
    )


def whole_call() -> tuple[Step, ...]:
    """Two tickets with a comment and a reply each, and the link between them."""
    h, i = Ticket.HOMEOWNER, Ticket.INSTALLER
    return (
        create(h),
        comment(h, "homeowner.create"),
        reply(h, "homeowner.comment"),
        create(i),
        comment(i, "installer.create"),
        reply(i, "installer.comment"),
        link("homeowner.create", "installer.create"),
    )


def plan_of(*steps: Step) -> Plan:
    none = ChosenReply(None, "", ())
    return Plan(Grace(GraceStatus.NOT_STARTED), (), (), (), none, none, steps)


@dataclass
class FakeDesk:
    """Does every step, unless ``faults`` says otherwise for a step: an answer, or the name of a way to lose one.

    "lost before": the request never arrived. "lost after": it did, and its answer got lost. "killed before" and
    "killed after": so did the program. "broken": the desk's own code fails after it acted.
    """

    faults: dict[str, list[Outcome | str]] = field(default_factory=dict)
    settle_faults: dict[str, list[Outcome | NotArrived | str]] = field(default_factory=dict)
    done: dict[str, Done] = field(default_factory=dict)  # step key -> what really happened
    acts: list[str] = field(default_factory=list)  # ids of steps as they really happened
    asked: list[tuple[str, str]] = field(default_factory=list)  # every call: perform or settle, and the step's id
    targets: list[Target] = field(default_factory=list)
    unsettled: set[str] = field(default_factory=set)  # keys whose last answer got lost and was not looked up since
    left: dict[str, Done] = field(default_factory=dict)  # step id -> what the site leaves to a person
    numbers: int = 0
    while_performing: Callable[[Step], None] = lambda step: None

    def perform(self, step: Step, target: Target) -> Outcome:
        self.asked.append(("perform", step.id))
        self.targets.append(target)
        assert target.step_key not in self.unsettled, f"{step.id} was sent again without having been looked up"
        self.while_performing(step)
        fault = self.faults.get(step.id, [])
        what = fault.pop(0) if fault else None
        if what in ("lost before", "killed before"):
            return self._lose(what, target)
        if isinstance(what, Done | Refused | Later | Unclear):
            return what
        done = self._act(step, target)
        if what in ("lost after", "killed after"):
            return self._lose(what, target)
        if what == "broken":
            self.unsettled.add(target.step_key)
            raise RuntimeError("jane@example.com")
        return done

    def settle(self, step: Step, target: Target) -> Done | NotArrived | Later | Unclear | Refused:
        self.asked.append(("settle", step.id))
        self.targets.append(target)
        fault = self.settle_faults.get(step.id, [])
        what = fault.pop(0) if fault else None
        if isinstance(what, str):
            raise Killed if what == "killed" else RuntimeError(what)
        if what is not None:
            return what
        self.unsettled.discard(target.step_key)
        return self.done.get(target.step_key) or NotArrived()

    def browse_url(self, ticket: str) -> str:
        return f"{SITE}/browse/{ticket}"

    def _act(self, step: Step, target: Target) -> Done:
        assert target.step_key not in self.done, f"{step.id} was done twice"
        roles = [step.from_, step.to] if isinstance(step, LinkTickets) else [step.ticket]
        if isinstance(step, CreateTicket):
            self.numbers += 1
            ticket = f"PTO-{self.numbers}"
        else:
            assert all(role in target.tickets for role in roles), f"{step.id} was sent before its tickets are there"
            ticket = target.tickets[roles[0]]
        done = replace(self.left.get(step.id, Done()), ticket=ticket)
        self.done[target.step_key] = done
        self.acts.append(step.id)
        return done

    def _lose(self, what: str, target: Target) -> Unclear:
        self.unsettled.add(target.step_key)
        if what.startswith("killed"):
            raise Killed
        return Unclear("The answer got lost.")


class Workstation:
    """A data folder, and the program started on it as often as a test likes."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "data" / "outbox.db"
        self.hands = InlineHands()
        self.desks: dict[str, FakeDesk | NoDesk] = {SITE: FakeDesk()}
        self.told: list[PlanProgress] = []
        self.notices: list[str] = []
        self.follow_ups: list[tuple[FollowUp, ...]] = []
        self._running: list[tuple[Store, Filer]] = []

    @property
    def desk(self) -> FakeDesk:
        desk = self.desks[SITE]
        assert isinstance(desk, FakeDesk)
        return desk

    def start(self, workers: int = 3) -> tuple[Store, Filer]:
        store = Store(self.path, clock=self.hands.clock)
        filer = Filer(
            store,
            self.desks.get,
            self.hands.clock,
            self.told.append,
            workers=workers,
            on_notice=self.notices.append,
            on_follow_ups=self.follow_ups.append,
            hands=self.hands,
        )
        self._running.append((store, filer))
        return store, filer

    def end(self) -> None:
        """All programs end, however they ended: the system takes their locks and files back."""
        for store, filer in self._running:
            filer.stop(0)
            store.close()
        self._running.clear()

    def file(self, *steps: Step, timeout: float = 3600) -> PlanProgress:
        """Queue a plan of these steps, file it as far as it goes, and give how far that is."""
        store, filer = self.start()
        plan_id = queue(store, *steps)
        filer.run_until_idle(timeout)
        return filer.progress(plan_id)


class Power:
    """Fails at the n-th write to the store, just before or just after it is on disk; then it is back."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.left: int | None = None
        self.after = False
        real = Database.writing
        power = self

        @contextmanager
        def writing(database: Database) -> Iterator[object]:
            if power.left is not None:
                power.left -= 1
            fails = power.left == -1
            with real(database) as connection:
                yield connection
                if fails and not power.after:
                    raise Killed
            if fails:
                raise Killed

        monkeypatch.setattr(Database, "writing", writing)


class PreparingDesk(FakeDesk):
    """A desk that wants to know what is coming."""

    def prepare(self, steps: Sequence[Step]) -> None:
        self.asked.append(("prepare", " ".join(step.id for step in steps)))


def queue(store: Store, *steps: Step, call_id: str = "call-1", site: str = SITE) -> int:
    return store.add_plan(call_id, site, "Jane Doe, Sunny Roofs", plan_of(*steps), {})


def states(progress: PlanProgress) -> Mapping[str, StepState]:
    return {step.step.id: step.state for step in progress.steps}


def happened(desk: FakeDesk) -> Counter[str]:
    return Counter(desk.acts)


@contextmanager
def workstation(folder: Path) -> Iterator[Workstation]:
    machine = Workstation(folder)
    try:
        yield machine
    finally:
        machine.end()
