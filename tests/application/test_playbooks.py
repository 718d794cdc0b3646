"""A playbook with a fault, or one that does not hold yet, never stops a call: the last good one is used, and it is said."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from ptodesk_gui.application.playbooks import KEPT, NOT_KEPT, OURS, playbook_in_use
from ptodesk_gui.workstation.playbook_files import packaged_playbook

TODAY = date(2026, 3, 14)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A lead's playbook, version 7."""
    folder = Path(shutil.copytree(packaged_playbook(), tmp_path / "lead"))
    change(folder, 'version = "1"', 'version = "7"')
    return folder


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "data" / "last-good-playbook"


def change(folder: Path, before: str, after: str) -> None:
    file = folder / "playbook.toml"
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")


def test_without_one_in_the_settings_the_programs_own_is_used(kept: Path) -> None:
    found = playbook_in_use(None, kept, TODAY)
    assert (found.playbook.version, found.origin, found.notice, found.faults) == ("1", OURS, "", ())


def test_a_good_one_is_used_and_kept_whole(own: Path, kept: Path) -> None:
    found = playbook_in_use(own, kept, TODAY)
    assert (found.playbook.version, found.notice) == ("7", "")
    assert str(own) in found.origin
    names = {file.relative_to(kept) for file in kept.rglob("*.*")}
    assert names == {file.relative_to(own) for file in own.rglob("*.*")}
    assert [folder.name for folder in kept.parent.iterdir()] == [kept.name]


@pytest.mark.parametrize("named", ["folder", "file"])
def test_after_a_fault_the_last_good_one_is_used_and_every_fault_named(own: Path, kept: Path, named: str) -> None:
    place = own if named == "folder" else own / "playbook.toml"
    playbook_in_use(place, kept, TODAY)
    change(own, "grace_days = 60", 'grace_days = "60"')
    change(own, 'label = "PTO"', 'label = "P T O"')
    found = playbook_in_use(place, kept, TODAY)
    assert (found.playbook.version, found.origin) == ("7", KEPT)
    assert "(2 faults)" in found.notice
    assert "version 7" in found.notice
    assert len(found.faults) == 2
    assert all(fault.startswith("playbook.toml, line ") for fault in found.faults)


def test_after_a_fault_without_a_good_one_before_the_programs_own_is_used(own: Path, kept: Path) -> None:
    change(own, "grace_days = 60", "")
    found = playbook_in_use(own, kept, TODAY)
    assert (found.playbook.version, found.origin) == ("1", OURS)
    assert "(1 fault)" in found.notice


def test_a_playbook_that_is_gone_is_a_fault_too(own: Path, kept: Path) -> None:
    playbook_in_use(own, kept, TODAY)
    shutil.rmtree(own)
    found = playbook_in_use(own, kept, TODAY)
    assert found.playbook.version == "7"
    assert found.faults


def test_one_that_holds_from_a_later_day_is_not_used_before_it(own: Path, kept: Path) -> None:
    playbook_in_use(own, kept, TODAY)
    change(own, 'version = "7"', 'version = "8"')
    change(own, "valid_from = 2026-01-01", "valid_from = 2026-04-01")
    early = playbook_in_use(own, kept, TODAY)
    assert early.playbook.version == "7"
    assert early.notice == "Version 8 of the playbook holds from 4/1/2026 on and is not used yet. In use is version 7."
    assert playbook_in_use(own, kept, date(2026, 4, 1)).playbook.version == "8"


def test_a_copy_that_was_damaged_is_not_used(own: Path, kept: Path) -> None:
    playbook_in_use(own, kept, TODAY)
    (kept / "playbook.toml").write_text("version = ", encoding="utf-8")
    change(own, "grace_days = 60", "")
    assert playbook_in_use(own, kept, TODAY).playbook.version == "1"


def test_a_disk_that_takes_no_copy_stops_nothing(own: Path, tmp_path: Path) -> None:
    in_the_way = tmp_path / "data"
    in_the_way.write_text("a file, not a folder", encoding="utf-8")
    found = playbook_in_use(own, in_the_way / "last-good-playbook", TODAY)
    assert (found.playbook.version, found.notice) == ("7", NOT_KEPT)
