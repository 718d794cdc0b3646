"""Any plan, any faults, any number of restarts: every step happens exactly once, after what it needs."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from ptodesk_gui.desk.desk import Later, Refused, Unclear
from ptodesk_gui.sop.progress import PlanState
from ptodesk_gui.sop.steps import Step, Ticket
from tests.outbox.fakes import Killed, Workstation, comment, create, queue

TICKETS = (Ticket.HOMEOWNER, Ticket.INSTALLER)


@st.composite
def plans(draw: st.DrawFn) -> tuple[Step, ...]:
    """One or two new tickets and comments on them, each needing any of the steps before it."""
    made: list[Step] = [create(ticket) for ticket in TICKETS[: draw(st.integers(1, 2))]]
    born = [step.ticket for step in made]  # type: ignore[union-attr]
    for number in range(draw(st.integers(0, 5))):
        needs = draw(st.sets(st.sampled_from([step.id for step in made]), max_size=3))
        made.append(comment(draw(st.sampled_from(born)), *sorted(needs), name=f"comment-{number}"))
    return tuple(made)


sending = st.sampled_from(["lost before", "lost after", "killed before", "killed after", "broken"]) | st.builds(
    Later, st.just("Busy."), st.none() | st.floats(0, 100), st.booleans()
)
sending = sending | st.just(Refused("Expired.", "Sign in.", sign_in=True))
looking = st.sampled_from(["killed", "broken"]) | st.one_of(
    st.builds(Unclear, st.just("Not shown yet."), st.none() | st.floats(0, 90)),
    st.builds(Later, st.just("No network."), st.none() | st.floats(0, 100)),
)


@settings(max_examples=60)
@given(plan=plans(), workers=st.integers(1, 4), data=st.data())
def test_every_step_happens_once_and_after_what_it_needs(
    plan: tuple[Step, ...], workers: int, data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        machine = Workstation(Path(folder))
        for step in plan:
            machine.desk.faults[step.id] = data.draw(st.lists(sending, max_size=3))
            machine.desk.settle_faults[step.id] = data.draw(st.lists(looking, max_size=3))
        try:
            for _ in range(100):
                store, filer = machine.start(workers)
                plan_id = queue(store, *plan)
                try:
                    filer.run_until_idle(24 * 3600)
                except Killed:
                    machine.end()
                    continue
                if filer.progress(plan_id).state is PlanState.FILED:
                    break
                machine.end()
            else:
                raise AssertionError("never filed")
        finally:
            machine.end()
        acts = machine.desk.acts
        assert sorted(acts) == sorted(step.id for step in plan)
        for step in plan:
            assert all(acts.index(need) < acts.index(step.id) for need in step.needs)
