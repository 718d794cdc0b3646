"""The store: what it returned from is on disk, and a file it cannot use is left whole and said so."""

import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from ptodesk_gui.outbox.database import Database
from ptodesk_gui.outbox.migrations import MIGRATIONS
from ptodesk_gui.outbox.store import Store, StoreError
from ptodesk_gui.sop.progress import PlanState, StepState
from ptodesk_gui.sop.steps import Ticket
from tests.outbox.fakes import SITE, Workstation, comment, create, plan_of, queue, reply, whole_call


def keys(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return [key for (key,) in db.execute("SELECT step_key FROM steps ORDER BY plan_id, position")]


def test_a_draft_is_back_with_its_field(machine: Workstation) -> None:
    store, _ = machine.start()
    assert store.save_draft("call-1", {"values": {"homeowner.first_name": 'Jané "{x}" 🌞'}}, "homeowner.email")
    machine.hands.now += 1
    assert store.save_draft("call-2", {"values": {}}, "concern")
    machine.end()
    drafts = machine.start()[0].drafts()
    assert [d.call_id for d in drafts] == ["call-2", "call-1"]
    assert drafts[1].payload == {"values": {"homeowner.first_name": 'Jané "{x}" 🌞'}}
    assert drafts[1].focus == "homeowner.email"


def test_a_draft_saved_again_replaces_the_older_one_and_a_deleted_one_is_gone(machine: Workstation) -> None:
    store, _ = machine.start()
    store.save_draft("call-1", {"n": 1}, "a")
    store.save_draft("call-1", {"n": 2}, "b")
    assert [(d.payload, d.focus) for d in store.drafts()] == [({"n": 2}, "b")]
    store.delete_draft("call-1")
    assert store.drafts() == ()


def test_queueing_a_call_drops_its_draft_and_a_late_autosave_does_not_bring_it_back(machine: Workstation) -> None:
    store, _ = machine.start()
    store.save_draft("call-1", {}, "")
    store.save_draft("call-2", {}, "")
    queue(store, create(Ticket.HOMEOWNER))
    assert not store.save_draft("call-1", {}, "")
    assert [d.call_id for d in store.drafts()] == ["call-2"]


def test_the_same_call_is_never_queued_twice(machine: Workstation) -> None:
    store, _ = machine.start()
    first = queue(store, *whole_call())
    before = keys(machine.path)
    assert queue(store, *whole_call()) == first
    assert keys(machine.path) == before
    assert len(store.all_progress()) == 1
    assert queue(store, *whole_call(), call_id="call-2") != first


def test_each_step_has_a_random_key_of_its_own_as_soon_as_it_is_queued(machine: Workstation) -> None:
    store, _ = machine.start()
    queue(store, *whole_call(), call_id="a")
    queue(store, *whole_call(), call_id="b")
    found = keys(machine.path)
    assert len(set(found)) == 2 * len(whole_call())
    assert all(len(key) == 32 for key in found)
    machine.end()
    machine.start()
    assert keys(machine.path) == found


def test_a_plan_that_was_queued_survives_the_process_that_queued_it(machine: Workstation, project_dir: Path) -> None:
    """The child is killed right after ``add_plan`` returned."""
    code = (
        "import os, sys; from pathlib import Path; from ptodesk_gui.outbox.store import Store;"
        "from tests.outbox.fakes import queue, whole_call;"
        "queue(Store(Path(sys.argv[1])), *whole_call()); os._exit(7)"
    )
    child = subprocess.run([sys.executable, "-c", code, str(machine.path)], cwd=project_dir, timeout=60, check=False)
    assert child.returncode == 7
    (progress,) = machine.start()[0].all_progress()
    assert (progress.state, progress.title, progress.site) == (PlanState.WAITING, "Jane Doe, Sunny Roofs", SITE)
    assert [step.step for step in progress.steps] == list(whole_call())
    assert {step.state for step in progress.steps} == {StepState.WAITING}


def test_properties_reach_the_tickets_that_are_created(machine: Workstation) -> None:
    store, filer = machine.start()
    store.add_plan("call-1", SITE, "t", plan_of(create(Ticket.HOMEOWNER)), {"ptodesk.playbook": {"version": "3"}})
    filer.run_until_idle(60)
    assert machine.desk.targets[0].properties == {"ptodesk.playbook": {"version": "3"}}


def test_properties_reach_a_ticket_that_is_there_with_the_first_thing_said_in_it__O2(machine: Workstation) -> None:
    """Whoever makes or edits it sets them anyway; nobody sets them twice."""
    version = {"ptodesk.playbook": {"version": "3"}}
    store, filer = machine.start()
    home = [replace(one, key="PTO-1") for one in (comment(Ticket.OPEN_HOMEOWNER), reply(Ticket.OPEN_HOMEOWNER))]
    work = replace(reply(Ticket.OPEN_INSTALLER), key="PTO-2")
    made = [create(Ticket.HOMEOWNER), comment(Ticket.HOMEOWNER)]
    store.add_plan("call-1", SITE, "t", plan_of(*home, work, *made), version)
    filer.run_until_idle(60)
    order = [step_id for _, step_id in machine.desk.asked]
    told = dict(zip(order, (target.properties for target in machine.desk.targets), strict=True))
    assert {step for step, properties in told.items() if properties == version} == {
        "open_homeowner.comment",
        "open_installer.reply",
        "homeowner.create",
    }


def test_a_plan_that_is_not_there_is_a_key_error(machine: Workstation) -> None:
    store, filer = machine.start()
    with pytest.raises(KeyError):
        store.progress(5)
    with pytest.raises(KeyError):
        filer.retry(5)


def test_filed_plans_are_listed_up_to_a_number_and_open_ones_all(machine: Workstation) -> None:
    store, filer = machine.start()
    for n in range(6):
        queue(store, create(Ticket.HOMEOWNER), call_id=f"filed-{n}")
    filer.run_until_idle(60)
    waiting = [queue(store, create(Ticket.HOMEOWNER), call_id=f"open-{n}") for n in range(3)]
    ids = [progress.plan_id for progress in store.all_progress(filed=2)]
    assert ids == sorted([*waiting, 5, 6], reverse=True)


# --- several threads, several programs --------------------------------------------------------------------------------


def test_threads_and_programs_write_to_one_store_together(machine: Workstation) -> None:
    stores = [machine.start()[0] for _ in range(2)]
    failures: list[Exception] = []

    def write(store: Store, name: str) -> None:
        try:
            for n in range(15):
                store.save_draft(f"{name}-{n}", {"n": n}, "")
                queue(store, create(Ticket.HOMEOWNER), call_id=f"{name}-{n}")
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(stores[n % 2], f"t{n}")) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(stores[0].all_progress()) == 60
    assert stores[1].drafts() == ()


# --- the file ---------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has access lists")
def test_the_file_and_its_folder_are_for_the_user_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with closing(Store(tmp_path / "data" / "outbox.db")) as store:
            store.save_draft("call-1", {}, "")
            folder = tmp_path / "data"
            assert folder.stat().st_mode & 0o777 == 0o700
            modes = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}
    finally:
        os.umask(before)
    assert {"outbox.db", "outbox.db-wal", "outbox.db-shm"} <= modes.keys()
    assert set(modes.values()) == {0o600}


def test_commits_are_on_disk_when_they_return(machine: Workstation) -> None:
    store, _ = machine.start()
    with store._database.reading() as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert db.execute("PRAGMA synchronous").fetchone() == (2,)


def test_a_file_of_a_newer_program_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
        db.execute("CREATE TABLE future (x)")
        db.commit()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="newer version of the program"):
        Store(path)
    assert path.read_bytes() == before


def test_a_migration_keeps_a_copy_of_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    with closing(Store(path)) as store:
        queue(store, create(Ticket.HOMEOWNER))
    longer = (*MIGRATIONS, ("ALTER TABLE plans ADD COLUMN colour TEXT",))
    Database(path, longer).close()
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT colour FROM plans").fetchall() == [(None,)]
        assert db.execute("PRAGMA user_version").fetchone() == (len(longer),)
    copy = tmp_path / f"outbox.db.v{len(MIGRATIONS)}.backup"
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(copy)) as db:
        assert db.execute("SELECT call_id FROM plans").fetchall() == [("call-1",)]
        assert db.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    Store(path).close()
    broken = (*MIGRATIONS, ("ALTER TABLE plans ADD COLUMN colour TEXT", "NOT SQL"))
    with pytest.raises(StoreError):
        Database(path, broken)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
        assert "colour" not in [column[1] for column in db.execute("PRAGMA table_info(plans)")]


@pytest.mark.parametrize("damage", ["not a database", "a page overwritten"])
def test_a_damaged_file_is_set_aside_whole_and_a_new_one_begun(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "outbox.db"
    with closing(Store(path)) as store:
        for n in range(50):
            store.save_draft(f"call-{n}", {"text": "x" * 3000}, "")
    content = bytearray(path.read_bytes())
    if damage == "not a database":
        content[:100] = b"\xff" * 100
    else:
        content[4096 : 4096 * 20] = b"\xff" * (4096 * 19)
    path.write_bytes(content)
    with closing(Store(path)) as store:
        assert store.drafts() == ()
        queue(store, create(Ticket.HOMEOWNER))
        (aside,) = tmp_path.glob("outbox.db.damaged-*")
        assert aside.read_bytes() == bytes(content)
        assert aside.name in store.notice
    with closing(Store(path)) as store:
        assert store.notice == ""
        assert len(store.all_progress()) == 1


def test_a_large_file_found_damaged_in_use_is_checked_and_set_aside_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ptodesk_gui.outbox.database.CHECKED_BYTES", 4096)
    path = tmp_path / "outbox.db"
    with closing(Store(path)) as store:
        for n in range(50):
            store.save_draft(f"call-{n}", {"text": "x" * 3000}, "")
    content = bytearray(path.read_bytes())
    content[4096 * 24 :] = b"\xff" * (len(content) - 4096 * 24)
    path.write_bytes(content)
    with closing(Store(path)) as store, pytest.raises(StoreError, match="damaged"):
        store.drafts()
    with closing(Store(path)) as store:
        assert "set aside" in store.notice
        assert store.save_draft("call-1", {}, "")
    with closing(Store(path)) as store:
        assert store.notice == ""


def test_a_busy_file_is_not_taken_for_a_damaged_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ptodesk_gui.outbox.database.BUSY_SECONDS", 0.01)
    path = tmp_path / "outbox.db"
    with closing(Store(path)) as store, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="Another program holds the outbox"):
            store.save_draft("call-1", {}, "")
        other.execute("COMMIT")
        assert store.save_draft("call-1", {}, "")
    assert list(tmp_path.glob("*damaged*")) == []


def test_a_full_disk_is_a_sentence_and_costs_nothing_that_was_kept(tmp_path: Path) -> None:
    with closing(Store(tmp_path / "outbox.db")) as store:
        store.save_draft("call-1", {"n": 1}, "")
        with store._database.reading() as db:
            (pages,) = db.execute("PRAGMA page_count").fetchone()
            db.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StoreError, match="The disk is full") as caught:
            store.save_draft("call-2", {"n": "x" * 100_000}, "")
        assert caught.value.cure
        assert [draft.call_id for draft in store.drafts()] == ["call-1"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has access lists")
def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    with pytest.raises(StoreError, match="data folder cannot be used"):
        Store(tmp_path / "data" / "outbox.db")
