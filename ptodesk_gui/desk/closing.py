"""Closing a ticket: transition, resolution, and the category that is found on the closing screen by its value (T11)."""

from typing import Any

from ptodesk_gui.desk.asking import same
from ptodesk_gui.desk.desk import Done, Target
from ptodesk_gui.desk.errors import CannotDoError
from ptodesk_gui.desk.parts import fields_of, key_of, name_in
from ptodesk_gui.desk.session import Session, objects
from ptodesk_gui.desk.together import together
from ptodesk_gui.sop.steps import CloseTicket

STATUS_FIELDS = "status,resolution"


class Closer:
    """Closes tickets, one attempt per call. May raise TroubleError or CannotDoError."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def close(self, step: CloseTicket, target: Target) -> Done:
        """POST transitions, unless the ticket is closed already: a transition is not repeated (doTransition)."""
        key = key_of(step.ticket, step.key, target)
        issue, transitions = together(
            lambda: self._session.get(f"/rest/api/3/issue/{key}", {"fields": STATUS_FIELDS}),
            lambda: self.transitions(key),
        )
        closed = closed_already(issue, step)
        if closed is not None:
            return Done(key, closed or None)
        body = transition_body(step, transitions)
        self._session.make(f"/rest/api/3/issue/{key}/transitions", body, expect=204, once=True)
        return Done(key)

    def transitions(self, key: str) -> list[dict[str, Any]]:
        """What can be done to the ticket in its status, with the fields of each screen (getTransitions)."""
        answer = self._session.get(f"/rest/api/3/issue/{key}/transitions", {"expand": "transitions.fields"})
        return objects(answer, "transitions")


def closed_already(issue: Any, step: CloseTicket) -> str | None:
    """None while the ticket is open; else what is different from what was asked, in a sentence, or "" when nothing is."""
    fields = fields_of(issue)
    if name_in(fields, "status", "statusCategory", "key") != "done":
        return None
    resolution = name_in(fields, "resolution", "name")
    if same(resolution, step.resolution):
        return ""
    key = issue.get("key") if isinstance(issue, dict) else None
    return f"{key or 'The ticket'} was closed already, as {resolution or 'no resolution'}, not {step.resolution}."


def transition_body(step: CloseTicket, transitions: list[dict[str, Any]]) -> dict[str, Any]:
    """What to send to close the ticket. Raises CannotDoError when the closing screen does not have what the step asks for."""
    named = [t for t in transitions if same(name_in(t, "name"), step.transition)]
    named = named or [t for t in transitions if same(name_in(t, "to", "name"), step.transition)]
    if not named:
        has = ", ".join(filter(None, (name_in(t, "name") for t in transitions))) or "none"
        raise CannotDoError(
            f"The ticket cannot be moved to {step.transition} (it can be moved to: {has}).",
            "Close the ticket in the browser, or ask a Jira administrator about the workflow, then retry.",
        )
    fitting = [(t, f) for t in named if (f := _screen_fields(step, t)) is not None]
    if not fitting:
        raise CannotDoError(
            f"The closing screen of {step.transition} does not offer {step.resolution} and {step.category}.",
            "Correct the closing values in the playbook, or ask a Jira administrator to put them on the screen, then retry.",
        )
    transition, fields = fitting[0]
    return {"transition": {"id": str(transition.get("id"))}, "fields": fields}


def _screen_fields(step: CloseTicket, transition: dict[str, Any]) -> dict[str, Any] | None:
    """The resolution and the one select field that has the category among its values; None when the screen lacks either."""
    screen = transition.get("fields")
    if not isinstance(screen, dict):
        return None
    resolution = _option(screen.get("resolution"), step.resolution)
    categories = {
        name: option
        for name, field in screen.items()
        if name != "resolution" and (option := _option(field, step.category)) is not None
    }
    if resolution is None or len(categories) != 1:
        return None
    ((name, option),) = categories.items()
    several = name_in(screen[name], "schema", "type") == "array"
    return {"resolution": {"id": resolution}, name: [{"id": option}] if several else {"id": option}}


def _option(field: Any, wanted: str) -> str | None:
    """The id of a field's allowed value that is called so."""
    values = field.get("allowedValues") if isinstance(field, dict) else None
    for value in values if isinstance(values, list) else []:
        if same(name_in(value, "value") or name_in(value, "name"), wanted) and isinstance(value.get("id"), str):
            return str(value["id"])
    return None
