from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.outbox.fakes import Workstation, workstation
from tests.outbox.partners import Office


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Workstation]:
    """A workstation of the test's own, whose clock moves only while somebody waits."""
    with workstation(tmp_path) as made:
        yield made


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A workstation with a partner's ticket to come back to, whose clock can be wrong."""
    made = Office(tmp_path)
    yield made
    made.end()
