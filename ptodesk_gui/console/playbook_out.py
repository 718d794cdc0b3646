"""``ptodesk playbook pack``, ``keys``, ``sign`` and ``fetch``: how a playbook gets from a lead to everybody."""

import os
import sys
from pathlib import Path
from typing import NoReturn

import click

from ptodesk_gui.sop.faults import PlaybookFaults, one_line

WRONG = 1
INVALID = 2
KEEP_SECRET = "Keep {file} to yourself: whoever has it can sign playbooks. IT puts this into the policy, in [playbook]:"  # noqa: S105 - a sentence


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("archive", type=click.Path(path_type=Path))
def pack(folder: Path, archive: Path) -> None:
    """Check the playbook in FOLDER and write it to ARCHIVE, a file that ends in .zip. The same playbook gives the same file."""
    from ptodesk_gui.workstation.playbook_archive import hash_of, load_archive
    from ptodesk_gui.workstation.playbook_archive import pack as packed
    from ptodesk_gui.workstation.playbook_files import load_playbook

    if archive.suffix.lower() != ".zip":
        _end(INVALID, "The name of the archive must end in .zip.")
    try:
        load_playbook(folder)
        raw = packed(folder)
        book = load_archive(raw)
    except PlaybookFaults as wrong:
        _end(INVALID, *wrong.lines)
    except OSError as error:
        _end(WRONG, f"It cannot be read: {error.strerror}.")
    _write(archive, raw)
    click.echo(f"Playbook {book.version}, valid from {book.valid_from}, is in {one_line(str(archive))}.")
    click.echo(f"SHA-256: {hash_of(raw)}")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def keys(file: Path) -> None:
    """Make a key for signing playbooks: the private part goes to FILE, which must not be there yet; the public part is printed."""
    from ptodesk_gui.workstation.playbook_archive import new_key

    pem, public = new_key()
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        _end(WRONG, f"{one_line(str(file))} cannot be made: {error.strerror}.")
    with os.fdopen(handle, "wb") as out:
        out.write(pem)
    click.echo(KEEP_SECRET.format(file=one_line(str(file))), err=True)
    click.echo(f'public_keys = ["{public}"]')


@click.command()
@click.argument("archive", type=click.Path(path_type=Path))
@click.option(
    "--key", type=click.Path(path_type=Path), required=True, metavar="FILE", help="The file that `keys` made."
)
def sign(archive: Path, key: Path) -> None:
    """Check the playbook in ARCHIVE, a .zip, and sign it. The signature goes into a file beside it, to be given out with it."""
    from ptodesk_gui.workstation.playbook_archive import SIGNATURE, hash_of, load_archive
    from ptodesk_gui.workstation.playbook_archive import sign as signed

    try:
        raw = archive.read_bytes()
        book = load_archive(raw, archive.name)
        signature, public = signed(raw, key.read_bytes())
    except PlaybookFaults as wrong:
        _end(INVALID, *wrong.lines)
    except OSError as error:
        _end(WRONG, f"It cannot be read: {error.strerror}.")
    except ValueError:
        _end(WRONG, f"{one_line(str(key))} is no key that `ptodesk playbook keys` has made.")
    beside = archive.with_name(archive.name + SIGNATURE)
    _write(beside, signature.encode())
    click.echo(f"Playbook {book.version} is signed in {one_line(str(beside))}, by {public}.")
    click.echo(f"SHA-256: {hash_of(raw)}")


@click.command()
def fetch() -> None:
    """Look now for the playbook that the policy names, and say what is in use. Exit code: 0, or 1 when something is wrong."""
    from datetime import date

    from ptodesk_gui.application.playbook_fetch import fetch as look
    from ptodesk_gui.application.playbook_fetch import shelf
    from ptodesk_gui.application.playbooks import playbook_for
    from ptodesk_gui.console.station import read_settings

    settings = read_settings()
    if settings.source is None:
        _end(WRONG, "The policy names no place to fetch a playbook from ([playbook], source).")
    look(settings, shelf())
    found = playbook_for(settings, date.today())
    for line in filter(None, (*found.faults, found.notice)):
        click.echo(one_line(line), err=True)
    click.echo(one_line(f"Playbook {found.playbook.version} is in use. {found.origin}"))
    sys.exit(WRONG if found.faults else 0)


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        _end(WRONG, f"{one_line(str(file))} cannot be written: {error.strerror}.")


def _end(code: int, *lines: str) -> NoReturn:
    for line in lines:
        click.echo(line, err=True)
    sys.exit(code)
