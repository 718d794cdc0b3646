"""A thousand queued calls on a desk that keeps Jira's limits: how long, how much memory, and whether anything was made twice."""

import json
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from benchmarks.filing import CASE
from benchmarks.measure import Section
from benchmarks.painted import peak_memory
from benchmarks.start import environment
from ptodesk_gui.practice import limits
from ptodesk_gui.practice.server import FILE, PracticeDesk

FEW, MANY = 10, 1000  # calls
ROUNDS = 3  # of the few: their memory is the measure for that of the many
FASTER = (
    2.0  # the list of customers, which is what all calls wait for, may be asked so many times more often than on Jira
)
PATIENCE = 900.0  # seconds
AIM = 1.2
CUSTOMERS = ("GET", "/rest/servicedeskapi/servicedesk/{serviceDeskId}/customer")


@dataclass(frozen=True, slots=True)
class Filed:
    """What became of so many calls. ``seconds`` for filing, ``memory`` in MB, ``limited`` requests that came too soon."""

    calls: int
    seconds: float
    memory: float
    requests: int
    limited: int
    twice: int
    missing: int


def run() -> Section:
    """File few and many, each in a process of its own."""
    rate = limits.SPECIAL[CUSTOMERS] * FASTER
    with limits_scaled():
        few = [filed(FEW) for _ in range(ROUNDS)]
        many = filed(MANY)
    base = sorted(f.memory for f in few)[ROUNDS // 2]
    rows = []
    for one in (*few[:1], many):
        least = one.calls / rate
        rows.append(
            [
                f"{one.calls:,}",
                str(one.requests),
                str(one.limited),
                str(one.missing),
                str(one.twice),
                f"{one.seconds:.1f} s",
                f"{one.seconds / least:.2f}",
                f"{one.memory:.1f} MB",
                f"{one.memory / base:.2f}",
            ]
        )
    return Section(
        "Many calls in the outbox",
        f"Phone calls of as many homeowners, queued, then filed by a program that starts with them (seven steps each), on a desk that keeps Jira's limits; the desk and the "
        f"program in processes of their own. Everybody waits for the list of customers, which is asked once for every homeowner; Jira gives it 5 times a second, here "
        f"it is {rate:.0f} times, so that it takes less long. The limit's own time is that of this list. Memory is the peak, beside that of {FEW} calls (median of {ROUNDS}; aim: {AIM}).",
        [
            ["calls", "requests", "too soon (429)", "missing", "twice", "time", "to the limit's own time", "memory", f"to {FEW} calls"],
            *rows,
        ],
    )  # fmt: skip


class limits_scaled:  # noqa: N801 - reads as what it does
    """The desk's limits, with the one that all wait for scaled."""

    def __enter__(self) -> None:
        self._usual = limits.SPECIAL[CUSTOMERS]
        limits.SPECIAL[CUSTOMERS] = int(self._usual * FASTER)

    def __exit__(self, *_: object) -> None:
        limits.SPECIAL[CUSTOMERS] = self._usual


def filed(calls: int) -> Filed:
    """Queue so many calls in one process, file them in another, and count what the desk has."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with PracticeDesk(folder / "desk") as desk:
            desk.switches.limits = True
            _child("queue", desk.url, *desk.account, name, str(calls))
            told = json.loads(_child("file", desk.url, *desk.account, name, str(calls)))
            statuses = [request.status for request in desk.requests if request.method]
        with sqlite3.connect(folder / "desk" / FILE) as db:
            found = {kind: db.execute(sql).fetchone() for kind, sql in _COUNTS.items()}
        db.close()
    planned = {"tickets": 2 * calls, "comments": 4 * calls, "links": calls}
    return Filed(
        calls,
        told["seconds"],
        told["memory"] / 1024,
        len(statuses),
        statuses.count(429),
        twice=sum(max(count - planned[kind], count - different) for kind, (count, different) in found.items()),
        missing=sum(max(planned[kind] - different, 0) for kind, (_, different) in found.items()),
    )


_COUNTS = {
    "tickets": "SELECT COUNT(*), COUNT(DISTINCT value) FROM issue_property WHERE key = 'ptodesk.step'",
    "comments": "SELECT COUNT(*), COUNT(DISTINCT properties) FROM comment",
    "links": "SELECT COUNT(*), COUNT(DISTINCT inward_id) FROM link",
}


def _child(*arguments: str) -> str:
    command = [sys.executable, "-m", "benchmarks.queued", *arguments]
    env = environment(Path(arguments[4]))
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=PATIENCE, check=True)
    return done.stdout


# --- in the processes of their own ------------------------------------------------------------------------------------


def queue(url: str, folder: Path, calls: int) -> None:
    """Put the calls into an outbox."""
    from ptodesk_gui.outbox.store import Store
    from ptodesk_gui.sop.flows import make_plan
    from ptodesk_gui.workstation.playbook_files import load_playbook

    store, playbook = Store(folder / "outbox.sqlite3"), load_playbook()
    for number in range(calls):
        homeowner = replace(CASE.homeowner, last_name=f"Sample {number}", email=f"homeowner.{number}@example.com")
        plan = make_plan(replace(CASE, homeowner=homeowner), playbook, date(2026, 3, 14))
        store.add_plan(f"call-{number}", url, f"Sample {number}", plan, {})
    store.close()


def file(url: str, email: str, token: str, folder: Path) -> dict[str, float]:
    """File what is in the outbox; the seconds that took and the peak memory in KiB."""
    from ptodesk_gui.application.place import needs_of
    from ptodesk_gui.desk.jira_desk import JiraDesk
    from ptodesk_gui.desk.session import SiteAccess
    from ptodesk_gui.outbox.filer import Filer
    from ptodesk_gui.outbox.store import Store
    from ptodesk_gui.workstation.playbook_files import load_playbook

    store = Store(folder / "outbox.sqlite3")
    desk = JiraDesk(SiteAccess(url, email, token), folder / "sites", needs_of(load_playbook()))
    filer = Filer(store, lambda site: desk)
    began = time.perf_counter()
    if not filer.run_until_idle(PATIENCE):
        raise RuntimeError("not all was filed")
    seconds = time.perf_counter() - began
    filer.stop(5)
    store.close()
    desk.close()
    return {"seconds": seconds, "memory": peak_memory()}


if __name__ == "__main__":
    what, url, email, token, name, calls = sys.argv[1:]
    if what == "queue":
        queue(url, Path(name), int(calls))
    else:
        sys.stdout.write(json.dumps(file(url, email, token, Path(name))) + "\n")
