"""A store with 100,000 past calls against one with 100: opening it, searching it, saving what is typed, and what the window feels of that."""

import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path

from benchmarks.many_calls import Caller, build
from benchmarks.measure import Section, in_turn, percentile, ratio, spread
from benchmarks.start import environment
from ptodesk_gui.outbox.store import Store

MANY, FEW = 100_000, 100
ROUNDS = 15
SEARCHES = 400
SAVES = 400
AIM_SEARCH = 50  # milliseconds
FRAME = 16  # milliseconds
WATCHED = 8.0  # seconds for which the window saves
BEAT_MS = 1


def run() -> list[Section]:
    """Build both stores, then measure them in turn."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        began = time.perf_counter()
        many = build(folder / "many" / "practice" / "outbox.sqlite3", MANY)
        few = build(folder / "few" / "practice" / "outbox.sqlite3", FEW)
        built = time.perf_counter() - began
        paths = {
            MANY: folder / "many" / "practice" / "outbox.sqlite3",
            FEW: folder / "few" / "practice" / "outbox.sqlite3",
        }
        size = paths[MANY].stat().st_size / 1024**2
        return [
            _opening(paths, f"Building them took {built:.0f} s; the large one has {size:.0f} MB."),
            _searching(paths[MANY], many, paths[FEW], few),
            _saving(paths),
            _stalls({count: path.parents[1] for count, path in paths.items()}),
        ]


def _milliseconds(what: Callable[[], object]) -> float:
    began = time.perf_counter()
    what()
    return (time.perf_counter() - began) * 1000


def _both_times(what: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds on the clock, and those of the processor."""
    began, used = time.perf_counter(), time.thread_time()
    what()
    return (time.perf_counter() - began) * 1000, (time.thread_time() - used) * 1000


def _opening(paths: dict[int, Path], remark: str) -> Section:
    def opened(path: Path) -> float:
        def start() -> None:
            with closing(Store(path)) as store:
                store.drafts()
                store.all_progress()
                store.follow_ups.followups()

        return _milliseconds(start)

    figures = in_turn({f"{count:,}": partial(opened, path) for count, path in paths.items()}, ROUNDS)
    base = f"{FEW:,}"
    return Section(
        "A store with many past calls: start",
        "Opened, with its drafts, its newest calls (at most 200, so twice as many in the large one) and its follow-ups, as the window does it behind itself; "
        f"in turn, median of {ROUNDS}.",
        [
            ["past calls", "time", f"to {base} calls"],
            *([name, spread(took, "ms"), f"{ratio(figures, name, base):.2f}"] for name, took in figures.items()),
        ],
        remark,
    )


def _searching(path: Path, many: list[Caller], small: Path, few: list[Caller]) -> Section:
    rng = random.Random(2)
    kinds: dict[str, Callable[[Caller], str]] = {
        "first and last name": lambda c: f"{c.first_name} {c.last_name}",
        "last name alone": lambda c: c.last_name,
        "beginning of a last name": lambda c: c.last_name[:5],
        "email": lambda c: c.email,
        "address": lambda c: f"{c.street} {c.city}",
        "ticket key": lambda c: rng.choice(c.keys),
        "name and another's city (few or none)": lambda c: f"{c.last_name} {rng.choice(many).city}",
    }
    rows = []
    with closing(Store(path)) as store, closing(Store(small)) as base:
        for title, words in kinds.items():
            both = [_both_times(partial(store.past_calls, words(rng.choice(many)))) for _ in range(SEARCHES)]
            took, used = zip(*both, strict=True)
            less = [_milliseconds(partial(base.past_calls, words(rng.choice(few)))) for _ in range(SEARCHES)]
            cells = [f"{statistics.median(took):.1f} ms", f"{percentile(took, 0.99):.1f} ms", f"{max(took):.1f} ms"]
            rows.append([title, *cells, f"{percentile(used, 0.99):.1f} ms", f"{percentile(less, 0.99):.1f} ms"])
    return Section(
        "A store with many past calls: search",
        f"{SEARCHES} searches of each kind for callers picked at random, at most 20 calls found, among {MANY:,} past calls (aim: the 99th percentile "
        f"within {AIM_SEARCH} ms), and the same among {FEW}. The processor time hardly depends on what else the machine does.",
        [
            ["by", "median", "99th percentile", "longest", "processor, 99th percentile", f"99th percentile of {FEW}"],
            *rows,
        ],
    )


def _saving(paths: dict[int, Path]) -> Section:
    stores = {f"{count:,}": Store(path) for count, path in paths.items()}
    text = "System installed but not yet active; asks when PTO is expected. " * 5

    def saved(store: Store) -> float:
        return _milliseconds(lambda: store.save_draft("draft", {"values": {"concern": text}}, "concern"))

    try:
        figures = in_turn({name: partial(saved, store) for name, store in stores.items()}, SAVES)
    finally:
        for store in stores.values():
            store.delete_draft("draft")
            store.close()
    base = f"{FEW:,}"
    rows = [
        [
            name,
            f"{statistics.median(took):.1f} ms",
            f"{percentile(took, 0.99):.1f} ms",
            f"{max(took):.1f} ms",
            f"{ratio(figures, name, base):.2f}",
        ]
        for name, took in figures.items()
    ]
    return Section(
        "A store with many past calls: saving what is typed",
        f"One draft on disk, sealed, with the disk's own word that it is there; in turn, {SAVES} times. The window does not wait for it.",
        [["past calls", "median", "99th percentile", "longest", f"to {base} calls"], *rows],
    )


def _stalls(homes: dict[int, Path]) -> Section:
    rows = []
    for count, home in homes.items():
        command = [sys.executable, "-m", "benchmarks.large_store", str(home / "practice")]
        done = subprocess.run(command, env=environment(home), capture_output=True, text=True, timeout=300, check=True)
        found = json.loads(done.stdout.splitlines()[-1])
        for title in ("idle", "saving"):
            gaps, used = zip(*found[title], strict=True)
            cells = [f"{percentile(gaps, 0.99):.1f} ms", f"{max(gaps):.1f} ms", f"{max(used):.1f} ms"]
            rows.append([f"{count:,}", title, f"{found['saves'] if title == 'saving' else 0}", *cells])
    return Section(
        "A store with many past calls: what the window feels",
        f"The real window, off screen, its thread asked every millisecond whether it lives, for {WATCHED:.0f} s: idle, then with a draft handed over for saving every "
        f"20 ms and the store's housekeeping under way (aim: no stall over {FRAME} ms). What is over that while it is idle is the machine's own doing; the processor time is that of the window's thread within a gap.",
        [
            [
                "past calls",
                "window",
                "drafts handed over",
                "99th percentile of the gaps",
                "longest gap",
                "longest, of the window's processor time",
            ],
            *rows,
        ],
    )


def watch(folder: Path) -> dict[str, object]:
    """Gaps between the beats of the window's thread, in milliseconds and in those of its processor time: idle, and while it saves."""
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from ptodesk_gui.app import App
    from ptodesk_gui.application.call import Standing
    from ptodesk_gui.application.clock import Clock
    from ptodesk_gui.application.practice_place import PracticePlace
    from ptodesk_gui.sop.entry import Entry, Field
    from ptodesk_gui.ui.theme import STYLE_ARGUMENTS, apply_theme
    from ptodesk_gui.workstation.playbook_files import packaged_playbook

    qt = QApplication(["ptodesk", *STYLE_ARGUMENTS])
    apply_theme(qt, packaged_playbook().parent)
    app = App(PracticePlace(folder), Clock(today=lambda: date(2026, 3, 14)), practice=True, agent="Dana Reyes")
    opened: list[None] = []
    app.backstage.opened.connect(lambda: opened.append(None))
    app.start()
    while not opened:
        qt.processEvents()
        time.sleep(0.001)
    QTest.qWait(3000)
    drafts, saves = app.calling.drafts, 0
    gaps: list[tuple[float, float]] = []
    last = (0.0, 0.0)

    def beat() -> None:
        nonlocal last
        now = (time.perf_counter(), time.thread_time())
        gaps.append(((now[0] - last[0]) * 1000, (now[1] - last[1]) * 1000))
        last = now

    def save() -> None:
        nonlocal saves
        saves += 1
        typed = Entry("draft").with_value(Field.CONCERN, f"{saves} " + "word " * 60)
        drafts.changed(Standing(typed, Field.CONCERN))
        drafts.flush()

    beats, saving = QTimer(), QTimer()
    for timer, ms, then in ((beats, BEAT_MS, beat), (saving, 20, save)):
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.setInterval(ms)
        timer.timeout.connect(then)

    def measured() -> list[tuple[float, float]]:
        nonlocal last
        gaps.clear()
        last = (time.perf_counter(), time.thread_time())
        beats.start()
        QTest.qWait(int(WATCHED * 1000))
        beats.stop()
        return list(gaps)

    idle = measured()
    upkeep: list[None] = []  # all of it, as on the first day

    def piece(store: Store) -> bool:
        upkeep.append(None)
        return store.upkeep(90).step()

    def again(_more: bool) -> None:
        if saving.isActive():
            app.backstage.on_disk(piece, again)

    saving.start()
    app.backstage.on_disk(piece, again)
    busy = measured()
    saving.stop()
    app.window.close()
    app.stop()
    return {"idle": idle, "saving": busy, "saves": saves, "pieces": len(upkeep)}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(watch(Path(sys.argv[1]))) + "\n")
