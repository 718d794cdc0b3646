"""How long the window stands still while a whole call is typed, looked up, ended, filed and seen through, on a slow desk."""

import gc
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.keystrokes import FRAME, TYPED
from benchmarks.measure import Section
from benchmarks.start import environment

LATENCY = 0.5  # seconds for every request
CALLS = 5
BOUND = 50.0  # milliseconds
PATIENCE = 60.0  # seconds until what must happen has not
KEY_MS = 10  # between two keys
BEAT = 0.002  # seconds between two beats of the watch
STAGES = ("after the first paint", "typing", "open tickets", "end of the call", "filing", "outbox", "new call")


@dataclass(frozen=True, slots=True)
class Stall:
    """The window's thread did not come back for so many milliseconds, of which it used the processor for some."""

    stage: str
    wall: float
    processor: float


def run() -> Section:
    """Watch in a process of its own, so that nothing of the other measurements is in it."""
    with tempfile.TemporaryDirectory() as name:
        command = [sys.executable, "-m", "benchmarks.stalls", name]
        done = subprocess.run(
            command, env=environment(Path(name)), capture_output=True, text=True, timeout=600, check=True
        )
    found = [(bool(first), Stall(*stall)) for first, *stall in json.loads(done.stdout.splitlines()[-1])]
    rows = []
    for first, which in ((True, "first call"), (False, "later calls")):
        for stage in STAGES:
            stalls = [stall for early, stall in found if early is first and stall.stage == stage]
            if stalls:
                wall, used = max(s.wall for s in stalls), max(s.processor for s in stalls)
                rows.append(
                    [which, stage, f"{wall:.1f} ms", f"{used:.1f} ms", str(sum(s.wall > FRAME for s in stalls))]
                )
    return Section(
        "Standing still",
        f"The longest time for which the window's thread does not come back to its events while {CALLS} whole calls are typed, looked up, ended, filed and seen through, off "
        f"screen, on a desk that takes {LATENCY * 1000:.0f} ms for every request (aim: 16 ms; bound: {BOUND:.0f} ms). The processor time is that of the window's thread within its "
        "longest stretch: it hardly depends on what else the machine does.",
        [["call", "stage", "longest", "of it processor", "longer than a frame"], *rows],
    )


class Watch:
    """Has a beat delivered to the window's thread all the time, and notes how long each one takes to come through.

    ``loud``: milliseconds from which it is told where in the code a beat is kept waiting, to find what it is.
    """

    def __init__(self, loud: float = 0.0) -> None:
        from PySide6.QtCore import QObject, Signal

        class Beat(QObject):
            sent = Signal(float)

        self.stage = "after the first paint"
        self.call = 0
        self.stalls: list[tuple[bool, Stall]] = []
        self.places: list[str] = []
        self._loud = loud
        self._window = threading.get_ident()
        self._came, self._ended = threading.Event(), threading.Event()
        self._used = 0.0
        self._beat = Beat()
        self._beat.sent.connect(self._delivered)
        self._thread = threading.Thread(target=self._send, daemon=True)

    def begin(self) -> None:
        """Watch from now on."""
        self._used = time.thread_time()
        self._thread.start()

    def end(self) -> None:
        """Watch no more."""
        self._ended.set()
        self._came.set()
        self._thread.join()

    def _delivered(self, sent: float) -> None:
        now, used = time.perf_counter(), time.thread_time()
        self.stalls.append((self.call == 0, Stall(self.stage, (now - sent) * 1000, (used - self._used) * 1000)))
        self._used = used
        self._came.set()

    def _send(self) -> None:
        while not self._ended.wait(BEAT):
            self._came.clear()
            self._beat.sent.emit(time.perf_counter())
            if self._loud and not self._came.wait(self._loud / 1000):
                frame = sys._current_frames()[self._window]
                stack = [
                    f"{Path(f.filename).name}:{f.lineno} {f.name}"
                    for f in traceback.extract_stack(frame)
                    if "/ptodesk_gui/" in f.filename
                ]
                self.places.append(f"{self.stage} of call {self.call + 1}: {' < '.join(reversed(stack[-7:]))}")
            self._came.wait()


class Hands:
    """Does one thing at a time from within the window's own event loop: a key, or a look at whether something has come."""

    def __init__(self, watch: Watch, acts: Iterator[Callable[[], bool] | None]) -> None:
        from PySide6.QtCore import QEventLoop, QTimer

        self._watch = watch
        self._acts = acts
        self._until: Callable[[], bool] | None = None
        self._since = time.monotonic()
        self._loop, self._timer = QEventLoop(), QTimer()
        self._timer.setInterval(KEY_MS)
        self._timer.timeout.connect(self._next)

    def work(self) -> None:
        """Do everything."""
        self._timer.start()
        self._loop.exec()
        self._timer.stop()

    def _next(self) -> None:
        if self._until is not None and not self._until():
            if time.monotonic() - self._since > PATIENCE:
                sys.stderr.write(f"{self._watch.stage} of call {self._watch.call + 1} did not come to its end\n")
                os._exit(1)  # an exception in here would end nothing
            return
        try:
            self._until, self._since = next(self._acts), time.monotonic()
        except StopIteration:
            self._loop.quit()


def away(folder: Path) -> Any:
    """A place whose desk is in a process of its own, as a site is."""
    from ptodesk_gui.application.practice_place import PracticePlace

    class Remote:
        def start(self) -> None:
            command = [sys.executable, "-m", "benchmarks.stalls", str(folder / "desk"), "desk"]
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            assert self._process.stdout is not None
            self.url, *self.account = json.loads(self._process.stdout.readline())

        def stop(self) -> None:
            self._process.communicate("\n")

    class Away(PracticePlace):
        def _new_desk(self, settings: Any) -> Any:
            return Remote()

    return Away(folder / "practice")


def serve(folder: Path) -> None:
    """The desk, until somebody writes a line."""
    from ptodesk_gui.practice import PracticeDesk

    with PracticeDesk(folder, latency=LATENCY) as desk:
        sys.stdout.write(json.dumps([desk.url, *desk.account]) + "\n")
        sys.stdout.flush()
        sys.stdin.readline()


def whole_calls(folder: Path, loud: float = 0.0) -> Watch:
    """Calls through the real window, with the agent's keys."""
    from PySide6.QtWidgets import QApplication

    from ptodesk_gui.app import App
    from ptodesk_gui.application.clock import Clock
    from ptodesk_gui.ui.theme import STYLE_ARGUMENTS, apply_theme
    from ptodesk_gui.workstation.playbook_files import packaged_playbook

    qt = QApplication(["ptodesk", *STYLE_ARGUMENTS])
    apply_theme(qt, packaged_playbook().parent)
    place = away(folder)
    program = App(place, Clock(today=lambda: date(2026, 3, 14)), practice=True, agent="Dana Reyes", countdown=0)
    opened: list[None] = []
    program.backstage.opened.connect(lambda: opened.append(None))
    program.backstage.opened.connect(gc.freeze)  # as the program itself does
    watch = Watch(loud)
    program.window.painted.connect(watch.begin)
    program.start()
    Hands(watch, _acts(watch, program, opened)).work()
    watch.end()
    program.window.close()
    program.stop()
    return watch


def _acts(watch: Watch, program: Any, opened: list[None]) -> Iterator[Callable[[], bool] | None]:
    """What the agent does, act by act; a condition is waited for before the next."""
    from PySide6.QtGui import QKeySequence
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from ptodesk_gui.sop.progress import PlanState

    window = program.window

    def press(keys: str) -> None:
        QTest.keySequence(QApplication.focusWidget() or window, QKeySequence(keys))

    def filed(calls: int) -> bool:
        plans = program.filing.plans.values()
        return len(plans) == calls and all(plan.state is PlanState.FILED for plan in plans)

    yield lambda: bool(opened) and program.call.view is not None and program.beside is not None
    window.activateWindow()
    for call in range(CALLS):
        watch.stage, watch.call = "typing", call
        for path, text in TYPED.items():
            window.call_page.focus_field(path)
            yield None
            for letter in text:
                QTest.keyClicks(QApplication.focusWidget() or window, letter)
                yield None
        watch.stage = "open tickets"
        wanted = 1 if call else 0  # the tickets of the call before
        yield lambda wanted=wanted: len(program.beside.history.history.rows) >= wanted  # type: ignore[misc]
        watch.stage = "end of the call"
        press("F9")
        yield lambda: window.page == "review"
        watch.stage = "filing"
        press("Ctrl+Return")
        yield lambda call=call: filed(call + 1)  # type: ignore[misc]
        watch.stage = "outbox"
        press("Ctrl+Shift+O")
        yield lambda: window.page == "outbox"
        watch.stage = "new call"
        window.new_call_requested.emit()
        yield lambda: window.page == "call"


def main(folder: Path, what: str = "0") -> None:
    """Serve the desk, or work at the window and print the stretches; the places of those longer than ``what`` milliseconds go to stderr."""
    if what == "desk":
        serve(folder)
        return
    watch = whole_calls(folder, float(what))
    for place in watch.places:
        sys.stderr.write(f"{place}\n")
    found = [(first, stall.stage, stall.wall, stall.processor) for first, stall in watch.stalls]
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
