"""What is slow to import stays off the path to the first painted window."""

import subprocess
import sys

HEAVY = {
    "jira",
    "requests",
    "urllib3",
    "keyring",
    "pydantic",
    "email_validator",
    "dns",
    "werkzeug",
    "jsonschema",
    "click",
    "sqlite3",
}

# Ends the process when the window is about to be shown, naming what of HEAVY is loaded by then.
UNTIL_SHOWN = f"""
import os, sys
from PySide6.QtWidgets import QWidget

def show(self):
    print(*sorted({HEAVY!r} & sys.modules.keys()))
    sys.stdout.flush()
    os._exit(0)

QWidget.show = QWidget.showMaximized = show
from ptodesk_gui.__main__ import main
main(["--practice"])
os._exit(1)
"""


def test_nothing_slow_is_imported_before_the_window_is_shown() -> None:
    run = subprocess.run([sys.executable, "-c", UNTIL_SHOWN], capture_output=True, text=True, timeout=60, check=False)
    assert (run.returncode, run.stdout.split()) == (0, []), run.stderr
