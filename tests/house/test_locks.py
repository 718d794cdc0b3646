"""The lock files: every package pinned and hashed for every system, no index named, every licence allowed."""

import ast
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts import licenses_page
from scripts.locked import LOCKS, lock, read_lock

# Packages whose wheels hold machine code: how many files their hashes must cover at the least (Linux on x86-64 and
# ARM, Windows, macOS; for some, several versions of Python).
COMPILED = {"pyside6-essentials": 4, "shiboken6": 4, "pydantic-core": 8, "charset-normalizer": 8, "markupsafe": 8}


@pytest.mark.parametrize("which", LOCKS)
def test_every_package_is_pinned_with_hashes_and_no_address(which: str) -> None:
    packages = lock(which)  # anything but packages and hashes is an error
    assert len({p.name for p in packages}) == len(packages) > 0
    assert [p.name for p in packages if p.hashes == 0] == []


@pytest.mark.parametrize("which", ["run", "dev"])
def test_hashes_cover_the_files_of_every_system(which: str) -> None:
    hashes = {p.name: p.hashes for p in lock(which)}
    assert {name: hashes[name] for name, least in COMPILED.items() if hashes[name] < least} == {}


@pytest.mark.parametrize("part", ["run", "build"])
def test_the_smaller_locks_are_parts_of_the_one_for_development(part: str) -> None:
    whole = {p.name: p for p in lock("dev")}
    assert [p.name for p in lock(part) if whole.get(p.name) is None or whole[p.name].version != p.version] == []


@pytest.mark.parametrize(("which", "extra"), [("run", ""), ("dev", "dev")])
def test_the_locks_hold_what_the_project_asks_for(which: str, extra: str, project_dir: Path) -> None:
    project = tomllib.loads((project_dir / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *(project["optional-dependencies"][extra] if extra else [])]
    locked = {p.name: p.version for p in lock(which)}
    for text in asked:
        requirement = Requirement(text)
        name = canonicalize_name(requirement.name)
        assert name in locked, f"{name}: run `make lock`"
        assert requirement.specifier.contains(locked[name], prereleases=True), f"{name}: run `make lock`"


def test_another_line_in_a_lock_is_a_fault() -> None:
    with pytest.raises(ValueError, match="line 1 is neither"):
        read_lock("--index-" + "url somewhere\n")
    with pytest.raises(ValueError, match="line 1 is neither"):
        read_lock("click>=8\n")


def test_every_licence_is_allowed() -> None:
    assert licenses_page.faults(licenses_page.rows()) == []


def test_a_licence_that_is_not_allowed_is_found() -> None:
    rows = [
        ("a", "GPL-3.0-only", True),
        ("b", "", False),
        ("c", "MIT OR GPL-3.0-only", True),
        ("d", "MIT AND AGPL-3.0", True),
    ]
    assert licenses_page.faults(rows) == ["a: GPL-3.0-only", "b: unknown licence", "d: MIT AND AGPL-3.0"]


def test_the_licences_page_is_up_to_date(project_dir: Path) -> None:
    page = (project_dir / "docs" / "licenses.md").read_text(encoding="utf-8")
    assert page == licenses_page.page(licenses_page.rows()), "run `make licenses-page`"


# The name of a package where it is not the name of what is imported from it.
PACKAGE_OF = {
    "PySide6": "pyside6-essentials",
    "email_validator": "email-validator",
    "urllib3": "requests",
    "dns": "email-validator",
}


def test_everything_that_the_program_imports_is_asked_for(project_dir: Path) -> None:
    """A package that happens to be installed, for a tool or another package, is missing on somebody else's machine."""
    project = tomllib.loads((project_dir / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {canonicalize_name(Requirement(text).name) for text in project["dependencies"]}
    imported: dict[str, str] = {}
    for path in (project_dir / "ptodesk_gui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level and node.module:
                names = [node.module]
            imported |= {name.split(".")[0]: path.name for name in names}
    foreign = imported.keys() - sys.stdlib_module_names - {"ptodesk_gui", "_typeshed"}
    missing = {name: imported[name] for name in foreign if canonicalize_name(PACKAGE_OF.get(name, name)) not in asked}
    assert missing == {}
