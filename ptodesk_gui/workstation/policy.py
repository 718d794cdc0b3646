"""What IT has set for this computer: in a file that only IT can write, and on Windows in the registry, which holds over the file.

What can be read always holds. Where it cannot be known whether IT has locked the site, nothing is filed (docs/decisions/0021).
"""

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from ptodesk_gui.workstation import policy_registry, policy_text
from ptodesk_gui.workstation.policy_keys import (
    FORMAT,
    KEEP_DAYS,
    KEEP_DAYS_MOST,
    SECTIONS,
)
from ptodesk_gui.workstation.policy_text import TOP, Entry, Unread

__all__ = ["KEEP_DAYS", "KEEP_DAYS_MOST", "PlaybookSource", "Policy", "policy_path", "read_policy"]

TELL_IT: Final = "Tell IT."
UNSURE: Final = "The machine's policy cannot be read whole, so that it is not known which site IT has set."
UNSURE_CURE: Final = "Tell IT; `ptodesk doctor` names the line. Calls are kept, and filed once the policy can be read."
NEWER: Final = "it was written for a newer version of the program; what this one knows of it holds."
OTHERWISE: Final = {"keep_days": f"; {KEEP_DAYS} days hold"}


@dataclass(frozen=True, slots=True)
class PlaybookSource:
    """Where the playbook is fetched from, and what it must be: ``sha256`` in small letters, ``public_keys`` in base64.

    Not ``sound``: something of it cannot be read, so that nothing is fetched and the last good one stays.
    """

    place: str
    sha256: str = ""
    public_keys: tuple[str, ...] = ()
    sound: bool = True


@dataclass(frozen=True, slots=True)
class Policy:
    """``locked`` holds whatever the user says; ``default`` holds where the user says nothing.

    ``keep_days``: how long calls that are over, and drafts nobody went on with, stay on this computer. ``faults`` names what could not be read, a sentence each; the rest holds.
    ``site_unsure``: IT may have locked the site, and it cannot be read to which. ``read_from``: the file and the registry, as far as they are there.
    """

    locked: Mapping[str, str] = field(default_factory=dict)
    default: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[str, ...] = ()
    keep_days: int = KEEP_DAYS
    playbook: PlaybookSource | None = None
    site_unsure: bool = False
    read_from: tuple[str, ...] = ()


def policy_path() -> Path:
    """The machine's policy file. No environment variable of the user's moves it."""
    if sys.platform == "win32":
        import platformdirs  # asks Windows for %ProgramData%

        return platformdirs.site_data_path("ptodesk", appauthor=False) / "policy.toml"
    if sys.platform == "darwin":
        return Path("/Library/Application Support/ptodesk/policy.toml")
    return Path("/etc/ptodesk/policy.toml")


def read_policy(path: Path | None = None, registry: Any | None = None) -> Policy:
    """The policy; empty when there is none. ``registry`` stands for the module winreg, which is asked on Windows."""
    file = policy_path() if path is None else path
    reading = _Reading()
    reading.file(file)
    winreg = policy_registry.registry() if registry is None else registry
    if winreg is not None:
        reading.registry(winreg)
    return reading.policy()


class _Reading:
    """Puts the policy together; what comes later holds over what came before."""

    def __init__(self) -> None:
        self._values: dict[tuple[str, str], Any] = {}
        self._faults: list[str] = []
        self._unsure = False
        self._playbook_sound = True
        self._read_from: list[str] = []

    def file(self, file: Path) -> None:
        """The policy file, which need not be there."""
        try:
            raw = file.read_bytes()
        except FileNotFoundError:
            return
        except OSError as error:
            self._unsure, self._playbook_sound = True, False
            self._fault(f"cannot be read and does not hold ({file.name}: {error.strerror}).")
            return
        self._read_from.append(str(file))
        entries, unread = policy_text.entries_of(raw)
        for line in unread:
            self._unread(line)
        self._take(entries)

    def registry(self, winreg: Any) -> None:
        """The registry, where there is a key of ours."""
        entries, closed = policy_registry.entries_of(winreg)
        for place in closed:
            self._unsure, self._playbook_sound = True, False
            self._fault(f"the registry key {place} cannot be read.")
        if entries:
            self._read_from.append(f"HKEY_LOCAL_MACHINE\\{policy_registry.KEY}")
        self._take(entries)

    def policy(self) -> Policy:
        """What holds."""
        locked, default = self._settings("locked"), self._settings("default")
        source = str(self._values.get(("playbook", "source"), "")).strip()
        hash_, keys = self._values.get(("playbook", "sha256"), ""), self._values.get(("playbook", "public_keys"), [])
        playbook = None
        if source or not self._playbook_sound:
            keys = tuple(key.strip() for key in keys)
            playbook = PlaybookSource(source, hash_.strip().lower(), keys, self._playbook_sound)
        days = self._values.get(("retention", "keep_days"), KEEP_DAYS)
        unsure = self._unsure and not locked.get("url")
        return Policy(locked, default, tuple(self._faults), days, playbook, unsure, tuple(self._read_from))

    def _settings(self, section: str) -> dict[str, str]:
        found = {key: value for (where, key), value in self._values.items() if where == section}
        return {key: value if isinstance(value, str) else str(value) for key, value in found.items()}

    def _unread(self, line: Unread) -> None:
        self._fault(f"line {line.line} cannot be read and does not hold.")
        if line.section in ("locked", policy_text.UNKNOWN):
            self._unsure = True
        if line.section in ("playbook", policy_text.UNKNOWN):  # what it must be may have stood there
            self._playbook_sound = False

    def _take(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            known = {key.name: key for key in SECTIONS.get(entry.section, ())}
            if entry.section == TOP:
                self._top(entry)
            elif entry.section not in SECTIONS:
                self._fault(f"{entry.where}: [{entry.section}] is no section that this version knows.")
            elif (key := known.get(entry.key)) is None:
                self._fault(f"{entry.where}: {entry.section}.{entry.key} is nothing that this version knows.")
            elif not key.accepts(entry.value):
                holds = OTHERWISE.get(entry.key, ", and does not hold")
                self._fault(f"{entry.where}: {entry.section}.{entry.key} must {key.must}{holds}.")
                self._left_out(entry)
            else:
                self._values[entry.section, entry.key] = entry.value

    def _left_out(self, entry: Entry) -> None:
        """A value that IT has set and that cannot be meant."""
        if (entry.section, entry.key) == ("locked", "url"):
            self._unsure = True
        if entry.section == "playbook":
            self._playbook_sound = False

    def _top(self, entry: Entry) -> None:
        if entry.key == "format" and isinstance(entry.value, int):
            if entry.value > FORMAT:
                self._fault(f"{entry.where}: {NEWER}")
        elif entry.key in SECTIONS:
            self._fault(f"{entry.where}: {entry.key} must be a section, written [{entry.key}].")
            self._unsure = self._unsure or entry.key == "locked"
            self._playbook_sound = self._playbook_sound and entry.key != "playbook"
        else:
            self._fault(f"{entry.where}: {entry.key} is nothing that this version knows.")

    def _fault(self, words: str) -> None:
        self._faults.append(f"The machine's policy: {words} {TELL_IT}")
