"""The figures of docs/benchmarks.md are computed as they are described."""

from itertools import count

from benchmarks.filing import in_sequence
from benchmarks.measure import in_turn, percentile, ratio
from ptodesk_gui.practice.application import Seen


def seen(started: float, ended: float) -> Seen:
    return Seen("GET", "/rest/api/3/field", 200, started, ended)


def test_requests_side_by_side_are_one_round_trip() -> None:
    assert in_sequence([]) == 0
    assert in_sequence([seen(0, 1), seen(0.1, 1.1), seen(0.2, 0.9)]) == 1


def test_the_longest_chain_of_requests_counts() -> None:
    assert in_sequence([seen(0, 1), seen(0, 3), seen(1, 2), seen(2.5, 3), seen(3, 4)]) == 4


def test_subjects_are_measured_in_turn_and_the_first_round_does_not_count() -> None:
    clock = count()
    figures = in_turn({"a": lambda: next(clock), "b": lambda: next(clock)}, rounds=2)
    assert figures == {"a": [2, 4], "b": [3, 5]}


def test_ratios_are_taken_within_each_round() -> None:
    assert ratio({"a": [2, 40, 6], "b": [1, 10, 3]}, "a", "b") == 2


def test_the_99th_percentile_leaves_out_one_of_a_hundred() -> None:
    assert percentile([*range(99), 1000], 0.99) == 98
    assert percentile([*range(197), 1000, 2000, 3000], 0.99) == 1000
