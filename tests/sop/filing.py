"""Files a plan over real HTTP on a practice desk, and compares the whole desk with what the plan names."""

import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from ptodesk_gui.application.place import needs_of
from ptodesk_gui.desk.jira_desk import JiraDesk, Timing
from ptodesk_gui.desk.session import SiteAccess
from ptodesk_gui.outbox import tables
from ptodesk_gui.outbox.filer import Filer
from ptodesk_gui.outbox.store import Store
from ptodesk_gui.sop.plan import Plan
from ptodesk_gui.sop.playbook import Playbook
from ptodesk_gui.sop.progress import PlanProgress, PlanState
from ptodesk_gui.sop.steps import CreateTicket, PublicReply, Remind
from tests.reliability.site import Site
from tests.sop.desk_by_plan import after, differences, whole

DAY = 86_400.0


@dataclass(frozen=True)
class Filed:
    """How a filing ended: what was said of it, each step's key, and the steps that asked for a follow-up."""

    progress: PlanProgress
    step_keys: Mapping[str, str]
    follow_ups: tuple[str, ...]


def filed(site: Site, plan: Plan, book: Playbook, call: str = "call") -> Filed:
    """File the plan with a program that knows nothing of the site yet."""
    clock = site.clock
    timing = Timing(now=clock.clock, clock=clock.monotonic, pause=clock.pause)
    access, gateway = SiteAccess(site.practice.url, *site.sign_in), f"{site.practice.url}/ex/jira"
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        desk = JiraDesk(access, None, needs_of(book), gateway=gateway, timing=timing)
        stack.callback(desk.close)
        store = Store(Path(folder) / "outbox.db", clock=clock.clock)
        stack.callback(store.close)
        with store._database.reading() as db:
            db.execute("PRAGMA synchronous = OFF")
        filer = Filer(store, lambda site: desk, clock.clock, hands=clock)
        stack.callback(filer.stop, 0)
        number = store.add_plan(call, "site", "Sample", plan, {"ptodesk.playbook": {"version": book.version}})
        filer.run_until_idle(DAY)
        with store._database.reading() as db:
            keys = {row.step.id: row.step_key for row in tables.read_plan(db, number).steps}
        clock.let_all_happen()
        return Filed(filer.progress(number), keys, tuple(row.step_id for row in store.reminders()))


def wrong_after(site: Site, plan: Plan, book: Playbook) -> list[str]:
    """File the plan; everything that is not as it must be afterwards, in words."""
    before = whole(site)
    end = filed(site, plan, book)
    if end.progress.state is not PlanState.FILED:
        return [f"{s.step.id} is {s.state}: {s.reason}" for s in end.progress.steps if s.reason]
    found = whole(site)
    tickets = {role: found.keys[key] for role, key in end.progress.tickets.items()}
    made = [tickets[step.ticket] for step in plan.steps if isinstance(step, CreateTicket)]
    planned = after(plan, before, tickets, end.step_keys, book.version)
    asked = {step.id for step in plan.steps if isinstance(step, Remind)}
    asked |= {step.id for step in plan.steps if isinstance(step, PublicReply) and "H7" in step.rules}
    wrong = differences(found, planned)
    wrong += [f"{s.step.id} leaves to do: {s.left_to_do}" for s in end.progress.steps if s.left_to_do]
    if sorted(made) != sorted(found.issues.keys() - before.issues.keys()):
        wrong.append(f"made: {made}")
    if sorted(end.follow_ups) != sorted(asked):
        wrong.append(f"to come back to: {end.follow_ups}")
    return wrong + site.practice.crashes
