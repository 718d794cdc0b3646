"""``ptodesk outbox``: what is waiting, why, and since when; and have it filed."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NoReturn

import click

from ptodesk_gui.console import station as st
from ptodesk_gui.console.file_cmd import WAIT, file_plan
from ptodesk_gui.console.follow_ups import print_follow_ups, print_moved, waiting_here
from ptodesk_gui.console.outbox_export import export
from ptodesk_gui.console.outbox_find import find
from ptodesk_gui.console.report import StepPrinter, exit_code, print_line, say_what_is_left
from ptodesk_gui.console.seconds import Seconds
from ptodesk_gui.sop.faults import PlaybookFaults, one_line
from ptodesk_gui.sop.progress import FollowUp, PlanProgress, PlanState, StepState

if TYPE_CHECKING:
    from ptodesk_gui.sop.playbook import Playbook

MOST_OVER = 1000  # follow-ups that are over and looked through for what has just moved on
EMPTY = "Nothing is waiting: everything is filed."

_wait = click.option(
    "--wait", type=Seconds(), default=WAIT, metavar="S", show_default=True, help="Seconds to wait for filing."
)


@click.group(invoke_without_command=True)
@click.option("--practice", is_flag=True, help="The outbox of the practice desk.")
@click.pass_context
def outbox(ctx: click.Context, practice: bool) -> None:
    """What is waiting, why, and since when (list); run, retry ID and show ID; find past calls; export."""
    ctx.obj = practice
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_waiting)


outbox.add_command(find)
outbox.add_command(export)


@outbox.command("list")
@click.pass_obj
def list_waiting(practice: bool) -> None:
    """List what is not filed yet, or has left something to do."""
    with st.station(practice=practice) as station:
        plans = [_said(p, station.site) for p in station.store.all_progress() if _is_worth_listing(p)]
        follow_ups = waiting_here(station)
        if not plans and not follow_ups:
            click.echo(EMPTY)
        for progress in plans:
            _print_plan(progress, whole=False)
        print_follow_ups(follow_ups)
        st.end(max((exit_code(progress) for progress in plans), default=st.FILED))


@outbox.command()
@_wait
@click.pass_obj
def run(practice: bool, wait: float) -> None:
    """File what can be filed, and see to the follow-ups that are due."""
    with st.station(practice=practice) as station:
        station.open(_playbook(station))
        printer = StepPrinter(None)
        with st.filing(station, printer) as filer:
            waiting = [p for p in filer.all_progress(filed=0) if p.state is not PlanState.FILED]
            follow_ups = filer.follow_ups.followups()
            for progress in (*waiting, *(filer.progress(one.plan_id) for one in follow_ups)):
                printer.before(progress)
            try:
                filer.run_until_idle(wait)
            except KeyboardInterrupt:
                st.say("Interrupted. What is not filed stays in the outbox.")
        moved = filer.follow_ups.followups(over=MOST_OVER)
        print_moved(follow_ups, moved)
        ended = [filer.progress(plan_id) for plan_id in _concerned(waiting, follow_ups, moved)]
        for progress in ended:
            printer(progress)
            tickets = dict(progress.tickets)
            print_line({"plan": progress.plan_id, "state": progress.state.value, "tickets": tickets})
            say_what_is_left(progress)
        st.end(max((exit_code(progress) for progress in ended), default=st.FILED))


def _concerned(waiting: Sequence[PlanProgress], before: Sequence[FollowUp], after: Sequence[FollowUp]) -> Iterable[int]:
    """The plans that waited, the oldest first, then those that a follow-up had something to do in."""
    states = {one.id: one.state for one in before}
    reopened = (one.plan_id for one in after if states.get(one.id) not in (None, one.state))
    return dict.fromkeys([*(progress.plan_id for progress in reversed(waiting)), *reopened])


@outbox.command()
@click.argument("plan_id", metavar="ID", type=int)
@_wait
@click.pass_obj
def retry(practice: bool, plan_id: int, wait: float) -> None:
    """Try again what was refused or waits in plan ID; what is unclear is looked up, not sent again."""
    with st.station(practice=practice) as station:
        book = _playbook(station)
        try:
            station.store.retry(plan_id)
        except KeyError:
            _no_such_plan(plan_id)
        station.open(book)
        file_plan(station, plan_id, wait)


@outbox.command()
@click.argument("plan_id", metavar="ID", type=int)
@click.pass_obj
def show(practice: bool, plan_id: int) -> None:
    """Show plan ID step by step."""
    with st.station(practice=practice) as station:
        try:
            progress = _said(station.store.progress(plan_id), station.site)
        except KeyError:
            _no_such_plan(plan_id)
        _print_plan(progress, whole=True)
        st.end(exit_code(progress))


def _no_such_plan(plan_id: int) -> NoReturn:
    st.end(st.INVALID, f"There is no plan {plan_id} in the outbox. `ptodesk outbox list` names those that wait.")


def _playbook(station: st.Station) -> "Playbook":
    try:
        return st.playbook_of(station.settings)
    except PlaybookFaults as wrong:
        st.end(st.INVALID, *wrong.lines)


def _is_worth_listing(progress: PlanProgress) -> bool:
    return progress.state is not PlanState.FILED or any(step.left_to_do for step in progress.steps)


def _said(progress: PlanProgress, site: str) -> PlanProgress:
    """The progress, with the reason when it was queued for another site than that of the settings."""
    from ptodesk_gui.outbox.dispatcher import left_alone

    return progress if progress.site == site else left_alone(progress)


def _print_plan(progress: PlanProgress, *, whole: bool) -> None:
    """A plan for people: one line, then what is not done and why; with ``whole`` every step."""
    count = f"{progress.done} of {len(progress.steps)} steps done"
    since = datetime.fromtimestamp(progress.created).strftime("%Y-%m-%d %H:%M")
    click.echo(one_line(f"{progress.plan_id}  {progress.state}  {count}  since {since}  {progress.title}"))
    if progress.held:
        click.echo(f"    {progress.held} {progress.held_cure}".rstrip())
    if whole:
        click.echo(f"    site {progress.site}")
    for step in progress.steps:
        why = " ".join(part for part in (step.reason, step.cure, step.left_to_do) if part)
        if whole or (why and why != f"{progress.held} {progress.held_cure}".strip()):
            ticket = f" {step.ticket}" if step.ticket else ""
            state = f"{step.state}{ticket}"
            if step.state is StepState.LATER and step.not_before is not None:
                state += f", tried again at {datetime.fromtimestamp(step.not_before):%H:%M:%S}"
            click.echo(one_line(f"    {step.words} ({state})" + (f": {why}" if why else "")))
