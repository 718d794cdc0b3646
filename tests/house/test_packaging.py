"""What is handed to IT fits the program."""

import tomllib
from pathlib import Path

from ptodesk_gui.workstation.policy import KEEP_DAYS, read_policy
from ptodesk_gui.workstation.settings import KEYS


def test_the_policy_template_is_a_policy_that_sets_nothing(project_dir: Path) -> None:
    policy = read_policy(project_dir / "packaging" / "policy.toml")
    assert (policy.locked, policy.default, policy.faults) == ({}, {}, ())


def test_what_the_policy_template_shows_are_settings(project_dir: Path) -> None:
    lines = (project_dir / "packaging" / "policy.toml").read_text(encoding="utf-8").splitlines()
    shown = tomllib.loads(
        "\n".join(dict.fromkeys(line[2:] for line in lines if line.startswith("# ") and " = " in line))
    )
    assert shown
    assert shown.keys() - {"keep_days"} <= set(KEYS)
    assert shown["keep_days"] == KEEP_DAYS


def test_the_packages_that_it_is_told_to_install_are_those_of_the_set_up(project_dir: Path) -> None:
    listed = (project_dir / "requirements" / "debian-run.txt").read_text(encoding="utf-8").splitlines()
    packages = {line.split()[0] for line in listed if not line.startswith("#")} - {"python3-venv"}
    page = (project_dir / "docs" / "it.md").read_text(encoding="utf-8")
    command = page.split("--no-install-recommends")[1].split("```")[0]
    assert set(command.replace("\\", "").split()) == packages
