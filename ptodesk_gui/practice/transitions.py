"""The workflow: which transitions an issue has, what their screens ask for, and carrying them out."""

import sqlite3
from typing import Any

from ptodesk_gui.practice import comment_routes, issues, shapes
from ptodesk_gui.practice.errors import bad_request, invalid_payload
from ptodesk_gui.practice.fields import NOT_SETTABLE
from ptodesk_gui.practice.routing import route
from ptodesk_gui.practice.site import Call, Named, Reply, Status, Transition, with_id

PATH = "/rest/api/3/issue/{issueIdOrKey}/transitions"
# A closing transition takes the resolution of its own name and these; Duplicate takes only its own.
_RESOLUTIONS = {"Done": ("Done", "Other", "Won't Do", "Cannot Reproduce"), "Duplicate": ("Duplicate",)}


@route("GET", PATH)
def get_transitions(call: Call) -> Reply:
    """platform.v3 getTransitions."""
    row = issues.visible(call, call.path["issueIdOrKey"])
    wanted = call.query.get("transitionId")
    found = [t for t in possible(call, row) if wanted in (None, str(t.id))]
    with_fields = "transitions.fields" in call.names("expand")
    shown_ones = [shown(call, t, with_fields=with_fields) for t in found]
    return Reply(body={"expand": "transitions", "transitions": shown_ones})


@route("POST", PATH)
def do_transition(call: Call) -> Reply:
    """platform.v3 doTransition."""
    row = issues.visible(call, call.path["issueIdOrKey"])
    body = call.json_object()
    named = body.get("transition")
    if not isinstance(named, dict) or not named.get("id"):
        raise bad_request("Missing 'transition' identifier")
    transition = with_id(possible(call, row), named["id"])
    if transition is None:
        raise bad_request(f"Transition id '{named['id']}' is not valid for this issue.")
    columns = _screen_values(call, transition, body.get("fields") or {})
    _comment(call, row, body.get("update") or {})
    issues.set_columns(call, row["id"], {"status": transition.to_status, **columns})
    return Reply(204)


def possible(call: Call, row: sqlite3.Row) -> list[Transition]:
    """The transitions that the issue has in its status, for this account."""
    if not call.may("TRANSITION_ISSUES", issues.project_of(call, row)):
        return []
    is_open = _status(call, row["status"]).category != "done"
    return [t for t in call.site.transitions if t.from_open == is_open and t.to_status != row["status"]]


def shown(call: Call, transition: Transition, *, with_fields: bool) -> dict[str, Any]:
    """A transition as the platform shows it (schema IssueTransition)."""
    look: dict[str, Any] = {
        "id": str(transition.id),
        "name": transition.name,
        "to": shapes.status(call, _status(call, transition.to_status)),
        "hasScreen": bool(transition.closing),
        "isGlobal": False,
        "isInitial": False,
        "isAvailable": True,
        "isConditional": False,
        "looped": False,
    }
    if with_fields:
        look["fields"] = _screen(call, transition) if transition.closing else {}
    return look


def _screen(call: Call, transition: Transition) -> dict[str, Any]:
    category = call.site.field_of("category")
    resolution = call.site.field_of("resolution")
    return {
        "resolution": {
            "required": True,
            "schema": shapes.field_schema(resolution),
            "name": resolution.name,
            "key": "resolution",
            "operations": ["set"],
            "hasDefaultValue": False,
            "allowedValues": [shapes.resolution(call, r) for r in _resolutions(call, transition)],
        },
        category.id: {
            "required": True,
            "schema": shapes.field_schema(category),
            "name": category.name,
            "key": category.id,
            "operations": ["set"],
            "hasDefaultValue": False,
            "allowedValues": [shapes.option(call, c) for c in call.site.categories],
        },
    }


def _screen_values(call: Call, transition: Transition, given: object) -> dict[str, Any]:
    """The columns that the fields of the screen set; a transition out of a closed status clears them."""
    if not isinstance(given, dict):
        raise invalid_payload()
    category = call.site.field_of("category")
    allowed = {"resolution", category.id} if transition.closing else set()
    errors = {name: NOT_SETTABLE.format(name) for name in given if name not in allowed}
    if errors:
        raise bad_request(**errors)
    if not transition.closing:
        return {} if transition.from_open else {"resolution": None, "resolved": None, "category": None}
    resolution = _choice(given.get("resolution"), _resolutions(call, transition), "name")
    option = _choice(given.get(category.id), list(call.site.categories), "value")
    if resolution is None:
        errors["resolution"] = (
            "The resolution selected is not valid." if "resolution" in given else "Resolution is required."
        )
    if option is None:
        wrong = "Specify a valid 'id' or 'name' for " if category.id in given else ""
        errors[category.id] = wrong + (category.name if wrong else f"{category.name} is required.")
    if resolution is None or option is None:
        raise bad_request(**errors)
    return {"resolution": resolution.id, "resolved": call.now, "category": option.id}


def _choice(given: object, offered: list[Named], name: str) -> Named | None:
    if not isinstance(given, dict):
        return None
    return next((o for o in offered if str(o.id) == given.get("id") or o.name == given.get(name)), None)


def _resolutions(call: Call, transition: Transition) -> list[Named]:
    return [r for r in call.site.resolutions if r.name in _RESOLUTIONS[transition.name]]


def _status(call: Call, number: int) -> Status:
    return next(status for status in call.site.statuses if status.id == number)


def _comment(call: Call, row: sqlite3.Row, update: object) -> None:
    """A transition's screen also takes a comment."""
    if not isinstance(update, dict) or set(update) - {"comment"} or not isinstance(update.get("comment", []), list):
        raise invalid_payload()
    for operation in update.get("comment", []):
        comment_routes.add(call, row, operation.get("add") if isinstance(operation, dict) else None)
