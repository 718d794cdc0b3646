"""From a keystroke to the repainted advice, in the real window with everything behind it running."""

import gc
import json
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from benchmarks.measure import Section, percentile
from benchmarks.start import environment

FRAME = 16.7  # milliseconds
TURNS = 25
PATIENCE = 20.0  # seconds until the window must be ready

# What is typed, field by field; every turn types it all anew into an empty call.
TYPED = {
    "homeowner.first_name": "Jane",
    "homeowner.last_name": "Doe",
    "homeowner.email": "jane@example.com",
    "address.street": "1 Main St",
    "address.city": "Littleton",
    "address.state": "CO",
    "installer.name": "Top Electric",
    "installer.rep_first_name": "Sam",
    "job.m1": "1/5/26",
    "job.m2": "2/1/26",
    "concern": "System installed but not yet active; asks when PTO is expected.",
}


def run() -> Section:
    """Type in a process of its own, so that nothing of the other measurements is in it."""
    with tempfile.TemporaryDirectory() as name:
        command = [sys.executable, "-m", "benchmarks.keystrokes", name]
        done = subprocess.run(
            command, env=environment(Path(name)), capture_output=True, text=True, timeout=600, check=True
        )
    figures = json.loads(done.stdout.splitlines()[-1])
    rows = []
    for title, key in (
        ("first call after the start, all keystrokes", "first"),
        ("later calls, all keystrokes", "later"),
        ("later calls, those that repaint the advice", "advice"),
    ):
        took, used = zip(*figures[key], strict=True)
        cells = [f"{statistics.median(took):.1f} ms", f"{percentile(took, 0.99):.1f} ms", f"{max(took):.1f} ms"]
        rows.append([title, f"{len(took):,}", *cells, f"{FRAME} ms", f"{percentile(used, 0.99):.1f} ms"])
    return Section(
        "A keystroke",
        f"From the key to the repainted window, off screen: a whole call typed {TURNS} times letter by letter, drafts being saved and open tickets "
        "looked up meanwhile, on a desk of its own that takes 500 ms for every request. Beside it the time of one frame at 60 Hz (aim: the 99th percentile within a frame), and the processor time of the window's thread, "
        "which hardly depends on what else the machine does.",
        [
            ["keystrokes", "count", "median", "99th percentile", "longest", "a frame", "processor, 99th percentile"],
            *rows,
        ],
    )


def type_calls(folder: Path) -> dict[str, list[tuple[float, float]]]:
    """Milliseconds of every keystroke, and those of the processor in them."""
    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QWidget

    from benchmarks.stalls import away
    from ptodesk_gui.app import App
    from ptodesk_gui.application.clock import Clock
    from ptodesk_gui.ui.theme import STYLE_ARGUMENTS, apply_theme
    from ptodesk_gui.workstation.playbook_files import packaged_playbook

    class Watch(QObject):
        painted = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                self.painted = True
            return False

    qt = QApplication(["ptodesk", *STYLE_ARGUMENTS])
    apply_theme(qt, packaged_playbook().parent)
    program = App(away(folder), Clock(today=lambda: date(2026, 3, 14)), practice=True, agent="Dana Reyes")
    program.backstage.opened.connect(gc.freeze)  # as the program itself does
    program.start()
    page, window = program.window.call_page, program.window
    deadline = time.monotonic() + PATIENCE
    while program.call.view is None and time.monotonic() < deadline:
        qt.processEvents()
        time.sleep(0.001)
    QTest.qWait(1000)  # everything behind the window has opened
    window.activateWindow()
    watch = Watch()
    figures: dict[str, list[tuple[float, float]]] = {"first": [], "later": [], "advice": []}
    for turn in range(TURNS):
        window.new_call_requested.emit()
        QTest.qWait(50)
        for path, text in TYPED.items():
            for part in (page.grace, page.notices, page.say, page.replies):  # what they show is made as it is needed
                for widget in (part, *part.findChildren(QWidget)):
                    widget.installEventFilter(watch)
            page.focus_field(path)
            qt.processEvents()
            focused = qt.focusWidget()
            assert focused is not None, f"{path} takes no keyboard"
            for letter in text:
                watch.painted = False
                began, used = time.perf_counter(), time.thread_time()
                QTest.keyClicks(focused, letter)
                qt.processEvents()
                took = ((time.perf_counter() - began) * 1000, (time.thread_time() - used) * 1000)
                figures["later" if turn else "first"].append(took)
                if turn and watch.painted:
                    figures["advice"].append(took)
    program.stop()
    return figures


if __name__ == "__main__":
    sys.stdout.write(json.dumps(type_calls(Path(sys.argv[1]))) + "\n")
