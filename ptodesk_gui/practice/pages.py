"""The tickets as plain pages for a person to read. Every text is escaped; nothing on them is active."""

import base64
import hashlib
import json
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from html import escape

from ptodesk_gui.practice import accounts, adf, issues, links
from ptodesk_gui.practice.routing import route
from ptodesk_gui.practice.site import Call, Reply, with_id

INTERNAL = "internal - agents only"
PUBLIC = "public - the customer sees this"
LISTED = 200

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 50rem; margin: 0 auto; padding: 1rem; }
.practice { border: 3px dashed; padding: .5rem 1rem; font-weight: bold; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; }
th { white-space: nowrap; } article { border-left: 6px solid; padding-left: 1rem; margin: 1.5rem 0; }
article.internal { border-left-style: double; } .mention { font-weight: bold; } pre { white-space: pre-wrap; }
"""


_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
HEADERS = {
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class Page(str):
    """HTML that is ready to be sent."""


@route("GET", "/", anonymous=True)
def ticket_list(call: Call) -> Reply:
    """All tickets, the newest first."""
    rows = call.db.execute("SELECT * FROM issue ORDER BY id DESC LIMIT ?", (LISTED,)).fetchall()
    (count,) = call.db.execute("SELECT count(*) FROM issue").fetchone()
    lines = "".join(
        f"<tr><th scope='row'><a href='/browse/{escape(row['key'])}'>{escape(row['key'])}</a></th>"
        f"<td>{escape(row['summary'])}</td><td>{escape(_status(call, row))}</td><td>{_moment(row['created'])}</td></tr>"
        for row in rows
    )
    listed = f"<table>{lines}</table>" if rows else "<p>No tickets yet.</p>"
    more = f"<p>The newest {len(rows)} of {count} tickets.</p>" if count > len(rows) else ""
    return Reply(body=_page("Tickets", f"<h1>Tickets</h1>{listed}{more}"))


@route("GET", "/browse/{issueIdOrKey}", anonymous=True)
def ticket(call: Call) -> Reply:
    """One ticket: title, fields in words, links as sentences, comments in order."""
    row = issues.row_of(call, call.path["issueIdOrKey"])
    if row is None:
        return Reply(404, _page("No such ticket", "<h1>No such ticket</h1><p><a href='/'>All tickets</a></p>"))
    described = adf.to_html(json.loads(row["description"])) if row["description"] else "<p>None.</p>"
    said = "".join(
        f"<li>{escape(row['key'])} <strong>{escape(phrase)}</strong> "
        f"<a href='/browse/{escape(other['key'])}'>{escape(other['key'])}</a> {escape(other['summary'])}</li>"
        for phrase, other in links.sentences(call, row["id"])
    )
    body = (
        f"<p><a href='/'>All tickets</a> / {escape(row['key'])}</p><h1>{escape(row['summary'])}</h1>"
        f"<table>{''.join(_fields(call, row))}</table>"
        f"<h2>Description</h2><div class='description'>{described}</div>"
        f"<h2>Links</h2>{f'<ul>{said}</ul>' if said else '<p>None.</p>'}"
        f"<h2>Comments</h2>{''.join(_comments(call, row)) or '<p>None.</p>'}"
    )
    return Reply(body=_page(f"{row['key']} {row['summary']}", body))


def _fields(call: Call, row: sqlite3.Row) -> Iterable[str]:
    kind, request_type = with_id(call.site.issue_types, row["issue_type"]), issues.request_type_of(call, row)
    resolution, category = (
        with_id(call.site.resolutions, row["resolution"]),
        with_id(call.site.categories, row["category"]),
    )
    organizations = [
        call.db.execute("SELECT name FROM organization WHERE id = ?", (number,)).fetchone()[0]
        for number in json.loads(row["organizations"])
    ]
    said = (
        ("Project", issues.project_of(call, row).name),
        ("Type", kind.name if kind else ""),
        ("Request type", request_type.name if request_type else "none"),
        ("Status", _status(call, row)),
        ("Resolution", resolution.name if resolution else "unresolved"),
        ("Closing category", category.name if category else "none"),
        ("Organization", ", ".join(organizations) or "none"),
        ("Reporter", _person(call, row["reporter"], "Anonymous")),
        ("Assignee", _person(call, row["assignee"], "Unassigned")),
        ("Labels", ", ".join(json.loads(row["labels"])) or "none"),
        ("Created", f"{_moment(row['created'])} by {_person(call, row['creator'], 'nobody')}"),
        ("Updated", _moment(row["updated"])),
    )
    return (f"<tr><th scope='row'>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in said)


def _comments(call: Call, row: sqlite3.Row) -> Iterable[str]:
    sql = "SELECT * FROM comment WHERE issue_id = ? ORDER BY id"
    for comment in call.db.execute(sql, (row["id"],)).fetchall():
        name = "internal" if comment["internal"] else "public"
        yield (
            f"<article class='{name}'><p><strong>{INTERNAL if comment['internal'] else PUBLIC}</strong><br>"
            f"{escape(_person(call, comment['author'], 'nobody'))}, {_moment(comment['created'])}</p>"
            f"{adf.to_html(json.loads(comment['body']))}</article>"
        )


def _person(call: Call, account_id: str | None, nobody: str) -> str:
    person = accounts.by_id(call.db, account_id) if account_id else None
    return f"{person.name} ({person.email})" if person else nobody


def _status(call: Call, row: sqlite3.Row) -> str:
    found = with_id(call.site.statuses, row["status"])
    return found.name if found else ""


def _moment(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC"


def _page(title: str, body: str) -> Page:
    return Page(
        "<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'>"
        f"<meta name='viewport' content='width=device-width'><title>{escape(title)} - practice desk</title><style>{_STYLE}</style></head>"
        "<body><header class='practice' role='note'>PRACTICE DESK - nothing here is real, and no customer gets any of it.</header>"
        f"<main>{body}</main></body></html>"
    )
