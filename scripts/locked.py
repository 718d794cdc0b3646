"""The lock files, read: which packages in which versions, with which hashes."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REQUIREMENTS = ROOT / "requirements"
LOCKS = ("run", "build", "dev")

_ENTRY = re.compile(r"^([a-z0-9.-]+)==(\S+)( ; [^\\]+)? \\$")
_HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


@dataclass(frozen=True, slots=True)
class Locked:
    """One package of a lock file. ``marker`` says on which systems it is installed ("" for all)."""

    name: str
    version: str
    marker: str
    hashes: int


def read_lock(text: str) -> list[Locked]:
    """The packages of a lock file. Raises ValueError, naming the line, for anything but packages and their hashes."""
    found: list[Locked] = []
    for number, line in enumerate(text.splitlines(), 1):
        if entry := _ENTRY.match(line):
            found.append(Locked(entry[1], entry[2], (entry[3] or "").removeprefix(" ; ").strip(), 0))
        elif found and _HASH.match(line):
            last = found[-1]
            found[-1] = Locked(last.name, last.version, last.marker, last.hashes + 1)
        else:
            raise ValueError(f"line {number} is neither a package nor a hash: {line}")
    return found


def lock(which: str) -> list[Locked]:
    """The packages of one of LOCKS."""
    return read_lock((REQUIREMENTS / f"{which}.txt").read_text(encoding="utf-8"))
