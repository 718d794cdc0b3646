"""The program dies: at a write to the outbox as by a power loss, or for good, by a signal, in a process of its own."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest

from ptodesk_gui.outbox.database import Database


class Killed(BaseException):
    """The program ends here: nothing after it is carried out."""


class Power:
    """Fails at one write to the outbox, just before or just after it is on disk."""

    def __init__(self) -> None:
        self._left: int | None = None
        self._after = False

    def fail(self, write: int | None, *, after: bool = False) -> None:
        """Fail at this write from now on (0 is the next), or not at all."""
        self._left, self._after = write, after

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Every write to an outbox counts."""
        real = Database.writing
        power = self

        @contextmanager
        def writing(database: Database) -> Iterator[Any]:
            fails = power._left == 0
            if power._left is not None:
                power._left -= 1
            with real(database) as connection:
                yield connection
                if fails and not power._after:
                    power.died()
            if fails:
                power.died()

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Database, "writing", writing)
            yield

    def died(self) -> None:
        """What becomes of the program."""
        self._left = None
        raise Killed


@dataclass(frozen=True)
class Child:
    """A program of its own that files what is in an outbox and is killed at a point: the n-th write or request."""

    url: str
    email: str
    token: str
    folder: str
    now: float
    kind: str  # "write" or "request"
    number: int
    after: bool

    def run(self, root: Path) -> bool:
        """Let it file; whether it was killed. Raises AssertionError when it ended in any other way than that or well."""
        told = repr(asdict(self))
        done = subprocess.run(
            [sys.executable, "-c", f"from tests.reliability.killed import live; live(**{told})"],
            cwd=root,
            env={**os.environ, "PYTHONPATH": str(root)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode in (0, -signal.SIGKILL), done.stderr
        return done.returncode != 0


def live(**told: Any) -> None:
    """What the child does."""
    from ptodesk_gui.application.place import needs_of
    from ptodesk_gui.desk.jira_desk import JiraDesk, Timing
    from ptodesk_gui.desk.session import SiteAccess
    from ptodesk_gui.outbox.filer import Filer
    from ptodesk_gui.outbox.hands import InlineHands
    from ptodesk_gui.outbox.store import Store
    from ptodesk_gui.workstation.playbook_files import load_playbook

    child = Child(**told)
    hands = InlineHands(child.now)
    timing = Timing(now=hands.clock, clock=hands.monotonic, pause=lambda seconds: None)
    access = SiteAccess(child.url, child.email, child.token)
    desk = JiraDesk(access, Path(child.folder) / "sites", needs_of(load_playbook()), timing=timing)
    store = Store(Path(child.folder) / "outbox.db", clock=hands.clock)
    filer = Filer(store, lambda site: desk, hands.clock, hands=hands)
    with _dying_at_request(child) if child.kind == "request" else _dying_at_write(child):
        filer.run_until_idle(3600)
    filer.stop(0)
    store.close()
    desk.close()


def _dying_at_write(child: Child) -> Any:
    power = Power()
    power.died = lambda: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[method-assign]
    power.fail(child.number, after=child.after)
    return power.watched()


@contextmanager
def _dying_at_request(child: Child) -> Iterator[None]:
    from ptodesk_gui.desk.wire import BoundedAdapter

    real, sent = BoundedAdapter.send, []

    def send(adapter: BoundedAdapter, request: Any, **how: Any) -> Any:
        sent.append(request.method)
        fails = len(sent) == child.number
        if fails and not child.after:
            os.kill(os.getpid(), signal.SIGKILL)
        answer = real(adapter, request, **how)
        if fails:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BoundedAdapter, "send", send)
        yield
