"""Reads the playbook's files: the packaged ones, or those of a team lead."""

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from ptodesk_gui.sop.faults import PlaybookFault, PlaybookFaults

if TYPE_CHECKING:  # the window needs only the folder before it is painted
    from ptodesk_gui.sop.playbook import Playbook

TOML_NAME = "playbook.toml"
REPLIES = "replies"
ZIP = ".zip"
_OF_WORD = (".docx", ".doc", ".odt", ".rtf", ".pdf")
NO_REPLIES = "is not there. The folder with the texts lies beside playbook.toml."
NO_TEXT = "is not there, but {name} is. Save it as plain text (.txt) with the encoding UTF-8."
NOT_UTF_8 = "is not saved as UTF-8. Save it again with the encoding UTF-8."


def packaged_playbook() -> Path:
    """The folder of the playbook that came with the program: within the package (a wheel, a bundle), or in the checkout."""
    package = Path(__file__).resolve().parents[1]
    packed = package / "_resources" / "playbook"
    return packed if packed.is_dir() else package.parent / "resources" / "playbook"


def load_playbook(path: Path | None = None) -> "Playbook":
    """The playbook of a ``playbook.toml``, its folder or its ``.zip``; without a path the packaged one.

    Raises PlaybookFaults with every fault, a file that cannot be read included. Loads pydantic: not before the first paint.
    """
    place = packaged_playbook() if path is None else path
    if place.suffix.lower() == ZIP and not place.is_dir():
        return _load_zip(place)
    toml_file = place / TOML_NAME if place.is_dir() else place
    toml = _read(toml_file, toml_file.name)
    if isinstance(toml, PlaybookFault):
        raise PlaybookFaults([toml])
    texts: dict[str, str | PlaybookFault] = {}
    folder = toml_file.parent / REPLIES
    unread = [] if folder.is_dir() else [PlaybookFault(REPLIES, None, "", NO_REPLIES)]
    for file in reply_files(folder):
        if file.suffix.lower() != ".txt":
            unread.append(PlaybookFault(f"{REPLIES}/{file.stem}.txt", None, "", NO_TEXT.format(name=file.name)))
            continue
        texts[file.name] = _read(file, f"{REPLIES}/{file.name}")
    return playbook_of_files(toml, texts, toml_file.name, unread)


def playbook_of_files(
    toml: str, texts: Mapping[str, str | PlaybookFault], file: str, unread: Sequence[PlaybookFault] = ()
) -> "Playbook":
    """The playbook that the text of a toml ``file`` and the texts by their files' names make. Raises PlaybookFaults."""
    from ptodesk_gui.sop.playbook_check import check_playbook

    faults = [*unread, *(text for text in texts.values() if isinstance(text, PlaybookFault))]
    good = {PurePosixPath(name).stem: text.rstrip("\n") for name, text in texts.items() if isinstance(text, str)}
    return check_playbook(toml, good, file=file, unread=faults)


def decoded(raw: bytes, name: str) -> str | PlaybookFault:
    """The text of a file with plain line ends, whatever editor wrote it; or why it is none."""
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        return PlaybookFault(name, None, "", NOT_UTF_8) if "\0" in text else text
    except UnicodeDecodeError as fault:
        return PlaybookFault(name, raw[: fault.start].count(b"\n") + 1, "", NOT_UTF_8)


def _load_zip(place: Path) -> "Playbook":
    from ptodesk_gui.workstation.playbook_archive import MOST_BYTES, load_archive

    try:
        with place.open("rb") as file:
            return load_archive(file.read(MOST_BYTES + 1), place.name)
    except FileNotFoundError:
        raise PlaybookFaults([PlaybookFault(place.name, None, "", "is not there.")]) from None
    except OSError as fault:
        raise PlaybookFaults([PlaybookFault(place.name, None, "", f"cannot be read: {fault.strerror}.")]) from None


def reply_files(folder: Path) -> list[Path]:
    """The texts' files in the order of their names, and what has a text's name but is saved as something else.

    Hidden files and those of editors are none of ours.
    """
    try:
        files = sorted(file for file in folder.iterdir() if not file.name.startswith((".", "~")))
    except OSError:
        return []
    texts = {file.stem for file in files if file.suffix.lower() == ".txt"}
    return [
        file
        for file in files
        if file.suffix.lower() == ".txt" or (file.stem not in texts and file.suffix.lower() in _OF_WORD)
    ]


def _read(file: Path, name: str) -> str | PlaybookFault:
    """The file's text with plain line ends, whatever editor wrote it; or why it cannot be read."""
    try:
        return decoded(file.read_bytes(), name)
    except FileNotFoundError:
        return PlaybookFault(name, None, "", "is not there. Name the playbook.toml or the folder it lies in.")
    except OSError as fault:
        return PlaybookFault(name, None, "", f"cannot be read: {fault.strerror or fault}.")
