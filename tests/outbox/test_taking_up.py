"""What was set aside is taken up when its key is back: every call once, as it was, whenever the program dies meanwhile."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from ptodesk_gui.outbox import opening
from ptodesk_gui.outbox.database import Database
from ptodesk_gui.outbox.filer import Filer
from ptodesk_gui.outbox.migrations import MIGRATIONS
from ptodesk_gui.outbox.personal import SEALED_COLUMNS
from ptodesk_gui.outbox.retry import claimed
from ptodesk_gui.sop.progress import PlanState, StepState
from ptodesk_gui.sop.steps import Ticket
from tests.outbox.fakes import SITE, FakeDesk, Killed, Workstation, create, happened, queue, remind, whole_call
from tests.outbox.keyrings import LOCKED, FakeKeyring, begin, drafts_of, key_files, set_aside, step_rows

FILED = (create(Ticket.HOMEOWNER), remind("homeowner.create"))


def begun(path: Path, keyring: FakeKeyring) -> list[tuple[object, ...]]:
    """A store as an agent leaves it: a call that is filed, one that a program died over, one that waits, one not ended."""
    with closing(begin(path, keyring)) as store:
        queue(store, *FILED, call_id="filed")
        filer = Filer(store, {SITE: FakeDesk()}.get)
        assert filer.run_until_idle(60)
        filer.stop(0)
        queue(store, create(Ticket.HOMEOWNER), call_id="queued")
        plan_id = queue(store, *whole_call(), call_id="under way")
        store.queue.update(plan_id, "homeowner.create", lambda row: claimed(row, 1_800_000_000.0, None))
        store.save_draft("draft", {"n": 1}, "concern")
    return step_rows(path)


def locked_out(keyring: FakeKeyring) -> dict[str, bytes]:
    """The keyring is reset; what was in it."""
    before = dict(keyring.keys)
    keyring.keys.clear()
    return before


def started(path: Path, keyring: FakeKeyring) -> str:
    """What a start says of what came back."""
    with closing(begin(path, keyring)) as store:
        return store.look_after()


def test_everything_is_back_as_it_was_and_counted(tmp_path: Path) -> None:
    path, keyring = tmp_path / "outbox.db", FakeKeyring()
    rows = begun(path, keyring)
    with closing(begin(path, keyring)) as store:
        follow_ups = store.follow_ups.every()
    before = locked_out(keyring)
    with closing(begin(path, keyring)) as store:
        store.save_draft("new", {}, "")
        assert store.look_after() == ""
        assert set_aside(tmp_path) != []
        keyring.keys |= before
        said = store.look_after()
        assert "3 calls that are not all filed and 1 call that was not ended are here again" in said
        assert drafts_of(store) == {"draft": {"n": 1}, "new": {}}
        assert {p.title for p in store.all_progress()} == {"Jane Doe, Sunny Roofs"}
        (back,) = store.follow_ups.every()
        assert (back.text, back.due, back.state) == (follow_ups[0].text, follow_ups[0].due, follow_ups[0].state)
        assert store.look_after() == ""
        assert not store.wants_care
    assert step_rows(path) == rows
    assert set_aside(tmp_path) == []
    assert len(keyring.keys) == 1  # the key of what is no more is no more


def test_what_a_program_died_over_is_looked_up_and_everything_happens_exactly_once(machine: Workstation) -> None:
    """The request of the step that was being sent had arrived."""
    machine.desk.faults["homeowner.create"] = ["killed after"]
    store, filer = machine.start(workers=1)
    plan_id = queue(store, *whole_call())
    with pytest.raises(Killed):
        filer.run_until_idle(60)
    assert store.progress(plan_id).steps[0].state is StepState.SENDING
    machine.end()
    (key,) = key_files(machine.path.parent)
    held = key.rename(machine.path.parent / "held")
    begin(machine.path).close()
    machine.end()
    held.rename(key)
    store, filer = machine.start()
    store.look_after()
    assert filer.run_until_idle(3600)
    assert [progress.state for progress in store.all_progress()] == [PlanState.FILED]
    assert happened(machine.desk) == dict.fromkeys((step.id for step in whole_call()), 1)


# --- the program dies -------------------------------------------------------------------------------------------------


class Death:
    """The program dies at its n-th act on the disk or the keyring, before or after it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.left: int | None = None
        self.after = False
        real = Database.writing
        death = self

        @contextmanager
        def writing(database: Database) -> Iterator[Any]:
            with death.acts(), real(database) as db:
                yield db
                if death.left == -1 and not death.after:
                    raise Killed

        monkeypatch.setattr(Database, "writing", writing)
        for owner, name in (
            (os, "replace"),
            (Path, "unlink"),
            (FakeKeyring, "keep"),
            (FakeKeyring, "forget"),
            (opening, "migrate"),
            (opening, "scrub"),
        ):
            monkeypatch.setattr(owner, name, self._watched(getattr(owner, name)))

    @contextmanager
    def acts(self) -> Iterator[None]:
        if self.left is not None:
            self.left -= 1
        yield
        if self.left == -1 and self.after:
            raise Killed

    def _watched(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*args: Any, **more: Any) -> Any:
            with self.acts():
                if self.left == -1 and not self.after:
                    raise Killed
                return real(*args, **more)

        return watched


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes], list[tuple[object, ...]]]:
    """A folder with a store, what its keyring holds, and the steps in it."""
    folder, keyring = tmp_path_factory.mktemp("left"), FakeKeyring()
    rows = begun(folder / "outbox.db", keyring)
    return folder, keyring.keys, rows


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_whatever_act_it_dies_at_nothing_is_lost_and_nothing_doubled(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    left: tuple[Path, dict[str, bytes], list[tuple[object, ...]]],
    after: bool,
) -> None:
    folder, secrets, rows = left
    death = Death(monkeypatch)
    death.after = after
    act, died = 0, True
    while died:
        path, keyring = tmp_path / str(act) / "outbox.db", FakeKeyring()
        death.left = None
        shutil.copytree(folder, path.parent)
        death.left = act
        died = until_done(death, lambda: started(path, keyring))  # noqa: B023
        keyring.keys |= secrets
        died = until_done(death, lambda: started(path, keyring)) or died  # noqa: B023
        death.left = None
        assert step_rows(path) == rows
        assert set_aside(path.parent) == []
        with closing(begin(path, keyring)) as store:
            assert drafts_of(store) == {"draft": {"n": 1}}
            assert len(store.follow_ups.every()) == 1
        act += 1
    assert act > 10  # setting aside, a new store, two writes, the end of the file and of its key


def until_done(death: Death, work: Callable[[], object]) -> bool:
    """Whether the program died before it was done."""
    died = False
    while True:
        try:
            work()
        except Killed:
            died, death.left = True, None
        else:
            return died


KILLED = """
import os, signal, sys
from contextlib import closing, contextmanager
from pathlib import Path
from ptodesk_gui.outbox.database import Database
from ptodesk_gui.outbox.store import Store

real, left, after = Database.writing, [int(sys.argv[2])], sys.argv[3] == "after"

@contextmanager
def writing(database):
    left[0] -= 1
    with real(database) as db:
        yield db
        if left[0] == -1 and not after:
            os.kill(os.getpid(), signal.SIGKILL)
    if left[0] == -1:
        os.kill(os.getpid(), signal.SIGKILL)

Database.writing = writing
with closing(Store(Path(sys.argv[1]), may_set_aside=True)) as store:
    store.look_after()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
@pytest.mark.parametrize("act", ["0 before", "0 after", "1 before", "1 after", "2 before", "2 after"])
def test_a_signal_that_ends_it_at_once_loses_and_doubles_nothing(tmp_path: Path, act: str) -> None:
    path = tmp_path / "outbox.db"
    with closing(begin(path)) as store:
        queue(store, *whole_call(), call_id="queued")
        filer = Filer(store, {SITE: FakeDesk()}.get)
        filer.run_until_idle(60)
        filer.stop(0)
        queue(store, *whole_call(), call_id="under way")
        store.save_draft("draft", {"n": 1}, "")
    rows = step_rows(path)
    (key,) = tmp_path.glob("*.key-*")
    held = key.rename(tmp_path / "held")
    begin(path).close()
    held.rename(key)
    child = subprocess.run([sys.executable, "-c", KILLED, str(path), *act.split()], timeout=120, check=False)
    assert child.returncode == -9
    with closing(begin(path)) as store:
        store.look_after()
        assert drafts_of(store) == {"draft": {"n": 1}}
    assert step_rows(path) == rows
    assert set_aside(tmp_path) == []


# --- more than one ----------------------------------------------------------------------------------------------------


def test_several_that_were_set_aside_all_come_back_in_any_order(tmp_path: Path) -> None:
    path, keyring, known = tmp_path / "outbox.db", FakeKeyring(), dict[str, bytes]()
    for n in range(3):
        with closing(begin(path, keyring)) as store:
            queue(store, *whole_call(), call_id=f"call-{n}")
        known |= locked_out(keyring)
    with closing(begin(path, keyring)) as store:
        assert len(set_aside(tmp_path)) == 3
        for name, key in reversed(known.items()):
            keyring.keys[name] = key
            assert "1 call that is not all filed" in store.look_after()
        assert [progress.call_id for progress in store.all_progress()] == ["call-0", "call-1", "call-2"]
    assert set_aside(tmp_path) == []


def test_what_went_on_elsewhere_is_not_taken_up_as_it_was_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It came back, could not be removed, was filed, and then the store it came back into lost its key as well."""
    path, keyring, desk = tmp_path / "outbox.db", FakeKeyring(), FakeDesk()
    with closing(begin(path, keyring)) as store:
        queue(store, *whole_call())
    first = locked_out(keyring)
    with monkeypatch.context() as patch:
        patch.setattr("ptodesk_gui.outbox.taking_up._ended", lambda *_, **__: "")
        patch.setattr("ptodesk_gui.outbox.aside.remove_taken_up", lambda path: None)
        with closing(begin(path, keyring)) as store:
            keyring.keys |= first
            store.look_after()
            filer = Filer(store, {SITE: desk}.get)
            assert filer.run_until_idle(60)
            filer.stop(0)
        second = {name: key for name, key in keyring.keys.items() if name not in first}
        keyring.keys = dict(first)
        with closing(begin(path, keyring)) as store:
            assert len(set_aside(tmp_path)) == 2
            assert (store.look_after(), store.all_progress()) == ("", ())
    keyring.keys |= second
    for _ in range(2):
        started(path, keyring)
    with closing(begin(path, keyring)) as store:
        assert [progress.state for progress in store.all_progress()] == [PlanState.FILED]
    assert set_aside(tmp_path) == []
    assert set(happened(desk).values()) == {1}


def test_a_call_that_was_queued_anew_meanwhile_counts_as_it_is_now(tmp_path: Path) -> None:
    path, keyring = tmp_path / "outbox.db", FakeKeyring()
    with closing(begin(path, keyring)) as store:
        store.save_draft("call-1", {"n": "old"}, "")
        store.save_draft("call-2", {"n": "old"}, "")
    before = locked_out(keyring)
    with closing(begin(path, keyring)) as store:
        store.save_draft("call-1", {"n": "new"}, "")
        queue(store, create(Ticket.HOMEOWNER), call_id="call-2")
        keyring.keys |= before
        store.look_after()
        assert drafts_of(store) == {"call-1": {"n": "new"}}
        assert len(store.all_progress()) == 1


def test_while_the_key_is_away_nothing_is_touched(tmp_path: Path) -> None:
    path, keyring = tmp_path / "outbox.db", FakeKeyring()
    begun(path, keyring)
    locked_out(keyring)
    with closing(begin(path, keyring)) as store:
        (old,) = set_aside(tmp_path)
        content = old.read_bytes()
        keyring.trouble = LOCKED
        assert store.look_after() == ""
        keyring.trouble = None
        keyring.keys |= dict.fromkeys([aside_id(old)], bytes(32))  # another key under its name
        assert store.look_after() == ""
        assert store.wants_care
    assert old.read_bytes() == content


def aside_id(path: Path) -> str:
    with closing(sqlite3.connect(path)) as db:
        (found,) = db.execute("SELECT id FROM store").fetchone()
    return str(found)


def test_what_cannot_be_read_of_it_stays_in_its_file_and_the_rest_comes_back(tmp_path: Path) -> None:
    path, keyring = tmp_path / "outbox.db", FakeKeyring()
    begun(path, keyring)
    before = locked_out(keyring)
    begin(path, keyring).close()
    (old,) = set_aside(tmp_path)
    with closing(sqlite3.connect(old)) as db, db:
        db.execute("UPDATE plans SET title = CAST(x'01' || randomblob(40) AS BLOB) WHERE call_id = 'queued'")
    keyring.keys |= before
    with closing(begin(path, keyring)) as store:
        said = store.look_after()
        assert {progress.call_id for progress in store.all_progress()} == {"filed", "under way"}
        assert store.look_after() == ""
    (kept,) = tmp_path.glob("*.damaged-*")
    assert f"keep the file {kept.name}" in said
    assert set_aside(tmp_path) == []


def test_a_file_that_is_no_store_is_spoken_of_and_left_alone(tmp_path: Path) -> None:
    stray = tmp_path / "outbox.db.without-key-20260314-120000-0"
    stray.write_bytes(b"\xff" * 5000)
    with closing(begin(tmp_path / "outbox.db")) as store:
        assert f"set aside as {stray.name} and cannot be read" in store.notice
        assert store.look_after() == ""
    assert stray.read_bytes() == b"\xff" * 5000


# --- nothing is forgotten ---------------------------------------------------------------------------------------------

# What is not sealed: random ids and keys, times, states, numbers, tickets' keys and pages, the site, names of the playbook's.
OPEN_TEXT = {
    "drafts": {"call_id"},
    "filed_calls": {"call_id"},
    "plans": {"call_id", "site"},
    "steps": {"step_id", "step_key", "state", "ticket", "url", "scope"},
    "follow_ups": {
        *("step_id", "role", "ticket", "state", "transition", "resolution", "category", "reply_key"),
    },
    "store": {"id", "key_check"},
    "found_by": {"facts"},  # sealed; not taken up but made anew
    "terms": {"term"},  # made with the key; not taken up but made anew
    "draft_ages": {"call_id"},
    "taken_up": {"id"},
}


def test_every_column_for_text_is_sealed_or_known_to_hold_nothing_personal(tmp_path: Path) -> None:
    """A new column has to be put on one of the two lists; and what is taken up is sealed as what is written."""
    with closing(Database(tmp_path / "outbox.db", MIGRATIONS)) as database, database.reading() as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        texts = {
            table: {
                name for _, name, kind, *_ in db.execute(f"PRAGMA table_info({table})") if re.search("TEXT|BLOB", kind)
            }
            for table in tables
        }
    assert texts == {
        table: OPEN_TEXT.get(table, set()) | set(SEALED_COLUMNS.get(table, ()))
        for table in OPEN_TEXT.keys() | set(tables)
    }
