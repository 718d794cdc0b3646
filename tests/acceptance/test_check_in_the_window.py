"""The check of this computer, in the window and in the console: all that support asks for, and nothing of anybody."""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton

from ptodesk_gui.application.real_place import RealPlace
from ptodesk_gui.console.main import cli
from ptodesk_gui.practice import PracticeDesk
from ptodesk_gui.sop.entry import Field
from ptodesk_gui.ui.settings.check_dialog import CheckDialog
from ptodesk_gui.workstation import policy
from ptodesk_gui.workstation.credentials import Credentials
from ptodesk_gui.workstation.settings import write_settings
from tests.acceptance.agent import SAMPLE, Agent
from tests.acceptance.conftest import OpenWindow

MARK = "qzwitness"
LINES = (
    "Program",
    "Computer",
    "Display",
    "Policy",
    "In use",
    "Keyring",
    "Outbox",
    "In the outbox",
    "Disk",
    "Logs",
    "Playbook",
    "Clock",
)


@pytest.fixture
def site(folder: Path) -> Iterator[PracticeDesk]:
    with PracticeDesk(folder) as served:
        yield served


@pytest.fixture
def planted(open_window: OpenWindow, site: PracticeDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Agent:
    """A window with witnesses wherever something of somebody stands: the call, the settings, the policy, the home folder."""
    file = tmp_path / "policy.toml"
    source = f"https://files.example/playbook.zip?sig={MARK}"
    file.write_text(f'[locked]\nproxy = "none"\ntoken = "{MARK}"\n[playbook]\nsource = "{source}"\n', "utf-8")
    monkeypatch.setattr(policy, "policy_path", lambda: file)
    home = Path(os.environ["HOME"]) / MARK
    home.mkdir()
    for name, folder in {
        "HOME": home,
        "PTODESK_DATA_DIR": home / "data",
        "PTODESK_CONFIG_DIR": home / "config",
    }.items():
        monkeypatch.setenv(name, str(folder))
    write_settings({"url": site.url, "email": f"{MARK}@example.com", "agent": f"{MARK} Reyes"})
    credentials = Credentials()
    credentials.keep(f"{MARK}@example.com", f"{MARK}-token")
    agent = open_window(RealPlace(credentials))
    assert agent.app.settling is not None
    agent.app.settling.dialog.close()
    agent.type_call({**SAMPLE, Field.FIRST_NAME: MARK, Field.EMAIL: f"{MARK}.h@example.com"})
    agent.app.calling.drafts.flush()
    return agent


def test_one_button_says_everything_and_one_more_copies_it(planted: Agent) -> None:
    assert planted.app.settling is not None
    settings = planted.app.settling.dialog
    planted.app.settling.open()
    button = next(b for b in settings.findChildren(QPushButton) if b.accessibleName() == "Check this computer")
    began = time.monotonic()
    button.setFocus()
    QTest.keyClick(button, " ")
    assert time.monotonic() - began < 5  # it is found out on another thread
    dialog = planted.app.window.findChild(CheckDialog)
    assert dialog is not None
    assert not dialog.isModal()
    copy = next(b for b in dialog.findChildren(QPushButton) if b.accessibleName() == "Copy all")
    planted.wait(copy.isEnabled, "The check")
    text = dialog.text
    names = [line[7:].partition(":")[0] for line in text.splitlines()]
    assert [name for name in LINES if name not in names] == []
    assert "calls not ended: 1" in text
    assert "Qt 6." in text
    assert "offscreen: 800x800" in text
    assert "line 3: locked.token is nothing that this version knows" in text
    assert "https://files.example/playbook.zip?<hidden>" in text
    assert MARK not in text
    QGuiApplication.clipboard().setText("copied before")
    QTest.keyClick(copy, "\r")
    assert QGuiApplication.clipboard().text() == text
    planted.app.window.action("copy.back").trigger()
    assert QGuiApplication.clipboard().text() == "copied before"
    readable = [box for box in dialog.findChildren(QPlainTextEdit) if box.accessibleName()]
    assert len(readable) == 1
    again = next(b for b in dialog.findChildren(QPushButton) if b.accessibleName() == "Check again")
    again.click()
    planted.wait(copy.isEnabled, "The second check")
    assert QApplication.activeModalWidget() is None


@pytest.mark.skipif(sys.platform == "win32", reason="what Windows says of that is not to be relied on")
def test_a_policy_that_the_agent_could_change_locks_nothing_and_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "policy.toml"
    file.write_text("[locked]\n", "utf-8")
    monkeypatch.setattr(policy, "policy_path", lambda: file)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    words = "WRONG  Policy: Its file may be changed by whoever is signed in"
    assert words in CliRunner().invoke(cli, ["doctor"]).stdout
    monkeypatch.setattr(os, "geteuid", lambda: 0)  # an administrator may
    assert words not in CliRunner().invoke(cli, ["doctor"]).stdout


def test_the_consoles_doctor_has_nothing_of_anybody_either(planted: Agent) -> None:
    for arguments in (["doctor"], ["doctor", "--json"]):
        said = CliRunner().invoke(cli, arguments)
        assert "calls not ended: 1" in said.stdout
        assert MARK not in said.output
