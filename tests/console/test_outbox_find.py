"""``ptodesk outbox find``: past calls by words that are read, never passed as arguments."""

import json
from contextlib import closing

import pytest

from ptodesk_gui.outbox.filer import Filer
from ptodesk_gui.outbox.store import Store
from ptodesk_gui.workstation import paths
from tests.console.commands import Run
from tests.outbox.fakes import SITE, FakeDesk, queue, whole_call


@pytest.fixture
def filed() -> None:
    with closing(Store(paths.store_path())) as store:
        for n in range(3):
            queue(store, *whole_call(), call_id=f"call-{n}")
        filer = Filer(store, {SITE: FakeDesk()}.get)
        filer.run_until_idle(60)
        filer.stop(5)


def test_calls_are_found_by_words_from_standard_input_the_newest_first(run: Run, filed: None) -> None:
    result = run("outbox", "find", stdin="jane sunny\n")
    assert result.exit_code == 0
    first, *rest = result.stdout.splitlines()
    assert first.startswith("3  20")
    assert first.endswith("PTO-5, PTO-6  Jane Doe, Sunny Roofs")
    assert len(rest) == 2


def test_the_limit_and_json_are_kept_to(run: Run, filed: None) -> None:
    result = run("outbox", "find", "--limit", "1", "--format", "json", stdin="PTO-2\n")
    (found,) = [json.loads(line) for line in result.stdout.splitlines()]
    assert (found["plan"], found["tickets"], found["filed"]) == (1, ["PTO-1", "PTO-2"], True)


def test_nothing_found_is_said_and_no_words_are_a_fault(run: Run, filed: None) -> None:
    result = run("outbox", "find", stdin="nobody\n")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "No past call" in result.stderr
    empty = run("outbox", "find", stdin=" \n")
    assert empty.exit_code == 2


def test_words_are_no_arguments(run: Run, filed: None) -> None:
    result = run("outbox", "find", "jane")
    assert (result.exit_code, result.stdout) == (2, "")
