"""The Debian package installs into a bare Debian, starts there, and goes again. Only where CI has made both."""

import os
import subprocess
from pathlib import Path

import pytest


def test_it_installs_starts_and_goes_again(project_dir: Path) -> None:
    if not os.environ.get("CI") or not list((project_dir / "dist").glob("*.deb")):
        pytest.skip("tried by CI and by `make deb`")
    tried = subprocess.run(
        [str(project_dir / "scripts" / "try-deb.sh")], capture_output=True, text=True, timeout=1200, check=False
    )
    assert tried.returncode == 0, tried.stdout + tried.stderr
    if "NOT TRIED" in tried.stdout:
        pytest.skip(tried.stdout.splitlines()[0])
    assert "All is well." in tried.stdout


def test_the_page_for_it_names_what_the_package_depends_on(project_dir: Path) -> None:
    made = sorted((project_dir / "dist").glob("*.deb"))
    if not os.environ.get("CI") or not made:
        pytest.skip("compared by CI, which makes the package anew")
    depends = subprocess.run(["dpkg-deb", "-f", made[-1], "Depends"], capture_output=True, text=True, check=True).stdout
    first = {one.split("|")[0].split("(")[0].strip() for one in depends.split(",")} - {"libc6"}
    page = (project_dir / "docs" / "it.md").read_text("utf-8")
    command = page.partition("apt-get install --no-install-recommends ")[2].partition("```")[0]
    assert set(command.replace("\\", " ").split()) == first
