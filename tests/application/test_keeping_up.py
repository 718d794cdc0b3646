"""The window keeps its store up while it is open: old calls go, and what was typed is saved between two pieces."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from ptodesk_gui.application.keeping_up import KeepingUp
from ptodesk_gui.application.worker import Worker
from ptodesk_gui.outbox.store import Store, StoreError
from ptodesk_gui.sop.steps import Ticket
from ptodesk_gui.workstation.settings import Settings
from tests.outbox.fakes import Workstation, create, queue, reply, workstation
from tests.outbox.partners import DAY


class Back(QObject):
    """What the upkeep needs of the parts behind the window."""

    opened = Signal()

    def __init__(self, store: Store, keep_days: int) -> None:
        super().__init__()
        self.store = store
        self.keep_days = keep_days
        self.pieces = 0
        self.broken = False
        self.disk = Worker("test-disk")

    def on_disk(
        self, what: Callable[[Store], bool], then: Callable[[bool], None], failed: Callable[[Exception], None]
    ) -> None:
        def piece() -> bool:
            self.pieces += 1
            if self.broken:
                raise StoreError("The disk is full.", "Make room on it.")
            return what(self.store)

        self.disk.submit(piece, then, failed)

    def read_settings(self) -> Settings:
        return Settings(keep_days=self.keep_days)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workstation]:
    for name, ms in (("BEGIN_MS", 1), ("PAUSE_MS", 1), ("LOOK_MS", 10)):
        monkeypatch.setattr(f"ptodesk_gui.application.keeping_up.{name}", ms)
    with workstation(tmp_path) as made:
        yield made


@pytest.fixture
def back(qtbot: QtBot, machine: Workstation) -> Iterator[Back]:
    store, filer = machine.start()
    for n in range(3):
        queue(store, create(Ticket.HOMEOWNER), reply(Ticket.HOMEOWNER), call_id=f"call-{n}")
    filer.run_until_idle(60)
    made = Back(store, keep_days=3)
    yield made
    assert made.disk.stop(20)


def test_what_is_over_goes_after_its_days_while_the_window_stays_open(
    qtbot: QtBot, machine: Workstation, back: Back
) -> None:
    keeping = KeepingUp(back, back)  # type: ignore[arg-type]
    back.opened.emit()
    qtbot.waitUntil(lambda: back.pieces > 8, timeout=20_000)
    assert len(back.store.all_progress()) == 3
    machine.hands.now += 3 * DAY
    qtbot.waitUntil(lambda: back.store.all_progress() == (), timeout=20_000)
    keeping.stop()


def test_a_store_that_cannot_be_kept_up_now_is_kept_up_later(
    qtbot: QtBot, machine: Workstation, back: Back, caplog: pytest.LogCaptureFixture
) -> None:
    back.broken = True
    keeping = KeepingUp(back, back)  # type: ignore[arg-type]
    back.opened.emit()
    qtbot.waitUntil(lambda: "could not be kept up: StoreError" in caplog.text, timeout=20_000)
    with back.store._database.writing() as db:
        db.execute("DELETE FROM terms")
        db.execute("DELETE FROM found_by")
    back.broken = False
    qtbot.waitUntil(lambda: len(back.store.past_calls("jane")) == 3, timeout=20_000)
    keeping.stop()
