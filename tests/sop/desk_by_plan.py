"""A practice desk as a whole, read from its file, and what it must be like once a plan was filed, worked out step by step."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from ptodesk_gui.practice.adf import to_text
from ptodesk_gui.sop.plan import Plan
from ptodesk_gui.sop.steps import (
    CloseTicket,
    CreateTicket,
    EditTicket,
    InternalComment,
    LinkTickets,
    MoveTicket,
    PublicReply,
    Remind,
)
from tests.reliability.site import Site

Lines = tuple[str, ...]
VERSION = "ptodesk.playbook"
STEP = "ptodesk.step"


@dataclass(frozen=True)
class Comment:
    """A comment: whom it is for, its lines, whom it mentions, the key of the step that wrote it."""

    internal: bool
    lines: Lines
    mentions: tuple[str, ...] = ()
    step_key: str = ""


@dataclass(frozen=True)
class Issue:
    """A ticket with everything that a plan may set. People are told by their address, linked tickets by their number."""

    project: str
    summary: str
    description: Lines
    status: str = "Waiting for support"
    resolution: str | None = None
    category: str | None = None
    request_type: str | None = None
    reporter: str | None = None
    assignee: str | None = None
    labels: frozenset[str] = frozenset()
    organizations: tuple[str, ...] = ()
    properties: Mapping[str, Any] = field(default_factory=dict)
    comments: tuple[Comment, ...] = ()
    links: frozenset[tuple[str, int]] = frozenset()


@dataclass(frozen=True)
class Whole:
    """Everything on a desk that filing can change. ``keys``: every key that a ticket has or had, and its number."""

    issues: Mapping[int, Issue]
    customers: frozenset[str]
    organizations: frozenset[str]
    keys: Mapping[str, int]
    people: Mapping[str, str]  # display name -> address


def lines_of(text: str) -> Lines:
    """The lines of a text that have anything in them."""
    return tuple(line for line in text.split("\n") if line.strip())


# --- as it is ---------------------------------------------------------------------------------------------------------


def whole(site: Site) -> Whole:
    """The desk as its file has it."""
    keys = dict(site.rows("SELECT key, id FROM issue UNION ALL SELECT key, issue_id FROM old_key"))
    accounts = dict(site.rows("SELECT id, email FROM account"))
    return Whole(
        issues={number: _issue(site, number, accounts) for (number,) in site.rows("SELECT id FROM issue")},
        customers=frozenset(email for (email,) in site.rows(_CUSTOMERS)),
        organizations=frozenset(name for (name,) in site.rows(_ORGANIZATIONS)),
        keys=keys,
        people=dict(site.rows("SELECT name, email FROM account")),
    )


def _issue(site: Site, number: int, accounts: Mapping[str, str]) -> Issue:
    ((project, summary, description, status, resolution, category, kind, reporter, assignee, labels, orgs),) = (
        site.rows(_ISSUE, number)
    )
    comments = site.rows("SELECT internal, body, text, properties FROM comment WHERE issue_id = ? ORDER BY id", number)
    return Issue(
        project=project,
        summary=summary,
        description=lines_of(to_text(json.loads(description)) if description else ""),
        status=status,
        resolution=resolution,
        category=category,
        request_type=kind,
        reporter=reporter,
        assignee=assignee,
        labels=frozenset(json.loads(labels)),
        organizations=tuple(site.value("SELECT name FROM organization WHERE id = ?", one) for one in json.loads(orgs)),
        properties={key: json.loads(value) for key, value in site.rows(_PROPERTIES, number)},
        comments=tuple(
            Comment(
                bool(internal),
                lines_of(text),
                tuple(accounts[who] for who in _mentioned(json.loads(body))),
                json.loads(properties).get(STEP, {}).get("key", ""),
            )
            for internal, body, text, properties in comments
        ),
        links=frozenset(site.rows(_LINKS, number, number)),
    )


def _mentioned(node: Mapping[str, Any]) -> list[str]:
    own = [str(node["attrs"]["id"])] if node["type"] == "mention" else []
    return own + [who for child in node.get("content", ()) for who in _mentioned(child)]


_ISSUE = """SELECT p.key, i.summary, i.description, s.name, r.name, c.value, k.name, a.email, b.email, i.labels, i.organizations
    FROM issue i JOIN project p ON p.id = i.project_id JOIN status s ON s.id = i.status
    LEFT JOIN resolution r ON r.id = i.resolution LEFT JOIN category c ON c.id = i.category
    LEFT JOIN request_type k ON k.id = i.request_type LEFT JOIN account a ON a.id = i.reporter
    LEFT JOIN account b ON b.id = i.assignee WHERE i.id = ?"""
_PROPERTIES = "SELECT key, value FROM issue_property WHERE issue_id = ?"
_LINKS = """SELECT t.outward, l.outward_id FROM link l JOIN link_type t ON t.id = l.type WHERE l.inward_id = ?
    UNION ALL SELECT t.inward, l.inward_id FROM link l JOIN link_type t ON t.id = l.type WHERE l.outward_id = ?"""
_CUSTOMERS = """SELECT a.email FROM account a JOIN desk_customer d ON d.account_id = a.id
    JOIN project p ON p.id = d.project_id WHERE p.key = 'PTO'"""
_ORGANIZATIONS = """SELECT o.name FROM organization o JOIN desk_organization d ON d.organization_id = o.id
    JOIN project p ON p.id = d.project_id WHERE p.key = 'PTO'"""


# --- as it must be ----------------------------------------------------------------------------------------------------

BACK = {"is caused by": "causes", "duplicates": "is duplicated by", "relates to": "relates to"}


def after(plan: Plan, before: Whole, tickets: Mapping[str, int], keys: Mapping[str, str], version: str) -> Whole:
    """The desk once every step was carried out, each once. ``tickets``: role -> number; ``keys``: step -> its key."""
    desk = _Desk(before, tickets, keys, {"version": version})
    for step in plan.steps:
        desk.carry_out(step)
    return replace(
        before,
        issues=desk.issues,
        customers=frozenset(desk.customers),
        organizations=frozenset(desk.organizations),
    )


class _Desk:
    def __init__(
        self, before: Whole, tickets: Mapping[str, int], keys: Mapping[str, str], version: Mapping[str, str]
    ) -> None:
        self.issues = dict(before.issues)
        self.customers, self.organizations = set(before.customers), set(before.organizations)
        self._people, self._tickets, self._keys, self._version = before.people, tickets, keys, version

    def carry_out(self, step: Any) -> None:
        """Do what the step says."""
        match step:
            case Remind():
                return
            case LinkTickets():
                one, other = self._tickets[step.from_], self._tickets[step.to]
                self._change(one, links=self.issues[one].links | {(step.relation, other)})
                self._change(other, links=self.issues[other].links | {(BACK[step.relation], one)})
                return
            case CreateTicket():
                self.issues[self._tickets[step.ticket]] = self._made(step)
                return
        number = self._tickets[step.ticket]
        old = self.issues[number]
        match step:
            case MoveTicket():
                kept = tuple(name for name in old.organizations if name in self.organizations)
                moved = {"request_type": None, "organizations": kept} if old.project != step.project else {}
                self._change(number, project=step.project, **moved)
            case EditTicket():
                self._change(number, **self._edited(step, old))
            case InternalComment():
                named = (step.mention,) if isinstance(step.mention, str) else ()
                text = " ".join([*(f"@{name}" for name in named), step.body])
                self._say(number, Comment(True, lines_of(text), tuple(self._people[name] for name in named)), step.id)
            case PublicReply():
                self._say(number, Comment(False, lines_of(step.body)), step.id)
            case CloseTicket():
                self._change(number, status=step.transition, resolution=step.resolution, category=step.category)

    def _made(self, step: CreateTicket) -> Issue:
        return Issue(
            project=step.project,
            summary=step.summary,
            description=lines_of(step.description),
            request_type=step.request_type,
            reporter=self._person(step.reporter),
            assignee=self._person(step.assignee),
            labels=frozenset(step.labels),
            organizations=self._company(step.organization),
            properties={STEP: {"key": self._keys[step.id]}, VERSION: self._version},
        )

    def _edited(self, step: EditTicket, old: Issue) -> dict[str, Any]:
        new: dict[str, Any] = {"properties": {**old.properties, VERSION: self._version}}
        if isinstance(step.summary, str):
            new["summary"] = step.summary
        if isinstance(step.description, str):
            new["description"] = lines_of(step.description)
        if isinstance(step.add_labels, tuple):
            new["labels"] = old.labels | set(step.add_labels)
        if isinstance(step.request_type, str):
            new["request_type"] = step.request_type
        if isinstance(step.organization, str):
            new["organizations"] = self._company(step.organization)
        for name in ("reporter", "assignee"):
            who = getattr(step, name)
            if who is None or isinstance(who, str):
                new[name] = self._person(who)
        return new

    def _say(self, number: int, said: Comment, step_id: str) -> None:
        old = self.issues[number]
        said = replace(said, step_key=self._keys[step_id])
        version = {**old.properties, VERSION: self._version}
        self._change(number, comments=(*old.comments, said), properties=version)

    def _person(self, who: str | None) -> str | None:
        address = who if who is None or "@" in who else self._people[who]
        if who is not None and "@" in who:
            self.customers.add(who)
        return address

    def _company(self, name: str | None) -> tuple[str, ...]:
        if name is None:
            return ()
        self.organizations.add(name)
        return (name,)

    def _change(self, number: int, **values: Any) -> None:
        self.issues[number] = replace(self.issues[number], **values)


# --- the one against the other ----------------------------------------------------------------------------------------


def differences(found: Whole, planned: Whole) -> list[str]:
    """Every field of every ticket that is not as it must be, in words; comments that came at once may be in any order."""
    lines = []
    for number in sorted({*found.issues, *planned.issues}):
        is_there, must_be = found.issues.get(number), planned.issues.get(number)
        if is_there is None or must_be is None:
            lines.append(
                f"ticket {number} is {'missing' if is_there is None else 'one too many'}: {is_there or must_be}"
            )
            continue
        for one in fields(Issue):
            have, want = getattr(is_there, one.name), getattr(must_be, one.name)
            if one.name == "comments":
                have, want = sorted(have, key=repr), sorted(want, key=repr)
            if have != want:
                lines.append(f"{one.name} of ticket {number}: {have!r}, planned: {want!r}")
    for name in ("customers", "organizations"):
        lines += [f"{name}: {one} on one side only" for one in sorted(getattr(found, name) ^ getattr(planned, name))]
    return lines
