"""``ptodesk file``: plan a case, put the plan into the outbox, and file it."""

import uuid
from datetime import date
from typing import TYPE_CHECKING, NoReturn

import click

from ptodesk_gui.console import station as st
from ptodesk_gui.console.case_file import load_case
from ptodesk_gui.console.plan_cmd import IsoDay
from ptodesk_gui.console.report import StepPrinter, exit_code, print_line, say_what_is_left
from ptodesk_gui.console.seconds import Seconds
from ptodesk_gui.sop.faults import CaseFaults, PlaybookFaults, one_line
from ptodesk_gui.workstation.policy import UNSURE, UNSURE_CURE

if TYPE_CHECKING:
    from ptodesk_gui.sop.case import Case
    from ptodesk_gui.sop.plan import Plan
    from ptodesk_gui.sop.playbook import Playbook

WAIT = 60.0  # seconds


@click.command()
@click.argument("case", metavar="CASE.json")
@click.option("--today", type=IsoDay(), default=None, help="The day to plan for.  [default: today]")
@click.option("--practice", is_flag=True, help="File to the practice desk on this computer.")
@click.option(
    "--wait", type=Seconds(), default=WAIT, metavar="S", show_default=True, help="Seconds to wait for filing."
)
def file(case: str, today: date | None, practice: bool, wait: float) -> None:
    """File the case in CASE.json (- for stdin). It is safe in the outbox before anything is sent."""
    with st.station(practice=practice) as station:
        if station.settings.site_unsure and not practice:
            st.end(st.PERSON, f"{UNSURE} {UNSURE_CURE}")
        facts, book, plan = _planned(case, station, today or date.today())
        if not station.site:
            st.end(st.PERSON, f"No site is set, so there is nowhere to file to. {st.LOGIN}")
        plan_id = _queued(station, facts, book, plan)
        st.say(f"In the outbox as {plan_id}.")
        station.open(book)
        file_plan(station, plan_id, wait)


def file_plan(station: st.Station, plan_id: int, wait: float) -> NoReturn:
    """File one plan for at most ``wait`` seconds, print what becomes of it, and end with its exit code."""
    printer = StepPrinter(plan_id)
    with st.filing(station, printer) as filer:
        printer.before(filer.progress(plan_id))
        try:
            filer.run_until_idle(wait, plan_id)
        except KeyboardInterrupt:
            st.say("Interrupted. What is not filed stays in the outbox.")
    progress = filer.progress(plan_id)
    printer(progress)
    print_line({"state": progress.state.value, "tickets": dict(progress.tickets)})
    say_what_is_left(progress)
    st.end(exit_code(progress))


def _planned(case: str, station: st.Station, today: date) -> "tuple[Case, Playbook, Plan]":
    """The plan of the case; the command ends when it cannot be filed as it is, with a line for each reason."""
    from ptodesk_gui.application.place import Adapting
    from ptodesk_gui.sop.flows import make_plan

    faults: list[str] = []
    try:
        facts = load_case(case)
    except CaseFaults as wrong:
        faults += wrong.lines
    try:
        book = st.playbook_of(station.settings, today)
    except PlaybookFaults as wrong:
        faults += wrong.lines
    if faults:
        st.end(st.INVALID, *faults)
    if isinstance(station.place, Adapting):
        book = station.place.adapted(book)
    plan = make_plan(facts, book, today)
    problems = [(problem.blocks, one_line(f"{problem.field}: {problem.text}")) for problem in plan.problems]
    if plan.blocked:
        st.end(st.INVALID, *(line for blocks, line in problems if blocks))
    for _, line in problems:
        st.say(line)
    return facts, book, plan


def _queued(station: st.Station, facts: "Case", book: "Playbook", plan: "Plan") -> int:
    """Put the plan into the outbox for good; its id there. Every ``file`` is a call of its own."""
    from ptodesk_gui.sop.review import plan_title

    properties = {"ptodesk.playbook": {"version": book.version}}
    return station.store.add_plan(uuid.uuid4().hex, station.site, plan_title(facts), plan, properties)
