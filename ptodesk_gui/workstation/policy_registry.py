"""The policy of the Windows registry, as group policy writes it: HKEY_LOCAL_MACHINE\\Software\\Policies\\ptodesk."""

import importlib
import sys
from collections.abc import Iterator
from typing import Any, Final

from ptodesk_gui.workstation.policy_text import TOP, Entry

KEY: Final = r"Software\Policies\ptodesk"
SECTIONS: Final = (
    "locked",
    "default",
    "retention",
    "playbook",
    "updates",
)  # subkeys; Windows reads no upper or lower case
_MOST: Final = 200  # values of one key


def registry() -> Any | None:
    """Python's way to the registry; None where the system has none."""
    return importlib.import_module("winreg") if sys.platform == "win32" else None


def entries_of(winreg: Any) -> tuple[list[Entry], list[str]]:
    """The entries, with REG_SZ as texts, REG_DWORD as numbers and REG_MULTI_SZ as lists; and the parts that may not be read."""
    found: list[Entry] = []
    closed: list[str] = []
    for section in (TOP, *SECTIONS):
        path = f"{KEY}\\{section}" if section else KEY
        try:
            found += _values(winreg, path, section)
        except FileNotFoundError:
            continue
        except OSError:
            closed.append(path)
    return found, closed


def _values(winreg: Any, path: str, section: str) -> Iterator[Entry]:
    access = winreg.KEY_READ | winreg.KEY_WOW64_64KEY  # where group policy writes, whatever program reads
    with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, path, 0, access) as key:
        for index in range(min(winreg.QueryInfoKey(key)[1], _MOST)):
            name, value, kind = winreg.EnumValue(key, index)
            if not name:  # the key's unnamed value means nothing
                continue
            if kind == winreg.REG_EXPAND_SZ:
                value = winreg.ExpandEnvironmentStrings(value)
            where = f"registry {path}\\{name}"
            yield Entry(section, name.lower(), bool(value) if _is_switch(section, name, value) else value, where)


def _is_switch(section: str, name: str, value: object) -> bool:
    return section == "updates" and name.lower() == "off" and value in (0, 1)  # the registry knows no true and false
