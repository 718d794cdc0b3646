"""Whether what the outbox says of a plan is true, step by step, against what the desk really has."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ptodesk_gui.outbox.store import Store
from ptodesk_gui.sop.progress import PlanProgress, PlanState, StepProgress, StepState
from ptodesk_gui.sop.steps import (
    UNCHANGED,
    CloseTicket,
    CreateTicket,
    EditTicket,
    InternalComment,
    LinkTickets,
    MoveTicket,
    PublicReply,
    Remind,
    Step,
)
from tests.reliability.site import STEP, Site

BY_ITSELF: Final = (
    "by itself",
    "looked for",
    "looked up",
    "looked at again",
    "being checked",
)  # it goes on without anybody
ONCE: Final = (CreateTicket, InternalComment, PublicReply)  # what a repetition would make a second one of


@dataclass
class Truth:
    """Checks every progress record of one plan when it is told. ``lies`` are what was found wrong, in words."""

    site: Site
    keys: Mapping[str, str]  # step id -> its idempotency key
    store: Store
    lies: list[str] = field(default_factory=list)
    seen: int = 0
    _done: set[str] = field(default_factory=set)

    def told(self, progress: PlanProgress) -> None:
        """A record that the window would show now."""
        self.seen += 1
        self.lies += [lie for lie in self._lies_of(progress) if lie not in self.lies]

    def times(self, step: Step) -> int:
        """How often a ticket or comment of this step is on the desk."""
        key = self.keys[step.id]
        if isinstance(step, CreateTicket):
            return int(self.site.value(_TICKETS, STEP, json.dumps({"key": key})))
        return int(self.site.value(_COMMENTS, f'%"{key}"%'))

    def ticket_of(self, step: Step) -> str | None:
        """The key of the ticket that the step made, if it is there."""
        found = self.site.value(_TICKET, STEP, json.dumps({"key": self.keys[step.id]}))
        return None if found is None else str(found)

    # -- the plan

    def _lies_of(self, progress: PlanProgress) -> list[str]:
        there = self._there()
        lies = [lie for step in progress.steps for lie in self._step_lies(step, progress, there)]
        states = {step.state for step in progress.steps}
        if (progress.state is PlanState.FILED) != (states == {StepState.DONE}):
            lies.append(f"the plan is called {progress.state} with steps {sorted(states)}")
        if progress.state is PlanState.PERSON:
            asked = [s for s in progress.steps if (s.state is StepState.REFUSED or s.ask_arrived) and s.cure]
            if not asked and not (progress.held and progress.held_cure):
                lies.append("the plan waits for a person and does not say what for")
        gone = self._done - {step.step.id for step in progress.steps if step.state is StepState.DONE}
        lies += [f"{step} was done and is not any more" for step in gone]
        self._done |= {step.step.id for step in progress.steps if step.state is StepState.DONE}
        return lies

    # -- a step

    def _there(self) -> Counter[str]:
        """How often each step's key is on the desk; asked once for all steps."""
        made = (json.loads(value)["key"] for (value,) in self.site.rows(_MADE, STEP))
        said = (key for (text,) in self.site.rows(_SAID) for key in self.keys.values() if f'"{key}"' in text)
        return Counter((*made, *said))

    def _step_lies(self, shown: StepProgress, progress: PlanProgress, there: Counter[str]) -> list[str]:
        step, state = shown.step, shown.state
        lies = self._silence(shown, progress)
        if isinstance(step, ONCE):
            times = there[self.keys[step.id]]
            if times > 1:
                lies.append(f"{step.id} is on the desk {times} times")
            if times and state in (StepState.WAITING, StepState.LATER, StepState.REFUSED):
                lies.append(f"{step.id} is {state}, and the desk has it")
        if state is StepState.DONE and (missing := self._missing(shown, progress)):
            lies.append(f"{step.id} is called done, and {missing}")
        return lies

    def _silence(self, shown: StepProgress, progress: PlanProgress) -> list[str]:
        """What should be said of the step and is not, or is said without reason."""
        name, state = shown.step.id, shown.state
        if state in (StepState.WAITING, StepState.SENDING, StepState.DONE):
            return [f"{name} is {state} and has a reason: {shown.reason}"] if shown.reason or shown.cure else []
        if not shown.reason.endswith((".", "…")):
            return [f"{name} is {state} without a reason: {shown.reason!r}"]
        needs_cure = state is StepState.REFUSED or shown.ask_arrived
        if needs_cure and not shown.cure.endswith("."):
            return [f"{name} is {state} without a cure: {shown.reason}"]
        if needs_cure and any(word in shown.reason for word in BY_ITSELF):
            return [f"{name} waits for a person and says that it goes on: {shown.reason}"]
        if not needs_cure and not shown.cure and not any(word in shown.reason for word in BY_ITSELF):
            return [f"{name} is {state} and does not say what comes next: {shown.reason}"]
        return []

    def _missing(self, shown: StepProgress, progress: PlanProgress) -> str:
        """What the desk lacks of a step that is called done; what was left to a person does not count."""
        match shown.step:
            case CreateTicket() as step:
                return (
                    "" if self.times(step) == 1 and self.ticket_of(step) == shown.ticket else "its ticket is not there"
                )
            case InternalComment() | PublicReply() as step:
                internal = isinstance(step, InternalComment)
                found = self.site.rows(_COMMENT, f'%"{self.keys[step.id]}"%')
                return "" if found == [(shown.ticket, internal)] else f"the comment is {found}"
            case LinkTickets() as step:
                return self._link_missing(step, progress)
            case EditTicket() as step:
                return self._edit_missing(step, shown)
            case CloseTicket() as step:
                found = self.site.rows(_CLOSED, shown.ticket)
                wanted = [(step.transition, step.resolution, step.category)]
                return "" if found == wanted or shown.left_to_do else f"the ticket is {found}"
            case MoveTicket() as step:
                project = self.site.value(_PROJECT, shown.ticket)
                return "" if project == step.project else f"the ticket is in {project}"
            case Remind() as step:
                there = [r for r in self.store.reminders() if r.step_id == step.id]
                return "" if len(there) == 1 else f"there are {len(there)} reminders"

    def _link_missing(self, step: LinkTickets, progress: PlanProgress) -> str:
        one, other = (self.site.value(_ID, progress.tickets[role]) for role in (step.from_, step.to))
        rows = self.site.rows(_LINKS, one, other, step.relation, other, one, step.relation)
        return "" if rows else "the link is not there"

    def _edit_missing(self, step: EditTicket, shown: StepProgress) -> str:
        (found,) = self.site.rows(_FIELDS, shown.ticket)
        have: dict[str, Any] = dict(zip(_FIELD_NAMES, found, strict=True))
        wrong = []
        if isinstance(step.summary, str) and have["summary"] != step.summary:
            wrong.append("summary")
        if isinstance(step.request_type, str) and have["request_type"] != step.request_type:
            wrong.append("request type")
        if isinstance(step.add_labels, tuple) and not set(step.add_labels) <= set(json.loads(have["labels"])):
            wrong.append("label")
        if isinstance(step.organization, str) and len(json.loads(have["companies"])) != 1:
            wrong.append("organization")
        if step.assignee is not UNCHANGED and have["assignee"] != step.assignee and "Assign" not in shown.left_to_do:
            wrong.append("assignee")
        if step.reporter is None and have["reporter"] is not None and "reporter" not in shown.left_to_do:
            wrong.append("reporter")
        return f"it lacks {', '.join(wrong)}" if wrong else ""


_MADE = "SELECT value FROM issue_property WHERE key = ?"
_SAID = "SELECT properties FROM comment"
_TICKETS = "SELECT COUNT(*) FROM issue_property WHERE key = ? AND value = ?"
_TICKET = "SELECT i.key FROM issue i JOIN issue_property p ON p.issue_id = i.id WHERE p.key = ? AND p.value = ?"
_COMMENTS = "SELECT COUNT(*) FROM comment WHERE properties LIKE ?"
_COMMENT = "SELECT i.key, c.internal FROM comment c JOIN issue i ON i.id = c.issue_id WHERE c.properties LIKE ?"
_ID = "SELECT id FROM issue WHERE key = ?"
_PROJECT = "SELECT p.key FROM issue i JOIN project p ON p.id = i.project_id WHERE i.key = ?"
_CLOSED = """SELECT s.name, r.name, c.value FROM issue i JOIN status s ON s.id = i.status
    LEFT JOIN resolution r ON r.id = i.resolution LEFT JOIN category c ON c.id = i.category WHERE i.key = ?"""
_LINKS = """SELECT 1 FROM link l JOIN link_type t ON t.id = l.type
    WHERE (l.inward_id = ? AND l.outward_id = ? AND t.outward = ?) OR (l.inward_id = ? AND l.outward_id = ? AND t.inward = ?)"""
_FIELD_NAMES = ("summary", "request_type", "assignee", "labels", "companies", "reporter")
_FIELDS = """SELECT i.summary, k.name, a.name, i.labels, i.organizations, i.reporter FROM issue i
    LEFT JOIN request_type k ON k.id = i.request_type LEFT JOIN account a ON a.id = i.assignee WHERE i.key = ?"""
