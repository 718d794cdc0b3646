"""The settings, in layers. The first that speaks holds: what IT locks, the command line, the environment, the user's file, what IT sets, nothing.

The token is no setting: it has one home, the OS keyring (see ``credentials``).
"""

import os
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from ptodesk_gui.workstation import paths
from ptodesk_gui.workstation.policy import KEEP_DAYS, PlaybookSource, Policy, read_policy
from ptodesk_gui.workstation.policy_keys import OF_IT, TEXT_SIZES, THEMES

KEYS: Final = ("url", "email", "agent", "playbook", "theme", "text_size")
_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {"theme": THEMES, "text_size": TEXT_SIZES}
LOG_LEVEL: Final = "info"
FORMAT: Final = 1  # of the settings file that this version knows
NEWER: Final = "Your settings were written for a newer version of the program ({file}); what this one knows of them holds, and the rest stays as it is."
ENVIRONMENT: Final[Mapping[str, str]] = {
    "url": "PTODESK_URL",
    "email": "PTODESK_EMAIL",
    "playbook": "PTODESK_PLAYBOOK",
}


class Source(StrEnum):
    """Where a setting comes from, in words for the user."""

    LOCKED = "set by your administrator"
    COMMAND_LINE = "the command line"
    ENVIRONMENT = "the environment"
    USER = "your settings"
    POLICY = "preset by your administrator"
    NOWHERE = "not set"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings that hold now; an empty text is a setting that nobody has made.

    ``url``: the Jira site. ``email``: who signs in there. ``agent``: the name under replies. ``playbook``: a
    playbook.toml or its folder instead of the packaged one. ``theme``: one of ``THEMES``; ``text_size``: one of
    ``TEXT_SIZES``; an empty one is the system's. ``practice_fresh``: every practice begins with a fresh desk
    (``[practice] fresh = true``). ``faults`` names what could not be read, a sentence each.

    IT alone sets: ``keep_days``, how long what is over stays here; ``project``, ``proxy`` ("none": no proxy), ``ca_file``, ``log_level``;
    ``countdown``, in seconds, None where the playbook's holds; ``source``, where the playbook is fetched from; and ``site_unsure``: it is not known which site IT has set.
    """

    url: str = ""
    email: str = ""
    agent: str = ""
    playbook: str = ""
    theme: str = ""
    text_size: str = ""
    practice_fresh: bool = False
    keep_days: int = KEEP_DAYS
    project: str = ""
    proxy: str = ""
    ca_file: str = ""
    log_level: str = LOG_LEVEL
    countdown: int | None = None
    source: PlaybookSource | None = None
    site_unsure: bool = False
    sources: Mapping[str, Source] = field(default_factory=dict)
    faults: tuple[str, ...] = ()

    @property
    def locked(self) -> frozenset[str]:
        """The settings that only IT can change."""
        return frozenset(key for key, source in self.sources.items() if source is Source.LOCKED)

    def of_it(self) -> Iterator[str]:
        """What IT has set that no field of the settings shows, in words, a line each."""
        said = {
            "Project": self.project,
            "Playbook": (self.source.place if self.source is not None else "")
            or (self.playbook if "playbook" in self.locked else ""),
            "Proxy": self.proxy,
            "Certificates": self.ca_file,
            "Logs": "" if self.log_level == LOG_LEVEL else self.log_level,
            "Wait after File": "" if self.countdown is None else f"{self.countdown} seconds",
            "What is over is kept for": "" if self.keep_days == KEEP_DAYS else f"{self.keep_days} days",
        }
        yield from (f"{name}: {value}" for name, value in said.items() if value)


class SettingsError(Exception):
    """The settings could not be kept: why, and what to do about it."""


def read_settings(
    command_line: Mapping[str, str | None] | None = None,
    *,
    environment: Mapping[str, str] | None = None,
    file: Path | None = None,
    policy: Policy | None = None,
) -> Settings:
    """The settings that hold. Nothing that is wrong with a file keeps the program from starting."""
    policy = read_policy() if policy is None else policy
    environment = os.environ if environment is None else environment
    user, fresh, found_faults = _read_user(paths.settings_path() if file is None else file)
    faults = list(found_faults)
    layers: tuple[tuple[Source, Mapping[str, str | None]], ...] = (
        (Source.LOCKED, policy.locked),
        (Source.COMMAND_LINE, command_line or {}),
        (Source.ENVIRONMENT, {key: environment.get(name) for key, name in ENVIRONMENT.items()}),
        (Source.USER, user),
        (Source.POLICY, policy.default),
    )
    values: dict[str, str] = {}
    sources: dict[str, Source] = {}
    for key in KEYS:
        found = ((source, _chosen(key, layer.get(key) or "", source, faults)) for source, layer in layers)
        source, values[key] = next(((s, value) for s, value in found if value), (Source.NOWHERE, ""))
        sources[key] = source
    of_it = {key: (policy.locked.get(key) or policy.default.get(key) or "").strip() for key in OF_IT}
    return Settings(
        **values,
        practice_fresh=fresh,
        keep_days=policy.keep_days,
        project=of_it["project"],
        proxy=of_it["proxy"],
        ca_file=of_it["ca_file"],
        log_level=of_it["log_level"] or LOG_LEVEL,
        countdown=int(of_it["countdown"]) if of_it["countdown"] else None,
        source=policy.playbook,
        site_unsure=policy.site_unsure,
        sources=sources,
        faults=(*policy.faults, *faults),
    )


def write_settings(changes: Mapping[str, str], *, file: Path | None = None, policy: Policy | None = None) -> None:
    """Keep settings in the user's file, whole or not at all; an empty text removes one. All else in the file stays as it is.

    Raises SettingsError: a setting that IT has locked, or a file that cannot be written.
    """
    policy = read_policy() if policy is None else policy
    unknown = changes.keys() - set(KEYS)
    if unknown:
        raise ValueError(f"no such settings: {sorted(unknown)}")
    locked = [key for key, value in changes.items() if policy.locked.get(key, value) != value]
    if locked:
        raise SettingsError(f"{', '.join(locked)}: set by your administrator and cannot be changed here.")
    try:
        target = paths.settings_path() if file is None else file
        _write(target, {key: value for key, value in changes.items() if key not in policy.locked})
    except OSError as error:
        raise SettingsError(f"The settings could not be kept: {error.strerror}. Ask IT for write access.") from error


def keep_practice_fresh(fresh: bool, *, file: Path | None = None) -> None:
    """Keep whether every practice begins with a fresh desk. Raises SettingsError for a file that cannot be written."""
    try:
        _write(paths.settings_path() if file is None else file, {}, fresh)
    except OSError as error:
        raise SettingsError(f"The settings could not be kept: {error.strerror}. Ask IT for write access.") from error


def _chosen(key: str, value: str, source: Source, faults: list[str]) -> str:
    """What a layer says; where a setting is one of a few, nothing else holds, and is told."""
    value, choices = value.strip(), _CHOICES.get(key, ())
    if not value or not choices or value in choices:
        return value
    faults.append(f"{key} must be one of {', '.join(choices)}, not {value} ({source}); it does not hold.")
    return ""


def _read_user(file: Path) -> tuple[dict[str, str], bool, tuple[str, ...]]:
    """The user's texts, whether practice begins with a fresh desk, and what is wrong with the file."""
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}, False, ()
    except OSError as error:
        return {}, False, (f"Your settings cannot be read ({file.name}: {error.strerror}).",)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return (
            {},
            False,
            (f"Your settings cannot be read ({file.name}: {error}). Correct the file, or save the settings anew.",),
        )
    faults = [
        f"Your settings: {key} must be a text in quotes ({file.name}); it does not hold."
        for key in KEYS
        if key in data and not isinstance(data[key], str)
    ]
    if isinstance(data.get("format"), int) and data["format"] > FORMAT:
        faults.append(NEWER.format(file=file.name))
    practice = data.get("practice", {})
    fresh = practice.get("fresh", False) if isinstance(practice, dict) else practice
    if not isinstance(fresh, bool):
        faults.append(f"Your settings: practice.fresh must be true or false ({file.name}); it does not hold.")
    return {key: data[key] for key in KEYS if isinstance(data.get(key), str)}, fresh is True, tuple(faults)


def _write(file: Path, changes: Mapping[str, str], practice_fresh: bool | None = None) -> None:
    import tomlkit  # keeps comments, order, and what a newer version wrote
    from tomlkit.exceptions import TOMLKitError

    try:
        document: Any = tomlkit.parse(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        document = tomlkit.document()
    except (UnicodeDecodeError, TOMLKitError):
        os.replace(file, file.with_name(f"{file.name}.unreadable"))
        document = tomlkit.document()
    for key, value in changes.items():
        if value:
            document[key] = value
        else:
            document.pop(key, None)
    if practice_fresh is not None:
        if not isinstance(document.get("practice"), dict):
            document["practice"] = tomlkit.table()
        document["practice"]["fresh"] = practice_fresh
    _replace(file, tomlkit.dumps(document))


def _replace(file: Path, text: str) -> None:
    """Write beside the file, then put it in its place: a power loss leaves the old file or the new one."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        os.replace(name, file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
