"""Disks that are full, read-only, or on a network: each is a sentence, and what can be saved is."""

import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from ptodesk_gui.outbox import disk
from ptodesk_gui.outbox.store import Store, StoreError
from ptodesk_gui.sop.steps import Ticket
from tests.outbox.fakes import Workstation, create, queue

needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="asks the system of Linux")


def run(project_dir: Path, code: str, *arguments: object, before: tuple[str, ...] = ()) -> str:
    """What the code prints, run in a program of its own."""
    command = [*before, sys.executable, "-c", code, *map(str, arguments)]
    done = subprocess.run(command, cwd=project_dir, timeout=120, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


# --- full -------------------------------------------------------------------------------------------------------------

FILLS = """
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from ptodesk_gui.outbox.store import Store, StoreError

folder = Path(sys.argv[1])
ballast = folder / "ballast"
path = folder / "data" / "outbox.db"
with closing(Store(path)) as store:
    assert store.save_draft("before", {"text": "kept"}, "")
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            pass
    reasons = set()
    for n in range(200):
        try:
            store.save_draft("typed meanwhile", {"text": str(n) * 5000}, "")
        except StoreError as error:
            reasons.add(error.reason)
    assert reasons == {"The disk is full."}, reasons
    assert "before" in [draft.call_id for draft in store.drafts()]
    try:
        Store(folder / "other" / "outbox.db").close()
    except StoreError as error:
        print(error.reason)
    ballast.unlink()
    assert store.save_draft("typed meanwhile", {"text": "the end"}, "")
with closing(Store(path)) as store:
    assert store.notice == ""
    print(sorted((draft.call_id, draft.payload["text"]) for draft in store.drafts()))
"""


@pytest.fixture
def small_disk(tmp_path: Path) -> tuple[str, ...]:
    """What to put before a command so that ``tmp_path`` is a disk of one megabyte to it; skips where that is not allowed."""
    if sys.platform != "linux":
        pytest.skip("mounts a disk as Linux does")
    for mapped in ((), ("--user", "--map-root-user")):
        mount = f'mount -t tmpfs -o size=1m tmpfs "{tmp_path}" && exec "$@"'
        before = ("unshare", *mapped, "--mount", "sh", "-c", mount, "sh")
        try:
            tried = subprocess.run([*before, "true"], timeout=60, check=False, capture_output=True)
        except FileNotFoundError:
            break
        if tried.returncode == 0:
            return before
    pytest.skip("no disk may be mounted here")


def test_a_full_disk_costs_nothing_that_was_kept_and_takes_what_was_typed_once_there_is_room(
    tmp_path: Path, project_dir: Path, small_disk: tuple[str, ...]
) -> None:
    said = run(project_dir, FILLS, tmp_path, before=small_disk)
    assert said.splitlines() == ["The disk is full.", "[('before', 'kept'), ('typed meanwhile', 'the end')]"]


LIMITED = """
import resource, signal, sys
from contextlib import closing
from pathlib import Path
from ptodesk_gui.outbox.store import Store, StoreError

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
path = Path(sys.argv[1])
with closing(Store(path)) as store:
    store.save_draft("before", {"text": "kept"}, "")
    size = Path(f"{path}-wal").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    try:
        store.save_draft("typed meanwhile", {"text": "x" * 50000}, "")
    except StoreError as error:
        print(bool(error.reason and error.cure))
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert store.save_draft("typed meanwhile", {"text": "the end"}, "")
    print(sorted(draft.call_id for draft in store.drafts()))
"""


@needs_linux
def test_a_file_that_may_not_grow_is_a_sentence_and_the_store_goes_on_once_it_may(
    tmp_path: Path, project_dir: Path
) -> None:
    said = run(project_dir, LIMITED, tmp_path / "outbox.db")
    assert said.splitlines() == ["True", "['before', 'typed meanwhile']"]


# --- read-only --------------------------------------------------------------------------------------------------------

READS_ONLY = """
import os, sys
from contextlib import closing
from pathlib import Path
from ptodesk_gui.outbox.store import Store, StoreError

folder, path = Path(sys.argv[1]), Path(sys.argv[1]) / "outbox.db"
Store(Path(sys.argv[2]) / "outbox.db").close()  # loads all that the other user may not be able to read
if os.geteuid() == 0:  # nothing is read-only for root
    os.chown(folder, 65534, 65534)
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
with closing(Store(path)) as store:
    store.save_draft("before", {"text": "kept"}, "")
folder.chmod(0o500)
for file in folder.iterdir():
    file.chmod(0o400)
try:
    with closing(Store(path)) as store:
        store.save_draft("typed meanwhile", {}, "")
except StoreError as error:
    print(error)
folder.chmod(0o700)
for file in folder.iterdir():
    file.chmod(0o600)
with closing(Store(path)) as store:
    print([draft.call_id for draft in store.drafts()], store.notice)
"""


@needs_linux
def test_a_folder_that_is_read_only_is_a_sentence_and_nothing_is_set_aside_for_it(
    tmp_path: Path, project_dir: Path
) -> None:
    with tempfile.TemporaryDirectory() as folder:  # one that the user whom root becomes can reach
        said = run(project_dir, READS_ONLY, folder, tmp_path)
    assert said.splitlines() == [
        "The program's data folder cannot be used: Permission denied. Ask IT for write access to it.",
        "['before'] ",
    ]


def test_a_store_that_may_not_be_written_for_a_while_is_a_sentence_and_goes_on(tmp_path: Path) -> None:
    with closing(Store(tmp_path / "outbox.db")) as store:
        store.save_draft("before", {}, "")
        with store._database.reading() as db:
            db.execute("PRAGMA query_only = ON")
        with pytest.raises(StoreError, match="may not be written"):
            store.save_draft("typed meanwhile", {}, "")
        assert [draft.call_id for draft in store.drafts()] == ["before"]
        with store._database.reading() as db:
            db.execute("PRAGMA query_only = OFF")
        assert store.save_draft("typed meanwhile", {}, "")


# --- on a network -----------------------------------------------------------------------------------------------------

MOUNTS = """\
22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
30 22 0:26 / /srv rw shared:1 - nfs4 files.example:/srv rw,vers=4.2
31 30 0:27 / /srv/local rw - ext4 /dev/vdb rw
32 22 0:28 / /mnt/with\\040space rw - cifs //files.example/share rw
33 22 0:29 / /mnt/ssh rw - fuse.sshfs user@files.example: rw
34 22 0:30 / /mnt/own rw - fuse.ntfs-3g /dev/sdb1 rw
35 22 0:31 / /mnt/over rw - nfs files.example:/over rw
36 22 0:32 / /mnt/over rw - tmpfs tmpfs rw
nonsense
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/lib/data", ""),
        ("/srv/.local/share/ptodesk", "nfs4"),
        ("/srv", "nfs4"),
        ("/srvless", ""),
        ("/srv/local/ptodesk", ""),
        ("/mnt/with space/x", "cifs"),
        ("/mnt/ssh/x", "sshfs"),
        ("/mnt/own/x", ""),
        ("/mnt/over/x", ""),
    ],
)
def test_the_disk_that_a_folder_lies_on_is_that_of_its_nearest_mount(folder: str, kind: str) -> None:
    assert disk.kind_in(MOUNTS, folder) == kind


def test_this_computers_own_disk_is_no_network_drive(tmp_path: Path) -> None:
    assert disk.network_kind(tmp_path) == ""


@pytest.fixture
def on_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ptodesk_gui.outbox.opening.network_kind", lambda folder: "nfs4")


def journal(store: Store) -> tuple[str, int]:
    with store._database.reading() as db:
        return db.execute("PRAGMA journal_mode").fetchone()[0], db.execute("PRAGMA synchronous").fetchone()[0]


@pytest.mark.usefixtures("on_network")
def test_on_a_network_drive_no_log_is_used_and_two_programs_see_the_same(machine: Workstation) -> None:
    first, filer = machine.start()
    second, _ = machine.start()
    assert journal(first) == journal(second) == ("delete", 3)
    first.save_draft("call-1", {}, "")
    queue(second, create(Ticket.HOMEOWNER))
    filer.run_until_idle(60)
    assert [draft.call_id for draft in second.drafts()] == []
    assert [plan.done for plan in second.all_progress()] == [1]
    assert not Path(f"{machine.path}-wal").exists()


def test_a_store_that_was_moved_to_a_network_drive_is_brought_over_with_what_was_in_its_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "outbox.db"
    moved = tmp_path / "moved" / "outbox.db"
    moved.parent.mkdir()
    with closing(Store(path)) as store:
        store.save_draft("only in the log", {}, "")
        for file in tmp_path.glob("outbox.db*"):
            if not file.name.endswith("-shm"):
                (moved.parent / file.name).write_bytes(file.read_bytes())
    monkeypatch.setattr("ptodesk_gui.outbox.opening.network_kind", lambda folder: "nfs4")
    with closing(Store(moved)) as store:
        assert journal(store) == ("delete", 3)
        assert [draft.call_id for draft in store.drafts()] == ["only in the log"]
    monkeypatch.undo()
    with closing(Store(moved)) as store:
        assert journal(store) == ("wal", 2)
        assert [draft.call_id for draft in store.drafts()] == ["only in the log"]


def test_where_no_log_works_a_rollback_journal_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class NoSharedMemory(sqlite3.Connection):
        def execute(self, sql: str, *values: object) -> sqlite3.Cursor:  # type: ignore[override]
            if sql == "PRAGMA journal_mode = WAL":
                error = sqlite3.OperationalError("disk I/O error")
                error.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMMAP
                raise error
            return super().execute(sql, *values)  # type: ignore[arg-type]

    monkeypatch.setattr("ptodesk_gui.outbox.opening.SealedConnection", NoSharedMemory)
    with closing(Store(tmp_path / "outbox.db")) as store:
        assert journal(store) == ("delete", 3)
        assert store.save_draft("call-1", {}, "")


KILLED_ON_NETWORK = """
import os, sys
from pathlib import Path
from ptodesk_gui.outbox import opening
opening.network_kind = lambda folder: "nfs4"
from ptodesk_gui.outbox.store import Store
store = Store(Path(sys.argv[1]))
for n in range(20):
    store.save_draft(f"draft-{n}", {}, "")
store._database._connection.execute("BEGIN IMMEDIATE")
store._database._connection.execute("DELETE FROM drafts")
store._database._connection.execute("PRAGMA cache_spill = 1")
os._exit(0)
"""


@pytest.mark.usefixtures("on_network")
def test_on_a_network_drive_a_killed_program_loses_nothing_that_was_saved(tmp_path: Path, project_dir: Path) -> None:
    run(project_dir, KILLED_ON_NETWORK, tmp_path / "outbox.db")
    with closing(Store(tmp_path / "outbox.db")) as store:
        assert len(store.drafts()) == 20
        assert store.notice == ""
