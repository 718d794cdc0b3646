"""Starts the window: ``ptodesk-gui [--practice] [--tour DIR]``."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from ptodesk_gui import __version__


def arguments(argv: Sequence[str]) -> argparse.Namespace:
    """What was asked for on the command line. Ends the program with exit 2 for arguments it does not know."""
    parser = argparse.ArgumentParser(
        prog="ptodesk-gui",
        description="The window for calls about permission to operate (PTO), from the first question to linked tickets.",
    )
    parser.add_argument("--practice", action="store_true", help="practise: tickets go to a desk on this computer")
    parser.add_argument("--tour", metavar="DIR", type=Path, help="walk one sample call, write pictures into DIR, end")
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """The window, from start to end; the exit code."""
    asked = arguments(sys.argv[1:] if argv is None else argv)
    from ptodesk_gui.application.run import run  # after the arguments: --help needs no window

    return run(practice=asked.practice, tour=asked.tour)


if __name__ == "__main__":
    sys.exit(main())
