"""A console command beside an open window: one of the two files, and every call is filed once."""

import json
import subprocess
import sys
from pathlib import Path

from ptodesk_gui.practice import PracticeDesk
from ptodesk_gui.workstation import paths
from tests.acceptance.agent import Desk
from tests.acceptance.programs import PATIENCE, Start
from tests.console.commands import CASE, lines

TITLES = ("Homeowner Concern Received – Jane Doe – Sunny Roofs", "Homeowner Concern – Sunny Roofs – Jane Doe")


def test_a_case_filed_beside_the_window_is_filed_by_the_window_and_once(
    start: Start, project_dir: Path, tmp_path: Path
) -> None:
    case = tmp_path / "case.json"
    case.write_text(json.dumps(CASE), "utf-8")
    window = start()
    window.next("said")  # it files from now on
    command = [
        sys.executable,
        "-m",
        "ptodesk_gui.console.main",
        "file",
        str(case),
        "--practice",
        "--wait",
        str(PATIENCE),
    ]
    console = subprocess.run(
        command, cwd=project_dir, capture_output=True, text=True, timeout=2 * PATIENCE, check=False
    )
    assert console.returncode == 0, console.stderr
    assert "Another window or console" in console.stderr
    assert lines(console.stdout)[-1]["state"] == "filed"
    while window.next("filed")["state"] != "filed":
        pass  # the window tells of every step
    window.process.terminate()
    assert window.ended() == (0, "")
    with PracticeDesk(paths.practice_dir()) as served:
        desk = Desk(served)
        titles = [desk.ticket(key).title for key in desk.keys()]  # noqa: SIM118 - no dictionary
        desk.close()
    assert {title: titles.count(title) for title in TITLES} == dict.fromkeys(TITLES, 1)
