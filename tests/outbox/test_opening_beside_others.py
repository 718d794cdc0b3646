"""A store is opened while others have it open, or is left half opened: nobody's writing is lost by that."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from ptodesk_gui.outbox.database import Database, StoreError
from ptodesk_gui.outbox.migrations import MIGRATIONS, SEALED
from ptodesk_gui.outbox.sealing import SealedConnection
from ptodesk_gui.outbox.store import Store

HEAD, FRAME_HEAD = 32, 24  # bytes of a write-ahead log's head, and of that of each of its pages
OPENS_AND_CLOSES = """
import sys
from pathlib import Path
from ptodesk_gui.outbox.store import Store
Store(Path(sys.argv[1])).close()
"""


def test_a_write_of_another_program_that_is_not_marked_yet_is_no_lost_end(tmp_path: Path) -> None:
    """Its pages are in the log before the other program has them on disk and says so."""
    path = tmp_path / "outbox.db"
    log = Path(f"{path}-wal")
    with closing(Store(path)) as window:
        window.save_draft("call-1", {"text": "typed"}, "")
        salts = log.read_bytes()[16:24]
        committed = (0).to_bytes(4, "big") + (30).to_bytes(4, "big") + salts
        with log.open("ab") as file:
            file.write(committed.ljust(FRAME_HEAD + 4096, b"\0"))
        with closing(Store(path)) as console:
            assert console.notice == ""
            assert [draft.call_id for draft in console.drafts()] == ["call-1"]
    assert list(tmp_path.glob("*damaged*")) == []


def test_what_is_written_after_the_copy_of_a_damaged_log_outlives_another_program(
    tmp_path: Path, project_dir: Path
) -> None:
    """The other one must not take the log away under it when it ends."""
    path = tmp_path / "outbox.db"
    log = Path(f"{path}-wal")
    with closing(Store(path)) as store:
        store.save_draft("call-1", {"text": "typed"}, "")
        left, content = log.read_bytes(), path.read_bytes()
    damaged = bytearray(left)
    damaged[-2000] ^= 0xFF
    log.write_bytes(damaged)
    path.write_bytes(content)
    with closing(Store(path)) as window:
        assert window.notice.startswith("What was written last")
        subprocess.run([sys.executable, "-c", OPENS_AND_CLOSES, str(path)], cwd=project_dir, timeout=120, check=True)
        assert log.exists()
        window.save_draft("call-2", {"text": "typed"}, "")
        with closing(sqlite3.connect(path)) as other:
            assert "call-2" in {call_id for (call_id,) in other.execute("SELECT call_id FROM drafts")}


def test_a_store_that_is_sealed_keeps_its_key_when_a_later_step_fails(tmp_path: Path) -> None:
    """The disk is full when all is sealed already, and not all is done."""
    path = tmp_path / "outbox.db"
    with closing(Database(path, MIGRATIONS[: SEALED - 1])) as before, before.writing() as db:
        db.execute("INSERT INTO drafts VALUES ('call-1', '{\"text\": \"typed\"}', '', 1.0)")

    def fail(_db: SealedConnection) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with pytest.raises(StoreError):
        Database(path, (*MIGRATIONS[:SEALED], (fail,)))
    with closing(Store(path)) as store:
        assert [draft.payload for draft in store.drafts()] == [{"text": "typed"}]
