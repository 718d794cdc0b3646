"""The doctor says whether the disk of the store is fit for it."""

from collections import namedtuple
from contextlib import closing
from pathlib import Path

import pytest

from ptodesk_gui.outbox import health
from ptodesk_gui.outbox.store import Store

Usage = namedtuple("Usage", "total used free")


def test_a_folder_on_a_disk_of_this_computer_is_well(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    assert health.examine(path).ok, "before there is a store"
    with closing(Store(path)):
        found = health.examine(path)
    assert (found.name, found.ok, found.words, found.cure) == ("Outbox", True, health.WELL, "")


def test_a_network_drive_is_said_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ptodesk_gui.outbox.health.network_kind", lambda folder: "nfs4")
    found = health.examine(tmp_path / "outbox.db")
    assert not found.ok
    assert "a network drive (nfs4)" in found.words
    assert "PTODESK_DATA_DIR" in found.cure


def test_a_disk_that_is_nearly_full_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda folder: Usage(0, 0, 7 * 1024**2))
    found = health.examine(tmp_path / "outbox.db")
    assert (found.ok, found.words) == (False, "Its disk is nearly full: 7 MB are left.")


def test_a_folder_that_is_not_there_or_may_not_be_written_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = health.examine(tmp_path / "gone" / "outbox.db")
    assert (gone.ok, gone.words) == (False, "Its folder cannot be used: No such file or directory.")
    monkeypatch.setattr("os.access", lambda path, mode: False)
    assert health.examine(tmp_path / "outbox.db").words == "Its folder may not be written."


def test_stores_that_were_set_aside_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    path.write_bytes(b"no database" * 1000)
    Store(path).close()
    found = health.examine(path)
    assert found.ok
    assert "1 set aside beside it; `ptodesk outbox export` reads" in found.words
