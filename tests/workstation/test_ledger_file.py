"""The ledger's file: a line for each call, forgotten in time; one that cannot be read or written costs nothing else."""

from datetime import date
from pathlib import Path

from ptodesk_gui.sop.ledger import LedgerRow
from ptodesk_gui.workstation.ledger_file import NAME, LedgerFile

ROW = LedgerRow(date(2026, 3, 14), 60.5, 5.0, 20.0, None, 1)
OLD = LedgerRow(date(2025, 12, 1), 1.0, 1.0, 1.0, 1.0, 0)


def test_what_was_written_down_is_there_and_the_desk_is_added_later(tmp_path: Path) -> None:
    LedgerFile(tmp_path).add("call-1", ROW)
    LedgerFile(tmp_path).add("call-1", ROW)
    LedgerFile(tmp_path).set_desk("call-1", 3.5)
    LedgerFile(tmp_path).set_desk("call-2", 9.0)
    (found,) = LedgerFile(tmp_path).rows()
    assert (found.day, found.call, found.desk, found.corrections) == (ROW.day, 60.5, 3.5, 1)


def test_what_is_older_than_the_term_is_forgotten(tmp_path: Path) -> None:
    ledger = LedgerFile(tmp_path)
    ledger.remove_before(date(2026, 1, 1))
    assert not (tmp_path / NAME).exists()
    for call_id, row in (("old", OLD), ("new", ROW)):
        ledger.add(call_id, row)
    ledger.remove_before(date(2026, 1, 1))
    assert ledger.rows() == (ROW,)


def test_the_file_leads_to_no_call_of_the_outbox(tmp_path: Path) -> None:
    LedgerFile(tmp_path).add("5e1f-witness", ROW)
    assert b"5e1f-witness" not in (tmp_path / NAME).read_bytes()


def test_a_file_that_is_none_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"no database, " * 500)
    ledger = LedgerFile(tmp_path)
    assert ledger.rows() == ()
    ledger.add("call-1", ROW)
    assert ledger.rows() == (ROW,)


def test_a_folder_that_is_not_there_costs_nothing(tmp_path: Path) -> None:
    ledger = LedgerFile(tmp_path / "gone")
    ledger.add("call-1", ROW)
    assert ledger.rows() == ()
