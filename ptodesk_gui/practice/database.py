"""The practice desk's SQLite file: its tables, and reading and writing it from several threads and processes."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SCHEMA_VERSION = 1
BUSY_SECONDS = 20.0

SCHEMA = """
CREATE TABLE site (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE project (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, desk_id INTEGER NOT NULL UNIQUE,
    visible INTEGER NOT NULL, next_number INTEGER NOT NULL DEFAULT 1);
CREATE TABLE issue_type (id INTEGER PRIMARY KEY, name TEXT NOT NULL, description TEXT NOT NULL);
CREATE TABLE status (id INTEGER PRIMARY KEY, name TEXT NOT NULL, category TEXT NOT NULL, position INTEGER NOT NULL);
CREATE TABLE resolution (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE category (id INTEGER PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE priority (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE transition (id INTEGER PRIMARY KEY, name TEXT NOT NULL, to_status INTEGER NOT NULL REFERENCES status,
    from_open INTEGER NOT NULL, closing INTEGER NOT NULL);
CREATE TABLE link_type (id INTEGER PRIMARY KEY, name TEXT NOT NULL, inward TEXT NOT NULL, outward TEXT NOT NULL);
CREATE TABLE field (id TEXT PRIMARY KEY, name TEXT NOT NULL, type TEXT NOT NULL, items TEXT, custom TEXT, role TEXT UNIQUE,
    screen INTEGER NOT NULL);
CREATE TABLE request_type (id INTEGER PRIMARY KEY, project_id INTEGER NOT NULL REFERENCES project, name TEXT NOT NULL,
    description TEXT NOT NULL, issue_type INTEGER NOT NULL REFERENCES issue_type);
CREATE TABLE account (id TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE COLLATE NOCASE, name TEXT NOT NULL, kind TEXT NOT NULL,
    active INTEGER NOT NULL DEFAULT 1, salt BLOB, token_hash BLOB);
CREATE TABLE organization (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE COLLATE NOCASE, uuid TEXT NOT NULL, created REAL NOT NULL);
CREATE TABLE desk_organization (project_id INTEGER NOT NULL REFERENCES project, organization_id INTEGER NOT NULL REFERENCES organization,
    PRIMARY KEY (project_id, organization_id));
CREATE TABLE desk_customer (project_id INTEGER NOT NULL REFERENCES project, account_id TEXT NOT NULL REFERENCES account,
    PRIMARY KEY (project_id, account_id));
CREATE TABLE issue (id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE COLLATE NOCASE, project_id INTEGER NOT NULL REFERENCES project,
    issue_type INTEGER NOT NULL REFERENCES issue_type, summary TEXT NOT NULL, description TEXT, text TEXT NOT NULL DEFAULT '',
    status INTEGER NOT NULL REFERENCES status, resolution INTEGER REFERENCES resolution, resolved REAL,
    category INTEGER REFERENCES category, priority INTEGER NOT NULL REFERENCES priority,
    reporter TEXT REFERENCES account, creator TEXT NOT NULL REFERENCES account, assignee TEXT REFERENCES account,
    labels TEXT NOT NULL DEFAULT '[]', request_type INTEGER REFERENCES request_type, organizations TEXT NOT NULL DEFAULT '[]',
    created REAL NOT NULL, updated REAL NOT NULL, indexed REAL NOT NULL);
CREATE INDEX issue_by_project ON issue (project_id, created);
CREATE INDEX issue_by_creation ON issue (created);
CREATE TABLE old_key (key TEXT PRIMARY KEY COLLATE NOCASE, issue_id INTEGER NOT NULL REFERENCES issue);
CREATE TABLE issue_property (issue_id INTEGER NOT NULL REFERENCES issue, key TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (issue_id, key));
CREATE TABLE comment (id INTEGER PRIMARY KEY AUTOINCREMENT, issue_id INTEGER NOT NULL REFERENCES issue, author TEXT NOT NULL REFERENCES account,
    body TEXT NOT NULL, text TEXT NOT NULL, created REAL NOT NULL, internal INTEGER NOT NULL, properties TEXT NOT NULL);
CREATE INDEX comment_by_issue ON comment (issue_id, id);
CREATE TABLE link (id INTEGER PRIMARY KEY AUTOINCREMENT, type INTEGER NOT NULL REFERENCES link_type, inward_id INTEGER NOT NULL REFERENCES issue,
    outward_id INTEGER NOT NULL REFERENCES issue, UNIQUE (type, inward_id, outward_id));
CREATE INDEX link_by_outward ON link (outward_id);
CREATE TABLE task (id INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT NOT NULL, created REAL NOT NULL, due REAL NOT NULL,
    moves TEXT NOT NULL, done TEXT, failed TEXT);
"""


class Database:
    """The file and its connections, one per request in progress, kept for the next."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._idle: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._closed = False

    def is_empty(self) -> bool:
        """Whether nobody has made the desk yet.

        Raises RuntimeError for a file that a newer version of the program made.
        """
        with self.read() as connection:
            version: int = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > SCHEMA_VERSION:
            raise RuntimeError("This practice desk was made by a newer version of the program.")
        return version == 0

    def create(self) -> None:
        """Make the tables. The caller keeps others out until the desk is furnished."""
        connection = self._take()
        os.chmod(self.path, 0o600)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(f"BEGIN IMMEDIATE; {SCHEMA} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;")
        self._give_back(connection)

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees one state of the desk throughout."""
        connection = self._take()
        try:
            connection.execute("BEGIN")
            yield connection
        finally:
            connection.rollback()
            self._give_back(connection)

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """A connection that changes the desk: everything in the block, or, when it raises, nothing."""
        connection = self._take()
        try:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()
        finally:
            self._give_back(connection)

    def close(self) -> None:
        """Close the connections: those not in use now, the others when they are given back."""
        with self._lock:
            idle, self._idle, self._closed = self._idle, [], True
        for connection in idle:
            connection.close()

    def _take(self) -> sqlite3.Connection:
        with self._lock:
            self._closed = False
            if self._idle:
                return self._idle.pop()
        connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        return connection

    def _give_back(self, connection: sqlite3.Connection) -> None:
        with self._lock:
            if not self._closed:
                self._idle.append(connection)
                return
        connection.close()
