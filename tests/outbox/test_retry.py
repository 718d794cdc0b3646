"""When a step is tried again, and what may become of it: whatever happens, nothing is sent that may have happened."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptodesk_gui.desk.desk import Done, Later, NotArrived, Refused, Unclear
from ptodesk_gui.outbox import retry
from ptodesk_gui.outbox.record import Scope, StepRow
from ptodesk_gui.sop.progress import PlanState, StepState
from ptodesk_gui.sop.steps import Step, Ticket
from tests.outbox.fakes import comment, create, whole_call

NOW = 1_800_000_000.0
H = Ticket.HOMEOWNER

chances = st.floats(0, 1, exclude_max=True)
answers = st.one_of(
    st.builds(Done, ticket=st.just("PTO-1")),
    st.builds(Refused, st.just("No."), st.just("Mend it."), st.booleans()),
    st.builds(Later, st.just("Busy."), st.none() | st.floats(-5, 1e9), st.booleans()),
    st.builds(Unclear, st.just("Lost."), st.none() | st.floats(-5, 1e9)),
    st.just(NotArrived()),
)


def row(step: Step | None = None, **values: object) -> StepRow:
    made = StepRow(plan_id=1, position=0, step=step or create(H), step_key="key")
    return replace(made, **values)  # type: ignore[arg-type]


def rows(*steps: Step, **states: StepState) -> list[StepRow]:
    return [
        replace(
            row(step), position=n, state=states.get(step.id.replace(".", "_"), StepState.WAITING), ticket=f"PTO-{n}"
        )
        for n, step in enumerate(steps)
    ]


def test_an_interrupted_step_says_what_happened_and_what_comes_next() -> None:
    said = retry.interrupted(row(state=StepState.SENDING), NOW).reason
    assert said == "The program ended while this was being sent; it is being checked whether it arrived."


# --- how long -----------------------------------------------------------------------------------------------------------


@given(failures=st.integers(0, 10_000), chance=chances)
def test_the_wait_is_jittered_from_nothing_to_its_ceiling_and_never_longer(failures: int, chance: float) -> None:
    wait = retry.backoff(failures, chance)
    assert 0 <= wait <= retry.LONGEST_WAIT
    assert retry.backoff(failures, 0.0) == 0
    assert wait <= retry.backoff(failures + 1, chance)


def test_the_ceiling_doubles_with_every_failure_up_to_the_longest() -> None:
    assert [retry.backoff(n, 1.0) for n in range(1, 6)] == [2, 4, 8, 16, 32]
    assert retry.backoff(60, 1.0) == retry.LONGEST_WAIT


@given(after=st.floats(0, retry.LONGEST_ASKED), chance=chances, failures=st.integers(1, 50), whole=st.booleans())
def test_what_the_site_asked_to_wait_is_waited_at_least(
    after: float, chance: float, failures: int, whole: bool
) -> None:
    sent = retry.claimed(row(), NOW, None)
    later = retry.answered(sent, sent, Later("Busy.", after, whole), "", NOW, failures, chance)
    assert later.not_before is not None
    assert NOW + after <= later.not_before <= NOW + after + 1
    assert later.scope is (Scope.SITE if whole else Scope.TICKET)


@given(attempts=st.integers(1, 30), failures=st.integers(1, 30))
def test_trouble_is_the_sites_unless_the_site_has_done_something_else_since(attempts: int, failures: int) -> None:
    sent = row(state=StepState.SENDING, attempts=attempts)
    later = retry.answered(sent, sent, Later("500."), "", NOW, failures, 0.5)
    assert later.scope is (Scope.SITE if failures >= attempts else Scope.STEP)


@pytest.mark.parametrize(
    ("ahead", "due"),
    [(None, True), (0, True), (-1, True), (1, False), (retry.LONGEST_ASKED, False), (30 * 86400, True)],
)
def test_a_time_is_due_when_it_has_come_or_cannot_be_meant(ahead: float | None, due: bool) -> None:
    assert retry.is_due(None if ahead is None else NOW + ahead, NOW) is due


# --- what becomes of a step ----------------------------------------------------------------------------------------------


@given(steps=st.lists(st.tuples(st.sampled_from(["send", "look", "retry", "crash", "told"]), answers, chances)))
def test_nothing_is_sent_again_before_it_is_known_not_to_have_happened(
    steps: list[tuple[str, object, float]],
) -> None:
    """``maybe`` is the truth as far as anyone can know it: a request went out and nobody has said what became of it."""
    state, maybe, now = row(), False, NOW
    for act, answer, chance in steps:
        now += 1000
        before = state
        if act == "send" and state.state in (StepState.WAITING, StepState.LATER):
            assert not maybe
            sent = retry.claimed(state, now, None)
            assert sent.state is StepState.SENDING
            state = retry.answered(sent, sent, answer, "", now, 1, chance)  # type: ignore[arg-type]
            maybe = isinstance(answer, Unclear)
        elif act == "look" and state.state is StepState.UNCLEAR and not state.for_person:
            state = retry.looked_up(state, answer, "", now, 1, chance)  # type: ignore[arg-type]
            maybe = maybe and not isinstance(answer, Done | NotArrived)
        elif act == "retry":
            state = retry.tried_again(state, now)
        elif act == "crash" and state.state in (StepState.WAITING, StepState.LATER):
            state, maybe = retry.interrupted(retry.claimed(state, now, None), now), True
        elif act == "told" and state.state is StepState.UNCLEAR:
            state, maybe = retry.told(state, False, None, "", now), False
        assert maybe == (state.state is StepState.UNCLEAR)
        assert state.state is not StepState.SENDING
        assert before.state is not StepState.DONE or state == before


@given(answer=answers, chance=chances)
def test_every_answer_has_a_state_and_every_state_that_is_not_done_says_why(answer: object, chance: float) -> None:
    sent = retry.claimed(row(), NOW, None)
    after = retry.answered(sent, sent, answer, "url", NOW, 1, chance)  # type: ignore[arg-type]
    expected = {
        Done: StepState.DONE,
        Refused: StepState.REFUSED,
        Later: StepState.LATER,
        Unclear: StepState.UNCLEAR,
        NotArrived: StepState.WAITING,
    }
    assert after.state is expected[type(answer)]
    assert bool(after.reason) == (after.state not in (StepState.DONE, StepState.WAITING))
    assert after.state is not StepState.REFUSED or after.cure


@given(answer=answers, chance=chances)
def test_a_late_answer_to_an_earlier_attempt_counts_only_when_it_says_done(answer: object, chance: float) -> None:
    first = retry.claimed(row(), NOW, None)
    again = retry.claimed(replace(first, state=StepState.WAITING), NOW + 60, None)
    after = retry.answered(again, first, answer, "", NOW + 70, 1, chance)  # type: ignore[arg-type]
    assert after == again or (isinstance(answer, Done) and after.state is StepState.DONE)


def test_the_first_attempt_is_remembered_and_the_last_one_moves_on() -> None:
    first = retry.claimed(row(), NOW, "PTO-1")
    again = retry.claimed(replace(first, state=StepState.LATER), NOW + 60, "PTO-1")
    assert (again.attempts, again.first_attempt, again.last_attempt) == (2, NOW, NOW + 60)


# --- which steps, and the plan ---------------------------------------------------------------------------------------------


def ids(found: list[StepRow]) -> list[str]:
    return [r.step.id for r in found]


def test_what_needs_nothing_may_begin_together() -> None:
    assert ids(retry.runnable(rows(*whole_call()), NOW, retry.Holds())) == ["homeowner.create", "installer.create"]


def test_a_needed_step_must_be_done_not_only_sent() -> None:
    sending = rows(*whole_call(), homeowner_create=StepState.SENDING, installer_create=StepState.DONE)
    assert ids(retry.runnable(sending, NOW, retry.Holds())) == ["installer.comment"]


def test_a_ticket_that_must_wait_keeps_only_its_own_steps() -> None:
    done = rows(*whole_call(), homeowner_create=StepState.DONE, installer_create=StepState.DONE)
    held = retry.Holds(tickets={"PTO-0": NOW + 5})
    assert ids(retry.runnable(done, NOW, held)) == ["installer.comment"]
    assert "homeowner.comment" in ids(retry.runnable(done, NOW + 5, held))


@pytest.mark.parametrize(
    ("states", "signed_out", "expected"),
    [
        ({}, False, PlanState.WAITING),
        ({"homeowner_create": StepState.SENDING}, True, PlanState.FILING),
        ({}, True, PlanState.PERSON),
        ({"homeowner_create": StepState.LATER}, False, PlanState.LATER),
        ({"homeowner_create": StepState.REFUSED}, False, PlanState.WAITING),  # the installer's ticket goes on
        ({"homeowner_create": StepState.REFUSED, "installer_create": StepState.REFUSED}, False, PlanState.PERSON),
        ({step.id.replace(".", "_"): StepState.DONE for step in whole_call()}, True, PlanState.FILED),
    ],
)
def test_the_state_of_a_plan_says_who_must_act(
    states: dict[str, StepState], signed_out: bool, expected: PlanState
) -> None:
    assert retry.plan_state(rows(*whole_call(), **states), signed_out) is expected


def test_a_plan_is_looked_at_again_when_something_of_it_is_due() -> None:
    steps = rows(create(H), comment(H, "homeowner.create"))
    assert retry.next_try(steps) == 0
    steps[0] = replace(steps[0], state=StepState.LATER, not_before=NOW + 9)
    assert retry.next_try(steps) == NOW + 9  # what needs it waits as long
    steps[0] = replace(steps[0], state=StepState.REFUSED)
    assert retry.next_try(steps) is None
