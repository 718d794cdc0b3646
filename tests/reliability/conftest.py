"""One practice desk a worker, put back to a known state before every case."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from ptodesk_gui.workstation.playbook_files import load_playbook
from tests.reliability.case import Bench
from tests.reliability.line import Line
from tests.reliability.site import Site


@pytest.fixture(scope="session")
def _bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with opened(tmp_path_factory.mktemp("bench")) as made:
        yield made


@pytest.fixture
def bench(_bench: Bench) -> Iterator[Bench]:
    """Cases one after another on one desk. Nothing of the program is changed but while one of them runs."""
    with in_use(_bench):
        yield _bench


@pytest.fixture
def own_bench(tmp_path: Path) -> Iterator[Bench]:
    """A desk of the test's own, whose site it may change."""
    with opened(tmp_path) as made, in_use(made):
        yield made


@contextmanager
def opened(folder: Path) -> Iterator[Bench]:
    with ExitStack() as stack:
        site = Site(folder / "site")
        stack.callback(site.close)
        line = Line(site)
        stack.callback(line.close)
        (folder / "outboxes").mkdir()
        yield Bench(site, line, load_playbook(), folder / "outboxes")


@contextmanager
def in_use(bench: Bench) -> Iterator[None]:
    with bench.line.in_use(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.fsync", lambda handle: None)  # programs end here, not machines
        patch.setattr("ptodesk_gui.outbox.filer.POLL", 30.0)  # there is no other program to look after
        yield
