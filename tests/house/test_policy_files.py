"""The policy's template, its schema and the program mean the same."""

import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from ptodesk_gui.workstation.policy import read_policy
from ptodesk_gui.workstation.policy_keys import SECTIONS
from scripts import policy_schema


@pytest.fixture(scope="module")
def template(project_dir: Path) -> str:
    return (project_dir / "packaging" / "policy.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def shown(template: str) -> str:
    """The template with everything in it that it shows."""
    return "\n".join(line[2:] if line.startswith("# ") and " = " in line else line for line in template.splitlines())


def has_fault(text: str, tmp_path: Path) -> bool:
    file = tmp_path / "policy.toml"
    file.write_text(text, "utf-8")
    return read_policy(file).faults != ()


def is_refused(data: Any, project_dir: Path) -> bool:
    schema = json.loads((project_dir / "packaging" / "policy.schema.json").read_text(encoding="utf-8"))
    return not jsonschema.Draft202012Validator(schema).is_valid(data)


def test_the_schema_is_up_to_date(project_dir: Path) -> None:
    written = (project_dir / "packaging" / "policy.schema.json").read_text(encoding="utf-8")
    assert written == policy_schema.text(), "run `make policy-schema`"


def test_the_template_shows_every_key_and_no_other(shown: str) -> None:
    data = tomllib.loads(shown)
    assert data.pop("format") == 1
    assert data.keys() == SECTIONS.keys()
    assert data["locked"].keys() | data["default"].keys() == {key.name for key in SECTIONS["locked"]}
    for section in ("retention", "playbook", "updates"):
        assert data[section].keys() == {key.name for key in SECTIONS[section]}


def test_what_the_template_shows_has_no_fault_for_schema_or_program(
    shown: str, tmp_path: Path, project_dir: Path
) -> None:
    assert not has_fault(shown, tmp_path)
    assert not is_refused(tomllib.loads(shown), project_dir)


@pytest.mark.parametrize("section", list(SECTIONS))
def test_schema_and_program_refuse_the_same(section: str, tmp_path: Path, project_dir: Path) -> None:
    values = [
        "5",
        "0",
        "-1",
        "31",
        "3651",
        "true",
        '""',
        '"none"',
        '"https://x.example"',
        '"pto"',
        '"PTO"',
        "[]",
        "['x']",
        "1.5",
    ]
    names = [key.name for key in SECTIONS[section]]
    for line in (*(f"{name} = {value}" for name in names for value in values), "token = 1"):
        text = f"[{section}]\n{line}\n"
        assert has_fault(text, tmp_path) is is_refused(tomllib.loads(text), project_dir), text
