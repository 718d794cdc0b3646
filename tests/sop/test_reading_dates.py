"""Typed dates: how they are read, and what is said of those that cannot be."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptodesk_gui.sop.facts import long_date, numeric
from ptodesk_gui.sop.typed import one_line
from ptodesk_gui.sop.typed_dates import read_date
from ptodesk_gui.sop.view import Weight

TODAY = date(2026, 11, 21)
MARCH_5 = date(2026, 3, 5)
THIS_CENTURY = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "3/5",
        "3/5/26",
        "3/5/2026",
        "03/05/2026",
        "03-05-2026",
        "3.5.26",
        "3 5 26",
        " 3 / 5 / 26 ",
        "2026-03-05",
        "2026/3/5",
        "Mar 5",
        "mar5",
        "March 5",
        "MARCH 5, 2026",
        "Mar. 5th, 2026",
        "March 5, '26",
        "5 Mar 2026",
        "5th of March 2026",
        "5-Mar-26",
        "mar 5 26",
        "2026 Mar 5",
        "Thu, Mar 5, 2026",
        "3/5/2026 10:32 AM",
        "3\u20135\u20132026",
        "3/5/2026\n",
    ],
)
def test_every_usual_way_to_write_march_5_is_read(text: str) -> None:
    day, word = read_date(text, TODAY)
    assert day == MARCH_5
    assert word is not None
    assert (word.weight, word.text) == (Weight.HINT, "Mar 5, 2026")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", TODAY),
        ("Yesterday", date(2026, 11, 20)),
        ("11/21", TODAY),
        ("11/22", date(2025, 11, 22)),
        ("12/1", date(2025, 12, 1)),
        ("1/1", date(2026, 1, 1)),
        ("2/29", date(2024, 2, 29)),
    ],
)
def test_without_a_year_the_latest_such_day_not_after_today_is_meant(text: str, day: date) -> None:
    assert read_date(text, TODAY)[0] == day


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2/30", "No February 30."),
        ("4/31/2026", "No April 31."),
        ("3/0", "No March 0."),
        ("2/29/2025", "No leap day: February 2025 has 28 days."),
        ("13/45", "No month 13."),
        ("13/5", "The month comes first: 5/13."),
        ("0/5", "No month 0."),
        ("3/5/226", "Year 226? It needs two or four digits."),
        ("3/5/20266", "Year 20266? It needs two or four digits."),
        ("3/5/1926", "Wrong year: 1926."),
        ("Mar 2026", "No day yet."),
        ("3", "Not whole yet."),
        ("3/", "Not whole yet."),
        ("Ma", "Not whole yet."),
        ("tod", "Not whole yet."),
        ("2026-03", "Not whole yet."),
        ("soon", "Not a date."),
        ("<b>3/5</b>", "Not a date."),
        ("5 Mar Apr", "Not a date."),
        ("\u0663/\u0665", "Not a date."),
        ("9" * 5_000, "Not a date."),
    ],
)
def test_an_impossible_date_is_an_error_that_says_what_is_wrong_and_how_to_type_it(text: str, says: str) -> None:
    day, word = read_date(text, TODAY)
    assert day is None
    assert word is not None
    assert word.weight is Weight.ERROR
    assert says in word.text
    assert word.text.endswith("Type month/day/year, such as 3/5/2026.")


@pytest.mark.parametrize("text", ["-", "none", "Not approved", "N/A"])
def test_not_approved_may_be_typed_in_words(text: str) -> None:
    day, word = read_date(text, TODAY)
    assert day is None
    assert word is not None
    assert word.weight is Weight.HINT


def test_an_empty_date_is_not_a_fault() -> None:
    assert read_date("  ", TODAY) == (None, None)


@given(day=THIS_CENTURY, today=THIS_CENTURY)
def test_a_whole_date_reads_the_same_on_every_day(day: date, today: date) -> None:
    for text in (numeric(day), day.isoformat(), long_date(day), f"{day:%m-%d-%Y}"):
        assert read_date(text, today)[0] == day


@given(day=THIS_CENTURY, today=st.dates(date(2008, 1, 1), date(2099, 12, 31)))
def test_month_and_day_alone_are_never_after_today_and_never_a_year_too_old(day: date, today: date) -> None:
    read, _ = read_date(f"{day.month}/{day.day}", today)
    assert read is not None
    assert read <= today
    assert (read.month, read.day) == (day.month, day.day)
    leap_day = (day.month, day.day) == (2, 29)
    assert today - read < timedelta(days=8 * 366 if leap_day else 366)


@given(
    text=st.one_of(st.text(), st.from_regex(r"[0-9]{0,5}[-/. ][0-9]{0,5}[-/. ]?[0-9]{0,5}"), st.text("mar0159/-., '"))
)
def test_no_text_raises_and_every_text_gets_a_day_or_a_word(text: str) -> None:
    day, word = read_date(text, TODAY)
    if day is not None:
        assert word is not None
        assert word.text == f"{long_date(day)[:3]} {day.day}, {day.year}"
    else:
        assert word is not None or one_line(text)[0] == ""
