"""The 60 days in words."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptodesk_gui.sop.grace import grace_period
from ptodesk_gui.sop.grace_words import grace_view

M2 = date(2026, 2, 1)


@pytest.mark.parametrize(
    ("day", "headline", "sentence"),
    [
        (0, "Day 0 of 60", "60 days left: first payment due April 2, 2026."),
        (41, "Day 41 of 60", "19 days left: first payment due April 2, 2026."),
        (59, "Day 59 of 60", "1 day left: first payment due April 2, 2026."),
        (60, "Due today (day 60): still within", "First payment due today, April 2, 2026."),
        (61, "Past: day 61, 1 day over", "First payment was due April 2, 2026."),
        (75, "Past: day 75, 15 days over", "First payment was due April 2, 2026."),
    ],
)
def test_the_day_is_said_in_words_and_day_60_is_still_within__C11(day: int, headline: str, sentence: str) -> None:
    today = M2 + timedelta(days=day)
    shown = grace_view(grace_period(M2, today, 60), today, 60)
    assert (shown.headline, shown.sentence) == (headline, sentence)
    assert (shown.m2, shown.due, shown.day, shown.period_days) == (M2, date(2026, 4, 2), day, 60)


def test_without_an_m2_date_no_month_and_no_due_date_is_named__C12() -> None:
    shown = grace_view(grace_period(None, M2, 60), M2, 60)
    assert shown.headline == "Not started: M2 is not approved"
    assert (shown.due, shown.day, shown.days_left) == (None, None, None)
    assert "2026" not in shown.sentence


def test_an_m2_date_that_cannot_be_is_named_as_the_reason__C14() -> None:
    shown = grace_view(grace_period(None, M2, 60), M2, 60, m2_fault="M2 is after today.")
    assert (shown.headline, shown.sentence) == ("Not started: the M2 date cannot be used", "M2 is after today.")


@given(m2=st.dates(date(2000, 1, 1), date(2090, 1, 1)), day=st.integers(0, 3_000), period=st.integers(1, 365))
def test_the_picture_and_the_words_never_disagree__C7(m2: date, day: int, period: int) -> None:
    today = m2 + timedelta(days=day)
    shown = grace_view(grace_period(m2, today, period), today, period)
    assert shown.due == m2 + timedelta(days=period)
    assert ("over" in shown.headline) == (day > period) == (shown.status == "past")
    assert str(shown.due.year) in shown.sentence
