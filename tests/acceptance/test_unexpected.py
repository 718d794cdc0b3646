"""An error nobody expected, through the real window: typing goes on, nothing is lost or given away, a report can be copied."""

import logging
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ptodesk_gui import __version__
from ptodesk_gui.application.watch import Watch
from ptodesk_gui.outbox.dispatcher import Dispatcher
from ptodesk_gui.sop.entry import Field
from ptodesk_gui.sop.progress import PlanState, StepState
from ptodesk_gui.ui.report import ReportDialog
from ptodesk_gui.workstation import paths
from tests.acceptance.agent import SAMPLE, Agent
from tests.acceptance.test_after_a_crash import kept

WITNESS = "Witnessed"
CALL = {
    **SAMPLE,
    Field.FIRST_NAME: WITNESS,
    Field.LAST_NAME: f"{WITNESS} Doe",
    Field.EMAIL: "witnessed@example.com",
    Field.CITY: f"{WITNESS} City",
    Field.INSTALLER: f"{WITNESS} Roofs",
    Field.REP_FIRST_NAME: WITNESS,
    Field.REP_EMAIL: "witnessed.rep@example.com",
    Field.JOB_URL: "https://witnessed.example/jobs/1",
    Field.CONCERN: f"{WITNESS} asks when PTO is expected.",
}


@pytest.fixture
def watch(agent: Agent) -> Iterator[Watch]:
    """The window is watched, as the program does it."""
    watch = Watch(agent.app.window)
    watch.copy_by(agent.app.clips.copy)
    watch.trace(agent.app.backstage.disk, agent.app.greet)
    agent.wait(lambda: bool(watch._shown.report.strip()), "What runs")
    yield watch
    watch.stop()


def fail(agent: Agent, kind: type[Exception] = ValueError) -> None:
    """Fails with all that was typed in its message and in its locals."""
    typed = dict(agent.app.call.entry.values)
    raise kind(f"cannot read {typed}")


def dialog(agent: Agent) -> ReportDialog | None:
    return next((d for d in agent.app.window.findChildren(ReportDialog) if d.isVisible()), None)


def copied(agent: Agent) -> str:
    """Ask for the report and copy it, by keys alone."""
    agent.chord("Ctrl+Shift+E")
    agent.wait(lambda: dialog(agent) is not None, "The report")
    shown = dialog(agent)
    assert shown is not None
    QGuiApplication.clipboard().setText("copied before")
    QTest.keyClick(shown.focusWidget() or shown, Qt.Key.Key_Return)
    QTest.keyClick(shown.focusWidget() or shown, Qt.Key.Key_Escape)
    agent.wait(lambda: dialog(agent) is None, "The window again")
    agent.app.window.activateWindow()
    agent.wait(agent.app.window.isActiveWindow, "The window")
    report = QGuiApplication.clipboard().text()
    agent.chord("Shift+F2")
    assert QGuiApplication.clipboard().text() == "copied before", "a copy takes nothing away for good"
    return report


def test_typing_goes_on_and_a_report_without_anybodys_data_can_be_copied(
    agent: Agent, watch: Watch, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    agent.type_call(CALL)
    agent.go_to(Field.CONCERN)
    QTimer.singleShot(0, lambda: fail(agent))
    agent.wait(lambda: "Something unexpected went wrong (ValueError)" in agent.strip, "The sentence")
    assert dialog(agent) is None, "it interrupts nobody"
    before = QApplication.focusWidget()
    agent.write(" and more")
    assert QApplication.focusWidget() is before
    agent.wait(lambda: str(kept(folder).get(Field.CONCERN.value)).endswith(" and more"), "The draft on disk")
    report = copied(agent)
    assert f"ptodesk {__version__}, Python 3." in report
    assert "Qt 6" in report
    assert "1 x ValueError" in report
    assert "test_unexpected:" in report
    assert " in fail" in report
    out, err = capfd.readouterr()
    logged = paths.log_path("window").read_text("utf-8")
    assert " in fail" in logged
    for text in (report, logged, out, err):
        assert WITNESS.lower() not in text.lower()
        assert "1 Main St" not in text
    assert agent.end_and_file().state is PlanState.FILED


def test_an_error_that_comes_again_opens_nothing_and_is_counted(agent: Agent, watch: Watch) -> None:
    for _ in range(30):
        QTimer.singleShot(0, lambda: fail(agent))
    agent.wait(lambda: "30 x ValueError" in watch._shown.report, "All of them")
    assert watch._shown.report.count("ValueError") == 1
    assert dialog(agent) is None
    agent.app.window.clear_strip()
    QTimer.singleShot(0, lambda: fail(agent))
    agent.wait(lambda: "31 x ValueError" in watch._shown.report, "One more")
    assert agent.strip == "", "what was read once is not said again"


def test_a_report_that_is_open_takes_up_what_comes_and_typing_goes_on_beside_it(agent: Agent, watch: Watch) -> None:
    agent.chord("Ctrl+Shift+E")
    shown = dialog(agent)
    assert shown is not None
    assert not shown.isModal()
    agent.app.window.activateWindow()
    agent.wait(agent.app.window.isActiveWindow, "The window beside the report")
    QTimer.singleShot(0, lambda: fail(agent))
    agent.wait(lambda: "ValueError" in shown.text, "The error")
    agent.fill(Field.FIRST_NAME, "Jane")
    assert agent.app.call.entry.text(Field.FIRST_NAME) == "Jane"
    shown.close()


def test_an_error_in_any_thread_is_told(agent: Agent, watch: Watch) -> None:
    agent.fill(Field.FIRST_NAME, WITNESS)
    agent.app.backstage.slow.submit(lambda: fail(agent, LookupError))
    agent.app.backstage.drafts(lambda _: fail(agent, ValueError))
    threading.Thread(target=lambda: fail(agent, OSError), name="by itself").start()
    for kind in ("LookupError", "ValueError", "OSError"):
        agent.wait(lambda kind=kind: f"1 x {kind}" in watch._shown.report, kind)
    assert "in the thread by itself" in watch._shown.report
    assert WITNESS not in watch._shown.report


def test_a_filer_that_breaks_goes_on_and_the_error_is_told(
    agent: Agent, watch: Watch, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    turn, broken = Dispatcher.turn, [True, True]

    def breaks(dispatcher: Dispatcher) -> bool:
        if broken:
            broken.pop()
            raise sqlite3.ProgrammingError(f"{WITNESS} jane@example.com")
        return turn(dispatcher)

    monkeypatch.setattr(Dispatcher, "turn", breaks)
    agent.type_call(SAMPLE)
    assert agent.end_and_file().state is PlanState.FILED
    agent.wait(lambda: "sqlite3.ProgrammingError" in watch._shown.report, "The error")
    assert "ptodesk-filer" in watch._shown.report
    assert WITNESS not in watch._shown.report + caplog.text


def test_a_step_that_breaks_the_program_is_told_and_said_to_be_unclear(
    agent: Agent, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ptodesk_gui.desk.jira_desk import JiraDesk

    def breaks(*_: Any) -> None:
        raise KeyError(WITNESS)

    monkeypatch.setattr(JiraDesk, "perform", breaks)
    agent.type_call(SAMPLE)
    agent.end_call()
    agent.chord("Ctrl+Return")
    agent.wait(lambda: "KeyError" in watch._shown.report, "The error")
    assert WITNESS not in watch._shown.report
    (plan,) = agent.plans.values()
    agent.wait(lambda: StepState.UNCLEAR in {s.state for s in agent.plans[plan.plan_id].steps}, "What became of it")


def test_what_the_store_says_is_no_surprise_and_makes_no_report(
    agent: Agent, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ptodesk_gui.outbox.database import StoreError

    def full(*_: object) -> None:
        raise StoreError("The disk is full.", "Make room on it.")

    monkeypatch.setattr("ptodesk_gui.outbox.store.Store.drafts", full)
    agent.app.backstage.drafts(lambda _: None)
    agent.wait(lambda: "The disk is full." in agent.strip, "The sentence")
    assert "StoreError" not in watch._shown.report


def test_without_any_error_there_is_what_runs_to_copy(agent: Agent, watch: Watch) -> None:
    assert copied(agent).startswith(f"ptodesk {__version__}")


def test_a_data_folder_that_cannot_be_written_leaves_the_watch_standing(
    agent: Agent, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("PTODESK_DATA_DIR", str(tmp_path / "file"))
    watch = Watch(agent.app.window)
    watch.trace(agent.app.backstage.disk, agent.app.greet)
    QTimer.singleShot(0, lambda: fail(agent))
    agent.wait(lambda: "ValueError" in agent.strip, "The sentence")
    watch.stop()
    assert logging.getLogger("ptodesk_gui").handlers == []
