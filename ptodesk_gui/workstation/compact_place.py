"""Where the compact window was last and whether it was wanted, in one short line."""

from ptodesk_gui.workstation import paths

Box = tuple[int, int, int, int]  # left, top, width, height, in pixels


def read_place() -> tuple[bool, Box] | None:
    """Whether the compact window was wanted, and where it was; None where that is not known."""
    try:
        on, *box = (int(part) for part in paths.compact_path().read_text(encoding="ascii").split())
        left, top, width, height = box
    except (OSError, ValueError):
        return None
    return bool(on), (left, top, width, height)


def keep_place(wanted: bool, box: Box) -> None:
    """Keep it for the next start. Where that cannot be written, the next start begins with the whole window."""
    try:
        paths.compact_path().write_text(" ".join(map(str, (int(wanted), *box))) + "\n", encoding="ascii")
    except OSError:
        return
