"""How the cases of one test ended, counted; written down for the page of all results when asked for."""

import json
import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.reliability.case import Ended

FULL = os.environ.get("RELIABILITY") == "full"
RESULTS = os.environ.get("RELIABILITY_RESULTS", "")


@dataclass
class Tally:
    """The cases of one flow and one row of a table."""

    table: str
    flow: str
    row: str
    cases: int = 0
    by_itself: int = 0
    acts: Counter[str] = field(default_factory=Counter)  # what a person had to do, and in how many cases
    twice: int = 0
    wrong: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)  # the sentence and its cure, where one is looked at

    def add(self, ended: Ended) -> None:
        """Count one more case."""
        self.cases += 1
        self.by_itself += ended.by_itself
        self.acts.update(ended.acts.keys())
        self.twice += ended.twice
        self.wrong += [f"{ended.flow}, {ended.what}: {line}" for line in ended.wrong]

    def close(self) -> None:
        """Write the counts down, and fail when anything was wrong."""
        if RESULTS:
            values = {**vars(self), "wrong": len(self.wrong)}
            file = Path(RESULTS) / f"{os.environ.get('PYTEST_XDIST_WORKER', 'one')}.jsonl"
            with file.open("a", encoding="utf-8") as out:
                out.write(json.dumps(values, ensure_ascii=False) + "\n")
        assert self.twice == 0, "\n".join(self.wrong[:20])
        assert not self.wrong, f"{len(self.wrong)} times:\n" + "\n".join(self.wrong[:20])
        assert self.cases
