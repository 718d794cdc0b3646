"""The log says what the program did, and never with whom or what it was about."""

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ptodesk_gui.workstation import logs

WITNESS = "ATATT3xFfGF0witness_0123456789abcdefghijklmnop"
OURS = logging.getLogger("ptodesk_gui.somewhere")
THEIRS = logging.getLogger("a_library.somewhere")  # of its own: the program silences those that it talks to a site by


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "window.log"
    handler = logs.start_log(path)
    yield path
    logs.stop_log(handler)
    OURS.parent.setLevel(logging.NOTSET)  # type: ignore[union-attr]
    THEIRS.setLevel(logging.NOTSET)


def test_what_the_program_did_is_there(log: Path) -> None:
    OURS.info("filed %d steps", 7)
    assert log.read_text("utf-8").endswith("INFO ptodesk_gui.somewhere: filed 7 steps\n")


@pytest.mark.parametrize(
    "message",
    [
        f"sent {WITNESS}",
        "Authorization: Basic witness",
        "token=witness",
        "to witness@example.com now",
        "<witness@example.com>",
    ],
)
def test_what_looks_like_a_secret_or_an_address_is_hidden(log: Path, message: str) -> None:
    OURS.warning(message)
    OURS.warning("%s", message)
    assert log.read_text("utf-8").count("\n") == 2
    assert "witness" not in log.read_text("utf-8")


def test_an_error_is_logged_by_kind_and_place_and_without_its_message(log: Path) -> None:
    try:
        raise ValueError("witness")
    except ValueError:
        OURS.exception("that failed")
    text = log.read_text("utf-8")
    assert "ValueError\n" in text
    assert "test_an_error_is_logged" in text
    assert "witness" not in text


def test_of_libraries_only_the_place_of_a_warning_is_kept(log: Path) -> None:
    THEIRS.setLevel(logging.DEBUG)
    THEIRS.debug("witness")
    THEIRS.warning("witness %s", "witness")
    text = log.read_text("utf-8")
    assert "witness" not in text
    assert text.count("\n") == 1
    assert "a warning of a library, test_logs:" in text


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has access lists")
def test_the_log_is_for_the_user_alone(log: Path) -> None:
    OURS.info("x")
    assert log.stat().st_mode & 0o777 == 0o600


def test_the_log_stays_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "BYTES", 2_000)
    handler = logs.start_log(tmp_path / "window.log")
    try:
        for n in range(500):
            OURS.info("line %d", n)
    finally:
        logs.stop_log(handler)
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 2_000 * (logs.FILES + 2)


@pytest.mark.parametrize(("level", "kept"), [("debug", "diwe"), ("info", "iwe"), ("warning", "we"), ("error", "e")])
def test_how_much_is_written_is_what_the_policy_says(log: Path, level: str, kept: str) -> None:
    logs.set_level(level)
    for letter, write in {"d": OURS.debug, "i": OURS.info, "w": OURS.warning, "e": OURS.error}.items():
        write(letter)
    THEIRS.warning("witness")
    lines = log.read_text("utf-8").splitlines()
    assert "".join(line[-1] for line in lines[:-1]) == kept
    assert "witness" not in lines[-1]


def test_all_logs_together_are_bounded() -> None:
    """The window's and the console's, with the older ones beside them."""
    assert 2 * logs.BYTES * (logs.FILES + 1) <= 4 * 1024 * 1024


def test_a_log_that_cannot_be_written_disturbs_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    handler = logs.start_log(tmp_path / "missing" / "window.log")
    OURS.warning("witness")
    logs.stop_log(handler)
    assert handler is None
    assert "witness" not in capsys.readouterr().err
