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
