"""What an earlier version left is taken up whole; what a later version left is refused in a sentence and not touched."""

import json
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

from ptodesk_gui.application.call import entry_from_draft
from ptodesk_gui.outbox.migrations import MIGRATIONS
from ptodesk_gui.outbox.store import Store, StoreError
from ptodesk_gui.sop.entry import Field
from ptodesk_gui.sop.progress import PlanState
from ptodesk_gui.workstation import paths
from ptodesk_gui.workstation.policy import Policy
from ptodesk_gui.workstation.settings import read_settings, write_settings

LEFT = "left-by-0.1.0-85214bb.tar.gz"  # made by that commit's own code, on a computer without a keyring


@pytest.fixture
def left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folders of an agent who used that version: settings, a call that was not ended, one that was not filed yet."""
    with tarfile.open(Path(__file__).with_name(LEFT)) as archive:
        archive.extractall(tmp_path, filter="data")
    monkeypatch.setenv("PTODESK_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("PTODESK_CONFIG_DIR", str(tmp_path / "config"))
    return tmp_path


def opened() -> Store:
    return Store(paths.store_path(), clock=lambda: 1_773_600_000.0, keyring=None, may_set_aside=True)


@pytest.mark.usefixtures("left")
def test_calls_of_the_version_before_are_all_here() -> None:
    store = opened()
    try:
        (draft,) = store.drafts()
        entry = entry_from_draft(draft.call_id, draft.payload)
        assert (entry.agent, entry.values[Field.FIRST_NAME.value], draft.focus) == ("Sample Agent", "Jane", "concern")
        assert entry.values[Field.CONCERN.value] == "Asks when PTO is expected."
        (plan,) = store.all_progress()
        assert plan.state is not PlanState.FILED
        assert "John Roe" in plan.title
        assert len(plan.steps) > 3
        assert store.notice == ""
    finally:
        store.close()
    assert len(opened_and_counted()) == 1, "and at the start after that"


def opened_and_counted() -> tuple[object, ...]:
    store = opened()
    try:
        return store.drafts()
    finally:
        store.close()


def test_settings_of_the_version_before_hold_and_keep_their_comments(left: Path) -> None:
    found = read_settings(environment={}, policy=Policy())
    assert (found.url, found.email, found.agent) == ("https://desk.example", "agent@example.com", "Sample Agent")
    assert found.practice_fresh
    assert found.faults == ()
    write_settings({"agent": "Sample Agent Two"}, policy=Policy())
    assert (left / "config" / "settings.toml").read_text("utf-8").startswith("# the agent's own words\n")


def test_a_store_of_a_later_version_is_refused_in_a_sentence_and_not_touched(left: Path) -> None:
    opened().close()
    file = left / "data" / "outbox.sqlite3"
    with closing(sqlite3.connect(file)) as db:
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = file.read_bytes()
    with pytest.raises(StoreError, match="newer version") as refused:
        opened()
    assert "Start the newer version" in str(refused.value)
    assert file.read_bytes() == before


def test_a_playbook_that_was_kept_by_a_later_version_is_as_if_it_were_not_there(left: Path) -> None:
    """Nothing a later version keeps beside the store stops this one."""
    folder = left / "data" / "playbook"
    folder.mkdir()
    (folder / "newest.json").write_text(json.dumps({"format": 9, "archives": []}), "utf-8")
    from ptodesk_gui.application.playbook_fetch import shelf

    assert shelf().newest() is None
