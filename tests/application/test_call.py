"""The call at hand: nothing typed is lost, the clock is passed in, a draft comes back letter for letter."""

from datetime import date
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from ptodesk_gui.application.call import (
    CallAtHand,
    Phase,
    Standing,
    draft_payload,
    entry_from_draft,
    standing_from_draft,
)
from ptodesk_gui.application.clock import Clock
from ptodesk_gui.application.open_calls import OpenCalls
from ptodesk_gui.sop.entry import Entry, Field


class Hands:
    """A clock set by hand."""

    def __init__(self) -> None:
        self.seconds = 100.0
        self.day = date(2026, 3, 5)
        self.clock = Clock(now=lambda: self.seconds, today=lambda: self.day, steady=lambda: self.seconds)


def view_of(entry: Entry, today: date) -> object:
    return SimpleNamespace(entry=entry, today=today)


def test_letters_typed_before_the_playbook_is_there_are_kept() -> None:
    call = CallAtHand(Hands().clock, "Sample Agent")
    call.edit(Field.FIRST_NAME, "Jane")
    assert call.view is None
    call.use(view_of)  # type: ignore[arg-type]
    assert call.view is not None
    assert call.view.entry.text(Field.FIRST_NAME) == "Jane"  # type: ignore[attr-defined]


def test_every_edit_gives_a_new_view_of_all_that_was_typed() -> None:
    call = CallAtHand(Hands().clock, "Sample Agent")
    call.use(view_of)  # type: ignore[arg-type]
    call.edit(Field.FIRST_NAME, "Jane")
    call.edit(Field.M2, "3/5")
    assert call.view.entry.values == {"homeowner.first_name": "Jane", "job.m2": "3/5"}  # type: ignore[union-attr]


def test_a_new_call_has_an_id_of_its_own() -> None:
    call = CallAtHand(Hands().clock, "Sample Agent")
    first = call.entry.call_id
    call.begin("Sample Agent")
    assert call.entry.call_id != first


def test_midnight_is_noticed_and_looked_at_again__C15() -> None:
    hands = Hands()
    call = CallAtHand(hands.clock, "Sample Agent")
    call.use(view_of)  # type: ignore[arg-type]
    assert not call.new_day()
    hands.day = date(2026, 3, 6)
    assert call.new_day()
    assert call.view.today == date(2026, 3, 6)  # type: ignore[union-attr]


def test_call_and_wrap_up_are_timed_apart() -> None:
    hands = Hands()
    call = CallAtHand(hands.clock, "Sample Agent")
    hands.seconds += 600
    assert call.call_seconds is None
    call.edit(Field.FIRST_NAME, "J")
    hands.seconds += 65
    assert (call.call_seconds, call.wrap_up_seconds) == (65, None)
    call.end()
    hands.seconds += 10
    assert (call.call_seconds, call.wrap_up_seconds) == (65, 10)
    assert call.phase is Phase.WRAP_UP
    call.resume()
    assert (call.call_seconds, call.wrap_up_seconds) == (75, None)
    call.end()
    hands.seconds += 20
    call.filed()
    hands.seconds += 300
    assert (call.call_seconds, call.wrap_up_seconds) == (75, 20)


def test_spaces_are_nothing_worth_keeping() -> None:
    call = CallAtHand(Hands().clock, "Sample Agent")
    call.edit(Field.FIRST_NAME, "  ")
    assert call.empty
    call.edit(Field.FIRST_NAME, "J")
    assert not call.empty


@given(st.dictionaries(st.sampled_from([f.value for f in Field]) | st.text(), st.text()), st.text())
def test_a_draft_comes_back_letter_for_letter(values: dict[str, str], agent: str) -> None:
    entry = Entry("call-1", agent, values)
    assert entry_from_draft("call-1", draft_payload(Standing(entry, Field.M2))) == entry


def test_a_draft_of_another_shape_does_not_stop_the_start() -> None:
    assert entry_from_draft("call-1", {"values": ["not", "a", "mapping"]}) == Entry("call-1")


def test_a_call_that_is_taken_up_again_goes_on_with_its_clocks() -> None:
    hands = Hands()
    call = CallAtHand(hands.clock, "Sample Agent")
    call.edit(Field.FIRST_NAME, "Jane")
    hands.seconds += 65
    call.end()
    hands.seconds += 10
    left = call.standing
    call.begin("Sample Agent")
    hands.seconds += 500
    call.take(left)
    assert (call.phase, call.call_seconds, call.wrap_up_seconds) == (Phase.WRAP_UP, 65, 10)
    hands.seconds += 5
    assert (call.call_seconds, call.wrap_up_seconds) == (65, 15)


def test_a_call_comes_back_from_disk_as_it_stood() -> None:
    entry = Entry("call-1", "Sample Agent", {"homeowner.first_name": "Jane"})
    for left in (
        Standing(entry, Field.ZIP, seconds=65.0, opened=1_800_000_000.0),
        Standing(entry, Field.ZIP, Phase.WRAP_UP, 65.0, 10.0, 1_800_000_000.0),
    ):
        assert standing_from_draft("call-1", draft_payload(left, held=True), Field.ZIP) == left


def test_a_draft_of_an_earlier_version_is_a_call_that_nobody_timed() -> None:
    back = standing_from_draft("call-1", {"values": {"homeowner.first_name": "Jane"}, "call_seconds": "x"}, Field.ZIP)
    assert (back.phase, back.seconds, back.wrap_up, back.opened) == (Phase.CALL, None, None, 0.0)


def test_on_hold_the_time_of_a_call_runs_on_and_that_of_a_wrap_up_does_not() -> None:
    hands = Hands()
    held = OpenCalls(hands.clock.steady)
    held.hold(Standing(Entry("talking"), "", seconds=60.0, opened=1.0))
    held.hold(Standing(Entry("over"), "", Phase.WRAP_UP, 90.0, 5.0, 2.0))
    held.keep(Standing(Entry("of yesterday"), "", seconds=30.0, opened=3.0))
    hands.seconds += 20
    assert [(call.seconds, call.wrap_up) for call in held.all] == [(80.0, None), (90.0, 5.0), (30.0, None)]


def test_one_key_goes_round_the_open_calls_in_the_order_in_which_they_were_begun() -> None:
    held = OpenCalls(lambda: 0.0)
    at_hand = Standing(Entry("b"), "", opened=2.0)
    assert held.beside(at_hand, 1) == "", "alone"
    for call_id, opened in (("c", 3.0), ("a", 1.0)):
        held.hold(Standing(Entry(call_id), "", opened=opened))
    assert (held.beside(at_hand, 1), held.beside(at_hand, -1)) == ("c", "a")
    assert held.beside(Standing(Entry("d"), "", opened=4.0), 1) == "a"
