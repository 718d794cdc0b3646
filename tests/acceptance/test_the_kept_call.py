"""Which call comes back after a crash, and when: the newest one at once, never in the place of what is typed meanwhile."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ptodesk_gui.application import backstage
from ptodesk_gui.application.practice_place import PracticePlace
from ptodesk_gui.application.real_place import RealPlace
from ptodesk_gui.application.settling import NO_SITE
from ptodesk_gui.desk.needs import SiteNeeds
from ptodesk_gui.outbox.store import Store
from ptodesk_gui.sop.entry import Field
from ptodesk_gui.workstation import paths
from ptodesk_gui.workstation.credentials import Credentials
from ptodesk_gui.workstation.settings import Settings
from tests.acceptance.agent import M2_PAST, SAMPLE, Agent
from tests.acceptance.conftest import OpenWindow

PATIENCE = 60.0  # seconds for a program to start on a busy machine

# Leaves one call for another, types that, and files it (or not) on a desk that answers nobody. Goes on living.
LEAVES_AND_FILES = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from ptodesk_gui.app import App
from ptodesk_gui.application.clock import Clock
from ptodesk_gui.application.keyboard import Keyboard
from ptodesk_gui.application.practice_place import PracticePlace
from ptodesk_gui.practice.faults import cut_before
from ptodesk_gui.sop.entry import Field
qt = QApplication([])
place = PracticePlace(Path(sys.argv[1]))
app = App(place, Clock(), practice=True)
hand = Keyboard(app)
opened = []
app.backstage.opened.connect(lambda: opened.append(None))
app.start()
hand.wait(lambda: bool(opened) and app.call.view is not None, "the window", 60)
place.served.fault("*", cut_before(), times=None)
hand.fill(Field.FIRST_NAME, "Older")
hand.chord("Ctrl+N")
for field, text in ((Field.FIRST_NAME, "Newer"), (Field.LAST_NAME, "Doe"), (Field.INSTALLER, "Sunny Roofs")):
    hand.fill(field, text)
hand.chord("F9")
if sys.argv[2] == "file":
    hand.chord("Ctrl+Return")
qt.exec()
"""


class Gates:
    """Doors behind the window that open when the test says so."""

    def __init__(self) -> None:
        self.site = threading.Event()
        self.store = threading.Event()
        self.store.set()

    def open(self) -> None:
        self.site.set()
        self.store.set()


class SlowPlace(PracticePlace):
    """Practice mode that waits for its keyring and its site, and for its store where the test says so."""

    def __init__(self, folder: Path, gates: Gates) -> None:
        super().__init__(folder)
        self._gates = gates

    @property
    def store_path(self) -> Path:
        assert self._gates.store.wait(PATIENCE)
        return super().store_path

    def open(self, needs: SiteNeeds, settings: Settings) -> None:
        assert self._gates.site.wait(PATIENCE)
        super().open(needs, settings)


@pytest.fixture
def gates() -> Iterator[Gates]:
    made = Gates()
    yield made
    made.open()


@pytest.fixture
def slow(folder: Path, gates: Gates, open_window: OpenWindow) -> Callable[[], Agent]:
    """Opens a window whose site takes its time, and does not wait for it."""
    return lambda: open_window(SlowPlace(folder, gates), wait=False)


def put(folder: Path, *names: str) -> None:
    """Drafts of these homeowners, the last one the newest."""
    times = iter(range(1, 100))
    store = Store(PracticePlace(folder).store_path, clock=lambda: float(next(times)))
    for name in names:
        store.save_draft(f"call of {name}", {"values": {"homeowner.first_name": name}}, "homeowner.email")
    store.close()


def first_name(agent: Agent) -> str:
    return agent.app.call.entry.text(Field.FIRST_NAME)


def shown_first_name(agent: Agent) -> str:
    return agent.app.window.call_page.checklist.inputs.value(Field.FIRST_NAME)


def test_the_newest_call_is_back_while_all_else_is_still_being_opened__M2(
    folder: Path, gates: Gates, slow: Callable[[], Agent], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folder, "Older", "Newest")
    loading = threading.Event()
    monkeypatch.setattr(backstage, "load_beside", lambda: loading.wait(PATIENCE))
    agent = slow()
    agent.wait(lambda: first_name(agent) == "Newest", "The call")
    assert shown_first_name(agent) == "Newest"
    assert agent.app.call.focus == Field.EMAIL
    assert agent.app.call.view is None, "nothing else is there yet"
    agent.write("jane@example.com")
    loading.set()
    gates.open()
    agent.wait(lambda: agent.app.call.view is not None, "The procedure")
    assert agent.app.call.entry.text(Field.EMAIL) == "jane@example.com"
    assert agent.app.call.focus == Field.EMAIL


def test_what_is_typed_before_the_store_answers_is_not_replaced_and_the_kept_call_is_offered__M2(
    folder: Path, gates: Gates, slow: Callable[[], Agent]
) -> None:
    put(folder, "Kept")
    gates.store.clear()
    agent = slow()
    agent.wait(lambda: agent.app.filing is not None, "The window")
    agent.write("J")
    gates.open()
    agent.wait(lambda: "kept" in agent.strip, "The offer")
    agent.write("ane")
    assert shown_first_name(agent) == first_name(agent) == "Jane"
    assert agent.strip.startswith("The call of Kept was not filed and is kept.")
    agent.wait(lambda: agent.app.call.view is not None, "The procedure")
    agent.chord("Ctrl+Shift+O")
    agent.wait(lambda: "Calls that are not filed yet" in agent.shown.replace("&", ""), "The calls that are kept")
    agent.press_button("Take up again")
    agent.wait(lambda: first_name(agent) == "Kept", "The kept call")


@pytest.mark.parametrize(("act", "back"), [("file", ""), ("review", "Newer")], ids=["handed over", "only looked over"])
def test_after_a_kill_the_older_call_never_takes_the_place_of_the_one_being_filed__M2(
    folder: Path, open_window: OpenWindow, act: str, back: str
) -> None:
    program = subprocess.Popen([sys.executable, "-c", LEAVES_AND_FILES, str(folder), act], stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: is_on_disk(folder, act))
    finally:
        os.kill(program.pid, signal.SIGKILL)
        program.wait()
    agent = open_window(PracticePlace(folder))
    assert first_name(agent) == back
    if back:
        assert "back as you left it; 1 more are kept" in agent.strip
    else:
        assert "The call of Older was not filed and is kept." in agent.strip
        assert [plan.title for plan in agent.plans.values()] == ["Newer Doe, Sunny Roofs"]


def test_what_is_said_at_the_start_is_all_to_be_read(open_window: OpenWindow) -> None:
    paths.store_path().parent.mkdir(parents=True, exist_ok=True)
    store = Store(paths.store_path())
    store.save_draft("call", {"values": {"homeowner.first_name": "Jane"}}, "homeowner.email")
    store.close()
    agent = open_window(RealPlace(Credentials()), wait=False)
    agent.wait(lambda: "back as you left it" in agent.strip and NO_SITE in agent.strip, "Both sentences")


def is_on_disk(folder: Path, act: str) -> bool:
    """Whether the program has come as far as it is to be killed."""
    file = PracticePlace(folder).store_path
    if not file.is_file():
        return False
    store = Store(file)
    try:
        if act == "file":
            return bool(store.all_progress())
        values = store.drafts()[0].payload.get("values") if store.drafts() else {}
        return isinstance(values, dict) and values.get(Field.INSTALLER.value) == "Sunny Roofs"
    finally:
        store.close()


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it did not come as far"
        time.sleep(0.02)  # a look at another process's file, not a wait for a time


# --- stale marks ------------------------------------------------------------------------------------------------------


def marks(agent: Agent) -> list[str]:
    return [line for line in agent.shown.splitlines() if "out of date" in line]


def use_and_change(agent: Agent) -> list[str]:
    """Copy a reply, say a sentence, and change a fact that both state."""
    agent.type_call(SAMPLE)
    agent.chord("F2")
    agent.chord("F4")
    assert marks(agent) == []
    agent.fill(Field.M2, M2_PAST)
    assert len(marks(agent)) == 2
    return marks(agent)


def test_marks_are_there_again_after_a_restart(agent: Agent, folder: Path, open_window: OpenWindow) -> None:
    before = use_and_change(agent)
    agent.app.window.close()
    agent.app.stop()
    again = open_window(PracticePlace(folder))
    again.wait(lambda: len(marks(again)) == 2, "The marks")
    assert sorted(marks(again)) == sorted(before)
    again.chord("F2")
    assert len(marks(again)) == 1, "the reply was copied again"


def test_marks_are_there_again_when_the_call_is_taken_up(agent: Agent) -> None:
    before = use_and_change(agent)
    agent.chord("Ctrl+N")
    assert marks(agent) == []
    agent.fill(Field.FIRST_NAME, "John")
    agent.chord("Ctrl+Shift+O")
    agent.wait(lambda: "Calls that are not filed yet" in agent.shown.replace("&", ""), "The calls that are kept")
    agent.press_button("Take up again")
    agent.wait(lambda: agent.app.call.entry.text(Field.LAST_NAME) == "Doe", "The call")
    assert sorted(marks(agent)) == sorted(before)
