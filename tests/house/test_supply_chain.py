"""What goes out with the program about itself: the parts list by its schema, a licence text for every part, and an honest audit."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from ptodesk_gui import __version__
from scripts import audit, licence_texts, sbom
from scripts.licenses_page import SHIPPED, allowed
from scripts.locked import lock


@pytest.fixture(scope="module")
def legal(project_dir: Path) -> Path:
    return project_dir / "resources" / "legal"


@pytest.fixture(scope="module")
def parts(legal: Path) -> dict[str, Any]:
    return dict(json.loads((legal / "sbom.cdx.json").read_text(encoding="utf-8")))


def test_the_list_of_parts_is_up_to_date(legal: Path) -> None:
    assert (legal / "sbom.cdx.json").read_text(encoding="utf-8") == sbom.text(), "run `make sbom`"


def test_the_list_of_parts_is_one_by_the_schema(legal: Path) -> None:
    text = (legal / "sbom.cdx.json").read_text(encoding="utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text.replace('"SHA-256"', '"witness"')) is not None


def test_every_shipped_package_is_a_part_with_version_licence_and_every_hash(
    parts: dict[str, Any], project_dir: Path
) -> None:
    by_name = {part["name"]: part for part in parts["components"]}
    locks = (project_dir / "requirements" / "run.txt").read_text(encoding="utf-8")
    assert by_name.keys() - {"python"} == {package.name for package in lock("run")}
    for package in lock("run"):
        part = by_name[package.name]
        assert part["version"] == package.version
        assert len(part["hashes"]) == package.hashes
        assert all(f"--hash=sha256:{found['content']}" in locks for found in part["hashes"])
        assert allowed(part["licenses"][0]["expression"], SHIPPED)
    assert parts["metadata"]["component"]["version"] == __version__


def test_the_parts_hang_together(parts: dict[str, Any]) -> None:
    """From the program every part is reached but those that only other systems need."""
    needs = {entry["ref"]: entry.get("dependsOn", []) for entry in parts["dependencies"]}
    reached, waiting = set(), ["ptodesk"]
    while waiting:
        ref = waiting.pop()
        if ref not in reached:
            reached.add(ref)
            waiting += needs.get(ref, [])
    everywhere = {f"{package.name}@{package.version}" for package in lock("run") if not package.marker}
    assert everywhere - reached == set()


def test_every_part_has_the_text_of_its_licence(legal: Path) -> None:
    listed = (legal / "LICENSES.txt").read_text(encoding="utf-8")
    assert listed == licence_texts.overview(), "run `make sbom`"
    for name in re.findall(r"([\w.-]+\.txt)", listed):
        assert len((legal / "licenses" / name).read_text(encoding="utf-8")) > 500, name


def test_the_texts_are_those_of_the_packages(legal: Path) -> None:
    for name, text in licence_texts.texts().items():
        assert (legal / "licenses" / name).read_text(encoding="utf-8") == text, f"{name}: run `make sbom`"


def test_what_the_lgpl_asks_is_said(legal: Path) -> None:
    said = (legal / "LICENSES.txt").read_text(encoding="utf-8")
    for words in (
        "Lesser General Public License",
        "may be replaced",
        "source is to be had",
        "LGPL-3.0.txt, GPL-3.0.txt",
    ):
        assert words in said
    assert "Version 3, 29 June 2007" in (legal / "licenses" / "LGPL-3.0.txt").read_text(encoding="utf-8")


def test_the_texts_go_out_with_the_program(project_dir: Path) -> None:
    """They lie in the resources, which the built program and the wheel take whole."""
    spec = (project_dir / "packaging" / "pyinstaller.spec").read_text(encoding="utf-8")
    assert '(str(ROOT / "resources"), "ptodesk_gui/_resources")' in spec


# --- make audit -------------------------------------------------------------------------------------------------------

WELL = {"name": "click", "version": "8.5.1", "vulns": []}
SKIPPED = {"name": "jira", "skip_reason": "Dependency not found and could not be audited: jira (3.10.5)"}
ILL = {"name": "jira", "version": "3.10.5", "vulns": [{"id": "SAMPLE-2026-1", "fix_versions": ["3.10.6"]}]}


@pytest.mark.parametrize(
    ("answers", "code", "words"),
    [
        ([WELL, {**ILL, "vulns": []}], 0, "No vulnerability is known of these 2 packages."),
        ([WELL, ILL], 1, "jira 3.10.5: SAMPLE-2026-1, mended in 3.10.6"),
        ([WELL, SKIPPED], 2, "could not be asked about 1 of 2 packages"),
        ([WELL], 2, "could not be asked about 1 of 2 packages"),
        ([], 2, "could not be asked about 2 of 2 packages"),
    ],
)
def test_an_audit_that_could_not_ask_never_says_that_all_is_well(answers: list[Any], code: int, words: str) -> None:
    found, lines = audit.report({"dependencies": answers}, {"click", "jira"})
    assert found == code
    assert words in lines[-1]
    assert (code == 0) is ("No vulnerability" in lines[-1])


def test_an_audit_whose_tool_does_not_run_could_not_ask(capsys: pytest.CaptureFixture[str]) -> None:
    assert audit.main("there-is-no-such-program") == 2
    assert "could not be found out" in capsys.readouterr().err
