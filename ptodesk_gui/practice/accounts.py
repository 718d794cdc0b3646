"""Who may sign in, and how the desk shows people."""

import hashlib
import hmac
import os
import sqlite3
import threading
import uuid
from typing import Any, NamedTuple

_ROUNDS = 50_000
_DIGEST = 32  # bytes of SHA-256


class Person(NamedTuple):
    """An account of the desk. ``kind`` is ``agent`` or ``customer``."""

    id: str
    email: str
    name: str
    kind: str
    active: bool = True

    @property
    def is_agent(self) -> bool:
        return self.kind == "agent"


_COLUMNS = "id, email, name, kind, active"


def by_id(connection: sqlite3.Connection, account_id: str) -> Person | None:
    """The account of this id."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM account WHERE id = ?", (account_id,)).fetchone()  # noqa: S608
    return Person(*row) if row else None


def by_email(connection: sqlite3.Connection, email: str) -> Person | None:
    """The account of this address, whatever its case."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM account WHERE email = ?", (email,)).fetchone()  # noqa: S608
    return Person(*row) if row else None


def stored_hash(connection: sqlite3.Connection, email: str) -> bytes | None:
    """The salted hash of the account's token, once it has one."""
    row = connection.execute("SELECT token_hash FROM account WHERE email = ?", (email,)).fetchone()
    return row[0] if row else None


def everybody(connection: sqlite3.Connection) -> list[Person]:
    """All active accounts, by name."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM account WHERE active ORDER BY name, id")  # noqa: S608
    return [Person(*row) for row in rows]


def add(connection: sqlite3.Connection, email: str, name: str, kind: str) -> Person:
    """A new account."""
    account_id = f"qm:{uuid.uuid4()}:{uuid.uuid4()}" if kind == "customer" else f"712020:{uuid.uuid4()}"
    connection.execute(
        "INSERT INTO account (id, email, name, kind) VALUES (?, ?, ?, ?)", (account_id, email, name, kind)
    )
    return Person(account_id, email, name, kind)


def matches(person: Person, query: str) -> bool:
    """Whether the query begins the name, a word of it, or the address, as the site's user search has it."""
    wanted = query.strip().casefold()
    name = person.name.casefold()
    return (
        name.startswith(wanted)
        or person.email.casefold().startswith(wanted)
        or any(w.startswith(wanted) for w in name.split())
    )


def as_user(person: Person, base: str, *, hide_email: bool = False) -> dict[str, Any]:
    """The person as the platform API shows people (schema User)."""
    shown = {
        "self": f"{base}/rest/api/3/user?accountId={person.id}",
        "accountId": person.id,
        "accountType": "atlassian" if person.is_agent else "customer",
        "displayName": person.name,
        "active": bool(person.active),
        "timeZone": "America/Denver",
    }
    return shown if hide_email else {**shown, "emailAddress": person.email}


def as_service_desk_user(person: Person, base: str, *, hide_email: bool = False) -> dict[str, Any]:
    """The person as the service desk API shows people (schema UserDTO)."""
    address = f"{base}/rest/api/3/user?accountId={person.id}"
    shown = {
        "accountId": person.id,
        "displayName": person.name,
        "active": bool(person.active),
        "timeZone": "America/Denver",
        "_links": {"jiraRest": address, "self": address},
    }
    return shown if hide_email else {**shown, "emailAddress": person.email}


class Gate:
    """Checks tokens. The first token seen for an address is that account's from then on; only its salted hash is kept."""

    def __init__(self) -> None:
        self._key = os.urandom(32)
        self._known: dict[str, tuple[bytes, bytes]] = {}
        self._lock = threading.Lock()

    def remembers(self, email: str, token: str, stored: bytes | None) -> bool:
        """Whether this token was found right before and nobody changed the stored hash since: saves the slow check."""
        with self._lock:
            return stored is not None and self._known.get(email.casefold()) == (stored, self._fingerprint(token))

    def check(self, connection: sqlite3.Connection, email: str, token: str) -> bool:
        """Whether the token is the account's own; ``connection`` is written to when it is the first one seen."""
        row = connection.execute("SELECT id, salt, token_hash FROM account WHERE email = ?", (email,)).fetchone()
        account_id = row["id"] if row else add(connection, email, email.partition("@")[0], "agent").id
        stored: bytes | None = row["token_hash"] if row else None
        if stored is None:
            salt = os.urandom(16)
            stored = _hash(token, salt, _ROUNDS)
            connection.execute("UPDATE account SET salt = ?, token_hash = ? WHERE id = ?", (salt, stored, account_id))
        elif not _is_of(token, row["salt"], stored):
            return False
        with self._lock:
            self._known[email.casefold()] = (stored, self._fingerprint(token))
        return True

    def _fingerprint(self, token: str) -> bytes:
        return hmac.digest(self._key, token.encode(), "sha256")


def revoke(connection: sqlite3.Connection, email: str) -> None:
    """Make the account's token worthless; no other is taken in its place until ``admit``."""
    connection.execute(
        "UPDATE account SET salt = ?, token_hash = ? WHERE email = ?", (os.urandom(16), os.urandom(32), email)
    )


def admit(connection: sqlite3.Connection, email: str) -> None:
    """Forget the account's token: the next one seen is its own."""
    connection.execute("UPDATE account SET salt = NULL, token_hash = NULL WHERE email = ?", (email,))


def _hash(token: str, salt: bytes, rounds: int) -> bytes:
    """What is stored of a token: by how many rounds it was hashed, and the hash."""
    return rounds.to_bytes(4, "big") + hashlib.pbkdf2_hmac("sha256", token.encode(), salt, rounds)


def _is_of(token: str, salt: bytes, stored: bytes) -> bool:
    rounds = int.from_bytes(stored[:-_DIGEST], "big") or _ROUNDS  # the first practice desks stored the hash alone
    return hmac.compare_digest(stored[-_DIGEST:], _hash(token, salt, rounds)[-_DIGEST:])
