"""Builds the program twice, in two places and with other clocks, and lists what differs: ``make reproducible``."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from packaging_parts import ROOT, epoch

SPEC: Final = ROOT / "packaging" / "pyinstaller.spec"
PLACES: Final = ("first", "second-in-another-folder")


def build(place: Path) -> Path:
    """One build; the folder of the program."""
    environment = {**os.environ, "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": str(epoch())}
    where = ["--distpath", str(place / "dist"), "--workpath", str(place / "work")]
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "ERROR", *where, str(SPEC)]
    subprocess.run(command, check=True, env=environment, cwd=ROOT)
    return place / "dist" / "ptodesk"


def fingerprints(folder: Path) -> dict[str, str]:
    """What every file of the folder holds, by its place."""
    return {
        path.relative_to(folder).as_posix(): (
            f"link to {path.readlink()}" if path.is_symlink() else hashlib.sha256(path.read_bytes()).hexdigest()
        )
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or path.is_file()
    }


def differences(first: dict[str, str], second: dict[str, str]) -> list[str]:
    """The places at which two builds differ, each with how."""
    said = []
    for place in sorted(first.keys() | second.keys()):
        if place not in second:
            said.append(f"only the first build has {place}")
        elif place not in first:
            said.append(f"only the second build has {place}")
        elif first[place] != second[place]:
            said.append(f"{place} differs")
    return said


def main() -> int:
    """Exit code 0: the two builds are the same, byte for byte; 1: they differ, and where is said."""
    folder = ROOT / "build" / "reproducible"
    first, second = (fingerprints(build(folder / place)) for place in PLACES)
    for line in (found := differences(first, second)):
        print(line)
    print(f"{len(first)} files, {len(found)} of them differ.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
