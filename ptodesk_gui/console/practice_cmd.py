"""``ptodesk practice``: the practice desk on the loopback address until interrupted."""

import signal
import sys
import threading
from datetime import date
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from ptodesk_gui.practice import BadDay, PracticeDesk

INVALID: Final = 2
ALL_WELL: Final = "{count} practice callers, and nothing wrong with them."
NOT_EMPTIED: Final = "Another window or console serves this desk at the moment, so what it holds was kept."


@click.command()
@click.option(
    "--port", type=click.IntRange(0, 65_535), default=0, show_default="a free one", help="Port on the loopback address."
)
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="Where the desk keeps its tickets.  [default: the program's data folder]",
)
@click.option("--fresh", is_flag=True, help="Begin with a fresh desk: what was on it is taken away.")
@click.option("--empty", is_flag=True, help="Begin without tickets that wait to be practised on.")
@click.option("--bad-day", is_flag=True, help="A slow, rate-limited and lossy desk.")
@click.option("--seed", type=int, default=None, help="Which bad day it is: the same number, the same trouble.")
@click.option(
    "--callers",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="A folder with practice callers of your own.  [default: those of the program]",
)
@click.option("--check", is_flag=True, help="Only say what is wrong with the practice callers, a line for each fault.")
def practice(
    port: int,
    folder: Path | None,
    fresh: bool,
    empty: bool,
    bad_day: bool,
    seed: int | None,
    callers: Path | None,
    check: bool,
) -> None:
    """Run the practice desk until interrupted; its address is the first line printed."""
    if check:
        _check(callers)
        return
    from ptodesk_gui.practice.server import PracticeDesk
    from ptodesk_gui.workstation.paths import practice_dir

    desk = PracticeDesk(folder or practice_dir(), port=port, fresh=fresh)
    desk.bad_day = _bad_day(seed) if bad_day or seed is not None else None
    ended = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        ended.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    try:
        desk.start()
    except OSError as wrong:
        click.echo(
            f"The practice desk could not be started on port {port}: {wrong.strerror}. Try another port or folder.",
            err=True,
        )
        sys.exit(1)
    try:
        if not empty:
            _fill(desk, callers)
        if desk.still_to_empty:
            click.echo(NOT_EMPTIED, err=True)
        click.echo(desk.url)
        sys.stdout.flush()
        click.echo(
            f"Sign in as {desk.account.email} with the token {desk.account.token} (it opens this desk and nothing else).",
            err=True,
        )
        click.echo(f"The tickets are at {desk.url}/ - end with Ctrl+C.", err=True)
        while not ended.wait(0.5):  # a wait without an end would not be interrupted by a signal on Windows
            pass
    finally:
        desk.stop()


def _fill(desk: "PracticeDesk", folder: Path | None) -> None:
    """The tickets that wait; what is wrong with a caller's file is said, and the others' tickets wait all the same."""
    from ptodesk_gui.application.practice_shelf import fill
    from ptodesk_gui.console.station import playbook_of, read_settings
    from ptodesk_gui.sop.faults import PlaybookFaults
    from ptodesk_gui.workstation.caller_files import load_callers
    from ptodesk_gui.workstation.playbook_files import load_playbook

    try:
        playbook = playbook_of(read_settings())
    except PlaybookFaults:
        playbook = load_playbook()  # `ptodesk playbook check` says what is wrong with the other one
    callers, faults = load_callers(folder)
    for fault in faults:
        click.echo(str(fault), err=True)
    fill(desk, callers, playbook, date.today())


def _check(folder: Path | None) -> None:
    from ptodesk_gui.workstation.caller_files import load_callers

    callers, faults = load_callers(folder)
    for fault in faults:
        click.echo(str(fault), err=True)
    if faults or not callers:
        if not callers and not faults:
            click.echo("There are no practice callers in this folder.", err=True)
        sys.exit(INVALID)
    click.echo(ALL_WELL.format(count=len(callers)))


def _bad_day(seed: int | None) -> "BadDay":
    from ptodesk_gui.practice import BadDay

    return BadDay() if seed is None else BadDay(seed=seed)
