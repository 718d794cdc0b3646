"""``ptodesk practice``: the practice desk on the loopback address until interrupted."""

import signal
import sys
import threading
from pathlib import Path
from types import FrameType

import click


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
@click.option("--fresh", is_flag=True, help="Begin with an empty desk.")
def practice(port: int, folder: Path | None, fresh: bool) -> None:
    """Run the practice desk until interrupted; its address is the first line printed."""
    from ptodesk_gui.practice.server import PracticeDesk
    from ptodesk_gui.workstation.paths import practice_dir

    desk = PracticeDesk(folder or practice_dir(), port=port, fresh=fresh)
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
