"""docs/sop-coverage.md: every rule of the procedure and the tests that hold it.

A test cites a rule at the end of its name: ``test_day_60_is_still_within__C11``, ``..._and_a_blank__C8_C12``.
"""

import ast
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RULES = ROOT.parent / "shared" / "sop" / "RULES.md"
PAGE = ROOT / "docs" / "sop-coverage.md"

# Rules of ticket channels that this version does not have yet. A rule leaves the list with its first test.
NOT_YET = frozenset(
    ["T1", "T9", "T11", "T12", "H6", "H7", "H8", "H9", "H10", "H11", "O1", "O2", "O3", "O4", "O5", "O6", "O7", "I8"]
)

_RULE_ROW = re.compile(r"^\| ([A-Z]\d+) \| (.*) \|$")
_CITED = re.compile(r"__((?:[A-Z]\d+_)*[A-Z]\d+)$")


def rules(text: str) -> dict[str, str]:
    """The rules of RULES.md in their order: id and sentence."""
    return {m[1]: m[2] for line in text.splitlines() if (m := _RULE_ROW.match(line))}


def cited_rules(test_name: str) -> tuple[str, ...]:
    """The rule ids at the end of a test's name."""
    found = _CITED.search(test_name)
    return tuple(found[1].split("_")) if found else ()


def citations(tests: Path) -> dict[str, list[str]]:
    """For each rule id the tests that cite it, as ``folder/file.py::name``, sorted."""
    found: dict[str, list[str]] = {}
    for path in sorted(tests.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for rule in cited_rules(node.name):
                    found.setdefault(rule, []).append(f"{path.relative_to(tests).as_posix()}::{node.name}")
    return {rule: sorted(names) for rule, names in found.items()}


def faults(known: Iterable[str], cited: Mapping[str, list[str]]) -> list[str]:
    """What keeps the tests from holding the rules: rules without a test, and citations of rules there are not."""
    known = set(known)
    return sorted(
        [f"{rule}: no test cites it" for rule in known - set(cited)]
        + [f"{rule}: no such rule, cited by {cited[rule][0]}" for rule in set(cited) - known]
    )


def page(known: Mapping[str, str], cited: Mapping[str, list[str]]) -> str:
    """The text of the page."""
    lines = [
        "# The procedure's rules and the tests that hold them",
        "",
        "Written by `make coverage-page` from the names of the tests; the house tests fail when it is out of date.",
        f"{len(known)} rules, {sum(len(cited.get(rule, [])) for rule in known)} citations.",
        "",
        "| rule | tests |",
        "|---|---|",
    ]
    for rule in known:
        tests = "<br>".join(f"`{name}`" for name in cited.get(rule, [])) or "**none**"
        lines.append(f"| {rule} | {tests} |")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the page. 1 when a rule has no test; the page is written all the same."""
    known, cited = rules(RULES.read_text(encoding="utf-8")), citations(ROOT / "tests")
    PAGE.write_text(page(known, cited), encoding="utf-8")
    for fault in faults(known, cited):
        sys.stderr.write(f"{fault}\n")
    return 1 if faults(known, cited) else 0


if __name__ == "__main__":
    sys.exit(main())
