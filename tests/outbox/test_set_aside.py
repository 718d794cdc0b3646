"""A store whose key cannot be had keeps no program from starting, is never deleted, and its calls are spoken of until they are back."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from ptodesk_gui.outbox import keys
from ptodesk_gui.outbox.keys import NoKey
from ptodesk_gui.outbox.store import Store, StoreError
from ptodesk_gui.sop.steps import Ticket
from tests.outbox.fakes import create, queue, whole_call
from tests.outbox.keyrings import LOCKED, FakeKeyring, begin, drafts_of, key_files, set_aside

HELD = """
import sys
from pathlib import Path
from ptodesk_gui.outbox.store import Store
store = Store(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.readline()
store.save_draft("from the other program", {}, "")
store.close()
"""


def filled(path: Path, keyring: FakeKeyring | None = None) -> None:
    """A store with two calls that are not filed and one that was not ended."""
    with closing(begin(path, keyring)) as store:
        queue(store, *whole_call(), call_id="call-1")
        queue(store, create(Ticket.HOMEOWNER), call_id="call-2")
        store.save_draft("call-3", {"n": 3}, "concern")


def test_the_key_of_a_store_is_kept_in_the_keyring_and_nowhere_else(tmp_path: Path) -> None:
    keyring = FakeKeyring()
    filled(tmp_path / "outbox.db", keyring)
    (key,) = keyring.keys.values()
    assert key_files(tmp_path) == []
    assert not any(key in path.read_bytes() for path in tmp_path.iterdir())
    with closing(begin(tmp_path / "outbox.db", keyring)) as store:
        assert (store.notice, len(store.drafts())) == ("", 1)


def test_without_a_keyring_the_key_lies_beside_the_store_and_that_is_said_once(tmp_path: Path) -> None:
    keyring = FakeKeyring(trouble=NoKey("There is no keyring.", "Ask IT."))
    with closing(begin(tmp_path / "outbox.db", keyring)) as store:
        assert "protected by file permissions only" in store.notice
        store.save_draft("call-1", {}, "")
    assert len(key_files(tmp_path)) == 1
    with closing(begin(tmp_path / "outbox.db", keyring)) as store:
        assert (store.notice, len(store.drafts())) == ("", 1)


def test_sample_data_has_its_key_beside_it_without_a_word(tmp_path: Path) -> None:
    with closing(begin(tmp_path / "outbox.db")) as store:
        assert store.notice == store.look_after() == ""
        assert not store.wants_care
    assert len(key_files(tmp_path)) == 1


def test_a_key_beside_the_store_goes_into_a_keyring_that_is_there_later(tmp_path: Path) -> None:
    keyring = FakeKeyring(trouble=LOCKED)
    filled(tmp_path / "outbox.db", keyring)
    keyring.trouble = None
    with closing(begin(tmp_path / "outbox.db", keyring)) as store:
        assert store.wants_care
        assert store.look_after() == ""
        assert not store.wants_care
    assert key_files(tmp_path) == []
    with closing(begin(tmp_path / "outbox.db", keyring)) as store:
        assert len(store.drafts()) == 1


def test_a_keyring_that_is_reset_while_the_program_runs_gets_the_key_back(tmp_path: Path) -> None:
    keyring = FakeKeyring()
    with closing(begin(tmp_path / "outbox.db", keyring)) as store:
        store.save_draft("call-1", {}, "")
        keyring.keys.clear()
        store.look_after()
    with closing(begin(tmp_path / "outbox.db", keyring)) as store:
        assert (store.notice, len(store.drafts())) == ("", 1)


def test_a_store_that_has_to_be_opened_anew_while_the_keyring_is_locked_needs_no_keyring(tmp_path: Path) -> None:
    path, keyring = tmp_path / "outbox.db", FakeKeyring()
    with closing(begin(path, keyring)) as store:
        store.save_draft("call-1", {"n": 1}, "")
        keyring.trouble = LOCKED
        content = path.read_bytes()
        path.unlink()  # and it is another file now, as after a copy was brought back
        path.write_bytes(content)
        assert store.save_draft("call-2", {"n": 2}, "")
        assert set_aside(tmp_path) == []
    keyring.trouble = None
    with closing(begin(path, keyring)) as store:
        assert "call-2" in drafts_of(store)


@pytest.mark.parametrize("how", ["reset", "locked", "changed", "no file"])
def test_a_store_without_its_key_is_set_aside_and_its_calls_are_counted(tmp_path: Path, how: str) -> None:
    path, keyring = tmp_path / "outbox.db", None if how == "no file" else FakeKeyring()
    filled(path, keyring)
    if keyring is None:
        key_files(tmp_path)[0].unlink()
        reason = keys.GONE_FILE
    elif how == "reset":
        keyring.keys.clear()
        reason = keys.GONE
    elif how == "changed":
        keyring.keys = dict.fromkeys(keyring.keys, bytes(32))
        reason = keys.OTHER
    else:
        keyring.trouble, reason = LOCKED, LOCKED.reason
    with closing(begin(path, keyring)) as store:
        (old,) = set_aside(tmp_path)
        assert reason in store.notice
        assert (
            f"set aside as {old.name}, with 2 calls that are not all filed and 1 call that was not ended"
            in store.notice
        )
        assert drafts_of(store) == {}
        queue(store, create(Ticket.HOMEOWNER), call_id="call-4")
    with closing(begin(path, keyring)) as store:
        assert len(store.all_progress()) == 1
        assert reason not in store.notice
        assert old.name in store.notice  # until it is back
    with closing(sqlite3.connect(old)) as db:
        assert db.execute("SELECT count(*) FROM steps").fetchone() == (len(whole_call()) + 1,)
    assert (
        sorted(path.name for path in tmp_path.glob(f"{old.name}-*")) == []
    )  # it is one file, with all that was committed


def test_a_store_in_which_nothing_is_begins_anew_without_a_word(tmp_path: Path) -> None:
    keyring = FakeKeyring()
    begin(tmp_path / "outbox.db", keyring).close()
    keyring.keys.clear()
    with closing(begin(tmp_path / "outbox.db", keyring)) as store:
        assert store.notice == ""
        assert store.save_draft("call-1", {}, "")
    assert set_aside(tmp_path) == []


def test_a_program_that_may_not_set_aside_says_why_and_leaves_the_store_as_it_is(tmp_path: Path) -> None:
    path, keyring = tmp_path / "outbox.db", FakeKeyring()
    filled(path, keyring)
    before = path.read_bytes()
    keyring.trouble = LOCKED
    with pytest.raises(StoreError, match=r"cannot be opened\. The keyring is locked\. Unlock it\."):
        Store(path, keyring=keyring)
    assert (set_aside(tmp_path), path.read_bytes()) == ([], before)
    keyring.trouble = None
    with closing(Store(path, keyring=keyring)) as store:
        assert len(store.drafts()) == 1


@pytest.mark.parametrize("empty", [False, True])
def test_a_store_that_another_program_has_open_is_never_set_aside_under_it(tmp_path: Path, empty: bool) -> None:
    path = tmp_path / "outbox.db"
    if not empty:
        filled(path)
    child = subprocess.Popen(
        [sys.executable, "-c", HELD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == "open\n"
        (key,) = key_files(tmp_path)
        held = key.rename(tmp_path / "held")
        with pytest.raises(StoreError, match="beside the window or console that has it open"):
            begin(path)
        assert set_aside(tmp_path) == []
        child.communicate("\n", timeout=60)
        assert child.returncode == 0
        held.rename(key)
        with closing(begin(path)) as store:
            assert "from the other program" in drafts_of(store)
    finally:
        child.kill()
        child.communicate()


def test_a_damaged_store_is_not_set_aside_under_a_program_that_has_it_open(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    filled(path)
    child = subprocess.Popen(
        [sys.executable, "-c", HELD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == "open\n"
        with path.open("r+b") as file:
            file.write(b"\xff" * 100)
        with pytest.raises(StoreError, match="a window or console has it open"):
            begin(path)
        assert list(tmp_path.glob("*.damaged-*")) == []
    finally:
        child.kill()
        child.communicate()
    with closing(begin(path)) as store:
        assert "has been set aside" in store.notice


def test_a_program_that_was_killed_has_the_store_open_no_more(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    filled(path)
    child = subprocess.Popen(
        [sys.executable, "-c", HELD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "open\n"
    child.kill()
    child.communicate()
    key_files(tmp_path)[0].unlink()
    with closing(begin(path)) as store:
        assert "with 2 calls that are not all filed and 1 call that was not ended" in store.notice
