"""``ptodesk outbox export``: whatever is only on this computer can be read, from a damaged store as well, and nothing is changed."""

import json
import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ptodesk_gui.desk.desk import Done, Refused
from ptodesk_gui.outbox.filer import Filer
from ptodesk_gui.outbox.store import Store
from ptodesk_gui.sop.entry import Field
from ptodesk_gui.sop.steps import Ticket
from ptodesk_gui.workstation import paths
from tests.console.commands import Run
from tests.outbox.fakes import SITE, FakeDesk, comment, create, queue, remind, whole_call

VALUES = {
    Field.FIRST_NAME.value: "Jané",
    Field.CONCERN.value: "Two lines\nand a {brace}",
    Field.NOTE_PENDING.value: "yes",
    Field.HOMEOWNER_REPLY.value: "homeowner_within",
    "of.a.newer.version": "kept",
}


@pytest.fixture
def store() -> Path:
    """A store with a draft, a call that is filed, one that was refused half-way, and a follow-up; nobody has it open."""
    path = paths.store_path()
    desk = FakeDesk()
    with closing(Store(path)) as store:
        queue(store, create(Ticket.HOMEOWNER), remind("homeowner.create"), call_id="filed")
        filer = Filer(store, {SITE: desk}.get)
        filer.run_until_idle(60)
        desk.faults["homeowner.comment"] = [Refused("The site does not take it.", "Ask IT.")]
        queue(store, *whole_call(), call_id="refused")
        filer.run_until_idle(60)
        filer.stop(5)
        store.save_draft("draft", {"agent": "Dana", "values": VALUES}, Field.CONCERN)
    return path


def exported(run: Run, *arguments: str) -> list[dict[str, Any]]:
    result = run("outbox", "export", "--format", "json", *arguments)
    assert result.exit_code == 0, result.output
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


def test_every_field_that_was_typed_is_there_and_every_step_in_words(run: Run, store: Path) -> None:
    result = run("outbox", "export")
    assert result.exit_code == 0
    text = result.stdout
    for part in (
        "first name: Jané",
        "concern: Two lines\n    and a {brace}",
        "inspection pending: yes",
        "reply to the homeowner, chosen: Within the grace period",
        "of.a.newer.version: kept",
        "agent: Dana",
        "## Call 2: Jane Doe, Sunny Roofs",
        "tickets: homeowner PTO-2, installer PTO-3",
        "1. Create the homeowner ticket (done, PTO-2)",
        "   Title: Homeowner Concern Received – Jane Doe – Sunny Roofs",
        "2. Internal comment in the homeowner ticket (refused, PTO-2)",
        "   The site does not take it. Ask IT.",
        "   Reply to the homeowner: Hello",
        "Link: homeowner is caused by installer (done, PTO-2)",
        "PTO-1: Look again (due ",
    ):
        assert part in text
    assert "## Call 1" not in text, "what is filed is on the site"


def test_the_same_as_json(run: Run, store: Path) -> None:
    (one,) = exported(run)
    assert (one["file"], one["in_use"], one["unreadable"]) == (store.name, True, [])
    (draft,) = one["drafts"]
    assert draft["values"] == VALUES
    assert draft["field"] == "concern"
    (plan,) = one["plans"]
    assert plan["tickets"] == {"homeowner": "PTO-2", "installer": "PTO-3"}
    assert [step["action"] for step in plan["steps"]][:2] == ["create_ticket", "internal_comment"]
    assert plan["steps"][1]["state"] == "refused"
    assert one["follow_ups"][0]["ticket"] == "PTO-1"


def test_it_works_while_the_window_is_open_and_another_writes(run: Run, store: Path) -> None:
    with closing(Store(store)) as window:
        window.save_draft("another", {"values": {"concern": "typed this minute"}}, "concern")
        with window._database.writing():
            assert "typed this minute" in run("outbox", "export").stdout


def test_it_changes_nothing_and_leaves_nothing_behind(run: Run, store: Path) -> None:
    (store.with_name(f"{store.name}.damaged-20260301-101112-0")).write_bytes(store.read_bytes())
    before = {path.name: path.read_bytes() for path in store.parent.iterdir() if path.is_file()}
    assert run("outbox", "export").exit_code == 0
    after = {path.name: path.read_bytes() for path in store.parent.iterdir() if path.is_file()}
    after = {name: content for name, content in after.items() if not name.endswith(("-wal", "-shm"))}
    assert after == before
    assert not [path for path in store.parent.iterdir() if path.is_dir() and path.name.startswith(".")]


def test_without_an_outbox_it_says_so(run: Run) -> None:
    result = run("outbox", "export")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "There is no outbox" in result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has access lists")
def test_a_file_is_for_the_user_alone_and_none_is_written_over(run: Run, store: Path, tmp_path: Path) -> None:
    target = tmp_path / "export.txt"
    before = os.umask(0)
    try:
        result = run("outbox", "export", "--to", str(target))
    finally:
        os.umask(before)
    assert (result.exit_code, result.stdout) == (0, "")
    assert target.stat().st_mode & 0o777 == 0o600
    assert "first name: Jané" in target.read_text("utf-8")
    again = run("outbox", "export", "--to", str(target))
    assert again.exit_code == 2
    assert "There is a file" in again.stderr
    nowhere = run("outbox", "export", "--to", str(tmp_path / "no folder" / "export.txt"))
    assert nowhere.exit_code == 2
    assert "could not be written" in nowhere.stderr


# --- damaged, locked away, old ----------------------------------------------------------------------------------------


def aside(store: Path, content: bytes, kind: str = "damaged") -> Path:
    """Set the content aside in the place of the store."""
    path = store.with_name(f"{store.name}.{kind}-20260301-101112-0")
    path.write_bytes(content)
    store.unlink()
    return path


@pytest.mark.parametrize("bytes_lost", [16, 100])
def test_of_a_store_whose_first_bytes_are_lost_all_is_read(run: Run, store: Path, bytes_lost: int) -> None:
    content = store.read_bytes()
    aside(store, b"\xff" * bytes_lost + content[bytes_lost:])
    (one,) = exported(run)
    assert one["drafts"][0]["values"] == VALUES
    assert len(one["plans"][0]["steps"]) == 7
    assert not one["in_use"]


def test_of_a_store_that_is_damaged_in_its_middle_the_rest_is_read_and_what_is_lost_is_named(run: Run) -> None:
    path = paths.store_path()
    with closing(Store(path)) as store:
        for n in range(60):
            store.save_draft(f"draft-{n:02}", {"values": {"concern": f"call {n} " + "x" * 1500}}, "concern")
        for n in range(30):
            queue(store, create(Ticket.HOMEOWNER), comment(Ticket.HOMEOWNER), call_id=f"call-{n}")
    content = bytearray(path.read_bytes())
    with closing(sqlite3.connect(path)) as db:
        pages = _pages_of(db, "drafts", content)
    for page in pages[len(pages) // 2 :][:1]:
        content[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    aside(path, bytes(content))
    result = run("outbox", "export", "--format", "json")
    assert result.exit_code == 4
    (one,) = json.loads(result.stdout)
    assert one["unreadable"] == ["A part of its calls that were not ended cannot be read."]
    assert 30 < len(one["drafts"]) < 60
    assert len(one["plans"]) == 30
    assert all(len(plan["steps"]) == 2 for plan in one["plans"])
    assert "Not all of it could be read" in result.stderr


def _pages_of(db: sqlite3.Connection, table: str, content: bytes) -> list[int]:
    """The leaf pages of a table without rowids, from its root."""
    (root,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    page = content[(root - 1) * 4096 : root * 4096]
    assert page[0] == 2, "an inner page"
    count = int.from_bytes(page[3:5], "big")
    cells = [int.from_bytes(page[12 + 2 * n : 14 + 2 * n], "big") for n in range(count)]
    return [int.from_bytes(page[cell : cell + 4], "big") for cell in cells]


def test_of_a_call_some_of_whose_steps_cannot_be_opened_the_others_are_read(run: Run, store: Path) -> None:
    with closing(sqlite3.connect(store)) as db:
        db.execute("UPDATE steps SET step = x'01ff' WHERE plan_id = 2 AND position = 3")
        db.execute("UPDATE drafts SET payload = x'01ff'")
        db.commit()
    result = run("outbox", "export", "--format", "json")
    assert result.exit_code == 4
    (one,) = json.loads(result.stdout)
    assert len(one["plans"][0]["steps"]) == 6
    step, draft = sorted(one["unreadable"], key=len)
    assert step == "Call 2: step 4 cannot be read."
    assert draft.startswith("A call that was not ended, saved 20")


@pytest.mark.parametrize("content", [b"not a database at all, but a letter\n" * 300, b"", b"\xff" * 20000])
def test_a_file_that_is_no_store_is_named_and_keeps_no_other_from_being_read(
    run: Run, store: Path, content: bytes
) -> None:
    store.with_name(f"{store.name}.damaged-20260301-101112-0").write_bytes(content)
    result = run("outbox", "export", "--format", "json")
    assert result.exit_code == 4
    whole, broken = json.loads(result.stdout)
    assert len(whole["plans"]) == 1
    assert (broken["plans"], len(broken["unreadable"])) == ([], 1)


def test_what_was_still_in_the_log_beside_a_damaged_store_is_read_as_well(run: Run) -> None:
    path = paths.store_path()
    name = path.with_name(f"{path.name}.damaged-20260301-101112-0")
    with closing(Store(path)) as store:
        store.save_draft("draft", {"values": {"concern": "only in the log"}}, "concern")
        for ending in ("", "-wal"):
            Path(f"{name}{ending}").write_bytes(Path(f"{path}{ending}").read_bytes())
    path.unlink()
    (one,) = exported(run)
    assert one["drafts"][0]["values"] == {"concern": "only in the log"}


def test_a_store_whose_key_is_gone_is_named_with_the_cure(run: Run, store: Path) -> None:
    for key in store.parent.glob("*.key-*"):
        key.unlink()
    result = run("outbox", "export", "--format", "json")
    assert result.exit_code == 4
    (one,) = json.loads(result.stdout)
    assert one["unreadable"][0].startswith("It cannot be opened without its key.")


def test_a_store_from_before_it_was_sealed_is_read(run: Run) -> None:
    from ptodesk_gui.outbox.migrations import MIGRATIONS

    path = paths.store_path()
    name = path.with_name(f"{path.name}.damaged-20260301-101112-0")
    with closing(sqlite3.connect(name)) as db:
        for statements in MIGRATIONS[:2]:
            for statement in statements:
                assert isinstance(statement, str)
                db.execute(statement)
        db.execute("INSERT INTO drafts VALUES ('draft', ?, 'concern', 1.0)", (json.dumps({"values": VALUES}),))
        db.commit()
    (one,) = exported(run)
    assert one["drafts"][0]["values"] == VALUES


def test_what_the_site_left_to_a_person_is_exported_although_all_is_filed(run: Run) -> None:
    desk = FakeDesk()
    desk.left["homeowner.create"] = Done(left_to_do="Set the reporter.")
    with closing(Store(paths.store_path())) as store:
        queue(store, create(Ticket.HOMEOWNER))
        filer = Filer(store, {SITE: desk}.get)
        filer.run_until_idle(60)
        filer.stop(5)
    assert "Set the reporter." in run("outbox", "export").stdout
