"""What a call takes is measured by its stages: on the line, in the review, until it was filed, and how often it went back."""

from datetime import date

from ptodesk_gui.application.call import CallAtHand
from ptodesk_gui.application.clock import Clock
from ptodesk_gui.application.ledger import REVIEW, Stopwatch
from ptodesk_gui.sop.entry import Field
from ptodesk_gui.sop.ledger import LedgerRow

TODAY = date(2026, 3, 14)


class Hands:
    """A call, a page, a clock set by hand, and the stopwatch."""

    def __init__(self) -> None:
        self.seconds = 0.0
        clock = Clock(now=lambda: self.seconds, today=lambda: TODAY, steady=lambda: self.seconds)
        self.call = CallAtHand(clock, "Sample Agent")
        self.watch = Stopwatch(clock)
        self.page = "call"

    def after(self, seconds: float) -> None:
        self.seconds += seconds
        self.watch.look(self.call, self.page)

    def type(self, text: str) -> None:
        self.call.edit(Field.FIRST_NAME, text)
        self.watch.look(self.call, self.page)

    def end(self) -> None:
        self.call.end()
        self.page = REVIEW
        self.watch.look(self.call, self.page)

    def back(self) -> None:
        self.call.resume()
        self.page = "call"
        self.watch.look(self.call, self.page)

    def filed(self) -> LedgerRow | None:
        return self.watch.filed(self.call.entry.call_id)


def test_the_stages_of_a_call_are_told_apart() -> None:
    hands = Hands()
    hands.after(7)  # nobody is on the line yet
    hands.type("Jane")
    hands.after(100)
    hands.end()
    hands.after(12)
    hands.page = "settings"
    hands.after(0)
    hands.after(30)
    hands.page = REVIEW
    hands.after(0)
    hands.after(3)
    assert hands.filed() == LedgerRow(TODAY, 100, 15, 45, None, 0)
    assert hands.filed() is None


def test_going_back_from_the_review_is_a_correction() -> None:
    hands = Hands()
    hands.type("Jane")
    hands.after(50)
    for _ in range(2):
        hands.end()
        hands.after(10)
        hands.back()
        hands.after(5)
    hands.end()
    hands.after(4)
    row = hands.filed()
    assert row is not None
    assert (row.call, row.wrap_up, row.corrections) == (80, 4, 2)
    assert row.review <= row.wrap_up


def test_a_filing_that_is_taken_back_is_a_correction() -> None:
    hands = Hands()
    hands.type("Jane")
    hands.after(50)
    hands.end()
    hands.after(5)
    standing = hands.call.standing
    assert hands.filed() is not None
    hands.after(0)  # the same turn: it is not over yet
    hands.call.filed()
    hands.after(3)
    hands.call.take(standing)
    hands.after(2)
    row = hands.filed()
    assert row is not None
    assert row.corrections == 1


def test_calls_are_told_apart_and_an_empty_one_is_none() -> None:
    hands = Hands()
    hands.type("Jane")
    hands.after(10)
    first = hands.call.entry.call_id
    hands.call.begin("Sample Agent")
    hands.after(99)
    assert hands.filed() is None
    row = hands.watch.filed(first)
    assert row is not None
    assert row.call == 10
