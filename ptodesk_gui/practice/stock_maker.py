"""Makes single tickets on a desk from plain records, as if they had been there for some days."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable
from typing import Any

from werkzeug.datastructures import MultiDict

from ptodesk_gui.practice import accounts, adf, comments, issues, links, seed
from ptodesk_gui.practice.accounts import Person
from ptodesk_gui.practice.site import Call, LinkType, Project, Site, Switches
from ptodesk_gui.practice.stock import Stock, StockTicket

PROPERTY = "practice.stock"
DAY = 86_400.0


class Maker:
    """Makes tickets, links and comments within one transaction of the caller's."""

    def __init__(self, db: sqlite3.Connection, site: Site, switches: Switches, now: float) -> None:
        self._db = db
        self._site = site
        self._switches = switches
        self._now = now
        team = [person for person in accounts.everybody(db) if person.is_agent]
        self._hand = next((person for person in team if person.email == seed.OTHER_AGENTS[0][0]), team[0])

    def ticket(self, stock: Stock, ticket: StockTicket) -> sqlite3.Row:
        """A new ticket, marked as one of the stock that nobody has touched."""
        project = next(p for p in self._site.projects if p.key == ticket.project)
        made = self._now - ticket.days_ago * DAY
        call = self._call(made)
        number = self._db.execute(
            "UPDATE project SET next_number = next_number + 1 WHERE id = ? RETURNING next_number - 1", (project.id,)
        ).fetchone()[0]
        columns: dict[str, Any] = {
            "key": f"{project.key}-{number}",
            "project_id": project.id,
            "issue_type": self._site.issue_types[0].id,
            "summary": ticket.summary,
            "description": adf.dumps(adf.from_plain(ticket.text)),
            "text": ticket.text,
            "status": self._site.statuses[0].id,
            "priority": self._site.priorities[2].id,
            "reporter": self._customer(project, ticket.reporter) if ticket.reporter else None,
            "creator": self._hand.id,
            "assignee": self._agent(ticket.assignee),
            "labels": json.dumps(sorted(ticket.labels)),
            "request_type": self._request_type(project, ticket.request_type),
            "organizations": json.dumps(self._organization(project, ticket.organization)),
            **dict.fromkeys(("created", "updated", "indexed"), made),
        }
        names, marks = ", ".join(columns), ", ".join("?" * len(columns))
        sql = f"INSERT INTO issue ({names}) VALUES ({marks})"  # noqa: S608 - names of our own columns
        issue_id = int(self._db.execute(sql, tuple(columns.values())).lastrowid or 0)
        for comment in ticket.comments:
            document = adf.from_plain(comment.text)
            comments.add(call, issue_id, document, _visibility(internal=comment.internal), internal=comment.internal)
        mark = {"name": stock.name, "role": ticket.role, "print": stock.print, "updated": made}
        issues.set_property(call, issue_id, PROPERTY, mark)
        row: sqlite3.Row = self._db.execute("SELECT * FROM issue WHERE id = ?", (issue_id,)).fetchone()
        return row

    def _customer(self, project: Project, who: tuple[str, str]) -> str:
        email, name = who
        person = accounts.by_email(self._db, email) or accounts.add(self._db, email, name, "customer")
        for number in {project.id, self._site.projects[0].id}:
            self._db.execute("INSERT OR IGNORE INTO desk_customer VALUES (?, ?)", (number, person.id))
        return person.id

    def _agent(self, name: str) -> str | None:
        found: Iterable[Person] = (p for p in accounts.everybody(self._db) if p.is_agent and p.name == name)
        return next((person.id for person in found), None)

    def _request_type(self, project: Project, name: str) -> int | None:
        kinds = (k.id for k in self._site.request_types if k.project_id == project.id and k.name == name)
        return next(kinds, None)

    def _organization(self, project: Project, name: str) -> list[int]:
        if not name:
            return []
        sql = "INSERT OR IGNORE INTO organization (name, uuid, created) VALUES (?, ?, ?)"
        self._db.execute(sql, (name, hashlib.md5(name.encode(), usedforsecurity=False).hexdigest(), self._now))
        number = int(self._db.execute("SELECT id FROM organization WHERE name = ?", (name,)).fetchone()[0])
        self._db.execute("INSERT OR IGNORE INTO desk_organization VALUES (?, ?)", (project.id, number))
        return [number]

    def link(self, one: int, phrase: str, other: int) -> None:
        """A link that reads so on the page of the first ticket."""
        kind, outward = self._link_type(phrase)
        links.add(self._call(self._now), kind, *((one, other) if outward else (other, one)))

    def _link_type(self, phrase: str) -> tuple[LinkType, bool]:
        """The type that reads so, and whether it does on the page of its inward issue."""
        for kind in self._site.link_types:
            if phrase in (kind.outward, kind.inward):
                return kind, phrase == kind.outward
        raise ValueError(f"no link reads {phrase!r}")

    def close(self, row: sqlite3.Row, why: str) -> None:
        """Close a ticket as done, with the reason in an internal comment."""
        done = next(status for status in self._site.statuses if status.category == "done")
        call = self._call(self._now)
        comments.add(call, row["id"], adf.from_plain(why), _visibility(internal=True), internal=True)
        changed = {"status": done.id, "resolution": self._site.resolutions[0].id, "resolved": self._now}
        issues.set_columns(call, row["id"], changed)

    def remove(self, issue_id: int) -> None:
        """Take a ticket away that nobody has touched."""
        for table in ("comment", "issue_property", "old_key"):
            self._db.execute(f"DELETE FROM {table} WHERE issue_id = ?", (issue_id,))  # noqa: S608 - our own tables
        self._db.execute("DELETE FROM link WHERE inward_id = ? OR outward_id = ?", (issue_id, issue_id))
        self._db.execute("DELETE FROM issue WHERE id = ?", (issue_id,))

    def _call(self, now: float) -> Call:
        """The desk's own hand at work, at some moment."""
        return Call(self._db, self._site, self._hand, now, "", {}, MultiDict(), None, self._switches)


def keep_customers(db: sqlite3.Connection, site: Site, people: Iterable[tuple[str, str]]) -> None:
    """See to it that these (email, name) are customers of every project, as companies that pass concerns on are.

    A customer who has the name already stays the only one of it: a name that two share is nobody's.
    """
    known = {person.name: person for person in accounts.everybody(db) if not person.is_agent}
    for email, name in people:
        person = known.get(name) or accounts.by_email(db, email) or accounts.add(db, email, name, "customer")
        for project in site.projects:
            db.execute("INSERT OR IGNORE INTO desk_customer VALUES (?, ?)", (project.id, person.id))


def _visibility(*, internal: bool) -> dict[str, Any]:
    return {comments.PUBLIC_PROPERTY: {"internal": internal}}
