from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.outbox.fakes import Workstation, workstation


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Workstation]:
    """A workstation of the test's own, whose clock moves only while somebody waits."""
    with workstation(tmp_path) as made:
        yield made
