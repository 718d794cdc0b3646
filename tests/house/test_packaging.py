"""What is handed to IT fits the program."""

from pathlib import Path

from ptodesk_gui.workstation.policy import read_policy

BROUGHT = {"libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1"}  # their libraries are in the built folder


def test_the_policy_template_is_a_policy_that_sets_nothing(project_dir: Path) -> None:
    policy = read_policy(project_dir / "packaging" / "policy.toml")
    assert (policy.locked, policy.default, policy.faults) == ({}, {}, ())


def test_it_is_told_to_install_what_the_set_up_needs_and_the_folder_does_not_bring(project_dir: Path) -> None:
    """That these are all, and no more than the package depends on, is seen where the package is built (tests/frozen)."""
    listed = (project_dir / "requirements" / "debian-run.txt").read_text(encoding="utf-8").splitlines()
    packages = {line.split()[0] for line in listed if not line.startswith("#")} - {"python3-venv"}
    page = (project_dir / "docs" / "it.md").read_text(encoding="utf-8")
    command = page.split("--no-install-recommends")[1].split("```")[0]
    assert packages - set(command.replace("\\", "").split()) == BROUGHT
