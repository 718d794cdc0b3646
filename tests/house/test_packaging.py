"""What is handed to IT fits the program."""

from pathlib import Path

from ptodesk_gui.workstation.policy import read_policy


def test_the_policy_template_is_a_policy_that_sets_nothing(project_dir: Path) -> None:
    policy = read_policy(project_dir / "packaging" / "policy.toml")
    assert (policy.locked, policy.default, policy.faults) == ({}, {}, ())


def test_the_packages_that_it_is_told_to_install_are_those_of_the_set_up(project_dir: Path) -> None:
    listed = (project_dir / "requirements" / "debian-run.txt").read_text(encoding="utf-8").splitlines()
    packages = {line.split()[0] for line in listed if not line.startswith("#")} - {"python3-venv"}
    page = (project_dir / "docs" / "it.md").read_text(encoding="utf-8")
    command = page.split("--no-install-recommends")[1].split("```")[0]
    assert set(command.replace("\\", "").split()) == packages
