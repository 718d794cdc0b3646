"""Checking a playbook: every fault, each with file, line or key, and what to do."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ptodesk_gui.sop.case import Address
from ptodesk_gui.sop.faults import PlaybookFaults
from ptodesk_gui.sop.playbook_check import check_playbook
from ptodesk_gui.sop.playbook_lines import key_lines, line_of
from ptodesk_gui.sop.replies import TEXT_IDS

Change = Callable[[str], str]


@pytest.fixture(scope="session")
def toml(project_dir: Path) -> str:
    """The packaged playbook's file."""
    return (project_dir / "resources" / "playbook" / "playbook.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def texts(project_dir: Path) -> dict[str, str]:
    """The packaged texts by id."""
    folder = project_dir / "resources" / "playbook" / "replies"
    return {file.stem: file.read_text(encoding="utf-8").rstrip("\n") for file in folder.glob("*.txt")}


def lines(toml: str, texts: dict[str, str]) -> list[str]:
    with pytest.raises(PlaybookFaults) as wrong:
        check_playbook(toml, texts)
    return list(wrong.value.lines)


def replaced(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


def test_the_packaged_playbook_says_what_the_procedure_says(toml: str, texts: dict[str, str]) -> None:
    book = check_playbook(toml, texts)
    assert (book.grace_days, book.reminder_hours, book.project, book.source_projects) == (60, 24, "PTO", ("EBH", "SS"))
    assert (book.label, book.request_type, book.person) == ("PTO", "PTO/M3 delay", "Jessica Hauger")
    assert (book.links.is_caused_by, book.links.relates_to, book.links.duplicates) == (
        "is caused by",
        "relates to",
        "duplicates",
    )
    assert (book.version, book.valid_from, book.closing_field) == ("1", date(2026, 1, 1), "")
    assert (book.holds_on(date(2025, 12, 31)), book.holds_on(date(2026, 1, 1))) == (False, True)
    area = book.area(Address(city="littleton", state="co"), "Top Electric")
    assert area is not None
    assert area.reply == "homeowner_littleton"
    assert [c.name for c in book.companies] == [
        "Blue Hammer",
        "Stronger Electric",
        "Shield Energy",
        "LA Solar",
        "Top Electric",
    ]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("grace_days = 60", "grace_days = 0", "line {n}, grace_days: is 0. Write 1 or more."),
        (
            "grace_days = 60",
            'grace_days = "60"',
            "line {n}, grace_days: must be a whole number without quotes, such as 60.",
        ),
        ("grace_days = 60", "grace_days = true", "line {n}, grace_days: must be a whole number"),
        ("grace_days = 60", "grace_days = 60.5", "line {n}, grace_days: must be a whole number"),
        ("grace_days = 60", "grace_dais = 60", "line {n}, grace_dais: is not known here."),
        ("grace_days = 60", "", "grace_days: is missing."),
        ("valid_from = 2026-01-01", 'valid_from = "2026-01-01"', "line {n}, valid_from: must be a date without quotes"),
        ("valid_from = 2026-01-01", "valid_from = 2026-13-01", "line {n}: is no date."),
        ('project = "PTO"', 'project = "PTO', "line {n}: a quotation mark is not closed."),
        ('project = "PTO"', 'project = "pto desk"', "line {n}, jira.project: is no project key."),
        ('label = "PTO"', 'label = "P T O"', "line {n}, jira.label: has a space in it."),
        (
            'source_projects = ["EBH", "SS"]',
            'source_projects = "EBH"',
            "line {n}, jira.source_projects: must be a list",
        ),
        (
            'source_projects = ["EBH", "SS"]',
            'source_projects = ["EBH", 5]',
            "line {n}, jira.source_projects[2]: must be text",
        ),
        ('duplicates = "duplicates"', 'duplicates = ""', "line {n}, jira.links.duplicates: is empty."),
        ('duplicates = "duplicates"', "", "jira.links.duplicates: is missing."),
        ('field = ""', "field = 5", "line {n}, jira.closing.field: must be text in quotes"),
        (
            'installer = "Homeowner Concern – $installer – $homeowner"',
            'installer = "Concern $instaler"',
            "line {n}, titles.installer: $instaler is not known here. Known are: $homeowner, $installer.",
        ),
        (
            'installer = "Homeowner Concern – $installer – $homeowner"',
            'installer = "costs $5"',
            "line {n}, titles.installer: a $ that begins no variable.",
        ),
        (
            'installer = "Homeowner Concern – $installer – $homeowner"',
            f'installer = "{"x" * 121}"',
            "line {n}, titles.installer: is too long: 121 signs besides its blanks, 120 is the most.",
        ),
        ("[groups.shield]", "[groups.shields]", 'installers[3].group: there is no group "shield"'),
        (
            'contact = "gi@shieldenergy.tech"',
            'contact = "gi@"',
            "line {n}, groups.shield.contact: is no email address.",
        ),
        (
            'aliases = ["Stronger"]',
            'aliases = ["Stronger", "STRONGER inc"]',
            'line {n}, installers[2].aliases[2]: "STRONGER inc" is the same name as installers[2].aliases[1].',
        ),
        (
            'aliases = ["Shield"]',
            'aliases = ["la_solar"]',
            'installers[4].name: "LA Solar" is the same name as installers[3].aliases[1].',
        ),
        ('name = "LA Solar"', 'name = ""', "line {n}, installers[4].name: is empty."),
        ('name = "LA Solar"', "name = 5", "line {n}, installers[4].name: must be text in quotes"),
        ('installer = "Top Electric"', 'installer = "Top"', 'line {n}, areas[1].installer: "Top" is not listed.'),
        ('states = ["CO", "Colorado"]', "states = []", "line {n}, areas[1].states: is an empty list."),
        (
            'reply = "homeowner_littleton"',
            'reply = "installer_past"',
            "line {n}, areas[1].reply: is no reply to homeowners.",
        ),
        (
            r"senders = ['@omnidian\.com$']",
            "senders = ['(']",
            "line {n}, recognition.omnidian.senders[1]: is no pattern",
        ),
        (
            'installer_concern = "the status',
            'installer_concern = "the bill and the status',
            "line {n}, installer_concern: mentions billing to the installer (bill).",
        ),
        (
            'installer_concern = "the status',
            'installer_concern = "the $homeowner status',
            "line {n}, installer_concern: has $homeowner in it, and nothing is filled in here. Write it out.",
        ),
        ('person = "Jessica Hauger"', 'person = "$agent"', "line {n}, person: has $agent in it"),
        ('"bill", "billing"', '"bill", "two words"', "billing_words[2]: is not one word."),
        ('person = "Jessica Hauger"', 'person = "Jessica\\nHauger"', "line {n}, person: has a line break"),
    ],
)
def test_a_fault_is_named_with_its_line_and_what_to_do(
    toml: str, texts: dict[str, str], old: str, new: str, fault: str
) -> None:
    changed = replaced(toml, old, new)
    number = toml[: toml.index(old)].count("\n") + 1
    found = lines(changed, texts)
    assert any(fault.format(n=number) in line for line in found), found
    assert all(line.startswith("playbook.toml") for line in found)


def test_every_fault_is_named_at_once(toml: str, texts: dict[str, str]) -> None:
    changed = replaced(toml, "grace_days = 60", "grace_days = 0")
    changed = replaced(changed, 'label = "PTO"', "label = 5")
    changed = replaced(changed, 'aliases = ["Shield"]', 'aliases = ["Top Electric"]')
    bad = {**texts, "say_past": "Hello $concern", "homeowner_again": "", "other": "x"}
    del bad["say_within"]
    found = lines(changed, bad)
    assert [re.match(r"[^,:]+", line)[0] for line in found] == [  # type: ignore[index]
        *["playbook.toml"] * 3,
        "replies/homeowner_again.txt",
        "replies/other.txt",
        "replies/say_past.txt",
        "replies/say_within.txt",
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "replies/{i}.txt: is empty."),
        (" \n", "replies/{i}.txt: is empty."),
        ("one\ntwo $hommeowner", "replies/{i}.txt, line 2: $hommeowner is not known in this text. Known are: $"),
        ("one\ntwo ${x}", "replies/{i}.txt, line 2: $x is not known in this text."),
        ("costs $5", "replies/{i}.txt, line 1: a $ that begins no variable."),
    ],
)
@pytest.mark.parametrize("text_id", ["homeowner_within", "partner_thanks", "installer_again", "say_past"])
def test_a_text_with_a_fault_is_named(toml: str, texts: dict[str, str], text_id: str, text: str, fault: str) -> None:
    (line,) = lines(toml, {**texts, text_id: text})
    assert line.startswith(fault.format(i=text_id))


def test_every_fault_of_a_text_is_named_at_once(toml: str, texts: dict[str, str]) -> None:
    said = lines(toml, {**texts, "say_past": "costs $5\n${x} $installer\n$y and $ and $x"})
    assert [line.partition(": ")[0].rpartition(" ")[2] + line.partition(": ")[2][:3] for line in said] == [
        "1a $",
        "2$x ",
        "3a $",
        "3$y ",
    ]


@pytest.mark.parametrize("text_id", ["homeowner_within", "say_past"])
def test_the_installers_concern_has_no_place_in_a_homeowners_text__I5(
    toml: str, texts: dict[str, str], text_id: str
) -> None:
    (line,) = lines(toml, {**texts, text_id: "about $concern"})
    assert "$concern is not known in this text" in line


@pytest.mark.parametrize("text_id", TEXT_IDS)
def test_a_missing_text_is_named(toml: str, texts: dict[str, str], text_id: str) -> None:
    (line,) = lines(toml, {i: t for i, t in texts.items() if i != text_id})
    assert line == f"replies/{text_id}.txt: is missing. Add the file with this text."


def test_a_misnamed_text_is_told_what_was_meant(toml: str, texts: dict[str, str]) -> None:
    (line,) = lines(toml, {**texts, "homeowner_witin": "x"})
    assert "(meant: homeowner_within?)" in line


def test_a_self_help_group_gets_no_tickets__I7(toml: str, texts: dict[str, str]) -> None:
    changed = replaced(
        toml, "self_help = true\ninstaller_tickets = false", "self_help = true\ninstaller_tickets = true"
    )
    (line,) = lines(changed, texts)
    assert "groups.blue_hammer_and_stronger" in line
    assert "installer_tickets" in line


@pytest.mark.parametrize("text", ["", "[", "a = [[[[" * 3000, "\x00", "x" * 10, "[jira]\nproject = 5\n[[jira]]"])
def test_a_file_that_is_no_playbook_is_a_fault_not_a_crash(texts: dict[str, str], text: str) -> None:
    assert lines(text, texts)


def test_lines_are_found_in_every_way_of_writing() -> None:
    found = key_lines(
        'a = 1\nlist = [\n  "x = 1",  # [not.a.table]\n  "y",\n]\nlong = """\nb = 2\n[t]\n"""\n'
        "[one.two]\nk.l = 3\n'q' = 4\n[[many]]\nn = 1\n[[many]]\nn = 2 # ] [\nm = 3\n"
    )
    assert found == {
        ("a",): 1,
        ("list",): 2,
        ("long",): 6,
        ("one", "two"): 10,
        ("one", "two", "k", "l"): 11,
        ("one", "two", "q"): 12,
        ("many", 0): 13,
        ("many", 0, "n"): 14,
        ("many", 1): 15,
        ("many", 1, "n"): 16,
        ("many", 1, "m"): 17,
    }
    assert line_of(("many", 1, "n", 0), found) == 16
    assert line_of(("nowhere",), found) is None
