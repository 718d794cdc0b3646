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


# What makes no module heavy but the start slow (docs/decisions/0009): classes of records, and the namespace Qt.
SLOW = {
    "dataclasses",
    "locale",
    "datetime",
    "signal",
    "ptodesk_gui.sop.view",
    "ptodesk_gui.app",
    "ptodesk_gui.ui.actions",
}

# Ends the process in the turn after the first paint, naming what of SLOW is loaded by then, whether the namespace Qt is,
# and whether PySide6 reads every module that is imported.
UNTIL_PAINTED = f"""
import builtins, os, sys
from ptodesk_gui.application import pyside

pyside.load()
from PySide6 import QtCore
from ptodesk_gui.ui.main_window import MainWindow

def painted(window):
    print(*sorted({SLOW!r} & sys.modules.keys()), *(["Qt"] if "Qt" in vars(QtCore) else []))
    print(builtins.__import__ is builtins.__feature_import__)
    sys.stdout.flush()
    os._exit(0)

MainWindow._complete = painted
from ptodesk_gui.__main__ import main
main(["--practice"])
os._exit(1)
"""


def test_the_first_paint_needs_no_record_and_nothing_of_the_namespace_qt() -> None:
    run = subprocess.run([sys.executable, "-c", UNTIL_PAINTED], capture_output=True, text=True, timeout=60, check=False)
    assert (run.returncode, run.stdout.splitlines()) == (0, ["", "False"]), run.stderr


def test_the_namespace_qt_is_known_to_be_loaded_once_it_is() -> None:
    """The test above would see it."""
    code = "from PySide6 import QtCore; print('Qt' in vars(QtCore)); QtCore.Qt.Key; print('Qt' in vars(QtCore))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert run.stdout.split() == ["False", "True"]
