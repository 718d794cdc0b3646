"""One table from what a request came to, to what became of the step and what a person can do about it.

The rules of the table:

* What never left the workstation has not happened: ``Later``.
* A request that may be repeated without harm (a read, an edit with absolute values, a link) is ``Later`` whenever its
  answer got lost or the site stumbled; repeating it is the look-up.
* A request that makes something new (a ticket, a comment, a transition) is ``Unclear`` in the same cases: 408, every 5xx
  and an unreadable success included. A 503 with ``Retry-After`` is no exception: a gateway between us and Jira may send it
  after Jira has acted. The wait it asks for is passed on.
* 429 is an answer given before anything is done: ``Later``, always.
* Every other 4xx, and a redirect, is the site's refusal: a person is needed.

Only Jira's own messages and field names get into a sentence, shortened; never headers, addresses or whole bodies.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Any, Final

from ptodesk_gui.desk.desk import Later, Refused, Unclear

LONGEST_MESSAGE: Final = 200  # characters of one message of Jira's that are shown
MOST_MESSAGES: Final = 3
LONGEST_WAIT: Final = 24 * 3600.0  # seconds; a site that asks for more is not taken at its word


class Kind(StrEnum):
    """How far a request came."""

    NOT_SENT = "not_sent"  # no connection: nothing has happened
    CERTIFICATE = "certificate"  # the other side could not prove who it is: nothing was sent
    NO_ANSWER = "no_answer"  # sent, and the answer got lost
    UNREADABLE = "unreadable"  # a success whose content is not what the API promises
    NOT_SHOWN = "not_shown"  # made by a request whose answer got lost, and the site does not show it yet
    REDIRECT = "redirect"
    NO_GATEWAY = "no_gateway"  # refused by the site, and whether the token has scopes could not be found out: nothing has happened
    STATUS = "status"  # an answer that says no


@dataclass(frozen=True, slots=True)
class TroubleFacts:
    """What is known of a request that was no plain success. ``once``: repeating it might make a second one of something."""

    kind: Kind
    once: bool = False
    status: int | None = None
    messages: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    after: float | None = None  # seconds the site asked to wait
    one_ticket: bool = False  # the limit is on writes to this ticket, the rest of the site may go on
    elsewhere: str = ""  # the host that a redirect names


class TroubleError(Exception):
    """A request was no plain success. The exception's own text holds nothing personal."""

    def __init__(self, facts: TroubleFacts) -> None:
        super().__init__(f"{facts.kind} {facts.status or ''}".strip())
        self.facts = facts


class CannotDoError(Exception):
    """A step cannot be carried out on this site as it stands: the reason in a sentence, and the cure."""

    def __init__(self, reason: str, cure: str) -> None:
        super().__init__("cannot be done on this site")
        self.refused = Refused(reason, cure)


_REFUSALS: Final[Mapping[int, tuple[str, str]]] = {
    400: ("Jira refused what was sent", "Correct what Jira names, in the ticket or in the playbook, then retry."),
    401: ("Jira did not accept the sign-in", "Sign in again in the settings with a valid API token, then retry."),
    403: ("Your Jira account may not do this", "Ask a Jira administrator for the permission, then retry."),
    404: (
        "Jira does not have what this step needs, or does not show it to your account",
        "Check that the ticket still exists and that you can see it in the browser, then retry.",
    ),
    409: ("Somebody changed the ticket at the same moment", "Look at the ticket in the browser, then retry."),
    410: ("Jira no longer offers what was asked of it", "Ask IT for a newer version of this program."),
    413: ("The ticket is full: Jira takes no more of this kind on it", "Go on in a new ticket, or remove old entries."),
    415: ("Jira did not understand the form of the request", "Ask IT for a newer version of this program."),
    422: ("The Jira project is not set up for this", "Show this message to a Jira administrator, then retry."),
}
_REFUSED_OTHERWISE: Final = ("Jira refused this", "Show this message to a Jira administrator, then retry.")

_LOST: Final = "Jira's answer got lost; it is being checked whether the step arrived."
_NO_SITE: Final = "The Jira site cannot be reached; it is tried again by itself."
_NO_CERTIFICATE: Final = (
    "The Jira site's certificate is not trusted by this computer, so nothing was sent. Sign in to the network if it asks "
    "you to, or tell IT; it is tried again by itself."
)
_NO_GATEWAY: Final = (
    "The Jira site does not take the API token, and Atlassian's gateway, where it may be valid, does not answer. Sign in "
    "again if the token was revoked; it is tried again by itself."
)
_NOT_SHOWN: Final = "Jira does not show the new customer yet; it is tried again by itself."
_STUMBLED: Final = "Jira has a problem at the moment; it is tried again by itself."
_TOO_FAST: Final = "Jira asked to slow down; it is tried again by itself."
_NO_JIRA: Final = (
    "What answered does not look like Jira (a network sign-in page, perhaps); it is tried again by itself."
)


def outcome(facts: TroubleFacts) -> Refused | Later | Unclear:
    """What became of the step whose request came to this."""
    match facts.kind:
        case Kind.NOT_SENT:
            return Later(_NO_SITE)
        case Kind.CERTIFICATE:
            return Later(_NO_CERTIFICATE)
        case Kind.NO_ANSWER:
            return Unclear(_LOST) if facts.once else Later(_NO_SITE)
        case Kind.UNREADABLE:
            return Unclear(_LOST) if facts.once else Later(_NO_JIRA)
        case Kind.NO_GATEWAY:
            return Later(_NO_GATEWAY, after=facts.after)
        case Kind.NOT_SHOWN:
            return Later(_NOT_SHOWN, whole_site=False)
        case Kind.REDIRECT:
            return _redirected(facts)
        case Kind.STATUS:
            return _answered(facts, facts.status or 0)


def _redirected(facts: TroubleFacts) -> Refused:
    where = f" ({facts.elsewhere})" if facts.elsewhere else ""
    return Refused(
        f"The site's address leads somewhere else{where}, and the sign-in is not sent there.",
        "Put the address that the browser shows for your Jira into the settings, then retry.",
    )


def _answered(facts: TroubleFacts, status: int) -> Refused | Later | Unclear:
    if status == 429:
        return Later(_TOO_FAST, after=facts.after, whole_site=not facts.one_ticket)
    if status == 408 or status >= 500 or status < 300:
        return Unclear(_LOST, after=facts.after) if facts.once else Later(_STUMBLED, after=facts.after)
    said = what_jira_says(facts)
    reason, cure = _REFUSALS.get(403 if _is_about_permission(status, said) else status, _REFUSED_OTHERWISE)
    return Refused(f"{reason}: {said}" if said else f"{reason}.", cure, sign_in=status == 401)


def _is_about_permission(status: int, said: str) -> bool:
    """Whether a 400 or 404 means what a 403 does, as some operations have it; "does not exist, or you may not" may be either."""
    words = said.casefold()
    return status in (400, 404) and "permission" in words and "exist" not in words


def what_jira_says(facts: TroubleFacts) -> str:
    """Jira's own messages in one line, shortened, with a full stop at the end; empty when it gave none."""
    said = [*facts.messages, *(f"{name}: {text}" for name, text in facts.fields.items())]
    line = " ".join(said[:MOST_MESSAGES])
    return line if not line or line.endswith((".", "!", "?", "…")) else f"{line}."


def from_answer(status: int, headers: Mapping[str, str], body: Any, *, once: bool, now: float) -> TroubleFacts:
    """The facts of an answer that says no. ``body`` is the decoded JSON or None; ``now`` is seconds since the epoch."""
    messages, fields = _messages_of(body)
    return TroubleFacts(
        Kind.STATUS,
        once=once,
        status=status,
        messages=messages,
        fields=fields,
        after=_seconds(headers.get("Retry-After"), headers.get("Date"), now),
        one_ticket=headers.get("RateLimit-Reason", "").strip().lower() == "jira-per-issue-on-write",
    )


def _seconds(retry_after: str | None, date: str | None, now: float) -> float | None:
    """``Retry-After`` in seconds: a number, or a date seen from the answer's own ``Date`` (the workstation's clock may be off)."""
    if retry_after is None:
        return None
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), LONGEST_WAIT)
    then = _http_date(text)
    if then is None:
        return None
    start = _http_date(date or "") or datetime.fromtimestamp(now, UTC)
    return min(max((then - start).total_seconds(), 0.0), LONGEST_WAIT)


def _http_date(text: str) -> datetime | None:
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _messages_of(body: Any) -> tuple[tuple[str, ...], dict[str, str]]:
    """The messages and the per-field messages in Jira's several forms of error bodies."""
    if not isinstance(body, dict):
        return (), {}
    found: list[Any] = []
    for key in ("errorMessages", "errorMessage", "message"):
        value = body.get(key)
        found += value if isinstance(value, list) else [value]
    fields: dict[str, str] = {}
    errors = body.get("errors")
    if isinstance(errors, dict):
        fields = {_short(str(name), 60): _short(text) for name, text in errors.items() if isinstance(text, str)}
    elif isinstance(errors, list):  # the bulk operations' form
        found += [error.get("message") if isinstance(error, dict) else error for error in errors]
    return tuple(_short(text) for text in found if isinstance(text, str) and text.strip()), fields


def _short(text: str, longest: int = LONGEST_MESSAGE) -> str:
    line = " ".join("".join(c if c.isprintable() else " " for c in text[: 4 * longest]).split())
    return line if len(line) <= longest else line[: longest - 1] + "…"
