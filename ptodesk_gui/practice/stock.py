"""What waits on the desk to be practised on, as plain records: what stands in them is given from outside."""

import hashlib
import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class StockComment:
    """A comment of a waiting ticket, as old as the ticket."""

    text: str
    internal: bool


@dataclass(frozen=True)
class StockTicket:
    """One ticket. ``role`` names it within its set; ``reporter`` is (email, name), ``assignee`` a display name of the team."""

    role: str
    project: str
    summary: str
    text: str
    days_ago: int
    reporter: tuple[str, str] | None = None
    assignee: str = ""
    labels: tuple[str, ...] = ()
    request_type: str = ""
    organization: str = ""
    comments: tuple[StockComment, ...] = ()


@dataclass(frozen=True)
class Stock:
    """The tickets of one practice caller. ``links`` are (role, phrase as that ticket's page reads it, other role).

    ``known_as`` are words by which all tickets of the caller can be told, those that trainees made included: an email, a whole name.
    """

    name: str
    tickets: tuple[StockTicket, ...] = ()
    links: tuple[tuple[str, str, str], ...] = ()
    known_as: tuple[str, ...] = ()

    @property
    def print(self) -> str:
        """Changes with everything that stands in the tickets."""
        return hashlib.sha256(json.dumps(asdict(self), ensure_ascii=False).encode()).hexdigest()[:16]
