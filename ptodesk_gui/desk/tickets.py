"""Creating and editing tickets: the requests that do it, and what of it the site leaves to a person (H3, I3, T2-T4, T12)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ptodesk_gui.desk import adf
from ptodesk_gui.desk.customers import Customer, Customers, add_to_customers
from ptodesk_gui.desk.desk import Done, Target
from ptodesk_gui.desk.errors import Kind, TroubleError, TroubleFacts
from ptodesk_gui.desk.parts import STEP_PROPERTY, key_in, key_of, project_of
from ptodesk_gui.desk.session import Session
from ptodesk_gui.desk.site import SiteNames
from ptodesk_gui.desk.together import together
from ptodesk_gui.sop.steps import UNCHANGED, CreateTicket, EditTicket, Unchanged

Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class People:
    """Whom a ticket should have, as asked, and the customer that was found for it."""

    project: str
    reporter: str | None | Unchanged
    customer: Customer | None
    assignee: str | None | Unchanged


class TicketWriter:
    """Creates and edits tickets, one attempt per call. May raise TroubleError or CannotDoError."""

    def __init__(self, session: Session, names: SiteNames, customers: Customers) -> None:
        self._session = session
        self._names = names
        self._customers = customers

    def create(self, step: CreateTicket, target: Target) -> Done:
        """POST /issue, with the step's key as an entity property set in the same request (createIssue)."""
        fields, people = self._fields_of(step)
        properties: list[dict[str, Any]] = [{"key": STEP_PROPERTY, "value": {"key": target.step_key}}]
        properties += _properties(target)

        def send(sent: Fields) -> str:
            made = self._session.make(
                "/rest/api/3/issue", {"fields": sent, "properties": properties}, expect=201, once=True
            )
            return created_key(made, step.project)

        return self._done(fields, send, people)

    def edit(self, step: EditTicket, target: Target) -> Done:
        """PUT /issue with absolute values; labels are added to those that are there (editIssue, T2).

        The plan's entity properties are set along with them, as on a ticket that is made.
        """
        key = key_of(step.ticket, step.key, target)
        fields, people = self._changes_of(step, project_of(key))
        update = {"labels": [{"add": label} for label in step.add_labels]} if step.add_labels is not UNCHANGED else {}

        def send(sent: Fields) -> str:
            if sent or update:
                body: dict[str, Any] = {"fields": sent, **({"update": update} if update else {})}
                if target.properties:
                    body["properties"] = _properties(target)
                self._session.put(f"/rest/api/3/issue/{key}", body)
            return key

        return self._done(fields, send, people)

    def _fields_of(self, step: CreateTicket) -> tuple[Fields, People]:
        names = self._names
        names.load(step.project, (step.assignee,) if step.assignee else ())
        project, request_type = names.project(step.project), names.request_type(step.project, step.request_type)
        fields: Fields = {
            "project": {"id": project.id},
            "issuetype": {"id": request_type.issue_type},
            "summary": adf.one_line(step.summary),
            "description": adf.document(step.description),
            "labels": list(step.labels),
            names.fields().request_type: request_type.id,
        }
        organization = step.organization if step.organization is not None else UNCHANGED
        assignee = step.assignee if step.assignee is not None else UNCHANGED
        people = self._set_people(fields, step.project, organization, step.reporter, assignee)
        return fields, people

    def _changes_of(self, step: EditTicket, project: str) -> tuple[Fields, People]:
        fields: Fields = {}
        if isinstance(step.summary, str):
            fields["summary"] = adf.one_line(step.summary)
        if isinstance(step.description, str):
            fields["description"] = adf.document(step.description)
        if isinstance(step.request_type, str):
            fields[self._names.fields().request_type] = self._names.request_type(project, step.request_type).id
        people = self._set_people(fields, project, step.organization, step.reporter, step.assignee)
        return fields, people

    def _set_people(
        self,
        fields: Fields,
        project: str,
        organization: str | None | Unchanged,
        reporter: str | None | Unchanged,
        assignee: str | None | Unchanged,
    ) -> People:
        """Set organization, reporter and assignee as asked, as far as the site knows them; all are looked up side by side."""
        asked: list[Callable[[], Any]] = [
            lambda: self._names.organization(project, organization) if isinstance(organization, str) else None,
            lambda: self._customer(project, reporter) if isinstance(reporter, str) else None,
            lambda: self._names.account(project, assignee) if isinstance(assignee, str) else None,
        ]
        number, customer, account = together(*asked)
        if organization is not UNCHANGED:
            fields[self._names.fields().organizations] = [] if number is None else [number]
        if customer is not None and customer.account is not None:
            fields["reporter"] = {"accountId": customer.account}
        elif reporter is None:
            fields["reporter"] = None
        if account is not None:
            fields["assignee"] = {"accountId": account}
        elif assignee is None:
            fields["assignee"] = None
        return People(project, reporter, customer, assignee)

    def _customer(self, project: str, who: str) -> Customer:
        return self._customers.find_or_make(self._names.project(project).desk_id, who)

    # -- sending, and what is left for a person

    def _done(self, fields: Fields, send: Callable[[Fields], str], people: People) -> Done:
        """Send, and say what the site left to a person."""
        key, dropped = self._send_what_is_taken(fields, send)
        self._forget_refused(people, dropped)
        return _with_left_to_do(key, people, fields, dropped)

    def _send_what_is_taken(self, fields: Fields, send: Callable[[Fields], str]) -> tuple[str, set[str]]:
        """The ticket's key, and which of reporter and assignee the site would not take: those are left to a person.

        A 400 says that nothing was done, so sending the rest again makes no second ticket.
        """
        dropped: set[str] = set()
        while True:
            try:
                return send({name: value for name, value in fields.items() if name not in dropped}), dropped
            except TroubleError as error:
                refused = {"reporter", "assignee"} & set(error.facts.fields) & set(fields) - dropped
                if error.facts.status != 400 or not refused:
                    raise
                dropped |= refused

    def _forget_refused(self, people: People, dropped: set[str]) -> None:
        """Look up again, for the next ticket, whom the site did not take for this one."""
        if "reporter" in dropped and isinstance(people.reporter, str):
            self._customers.forget(self._names.project(people.project).desk_id, people.reporter)
        if "assignee" in dropped and isinstance(people.assignee, str):
            self._names.forget_account(people.assignee)


def _properties(target: Target) -> list[dict[str, Any]]:
    return [{"key": key, "value": value} for key, value in target.properties.items()]


def _with_left_to_do(key: str, people: People, fields: Fields, dropped: set[str]) -> Done:
    left, joined = [], people.customer is None or people.customer.on_desk
    set_fields = set(fields) - dropped
    missing = isinstance(people.reporter, str) and "reporter" not in set_fields
    if missing:
        left.append(f"Set the reporter of {key} to {people.reporter}.")
    elif people.reporter is None and "reporter" in dropped:
        left.append(f"Empty the reporter of {key} (Anonymous).")
    elif isinstance(people.reporter, str) and not joined:
        left.append(add_to_customers(people.project, people.reporter, key))
    if isinstance(people.assignee, str) and "assignee" not in set_fields:
        left.append(f"Assign {key} to {people.assignee}.")
    return Done(key, " ".join(left) or None, missing)


def created_key(made: Any, project: str) -> str:
    """The key of a ticket that was just made. Its lack, or another project's, is a lost answer: the ticket may be there."""
    if not (key := key_in(made, project)):
        raise TroubleError(TroubleFacts(Kind.UNREADABLE, once=True))
    return key
