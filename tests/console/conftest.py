"""Cases, a practice desk, and a keyring that is a dictionary, for commands run within the test's own process."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from ptodesk_gui.console.main import cli
from ptodesk_gui.practice import PracticeDesk
from tests.console.commands import CASE, CaseFile, Run


@pytest.fixture
def case_file(tmp_path: Path) -> CaseFile:
    """Writes a case, with some of its values changed; the file's name."""

    def write(**changes: Any) -> str:
        path = tmp_path / "case.json"
        path.write_text(json.dumps({**CASE, **changes}), "utf-8")
        return str(path)

    return write


@pytest.fixture
def run() -> Run:
    """Runs ``ptodesk`` with these arguments."""

    def invoke(*arguments: str, stdin: str | None = None) -> Result:
        result = CliRunner().invoke(cli, list(arguments), input=stdin)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return invoke


@pytest.fixture
def keyring_entries(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], str]:
    """What is in the keyring: service and user -> secret."""
    import keyring
    from keyring.errors import PasswordDeleteError

    entries: dict[tuple[str, str], str] = {}

    def delete(service: str, user: str) -> None:
        if entries.pop((service, user), None) is None:
            raise PasswordDeleteError

    monkeypatch.setattr(keyring, "get_password", lambda service, user: entries.get((service, user)))
    monkeypatch.setattr(
        keyring, "set_password", lambda service, user, secret: entries.update({(service, user): secret})
    )
    monkeypatch.setattr(keyring, "delete_password", delete)
    return entries


@pytest.fixture
def desk(tmp_path: Path, furnished: Path) -> Iterator[PracticeDesk]:
    """A site to file to, over HTTP."""
    with PracticeDesk(shutil.copytree(furnished, tmp_path / "site")) as served:
        yield served


@pytest.fixture
def signed_in(
    desk: PracticeDesk, keyring_entries: dict[tuple[str, str], str], monkeypatch: pytest.MonkeyPatch
) -> PracticeDesk:
    """The site of the settings, with its token in the keyring."""
    monkeypatch.setenv("PTODESK_URL", desk.url)
    monkeypatch.setenv("PTODESK_EMAIL", desk.account.email)
    keyring_entries["ptodesk", desk.account.email] = desk.account.token
    return desk
