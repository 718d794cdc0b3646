"""Which playbook is in use: the fetched one or the one of the settings where it is good and holds today, else the last good one, else the program's own."""

import shutil
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ptodesk_gui.sop.faults import PlaybookFaults

if TYPE_CHECKING:
    from ptodesk_gui.sop.playbook import Playbook
    from ptodesk_gui.workstation.playbook_shelf import Kept, PlaybookShelf
    from ptodesk_gui.workstation.policy import PlaybookSource
    from ptodesk_gui.workstation.settings import Settings

LAST_GOOD: Final = "last-good-playbook"  # a folder beside the outbox

OURS: Final = "It came with the program."
THEIRS: Final = "It is the one that the settings name: {path}"
KEPT: Final = "It is this computer's copy of the last one that was good."
FAULTY: Final = "The playbook of the settings has faults and is not used ({count}). In use is version {version}."
TOO_EARLY: Final = "Version {new} of the playbook holds from {day} on and is not used yet. In use is version {version}."
FETCHED: Final = "It was fetched from {place}, last on {day}."
FETCHED_BEFORE: Final = "It was fetched from {place} and is the last one that was good, last fetched on {day}."
NOT_FETCHED: Final = "The playbook that your administrator names was not fetched yet. In use is version {version}."
NEWER_FAULTY: Final = "What is there now of the playbook that your administrator names is not used ({count}). In use is version {version}."
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


def playbook_for(settings: "Settings", today: date) -> InUse:
    """The playbook to follow as of today, by the settings: the one that is fetched where IT names one. Fetches nothing. Never stops a call.

    Raises PlaybookFaults only when the program's own playbook has a fault.
    """
    from ptodesk_gui.workstation import paths

    if settings.source is not None:
        from ptodesk_gui.application.playbook_fetch import shelf

        return fetched_in_use(settings.source, shelf(), today)
    own = Path(settings.playbook) if settings.playbook else None
    return playbook_in_use(own, paths.data_dir() / LAST_GOOD, today)


def fetched_in_use(source: "PlaybookSource", shelf: "PlaybookShelf", today: date) -> InUse:
    """The newest one that was fetched where it holds today, else the last one that was in use, else the program's own. Keeps the one it finds.

    A signature is checked again here, so that one by a key that the policy does not name any more does not count.
    """
    from ptodesk_gui.workstation.playbook_files import load_playbook

    problems = shelf.look().problems
    newest, last = _sound(shelf.newest(), source), _sound(shelf.last_good(), source)
    notice, found = "", None
    if newest is not None and newest[1].holds_on(today):
        found = InUse(newest[1], FETCHED.format(place=newest[0].place, day=_day_of(newest[0].when)))
        try:
            shelf.put_last_good(newest[0])
        except OSError:
            notice = NOT_KEPT
    elif last is not None and last[1].holds_on(today):
        found = InUse(last[1], FETCHED_BEFORE.format(place=last[0].place, day=_day_of(last[0].when)))
    if found is None:
        found = InUse(load_playbook(None), OURS)
        notice = NOT_FETCHED.format(version=found.playbook.version)
    if newest is not None and not newest[1].holds_on(today):
        day = newest[1].valid_from
        notice = TOO_EARLY.format(
            new=newest[1].version, day=f"{day.month}/{day.day}/{day.year}", version=found.playbook.version
        )
    elif problems and not notice and not _only_offline(problems):
        notice = NEWER_FAULTY.format(count=_counted(problems), version=found.playbook.version)
    return InUse(found.playbook, found.origin, notice, problems)


def _sound(kept: "Kept | None", source: "PlaybookSource") -> "tuple[Kept, Playbook] | None":
    """What is kept, where it has no fault and a signature that still counts. A hash counts when it is fetched: the one before stays in use until then."""
    from ptodesk_gui.workstation.playbook_archive import PinError, check_pins, load_archive

    if kept is None:
        return None
    try:
        check_pins(kept.archive, kept.signature, "", source.public_keys)
        return kept, load_archive(kept.archive)
    except (PinError, PlaybookFaults):
        return None


def _only_offline(problems: tuple[str, ...]) -> bool:
    """Whether the place could not be reached, and nothing is wrong with what is there."""
    from ptodesk_gui.application.playbook_fetch import NOT_THERE

    return len(problems) == 1 and problems[0].startswith(NOT_THERE.partition("{")[0])


def _counted(problems: tuple[str, ...]) -> str:
    return "1 fault" if len(problems) == 1 else f"{len(problems)} faults"


def _day_of(when: float) -> str:
    day = datetime.fromtimestamp(when, UTC)
    return f"{day.month}/{day.day}/{day.year} at {day:%H:%M} UTC"


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
        count = _counted(wrong.lines)
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
