"""A filed call is in the agent's own figures, in the window and on the console, and nothing of the homeowner is."""

from pathlib import Path

from click.testing import CliRunner

from ptodesk_gui.application.practice_place import PracticePlace
from ptodesk_gui.console.ledger_cmd import ledger
from ptodesk_gui.ui.ledger import LedgerPage
from ptodesk_gui.ui.outbox.words import TAKE_BACK_KEY
from ptodesk_gui.workstation import paths
from ptodesk_gui.workstation.ledger_file import NAME, LedgerFile
from tests.acceptance.agent import SAMPLE, Agent
from tests.acceptance.conftest import OpenWindow

HEAD = "day,call_seconds,review_seconds,wrap_up_seconds,desk_seconds,corrections"


def test_a_filed_call_is_in_the_figures_without_a_word_of_it(open_window: OpenWindow, tmp_path: Path) -> None:
    place = PracticePlace(paths.practice_dir())
    agent: Agent = open_window(place)
    agent.type_call(SAMPLE)
    agent.end_call()
    agent.chord("Escape")
    agent.wait(lambda: agent.page == "call", "The call")
    agent.end_and_file()
    file = LedgerFile(paths.practice_dir())
    agent.wait(lambda: any(row.desk is not None for row in file.rows()), "How long the desk took")
    (row,) = file.rows()
    assert row.corrections == 1
    assert row.call > 0

    agent.chord("Ctrl+Shift+L")
    (page,) = agent.app.window.findChildren(LedgerPage)
    agent.wait(lambda: page.table.rowCount() == 1, "The figures")
    assert page.summary.startswith("1 call in the last 14 days.")
    assert page.table.item(0, 6).text() == "1"
    assert page.chart.accessibleDescription().startswith("3/14: ")
    page.save_requested.emit(str(tmp_path / "figures.csv"))
    agent.wait(lambda: agent.strip == "Saved: figures.csv.", "The saved file")

    shown = CliRunner().invoke(ledger, ["--csv", "--practice"])
    assert shown.exit_code == 0
    assert shown.output.splitlines()[0] == HEAD
    assert (tmp_path / "figures.csv").read_text("utf-8").splitlines() == shown.output.splitlines()
    assert CliRunner().invoke(ledger, ["--practice"]).exit_code == 0
    kept = (paths.practice_dir() / NAME).read_bytes() + shown.output.encode()
    call_id = agent.app.call.entry.call_id
    for witness in (*(value for value in SAMPLE.values() if len(value) > 2), call_id, "PTO-"):
        assert witness.encode() not in kept, witness
    agent.chord("Escape")
    assert agent.page == "receipt"


def test_a_call_that_is_taken_back_counts_only_if_it_is_filed_after_all(open_window: OpenWindow) -> None:
    agent: Agent = open_window(PracticePlace(paths.practice_dir()), countdown=30)
    file = LedgerFile(paths.practice_dir())
    agent.type_call(SAMPLE)
    agent.end_call()
    agent.chord("Ctrl+Return")
    agent.wait(lambda: agent.page == "receipt", "The receipt")
    agent.wait(lambda: len(file.rows()) == 1, "The figures of the call")
    agent.chord(TAKE_BACK_KEY)
    agent.wait(lambda: agent.page == "review", "The call again")
    agent.wait(lambda: not file.rows(), "The figures without it")

    agent.chord("Ctrl+Return")
    agent.wait(lambda: len(file.rows()) == 1, "Filed after all, it counts once")
    (row,) = file.rows()
    assert row.corrections == 1
