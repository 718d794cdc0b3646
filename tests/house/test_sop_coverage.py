"""Every rule of the procedure has a test that cites it, and the page that lists them is up to date."""

from pathlib import Path

import pytest

from scripts import coverage_page


@pytest.fixture(scope="module")
def known(shared_dir: Path) -> dict[str, str]:
    return coverage_page.rules((shared_dir / "sop" / "RULES.md").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def cited(project_dir: Path) -> dict[str, list[str]]:
    return coverage_page.citations(project_dir / "tests")


def test_every_rule_is_read_from_the_procedure(known: dict[str, str]) -> None:
    assert len(known) == 58
    assert {"C1", "C15", "T12", "H11", "O7", "I8", "M2", "N3"} <= known.keys()


def test_every_rule_is_cited_by_a_test(known: dict[str, str], cited: dict[str, list[str]]) -> None:
    assert coverage_page.faults(known, cited) == []


def test_the_page_is_up_to_date(known: dict[str, str], cited: dict[str, list[str]], project_dir: Path) -> None:
    page = (project_dir / "docs" / "sop-coverage.md").read_text(encoding="utf-8")
    up_to_date = page == coverage_page.page(known, cited)  # not in the assertion: its words would be the whole page
    assert up_to_date, "run `make coverage-page`"


def test_a_rule_without_a_test_is_found() -> None:
    cited = {"C1": ["a.py::test_x__C1"], "X9": ["a.py::test_z__X9"]}
    assert coverage_page.faults(["C1", "C2"], cited) == [
        "C2: no test cites it",
        "X9: no such rule, cited by a.py::test_z__X9",
    ]


def test_citations_are_the_end_of_a_name() -> None:
    assert coverage_page.cited_rules("test_day_60_is_still_within__C11") == ("C11",)
    assert coverage_page.cited_rules("test_within__C8_C11") == ("C8", "C11")
    assert coverage_page.cited_rules("test_C11_is_not_cited_here") == ()
