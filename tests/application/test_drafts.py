"""The call at hand is on disk soon after every change, and the UI thread never writes it."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ptodesk_gui.application.drafts import DraftKeeper
from ptodesk_gui.application.worker import Worker
from ptodesk_gui.sop.entry import Entry, Field

ENTRY = Entry("call-1").with_value(Field.FIRST_NAME, "Jane")


@pytest.fixture
def worker(qtbot: QtBot) -> Iterator[Worker]:
    worker = Worker("test")
    yield worker
    assert worker.stop(5)


class Disk:
    """Remembers what was saved and on which thread; fails as long as it is full."""

    def __init__(self) -> None:
        self.saved: list[tuple[str, str]] = []
        self.threads: set[int] = set()
        self.full = False

    def save(self, entry: Entry, focus: str) -> None:
        if self.full:
            raise OSError("full")
        self.threads.add(threading.get_ident())
        self.saved.append((entry.text(Field.FIRST_NAME), focus))


def test_the_newest_state_is_saved_once_within_a_second(qtbot: QtBot, worker: Worker) -> None:
    disk = Disk()
    parent = QObject()
    keeper = DraftKeeper(worker, disk.save, lambda _: None, parent)
    for name in ("J", "Ja", "Jan"):
        keeper.changed(ENTRY.with_value(Field.FIRST_NAME, name), Field.FIRST_NAME)
    qtbot.waitUntil(lambda: bool(disk.saved), timeout=1000)
    assert disk.saved == [("Jan", Field.FIRST_NAME)]
    assert threading.get_ident() not in disk.threads


def test_typing_on_does_not_put_off_the_saving(qtbot: QtBot, worker: Worker) -> None:
    disk = Disk()
    parent = QObject()
    keeper = DraftKeeper(worker, disk.save, lambda _: None, parent)
    typed = 0

    def type_on_until_saved() -> bool:
        nonlocal typed
        typed += 1
        keeper.changed(ENTRY.with_value(Field.FIRST_NAME, "x" * typed), Field.FIRST_NAME)
        return bool(disk.saved)

    qtbot.waitUntil(type_on_until_saved, timeout=1000)


def test_flushing_hands_over_at_once(worker: Worker) -> None:
    disk = Disk()
    parent = QObject()
    keeper = DraftKeeper(worker, disk.save, lambda _: None, parent)
    keeper.changed(ENTRY, Field.M2)
    keeper.flush()
    assert worker.stop(5)
    assert disk.saved == [("Jane", Field.M2)]


def test_a_call_that_was_filed_is_not_saved_afterwards(qtbot: QtBot, worker: Worker) -> None:
    disk = Disk()
    parent = QObject()
    keeper = DraftKeeper(worker, disk.save, lambda _: None, parent)
    keeper.changed(ENTRY, Field.M2)
    keeper.forget()
    keeper.flush()
    assert worker.stop(5)
    assert disk.saved == []


def test_a_full_disk_is_told_and_the_next_change_tries_again(qtbot: QtBot, worker: Worker) -> None:
    disk = Disk()
    disk.full = True
    told: list[Exception] = []
    parent = QObject()
    keeper = DraftKeeper(worker, disk.save, told.append, parent)
    keeper.changed(ENTRY, Field.M2)
    keeper.flush()
    qtbot.waitUntil(lambda: len(told) == 1)
    disk.full = False
    keeper.changed(ENTRY, Field.M2)
    keeper.flush()
    qtbot.waitUntil(lambda: bool(disk.saved))
