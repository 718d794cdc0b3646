"""Where a playbook's files are looked for, and what is said of files that cannot be read."""

import shutil
from pathlib import Path

import pytest

from ptodesk_gui.sop.faults import PlaybookFaults
from ptodesk_gui.workstation import playbook_files
from ptodesk_gui.workstation.playbook_files import load_playbook, packaged_playbook


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the packaged playbook."""
    return shutil.copytree(packaged_playbook(), tmp_path / "playbook")


def lines(path: Path) -> list[str]:
    with pytest.raises(PlaybookFaults) as wrong:
        load_playbook(path)
    return list(wrong.value.lines)


def test_the_folder_or_its_file_may_be_named(folder: Path) -> None:
    assert load_playbook(folder) == load_playbook(folder / "playbook.toml") == load_playbook()


def test_an_installed_package_reads_its_own_resources(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site" / "ptodesk_gui"
    shutil.copytree(folder, package / "_resources" / "playbook")
    monkeypatch.setattr(playbook_files, "__file__", str(package / "workstation" / "playbook_files.py"))
    assert packaged_playbook() == package / "_resources" / "playbook"


def test_a_text_of_a_windows_editor_reads_the_same(folder: Path) -> None:
    for file in [folder / "playbook.toml", *(folder / "replies").iterdir()]:
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert load_playbook(folder) == load_playbook()


def test_only_the_last_line_end_is_taken_off_a_text(folder: Path) -> None:
    file = folder / "replies" / "say_within.txt"
    file.write_text("Hello\n\n you \xa0\n\n", encoding="utf-8")
    assert load_playbook(folder).texts["say_within"].fill({}) == "Hello\n\n you \xa0"


def test_files_of_an_editor_are_left_alone(folder: Path) -> None:
    for name in (".say_past.txt.swp", ".hidden.txt", "~say_past.txt", "say_past.txt~", "notes.md"):
        (folder / "replies" / name).write_text("x", encoding="utf-8")
    assert load_playbook(folder) == load_playbook()


def test_a_file_in_another_encoding_is_named_with_its_line(folder: Path) -> None:
    (folder / "replies" / "say_past.txt").write_bytes("one\nGrüße".encode("latin-1"))
    assert lines(folder) == [
        "replies/say_past.txt, line 2: is not saved as UTF-8. Save it again with the encoding UTF-8."
    ]


def test_a_playbook_that_is_not_there_is_said(tmp_path: Path) -> None:
    for path in (tmp_path / "none.toml", tmp_path):
        (line,) = lines(path)
        assert "is not there" in line


def test_a_folder_in_place_of_a_text_is_said(folder: Path) -> None:
    (folder / "replies" / "say_past.txt").unlink()
    (folder / "replies" / "say_past.txt").mkdir()
    (line,) = lines(folder)
    assert line.startswith("replies/say_past.txt: cannot be read")


def test_without_the_texts_each_is_named(folder: Path) -> None:
    for text in (folder / "replies").iterdir():
        text.unlink()
    assert len(lines(folder)) == 17
