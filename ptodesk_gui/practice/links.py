"""Links between issues. The inward issue is the one whose page shows the type's outward phrase."""

import sqlite3
from typing import Any

from ptodesk_gui.practice.errors import Refusal
from ptodesk_gui.practice.site import Call, LinkType, with_id


def type_of(call: Call, given: object) -> LinkType:
    """The link type that a request names by ``id`` or ``name``.

    Raises Refusal (404) when the site has none such.
    """
    if isinstance(given, dict):
        if isinstance(given.get("id"), str):
            found = with_id(call.site.link_types, given["id"])
        else:
            found = next((t for t in call.site.link_types if t.name == given.get("name")), None)
        if found:
            return found
        if given.get("id") or given.get("name"):
            raise Refusal(404, f"No issue link type with name '{given.get('name') or given.get('id')}' found.")
    raise Refusal(400, "Issue link type must be specified.")


def add(call: Call, kind: LinkType, inward_id: int, outward_id: int) -> None:
    """Make the link; the same one again changes nothing.

    Raises Refusal (400) for an issue and itself.
    """
    if inward_id == outward_id:
        raise Refusal(400, "You cannot link an issue to itself.")
    if kind.inward == kind.outward and _exists(call, kind, outward_id, inward_id):
        return
    sql = "INSERT OR IGNORE INTO link (type, inward_id, outward_id) VALUES (?, ?, ?)"
    call.db.execute(sql, (kind.id, inward_id, outward_id))


def of_issue(call: Call, issue_id: int) -> list[tuple[sqlite3.Row, sqlite3.Row]]:
    """The issue's links, each with the issue at its other end."""
    sql = "SELECT link.*, inward_id = ? AS is_inward FROM link WHERE inward_id = ? OR outward_id = ? ORDER BY id"
    pairs = []
    for link in call.db.execute(sql, (issue_id, issue_id, issue_id)):
        other = link["outward_id"] if link["is_inward"] else link["inward_id"]
        pairs.append((link, call.db.execute("SELECT * FROM issue WHERE id = ?", (other,)).fetchone()))
    return pairs


def shown(call: Call, link: sqlite3.Row, other: sqlite3.Row, brief: dict[str, Any]) -> dict[str, Any]:
    """A link as the page of one of its issues has it: the other issue under the name of the end it is at."""
    kind = with_id(call.site.link_types, link["type"])
    end = "outwardIssue" if link["is_inward"] else "inwardIssue"
    return {
        "id": str(link["id"]),
        "self": f"{call.base}/rest/api/3/issueLink/{link['id']}",
        "type": {
            "id": str(link["type"]),
            "name": kind.name if kind else "",
            "inward": kind.inward if kind else "",
            "outward": kind.outward if kind else "",
            "self": f"{call.base}/rest/api/3/issueLinkType/{link['type']}",
        },
        end: {
            "id": str(other["id"]),
            "key": other["key"],
            "self": f"{call.base}/rest/api/3/issue/{other['id']}",
            "fields": brief,
        },
    }


def sentences(call: Call, issue_id: int) -> list[tuple[str, sqlite3.Row]]:
    """The issue's links in words, as its page reads them: ("is caused by", the other issue)."""
    said = []
    for link, other in of_issue(call, issue_id):
        kind = with_id(call.site.link_types, link["type"])
        if kind:
            said.append((kind.outward if link["is_inward"] else kind.inward, other))
    return said


def _exists(call: Call, kind: LinkType, inward_id: int, outward_id: int) -> bool:
    sql = "SELECT 1 FROM link WHERE type = ? AND inward_id = ? AND outward_id = ?"
    return call.db.execute(sql, (kind.id, inward_id, outward_id)).fetchone() is not None
