"""The store's tables, version by version. A version, once shipped, is never edited: the next one is appended."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from ptodesk_gui.outbox.sealing import SealedConnection

Migration = Sequence[str | Callable[[SealedConnection], None]]


# Table -> its key, what names a row for good, and the columns that version 3 seals.
_PERSONAL: Final[Mapping[str, tuple[str, str, tuple[str, ...]]]] = {
    "drafts": ("call_id", "call_id", ("payload", "focus")),
    "plans": ("call_id", "call_id", ("title", "properties")),
    "steps": ("step_key", "step_key", ("step", "reason", "cure", "left_to_do")),
    "follow_ups": ("id", "plan_id || '/' || step_id", ("text", "reason", "cure")),
}


def _name_it(db: SealedConnection) -> None:
    db.execute("INSERT INTO store VALUES (?, ?, 0)", (db.seal.store_id, db.seal.check()))


def _seal_all(db: SealedConnection) -> None:
    """Seal what is there, a row at a time, and see that it opens again before it is written down for good."""
    for table, (key, name, columns) in _PERSONAL.items():
        wanted = f"SELECT {name}, {', '.join(columns)} FROM {table} WHERE {key} = ?"  # noqa: S608 - names of our own
        update = f"UPDATE {table} SET {', '.join(f'{column} = ?' for column in columns)} WHERE {key} = ?"  # noqa: S608
        places = [f"{table}.{column}" for column in columns]
        for (id_,) in db.execute(f"SELECT {key} FROM {table}").fetchall():  # noqa: S608
            row, *texts = db.execute(wanted, (id_,)).fetchone()
            sealed = [db.seal.sealed(place, row, text) for place, text in zip(places, texts, strict=True)]
            if [db.seal.opened(place, row, value) for place, value in zip(places, sealed, strict=True)] != texts:
                raise sqlite3.IntegrityError("what was sealed does not open")
            db.execute(update, (*sealed, id_))


MIGRATIONS: Final[Sequence[Migration]] = (
    (
        """CREATE TABLE drafts (
            call_id TEXT PRIMARY KEY,
            payload TEXT NOT NULL,
            focus TEXT NOT NULL,
            saved REAL NOT NULL
        ) WITHOUT ROWID""",
        # open: not filed yet; next_try: when something of it goes on by itself (0: now, NULL: never).
        # Both follow from the steps and are written in the same transaction, so that 100,000 filed plans cost nothing.
        """CREATE TABLE plans (
            plan_id INTEGER PRIMARY KEY,
            call_id TEXT NOT NULL UNIQUE,
            site TEXT NOT NULL,
            title TEXT NOT NULL,
            properties TEXT NOT NULL,
            created REAL NOT NULL,
            open INTEGER NOT NULL,
            next_try REAL
        )""",
        "CREATE INDEX plans_open ON plans (site, next_try) WHERE open = 1",
        """CREATE TABLE steps (
            plan_id INTEGER NOT NULL REFERENCES plans (plan_id),
            position INTEGER NOT NULL,
            step_id TEXT NOT NULL,
            step TEXT NOT NULL,
            step_key TEXT NOT NULL UNIQUE,
            state TEXT NOT NULL,
            ticket TEXT,
            url TEXT NOT NULL,
            reason TEXT NOT NULL,
            cure TEXT NOT NULL,
            left_to_do TEXT NOT NULL,
            reporter_missing INTEGER NOT NULL,
            attempts INTEGER NOT NULL,
            looks INTEGER NOT NULL,
            first_attempt REAL,
            last_attempt REAL,
            not_before REAL,
            since REAL NOT NULL,
            scope TEXT NOT NULL,
            for_person INTEGER NOT NULL,
            PRIMARY KEY (plan_id, position),
            UNIQUE (plan_id, step_id)
        ) WITHOUT ROWID""",
        "CREATE INDEX steps_in_trouble ON steps (state) WHERE state NOT IN ('done', 'waiting')",
        """CREATE TABLE reminders (
            plan_id INTEGER NOT NULL REFERENCES plans (plan_id),
            step_id TEXT NOT NULL,
            ticket TEXT NOT NULL,
            due REAL NOT NULL,
            text TEXT NOT NULL,
            next_act TEXT NOT NULL,
            PRIMARY KEY (plan_id, step_id)
        ) WITHOUT ROWID""",
    ),
    (
        # seconds, due: NULL where an answer is awaited without a time (H7); reply_key: the step whose reply is to be answered.
        """CREATE TABLE follow_ups (
            id INTEGER PRIMARY KEY,
            plan_id INTEGER NOT NULL REFERENCES plans (plan_id),
            step_id TEXT NOT NULL,
            role TEXT NOT NULL,
            ticket TEXT NOT NULL,
            text TEXT NOT NULL,
            created REAL NOT NULL,
            seconds REAL,
            due REAL,
            next_look REAL NOT NULL,
            written REAL NOT NULL,
            since REAL NOT NULL,
            state TEXT NOT NULL,
            by_itself INTEGER NOT NULL,
            by_person INTEGER NOT NULL,
            snoozed INTEGER NOT NULL,
            transition TEXT NOT NULL,
            resolution TEXT NOT NULL,
            category TEXT NOT NULL,
            reply_key TEXT NOT NULL,
            looks INTEGER NOT NULL,
            reason TEXT NOT NULL,
            cure TEXT NOT NULL,
            UNIQUE (plan_id, step_id)
        )""",
        "CREATE INDEX follow_ups_open ON follow_ups (next_look) WHERE state NOT IN ('closed', 'kept')",
        # A reminder of before: the hours it was laid for and its ticket's role are in its step; how to close it is not known.
        """INSERT INTO follow_ups
            SELECT NULL, reminders.plan_id, reminders.step_id, json_extract(steps.step, '$.ticket'), reminders.ticket,
                reminders.text, due - 3600.0 * json_extract(steps.step, '$.after_hours'),
                3600.0 * json_extract(steps.step, '$.after_hours'), due, due, steps.since, steps.since, 'waiting',
                next_act = 'close', 0, 0, '', '', '',
                coalesce((SELECT replies.step_key FROM steps AS replies
                    WHERE replies.plan_id = reminders.plan_id AND replies.state = 'done'
                        AND json_extract(replies.step, '$.action') = 'public_reply'
                        AND json_extract(replies.step, '$.ticket') = json_extract(steps.step, '$.ticket')
                    ORDER BY replies.position DESC LIMIT 1), ''),
                0, '', ''
            FROM reminders JOIN steps USING (plan_id, step_id) ORDER BY due""",
        "DROP TABLE reminders",
    ),
    (
        # One row: the store's random name, under which its key is kept; a value by which the key is known; and whether
        # nothing is left in the file, or beside it, of what was there before it was sealed.
        "CREATE TABLE store (id TEXT NOT NULL, key_check BLOB NOT NULL, scrubbed INTEGER NOT NULL)",
        _name_it,
        # Stores that were set aside and whose calls are here again; whole: all of them, else those that were not over.
        "CREATE TABLE taken_up (id TEXT PRIMARY KEY, whole INTEGER NOT NULL) WITHOUT ROWID",
        _seal_all,
    ),
    (
        # The order in which drafts were saved, whatever the clock said.
        "ALTER TABLE drafts ADD COLUMN turn INTEGER NOT NULL DEFAULT 0",
        "UPDATE drafts SET turn = (SELECT count(*) FROM drafts AS older WHERE older.saved <= drafts.saved)",
        # What a past call is found by: sealed, and the beginnings of its words as values that only the key makes.
        "CREATE TABLE found_by (plan_id INTEGER PRIMARY KEY REFERENCES plans (plan_id), facts TEXT NOT NULL)",
        "CREATE TABLE terms (term BLOB NOT NULL, plan_id INTEGER NOT NULL, PRIMARY KEY (term, plan_id)) WITHOUT ROWID",
        # One row: days that were counted so far, the last day that was seen, the highest id of a plan that was removed.
        "CREATE TABLE upkeep (counted INTEGER NOT NULL, day INTEGER, highest INTEGER NOT NULL)",
        "INSERT INTO upkeep VALUES (0, NULL, 0)",
        # since: how many days were counted when the call was over, or when the draft was last saved.
        "CREATE TABLE ages (plan_id INTEGER PRIMARY KEY REFERENCES plans (plan_id), since INTEGER NOT NULL)",
        "CREATE INDEX ages_since ON ages (since)",
        "CREATE TABLE draft_ages (call_id TEXT PRIMARY KEY, turn INTEGER NOT NULL, since INTEGER NOT NULL) WITHOUT ROWID",
    ),
    (
        # The call that was filed, as its draft was: it is gone back to while its countdown runs, and looked up later.
        "CREATE TABLE filed_calls (call_id TEXT PRIMARY KEY, payload TEXT NOT NULL, focus TEXT NOT NULL) WITHOUT ROWID",
    ),
)
SEALED: Final = 3  # the version from which on nothing personal is in the file unsealed


def version_of(connection: sqlite3.Connection) -> int:
    """Which version of the tables the file has; 0 when it is empty."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def migrate(connection: SealedConnection, migrations: Sequence[Migration], backup: Callable[[int], None]) -> None:
    """Bring the file to the newest version, a version per transaction, after ``backup(old version)`` of a file with data."""
    version = version_of(connection)
    if 0 < version < len(migrations):
        backup(version)
    for number, statements in enumerate(migrations[version:], start=version + 1):
        connection.execute("BEGIN IMMEDIATE")
        try:
            for statement in statements:
                if callable(statement):
                    statement(connection)
                else:
                    connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
