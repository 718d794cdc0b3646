"""The agent's own figures: medians by day, a sentence, plain numbers for a spreadsheet."""

import csv
import io
from datetime import date, timedelta

from ptodesk_gui.sop.ledger import NONE_YET, LedgerRow, clock, csv_text, figures

TODAY = date(2026, 3, 14)


def row(days_ago: int = 0, call: float = 60.0, desk: float | None = 3.0, corrections: int = 0) -> LedgerRow:
    return LedgerRow(TODAY - timedelta(days=days_ago), call, 5.4, 20.0, desk, corrections)


def test_the_figures_are_those_of_half_of_the_calls_day_by_day() -> None:
    found = figures([row(1, 10.0), row(call=100.0), row(call=200.0, corrections=2), row(call=600.0, desk=None)], TODAY)
    assert found.summary == (
        "4 calls in the last 14 days. Half of them took at most 2:30 on the line and 0:20 after it, 0:05 of it in the "
        "review. The desk was done 0:03 after that. 2 corrections."
    )
    assert [(day.day, day.calls, day.call, day.desk) for day in found.days] == [
        (TODAY, 3, 200.0, 3.0),
        (TODAY - timedelta(days=1), 1, 10.0, 3.0),
    ]


def test_days_that_are_over_or_still_to_come_do_not_count() -> None:
    assert figures([row(14), row(-1)], TODAY).summary == NONE_YET.format(days=14)
    assert len(figures([row(13)], TODAY).days) == 1


def test_a_desk_that_was_not_seen_to_end_is_not_known() -> None:
    found = figures([row(desk=None)], TODAY)
    assert "at a time that is not known" in found.summary
    assert found.days[0].desk is None


def test_the_lines_for_a_spreadsheet_are_days_and_whole_numbers() -> None:
    lines = list(csv.reader(io.StringIO(csv_text([row(), row(1, desk=None, corrections=2)]))))
    assert lines == [
        ["day", "call_seconds", "review_seconds", "wrap_up_seconds", "desk_seconds", "corrections"],
        ["2026-03-13", "60", "5", "20", "", "2"],
        ["2026-03-14", "60", "5", "20", "3", "0"],
    ]


def test_seconds_read_as_minutes() -> None:
    assert [clock(seconds) for seconds in (0, 59.4, 59.6, 3725)] == ["0:00", "0:59", "1:00", "62:05"]
