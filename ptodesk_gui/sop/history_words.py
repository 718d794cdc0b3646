"""The history beside the call in words: what was found, how old it is, what was said last."""

from datetime import datetime
from typing import Final

from ptodesk_gui.sop.case import Case
from ptodesk_gui.sop.tickets import Comment, History, HistoryRow, HistoryView, Match, Role

_SHOWN: Final = 160  # characters of a comment beside the call


def history_view(history: History, case: Case, now: datetime) -> HistoryView:
    """The history as a record to paint. ``now`` knows its time zone."""
    chosen = {case.open_homeowner_ticket, case.open_installer_ticket} - {None}
    rows = tuple(_row(each, now, chosen=_is_chosen(each, chosen)) for each in history.matches)
    return HistoryView(_headline(history), rows)


def _is_chosen(each: Match, keys: set[str | None]) -> bool:
    return each.ticket.key in keys


def _headline(history: History) -> str:
    more = "" if history.complete else " There are more than were read: a whole email or address narrows them down."
    sure, doubtful = len(history.exact), len(history.doubtful)
    parts = []
    if sure:
        parts.append(f"{_count(sure, 'open ticket')} of this homeowner")
    if doubtful:
        parts.append(f"{_count(doubtful, 'open ticket')} that may be")
    return (f"{', '.join(parts)}." if parts else "No open ticket found.") + more


def _row(each: Match, now: datetime, *, chosen: bool) -> HistoryRow:
    ticket = each.ticket
    heading = {Role.HOMEOWNER: "Homeowner ticket", Role.INSTALLER: "Installer ticket", Role.OTHER: "Other ticket"}
    pair = f", installer ticket {each.installer_key}" if each.installer_key else ""
    if ticket.role is Role.HOMEOWNER and not pair:
        pair = ", no open installer ticket"
    return HistoryRow(
        match=each,
        title=ticket.summary,
        age=age_in_words(ticket.created, now),
        last_comment=_comment(ticket.last_public_comment, now),
        heading=f"{heading[ticket.role]} {ticket.key}{pair}",
        chosen=chosen,
    )


def _comment(comment: Comment | None, now: datetime) -> str:
    if comment is None:
        return "No public comment."
    text = " ".join(comment.text[: 4 * _SHOWN].split())
    if len(text) > _SHOWN:
        text = text[: _SHOWN - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"
    said = ", ".join(part for part in (comment.by, age_in_words(comment.when, now) if comment.when else "") if part)
    return f"{said}: {text}" if said else text


def age_in_words(since: datetime | None, now: datetime) -> str:
    """How long ago: "just now", "3 hours ago", "1 day ago"; a moment that is not known, or to come, is said to be so."""
    if since is None:
        return "age not known"
    seconds = int((now - since).total_seconds())
    if seconds < 60:
        return "just now"
    for size, thing in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            return f"{_count(seconds // size, thing)} ago"
    raise AssertionError("unreachable")


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
