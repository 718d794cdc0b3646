"""docs/reliability.md is what the script makes of the counts, and it is about the flows and faults that there are."""

import re
from pathlib import Path
from typing import Any

from scripts.reliability_page import page
from tests.reliability.flows import FLOWS
from tests.reliability.line import TROUBLES
from tests.reliability.test_people_problems import PROBLEMS


def result(table: str, flow: str, row: str, **changed: Any) -> dict[str, Any]:
    plain = {"cases": 3, "by_itself": 2, "acts": {"signed in again": 1}, "twice": 0, "wrong": 0, "said": []}
    return {"table": table, "flow": flow, "row": row, **plain, **changed}


def test_the_counts_are_added_up() -> None:
    results = [
        result("one", "a", "500"),
        result("one", "b", "500", twice=1, wrong=2),
        result("killed", "a", "nothing else", by_itself=3, acts={}),
        result("people", "a", "link type missing", said=["There is no such link.", "Ask for one."]),
    ]
    text = page(results, ["a", "b"], ["500"])
    assert "**12 cases: 1 tickets or comments made twice, 2 times anything different or untrue.**" in text
    assert "| 500 | 3 (1) | 3 (1) | 6 | 2 | 1 |" in text
    assert "- A: a, 3 requests" in text
    assert "- signed in again: 2\n" in text
    assert "| a | nothing else | 3 | 3 | 0 | 0 | 0 |" in text
    assert "| link type missing | There is no such link. | Ask for one. | yes |" in text


def test_the_page_is_about_every_flow_fault_and_problem_and_says_that_nothing_is_twice(project_dir: Path) -> None:
    text = (project_dir / "docs" / "reliability.md").read_text(encoding="utf-8")
    missing = [flow for flow in FLOWS if not re.search(rf"^- [A-Z]: {re.escape(flow)}, \d+ requests$", text, re.M)]
    missing += [fault for fault in TROUBLES if f"\n| {fault} | " not in text]
    missing += [problem.name for problem in PROBLEMS if f"\n| {problem.name} | " not in text]
    assert missing == []
    assert "cases: 0 tickets or comments made twice, 0 times anything different or untrue.**" in text
