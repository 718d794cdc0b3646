"""A program of its own that dies, by a signal, just before the n-th statement that it gives to the outbox's file.

It is started once and forks a child for each n, so that a hundred deaths cost no hundred starts of Python.
``python -m tests.reliability.killed_at_statements WHAT FOLDER``: FOLDER/0, FOLDER/1 ... are what the children left; the
last one, whose number is printed, came to the end alive.
"""

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from ptodesk_gui.outbox import opening
from ptodesk_gui.outbox.store import Store

FILE: Final = "outbox.sqlite3"
BEFORE: Final = "before"  # the folder that every child begins with a copy of
NOW: Final = 1_773_600_000.0
CALL: Final = {"agent": "Sample Agent", "values": {"homeowner.first_name": "Jane"}}
FOCUS: Final = "homeowner.email"
MOST: Final = 400  # statements


class Dying:
    """Counts statements from ``begin`` on, and kills this process at one of them."""

    def __init__(self, at: int) -> None:
        self._left = at
        self.begun = False

    def count(self, _statement: str) -> None:
        if not self.begun:
            return
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        self._left -= 1


def opened(folder: Path) -> Store:
    return Store(folder / FILE, clock=lambda: NOW, may_set_aside=True)


def take_it_back(folder: Path, dying: Dying) -> None:
    """The filed call is gone back to, and typed on in."""
    store = opened(folder)
    (plan,) = store.all_progress()
    dying.begun = True
    store.take_back(plan.plan_id)
    store.save_draft("call-1", CALL, FOCUS)
    store.close()


def upgrade(folder: Path, dying: Dying) -> None:
    """A file of an earlier version is opened."""
    dying.begun = True
    opened(folder).close()


WHAT: Final[dict[str, Callable[[Path, Dying], None]]] = {
    "take back": take_it_back,
    "upgrade": upgrade,
}


def die(what: str, folder: Path, at: int) -> None:
    """In the child."""
    dying = Dying(at)
    connected = opening.connected

    def watched(path: Path, busy: float) -> object:
        connection = connected(path, busy)
        connection.set_trace_callback(dying.count)
        return connection

    opening.connected = watched  # type: ignore[assignment]
    WHAT[what](folder, dying)


def main(what: str, folder: Path) -> int:
    """How many children were killed, which is the number of the one that was not."""
    for at in range(MOST):
        mine = Path(shutil.copytree(folder / BEFORE, folder / str(at)))
        child = os.fork()
        if child == 0:
            try:
                die(what, mine, at)
            except BaseException as error:
                sys.stderr.write(f"{error!r}\n")
                os._exit(1)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.waitstatus_to_exitcode(status) == 0:
            return at
        if os.waitstatus_to_exitcode(status) != -signal.SIGKILL:
            sys.exit(1)
    sys.exit("no end")


if __name__ == "__main__":
    sys.stdout.write(str(main(sys.argv[1], Path(sys.argv[2]))))
