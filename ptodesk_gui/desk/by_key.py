"""Reading a project's newest tickets one after the other by their keys, which shows what the search does not show yet.

Keys are given out in order, and reading by key does not go by the index (bulkFetchIssues). So a ticket that was made within
the last days and is not among these tickets is not there, however far the search lags behind (FACTS: Search).
"""

from collections.abc import Iterator
from typing import Any, Final

from ptodesk_gui.desk.errors import Kind, TroubleError, TroubleFacts
from ptodesk_gui.desk.parts import STEP_PROPERTY, quoted
from ptodesk_gui.desk.session import Session, objects

AT_ONCE: Final = 100  # tickets of one request; so many numbers in a row without a ticket are the end of the project
MOST_REQUESTS: Final = 50  # a project in which more came meanwhile proves nothing


def tickets_by_key(session: Session, project: str, days: int, fields: list[str]) -> Iterator[dict[str, Any]]:
    """Every ticket of the project that was made within the last ``days``, and older ones; with the property of its step.

    Raises TroubleError, also when the site does not show all of them.
    """
    start = max(_known_number(session, project, days) - AT_ONCE, 1)
    for _ in range(MOST_REQUESTS):
        keys = [f"{project}-{number}" for number in range(start, start + AT_ONCE)]
        body = {"issueIdsOrKeys": keys, "fields": fields, "properties": [STEP_PROPERTY]}
        answer = session.ask("/rest/api/3/issue/bulkfetch", body)
        found = objects(answer, "issues")
        if answer.get("issueErrors"):  # some could not be read just now
            break
        yield from found
        if not found:
            return
        start += AT_ONCE
    raise TroubleError(TroubleFacts(Kind.UNREADABLE))


def _known_number(session: Session, project: str, days: int) -> int:
    """The lowest number of a ticket of these days that the search shows, or the highest that it shows at all; 0 without any."""
    recent = _numbers(session, f"project = {quoted(project)} AND created >= -{days}d ORDER BY key ASC")
    return (
        min(recent) if recent else max(_numbers(session, f"project = {quoted(project)} ORDER BY key DESC"), default=0)
    )


def _numbers(session: Session, jql: str) -> list[int]:
    page = session.ask("/rest/api/3/search/jql", {"jql": jql, "fields": ["created"], "maxResults": AT_ONCE})
    ends = (str(issue.get("key", "")).rpartition("-")[2] for issue in objects(page, "issues"))
    return [int(end) for end in ends if end.isascii() and end.isdigit() and len(end) < 10]
