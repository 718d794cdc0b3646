"""What IT changes while the window is open: the policy is read again now and then, the playbook it names is fetched, and no call is disturbed."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from ptodesk_gui.application.backstage import Backstage
from ptodesk_gui.application.call import CallAtHand, Phase
from ptodesk_gui.application.procedure import Procedure
from ptodesk_gui.application.worker import Worker
from ptodesk_gui.sop.view import Weight

if TYPE_CHECKING:
    from ptodesk_gui.workstation.policy import Policy

BEGIN_MS: Final = 10_000  # after everything is open
FETCH_MS: Final = 4 * 3_600_000
AGAIN_MS: Final = 30 * 60_000  # after something was wrong
POLICY_MS: Final = 5 * 60_000
CALL_MS: Final = 2_000  # from one look whether the call is over to the next
STOP_SECONDS: Final = 0.5  # a share that hangs cannot be hurried; the thread ends with the program

NEXT_CALL: Final = (
    "A new version of the playbook is here. This call goes on by version {version}; the next one follows the new one."
)
CHANGED: Final = "This call follows version {new} of the playbook from here on; so far it was version {old}."


class Rollout(QObject):
    """Fetches on a thread of its own. A playbook that comes in the middle of a call waits until it is over."""

    said = Signal(str, object)  # a sentence, its Weight

    def __init__(self, backstage: Backstage, call: CallAtHand, parent: QObject, *, real: bool) -> None:
        """``real``: not practice, where no site is opened anew when the policy changes."""
        super().__init__(parent)
        self._backstage = backstage
        self._call = call
        self._real = real
        self._version = ""
        self._policy: Policy | None = None
        self._fetching: Worker | None = None  # made when IT names a place
        self._fetch = self._timer(self._look_for_playbook)
        self._look = self._timer(self._look_at_policy)
        self._over = self._timer(self._take_new_one)
        backstage.opened.connect(self._begin)
        backstage.learned.connect(self._learned)

    def stop(self) -> None:
        """Begin nothing more."""
        for timer in (self._fetch, self._look, self._over):
            timer.stop()
        if self._fetching is not None:
            self._fetching.stop(STOP_SECONDS)

    def look_now(self) -> None:
        """Somebody does not want to wait for the next look."""
        if self._fetch.isActive():  # else one is under way
            self._fetch.start(0)

    def _begin(self) -> None:
        self._look_at_policy()
        self._fetch.start(BEGIN_MS)

    def _timer(self, then: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(then)
        return timer

    @property
    def _in_a_call(self) -> bool:
        return not self._call.empty and self._call.phase is not Phase.FILED

    # -- the playbook

    def _look_for_playbook(self) -> None:
        def named() -> bool:
            return self._backstage.read_settings().source is not None

        self._backstage.slow.submit(named, self._fetch_if, lambda _: self._fetch.start(AGAIN_MS))

    def _fetch_if(self, named: bool) -> None:
        if not named:
            self._fetch.start(AGAIN_MS)
            return
        if self._fetching is None:
            self._fetching = Worker("ptodesk-playbook", self)

        def fetched() -> tuple[bool, tuple[str, ...], tuple[str, ...]]:
            from ptodesk_gui.application.playbook_fetch import fetch, shelf

            kept = shelf()
            before = kept.look().problems
            new = fetch(self._backstage.read_settings(), kept)
            return new, before, kept.look().problems

        self._fetching.submit(fetched, self._fetched, lambda _: self._fetch.start(AGAIN_MS))

    def _fetched(self, found: tuple[bool, tuple[str, ...], tuple[str, ...]]) -> None:
        """Whether another one is kept now, and what was wrong at the look before and at this one."""
        new, before, problems = found
        self._fetch.start(AGAIN_MS if problems else FETCH_MS)
        if new and self._in_a_call:
            self.said.emit(NEXT_CALL.format(version=self._version), Weight.HINT)
            self._over.start(CALL_MS)
        elif new or (problems != before and not self._in_a_call):
            self._backstage.learn()

    def _take_new_one(self) -> None:
        """The next call may begin by the new playbook; what is in use does not change under a call."""
        if self._in_a_call:
            self._over.start(CALL_MS)
        else:
            self._backstage.learn()

    def _learned(self, procedure: Procedure) -> None:
        old, self._version = self._version, procedure.playbook.version
        if old and old != self._version and self._in_a_call:  # somebody asked for it, or it is another day
            self.said.emit(CHANGED.format(new=self._version, old=old), Weight.WARNING)

    # -- the policy

    def _look_at_policy(self) -> None:
        from ptodesk_gui.workstation.policy import read_policy

        self._backstage.slow.submit(read_policy, self._policy_read, lambda _: self._look.start(POLICY_MS))

    def _policy_read(self, policy: "Policy") -> None:
        before, self._policy = self._policy, policy
        self._look.start(POLICY_MS)
        if before is None or before == policy:
            return
        self._backstage.learn()
        if self._real:
            self._backstage.slow.submit(self._backstage.open_place, self._backstage.settled.emit)
        if before.playbook != policy.playbook:
            self._fetch.start(0)
