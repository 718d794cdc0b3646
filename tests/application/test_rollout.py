"""What IT changes while the window is open arrives by itself: the playbook between two calls, the policy at once, neither on the UI thread's time."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from ptodesk_gui.application import rollout as module
from ptodesk_gui.application.call import CallAtHand
from ptodesk_gui.application.clock import Clock
from ptodesk_gui.application.playbook_fetch import shelf
from ptodesk_gui.application.playbooks import playbook_for
from ptodesk_gui.application.rollout import CHANGED, NEXT_CALL, Rollout
from ptodesk_gui.application.worker import Worker
from ptodesk_gui.sop.entry import Field
from ptodesk_gui.workstation import policy
from ptodesk_gui.workstation.playbook_files import packaged_playbook
from ptodesk_gui.workstation.settings import Settings, read_settings

TODAY = date(2026, 3, 14)


class Back(QObject):
    """What the rollout needs of the parts behind the window."""

    opened = Signal()
    learned = Signal(object)
    settled = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.slow = Worker("test-slow")
        self.versions: list[str] = []

    def read_settings(self) -> Settings:
        return read_settings()

    def learn(self) -> None:
        self.slow.submit(lambda: playbook_for(self.read_settings(), TODAY).playbook, self._learned)

    def open_place(self) -> str:
        return self.read_settings().url

    def _learned(self, playbook: object) -> None:
        self.versions.append(playbook.version)  # type: ignore[attr-defined]
        self.learned.emit(SimpleNamespace(playbook=playbook))


@pytest.fixture
def back() -> Iterator[Back]:
    made = Back()
    yield made
    assert made.slow.stop(20)


@pytest.fixture
def lead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A share with version 7 of the playbook, which the policy names."""
    folder = Path(shutil.copytree(packaged_playbook(), tmp_path / "lead"))
    give_out(folder, "1", "7")
    file = tmp_path / "policy.toml"
    file.write_text(f'[locked]\nurl = "https://one.example"\n[playbook]\nsource = "{folder.as_posix()}"\n', "utf-8")
    monkeypatch.setattr(policy, "policy_path", lambda: file)
    for name in ("BEGIN_MS", "FETCH_MS", "AGAIN_MS", "POLICY_MS", "CALL_MS"):
        monkeypatch.setattr(module, name, 5)
    return folder


def give_out(folder: Path, old: str, new: str) -> None:
    """Put another version there, whole or not at all."""
    file = folder / "playbook.toml"
    beside = folder / "playbook.new"
    beside.write_text(file.read_text("utf-8").replace(f'version = "{old}"', f'version = "{new}"'), "utf-8")
    beside.replace(file)


def test_a_new_playbook_comes_by_itself_and_a_call_at_hand_keeps_the_one_it_began_with(
    qtbot: QtBot, back: Back, lead: Path
) -> None:
    call = CallAtHand(Clock(today=lambda: TODAY), "Dana Reyes")
    rollout, said = Rollout(back, call, back, real=True), []  # type: ignore[arg-type]
    rollout.said.connect(lambda words, _: said.append(words))
    back.opened.emit()
    qtbot.waitUntil(lambda: back.versions == ["7"])
    call.edit(Field.FIRST_NAME, "Jane")
    give_out(lead, "7", "8")
    qtbot.waitUntil(lambda: said == [NEXT_CALL.format(version="7")])
    assert shelf().newest() is not None
    assert back.versions == ["7"]
    back.learned.emit(SimpleNamespace(playbook=SimpleNamespace(version="9")))  # somebody asks for it in the call
    assert said[-1] == CHANGED.format(new="9", old="7")
    call.begin("Dana Reyes")
    qtbot.waitUntil(lambda: back.versions == ["7", "8"])
    rollout.stop()


def test_a_policy_that_changes_holds_without_a_new_start(qtbot: QtBot, back: Back, lead: Path, tmp_path: Path) -> None:
    call = CallAtHand(Clock(today=lambda: TODAY), "Dana Reyes")
    rollout, sites = Rollout(back, call, back, real=True), []  # type: ignore[arg-type]
    back.settled.connect(sites.append)
    back.opened.emit()
    qtbot.waitUntil(lambda: back.versions == ["7"])
    assert sites == []
    (tmp_path / "policy.toml").write_text('[locked]\nurl = "https://two.example"\n', "utf-8")
    qtbot.waitUntil(lambda: sites == ["https://two.example"] and back.versions[-1] == "1")
    rollout.stop()
