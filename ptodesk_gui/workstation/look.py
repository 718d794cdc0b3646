"""The look of the window as it was last, in one short line: read before the first paint, when the settings are not read yet.

The settings are what counts. This is only what they came to, so that the window does not change its colours a moment after it opened.
"""

from ptodesk_gui.workstation import paths

SYSTEM = ("system", 100)


def read_look() -> tuple[str, int]:
    """The theme's name and the percent of text size that held last; the system's look where that is not known."""
    try:
        name, percent = paths.look_path().read_text(encoding="ascii").split()
        return name, int(percent)
    except (OSError, ValueError):
        return SYSTEM


def keep_look(name: str, percent: int) -> None:
    """Keep it for the next start. Where that cannot be written, the next start begins with the system's look."""
    try:
        if read_look() != (name, percent):
            paths.look_path().write_text(f"{name} {percent}\n", encoding="ascii")
    except OSError:
        return
