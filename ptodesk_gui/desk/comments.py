"""A ticket's comments, the newest first, and the step that wrote each of them."""

from collections.abc import Iterator
from typing import Any, Final

from ptodesk_gui.desk.errors import Kind, TroubleError, TroubleFacts
from ptodesk_gui.desk.parts import STEP_PROPERTY, name_in
from ptodesk_gui.desk.session import MOST_PAGES, Session, objects

_PAGE: Final = 100


def newest_first(session: Session, key: str) -> Iterator[list[dict[str, Any]]]:
    """The comments of a ticket, page after page (getComments). Raises TroubleError."""
    start = 0
    for _ in range(MOST_PAGES):
        params: dict[str, str | int] = {
            "startAt": start,
            "maxResults": _PAGE,
            "orderBy": "-created",
            "expand": "properties",
        }
        page = session.get(f"/rest/api/3/issue/{key}/comment", params)
        comments = objects(page, "comments")
        yield comments
        start += len(comments)
        total = page.get("total")
        if not comments or (isinstance(total, int) and start >= total):
            return
    raise TroubleError(TroubleFacts(Kind.UNREADABLE))  # comments without end prove nothing


def step_keys(session: Session, comments: list[dict[str, Any]]) -> list[str]:
    """The key of the step that wrote each comment, empty for one that no step wrote. May ask for those that came without."""
    bare = [c for c in comments if "properties" not in c]
    asked = {c.get("id"): c for c in _with_properties(session, bare)}
    return [_step_key(asked.get(c.get("id"), c)) for c in comments]


def _with_properties(session: Session, comments: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same comments with their properties, for a site that does not give them with the list (getCommentsByIds)."""
    ids = [int(c["id"]) for c in comments if isinstance(c.get("id"), str) and c["id"].isdecimal()]
    if not ids:
        return []
    return objects(session.ask("/rest/api/3/comment/list", {"ids": ids}, {"expand": "properties"}), "values")


def _step_key(comment: dict[str, Any]) -> str:
    properties = comment.get("properties")
    values = {
        str(p["key"]): p.get("value")
        for p in (properties if isinstance(properties, list) else [])
        if isinstance(p, dict) and "key" in p
    }
    return name_in(values, STEP_PROPERTY, "key")
