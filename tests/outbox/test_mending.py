"""One damaged value costs no other call: the store goes on without its call, keeps a copy of the whole, and says so."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ptodesk_gui.outbox.filer import Filer
from ptodesk_gui.outbox.keys import Keys
from ptodesk_gui.outbox.sealing import Seal, UnsealError
from ptodesk_gui.outbox.store import Store, StoreError
from tests.outbox.fakes import SITE, FakeDesk, queue, whole_call

BROKEN = {
    "a draft": "UPDATE drafts SET payload = CAST(payload || x'00' AS BLOB) WHERE call_id = 'broken'",
    "a plan": "UPDATE plans SET title = x'01' WHERE call_id = 'broken'",
    "a step": "UPDATE steps SET step = x'01' WHERE plan_id = (SELECT plan_id FROM plans WHERE call_id = 'broken')",
    "its reason": "UPDATE steps SET reason = 'x' WHERE plan_id = (SELECT plan_id FROM plans WHERE call_id = 'broken')",
}


def damaged(path: Path, what: str, *, filed: bool = False) -> None:
    """A store with two calls that are not filed, or are, and two drafts, of which one is broken."""
    with closing(Store(path)) as store:
        queue(store, *whole_call(), call_id="well")
        if what == "a draft":
            store.save_draft("broken", {}, "")
        else:
            queue(store, *whole_call(), call_id="broken")
        store.save_draft("draft", {"n": 1}, "")
        if filed:
            filer = Filer(store, {SITE: FakeDesk()}.get)
            filer.run_until_idle(60)
            filer.stop(0)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(BROKEN[what])


def shown(store: Store) -> tuple[set[str], list[str]]:
    """As the window asks for it at its start."""
    return {progress.call_id for progress in store.all_progress()}, [draft.call_id for draft in store.drafts()]


@pytest.mark.parametrize("filed", [False, True], ids=["not filed", "filed"])
@pytest.mark.parametrize("what", BROKEN)
def test_a_damaged_value_takes_its_call_out_and_leaves_all_others(tmp_path: Path, what: str, filed: bool) -> None:
    path = tmp_path / "outbox.db"
    damaged(path, what, filed=filed)
    with closing(Store(path)) as store, pytest.raises(StoreError, match="damaged") as caught:
        shown(store)
    assert caught.value.damaged
    with closing(Store(path)) as store:
        assert shown(store) == ({"well"}, ["draft"])
        (kept,) = tmp_path.glob("*.damaged-*")
        assert "1 call in the outbox cannot be read any more, and the outbox goes on without. " in store.notice
        assert kept.name in store.notice
        assert kept.stat().st_mode & 0o777 == 0o600
        new = queue(store, *whole_call(), call_id="new")
        assert new == 3 if what != "a draft" else 2  # an id is never given twice
    with closing(sqlite3.connect(kept)) as db:
        assert db.execute("SELECT count(*) FROM plans").fetchone() == (1 if what == "a draft" else 2,)
    with closing(Store(path)) as store:
        assert store.notice == ""


def test_what_can_be_read_of_the_copy_is_read_with_the_stores_key(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    damaged(path, "a plan")
    with closing(Store(path)) as store, pytest.raises(StoreError):
        shown(store)
    Store(path).close()
    (kept,) = tmp_path.glob("*.damaged-*")
    with closing(sqlite3.connect(kept)) as db:
        (name,) = db.execute("SELECT id FROM store").fetchone()
        ((row, step),) = db.execute("SELECT step_key, step FROM steps WHERE plan_id = 2 AND position = 0")
    key = Keys(path).find(name)
    assert isinstance(key, bytes)
    assert "Jane Doe" in Seal(name, key).opened("steps.step", row, step)


def test_a_store_that_is_suspected_and_well_goes_on_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    with closing(Store(path)) as store:
        queue(store, *whole_call())
    (tmp_path / "outbox.db.suspect").write_text(
        "steps.step\tno such key\nplans.title\tno such call\nfollow_ups.text\t7/x\n"
    )
    with closing(Store(path)) as store:
        assert (store.notice, len(store.all_progress())) == ("", 1)
    assert sorted(file.name for file in tmp_path.glob("*.suspect")) == []


def test_where_a_value_did_not_open_is_named() -> None:
    with pytest.raises(UnsealError) as caught:
        Seal("store", bytes(32)).opened("plans.title", "call-1", b"\x01")
    assert (caught.value.place, caught.value.row) == ("plans.title", "call-1")
