"""``ptodesk playbook``: for team leads, before a playbook goes out."""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from ptodesk_gui.console.plan_cmd import IsoDay, settings_with
from ptodesk_gui.console.playbook_out import fetch, keys, pack, sign
from ptodesk_gui.sop.faults import CaseFaults, PlaybookFaults, one_line

if TYPE_CHECKING:
    from ptodesk_gui.sop.case import Case
    from ptodesk_gui.sop.plan_diff import Difference
    from ptodesk_gui.sop.playbook import Playbook

CHANGED = 1
INVALID = 2


@click.group()
def playbook() -> None:
    """Check a playbook, try it on cases, give it out."""


for _command in (fetch, keys, pack, sign):
    playbook.add_command(_command)


@playbook.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--today", type=IsoDay(), default=None, help="The day to check for.  [default: today]")
def check(file: Path, today: date | None) -> None:
    """Name every fault of the playbook FILE (a playbook.toml, its folder or its .zip)."""
    from ptodesk_gui.workstation.playbook_files import load_playbook

    try:
        book = load_playbook(file)
    except PlaybookFaults as wrong:
        _end(list(wrong.lines))
    click.echo(f"Playbook {book.version}, valid from {book.valid_from}: no faults.")
    if not book.holds_on(today or date.today()):
        click.echo("It is not used before that day; until then the one before it is.")


@playbook.command(name="try")
@click.argument("new", type=click.Path(path_type=Path))
@click.option(
    "--cases",
    "folder",
    type=click.Path(path_type=Path),
    required=True,
    metavar="DIR",
    help="A folder with cases to try: every file in it that ends in .json.",
)
@click.option("--today", type=IsoDay(), default=None, help="The day to try for.  [default: today]")
@click.option(
    "--against",
    type=click.Path(path_type=Path),
    default=None,
    help="The playbook to compare with.  [default: the one in use]",
)
def try_(new: Path, folder: Path, today: date | None, against: Path | None) -> None:
    """Say, case by case, what the playbook NEW would change. Nothing is filed.

    Exit code: 0 nothing changes, 1 something does, 2 a playbook or a case has faults.
    """
    from ptodesk_gui.sop.flows import make_plan
    from ptodesk_gui.sop.plan_diff import differences

    faults: list[str] = []
    current = _load(against, faults) if against is not None else _in_use(faults)
    proposed = _load(new, faults)
    cases = list(_cases(folder, faults))
    if faults or current is None or proposed is None:
        _end(faults)
    day = today or date.today()
    click.echo(f"Playbook {_named(current)} -> {_named(proposed)}, on {day}")
    for line in _of_versions(current, proposed, day):
        click.echo(line)
    changed = 0
    for name, case in cases:
        found = differences(make_plan(case, current, day), make_plan(case, proposed, day), current, proposed)
        if found:
            changed += 1
            _show(name, case, found)
    click.echo(f"\n{_count(len(cases), 'case')} tried: {changed} would change, {len(cases) - changed} stay the same.")
    sys.exit(CHANGED if changed else 0)


def _of_versions(current: "Playbook", proposed: "Playbook", day: date) -> "Iterator[str]":
    """What a lead may have forgotten at the top of the new playbook."""
    if proposed != current and proposed.version == current.version:
        yield f"Both are version {current.version}: give the new one a version of its own, so that tickets show which it was."
    if proposed.valid_from < current.valid_from:
        yield f"The new one is older: it holds from {proposed.valid_from}, the one in use from {current.valid_from}."
    if not proposed.holds_on(day):
        yield f"The new one is not used before {proposed.valid_from}; this is what would change then."


def _in_use(faults: list[str]) -> "Playbook | None":
    """The playbook that the window follows, whatever day it holds from."""
    from ptodesk_gui.application.playbooks import playbook_for
    from ptodesk_gui.workstation.playbook_files import packaged_playbook

    settings = settings_with(None)
    if settings.source is not None:
        return playbook_for(settings, date.today()).playbook
    return _load(Path(settings.playbook) if settings.playbook else packaged_playbook(), faults)


def _load(path: Path, faults: list[str]) -> "Playbook | None":
    from ptodesk_gui.workstation.playbook_files import load_playbook

    try:
        return load_playbook(path)
    except PlaybookFaults as wrong:
        faults += [f"{one_line(str(path))}: {line}" for line in wrong.lines]
    return None


def _cases(folder: Path, faults: list[str]) -> "Iterator[tuple[str, Case]]":
    """The cases of the folder by the names of their files."""
    from ptodesk_gui.console.case_file import load_case

    try:
        files = sorted(file for file in folder.iterdir() if file.suffix.lower() == ".json")
    except OSError as fault:
        faults.append(f"{one_line(str(folder))}: is no folder that can be read ({fault.strerror}).")
        return
    if not files:
        faults.append(f"{one_line(str(folder))}: has no cases in it, no file that ends in .json.")
    for file in files:
        try:
            yield file.name, load_case(str(file))
        except CaseFaults as wrong:
            faults += [one_line(f"{file.name}: {line}") for line in wrong.lines]


def _show(name: str, case: "Case", found: "tuple[Difference, ...]") -> None:
    from ptodesk_gui.sop.review import plan_title

    click.echo()
    click.echo(one_line(f"{name}: {plan_title(case)}, {case.channel}"))
    for difference in found:
        click.echo(one_line(f"  {difference.where}{' (only spaces differ)' if difference.only_spaces else ''}"))
        for mark, lines in (("-", difference.before), ("+", difference.after)):
            for line in lines:
                click.echo(one_line(f"    {mark} {line}"))


def _named(book: "Playbook") -> str:
    return f"{book.version} (valid from {book.valid_from})"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _end(faults: list[str]) -> NoReturn:
    for line in faults:
        click.echo(line, err=True)
    sys.exit(INVALID)
