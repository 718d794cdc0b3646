"""Where the program keeps things on this computer. Folders are made for the user alone."""

import os
import sys
from pathlib import Path
from typing import Final

NAME: Final = "ptodesk"
STORE: Final = "outbox.sqlite3"
SETTINGS: Final = "settings.toml"
_LOGS: Final = "logs"
_XDG: Final = {
    "user_data_path": ("XDG_DATA_HOME", "~/.local/share"),
    "user_config_path": ("XDG_CONFIG_HOME", "~/.config"),
    "user_log_path": ("XDG_STATE_HOME", "~/.local/state"),
}


def data_dir() -> Path:
    """Where drafts, the outbox and the practice desk are: PTODESK_DATA_DIR, else the system's place for it."""
    return _private(os.environ.get("PTODESK_DATA_DIR") or _platform("user_data_path"))


def config_dir() -> Path:
    """Where the user's settings are: PTODESK_CONFIG_DIR, else the system's place for it."""
    return _private(os.environ.get("PTODESK_CONFIG_DIR") or _platform("user_config_path"))


def store_path() -> Path:
    """The outbox of the real site."""
    return data_dir() / STORE


def sites_dir() -> Path:
    """Where the names that were looked up on a site are kept between runs."""
    return _private(data_dir() / "sites")


def practice_dir() -> Path:
    """The practice desk and its own outbox: nothing in it can reach a real site."""
    return _private(data_dir() / "practice")


def log_path(face: str) -> Path:
    """The newest log file of the "window" or the "console"; older ones lie beside it with a number.

    They are where PTODESK_LOG_DIR says, else beside the data that PTODESK_DATA_DIR has moved, else in the system's place for logs.
    """
    if given := os.environ.get("PTODESK_LOG_DIR"):
        return _private(given) / f"{face}.log"
    beside = data_dir() / _LOGS
    if os.environ.get("PTODESK_DATA_DIR"):
        return _private(beside) / f"{face}.log"
    folder = _private(_platform("user_log_path"))
    if folder != beside:
        _move(beside, folder)
    return folder / f"{face}.log"


def settings_path() -> Path:
    """The user's settings."""
    return config_dir() / SETTINGS


def compact_path() -> Path:
    """Where the compact window was last, and whether it was wanted."""
    return data_dir() / "compact"


def look_path() -> Path:
    """The look that held last, for the first paint: the settings that say it are read later."""
    return data_dir() / "look"


def _platform(which: str) -> Path:
    if sys.platform == "linux":  # the two that it needs before the first paint by hand: the library takes 6 ms to load
        variable, usual = _XDG[which]
        given = os.environ.get(variable, "")
        folder = Path(given if os.path.isabs(given) else os.path.expanduser(usual)) / NAME
        return folder / "log" if which == "user_log_path" else folder
    import platformdirs

    found: Path = getattr(platformdirs, which)(NAME, appauthor=False)
    return found


def _move(before: Path, to: Path) -> None:
    """Take along the logs of the version that kept them beside the data. What cannot be moved now is left for the next time."""
    try:
        for file in before.iterdir():
            if not (to / file.name).exists():
                file.rename(to / file.name)
            else:  # newer ones are there already
                file.unlink()
        before.rmdir()
    except OSError:  # not there, usually
        return


def _private(folder: str | Path) -> Path:
    """The folder, made when it is missing. One that is there already is somebody's decision: its mode stays."""
    path = Path(folder)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path
