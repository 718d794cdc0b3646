"""Whether somebody answered a reply of ours, and how long ago it went out by the site's own clock (H7, H9, H10). Only reads."""

from datetime import datetime
from typing import Any, Final

from ptodesk_gui.desk.comments import newest_first, step_keys
from ptodesk_gui.desk.desk import Looked, Target
from ptodesk_gui.desk.parts import account_in, fields_of, key_of, name_in
from ptodesk_gui.desk.session import Session
from ptodesk_gui.desk.together import together
from ptodesk_gui.sop.steps import Ticket

_STATUS: Final = "status"


class Answers:
    """Looks at tickets. May raise TroubleError or CannotDoError."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def look(self, ticket: str, reply_key: str) -> Looked:
        """What became of the ticket since the reply that the step of that key wrote (getIssue, getComments, getServerInfo).

        A comment that came after it counts as an answer when somebody else wrote it or when customers see it: the same
        account may have gone on with the ticket in the browser, and then it is no longer for the program to close.
        """
        key = key_of(Ticket.SOURCE, ticket, Target("", {}, 0.0))
        issue, found, info = together(
            lambda: self._session.get(f"/rest/api/3/issue/{key}", {"fields": _STATUS}),
            lambda: self._since(key, reply_key),
            lambda: self._session.get("/rest/api/3/serverInfo"),
        )
        newer, reply = found
        if reply is None or reply.get("jsdPublic") is False:  # nobody outside has read it
            return Looked(asked=False, answered=False, by_others=False, waited=None, closed=_is_closed(issue))
        author = account_in(reply, "author")
        others = any(account_in(comment, "author") != author for comment in newer)
        public = any(comment.get("jsdPublic") is not False for comment in newer)
        return Looked(
            asked=True,
            answered=others or public,
            by_others=others,
            waited=_between(reply.get("created"), _server_time(info)),
            closed=_is_closed(issue),
        )

    def _since(self, key: str, reply_key: str) -> tuple[list[dict[str, Any]], dict[str, Any] | None]:
        """The comments after the reply, the newest first, and the reply itself; None when it is not there."""
        newer: list[dict[str, Any]] = []
        for comments in newest_first(self._session, key) if reply_key else ():
            keys = step_keys(self._session, comments)
            if reply_key in keys:
                place = keys.index(reply_key)
                return newer + comments[:place], comments[place]
            newer += comments
        return newer, None


def _is_closed(issue: Any) -> bool:
    return name_in(fields_of(issue), "status", "statusCategory", "key") == "done"


def _server_time(info: Any) -> Any:
    return info.get("serverTime") if isinstance(info, dict) else None


def _between(earlier: Any, later: Any) -> float | None:
    """Seconds from one of the site's times to another; None when either is none."""
    try:
        times = [datetime.fromisoformat(text) for text in (earlier, later)]
        return (times[1] - times[0]).total_seconds()
    except (TypeError, ValueError):  # no text, no time, or one with a zone and one without
        return None
