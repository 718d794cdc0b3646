"""A keyring that a test can empty, lock and bring back, and what a data folder holds."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from ptodesk_gui.outbox.keys import NoKey
from ptodesk_gui.outbox.store import Store

LOCKED = NoKey("The keyring is locked.", "Unlock it.")


@dataclass
class FakeKeyring:
    """``trouble`` is what it answers to everything, when it is set."""

    keys: dict[str, bytes] = field(default_factory=dict)
    trouble: NoKey | None = None
    asked: int = 0

    def find(self, name: str) -> bytes | NoKey | None:
        self.asked += 1
        return self.trouble or self.keys.get(name)

    def keep(self, name: str, key: bytes) -> NoKey | None:
        self.asked += 1
        if self.trouble is None:
            self.keys[name] = key
        return self.trouble

    def forget(self, name: str) -> None:
        self.keys.pop(name, None)


def begin(path: Path, keyring: FakeKeyring | None = None) -> Store:
    """The store as the window opens it."""
    return Store(path, keyring=keyring, may_set_aside=True)


def set_aside(folder: Path) -> list[Path]:
    """The stores that wait for their key."""
    return sorted(folder.glob("*.without-key-*"))


def key_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.key-*"))


def step_rows(path: Path) -> list[tuple[object, ...]]:
    """What of every step is not sealed, in the order of the calls and their steps."""
    query = (
        "SELECT call_id, position, step_id, step_key, state, ticket, attempts, looks, first_attempt, since, scope"
        " FROM steps JOIN plans USING (plan_id) ORDER BY call_id, position"
    )
    with closing(sqlite3.connect(path)) as db:
        return db.execute(query).fetchall()


def drafts_of(store: Store) -> Mapping[str, object]:
    return {draft.call_id: draft.payload for draft in store.drafts()}
