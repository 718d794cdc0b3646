"""What IT has set for this computer, in a file that only IT can write."""

import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Policy:
    """``locked`` holds whatever the user says; ``default`` holds where the user says nothing.

    ``faults`` names what could not be read of the file, a sentence each; the rest of it holds.
    """

    locked: Mapping[str, str] = field(default_factory=dict)
    default: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[str, ...] = ()


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
    return Policy(locked, default, tuple(faults))


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
