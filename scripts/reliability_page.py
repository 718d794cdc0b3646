"""docs/reliability.md: how every case of the reliability tests ended, counted.

``make reliability`` runs all of them, which takes an hour or more on two cores, and writes the page; the counts are the same on every machine.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reliability.md"
TESTS = "tests/reliability"

INTRODUCTION = """\
# What becomes of a call when things go wrong

Written by `make reliability`, which runs every case below over real HTTP against the practice desk, on a clock that only moves while the program
waits. A plain `make test` runs a part of them. In every case

- the desk is compared with the same call filed without any trouble: every ticket with its fields, comments, links and entity properties, the customers and the
  organizations. What is **different** or was made **twice** is counted, and fails the test;
- everything the outbox says is compared, each time it says it, with what the desk really has: a step that is called done is there, one that is called not sent
  is not, a plan is called filed when all of it is, and whatever waits says why and what comes next. What is **untrue** is counted as different;
- a wait that the desk asks of everybody (`Retry-After`) is kept to. A request that goes out before is counted as different.

A person, where one is needed, does what the program says and nothing else: signs in again, sets a reporter in the browser, retries.
"""

ONE = """
## One request goes wrong

Every request of every flow, as it is when nothing is known of the site yet, meets every fault once. In brackets: the cases that ended only after a person
had done something. The flows:
"""

OTHERS: Mapping[str, tuple[str, str]] = {
    "row": (
        "The same request goes wrong five times in a row",
        "A request goes wrong, and so do the next four of its kind.",
    ),
    "several": (
        "Several requests go wrong",
        "Up to six requests of a call go wrong, each in another way, those among them that look up what became of the others.",
    ),
    "lag": (
        "The search shows nothing new for two days",
        "An answer or a request of every kind of step is lost on a desk whose search lags longer than any call is waited for. Where looking is forbidden as well,\n"
        "the step stays unclear until a person has said whether it arrived.",
    ),
    "killed": (
        "The program dies at a change of the outbox",
        "At every write to the outbox, just before and just after it is on disk, the program ends and is started again a second later: with nothing else going\n"
        "wrong, and with the first answer, or the first request, of every ticket, comment and transition lost as well, or turned away for going too fast.",
    ),
    "really": (
        "The process is killed",
        "A process that files is ended by SIGKILL at every write to the outbox, and at every request before it is sent and after it was answered.",
    ),
}

PEOPLE = """
## What only people can mend

Each is broken before filing and mended afterwards. The rest of the plan is filed at once; after the cure it is complete.

| what is wrong | what is said | the cure that is named | ended as planned |
|---|---|---|---|
"""


@dataclass
class Counts:
    """Cases that are counted together."""

    cases: int = 0
    by_itself: int = 0
    twice: int = 0
    wrong: int = 0
    acts: Counter[str] = field(default_factory=Counter)

    @property
    def by_person(self) -> int:
        """Cases that ended only after a person had done something."""
        return self.cases - self.by_itself

    def cells(self) -> str:
        """The columns of a table."""
        return f"{self.cases} | {self.by_itself} | {self.by_person} | {self.twice} | {self.wrong}"


Result = Mapping[str, Any]


def counted(results: Iterable[Result], by: Callable[[Result], str]) -> dict[str, Counts]:
    """The results added up under the names that ``by`` gives them, in the order in which these come first."""
    found: dict[str, Counts] = {}
    for result in results:
        counts = found.setdefault(by(result), Counts())
        counts.cases += result["cases"]
        counts.by_itself += result["by_itself"]
        counts.twice += result["twice"]
        counts.wrong += result["wrong"]
        counts.acts.update(result["acts"])
    return found


def page(results: Sequence[Result], flows: Sequence[str], faults: Sequence[str]) -> str:
    """The text of the page."""
    total = counted(results, lambda result: "all").get("all", Counts())
    lines = [
        INTRODUCTION,
        f"**{total.cases:,} cases: {total.twice} tickets or comments made twice, {total.wrong} times anything different or untrue.** "
        f"{total.by_itself:,} ended as planned by themselves, {total.by_person:,} after a person had done what the program asked for.",
        *_one([r for r in results if r["table"] == "one"], flows, faults),
    ]
    for table, (title, words) in OTHERS.items():
        lines += _other([r for r in results if r["table"] == table], title, words, flows)
    people = counted([r for r in results if r["table"] == "people"], lambda result: result["row"])
    said = {r["row"]: r["said"] for r in results if r["table"] == "people"}
    lines += [PEOPLE.rstrip()]
    for problem in sorted(people):
        counts, (reason, cure) = people[problem], said[problem]
        ended = "yes" if not counts.twice + counts.wrong else "**no**"
        lines.append(f"| {problem} | {_cell(reason)} | {_cell(cure) or 'That is what is left to do.'} | {ended} |")
    return "\n".join(lines) + "\n"


def _one(results: list[Result], flows: Sequence[str], faults: Sequence[str]) -> list[str]:
    letters = {flow: chr(ord("A") + number) for number, flow in enumerate(flows)}
    cell = counted(results, lambda result: f"{result['row']} {result['flow']}")
    lines = [ONE.rstrip(), ""]
    for flow in flows:
        requests = max((cell[f"{fault} {flow}"].cases for fault in faults if f"{fault} {flow}" in cell), default=0)
        lines.append(f"- {letters[flow]}: {flow}, {requests} requests")
    lines += ["", f"| fault | {' | '.join(letters.values())} | cases | different | twice |"]
    lines += [f"|---|{'---|' * (len(flows) + 3)}"]
    by_fault = counted(results, lambda result: result["row"])
    for fault in faults:
        cells = []
        for flow in flows:
            counts = cell.get(f"{fault} {flow}", Counts())
            cells.append(f"{counts.cases} ({counts.by_person})" if counts.by_person else str(counts.cases))
        whole = by_fault.get(fault, Counts())
        lines.append(f"| {fault} | {' | '.join(cells)} | {whole.cases} | {whole.wrong} | {whole.twice} |")
    lines += ["", "What a person had to do, and in how many of these cases:", ""]
    acts = counted(results, lambda result: "all").get("all", Counts()).acts
    lines += [f"- {act}: {number}" for act, number in sorted(acts.items(), key=lambda pair: (-pair[1], pair[0]))]
    return lines


def _other(results: list[Result], title: str, words: str, flows: Sequence[str]) -> list[str]:
    def by(result: Result) -> str:
        return f"{result['flow']} | {result['row'] or 'any'}"

    found = counted(sorted(results, key=lambda r: (flows.index(r["flow"]), r["row"])), by)
    head = "| flow | what | cases | by themselves | with a person | twice | different |"
    lines = ["", f"## {title}", "", words, "", head, "|---|---|---|---|---|---|---|"]
    return [*lines, *(f"| {name} | {counts.cells()} |" for name, counts in found.items())]


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def run(folder: Path) -> int:
    """Run all reliability tests; their counts lie in the folder then."""
    environment = {**os.environ, "RELIABILITY": "full", "RELIABILITY_RESULTS": str(folder)}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    command = [sys.executable, "-m", "pytest", TESTS, "-n", "auto", "-q"]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode  # noqa: S603


def read(folder: Path) -> list[Result]:
    """The counts that the tests left in the folder."""
    lines = [line for file in sorted(folder.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines()]
    return sorted((json.loads(line) for line in lines), key=lambda r: (str(r["table"]), str(r["flow"]), str(r["row"])))


def main(folder: str = "") -> int:
    """Run the tests and write the page. 1 when a test failed; the page is written all the same, with what was different.

    ``folder``: counts that were left there (``RELIABILITY_RESULTS``) are taken, and no test is run.
    """
    from tests.reliability.flows import FLOWS
    from tests.reliability.line import TROUBLES

    with tempfile.TemporaryDirectory() as name:
        code = 0 if folder else run(Path(name))
        results = read(Path(folder or name))
    PAGE.write_text(page(results, list(FLOWS), list(TROUBLES)), encoding="utf-8")
    return 1 if code else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
