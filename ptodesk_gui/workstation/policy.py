"""What IT has set for this computer, in a file that only IT can write."""

import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

KEEP_DAYS: Final = 90
KEEP_DAYS_MOST: Final = 3650


@dataclass(frozen=True, slots=True)
class Policy:
    """``locked`` holds whatever the user says; ``default`` holds where the user says nothing.

    ``keep_days``: how long calls that are over, and drafts nobody went on with, stay on this computer. ``faults`` names what could not be read of the file, a sentence each; the rest of it holds.
    """

    locked: Mapping[str, str] = field(default_factory=dict)
    default: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[str, ...] = ()
    keep_days: int = KEEP_DAYS


def policy_path() -> Path:
    """The machine's policy file. No environment variable of the user's moves it."""
    if sys.platform == "win32":
        import platformdirs  # asks Windows for %ProgramData%

        return platformdirs.site_data_path("ptodesk", appauthor=False) / "policy.toml"
    if sys.platform == "darwin":
        return Path("/Library/Application Support/ptodesk/policy.toml")
    return Path("/etc/ptodesk/policy.toml")


def read_policy(path: Path | None = None) -> Policy:
    """The policy; empty when there is no file."""
    file = policy_path() if path is None else path
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Policy()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        word = error.strerror if isinstance(error, OSError) else str(error)
        return Policy(
            faults=(f"The machine's policy cannot be read and does not hold ({file.name}: {word}). Tell IT.",)
        )
    faults: list[str] = []
    locked, default = (_texts(data, section, faults) for section in ("locked", "default"))
    keep_days = _days(data, faults)
    return Policy(locked, default, tuple(faults), keep_days)


def _texts(data: Mapping[str, Any], section: str, faults: list[str]) -> dict[str, str]:
    values = data.get(section, {})
    if not isinstance(values, Mapping):
        faults.append(f"The machine's policy: {section} must be a section, written [{section}]. Tell IT.")
        return {}
    faults += [
        f"The machine's policy: {section}.{key} must be a text in quotes. Tell IT."
        for key, value in values.items()
        if not isinstance(value, str)
    ]
    return {key: value for key, value in values.items() if isinstance(value, str)}


def _days(data: Mapping[str, Any], faults: list[str]) -> int:
    section = data.get("retention", {})
    days = section.get("keep_days", KEEP_DAYS) if isinstance(section, Mapping) else section
    if isinstance(days, int) and not isinstance(days, bool) and 1 <= days <= KEEP_DAYS_MOST:
        return days
    faults.append(
        f"The machine's policy: keep_days in [retention] must be a whole number from 1 to {KEEP_DAYS_MOST}; "
        f"{KEEP_DAYS} days hold. Tell IT."
    )
    return KEEP_DAYS
