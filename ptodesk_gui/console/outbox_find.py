"""``ptodesk outbox find``: past calls by name, email, address or ticket key. What is looked for is never an argument.

Arguments of a process can be read by every user of the computer.
"""

import sys
from datetime import datetime
from typing import TYPE_CHECKING, Final

import click

from ptodesk_gui.console import station as st
from ptodesk_gui.console.report import print_line
from ptodesk_gui.sop.faults import one_line

if TYPE_CHECKING:
    from ptodesk_gui.sop.progress import PastCall

ASK: Final = "Name, email, address or ticket key"
NO_WORDS: Final = "Nothing to look for: type words, or give them on standard input."
NONE: Final = "No past call has all of these words."
MOST: Final = 20


@click.command()
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=MOST, show_default=True, help="At most so many, the newest first."
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_obj
def find(practice: bool, limit: int, form: str) -> None:
    """Find past calls; asks for the words, or reads a line of standard input. Each is the beginning of a word."""
    words = _words()
    if not words.strip():
        st.end(st.INVALID, NO_WORDS)
    with st.station(practice=practice) as station:
        found = station.store.past_calls(words, limit)
        for call in found:
            if form == "json":
                print_line(_as_json(call))
            else:
                click.echo(one_line(_in_words(call)))
        if not found:
            st.say(NONE)


def _words() -> str:
    if sys.stdin.isatty():
        answer: str = click.prompt(ASK, default="", show_default=False, err=True)
        return answer
    return sys.stdin.readline()


def _in_words(call: "PastCall") -> str:
    when = datetime.fromtimestamp(call.created).strftime("%Y-%m-%d")
    parts = (str(call.plan_id), when, ", ".join(call.tickets) or "no ticket yet", call.title, call.address)
    return "  ".join(part for part in parts if part) + ("" if call.filed else "  (not all filed)")


def _as_json(call: "PastCall") -> dict[str, object]:
    return {
        "plan": call.plan_id,
        "date": datetime.fromtimestamp(call.created).date().isoformat(),
        "title": call.title,
        "address": call.address,
        "emails": list(call.emails),
        "tickets": list(call.tickets),
        "site": call.site,
        "filed": call.filed,
    }
