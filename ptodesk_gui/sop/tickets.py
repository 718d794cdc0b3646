"""Records of tickets that are there already: as the site has them, as found for a caller, as they wait to be taken.

Plain records without decisions, for the desk to fill, the procedure to judge and the window to paint.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from ptodesk_gui.sop.case import Address, Channel
from ptodesk_gui.sop.entry import Field


class Role(StrEnum):
    """What a ticket is in the procedure: the homeowner's (H2), the installer's (I2), or neither of them."""

    HOMEOWNER = "homeowner"
    INSTALLER = "installer"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment. ``public`` True: the customer sees it. ``when`` None: the site did not say."""

    text: str
    public: bool
    when: datetime | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link as its ticket's page reads it: this ticket ``phrase`` ("is caused by") ``key``; the other's page reads ``back``."""

    phrase: str
    back: str
    key: str
    summary: str = ""
    closed: bool = False


@dataclass(frozen=True, slots=True)
class SiteTicket:
    """A ticket as the site has it, in plain text. ``asked`` is the key that was asked for, where it has moved since.

    ``reporter_email`` is empty where there is no reporter or the site keeps the address to itself. ``by_staff``: the
    reporter is no customer but somebody who works on the site. ``comments`` are those that are known, the oldest first.
    """

    key: str
    project: str = ""
    summary: str = ""
    status: str = ""
    closed: bool = False
    created: datetime | None = None
    reporter: str = ""
    reporter_email: str = ""
    by_staff: bool = False
    request_type: str = ""
    organizations: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    description: str = ""
    comments: tuple[Comment, ...] = ()
    links: tuple[Link, ...] = ()
    properties: Mapping[str, object] = field(default_factory=dict, hash=False)
    asked: str = ""

    @property
    def last_public_comment(self) -> Comment | None:
        """The latest comment that the customer sees."""
        return next((comment for comment in reversed(self.comments) if comment.public), None)


@dataclass(frozen=True, slots=True)
class OpenTicket:
    """An open ticket, with what its texts say about whom it is for (T5, T7). Empty: the ticket does not say.

    ``reporter_email`` is the homeowner's only where ``role`` is the homeowner's. ``organization`` is the first of them.
    """

    key: str
    summary: str
    status: str
    created: datetime | None
    project: str
    role: Role
    organization: str = ""
    reporter_email: str = ""
    last_public_comment: Comment | None = None
    links: tuple[Link, ...] = ()
    name: str = ""
    emails: tuple[str, ...] = ()
    address: Address = field(default_factory=Address)


@dataclass(frozen=True, slots=True)
class Match:
    """A ticket that may be this homeowner's, and the open installer ticket that belongs to it, as far as there is one.

    ``exact``: the whole email, or name and address, are the same; else it is doubtful, and ``reason`` says why. Where only
    the key of the installer ticket is known, ``installer`` is None and ``installer_key`` is set.
    """

    ticket: OpenTicket
    exact: bool
    reason: str
    installer: OpenTicket | None = None
    installer_key: str = ""

    @property
    def choosable(self) -> bool:
        """Whether it can be chosen as the open ticket that this case belongs to (O1-O7, I8)."""
        return self.ticket.role is not Role.OTHER


@dataclass(frozen=True, slots=True)
class History:
    """The open tickets that may be this homeowner's: exact ones first, then doubtful ones. None is chosen by itself (T9).

    ``complete`` False: there were more to look at than were read.
    """

    matches: tuple[Match, ...] = ()
    complete: bool = True

    @property
    def exact(self) -> tuple[Match, ...]:
        """The matches that are no doubt."""
        return tuple(match for match in self.matches if match.exact)

    @property
    def doubtful(self) -> tuple[Match, ...]:
        """The matches that somebody has to look at."""
        return tuple(match for match in self.matches if not match.exact)


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One line of the history beside the call, in words. ``chosen``: the case adds to this ticket."""

    match: Match
    title: str
    age: str
    last_comment: str
    heading: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class HistoryView:
    """The history beside the call: a sentence about all of it, and its rows."""

    headline: str
    rows: tuple[HistoryRow, ...] = ()


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A ticket that waits to be taken. ``channel`` None: no pattern of the playbook knows it (H11)."""

    key: str
    summary: str
    age: str
    reporter: str
    channel: Channel | None
    created: datetime | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A value for an input that a ticket or a pasted text gives, and where it is from. ``instead_of`` is what is typed there now."""

    field: Field
    value: str
    why: str
    instead_of: str = ""
