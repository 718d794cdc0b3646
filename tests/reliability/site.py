"""A practice desk that is put back to a known state before every case, and what it holds, read from its file."""

import json
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import requests

from ptodesk_gui.outbox.hands import InlineHands
from ptodesk_gui.practice import PracticeDesk
from ptodesk_gui.practice.application import Exchange
from ptodesk_gui.practice.server import FILE
from ptodesk_gui.practice.site import Switches

START = 1_773_000_000.0  # a Sunday in March 2026
INDEX_LAG = 5.0  # seconds until the desk's search shows a new ticket
PAGE = 40  # so that the longer lists have two pages
STEP = "ptodesk.step"
EXPERIMENTAL = {"X-ExperimentalApi": "opt-in"}

Ask = Callable[..., Any]


@dataclass(frozen=True)
class Ticket:
    """A ticket as the desk has it; keys, which differ from case to case, are left out."""

    project: str
    summary: str
    description: str
    status: str
    resolution: str
    category: str
    request_type: str
    reporter: str
    assignee: str
    labels: tuple[str, ...]
    organizations: tuple[str, ...]
    properties: tuple[str, ...]
    comments: tuple[tuple[bool, str, bool], ...]  # internal, text, whether the program made it
    links: tuple[tuple[str, str], ...]  # what it reads like on this ticket, and the other ticket's title

    def unlike(self, others: Iterable["Ticket"]) -> str:
        """In which fields it differs from those that have its title."""
        same = [other for other in others if other.summary == self.summary]
        names = [f.name for f in fields(self) if any(getattr(self, f.name) != getattr(o, f.name) for o in same)]
        return ", ".join(names) or "nothing that is there"


@dataclass(frozen=True)
class Picture:
    """Everything on a desk that a plan may change."""

    tickets: tuple[Ticket, ...]
    customers: frozenset[tuple[str, bool]]  # address, whether among the project's customers
    organizations: frozenset[tuple[str, bool]]

    def without_twice(self, planned: "Picture") -> int:
        """How many tickets and comments there are beyond the plan: what was made twice."""
        return max(0, len(self.tickets) - len(planned.tickets)) + max(0, self._comments() - planned._comments())

    def _comments(self) -> int:
        return sum(len(ticket.comments) for ticket in self.tickets)


def differences(planned: Picture, found: Picture) -> list[str]:
    """What is on the desk that should not be, and what is not there that should."""
    wanted, there = Counter(planned.tickets), Counter(found.tickets)
    missing, extra = list((wanted - there).elements()), list((there - wanted).elements())
    lines = [f"missing: {ticket.summary}" for ticket in missing]
    lines += [f"not planned: {ticket.summary}, which differs in {ticket.unlike(missing)}" for ticket in extra]
    for name in ("customers", "organizations"):
        if getattr(planned, name) != getattr(found, name):
            lines.append(f"{name}: {sorted(getattr(planned, name) ^ getattr(found, name))}")
    return lines


class Site:
    """A running practice desk and its clock, which only moves while the program waits."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock()
        self.observers: list[Callable[[Exchange], None]] = []
        self._folder = folder
        self._seeds: dict[str, tuple[sqlite3.Connection, Any]] = {}
        self.practice = self._serve(0)
        self.sign_in = tuple(self.practice.account)
        self._db = sqlite3.connect(folder / FILE, isolation_level=None, timeout=20)
        self._db.execute("PRAGMA synchronous = OFF")
        self._empty = self._copied()

    def close(self) -> None:
        """Serve no more."""
        self.practice.stop()
        self._db.close()

    def changed(self, *statements: str) -> None:
        """What a Jira administrator changes about the site, as SQL; it is served anew at the same address."""
        port = int(self.practice.url.rpartition(":")[2])
        self.practice.stop()
        for statement in statements:
            self._db.execute(statement)
        before = self.practice.switches
        self.practice = self._serve(port)
        vars(self.practice.switches).update(vars(before))

    def begin(self, name: str, prepare: Callable[["Site"], Any]) -> Any:
        """Put the desk back to how ``prepare`` leaves a new one; gives what ``prepare`` gave."""
        self.practice.clear_faults()
        self.clock.set(START)
        if name not in self._seeds:
            self._empty.backup(self._db)
            made = prepare(self)
            self._seeds[name] = (self._copied(), made)
        seed, made = self._seeds[name]
        seed.backup(self._db)
        vars(self.practice.switches).update(vars(usual_switches()))
        self.sign_in = tuple(self.practice.account)
        self.clock.set(START + 3600.0)
        return made

    def ask(self, method: str, path: str, body: object = None, *, refused: bool = False) -> Any:
        """What the desk answers the practice agent, apart from the program. Raises when it refuses, unless that may be."""
        cloud_id = self.value("SELECT value FROM site WHERE name = 'cloud_id'")
        through = f"/ex/jira/{cloud_id}" if self.practice.switches.scoped_tokens else ""
        email, token = self.sign_in
        answer = requests.request(
            method,
            self.practice.url + through + path,
            json=body,
            auth=(email, token),
            headers=EXPERIMENTAL,
            timeout=10,
        )
        if not refused:
            answer.raise_for_status()
        return answer.json() if answer.content else None

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Rows of the desk's file."""
        return self._db.execute(sql, values).fetchall()

    def value(self, sql: str, *values: object) -> Any:
        """The one value of a row of the desk's file; None without one."""
        found = self._db.execute(sql, values).fetchone()
        return found[0] if found else None

    def picture(self) -> Picture:
        """Everything on the desk that a plan may change."""
        return Picture(
            tickets=tuple(sorted((self._ticket(row) for row in self.rows("SELECT id FROM issue")), key=repr)),
            customers=frozenset((email, bool(on)) for email, on in self.rows(_CUSTOMERS)),
            organizations=frozenset((name, bool(on)) for name, on in self.rows(_COMPANIES)),
        )

    def _ticket(self, row: tuple[Any, ...]) -> Ticket:
        (issue,) = row
        (
            (project, summary, description, status, resolution, category, kind, reporter, assignee, labels, companies),
        ) = self.rows(_TICKET, issue)
        return Ticket(
            project=project,
            summary=summary,
            description=description or "",
            status=status,
            resolution=resolution or "",
            category=category or "",
            request_type=kind or "",
            reporter=reporter or "",
            assignee=assignee or "",
            labels=tuple(sorted(json.loads(labels))),
            organizations=tuple(
                sorted(
                    self.value("SELECT name FROM organization WHERE id = ?", number) for number in json.loads(companies)
                )
            ),
            properties=tuple(
                sorted(
                    key if key == STEP else f"{key}={value}"
                    for key, value in self.rows("SELECT key, value FROM issue_property WHERE issue_id = ?", issue)
                )
            ),
            comments=tuple(
                sorted(
                    (bool(internal), body, STEP in properties)
                    for internal, body, properties in self.rows(
                        "SELECT internal, body, properties FROM comment WHERE issue_id = ?", issue
                    )
                )
            ),
            links=tuple(sorted(self.rows(_LINKS, issue, issue))),
        )

    def _serve(self, port: int) -> PracticeDesk:
        desk = PracticeDesk(
            self._folder,
            port=port,
            clock=self.clock.clock,
            index_lag=INDEX_LAG,
            switches=usual_switches(),
            observer=self._see,
        )
        desk.start()
        return desk

    def _see(self, exchange: Exchange) -> None:
        for observer in tuple(self.observers):
            observer(exchange)

    def _copied(self) -> sqlite3.Connection:
        copy = sqlite3.connect(":memory:", check_same_thread=False)
        self._db.backup(copy)
        return copy


def usual_switches() -> Switches:
    """How the desk behaves unless a case says otherwise."""
    return Switches(page_size=PAGE, index_lag=INDEX_LAG)


_TICKET = """SELECT p.key, i.summary, i.description, s.name, r.name, c.value, k.name, a.email, b.email, i.labels, i.organizations
    FROM issue i JOIN project p ON p.id = i.project_id JOIN status s ON s.id = i.status
    LEFT JOIN resolution r ON r.id = i.resolution LEFT JOIN category c ON c.id = i.category
    LEFT JOIN request_type k ON k.id = i.request_type LEFT JOIN account a ON a.id = i.reporter
    LEFT JOIN account b ON b.id = i.assignee WHERE i.id = ?"""
_CUSTOMERS = """SELECT email, EXISTS (SELECT 1 FROM desk_customer d WHERE d.account_id = account.id) FROM account
    WHERE kind = 'customer'"""
_COMPANIES = "SELECT name, EXISTS (SELECT 1 FROM desk_organization d WHERE d.organization_id = organization.id) FROM organization"
_LINKS = """SELECT t.outward, o.summary FROM link l JOIN link_type t ON t.id = l.type JOIN issue o ON o.id = l.outward_id WHERE l.inward_id = ?
    UNION ALL SELECT t.inward, o.summary FROM link l JOIN link_type t ON t.id = l.type JOIN issue o ON o.id = l.inward_id WHERE l.outward_id = ?"""


class Clock(InlineHands):
    """Hands that do everything at once, and the time that passes while they wait. Things may be put off to a time."""

    def __init__(self) -> None:
        super().__init__(START)
        self._due: list[tuple[float, Callable[[], None]]] = []
        self._lock = threading.Lock()

    def set(self, now: float) -> None:
        """Begin a case at this time."""
        self.now = now
        self._due.clear()

    def at(self, when: float, act: Callable[[], None]) -> None:
        """Have something happen when the time has come."""
        with self._lock:
            self._due.append((when, act))

    def wait(self, wake: threading.Condition, seconds: float) -> None:
        """Let so much time have passed."""
        self.pause(seconds)

    def pause(self, seconds: float) -> None:
        """Let so much time have passed, with all that happens in it."""
        until = self.now + seconds
        while due := [entry for entry in self._due if entry[0] <= until]:
            first = min(due, key=lambda entry: entry[0])
            self._due.remove(first)
            self.now = max(self.now, first[0])
            first[1]()
        self.now = until

    def let_all_happen(self) -> None:
        """Let the time pass until nothing is put off any more."""
        if self._due:
            self.pause(max(when for when, _ in self._due) - self.now)
