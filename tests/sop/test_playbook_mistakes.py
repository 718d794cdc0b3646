"""Mistakes as leads make them, in files as their editors save them: each is named with file and line, in plain words."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ptodesk_gui.sop.faults import PlaybookFaults
from ptodesk_gui.sop.toml_words import in_words
from ptodesk_gui.workstation.playbook_files import load_playbook, packaged_playbook

TOML = "playbook.toml"
PAST = "replies/homeowner_past.txt"
Change = Callable[[bytes], bytes]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A copy of the packaged playbook, to change."""
    return shutil.copytree(packaged_playbook(), tmp_path / "book")


def faults(book: Path) -> list[str]:
    with pytest.raises(PlaybookFaults) as wrong:
        load_playbook(book)
    return list(wrong.value.lines)


def change(book: Path, file: str, old: str, new: str) -> int:
    """Replace what stands there once; the line that it stands in."""
    text = (book / file).read_text("utf-8")
    assert text.count(old) == 1, old
    (book / file).write_text(text.replace(old, new), "utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('label = "PTO"', "label = “PTO”", "has curly quotation marks, as Word makes them."),
        ('["EBH", "SS"]', "[“EBH”, “SS”]", "has curly quotation marks, as Word makes them."),
        ('label = "PTO"', 'label = "PTO', "a quotation mark is not closed."),
        ("grace_days = 60", "grace_days: 60", "has a colon after the name."),
        ("grace_days = 60", "grace_days 60", "has no = after the name."),
        ("grace_days = 60", "grace_days =", "has no value after the =."),
        ("grace_days = 60", "grace_days =  # sixty", "has no value after the =."),
        ("grace_days = 60", "grace_days = sixty", "the value is not written as it must be. Text stands in quotes"),
        ("grace_days = 60", "grace_days = 60 days", "something follows after the value."),
        ("grace_days = 60", "grace_days\u00a0= 60", "has a special space in it"),
        ("grace_days = 60", "<<<<<<< mine\ngrace_days = 60", "two versions of the file were put into one here."),
        ("grace_days = 60", "= 60", "is no line of a playbook."),
        ('["EBH", "SS"]', '["EBH" "SS"]', "a list does not end, or a comma is missing in it."),
        ("[jira.links]", "[jira.links", "a line in square brackets does not end with ]."),
        ("self_help = true", "self_help = Yes", "is neither true nor false."),
        ("valid_from = 2026-01-01", "valid_from = 1/1/2026", "is no date. Write year-month-day, such as 2026-01-31."),
        ("valid_from = 2026-01-01", "valid_from = 2026-02-30", "is no date. Write year-month-day"),
        ("valid_from = 2026-01-01", "valid_from = 2026-13-01", "is no date. Write year-month-day"),
        (r"'@omnidian\.com$'", r'"@omnidian\.com$"', "has a backslash within double quotes."),
    ],
)
def test_what_is_no_toml_is_said_in_plain_words(book: Path, old: str, new: str, words: str) -> None:
    number = change(book, TOML, old, new)
    (line,) = faults(book)
    assert line.startswith(f"{TOML}, line {number}: {words}")


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [("grace_days = 60", "grace_days = 60\ngrace_days = 61", "grace_days"), ("[titles]", "[jira]\n[titles]", "[jira]")],
)
def test_what_is_there_twice_is_named(book: Path, old: str, new: str, name: str) -> None:
    number = change(book, TOML, old, new)
    (line,) = faults(book)
    assert line in [f"{TOML}, line {n}: {name} is there a second time. Keep it once." for n in (number, number + 1)]


def test_whatever_else_the_reader_says_is_passed_on() -> None:
    assert in_words("Something new", "a = 1") == "cannot be read here: Something new. Compare with the lines around it."


def test_an_empty_playbook_is_one_fault(book: Path) -> None:
    (book / TOML).write_bytes(b"\xef\xbb\xbf \r\n")
    assert faults(book) == [f"{TOML}: is empty. Take the playbook that came with the program to begin with."]


@pytest.mark.parametrize(
    "saved",
    [
        lambda text: b"\xef\xbb\xbf" + text,
        lambda text: text.replace(b"\n", b"\r\n"),
        lambda text: text.replace(b"\n", b"\r"),
        lambda text: text + b"\n\n",
    ],
    ids=["with a mark before it", "as Windows ends lines", "as old Macs ended lines", "with empty lines after it"],
)
@pytest.mark.parametrize("file", [TOML, PAST])
def test_how_an_editor_saves_it_makes_no_difference(book: Path, file: str, saved: Change) -> None:
    before = load_playbook(book)
    (book / file).write_bytes(saved((book / file).read_bytes()))
    assert load_playbook(book) == before


@pytest.mark.parametrize("file", [TOML, PAST])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "latin-1"])
def test_another_encoding_is_named(book: Path, file: str, encoding: str) -> None:
    text = (book / file).read_text("utf-8") + "\n# é"
    (book / file).write_bytes(text.encode(encoding, "replace"))
    (line,) = faults(book)
    assert line.startswith(file)
    assert line.endswith("is not saved as UTF-8. Save it again with the encoding UTF-8.")


@pytest.mark.parametrize(
    "blank",
    [
        "[Insert homeowner name]",
        "[Your name]",
        "(customer name)",
        "{homeowner}",
        "<agent>",
        "[[agent]]",
        "＄agent",
        "%agent",
        "x/x/xx",
    ],
)
@pytest.mark.parametrize("text_id", ["homeowner_past", "installer_past", "partner_thanks", "say_past"])
def test_a_blank_that_nothing_fills_never_goes_out__C12_H5(book: Path, text_id: str, blank: str) -> None:
    file = book / "replies" / f"{text_id}.txt"
    lines = file.read_text("utf-8").rstrip("\n").split("\n")
    file.write_text("\n".join([*lines, f"Hello {blank}, bye"]), "utf-8")
    (line,) = faults(book)
    assert line.startswith(f"replies/{text_id}.txt, line {len(lines) + 1}: {blank} would be sent as it stands.")


def test_a_blank_that_nothing_fills_is_no_part_of_a_title__H2(book: Path) -> None:
    number = change(book, TOML, "Homeowner Concern – $installer –", "Homeowner Concern – [Insert installer name] –")
    (line,) = faults(book)
    assert line.startswith(
        f"{TOML}, line {number}, titles.installer: [Insert installer name] would be sent as it stands."
    )


@pytest.mark.parametrize(
    "words", ["100% installer work", "the agent's (own) address", "less < rep", "[1] and {2}", "${agent}s"]
)
def test_usual_words_are_no_blanks__H5(book: Path, words: str) -> None:
    file = book / PAST
    file.write_text(file.read_text("utf-8") + words, "utf-8")
    load_playbook(book)


def test_an_invisible_sign_in_a_text_is_named(book: Path) -> None:
    file = book / PAST
    file.write_text("Hello $homeowner\nall\x0bgood\t.", "utf-8")
    assert faults(book) == [f"{PAST}, line 2: has an invisible sign in it. Delete it; copied text often brings one."]


def test_a_text_saved_by_a_word_processor_is_told_how_to_be_saved(book: Path) -> None:
    (book / PAST).rename(book / "replies" / "homeowner_past.docx")
    assert faults(book) == [
        f"{PAST}: is not there, but homeowner_past.docx is. Save it as plain text (.txt) with the encoding UTF-8."
    ]


def test_a_document_beside_the_texts_is_nobodys_business(book: Path) -> None:
    (book / "replies" / "homeowner_past.docx").write_bytes(b"x")
    (book / "replies" / "README.md").write_text("x", "utf-8")
    load_playbook(book)


def test_endings_are_read_in_capitals_too(book: Path) -> None:
    before = load_playbook(book)
    (book / PAST).rename(book / "replies" / "homeowner_past.TXT")
    assert load_playbook(book) == before


def test_a_missing_folder_of_texts_is_one_fault(book: Path) -> None:
    shutil.rmtree(book / "replies")
    assert faults(book) == ["replies: is not there. The folder with the texts lies beside playbook.toml."]
