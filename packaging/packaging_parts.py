"""What the packages of all systems have in common: where the built program is, its version, its time, the texts beside it."""

import os
import re
import subprocess
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]


def version() -> str:
    """The program's version, from the one place where it stands."""
    text = (ROOT / "ptodesk_gui" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "(.+)"$', text, re.MULTILINE)
    if found is None:
        raise SystemExit("ptodesk_gui/__init__.py names no version")
    return found[1]


def built_program() -> Path:
    """The folder of the built program. Raises SystemExit: there is none."""
    folder = Path(os.environ.get("PTODESK_DIST", ROOT / "dist")) / "ptodesk"
    if not (folder / "ptodesk-gui").is_file():
        raise SystemExit(f"there is no built program in {folder}: run `make package`")
    return folder


def epoch() -> int:
    """The time that every file of a package gets: SOURCE_DATE_EPOCH, else that of the last commit, in seconds."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    asked = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False)
    return int(asked.stdout) if asked.returncode == 0 and asked.stdout.strip() else 1_767_225_600


def shipped_texts() -> dict[str, bytes]:
    """What lies beside the program for whoever looks after it, by name."""
    texts = {f"examples/{path.name}": path.read_bytes() for path in sorted((ROOT / "packaging").glob("policy*"))}
    for name in ("it.md", "licenses.md"):
        texts[name] = (ROOT / "docs" / name).read_bytes()
    return texts
