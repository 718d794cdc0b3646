"""Reads the practice callers' files. One that has faults keeps nobody from practising with the others."""

from pathlib import Path
from typing import TYPE_CHECKING

from ptodesk_gui.sop.faults import PlaybookFault
from ptodesk_gui.workstation.playbook_files import packaged_playbook

if TYPE_CHECKING:
    from ptodesk_gui.sop.callers import Caller

SUFFIX = ".toml"


def packaged_callers() -> Path:
    """The folder of the callers that came with the program."""
    return packaged_playbook().parent / "practice" / "callers"


def load_callers(folder: Path | None = None) -> "tuple[tuple[Caller, ...], tuple[PlaybookFault, ...]]":
    """The callers of a folder in the order of the files' names, and every fault of those that cannot be used."""
    from ptodesk_gui.sop.caller_check import CallerFaults, check_caller

    callers: list[Caller] = []
    faults: list[PlaybookFault] = []
    for file in _files(packaged_callers() if folder is None else folder):
        try:
            text = file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
            callers.append(check_caller(text, file.name))
        except CallerFaults as wrong:
            faults += wrong.faults
        except UnicodeDecodeError:
            faults.append(
                PlaybookFault(file.name, None, "", "is not saved as UTF-8. Save it again with that encoding.")
            )
        except OSError as wrong:
            faults.append(PlaybookFault(file.name, None, "", f"cannot be read: {wrong.strerror or wrong}."))
    return tuple(callers), tuple(faults)


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(
            file for file in folder.iterdir() if file.suffix == SUFFIX and not file.name.startswith((".", "~"))
        )
    except OSError:
        return []
