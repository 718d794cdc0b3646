"""A partner's ticket on a desk that has a clock of its own, and a workstation whose clock can be wrong (H7, H9, H10)."""

from dataclasses import dataclass, field
from pathlib import Path

from ptodesk_gui.desk.desk import Done, Later, Looked, Refused, Target
from ptodesk_gui.outbox.filer import Filer
from ptodesk_gui.outbox.hands import InlineHands
from ptodesk_gui.sop.progress import FollowUp
from ptodesk_gui.sop.steps import UNCHANGED, CloseTicket, PublicReply, Remind, Step, Ticket
from tests.outbox.fakes import SITE, FakeDesk, Killed, Workstation, queue

HOUR = 3600.0
DAY = 24 * HOUR
YEAR = 365.25 * DAY
KEY = "PTO-7"
OFFLINE = Later("The Jira site cannot be reached; it is tried again by itself.")


class Hands(InlineHands):
    """The time passes for everybody; this workstation's clock is ``off`` by so many seconds."""

    off = 0.0

    def clock(self) -> float:
        """The time as this workstation has it."""
        return self.now + self.off


@dataclass
class PartnerDesk(FakeDesk):
    """Knows when replies went out and comments came in, by its own clock. ``look_faults``: what comes of looks instead."""

    hands: Hands = field(default_factory=Hands)
    replied: dict[str, float] = field(default_factory=dict)  # step key -> when
    comments: list[tuple[float, bool]] = field(default_factory=list)  # when, and whether by somebody else
    closed: bool = False
    look_faults: list[Later | Refused | str] = field(default_factory=list)
    always: Later | Refused | None = None
    looked_at: list[float] = field(default_factory=list)

    def _act(self, step: Step, target: Target) -> Done:
        if isinstance(step, PublicReply):
            self.replied[target.step_key] = self.hands.now
        self.closed = self.closed or isinstance(step, CloseTicket)
        return super()._act(step, target)

    def answer_since(self, ticket: str, reply_key: str) -> Looked | Later | Refused:
        """Whether a comment came after the reply."""
        assert ticket == KEY
        self.looked_at.append(self.hands.now)
        if self.always is not None:
            return self.always
        if self.look_faults:
            what = self.look_faults.pop(0)
            if what == "killed":
                raise Killed
            if isinstance(what, str):
                raise RuntimeError(what)
            return what
        at = self.replied.get(reply_key)
        if at is None:
            return Looked(False, False, False, None, self.closed)
        newer = [others for when, others in self.comments if when > at]
        return Looked(True, bool(newer), any(newer), self.hands.now - at, self.closed)

    def answer(self, *, others: bool = True) -> None:
        """Somebody writes in the ticket now."""
        self.comments.append((self.hands.now, others))

    @property
    def closings(self) -> int:
        """How often the ticket was closed."""
        return sum(step.endswith(".close") for step in self.acts)


class Office(Workstation):
    """A workstation with a partner's ticket to come back to."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.hands: Hands = Hands()
        self.desks = {SITE: PartnerDesk(hands=self.hands)}

    @property
    def partner(self) -> PartnerDesk:
        desk = self.desks[SITE]
        assert isinstance(desk, PartnerDesk)
        return desk

    def filed(self, *steps: Step) -> Filer:
        """The program, with a plan that it has filed."""
        store, filer = self.start()
        queue(store, *steps)
        assert filer.run_until_idle(HOUR)
        return filer

    def restarted(self) -> Filer:
        """The program, ended and started again."""
        self.end()
        return self.start()[1]

    def pass_time(self, seconds: float) -> None:
        """Time passes, and nothing is done meanwhile."""
        self.hands.now += seconds


def reply(rule: str = "H10") -> PublicReply:
    return PublicReply(id="source.reply", rules=(rule,), ticket=Ticket.SOURCE, key=KEY, reply="asked", body="Hello")


def remind(*, then_close: bool, known: bool = True) -> Remind:
    closing = {"transition": "Done", "resolution": "Other", "category": "Operations"} if known else {}
    return Remind(
        id="source.remind",
        rules=("H10",) if then_close else ("H9",),
        needs=("source.reply",),
        ticket=Ticket.SOURCE,
        key=KEY,
        after_hours=24,
        text="Look at it.",
        then="close" if then_close else UNCHANGED,
        **closing,
    )


def h9() -> tuple[Step, ...]:
    """The partner was asked whom they spoke with; remind after 24 hours."""
    return reply("H9"), remind(then_close=False)


def h10() -> tuple[Step, ...]:
    """The partner was told that the request cannot be processed; close after 24 hours unless an answer came."""
    return reply(), remind(then_close=True)


def h7() -> tuple[Step, ...]:
    """The homeowner was asked for name and address of the job."""
    return (reply("H7"),)


def only(filer: Filer) -> FollowUp:
    """The only follow-up there is, over or not."""
    (one,) = filer.follow_ups.followups(over=9)
    return one


def run(filer: Filer) -> None:
    """Let the program do what there is to do now."""
    assert filer.run_until_idle(HOUR)
