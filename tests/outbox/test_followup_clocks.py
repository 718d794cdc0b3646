"""A clock that is set back, forward or by years: a follow-up fires once, when the reply is 24 hours old, and is never lost (H9, H10)."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ptodesk_gui.desk.desk import Later
from ptodesk_gui.outbox.filer import Filer
from ptodesk_gui.sop.progress import FollowUpState
from tests.outbox.partners import DAY, HOUR, OFFLINE, YEAR, Office, h9, h10, only

JUMPS = [-3 * YEAR, -DAY, -2 * HOUR, 2 * HOUR, DAY, 3 * YEAR]
ANY_JUMP = pytest.mark.parametrize("jump", JUMPS, ids=lambda jump: f"{jump / HOUR:+.0f} h")


def hourly(office: Office, filer: Filer, hours: float) -> None:
    """The program runs for so long and is looked in on every quarter of an hour."""
    for _ in range(int(hours * 4)):
        office.pass_time(HOUR / 4)
        filer.run_until_idle(HOUR)


@ANY_JUMP
def test_a_clock_that_is_wrong_for_a_while_changes_nothing__H10(office: Office, jump: float) -> None:
    filer = office.filed(*h10())
    hourly(office, filer, 10)
    office.hands.off = jump
    hourly(office, filer, 5)
    office.hands.off = 0.0
    hourly(office, filer, 8.5)
    assert office.partner.closings == 0
    hourly(office, filer, 1)
    assert (only(filer).state, office.partner.closings) == (FollowUpState.CLOSED, 1)


@ANY_JUMP
def test_a_clock_that_is_set_wrong_for_good_neither_hastens_nor_loses_it__H10(office: Office, jump: float) -> None:
    filer = office.filed(*h10())
    hourly(office, filer, 10)
    office.hands.off = jump
    hourly(office, filer, 13.5)
    assert office.partner.closings == 0
    hourly(office, filer, 1)
    assert office.partner.closings == 1


@ANY_JUMP
def test_a_clock_that_was_wrong_when_it_was_filed_is_put_right__H10(office: Office, jump: float) -> None:
    office.hands.off = jump
    filer = office.filed(*h10())
    hourly(office, filer, 1)
    office.hands.off = 0.0
    hourly(office, filer, 22.5)
    assert office.partner.closings == 0
    hourly(office, filer, 1)
    assert office.partner.closings == 1


@ANY_JUMP
def test_a_clock_that_is_wrong_shows_it_once_and_at_its_time__H9(office: Office, jump: float) -> None:
    filer = office.filed(*h9())
    hourly(office, filer, 10)
    office.hands.off = jump
    hourly(office, filer, 13.5)
    assert only(filer).state is FollowUpState.WAITING
    office.hands.off = 0.0
    hourly(office, filer, 1)
    assert only(filer).state is FollowUpState.DUE
    hourly(office, filer, 24)
    assert became(office, FollowUpState.DUE) == 1


def test_a_jump_of_years_is_said_in_a_sentence__H10(office: Office) -> None:
    filer = office.filed(*h10())
    office.pass_time(10 * HOUR)
    office.hands.off = 3 * YEAR
    filer.run_until_idle(HOUR)
    one = only(filer)
    assert one.reason == ("This computer's clock is or was about 3 years off; the follow-up goes by the site's clock.")
    assert one.due == pytest.approx(office.hands.clock() + 14 * HOUR, abs=60)


def test_what_was_shown_too_early_without_a_network_is_not_shown_twice__H9(office: Office) -> None:
    """The clock is years ahead and nobody can be asked: it is shown. Later it stays so; it does not fire again."""
    filer = office.filed(*h9())
    office.partner.always = OFFLINE
    office.hands.off = 2 * YEAR
    hourly(office, filer, 1)
    assert only(filer).state is FollowUpState.DUE
    office.hands.off, office.partner.always = 0.0, None
    hourly(office, filer, 30)
    assert only(filer).state is FollowUpState.DUE
    assert became(office, FollowUpState.DUE) == 1


def test_without_a_network_a_wrong_clock_closes_nothing__H10(office: Office) -> None:
    filer = office.filed(*h10())
    office.partner.always = OFFLINE
    office.hands.off = 2 * YEAR
    hourly(office, filer, 5)
    assert office.partner.closings == 0
    office.partner.always = None
    hourly(office, filer, 18.5)
    assert office.partner.closings == 0
    hourly(office, filer, 1)
    assert office.partner.closings == 1


@pytest.mark.parametrize("jump", [-YEAR, YEAR])
def test_a_snooze_survives_the_clock__H9(office: Office, jump: float) -> None:
    filer = office.filed(*h9())
    office.pass_time(DAY)
    filer.run_until_idle(HOUR)
    office.hands.off = jump
    filer.follow_ups.snooze(1, 4)
    office.hands.off = 0.0
    hourly(office, filer, 4.25)
    assert only(filer).state is FollowUpState.DUE


def test_a_clock_that_jumps_between_look_and_closing_costs_another_look__H10(office: Office) -> None:
    filer = office.filed(*h10())
    office.partner.faults["source.remind.close"] = [Later("Busy.", after=30)]
    office.pass_time(DAY)
    filer.run_until_idle(0)
    office.partner.answer()
    office.hands.off = -YEAR
    office.pass_time(60)
    filer.run_until_idle(HOUR)
    assert (only(filer).state, office.partner.closings) == (FollowUpState.ANSWERED, 0)


def became(office: Office, state: FollowUpState) -> int:
    """How often the follow-up came into this state, as far as was told."""
    told = [ones[0].state for ones in office.follow_ups if ones]
    return sum(now is state and before is not state for before, now in zip([None, *told], told, strict=False))


EVENTS = st.lists(
    st.tuples(
        st.floats(0.1, 9.0),  # hours that pass
        st.sampled_from(["nothing", "restart", "offline", "online"]) | st.floats(-2 * YEAR, 2 * YEAR),
    ),
    max_size=8,
)


@settings(max_examples=60)
@given(events=EVENTS, answer_at=st.none() | st.floats(0.01, 30.0))
def test_whatever_the_clock_and_the_network_do_it_closes_once_after_24_hours_or_not_at_all__H10(
    events: list[tuple[float, str | float]], answer_at: float | None
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder))
        try:
            filer = office.filed(*h10())
            began = next(iter(office.partner.replied.values()))
            answer = None if answer_at is None else began + answer_at * HOUR
            for hours, event in [*events, (0.1, "online"), (0.1, 0.0), *[(0.5, "nothing")] * 60]:
                end = office.hands.now + hours * HOUR
                while office.hands.now < end:
                    office.pass_time(min(HOUR / 4, end - office.hands.now))
                    if answer is not None and office.hands.now >= answer and not office.partner.comments:
                        office.partner.comments.append((answer, True))
                    before = office.partner.closings
                    filer.run_until_idle(60)
                    if office.partner.closings > before:
                        assert office.hands.now - began >= DAY
                        assert not office.partner.comments
                if isinstance(event, float):
                    office.hands.off = event
                elif event == "restart":
                    filer = office.restarted()
                elif event != "nothing":
                    office.partner.always = Later("No network.") if event == "offline" else None
            closed = office.partner.closings == 1
            assert only(filer).state is (FollowUpState.CLOSED if closed else FollowUpState.ANSWERED)
            assert closed == (answer is None or not office.partner.comments or office.partner.closings == 1)
        finally:
            office.end()
