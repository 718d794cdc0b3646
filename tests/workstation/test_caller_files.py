"""The practice callers' files: one with faults is left out and named, the others can be practised with."""

import shutil
from pathlib import Path

from ptodesk_gui.workstation.caller_files import load_callers, packaged_callers


def own(tmp_path: Path) -> Path:
    return Path(shutil.copytree(packaged_callers(), tmp_path / "callers"))


def test_callers_come_in_the_order_of_their_files() -> None:
    callers, faults = load_callers()
    assert faults == ()
    assert [caller.id for caller in callers] == sorted(file.stem for file in packaged_callers().glob("*.toml"))


def test_a_file_with_faults_is_named_and_the_others_are_there(tmp_path: Path) -> None:
    folder = own(tmp_path)
    (folder / "10-phone-within.toml").write_bytes(b"title = \xff")
    (folder / "11-phone-past.toml").write_text('title = "x"\n', encoding="utf-8")
    callers, faults = load_callers(folder)
    assert {fault.file for fault in faults} == {"10-phone-within.toml", "11-phone-past.toml"}
    assert any("not saved as UTF-8" in str(fault) for fault in faults)
    assert len(callers) == len(load_callers()[0]) - 2


def test_a_file_of_another_editor_reads_the_same(tmp_path: Path) -> None:
    folder = own(tmp_path)
    file = folder / "10-phone-within.toml"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert load_callers(folder) == load_callers()


def test_hidden_files_and_other_files_are_no_callers(tmp_path: Path) -> None:
    folder = own(tmp_path)
    for name in (".10-phone-within.toml", "~x.toml", "notes.txt"):
        (folder / name).write_text("no toml at all", encoding="utf-8")
    assert load_callers(folder) == load_callers()


def test_a_folder_that_is_not_there_has_no_callers(tmp_path: Path) -> None:
    assert load_callers(tmp_path / "nowhere") == ((), ())
