"""The store under bad circumstances: each is a sentence with a way on, and nothing that can be saved is lost."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from ptodesk_gui.outbox.faults import faults_named
from ptodesk_gui.outbox.store import Store, StoreError
from ptodesk_gui.sop.steps import Ticket
from tests.outbox.fakes import Workstation, create, queue, whole_call

PAGE = 4096


def filled(path: Path) -> bytes:
    """A store with drafts and a call, closed; its bytes."""
    with closing(Store(path)) as store:
        for n in range(50):
            store.save_draft(f"call-{n}", {"text": "x" * 3000}, "")
        queue(store, *whole_call(), call_id="queued")
    return path.read_bytes()


def run_killed(project_dir: Path, code: str, *arguments: object) -> None:
    """Run code that ends by being killed, as by ``kill -9``."""
    command = [sys.executable, "-c", f"{code}\nimport os, signal; os.kill(os.getpid(), signal.SIGKILL)"]
    done = subprocess.run([*command, *map(str, arguments)], cwd=project_dir, timeout=120, check=False)
    assert done.returncode == -9


SAVES = """
import sys
from pathlib import Path
from ptodesk_gui.outbox.store import Store
store = Store(Path(sys.argv[1]))
for n in range(int(sys.argv[2])):
    store.save_draft(f"draft-{n}", {"text": "y" * 500}, "")
"""


# --- damaged ----------------------------------------------------------------------------------------------------------


def _header(content: bytes) -> bytes:
    return bytes(100) + content[100:]


def _first_page(content: bytes) -> bytes:
    return content[:100] + b"\xff" * (PAGE - 100) + content[PAGE:]


def _middle(content: bytes) -> bytes:
    return content[: PAGE * 5] + b"\xff" * (PAGE * 10) + content[PAGE * 15 :]


def _cut_off(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _a_letter(content: bytes) -> bytes:
    return b"Dear all,\nthis is no outbox.\n" * 500


@pytest.mark.parametrize("damage", [_header, _first_page, _middle, _cut_off, _a_letter])
def test_a_file_that_is_damaged_is_set_aside_as_it_is_and_a_new_one_is_begun(
    tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "outbox.db"
    content = damage(filled(path))
    path.write_bytes(content)
    with closing(Store(path)) as store:
        (aside,) = tmp_path.glob("outbox.db.damaged-*")
        assert aside.read_bytes() == content
        assert aside.name in store.notice
        assert "keep it, and tell IT" in store.notice
        assert store.save_draft("call-1", {}, "")
    with closing(Store(path)) as store:
        assert [draft.call_id for draft in store.drafts()] == ["call-1"]


def test_a_folder_in_its_place_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    path.mkdir()
    (path / "something").write_text("of somebody's", "utf-8")
    with closing(Store(path)) as store:
        assert store.save_draft("call-1", {}, "")
        (aside,) = tmp_path.glob("outbox.db.damaged-*")
        assert (aside / "something").read_text("utf-8") == "of somebody's"
        assert store.notice.startswith("Something that is no outbox stood in its place and has been set aside as")


def test_a_file_that_was_emptied_is_said_and_a_new_one_begun(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    filled(path)
    path.write_bytes(b"")
    with closing(Store(path)) as store:
        assert store.notice.startswith("The outbox's file was empty")
        assert store.save_draft("call-1", {}, "")
    with closing(Store(path)) as store:
        assert store.notice == ""


def test_of_an_emptied_file_the_log_beside_it_is_kept(tmp_path: Path, project_dir: Path) -> None:
    """SQLite deletes the log of an empty file, which may be all that is left."""
    path = tmp_path / "outbox.db"
    run_killed(project_dir, SAVES, path, 20)
    log = Path(f"{path}-wal").read_bytes()
    assert log
    path.write_bytes(b"")
    with closing(Store(path)) as store:
        assert "set aside" in store.notice
    (aside,) = tmp_path.glob("outbox.db.damaged-*-wal")
    assert aside.read_bytes() == log


# --- the log that a killed program left ---------------------------------------------------------------------------------


def test_a_killed_program_loses_nothing_and_there_is_nothing_to_say(tmp_path: Path, project_dir: Path) -> None:
    path = tmp_path / "outbox.db"
    run_killed(project_dir, SAVES, path, 20)
    with closing(Store(path)) as store:
        assert len(store.drafts()) == 20
        assert store.notice == ""
    assert list(tmp_path.glob("*damaged*")) == []


def test_half_of_a_write_at_the_end_of_the_log_is_nothing_to_say(tmp_path: Path, project_dir: Path) -> None:
    """The program was killed in the middle of it: nobody was told that it is kept."""
    path = tmp_path / "outbox.db"
    run_killed(project_dir, SAVES, path, 20)
    log = Path(f"{path}-wal")
    log.write_bytes(log.read_bytes()[: -PAGE // 2])
    with closing(Store(path)) as store:
        assert len(store.drafts()) == 19
        assert store.notice == ""


@pytest.mark.parametrize("where", ["head", "middle"])
def test_of_a_damaged_log_a_copy_is_kept_and_what_may_be_missing_is_said(
    tmp_path: Path, project_dir: Path, where: str
) -> None:
    path = tmp_path / "outbox.db"
    Store(path).close()
    run_killed(project_dir, SAVES, path, 20)
    log = Path(f"{path}-wal")
    content = bytearray(log.read_bytes())
    at = 8 if where == "head" else len(content) // 2
    content[at : at + 8] = b"\xff" * 8
    log.write_bytes(content)
    with closing(Store(path)) as store:
        assert len(store.drafts()) < 20
        assert store.notice.startswith("What was written last before the computer or the program went down")
        assert store.save_draft("call-1", {}, "")
    copy = next(tmp_path.glob("outbox.db.damaged-*-wal"))
    assert copy.read_bytes() == bytes(content)
    if sys.platform != "win32":
        assert copy.stat().st_mode & 0o777 == 0o600
    with closing(Store(path)) as store:
        assert store.notice == ""


# --- in use -----------------------------------------------------------------------------------------------------------


def test_a_file_found_damaged_in_use_is_set_aside_at_once_and_the_next_draft_is_kept_in_a_new_one(
    tmp_path: Path,
) -> None:
    path = tmp_path / "outbox.db"
    filled(path)
    with closing(Store(path)) as store:
        with sqlite3.connect(path) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.close()
        content = bytearray(path.read_bytes())
        content[PAGE * 3 :] = b"\xff" * (len(content) - PAGE * 3)
        path.write_bytes(content)
        with pytest.raises(StoreError, match="damaged"):
            store.drafts()
        assert store.save_draft("call-1", {"n": 1}, "")
        assert "set aside" in store.notice
    with closing(Store(path)) as store:
        assert [draft.payload for draft in store.drafts()] == [{"n": 1}]


def test_a_store_begun_anew_in_use_gives_no_call_the_number_of_another(tmp_path: Path) -> None:
    """A window still shows the calls of the damaged one under their numbers: what it has done to them must meet no new call."""
    path = tmp_path / "outbox.db"
    with closing(Store(path)) as store:
        shown = {queue(store, create(Ticket.HOMEOWNER), call_id=f"call-{number}") for number in range(3)}
        with sqlite3.connect(path) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.close()
        content = bytearray(path.read_bytes())
        content[PAGE * 3 :] = b"\xff" * (len(content) - PAGE * 3)
        path.write_bytes(content)
        with pytest.raises(StoreError, match="damaged"):
            store.all_progress()
        new = queue(store, create(Ticket.HOMEOWNER), call_id="call-3")
        assert new not in shown
        for number in shown:
            with pytest.raises(KeyError):
                store.retry(number)


def test_one_value_that_does_not_open_is_no_reason_to_begin_a_new_store(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    with closing(Store(path)) as store:
        store.save_draft("call-1", {}, "")
        store.save_draft("call-2", {}, "")
        with store._database.writing() as db:
            db.execute("UPDATE drafts SET payload = x'01ff' WHERE call_id = 'call-1'")
        with pytest.raises(StoreError):
            store.drafts()
        assert [draft.call_id for draft in store.drafts()] == ["call-2"]
        assert store.notice.startswith("1 call in the outbox cannot be read any more, and the outbox goes on without.")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a file that is open")
@pytest.mark.parametrize("what", ["the file", "with its log", "the whole folder"])
def test_a_file_taken_away_in_use_is_written_again_with_all_that_was_in_it(tmp_path: Path, what: str) -> None:
    path = tmp_path / "data" / "outbox.db"
    with closing(Store(path)) as store:
        queue(store, create(Ticket.HOMEOWNER))
        store.save_draft("call-2", {"n": 1}, "")
        if what == "the whole folder":
            shutil.rmtree(path.parent)
        else:
            path.unlink()
        if what == "with its log":
            Path(f"{path}-wal").unlink()
            Path(f"{path}-shm").unlink()
        assert store.save_draft("call-3", {"n": 2}, "")
        assert store.notice.startswith("The outbox's file was taken away while the program was open")
    with closing(Store(path)) as store:
        assert [draft.call_id for draft in store.drafts()] == ["call-3", "call-2"]
        assert len(store.all_progress()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a file that is open")
def test_two_programs_whose_file_is_taken_away_go_on_with_one_and_the_same(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    with closing(Store(path)) as first, closing(Store(path)) as second:
        first.save_draft("call-1", {}, "")
        path.unlink()
        second.save_draft("call-2", {}, "")
        first.save_draft("call-3", {}, "")
        assert [draft.call_id for draft in second.drafts()] == ["call-3", "call-2", "call-1"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a file that is open")
def test_a_file_that_another_program_set_aside_in_use_is_left_for_the_new_one(machine: Workstation) -> None:
    store, filer = machine.start()
    plan_id = queue(store, create(Ticket.HOMEOWNER))
    os.replace(machine.path, machine.path.with_name("aside"))
    for ending in ("-wal", "-shm"):
        os.replace(f"{machine.path}{ending}", machine.path.with_name(f"aside{ending}"))
    other, _ = machine.start()
    other.save_draft("call-2", {}, "")
    store.save_draft("call-3", {}, "")
    assert [draft.call_id for draft in other.drafts()] == ["call-3", "call-2"]
    assert "Another file was put in the outbox's place" in store.notice
    filer.run_until_idle(60)
    with pytest.raises(KeyError):
        store.progress(plan_id)
    assert machine.desk.acts == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a file that is open")
def test_an_answer_to_a_step_whose_store_was_set_aside_meanwhile_ends_nothing(
    machine: Workstation, caplog: pytest.LogCaptureFixture
) -> None:
    store, filer = machine.start()
    queue(store, *whole_call())

    def set_aside(_step: object) -> None:
        for ending in ("", "-wal", "-shm"):
            os.replace(f"{machine.path}{ending}", machine.path.with_name(f"aside{ending}"))
        machine.desk.while_performing = lambda step: None
        machine.start()

    machine.desk.while_performing = set_aside
    filer.run_until_idle(60)
    assert "its plan is not here any more" in caplog.text
    assert len(machine.desk.acts) == 1
    queue(store, *whole_call(), call_id="call-2")
    filer.run_until_idle(60)
    assert [plan.done for plan in store.all_progress()] == [7]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a file that is open")
def test_an_answer_from_before_a_store_was_set_aside_is_not_taken_for_that_of_a_new_call(machine: Workstation) -> None:
    """The new store counts its calls from 1 again: the ticket that was made is of another call than the one queued since."""
    store, filer = machine.start()
    queue(store, create(Ticket.HOMEOWNER))

    def set_aside(_step: object) -> None:
        for ending in ("", "-wal", "-shm"):
            os.replace(f"{machine.path}{ending}", machine.path.with_name(f"aside{ending}"))
        machine.desk.while_performing = lambda step: None
        queue(machine.start()[0], create(Ticket.HOMEOWNER), call_id="call-2")

    machine.desk.while_performing = set_aside
    filer.run_until_idle(60)
    assert len(machine.desk.acts) == 2
    assert [plan.done for plan in store.all_progress()] == [1]


# --- locked -----------------------------------------------------------------------------------------------------------


def test_a_store_that_another_program_is_opening_for_long_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from filelock import FileLock

    monkeypatch.setattr("ptodesk_gui.outbox.database.BUSY_SECONDS", 0.05)
    path = tmp_path / "outbox.db"
    with FileLock(f"{path}.opening"), pytest.raises(StoreError) as caught:
        Store(path)
    assert caught.value.reason == "Another program holds the outbox."
    Store(path).close()


def test_a_lock_that_goes_while_it_is_waited_for_costs_nothing(tmp_path: Path, project_dir: Path) -> None:
    path = tmp_path / "outbox.db"
    code = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.readline()
db.execute("COMMIT")
"""
    with closing(Store(path)) as store:
        with subprocess.Popen(
            [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as holder:
            assert holder.stdin is not None
            assert holder.stdout is not None
            assert holder.stdout.readline() == "held\n"
            import threading

            letting_go = threading.Timer(0.2, lambda: holder.stdin.write("\n") and holder.stdin.flush())  # type: ignore[union-attr]
            letting_go.start()
            assert store.save_draft("call-1", {}, "")
            letting_go.join()
        assert len(store.drafts()) == 1


# --- what the system says ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (OSError(28, "No space left on device"), "The disk is full."),
        (OSError(122, "Disk quota exceeded"), "The disk is full."),
        (OSError(30, "Read-only file system"), "The outbox may not be written."),
        (OSError(5, "Input/output error"), "The disk does not answer as it should."),
        (PermissionError(13, "Permission denied"), "The program's data folder cannot be used: Permission denied."),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="the numbers are Linux's")
def test_what_the_system_says_is_a_sentence_with_its_cure(error: OSError, reason: str) -> None:
    with pytest.raises(StoreError) as caught, faults_named():
        raise error
    assert caught.value.reason == reason
    assert caught.value.cure
