"""What is typed is on disk soon after every change, whatever keeps the disk from taking it, and the UI thread never writes it."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ptodesk_gui.application.call import Standing
from ptodesk_gui.application.drafts import LATE, DraftKeeper
from ptodesk_gui.application.worker import Worker
from ptodesk_gui.sop.entry import Entry, Field

ENTRY = Entry("call-1").with_value(Field.FIRST_NAME, "Jane")
OTHER = Entry("call-2").with_value(Field.FIRST_NAME, "John")


@pytest.fixture
def worker(qtbot: QtBot) -> Iterator[Worker]:
    worker = Worker("test")
    yield worker
    assert worker.stop(5)


@pytest.fixture
def parent() -> QObject:
    """Owns the keeper until all that its worker has to tell is told."""
    return QObject()


class Disk:
    """Remembers what was saved and on which thread; fails as long as it is full."""

    def __init__(self) -> None:
        self.saved: list[tuple[str, str]] = []
        self.held: list[bool] = []
        self.threads: set[int] = set()
        self.full = False
        self.tries = 0
        self.free = threading.Event()
        self.free.set()

    def save(self, call: Standing, held: bool) -> None:
        self.tries += 1
        assert self.free.wait(60)
        if self.full:
            raise OSError("full")
        self.threads.add(threading.get_ident())
        self.saved.append((call.entry.text(Field.FIRST_NAME), call.focus))
        self.held.append(held)


def test_the_newest_state_is_saved_once_within_a_second(qtbot: QtBot, worker: Worker, parent: QObject) -> None:
    disk = Disk()
    keeper = DraftKeeper(worker, disk.save, parent)
    for name in ("J", "Ja", "Jan"):
        keeper.changed(Standing(ENTRY.with_value(Field.FIRST_NAME, name), Field.FIRST_NAME))
    qtbot.waitUntil(lambda: bool(disk.saved), timeout=20_000)
    assert disk.saved == [("Jan", Field.FIRST_NAME)]
    assert threading.get_ident() not in disk.threads


def test_typing_on_does_not_put_off_the_saving(qtbot: QtBot, worker: Worker, parent: QObject) -> None:
    disk = Disk()
    keeper = DraftKeeper(worker, disk.save, parent)
    typed = 0

    def type_on_until_saved() -> bool:
        nonlocal typed
        typed += 1
        keeper.changed(Standing(ENTRY.with_value(Field.FIRST_NAME, "x" * typed), Field.FIRST_NAME))
        return bool(disk.saved)

    qtbot.waitUntil(type_on_until_saved, timeout=20_000)


def test_flushing_hands_over_at_once(worker: Worker, parent: QObject) -> None:
    disk = Disk()
    keeper = DraftKeeper(worker, disk.save, parent)
    keeper.changed(Standing(ENTRY, Field.M2))
    keeper.flush()
    assert worker.stop(5)
    assert disk.saved == [("Jane", Field.M2)]


def test_a_call_that_was_thrown_away_is_not_saved_afterwards(qtbot: QtBot, worker: Worker, parent: QObject) -> None:
    disk = Disk()
    keeper = DraftKeeper(worker, disk.save, parent)
    keeper.changed(Standing(ENTRY, Field.M2))
    keeper.changed(Standing(OTHER, Field.CITY))
    keeper.forget(ENTRY.call_id)
    keeper.flush()
    assert worker.stop(5)
    assert disk.saved == [("John", Field.CITY)]


def test_what_a_full_disk_did_not_take_is_told_and_saved_by_itself_as_soon_as_there_is_room(
    qtbot: QtBot, worker: Worker, monkeypatch: pytest.MonkeyPatch, parent: QObject
) -> None:
    monkeypatch.setattr("ptodesk_gui.application.drafts.AGAIN_MS", 10)
    disk = Disk()
    disk.full = True
    told: list[str] = []
    keeper = DraftKeeper(worker, disk.save, parent)
    keeper.trouble.connect(told.append)
    keeper.changed(Standing(ENTRY, Field.M2))
    keeper.flush()
    qtbot.waitUntil(lambda: disk.tries > 3)
    assert len(told) == 1, "said once"
    assert keeper.why == told[0]
    disk.full = False
    qtbot.waitUntil(lambda: keeper.why == "")
    assert disk.saved == [("Jane", Field.M2)]
    assert told[1:] == [""]


def test_calls_that_were_left_for_others_are_saved_with_them_once_the_disk_is_back(
    qtbot: QtBot, worker: Worker, monkeypatch: pytest.MonkeyPatch, parent: QObject
) -> None:
    monkeypatch.setattr("ptodesk_gui.application.drafts.AGAIN_MS", 10)
    disk = Disk()
    disk.full = True
    keeper = DraftKeeper(worker, disk.save, parent)
    keeper.changed(Standing(ENTRY, Field.M2))
    keeper.flush()
    keeper.changed(Standing(OTHER, Field.CITY))
    keeper.flush()
    qtbot.waitUntil(lambda: disk.tries > 3)
    disk.full = False
    qtbot.waitUntil(lambda: keeper.why == "")
    assert {name for name, _ in disk.saved} == {"Jane", "John"}


def test_a_disk_that_answers_late_is_told_and_gets_only_the_newest_of_what_was_typed_meanwhile(
    qtbot: QtBot, worker: Worker, monkeypatch: pytest.MonkeyPatch, parent: QObject
) -> None:
    monkeypatch.setattr("ptodesk_gui.application.drafts.LATE_MS", 10)
    disk = Disk()
    disk.free.clear()
    keeper = DraftKeeper(worker, disk.save, parent)
    keeper.changed(Standing(ENTRY, Field.M2))
    keeper.flush()
    qtbot.waitUntil(lambda: disk.tries == 1)
    qtbot.waitUntil(lambda: keeper.why == LATE)
    for name in ("Jan", "Janet", "Janette"):
        keeper.changed(Standing(ENTRY.with_value(Field.FIRST_NAME, name), Field.M2))
        keeper.flush()
    disk.free.set()
    qtbot.waitUntil(lambda: keeper.why == "")
    assert [name for name, _ in disk.saved] == ["Jane", "Janette"]


def test_what_changed_while_it_was_being_saved_is_saved_as_well(qtbot: QtBot, worker: Worker, parent: QObject) -> None:
    disk = Disk()
    disk.free.clear()
    keeper = DraftKeeper(worker, disk.save, parent)
    keeper.changed(Standing(ENTRY, Field.M2))
    keeper.flush()
    qtbot.waitUntil(lambda: disk.tries == 1)
    keeper.changed(Standing(OTHER, Field.CITY))
    disk.free.set()
    qtbot.waitUntil(lambda: ("John", Field.CITY) in disk.saved)


def test_a_call_left_for_another_is_kept_at_once_and_as_such(qtbot: QtBot, worker: Worker, parent: QObject) -> None:
    disk = Disk()
    keeper = DraftKeeper(worker, disk.save, parent)
    keeper.changed(Standing(ENTRY, Field.FIRST_NAME))
    keeper.hold(Standing(ENTRY, Field.ZIP))
    qtbot.waitUntil(lambda: bool(disk.saved))
    assert (disk.saved, disk.held) == ([("Jane", Field.ZIP)], [True])
