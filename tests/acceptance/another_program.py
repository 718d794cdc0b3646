"""The window in a process of its own, which can be killed, and what it leaves on disk."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ptodesk_gui.application.practice_place import PracticePlace
from ptodesk_gui.outbox.store import Store
from ptodesk_gui.sop.entry import Field

PATIENCE = 60.0  # seconds for a program to start on a busy machine

# Opens the window in a folder; ``hand`` works it.
_OPENED = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from ptodesk_gui.app import App
from ptodesk_gui.application.clock import Clock
from ptodesk_gui.application.keyboard import Keyboard
from ptodesk_gui.application.practice_place import PracticePlace
from ptodesk_gui.sop.entry import Field
qt = QApplication([])
app = App(PracticePlace(Path(sys.argv[1])), Clock(), practice=True)
hand = Keyboard(app)
app.start()
hand.wait(lambda: app.call.view is not None, "the procedure", 60)
"""


def killed_once(folder: Path, typed: str, is_kept: Callable[[], bool]) -> None:
    """Open the window, have ``typed`` done in it, and kill it once that is on disk."""
    code = f"{_OPENED}{typed}\nqt.exec()\n"
    program = subprocess.Popen([sys.executable, "-c", code, str(folder)], stderr=subprocess.DEVNULL)
    try:
        wait_until(is_kept)
    finally:
        os.kill(program.pid, signal.SIGKILL)
        program.wait()


def wait_until(is_kept: Callable[[], bool]) -> None:
    """Wait until what another process keeps is on disk."""
    end = time.monotonic() + PATIENCE
    while not is_kept():
        assert time.monotonic() < end, "the draft was not kept"
        time.sleep(0.02)  # a look at another process's file, not a wait for a time


def names_in(folder: Path) -> set[str]:
    """The first names of all whose calls are kept there."""
    return {payload["values"].get(Field.FIRST_NAME.value, "") for payload in drafts_in(folder)}


def drafts_in(folder: Path) -> list[dict[str, Any]]:
    """What is kept of every open call, the latest first, read from outside."""
    file = PracticePlace(folder).store_path
    if not file.is_file():
        return []
    store = Store(file)
    try:
        return [dict(draft.payload) for draft in store.drafts()]
    finally:
        store.close()
