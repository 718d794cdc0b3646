"""Prints the lock file of what a Windows build needs: what the program and PyInstaller stand on, in the locked versions, with their hashes.

pip reads the markers of a lock file for the machine that it runs on; here they are read for Windows.
"""

import re
import sys
from pathlib import Path

from pip._vendor.packaging.markers import Marker

ROOT = Path(__file__).resolve().parents[2]
BUILDERS = {"pyinstaller", "pyinstaller-hooks-contrib", "altgraph", "pefile", "setuptools", "packaging"}
WINDOWS = {
    "sys_platform": "win32",
    "platform_system": "Windows",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "python_version": "3.11",
    "python_full_version": "3.11.7",
    "implementation_name": "cpython",
    "platform_python_implementation": "CPython",
    "extra": "",
}
ENTRY = re.compile(r"^(?P<name>[a-z0-9.-]+)==(?P<version>[^ ]+)(?: ; (?P<marker>[^\\]+))? \\$")


def wanted(run: str, dev: str) -> str:
    """The entries of both locks that a Windows build needs, without their markers."""
    lines: dict[str, list[str]] = {}
    for text, every in ((run, True), (dev, False)):
        name, taken = "", False
        for line in text.splitlines():
            if entry := ENTRY.match(line):
                name = entry["name"]
                holds = entry["marker"] is None or Marker(entry["marker"]).evaluate(WINDOWS)
                taken = holds and (every or name in BUILDERS) and name not in lines
                if taken:
                    lines[name] = [f"{name}=={entry['version']} \\"]
            elif taken:
                lines[name].append(line)
    return "\n".join(line for entry in lines.values() for line in entry) + "\n"


if __name__ == "__main__":
    locks = ((ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8") for name in ("run", "dev"))
    sys.stdout.write(wanted(*locks))
