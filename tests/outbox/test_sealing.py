"""What is personal in the store is sealed: a value opens with the key of its store, in its column and its row, or not at all."""

import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from ptodesk_gui.outbox.database import Database, StoreError
from ptodesk_gui.outbox.migrations import MIGRATIONS, SEALED
from ptodesk_gui.outbox.sealing import Seal, UnsealError, new_key
from ptodesk_gui.outbox.store import Store
from ptodesk_gui.sop.steps import Ticket
from tests.outbox.fakes import Workstation, create, plan_of, queue, whole_call

WITNESS = "Wïtness-5d1c"
PLAIN = "INSERT INTO drafts VALUES ('call-1', ?, 'homeowner.email', 1.0)"


def raw(folder: Path) -> bytes:
    """Every byte of every file in the folder."""
    return b"\0".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def spoil(path: Path, statement: str, *values: object) -> None:
    """Change the store's file behind the program's back."""
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(statement, values)


# --- one value --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["Jane", "Jané 🌞\n\0", "x" * 100_000])
def test_a_text_opens_again_where_it_was_sealed(text: str) -> None:
    seal = Seal("store", new_key())
    assert seal.opened("drafts.payload", "call-1", seal.sealed("drafts.payload", "call-1", text)) == text


def test_the_same_text_is_never_sealed_the_same_way_twice() -> None:
    seal = Seal("store", new_key())
    assert len({seal.sealed("plans.title", "call-1", "Jane Doe") for _ in range(100)}) == 100


@pytest.mark.parametrize("where", [("plans.title", "call-2"), ("drafts.payload", "call-1")])
def test_a_text_opens_in_no_other_place(where: tuple[str, str]) -> None:
    seal = Seal("store", new_key())
    with pytest.raises(UnsealError):
        seal.opened(*where, seal.sealed("plans.title", "call-1", "Jane Doe"))


def test_a_text_opens_neither_with_another_key_nor_in_another_store() -> None:
    key = new_key()
    sealed = Seal("store", key).sealed("plans.title", "call-1", "Jane Doe")
    for other in (Seal("store", new_key()), Seal("store-2", key)):
        with pytest.raises(UnsealError):
            other.opened("plans.title", "call-1", sealed)


def test_no_byte_of_a_sealed_text_can_be_changed() -> None:
    seal = Seal("store", new_key())
    sealed = seal.sealed("plans.title", "call-1", "Jane Doe")
    assert isinstance(sealed, bytes)
    for place in range(len(sealed)):
        changed = bytes(byte ^ (1 if at == place else 0) for at, byte in enumerate(sealed))
        with pytest.raises(UnsealError):
            seal.opened("plans.title", "call-1", changed)


@pytest.mark.parametrize("value", ["Jane Doe", b"", b"\x01", b"\x01short", 5, None])
def test_what_was_not_sealed_is_not_taken_for_a_text(value: object) -> None:
    with pytest.raises(UnsealError):
        Seal("store", new_key()).opened("plans.title", "call-1", value)  # type: ignore[arg-type]


# --- the file ---------------------------------------------------------------------------------------------------------


def test_nothing_of_a_call_is_in_the_files_of_the_store(machine: Workstation) -> None:
    store, _ = machine.start()
    store.save_draft("draft", {"values": {"homeowner.first_name": WITNESS}}, WITNESS)
    plan_id = store.add_plan(
        "call-1", "https://desk.example", WITNESS, plan_of(create(Ticket.HOMEOWNER)), {"note": WITNESS}
    )
    folder = machine.path.parent
    for _ in range(2):  # with the log of the open file, and after closing
        found = raw(folder)
        assert WITNESS.encode() not in found
        assert WITNESS.encode("unicode_escape") not in found
        assert b"call-1" in found  # it is the store that was looked through
        machine.end()
    assert machine.start()[0].progress(plan_id).title == WITNESS


def test_a_value_that_was_moved_to_another_row_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    with closing(Store(path)) as store:
        queue(store, *whole_call(), call_id="call-1")
        queue(store, *whole_call(), call_id="call-2")
    spoil(path, "UPDATE plans SET title = (SELECT title FROM plans WHERE call_id = 'call-1')")
    with closing(Store(path)) as store:
        assert store.progress(1).title == "Jane Doe, Sunny Roofs"
        with pytest.raises(StoreError, match="damaged"):
            store.progress(2)


def test_a_text_that_was_written_into_the_file_by_hand_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    with closing(Store(path)) as store:
        queue(store, *whole_call())
    spoil(path, "UPDATE plans SET title = 'John Roe'")
    with closing(Store(path)) as store, pytest.raises(StoreError, match="damaged"):
        store.progress(1)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has access lists")
def test_every_file_of_the_store_is_for_the_user_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        path = tmp_path / "data" / "outbox.db"
        Database(path, MIGRATIONS[: SEALED - 1]).close()
        with closing(Store(path)) as store:
            store.save_draft("call-1", {}, "")
            modes = {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()}
    finally:
        os.umask(before)
    assert any(".key-" in name for name in modes)
    assert {name: mode for name, mode in modes.items() if mode != 0o600} == {}


# --- a file of before -------------------------------------------------------------------------------------------------


def test_a_store_of_before_is_sealed_and_nothing_of_it_stays_readable(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    of_before(path, drafts=400)
    assert WITNESS.encode() in raw(tmp_path)
    with closing(Store(path)) as store:
        assert WITNESS.encode() not in raw(tmp_path)
        (draft,) = store.drafts()
        assert (draft.payload, draft.focus) == ({"n": WITNESS}, "homeowner.email")
        assert not path.with_name("outbox.db.v2.backup").exists()
    assert WITNESS.encode() not in raw(tmp_path)


def test_what_a_program_that_died_left_readable_is_gone_after_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It dies when all is sealed, and nothing is cleared away yet."""
    path = tmp_path / "outbox.db"
    of_before(path, drafts=400)

    class DiedError(BaseException):
        pass

    def die(*_: object, **__: object) -> None:
        raise DiedError

    with monkeypatch.context() as patch:
        patch.setattr("ptodesk_gui.outbox.opening.scrub", die)
        with pytest.raises(DiedError):
            Store(path)
    assert path.with_name("outbox.db.v2.backup").exists()
    with closing(Store(path)) as store:
        assert [draft.payload for draft in store.drafts()] == [{"n": WITNESS}]
        assert WITNESS.encode() not in raw(tmp_path)


def of_before(path: Path, drafts: int) -> None:
    """A store of the last version that sealed nothing: one draft is left of many."""
    with closing(Database(path, MIGRATIONS[: SEALED - 1])) as database:
        with database.writing() as db:
            for n in range(drafts):
                db.execute("INSERT INTO drafts VALUES (?, ?, ?, 1.0)", (f"gone-{n}", f'{{"n": "{WITNESS}"}}', WITNESS))
            db.execute(PLAIN, (f'{{"n": "{WITNESS}"}}',))
        with database.writing() as db:
            db.execute("DELETE FROM drafts WHERE call_id != 'call-1'")
