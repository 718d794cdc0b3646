"""``ptodesk playbook``: for team leads, before a playbook goes out."""

import sys
from pathlib import Path

import click

from ptodesk_gui.sop.faults import PlaybookFaults


@click.group()
def playbook() -> None:
    """Check a playbook, or try it on cases."""


@playbook.command()
@click.argument("file", type=click.Path(path_type=Path))
def check(file: Path) -> None:
    """Name every fault of the playbook FILE (a playbook.toml or its folder)."""
    from ptodesk_gui.workstation.playbook_files import load_playbook

    try:
        book = load_playbook(file)
    except PlaybookFaults as wrong:
        for line in wrong.lines:
            click.echo(line, err=True)
        sys.exit(2)
    click.echo(f"Playbook {book.version}, valid from {book.valid_from}: no faults.")
