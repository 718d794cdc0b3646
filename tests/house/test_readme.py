"""What README.md says of commands, keys and files is so."""

import re
from pathlib import Path

import pytest

from ptodesk_gui.ui.actions import LISTED

IN_THE_REVIEW = {"Ctrl+Enter", "Esc"}


@pytest.fixture(scope="module")
def readme(project_dir: Path) -> str:
    return (project_dir / "README.md").read_text(encoding="utf-8")


def test_every_page_and_picture_that_is_linked_is_there(project_dir: Path) -> None:
    pages = [*project_dir.glob("*.md"), *(project_dir / "docs").rglob("*.md")]
    links = [(p, link) for p in pages for link in re.findall(r"\]\(([^)#]+)\)", p.read_text(encoding="utf-8"))]
    assert links
    assert [
        f"{p.name}: {link}" for p, link in links if not link.startswith("https://") and not (p.parent / link).exists()
    ] == []


def test_every_make_target_that_is_named_is_there(readme: str, project_dir: Path) -> None:
    makefile = (project_dir / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make ([a-z-]+)", readme, re.MULTILINE)) <= targets


def test_the_keys_are_those_of_the_window(readme: str) -> None:
    section = readme.split("## Keys")[1].split("\n## ")[0]
    shown = {
        key
        for row in re.findall(r"^\| ([^|]+) \| ", section, re.MULTILINE)
        for key in re.split(r", (?! )| \.\.\. ", row)
    }
    keys = {spec.key for spec in LISTED} | {key for spec in LISTED for key in spec.key.split(", ")}
    assert shown - keys - IN_THE_REVIEW - {"key", "Ctrl+,"} == set()
