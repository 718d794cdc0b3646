"""Reads the list of ZIP codes that came with the program."""

import lzma
from pathlib import Path

from ptodesk_gui.sop.zip_codes import ZipCodes
from ptodesk_gui.workstation.playbook_files import packaged_playbook


def zip_file() -> Path:
    """Where the list is; what it was made from says docs/decisions/0025."""
    return packaged_playbook().parent / "zip_codes" / "us.txt.xz"


def load_zip_codes(file: Path | None = None) -> ZipCodes:
    """The list, unpacked (1 MB, some 30 ms: never on the UI thread). An empty one where the file is missing or damaged."""
    try:
        return ZipCodes(lzma.decompress((file or zip_file()).read_bytes()))
    except (OSError, lzma.LZMAError, EOFError):
        return ZipCodes(b"")
