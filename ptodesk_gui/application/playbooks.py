"""Which playbook is in use: the one of the settings where it is good and holds today, else the last good one, else the program's own."""

import shutil
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ptodesk_gui.sop.faults import PlaybookFaults

if TYPE_CHECKING:
    from ptodesk_gui.sop.playbook import Playbook

LAST_GOOD: Final = "last-good-playbook"  # a folder beside the outbox

OURS: Final = "It came with the program."
THEIRS: Final = "It is the one that the settings name: {path}"
KEPT: Final = "It is this computer's copy of the last one that was good."
FAULTY: Final = "The playbook of the settings has faults and is not used ({count}). In use is version {version}."
TOO_EARLY: Final = "Version {new} of the playbook holds from {day} on and is not used yet. In use is version {version}."
NOT_KEPT: Final = (
    "The playbook could not be copied to this computer, so that it would be missing if the new one had a fault."
)


@dataclass(frozen=True, slots=True)
class InUse:
    """A playbook, where it is from, why it is not the one of the settings (``notice``), and what is wrong with that one."""

    playbook: "Playbook"
    origin: str
    notice: str = ""
    faults: tuple[str, ...] = ()


def playbook_in_use(own: Path | None, kept: Path, today: date) -> InUse:
    """The playbook to follow as of today. ``own`` is the settings' one, ``kept`` the folder of the last good one. Never stops a call.

    Raises PlaybookFaults only when the program's own playbook has a fault.
    """
    from ptodesk_gui.workstation.playbook_files import load_playbook

    if own is None:
        return InUse(load_playbook(None), OURS)
    try:
        playbook = load_playbook(own)
    except PlaybookFaults as wrong:
        found = _without(kept, today)
        count = "1 fault" if len(wrong.faults) == 1 else f"{len(wrong.faults)} faults"
        return InUse(
            found.playbook, found.origin, FAULTY.format(count=count, version=found.playbook.version), wrong.lines
        )
    if not playbook.holds_on(today):
        found = _without(kept, today)
        day = playbook.valid_from
        words = TOO_EARLY.format(
            new=playbook.version, day=f"{day.month}/{day.day}/{day.year}", version=found.playbook.version
        )
        return InUse(found.playbook, found.origin, words)
    return InUse(playbook, THEIRS.format(path=own), _keep(own, kept))


def with_project(playbook: "Playbook", project: str) -> "Playbook":
    """The playbook with tickets made in this project; as it is without one."""
    return replace(playbook, project=project) if project else playbook


def _without(kept: Path, today: date) -> InUse:
    """What is used instead: the last good one, as long as it is good and holds, else the program's own."""
    from ptodesk_gui.workstation.playbook_files import load_playbook

    try:
        playbook = load_playbook(kept)
    except PlaybookFaults:
        return InUse(load_playbook(None), OURS)
    return InUse(playbook, KEPT) if playbook.holds_on(today) else InUse(load_playbook(None), OURS)


def _keep(own: Path, kept: Path) -> str:
    """Copy a good playbook, whole or not at all; a sentence when that failed."""
    from ptodesk_gui.workstation.playbook_files import REPLIES, TOML_NAME, reply_files

    toml = own / TOML_NAME if own.is_dir() else own
    new, old = kept.with_name(f"{kept.name}.new"), kept.with_name(f"{kept.name}.old")
    try:
        for leftover in (new, old):
            shutil.rmtree(leftover, ignore_errors=True)
        (new / REPLIES).mkdir(parents=True)
        shutil.copyfile(toml, new / TOML_NAME)
        for text in reply_files(toml.parent / REPLIES):
            shutil.copyfile(text, new / REPLIES / text.name)
        if kept.exists():
            kept.rename(old)
        new.rename(kept)
        shutil.rmtree(old, ignore_errors=True)
    except OSError:
        return NOT_KEPT
    return ""
