"""A keyring that was reset, is locked or does not answer keeps no window from opening and costs neither a call nor a letter."""

import threading
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from PySide6.QtWidgets import QApplication

from ptodesk_gui.application.real_place import RealPlace
from ptodesk_gui.application.store_care import StoreCare
from ptodesk_gui.outbox.record import Draft
from ptodesk_gui.sop.entry import Field
from ptodesk_gui.sop.progress import PlanState
from ptodesk_gui.workstation import paths
from ptodesk_gui.workstation.credentials import Credentials
from ptodesk_gui.workstation.settings import write_settings
from ptodesk_gui.workstation.store_keys import StoreKeys
from tests.acceptance.agent import SAMPLE, Agent
from tests.acceptance.conftest import OpenWindow
from tests.outbox.keyrings import key_files, set_aside

Entries = dict[tuple[str, str], str]


@pytest.fixture(autouse=True)
def settings(own_home: Path) -> None:
    """A site that nobody can be signed in to: calls are queued and stay."""
    write_settings({"agent": "Dana Reyes", "url": "http://127.0.0.1:9", "email": "dana@example.com"})


@pytest.fixture
def entries(monkeypatch: pytest.MonkeyPatch) -> Entries:
    """What is in the keyring."""
    kept: Entries = {}
    monkeypatch.setattr(keyring, "get_password", lambda service, user: kept.get((service, user)))
    monkeypatch.setattr(keyring, "set_password", lambda service, user, secret: kept.update({(service, user): secret}))
    monkeypatch.setattr(keyring, "delete_password", lambda service, user: kept.pop((service, user)))
    return kept


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A keyring that does not answer before the event is set; nobody waits long for it."""
    answers = threading.Event()
    real = keyring.get_password

    def get(service: str, user: str) -> str | None:
        if user.startswith("outbox"):
            assert answers.wait(60)
        return real(service, user)

    monkeypatch.setattr(keyring, "get_password", get)
    monkeypatch.setattr("ptodesk_gui.application.real_place.StoreKeys", lambda: StoreKeys(seconds=0.1))
    yield answers
    answers.set()


def opened(agent: Agent) -> Agent:
    """With the settings closed, which opened by themselves: no token is known."""
    agent.wait(lambda: agent.app.settling is not None and agent.app.settling.dialog.isVisible(), "The settings")
    assert agent.app.settling is not None
    agent.app.settling.dialog.close()
    agent.app.window.activateWindow()
    agent.wait(lambda: QApplication.activeWindow() is agent.app.window, "The window")
    return agent


def filed_and_typed(agent: Agent) -> None:
    """A call that is ended and stays in the outbox, and another that is being typed."""
    agent.type_call(SAMPLE)
    agent.end_call()
    agent.chord("Ctrl+Return")
    agent.wait(lambda: agent.page == "receipt", "The receipt")
    agent.chord("Ctrl+N")
    agent.fill(Field.FIRST_NAME, "John")
    close(agent)


def close(agent: Agent) -> None:
    agent.app.window.close()
    agent.app.stop()


def save_settings(agent: Agent) -> None:
    assert agent.app.settling is not None
    agent.app.backstage.settled.emit(agent.app.backstage.open_place())


def test_a_call_in_an_outbox_whose_key_is_gone_is_spoken_of_and_back_with_its_key(
    open_window: OpenWindow, entries: Entries
) -> None:
    filed_and_typed(opened(open_window(RealPlace(Credentials()))))
    folder = paths.data_dir()
    assert key_files(folder) == []
    gone = dict(entries)
    entries.clear()
    agent = opened(open_window(RealPlace(Credentials())))
    (old,) = set_aside(folder)
    words = f"{old.name}, with 1 call that is not all filed and 1 call that was not ended"
    agent.wait(lambda: words in agent.strip, "The sentence, after what the settings lack")
    assert agent.plans == {}
    agent.fill(Field.FIRST_NAME, "Joan")  # work goes on
    entries |= gone
    said: list[str] = []
    agent.app.findChild(StoreCare).said.connect(said.append)
    save_settings(agent)
    agent.wait(lambda: bool(said), "What was set aside")
    assert "1 call that is not all filed and 1 call that was not ended are here again" in said[0]
    agent.wait(lambda: len(agent.plans) == 1, "The plan")
    assert next(iter(agent.plans.values())).state is not PlanState.FILED
    assert agent.app.call.entry.text(Field.FIRST_NAME) == "Joan"
    assert set_aside(folder) == []
    close(agent)
    again = opened(open_window(RealPlace(Credentials())))
    assert again.app.call.entry.text(Field.FIRST_NAME) == "Joan"  # the call at hand when it was closed
    assert len(again.plans) == 1
    kept: list[Draft] = []
    again.app.backstage.drafts(kept.extend)
    again.wait(lambda: len(kept) == 2, "The calls that are kept")
    assert [draft.payload["values"] for draft in kept][1] == {Field.FIRST_NAME.value: "John"}


def test_a_keyring_that_does_not_answer_holds_up_neither_window_nor_typing(
    open_window: OpenWindow, entries: Entries, silent: threading.Event
) -> None:
    silent.set()
    filed_and_typed(opened(open_window(RealPlace(Credentials()))))
    silent.clear()
    agent = opened(open_window(RealPlace(Credentials()), wait=False))
    agent.fill(Field.FIRST_NAME, "Joan")
    agent.wait(lambda: "with 1 call that is not all filed" in agent.strip, "The sentence")
    silent.set()  # somebody has typed the keyring's password
    agent.wait(lambda: agent.app.backstage._filer is not None, "The filer")
    save_settings(agent)
    agent.wait(lambda: len(agent.plans) == 1, "The plan of before")
    assert agent.app.call.entry.text(Field.FIRST_NAME) == "Joan"
    close(agent)
    assert key_files(paths.data_dir()) == []  # it went into the keyring when that answered
    again = opened(open_window(RealPlace(Credentials())))
    assert again.app.call.entry.text(Field.FIRST_NAME) == "Joan"


def test_without_a_keyring_that_is_said_once_and_work_goes_on(open_window: OpenWindow) -> None:
    agent = opened(open_window(RealPlace(Credentials())))
    agent.wait(lambda: agent.app.backstage._filer is not None, "The filer")
    assert len(key_files(paths.data_dir())) == 1
    filed_and_typed(agent)
    again = opened(open_window(RealPlace(Credentials())))
    assert again.app.call.entry.text(Field.FIRST_NAME) == "John"
    assert "file permissions" not in again.strip
