"""``ptodesk plan``: what follows from a case. Touches no network and no store."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ptodesk_gui.sop.faults import CaseFaults, PlaybookFaults
from ptodesk_gui.sop.flows import make_plan
from ptodesk_gui.sop.plan import plan_to_dict

if TYPE_CHECKING:
    from ptodesk_gui.workstation.settings import Settings


class IsoDay(click.ParamType[date]):
    """A date as ``2026-03-05``."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date. Fails with a usage message, exit 2."""
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no date. Write it as 2026-03-05.", param, ctx)
        if day.isoformat() != value:
            self.fail(f"{value!r} is not written as 2026-03-05.", param, ctx)
        return day


@click.command()
@click.argument("case", metavar="CASE.json")
@click.option("--today", type=IsoDay(), default=None, help="The day to plan for.  [default: today]")
@click.option(
    "--playbook",
    type=click.Path(path_type=Path),
    default=None,
    help="A playbook.toml or its folder.  [default: that of the settings, else the one that came with the program]",
)
def plan(case: str, today: date | None, playbook: Path | None) -> None:
    """Print the plan of the case in CASE.json (- for stdin) as JSON."""
    from ptodesk_gui.application.playbooks import with_project
    from ptodesk_gui.console.case_file import load_case
    from ptodesk_gui.console.station import playbook_of
    from ptodesk_gui.workstation.playbook_files import load_playbook

    faults: list[str] = []
    try:
        facts = load_case(case)
    except CaseFaults as wrong:
        faults += wrong.lines
    try:
        settings, day = settings_with(playbook), today or date.today()
        asked = playbook is not None and settings.source is None
        book = load_playbook(Path(settings.playbook)) if asked else playbook_of(settings, day)
        book = with_project(book, settings.project)
    except PlaybookFaults as wrong:
        faults += wrong.lines
    if faults:
        for line in faults:
            click.echo(line, err=True)
        sys.exit(2)
    answer = plan_to_dict(make_plan(facts, book, day))
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False, indent=2).encode() + b"\n")


def settings_with(asked: Path | None) -> "Settings":
    """The settings with the playbook that holds: what IT has locked, what was asked for, what the settings say."""
    from ptodesk_gui.workstation.settings import read_settings

    settings = read_settings({"playbook": None if asked is None else str(asked)})
    for fault in settings.faults:
        click.echo(fault, err=True)
    used = settings.playbook if settings.source is None else settings.source.place
    if asked is not None and used != str(asked):
        click.echo(f"The playbook is set by your administrator: {used} is used.", err=True)
    return settings
