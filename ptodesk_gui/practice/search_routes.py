"""The search: bounded JQL, pages by token, an index that lags behind writes."""

import base64
import hashlib
import json
import sqlite3
from typing import Any

from ptodesk_gui.practice import issues, shapes
from ptodesk_gui.practice.errors import bad_request, invalid_payload
from ptodesk_gui.practice.jql import JqlError, parse
from ptodesk_gui.practice.jql_sql import compile_query, words_match
from ptodesk_gui.practice.routing import route
from ptodesk_gui.practice.site import Call, Reply

_TYPES: dict[str, type | tuple[type, ...]] = {
    "jql": str,
    "expand": str,
    "fields": list,
    "fieldsByKeys": bool,
    "maxResults": int,
    "nextPageToken": str,
    "properties": list,
    "reconcileIssues": list,
}
MAX_PROPERTIES = 5
MAX_RECONCILED = 50
MAX_PAGE = 100  # with fields; ids alone come in larger pages
MAX_IDS = 5000


@route("POST", "/rest/api/3/search/jql", changes=False)
def search(call: Call) -> Reply:
    """platform.v3 searchAndReconsileIssuesUsingJqlPost."""
    return Reply(body=_answer(call, _checked(call.json_object())))


@route("GET", "/rest/api/3/search/jql")
def search_by_query(call: Call) -> Reply:
    """platform.v3 searchAndReconsileIssuesUsingJql: the same in the query, as the ``jira`` package sends it."""
    given: dict[str, Any] = {name: value for name, value in call.query.items() if value}
    given |= {name: call.names(name) for name in ("fields", "properties", "reconcileIssues") if name in given}
    given |= {"maxResults": call.number("maxResults", 50, MAX_IDS)} if "maxResults" in given else {}
    if "reconcileIssues" in given:
        given["reconcileIssues"] = [
            int(number) if number.isdecimal() else number for number in given["reconcileIssues"]
        ]
    given.pop("failFast", None)
    return Reply(body=_answer(call, _checked(given)))


def _answer(call: Call, body: dict[str, Any]) -> dict[str, Any]:
    jql, fields, properties = body.get("jql", ""), body.get("fields") or [], body.get("properties") or []
    most = min(body.get("maxResults", 50), MAX_PAGE if fields else MAX_IDS)
    start = _start(body.get("nextPageToken"), jql)
    rows = _found(call, jql, body.get("reconcileIssues") or [], start, most + 1)
    page = rows[:most]
    answer: dict[str, Any] = {
        "issues": [_hit(call, row, fields, properties) for row in page],
        "isLast": len(rows) <= most,
    }
    if not answer["isLast"]:
        answer["nextPageToken"] = _token(start + len(page), jql)
    expand = (body.get("expand") or "").split(",")
    if "names" in expand:
        answer["names"] = {field.id: field.name for field in call.site.fields}
    if "schema" in expand:
        answer["schema"] = {field.id: shapes.field_schema(field) for field in call.site.fields}
    return answer


def _checked(body: dict[str, Any]) -> dict[str, Any]:
    given = {name: value for name, value in body.items() if value is not None}
    for name, value in given.items():
        if (
            name not in _TYPES
            or not isinstance(value, _TYPES[name])
            or (isinstance(value, bool) and _TYPES[name] is int)
        ):
            raise invalid_payload()
    for name in ("fields", "properties"):
        if not all(isinstance(entry, str) for entry in given.get(name, ())):
            raise invalid_payload()
    reconcile = given.get("reconcileIssues", [])
    if not all(isinstance(number, int) and not isinstance(number, bool) for number in reconcile):
        raise invalid_payload()
    if len(reconcile) > MAX_RECONCILED:
        raise bad_request(f"The maximum number of issues to reconcile is {MAX_RECONCILED}.")
    if len(given.get("properties", ())) > MAX_PROPERTIES:
        raise bad_request(f"The maximum number of properties is {MAX_PROPERTIES}.")
    if given.get("maxResults", 1) < 1:
        raise bad_request("The value of 'maxResults' must be greater than 0.")
    return given


def _found(call: Call, jql: str, reconcile: list[int], start: int, most: int) -> list[sqlite3.Row]:
    """The issues that the query finds: those that the index knows by now, and those that were named to be looked at."""
    try:
        query = parse(jql)
        if query.where is None:
            raise bad_request(
                "Unbounded JQL queries are not allowed here. Please add a search restriction to your query."
            )
        condition, values, order = compile_query(call, query)
    except JqlError as wrong:
        raise bad_request(str(wrong)) from None
    call.db.create_function("words_match", 2, words_match, deterministic=True)
    seen = [p.id for p in call.site.projects if call.may("BROWSE_PROJECTS", p)]
    sql = (
        f"SELECT issue.* FROM issue WHERE ({condition}) AND issue.project_id IN ({', '.join('?' * len(seen))})"  # noqa: S608
        f" AND (issue.indexed <= ? OR issue.id IN ({', '.join('?' * len(reconcile))})) ORDER BY {order} LIMIT ? OFFSET ?"
    )
    return call.db.execute(sql, (*values, *seen, call.now, *reconcile, most, start)).fetchall()


def _hit(call: Call, row: sqlite3.Row, fields: list[str], properties: list[str]) -> dict[str, Any]:
    """An issue found: its id alone unless fields are asked for."""
    if fields:
        return issues.shown(call, row, fields, properties)
    bare: dict[str, Any] = {"id": str(row["id"])}
    return {**bare, "properties": issues.properties(call, row["id"], properties)} if properties else bare


def _token(start: int, jql: str) -> str:
    return base64.urlsafe_b64encode(json.dumps([start, _digest(jql)]).encode()).decode()


def _start(token: str | None, jql: str) -> int:
    if token is None:
        return 0
    try:
        start, digest = json.loads(base64.urlsafe_b64decode(token.encode()))
    except (ValueError, TypeError):
        raise bad_request("The provided next page token is invalid.") from None
    if not isinstance(start, int) or digest != _digest(jql):
        raise bad_request("The provided next page token is invalid for this query.")
    return start


def _digest(jql: str) -> str:
    return hashlib.sha256(jql.encode()).hexdigest()[:16]
