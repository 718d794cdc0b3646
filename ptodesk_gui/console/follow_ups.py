"""Follow-ups on the console: lines of their own after the plans, and a JSON line for each that moved on."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import click

from ptodesk_gui.console.report import print_line
from ptodesk_gui.console.station import Station, say
from ptodesk_gui.sop.faults import one_line
from ptodesk_gui.sop.progress import FollowUp, FollowUpState

CLOSES_ITSELF = "It is closed then as {closing}, unless an answer came."
LOOK_AT_IT = "Look at the ticket; the window's outbox has what can be done with it."


def waiting_here(station: Station) -> tuple[FollowUp, ...]:
    """What there is to come back to, with the reason where it is of another site than that of the settings."""
    from ptodesk_gui.outbox.dispatcher import ANOTHER_SITE

    return tuple(
        one if one.site == station.site else replace(one, reason=ANOTHER_SITE.reason, cure=ANOTHER_SITE.cure)
        for one in station.store.follow_ups.followups()
    )


def print_follow_ups(waiting: Sequence[FollowUp]) -> None:
    """One line each, then what is to be said of it."""
    now = datetime.now().timestamp()
    for one in waiting:
        when = one.when(now)
        parts = (f"follow-up {one.id}", one.state.value, when, one.ticket, one.text)
        click.echo(one_line("  ".join(part for part in parts if part)))
        closes = one.closes_itself and one.state in (FollowUpState.WAITING, FollowUpState.DUE) and not one.cure
        if closes and one.closing:
            click.echo(f"    {CLOSES_ITSELF.format(closing=one.closing)}")
        if one.reason:
            click.echo(one_line(f"    {one.reason} {one.cure}".rstrip()))


def print_moved(before: Sequence[FollowUp], after: Sequence[FollowUp]) -> None:
    """A line for each follow-up whose state is another; on stderr what a person does about it."""
    states: Mapping[int, FollowUpState] = {one.id: one.state for one in before}
    for one in after:
        if states.get(one.id) not in (None, one.state):
            print_line({"follow_up": one.id, "plan": one.plan_id, "ticket": one.ticket, "state": one.state.value})
        if one.for_person and one.state is not FollowUpState.CLOSING:  # a closing is told of with its plan
            say(f"{one.ticket}: {one.text} {one.reason} {one.cure or LOOK_AT_IT}".replace("  ", " "))
