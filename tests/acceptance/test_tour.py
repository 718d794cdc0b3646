"""The command: its arguments, and the tour through the real window without a screen."""

import subprocess
import sys
from pathlib import Path

import pytest

TIME = 180  # seconds


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ptodesk_gui", *arguments], capture_output=True, text=True, timeout=TIME, check=False
    )


def test_the_tour_makes_its_tickets_and_a_picture_of_every_stage(tmp_path: Path) -> None:
    done = run("--tour", str(tmp_path / "pictures"))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "PTO-1  Homeowner Concern Received – Jane Doe – Sunny Roofs",
        "PTO-2  Homeowner Concern – Sunny Roofs – Jane Doe",
        f"Pictures of every stage: {tmp_path / 'pictures'}",
    ]
    made = sorted(file.name for file in (tmp_path / "pictures").iterdir())
    assert made[0] == "01-empty.png"
    stages = {name.partition("-")[2].removesuffix(".png") for name in made}
    assert {"open-tickets", "waiting-tickets", "ticket-beside-the-form", "follow-ups"} <= stages
    assert [name for name in made if name.endswith(".txt")] == ["17-ticket-PTO-1.txt", "18-ticket-PTO-2.txt"]
    assert "PTO-1 is caused by PTO-2" in (tmp_path / "pictures" / "17-ticket-PTO-1.txt").read_text("utf-8")
    assert all((tmp_path / "pictures" / name).stat().st_size > 10_000 for name in made if name.endswith(".png"))


def test_a_tour_that_cannot_write_says_so_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    done = run("--tour", str(tmp_path / "file"))
    assert done.returncode == 1
    assert done.stderr.startswith("The tour did not reach its end: ")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("wrong", [["--nonsense"], ["--tour"], ["surplus"]])
def test_unknown_arguments_end_with_2(wrong: list[str]) -> None:
    assert run(*wrong).returncode == 2


def test_help_names_the_options() -> None:
    done = run("--help")
    assert done.returncode == 0
    assert "--practice" in done.stdout
    assert "--tour DIR" in done.stdout
