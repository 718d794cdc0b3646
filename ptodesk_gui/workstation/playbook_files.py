"""Reads the playbook's files: the packaged ones, or those of a team lead."""

from pathlib import Path
from typing import TYPE_CHECKING

from ptodesk_gui.sop.faults import PlaybookFault, PlaybookFaults

if TYPE_CHECKING:  # the window needs only the folder before it is painted
    from ptodesk_gui.sop.playbook import Playbook

TOML_NAME = "playbook.toml"
REPLIES = "replies"


def packaged_playbook() -> Path:
    """The folder of the playbook that came with the program: within the package (a wheel, a bundle), or in the checkout."""
    package = Path(__file__).resolve().parents[1]
    packed = package / "_resources" / "playbook"
    return packed if packed.is_dir() else package.parent / "resources" / "playbook"


def load_playbook(path: Path | None = None) -> "Playbook":
    """The playbook of a ``playbook.toml`` or its folder; without a path the packaged one.

    Raises PlaybookFaults with every fault, a file that cannot be read included. Loads pydantic: not before the first paint.
    """
    from ptodesk_gui.sop.playbook_check import check_playbook

    place = packaged_playbook() if path is None else path
    toml_file = place / TOML_NAME if place.is_dir() else place
    toml = _read(toml_file, toml_file.name)
    if isinstance(toml, PlaybookFault):
        raise PlaybookFaults([toml])
    texts: dict[str, str] = {}
    unread: list[PlaybookFault] = []
    for file in _reply_files(toml_file.parent / REPLIES):
        text = _read(file, f"{REPLIES}/{file.name}")
        if isinstance(text, PlaybookFault):
            unread.append(text)
        else:
            texts[file.stem] = text.rstrip("\n")
    return check_playbook(toml, texts, file=toml_file.name, unread=unread)


def _reply_files(folder: Path) -> list[Path]:
    """The texts' files in the order of their names; hidden files and those of editors are none of ours."""
    try:
        return sorted(
            file for file in folder.iterdir() if file.suffix == ".txt" and not file.name.startswith((".", "~"))
        )
    except OSError:
        return []


def _read(file: Path, name: str) -> str | PlaybookFault:
    """The file's text with plain line ends, whatever editor wrote it; or why it cannot be read."""
    try:
        return file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as fault:
        line = file.read_bytes()[: fault.start].count(b"\n") + 1
        return PlaybookFault(name, line, "", "is not saved as UTF-8. Save it again with the encoding UTF-8.")
    except FileNotFoundError:
        return PlaybookFault(name, None, "", "is not there. Name the playbook.toml or the folder it lies in.")
    except OSError as fault:
        return PlaybookFault(name, None, "", f"cannot be read: {fault.strerror or fault}.")
