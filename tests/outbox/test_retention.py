"""What is over is removed after the days that IT has set, what is not never; and no leap of the clock removes everything at once."""

import os
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ptodesk_gui.desk.desk import Done, Refused
from ptodesk_gui.outbox.retention import DAY, LEAST_GAP, OPENED, counted_gap
from ptodesk_gui.outbox.store import Store
from ptodesk_gui.outbox.upkeep import Upkeep
from ptodesk_gui.sop.steps import Step, Ticket
from tests.outbox.fakes import Workstation, create, queue, remind, reply, whole_call
from tests.outbox.partners import YEAR, Hands

H = Ticket.HOMEOWNER
KEEP = 90


class Desk(Workstation):
    """A workstation that is started every day, and whose clock can be set."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.hands: Hands = Hands()
        self.store, self.filer = self.start()

    def days(self, count: int, *, keep: int = KEEP, every: int = 1) -> None:
        """So many days pass, and the program is started on every one of them, or every so many."""
        while count > 0:
            self.hands.now += min(every, count) * DAY
            self.keep_up(keep)
            count -= every

    def keep_up(self, keep: int = KEEP) -> None:
        run(self.store.upkeep(keep))

    def file(self, call_id: str) -> int:  # type: ignore[override]
        plan_id = queue(self.store, *whole_call(), call_id=call_id)
        self.filer.run_until_idle(600)
        return plan_id

    @property
    def plans(self) -> list[str]:
        return sorted(progress.call_id for progress in self.store.all_progress())

    @property
    def drafts(self) -> list[str]:
        return sorted(draft.call_id for draft in self.store.drafts())

    def rows(self) -> dict[str, int]:
        """How many rows are left of all that a plan has."""
        tables = ("plans", "steps", "follow_ups", "terms", "found_by", "ages", "drafts", "draft_ages", "filed_calls")
        with self.store._database.reading() as db:
            return {table: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}  # noqa: S608


def run(upkeep: Upkeep) -> int:
    """Do all there is to do; in how many pieces."""
    pieces = 1
    while upkeep.step():
        pieces += 1
    return pieces


@pytest.fixture
def desk_machine(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.end()


def test_a_call_that_is_over_goes_after_its_days_and_all_that_it_had(desk_machine: Desk) -> None:
    machine = desk_machine
    machine.file("call-1")
    machine.keep_up()
    machine.days(KEEP - 1)
    assert machine.plans == ["call-1"]
    assert machine.store.past_calls("jane") != ()
    machine.days(1)
    assert set(machine.rows().values()) == {0}
    assert machine.store.past_calls("jane") == ()


def test_each_call_has_an_age_of_its_own(desk_machine: Desk) -> None:
    machine = desk_machine
    machine.file("call-1")
    machine.days(50)
    machine.file("call-2")
    machine.days(45)
    assert machine.plans == ["call-2"]


@pytest.mark.parametrize("keep", [1, 7, 3650])
def test_it_sets_how_many_days(desk_machine: Desk, keep: int) -> None:
    machine = desk_machine
    machine.file("call-1")
    machine.keep_up(keep)
    machine.days(keep - 1, keep=keep, every=LEAST_GAP)
    assert machine.plans == ["call-1"]
    machine.days(1, keep=keep)
    assert machine.plans == []


def test_no_days_at_all_are_not_allowed(desk_machine: Desk) -> None:
    with pytest.raises(ValueError, match="a day at least"):
        desk_machine.store.upkeep(0)


def test_what_is_not_filed_stays_however_old_it_is(desk_machine: Desk) -> None:
    machine = desk_machine
    machine.desk.faults["homeowner.create"] = [Refused("No.", "Mend it.")]
    queue(machine.store, create(H), call_id="refused")
    machine.filer.run_until_idle(60)
    queue(machine.store, create(H), call_id="waiting")
    machine.days(1000, every=20)
    assert machine.plans == ["refused", "waiting"]


def test_a_call_whose_follow_up_is_not_over_stays_and_grows_old_from_its_end_on__H9(desk_machine: Desk) -> None:
    machine = desk_machine
    queue(machine.store, create(H), reply(H), remind("homeowner.create"), call_id="call-1")
    machine.filer.run_until_idle(60)
    machine.days(200, every=20)
    (one,) = machine.store.follow_ups.followups()
    machine.store.follow_ups.answered(one.id)
    machine.days(1)
    machine.days(KEEP - 1, every=20)
    assert machine.plans == ["call-1"]
    machine.days(1)
    assert machine.plans == []


def test_a_call_that_left_something_to_a_person_stays_until_that_is_done(desk_machine: Desk) -> None:
    machine = desk_machine
    machine.desk.left["homeowner.create"] = Done(left_to_do="Set the reporter.")
    plan_id = queue(machine.store, create(H), reply(H), call_id="call-1")
    machine.filer.run_until_idle(60)
    machine.days(200, every=20)
    assert machine.plans == ["call-1"]
    machine.store.tick_off(plan_id, "homeowner.create")
    machine.days(120, every=20)
    assert machine.plans == []


@pytest.mark.parametrize(
    "steps", [(create(H),), (replace(create(H), reporter=None), reply(H))], ids=["no reply", "no reporter"]
)
def test_a_call_that_had_to_leave_something_out_stays_until_that_is_seen_to__M1(
    desk_machine: Desk, steps: tuple[Step, ...]
) -> None:
    machine = desk_machine
    plan_id = queue(machine.store, *steps, call_id="call-1")
    for n in range(OPENED + 5):
        queue(machine.store, create(H), reply(H), call_id=f"whole-{n}")
    machine.filer.run_until_idle(6000)
    machine.days(200, every=20)
    assert machine.plans == ["call-1"]
    machine.store.tick_off(plan_id, "homeowner.create")
    machine.days(120, every=20)
    assert machine.plans == []


def test_a_draft_goes_after_its_days_and_not_while_it_is_typed_on(desk_machine: Desk) -> None:
    machine = desk_machine
    for call_id in ("left", "typed on"):
        machine.store.save_draft(call_id, {"values": {"concern": call_id}}, "concern")
    machine.keep_up()
    for _ in range(9):
        machine.days(10, every=10)
        machine.store.save_draft("typed on", {"values": {"concern": "more"}}, "concern")
    assert machine.drafts == ["typed on"]
    machine.days(KEEP - 10, every=10)
    assert machine.drafts == ["typed on"]
    machine.days(20)
    assert machine.rows()["drafts"] == machine.rows()["draft_ages"] == 0


@pytest.mark.parametrize("leap", [2 * YEAR, 50 * YEAR, -2 * YEAR, -30 * YEAR], ids=lambda leap: f"{leap / YEAR:+.0f} y")
def test_a_clock_that_is_years_wrong_by_accident_removes_nothing_at_once(desk_machine: Desk, leap: float) -> None:
    machine = desk_machine
    machine.store.save_draft("draft", {}, "")
    machine.file("call-1")
    machine.keep_up()
    machine.days(10)
    machine.hands.off = leap
    machine.keep_up()
    machine.days(3)
    machine.hands.off = 0.0
    machine.keep_up()
    machine.days(30)
    assert (machine.plans, machine.drafts) == (["call-1"], ["draft"])
    machine.days(60)
    assert (machine.plans, machine.drafts) == ([], []), "nothing is kept for ever either"


def test_a_clock_that_is_reset_to_its_beginning_at_every_start_still_counts_the_days(desk_machine: Desk) -> None:
    """A computer with an empty battery begins in 2000 and learns the time from the network a little later."""
    machine = desk_machine
    machine.file("call-1")
    machine.keep_up()
    for _ in range(KEEP):
        machine.hands.now += DAY
        machine.hands.off = -25 * YEAR
        machine.keep_up()
        machine.hands.off = 0.0
        machine.keep_up()
    assert machine.plans == []


def test_a_clock_that_goes_back_and_forth_over_midnight_counts_no_day_twice(desk_machine: Desk) -> None:
    machine = desk_machine
    machine.file("call-1")
    machine.hands.off = 7 * 3600.0
    machine.keep_up()
    for _ in range(40):
        machine.hands.now += DAY
        for off in (-7 * 3600.0, 7 * 3600.0, -7 * 3600.0, 7 * 3600.0):
            machine.hands.off = off
            machine.keep_up()
    assert machine.plans == ["call-1"]


def test_after_a_long_absence_a_part_of_it_counts(desk_machine: Desk) -> None:
    machine = desk_machine
    machine.file("call-1")
    machine.keep_up()
    machine.days(80, every=80)
    machine.days(59, every=20)
    assert machine.plans == ["call-1"]
    machine.days(1)
    assert machine.plans == []


@given(st.integers(-10_000, 100_000), st.integers(1, 3650))
@settings(max_examples=200)
def test_no_leap_makes_more_than_a_third_of_the_term_pass_or_three_days(days: int, keep: int) -> None:
    counted = counted_gap(days, keep)
    assert 0 <= counted <= max(days, 0)
    assert counted <= max(LEAST_GAP, keep / 3)
    if 0 <= days <= LEAST_GAP:
        assert counted == days


def test_an_id_is_never_given_twice(desk_machine: Desk) -> None:
    machine = desk_machine
    ids = [machine.file(f"call-{n}") for n in range(3)]
    machine.keep_up()
    machine.days(KEEP)
    assert machine.plans == []
    assert machine.file("call-9") == max(ids) + 1


def test_much_is_removed_in_small_pieces_between_which_others_write(desk_machine: Desk) -> None:
    machine = desk_machine
    for n in range(40):
        queue(machine.store, create(H), reply(H), call_id=f"call-{n}")
    machine.filer.run_until_idle(6000)
    machine.keep_up()
    machine.days(KEEP - 1)
    machine.hands.now += DAY
    upkeep = machine.store.upkeep(KEEP)
    counts = []
    while upkeep.step():
        machine.store.save_draft("call", {}, "")
        counts.append(machine.rows()["plans"])
    assert counts[-1] == 0
    assert all(before - after <= 5 for before, after in pairwise(counts))


def test_what_is_removed_is_overwritten_in_the_file(desk_machine: Desk) -> None:
    machine = desk_machine
    machine.file("call-1")
    machine.keep_up()
    with machine.store._database.reading() as db:
        assert db.execute("PRAGMA secure_delete").fetchone() == (1,)
        (sealed,) = db.execute("SELECT title FROM plans").fetchone()
    machine.days(KEEP)
    folder = machine.path.parent
    assert not any(sealed in path.read_bytes() for path in folder.iterdir() if path.is_file())
    machine.end()
    assert not any(sealed in path.read_bytes() for path in folder.iterdir() if path.is_file())


def test_a_backup_from_before_a_migration_goes_after_the_days_as_well(desk_machine: Desk) -> None:
    machine = desk_machine
    backup = machine.path.with_name(f"{machine.path.name}.v3.backup")
    backup.write_bytes(b"as it was")
    os.utime(backup, (machine.hands.now, machine.hands.now))
    machine.days(KEEP, every=30)
    assert backup.exists()
    machine.days(1)
    assert not backup.exists()


def test_the_upkeep_has_nothing_to_do_a_second_time_on_the_same_day(desk_machine: Desk) -> None:
    machine = desk_machine
    machine.file("call-1")
    upkeep = machine.store.upkeep(KEEP)
    assert run(upkeep) > 1
    assert run(upkeep) == 1
    machine.hands.now += DAY
    assert run(upkeep) > 1


def test_drafts_come_back_in_the_order_in_which_they_were_saved_whatever_the_clock_said(desk_machine: Desk) -> None:
    machine = desk_machine
    for n, off in enumerate((0.0, -YEAR, 3 * YEAR, -5.0)):
        machine.hands.off = off
        machine.store.save_draft(f"call-{n}", {}, "")
    assert [draft.call_id for draft in machine.store.drafts()] == ["call-3", "call-2", "call-1", "call-0"]
    machine.store.save_draft("call-1", {}, "")
    assert machine.store.drafts()[0].call_id == "call-1"


def test_a_store_of_the_version_before_keeps_the_order_of_its_drafts(tmp_path: Path) -> None:
    from ptodesk_gui.outbox.database import Database
    from ptodesk_gui.outbox.migrations import MIGRATIONS

    path = tmp_path / "outbox.db"
    old = Database(path, MIGRATIONS[:3])
    with old.writing() as db:
        for n in (3, 1, 2):
            payload = db.seal.sealed("drafts.payload", f"call-{n}", "{}")
            db.execute("INSERT INTO drafts VALUES (?, ?, '', ?)", (f"call-{n}", payload, float(n)))
    old.close()
    store = Store(path)
    assert [draft.call_id for draft in store.drafts()] == ["call-3", "call-2", "call-1"]
    store.close()
