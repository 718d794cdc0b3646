"""A ticket of a site's answer as a record in plain text, read carefully: what is strange is left out, what is long is cut.

Fields by the names of platform.v3 (schema IssueBean, Comment, UserDetails); text as Atlassian Document Format.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

from ptodesk_gui.desk.parts import fields_of, name_in
from ptodesk_gui.desk.site_cache import Fields
from ptodesk_gui.sop.tickets import Comment, Link, SiteTicket

FIELDS: Final = (
    "summary",
    "status",
    "created",
    "project",
    "reporter",
    "labels",
    "description",
    "issuelinks",
    "comment",
)
LONGEST_TEXT: Final = 100_000  # characters of a description that are kept
LONGEST_COMMENT: Final = 32_767
LONGEST_LINE: Final = 500  # characters of a name or title
MOST_COMMENTS: Final = 200
MOST_LINKS: Final = 100
_DEEPEST: Final = 40  # levels of a document that are read

_BLOCKS: Final = frozenset({"paragraph", "heading", "taskItem", "decisionItem", "tableRow", "codeBlock", "caption"})
_BLANK_LINES: Final = re.compile(r"\n{3,}")
_CELLS: Final = frozenset({"tableCell", "tableHeader"})


def site_ticket(issue: Any, fields: Fields, asked: str = "") -> SiteTicket | None:
    """The ticket; None when the answer has no key. ``asked`` is the key it was asked for by."""
    key = line(issue.get("key")) if isinstance(issue, dict) else ""
    if not key:
        return None
    found = fields_of(issue)
    reporter = found.get("reporter")
    properties = issue.get("properties")
    return SiteTicket(
        key=key,
        project=name_in(found, "project", "key") or key.rpartition("-")[0],
        summary=line(found.get("summary")),
        status=line(name_in(found, "status", "name")),
        closed=is_closed(found),
        created=moment(found.get("created")),
        reporter=line(name_in(reporter, "displayName")),
        reporter_email=line(name_in(reporter, "emailAddress")),
        by_staff=name_in(reporter, "accountType") in ("atlassian", "app"),
        request_type=line(name_in(found.get(fields.request_type), "requestType", "name")),
        organizations=tuple(
            line(name_in(o, "name")) for o in _list(found.get(fields.organizations)) if name_in(o, "name")
        ),
        labels=tuple(label for label in _list(found.get("labels")) if isinstance(label, str)),
        description=document_text(found.get("description"), LONGEST_TEXT),
        comments=tuple(comments_of(found.get("comment"))),
        links=tuple(_links(found.get("issuelinks"))),
        properties=properties if isinstance(properties, dict) else {},
        asked=asked or key,
    )


def is_closed(fields: Any) -> bool:
    """Whether the status is one of those that mean done."""
    return name_in(fields, "status", "statusCategory", "key") == "done"


def comments_of(page: Any) -> Iterator[Comment]:
    """The comments of a page, the oldest first. One whose visibility the site does not say counts as internal."""
    found = [c for c in _list(page.get("comments") if isinstance(page, dict) else None) if isinstance(c, dict)]
    for comment in sorted(found, key=_order)[-MOST_COMMENTS:]:
        yield Comment(
            text=document_text(comment.get("body"), LONGEST_COMMENT),
            public=comment.get("jsdPublic") is True,
            when=moment(comment.get("created")),
            by=line(name_in(comment, "author", "displayName")),
        )


def has_more_comments(issue: Any) -> bool:
    """Whether the ticket has more comments than came with it."""
    page = fields_of(issue).get("comment")
    total = page.get("total") if isinstance(page, dict) else None
    return isinstance(page, dict) and isinstance(total, int) and total > len(_list(page.get("comments")))


def _order(comment: dict[str, Any]) -> tuple[float, str]:
    at = moment(comment.get("created"))
    return (0.0 if at is None else at.timestamp()), str(comment.get("id", "")).rjust(20, "0")


def _links(found: Any) -> Iterator[Link]:
    """Each link as the page of this ticket reads it (FACTS: Links): the other ticket stands under the end it is at."""
    for link in _list(found)[:MOST_LINKS]:
        for end, phrase, back in (("outwardIssue", "outward", "inward"), ("inwardIssue", "inward", "outward")):
            other = link.get(end) if isinstance(link, dict) else None
            if key := name_in(other, "key"):
                there = fields_of(other)
                yield Link(
                    phrase=line(name_in(link, "type", phrase)),
                    back=line(name_in(link, "type", back)),
                    key=key,
                    summary=line(there.get("summary")),
                    closed=is_closed(there),
                )


# --- values -----------------------------------------------------------------------------------------------------------


def line(value: Any) -> str:
    """A name or title on one line, cut where it is far too long; empty when it is no text."""
    return " ".join(value[:LONGEST_LINE].split()) if isinstance(value, str) else ""


def moment(value: Any) -> datetime | None:
    """A time of the site's, with its zone; None when it is none."""
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found if found is None or found.tzinfo is not None else found.replace(tzinfo=UTC)


def document_text(node: Any, most: int) -> str:
    """What a document says: a blank line between paragraphs, a line for every item and row, tabs between cells. At most so many characters."""
    if isinstance(node, str):  # a site that still has plain text
        return node[:most].strip()
    pieces: list[str] = []
    size = 0
    for piece in _pieces(node, 0):
        pieces.append(piece)
        size += len(piece)
        if size > most:
            break
    lines = "\n".join(text.rstrip() for text in "".join(pieces)[:most].split("\n"))
    return _BLANK_LINES.sub("\n\n", lines).strip("\n")


def _pieces(node: Any, depth: int) -> Iterator[str]:
    if not isinstance(node, dict) or depth > _DEEPEST:
        return
    kind, attrs = name_in(node, "type"), node.get("attrs")
    match kind:
        case "text":
            yield name_in(node, "text")
        case "hardBreak":
            yield "\n"
        case "mention" | "emoji" | "status" | "date":
            yield name_in(attrs, "text") or name_in(attrs, "shortName")
        case "inlineCard" | "blockCard" | "embedCard":
            yield name_in(attrs, "url")
    inner = (piece for child in _list(node.get("content")) for piece in _pieces(child, depth + 1))
    if kind in _CELLS:
        yield " ".join("".join(inner).split()) + "\t"
        return
    yield from inner
    if kind in _BLOCKS:
        yield "\n\n" if depth == 1 else "\n"


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
