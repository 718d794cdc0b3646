"""The program is killed at every write, or a second one runs beside it: a follow-up fires once and is never lost (H9, H10)."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from ptodesk_gui.desk.desk import Later, Refused
from ptodesk_gui.outbox.database import Database
from ptodesk_gui.outbox.filer import OTHER_PROGRAM
from ptodesk_gui.outbox.migrations import MIGRATIONS
from ptodesk_gui.outbox.store import Store
from ptodesk_gui.sop.progress import FollowUpState, PlanState
from tests.outbox.fakes import Killed, Power, queue
from tests.outbox.partners import DAY, HOUR, KEY, Office, h7, h9, h10, only


@pytest.fixture
def power(monkeypatch: pytest.MonkeyPatch) -> Power:
    return Power(monkeypatch)


def live(office: Office, power: Power, write: int, after: bool, plan: object) -> bool:
    """File, wait three days, with the power failing at one write; whether it failed at all."""
    power.left, power.after = write, after
    failed = False
    end = office.hands.now + 3 * DAY
    while True:
        try:
            store, filer = office.start()
            with store._database.reading() as db:
                db.execute("PRAGMA synchronous = OFF")  # the program dies here, not the machine: saves 1,000 waits
            queue(store, *plan())  # type: ignore[operator]
            while office.hands.now < end:
                filer.run_until_idle(HOUR)
                office.pass_time(2 * HOUR)
            return failed
        except Killed:
            failed = True
            power.left = None
            office.end()


FAULTS = {
    "none": [],
    "lost before": ["lost before"],
    "lost after": ["lost after"],
    "later": [Later("Busy.", after=600)],
}


@pytest.mark.parametrize("after", [False, True], ids=["before the commit", "after the commit"])
@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_write_the_power_fails_at_it_is_closed_exactly_once__H10(
    tmp_path: Path, power: Power, fault: str, after: bool
) -> None:
    write, failed = 0, True
    while failed:
        office = Office(tmp_path / str(write))
        office.partner.faults["source.remind.close"] = list(FAULTS[fault])
        try:
            failed = live(office, power, write, after, h10)
            (store, filer) = office._running[-1]
            assert only(filer).state is FollowUpState.CLOSED
            assert (office.partner.closings, office.partner.acts.count("source.reply")) == (1, 1)
            assert filer.progress(1).state is PlanState.FILED
            assert len(store.reminders()) == 1
        finally:
            power.left = None
            office.end()
        write += 1
    assert write > 6  # queued, sent, answered, noted, looked at, sent, answered


@pytest.mark.parametrize("after", [False, True], ids=["before the commit", "after the commit"])
@pytest.mark.parametrize("plan", [h7, h9])
def test_whatever_write_the_power_fails_at_it_is_shown_and_never_closed__H7_H9(
    tmp_path: Path, power: Power, plan: object, after: bool
) -> None:
    write, failed = 0, True
    while failed:
        office = Office(tmp_path / str(write))
        try:
            failed = live(office, power, write, after, plan)
            (store, filer) = office._running[-1]
            assert only(filer).state is (FollowUpState.WAITING if plan is h7 else FollowUpState.DUE)
            assert (office.partner.closings, len(store.reminders())) == (0, 1)
        finally:
            power.left = None
            office.end()
        write += 1
    assert write > 3


def test_a_program_that_dies_while_it_looks_looks_again__H10(office: Office) -> None:
    filer = office.filed(*h10())
    office.partner.look_faults = ["killed"]
    office.pass_time(DAY)
    with pytest.raises(Killed):
        filer.run_until_idle(HOUR)
    filer = office.restarted()
    assert only(filer).state is FollowUpState.WAITING
    assert filer.run_until_idle(HOUR)
    assert (only(filer).state, office.partner.closings) == (FollowUpState.CLOSED, 1)


@pytest.mark.parametrize("fault", ["killed before", "killed after"])
def test_a_program_that_dies_while_it_closes_finds_out_and_closes_once__H10(office: Office, fault: str) -> None:
    filer = office.filed(*h10())
    office.partner.faults["source.remind.close"] = [fault]
    office.pass_time(DAY)
    with pytest.raises(Killed):
        filer.run_until_idle(HOUR)
    office.pass_time(3 * DAY)
    filer = office.restarted()
    assert filer.run_until_idle(HOUR)
    assert (only(filer).state, office.partner.closings) == (FollowUpState.CLOSED, 1)


def test_a_closing_that_was_queued_long_ago_is_not_sent_before_another_look__H10(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program ends between the look and the closing; the partner answers while it is off."""
    filer = office.filed(*h10())
    office.pass_time(DAY)
    with monkeypatch.context() as patch:
        patch.setattr(filer._dispatcher, "turn", lambda: False)
        filer._step()
    assert only(filer).state is FollowUpState.CLOSING
    office.end()
    office.partner.answer()
    office.pass_time(2 * DAY)
    filer = office.start()[1]
    filer._dispatcher.turn()  # even when it is the first to come across it
    assert office.partner.closings == 0
    assert filer.run_until_idle(HOUR)
    assert (only(filer).state, office.partner.closings) == (FollowUpState.ANSWERED, 0)
    assert (filer.progress(1).state, len(filer.progress(1).steps)) == (PlanState.FILED, 2)


@pytest.mark.parametrize(
    ("act", "state"),
    [
        (lambda office, filer: None, FollowUpState.WAITING),
        (lambda office, filer: office.pass_time(DAY), FollowUpState.DUE),
        (lambda office, filer: filer.follow_ups.answered(1), FollowUpState.KEPT),
        (lambda office, filer: filer.follow_ups.close_now(1), FollowUpState.CLOSED),
        (
            lambda office, filer: (office.pass_time(1), office.partner.answer(), office.pass_time(DAY)),
            FollowUpState.ANSWERED,
        ),
    ],
)
def test_every_state_survives_a_restart__H9(office: Office, act: object, state: FollowUpState) -> None:
    filer = office.filed(*h9())
    act(office, filer)  # type: ignore[operator]
    filer.run_until_idle(HOUR)
    before = only(filer)
    assert before.state is state
    assert only(office.restarted()) == before


def test_a_refused_closing_survives_a_restart__H10(office: Office) -> None:
    filer = office.filed(*h10())
    office.partner.faults["source.remind.close"] = [Refused("No.", "Ask.")]
    office.pass_time(DAY)
    filer.run_until_idle(HOUR)
    filer = office.restarted()
    assert (only(filer).state, only(filer).reason, only(filer).cure) == (FollowUpState.CLOSING, "No.", "Ask.")


# --- two programs -----------------------------------------------------------------------------------------------------


def test_while_another_program_files_nothing_is_looked_at_or_closed__H10(office: Office) -> None:
    first = office.filed(*h10())
    _, second = office.start()
    office.pass_time(DAY)
    assert second.run_until_idle(5)
    assert second.notice == OTHER_PROGRAM
    assert (office.partner.looked_at, only(second).state) == ([], FollowUpState.WAITING)
    first.stop(0)
    assert second.run_until_idle(HOUR)
    assert (only(second).state, office.partner.closings) == (FollowUpState.CLOSED, 1)


def test_what_a_person_says_in_one_program_is_done_by_the_one_that_files__H9(office: Office) -> None:
    first = office.filed(*h9())
    _, second = office.start()
    second.follow_ups.close_now(1)
    second.run_until_idle(1)
    assert office.partner.closings == 0
    assert first.run_until_idle(HOUR)
    office.follow_ups.clear()
    second.run_until_idle(1)
    assert [one.state for one in office.follow_ups[-1]] == [FollowUpState.CLOSED]
    assert office.partner.closings == 1


CHILD = """
import sys
from pathlib import Path
from tests.outbox.fakes import SITE
from tests.outbox.partners import KEY, Office

office = Office(Path(sys.argv[1]))
office.hands.now = float(sys.argv[2])
partner = office.partner
partner._act = lambda step, target: open(sys.argv[3], "a").write(step.id + chr(10)) and type(partner)._act(partner, step, target)
store, filer = office.start()
(row,) = store.reminders()
partner.replied[row.reply_key] = row.created
print("ready", flush=True)
sys.stdin.readline()
for _ in range(200):
    filer.run_until_idle(60)
office.end()
"""


def test_two_processes_close_it_once__H10(office: Office, tmp_path: Path, project_dir: Path) -> None:
    office.filed(*h10())
    office.end()
    acts = tmp_path / "acts"
    command = [sys.executable, "-c", CHILD, str(tmp_path), str(office.hands.now + DAY), str(acts)]
    children = [
        subprocess.Popen(command, cwd=project_dir, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
    for child in children:
        child.communicate("\n", timeout=60)
    assert [child.returncode for child in children] == [0, 0]
    assert acts.read_text().split() == ["source.remind.close"]
    assert only(office.start()[1]).state is FollowUpState.CLOSED


# --- a file of before -------------------------------------------------------------------------------------------------


def test_a_reminder_of_an_older_version_is_still_there__H9_H10(tmp_path: Path) -> None:
    path = tmp_path / "data" / "outbox.db"
    office = Office(tmp_path)
    try:
        now = office.hands.clock()
        database = Database(path, MIGRATIONS[:1])
        with database.writing() as db:
            db.execute(
                "INSERT INTO plans VALUES (1, 'c', ?, 'Jane Doe', '{}', ?, 0, NULL)", (next(iter(office.desks)), now)
            )
            step = (
                '{"id": "source.remind", "action": "remind", "rules": ["H10"], "needs": [], "ticket": "source",'
                ' "key": "EBH-1", "after_hours": 24, "text": "Look.", "then": "close"}'
            )
            reply = '{"id": "source.reply", "action": "public_reply", "rules": [], "needs": [], "ticket": "source", "key": "EBH-1", "reply": "own", "body": "Hello"}'
            for position, (id_, text, key) in enumerate((("source.reply", reply, "k1"), ("source.remind", step, "k2"))):
                values = (
                    1,
                    position,
                    id_,
                    text,
                    key,
                    "done",
                    KEY,
                    "",
                    "",
                    "",
                    "",
                    0,
                    1,
                    0,
                    now,
                    now,
                    None,
                    now,
                    "step",
                    0,
                )
                db.execute(f"INSERT INTO steps VALUES ({', '.join('?' * len(values))})", values)  # noqa: S608
            db.execute("INSERT INTO reminders VALUES (1, 'source.remind', ?, ?, 'Look.', 'close')", (KEY, now + DAY))
        database.close()
        office.partner.replied["k1"] = now
        store, filer = office.start()
        one = only(filer)
        assert (one.ticket, one.text, one.due, one.closes_itself, one.closing) == (KEY, "Look.", now + DAY, True, "")
        office.pass_time(DAY)
        assert filer.run_until_idle(HOUR)
        assert (only(filer).state, only(filer).for_person) == (FollowUpState.DUE, True)
        assert store.reminders()[0].reply_key == "k1"
    finally:
        office.end()


def test_a_store_without_follow_ups_has_none(tmp_path: Path) -> None:
    with closing(Store(tmp_path / "outbox.db")) as store:
        assert store.follow_ups.followups() == store.reminders() == ()
