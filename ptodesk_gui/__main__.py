"""Starts the window: ``ptodesk-gui [--practice] [--tour DIR] [LINK]``."""

import sys
from collections.abc import Sequence

from ptodesk_gui.application.asked import Asked

PRACTICE = "--practice"
SCHEME = "ptodesk:"


def arguments(argv: Sequence[str]) -> Asked:
    """What was asked for on the command line. Ends the program with exit 2 for arguments it does not know."""
    import argparse
    from pathlib import Path

    from ptodesk_gui import __version__
    from ptodesk_gui.workstation.parent_console import lend_streams

    lend_streams()
    parser = argparse.ArgumentParser(
        prog="ptodesk-gui",
        description="The window for calls about permission to operate (PTO), from the first question to linked tickets.",
    )
    parser.add_argument(PRACTICE, action="store_true", help="practise: tickets go to a desk on this computer")
    parser.add_argument("--fresh", action="store_true", help="practise on a fresh desk: what was there is taken away")
    parser.add_argument("--bad-day", action="store_true", help="practise on a desk that is slow, limited and lossy")
    parser.add_argument("--tour", metavar="DIR", type=Path, help="walk one sample call, write pictures into DIR, end")
    parser.add_argument(
        "--self-test",
        metavar="FILE",
        nargs="?",
        const="",
        help="look whether the program has all that it needs, say so (into FILE), end",
    )
    parser.add_argument(
        "link", metavar="LINK", nargs="?", default="", help="open a call with a link: ptodesk://call?..."
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    asked = parser.parse_args(argv)
    if asked.link:  # one that begins as a link never comes here
        parser.error("what is given is neither an option nor a link that begins with ptodesk:")
    if (asked.fresh or asked.bad_day) and not asked.practice:
        parser.error("--fresh and --bad-day are for --practice")
    return Asked(asked.practice, asked.tour, asked.fresh, asked.bad_day, asked.self_test)


def linked(given: Sequence[str]) -> Asked | None:
    """What a link asks for; None without one.

    Beside it nothing counts but a ``--practice`` before it: a link that breaks out of the quotes that a browser or the
    system put round it is to start nothing else, and no message on stderr is to repeat it.
    """
    at = next((n for n, argument in enumerate(given) if argument[: len(SCHEME)].lower() == SCHEME), None)
    return None if at is None else Asked(practice=PRACTICE in given[:at], link=given[at])


def main(argv: Sequence[str] | None = None) -> int:
    """The window, from start to end; the exit code."""
    given = sys.argv[1:] if argv is None else list(argv)
    usual = given in ([], [PRACTICE])  # what nearly every start asks for needs no parser: 5 ms
    asked = Asked(practice=bool(given)) if usual else linked(given) or arguments(given)
    if asked.self_test is not None:
        from ptodesk_gui.application.self_test import run_self_test

        return run_self_test(asked.self_test)
    from ptodesk_gui.application import pyside  # after the arguments: --help needs no window

    pyside.load()
    from ptodesk_gui.application.run import run

    return run(asked)


if __name__ == "__main__":
    sys.exit(main())
