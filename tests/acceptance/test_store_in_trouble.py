"""A store that cannot take what is typed: the window says so and goes on, and nothing typed is lost once it can."""

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from ptodesk_gui.application.place import Place
from ptodesk_gui.application.practice_place import PracticePlace
from ptodesk_gui.outbox.store import Store
from ptodesk_gui.sop.entry import Field
from ptodesk_gui.sop.progress import PlanState
from tests.acceptance.agent import SAMPLE, Agent

NOT_SAVED = "Not saved"


def kept(place: Place) -> list[dict[str, object]]:
    """The values of every draft on disk, the latest first."""
    with closing(Store(place.store_path)) as store:
        return [dict(draft.payload["values"]) for draft in store.drafts()]  # type: ignore[call-overload]


@pytest.fixture(autouse=True)
def soon_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tried again is tried soon, so that no test waits for it."""
    monkeypatch.setattr("ptodesk_gui.application.drafts.AGAIN_MS", 20)
    monkeypatch.setattr("ptodesk_gui.application.drafts.LATE_MS", 50)
    monkeypatch.setattr("ptodesk_gui.application.backstage.REOPEN_MS", 20)


class Locker:
    """Another program that holds the store until it is told to let go."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._connection.execute("BEGIN IMMEDIATE")

    def let_go(self) -> None:
        self._connection.close()


@pytest.fixture
def lock(place: Place) -> Iterator[Callable[[], Locker]]:
    made: list[Locker] = []

    def take() -> Locker:
        made.append(Locker(place.store_path))
        return made[-1]

    yield take
    for each in made:
        each.let_go()


def test_a_lock_held_for_long_freezes_nothing_is_told_and_costs_no_letter(
    agent: Agent, place: PracticePlace, lock: Callable[[], Locker]
) -> None:
    locked = lock()
    agent.fill(Field.FIRST_NAME, "Jane")
    agent.wait(lambda: NOT_SAVED in agent.shown, "The sign that nothing is saved")
    assert "another program holds the" in agent.strip.lower()
    agent.fill(Field.CITY, "Littleton")
    assert agent.app.call.view is not None
    assert agent.app.call.view.case.address.city == "Littleton", "the window lives"
    locked.let_go()
    agent.wait(lambda: NOT_SAVED not in agent.shown, "The end of the trouble")
    assert kept(place) == [{"homeowner.first_name": "Jane", "address.city": "Littleton"}]


def test_calls_begun_one_after_the_other_under_a_lock_are_all_saved_when_it_goes(
    agent: Agent, place: PracticePlace, lock: Callable[[], Locker]
) -> None:
    locked = lock()
    agent.fill(Field.FIRST_NAME, "Jane")
    agent.wait(lambda: NOT_SAVED in agent.shown, "The sign that nothing is saved")
    agent.chord("Ctrl+N")
    assert agent.strip == "The call of Jane is not on disk yet; leave the window open until it is."
    agent.fill(Field.FIRST_NAME, "John")
    locked.let_go()
    agent.wait(lambda: NOT_SAVED not in agent.shown, "The end of the trouble")
    assert sorted(values["homeowner.first_name"] for values in kept(place)) == ["Jane", "John"]


def test_closing_under_a_lock_waits_for_what_was_typed(
    agent: Agent, place: PracticePlace, lock: Callable[[], Locker]
) -> None:
    locked = lock()
    agent.fill(Field.FIRST_NAME, "Jane")
    agent.app.window.close()
    assert agent.app.window.isVisible()
    locked.let_go()
    agent.wait(lambda: not agent.app.window.isVisible(), "The end of the window")
    assert kept(place) == [{"homeowner.first_name": "Jane"}]


def test_closing_under_a_lock_that_lasts_says_what_would_be_lost_and_leaves_only_when_asked_again(
    agent: Agent, place: PracticePlace, lock: Callable[[], Locker]
) -> None:
    lock()
    agent.fill(Field.FIRST_NAME, "Jane")
    agent.app.window.close()
    agent.wait(lambda: "is lost when the window closes" in agent.strip, "The sentence about the loss")
    assert agent.app.window.isVisible()
    agent.app.window.close()
    assert not agent.app.window.isVisible()


def test_a_store_that_is_damaged_while_it_is_used_is_replaced_by_itself_and_takes_what_is_typed(
    agent: Agent, place: PracticePlace
) -> None:
    agent.fill(Field.FIRST_NAME, "Jane")
    agent.wait(lambda: kept(place) == [{"homeowner.first_name": "Jane"}], "The draft on disk")
    with closing(sqlite3.connect(place.store_path)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = place.store_path.read_bytes()
    place.store_path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    agent.fill(Field.CITY, "Littleton")
    agent.wait(lambda: "has been set aside as" in agent.strip, "The sentence about the damage")
    agent.wait(lambda: NOT_SAVED not in agent.shown, "The end of the trouble")
    assert kept(place) == [{"homeowner.first_name": "Jane", "address.city": "Littleton"}]
    agent.type_call(SAMPLE)
    assert agent.end_and_file().state is PlanState.FILED


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a file that is open")
def test_a_store_that_is_taken_away_while_it_is_used_is_written_again_with_all_that_is_typed(
    agent: Agent, place: PracticePlace
) -> None:
    agent.fill(Field.FIRST_NAME, "Jane")
    agent.wait(lambda: kept(place) == [{"homeowner.first_name": "Jane"}], "The draft on disk")
    for file in place.store_path.parent.glob(f"{place.store_path.name}*"):
        file.unlink()
    agent.fill(Field.CITY, "Littleton")
    agent.wait(lambda: "was taken away while the program was open" in agent.strip, "The sentence about the file")
    assert kept(place) == [{"homeowner.first_name": "Jane", "address.city": "Littleton"}]


@pytest.fixture
def newer(place: PracticePlace) -> Path:
    """A store that was written by a newer version, in the place of this one's."""
    path = place.store_path
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 9999")
        db.execute("CREATE TABLE future (x)")
    return path


def test_with_a_store_that_cannot_be_used_the_call_goes_on_and_all_of_it_can_be_copied(
    newer: Path, agent_without_store: Agent
) -> None:
    agent = agent_without_store
    agent.wait(lambda: "newer version" in agent.strip, "The reason")
    agent.type_call(SAMPLE)
    agent.wait(lambda: NOT_SAVED in agent.shown, "The sign that nothing is saved")
    agent.end_call()
    agent.chord("Ctrl+Return")
    agent.wait(lambda: agent.strip.startswith("Nothing was filed; the call stays as it is."), "The refusal to file")
    assert agent.page == "review"
    agent.chord("Ctrl+Shift+C")
    copied = QGuiApplication.clipboard().text()
    assert all(text in copied for text in SAMPLE.values())


def test_a_window_with_text_that_is_nowhere_else_closes_only_when_asked_twice(
    newer: Path, agent_without_store: Agent
) -> None:
    agent = agent_without_store
    agent.fill(Field.FIRST_NAME, "Jane")
    agent.wait(lambda: NOT_SAVED in agent.shown, "The sign that nothing is saved")
    assert not agent.app.window.close()
    assert "is lost when the window closes" in agent.strip
    assert agent.app.window.close()


def test_a_store_that_can_be_used_again_takes_what_was_typed_and_files_it(
    newer: Path, agent_without_store: Agent, place: PracticePlace
) -> None:
    agent = agent_without_store
    agent.type_call(SAMPLE)
    agent.wait(lambda: NOT_SAVED in agent.shown, "The sign that nothing is saved")
    newer.rename(newer.with_name("put away by IT"))
    agent.wait(lambda: NOT_SAVED not in agent.shown, "The end of the trouble")
    assert kept(place)[0]["homeowner.email"] == "jane@example.com"
    assert agent.end_and_file().state is PlanState.FILED


@pytest.fixture
def agent_without_store(newer: Path, place: PracticePlace, open_window: Callable[..., Agent]) -> Agent:
    """An agent before a window whose store cannot be opened."""
    agent = open_window(place, wait=False)
    agent.wait(lambda: agent.app.call.view is not None, "The procedure")
    return agent
