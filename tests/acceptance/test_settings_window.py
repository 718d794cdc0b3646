"""The settings beside a call: what is missing is said, the token goes nowhere but to the keyring, then calls are filed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget, QPushButton

from ptodesk_gui.application.real_place import RealPlace
from ptodesk_gui.application.settling import NO_AGENT, NO_SITE
from ptodesk_gui.practice import PracticeDesk
from ptodesk_gui.sop.entry import Field
from ptodesk_gui.sop.progress import PlanState
from ptodesk_gui.ui.settings import SettingsDialog
from ptodesk_gui.workstation.credentials import Credentials
from ptodesk_gui.workstation.settings import write_settings
from tests.acceptance.agent import SAMPLE, Agent, Desk
from tests.acceptance.conftest import OpenWindow


@pytest.fixture
def site(folder: Path) -> Iterator[PracticeDesk]:
    """A site on loopback, which the program takes for a real one."""
    with PracticeDesk(folder) as served:
        yield served


@pytest.fixture
def real(open_window: OpenWindow, site: PracticeDesk) -> Agent:
    """An agent before a window that has no settings yet."""
    return open_window(RealPlace(Credentials()))


def dialog(agent: Agent) -> SettingsDialog:
    assert agent.app.settling is not None
    return agent.app.settling.dialog


def fill(hand: Agent, **texts: str) -> None:
    names = {"url": "Site address", "email": "Email you sign in with", "token": "API token", "agent": "Your name"}
    for which, text in texts.items():
        box = next(b for b in dialog(hand).findChildren(QLineEdit) if b.accessibleName() == names[which])
        box.clear()
        QTest.keyClicks(box, text)


def press(agent: Agent, words: str) -> None:
    next(b for b in dialog(agent).findChildren(QPushButton) if b.accessibleName() == words).click()


def back_to_the_call(agent: Agent) -> None:
    """Close the settings; the window has the keyboard again."""
    dialog(agent).close()
    agent.app.window.activateWindow()
    agent.wait(lambda: QApplication.activeWindow() is agent.app.window, "The window")


def sign_in(agent: Agent, site: PracticeDesk) -> None:
    account = site.account
    fill(agent, url=site.url, email=account.email, token=account.token, agent="Dana Reyes")
    press(agent, "Save")
    agent.wait(lambda: "settings are kept" in agent.strip, "The saving")


def test_without_a_site_the_window_says_what_to_do_and_files_nothing(open_window: OpenWindow) -> None:
    write_settings({"agent": "Dana Reyes"})
    agent = open_window(RealPlace(Credentials()))
    assert dialog(agent).isVisible()
    assert not dialog(agent).isModal()
    assert NO_SITE in words(dialog(agent)), "whatever else the strip has to say at the start"
    back_to_the_call(agent)
    agent.type_call(SAMPLE)
    agent.end_call()
    agent.chord("Ctrl+Return")
    agent.wait(lambda: "Nothing was filed" in agent.strip, "The refusal")
    assert "No site is set" in agent.strip
    assert agent.page == "review"
    assert agent.plans == {}
    assert agent.app.call.entry.text(Field.LAST_NAME) == "Doe"


def test_after_signing_in_calls_are_filed_to_that_site(real: Agent, site: PracticeDesk) -> None:
    sign_in(real, site)
    back_to_the_call(real)
    real.type_call(SAMPLE)
    plan = real.end_and_file()
    assert plan.state is PlanState.FILED
    assert plan.site == site.url
    desk = Desk(site)
    assert any(comment.text.endswith("Thank you,\nDana Reyes") for comment in desk.ticket("PTO-1").comments)
    desk.close()


def test_the_token_is_written_nowhere_where_there_is_no_keyring(
    real: Agent, site: PracticeDesk, own_home: Path, tmp_path: Path
) -> None:
    sign_in(real, site)
    token = site.account.token.encode()
    files = [file for folder in (own_home, tmp_path / "elsewhere") for file in folder.rglob("*") if file.is_file()]
    assert any(file.name == "settings.toml" for file in files)
    assert [file.name for file in files if token in file.read_bytes()] == []


def test_the_connection_test_shows_the_doctors_lines(real: Agent, site: PracticeDesk) -> None:
    sign_in(real, site)
    press(real, "Test connection")
    lines = dialog(real).findChildren(QListWidget)[0]
    real.wait(lambda: lines.count() >= 5, "The lines")
    shown = [lines.item(row).text() for row in range(lines.count())]
    assert any(line.startswith("✓  Sign-in: Signed in as") for line in shown)
    assert any("Request type" in line for line in shown)


def test_a_wrong_token_is_one_line_of_the_connection_test_with_the_cure(real: Agent, site: PracticeDesk) -> None:
    fill(real, url=site.url, email=site.account.email, token="wrong", agent="Dana Reyes")
    press(real, "Save and test connection")
    real.wait(lambda: lines(real) != [], "The lines")
    refused = [line for line in lines(real) if "did not accept the sign-in" in line]
    assert len(refused) == 1
    assert refused[0].startswith("!  Sign-in, Project")
    assert "valid API token" in refused[0]


def test_what_is_typed_is_what_is_tested(real: Agent, site: PracticeDesk) -> None:
    account = site.account
    fill(real, url=site.url, email=account.email, token=account.token, agent="Dana Reyes")
    press(real, "Save and test connection")
    real.wait(lambda: len(lines(real)) >= 5, "The lines")
    assert any(line.startswith("✓  Sign-in: Signed in as") for line in lines(real))
    assert real.app.backstage.read_settings().url == site.url
    assert token_box(real).text() == ""


def test_new_settings_take_away_what_was_tested_with_the_old_ones(real: Agent, site: PracticeDesk) -> None:
    sign_in(real, site)
    press(real, "Test connection")
    real.wait(lambda: len(lines(real)) >= 5, "The lines")
    fill(real, agent="Dana R. Reyes")
    press(real, "Save")
    real.wait(lambda: real.app.call.entry.agent == "Dana R. Reyes", "The saving")
    assert lines(real) == []


@pytest.mark.parametrize("button", ["Save", "Save and test connection"])
def test_a_refused_address_keeps_what_was_typed_and_has_the_keyboard(real: Agent, button: str) -> None:
    fill(real, url="http://jira.example", email="a@example.com", token="witness-token", agent="Dana Reyes")
    press(real, button)
    real.wait(lambda: any("https." in t for t in words(dialog(real))), "The refusal")
    assert real.app.backstage.read_settings().url == ""
    assert token_box(real).text() == "witness-token"
    focused = dialog(real).focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Site address"
    assert lines(real) == []
    assert any(
        b.accessibleName() == "Save and test connection"
        for b in dialog(real).findChildren(QPushButton)
        if b.isEnabled()
    )


def lines(agent: Agent) -> list[str]:
    """What the connection test says; nothing while it is hidden."""
    shown = dialog(agent).findChildren(QListWidget)[0]
    return [shown.item(row).text() for row in range(shown.count())] if shown.isVisible() else []


def token_box(agent: Agent) -> QLineEdit:
    return next(b for b in dialog(agent).findChildren(QLineEdit) if b.accessibleName() == "API token")


def words(window: SettingsDialog) -> list[str]:
    return [label.text() for label in window.findChildren(QLabel)]


def test_without_the_agents_name_nothing_is_filed_and_the_problem_leads_to_the_settings(
    real: Agent, site: PracticeDesk
) -> None:
    fill(real, url=site.url, email=site.account.email, token=site.account.token, agent="")
    press(real, "Save")
    real.wait(lambda: NO_AGENT in words(dialog(real)), "The reason")
    back_to_the_call(real)
    real.type_call(SAMPLE)
    real.end_call()
    assert "The agent's name is not known." in problems(real)
    real.chord("Ctrl+Return")
    assert real.page == "review"
    real.chord("Return")  # on the problem
    assert dialog(real).isVisible()


def problems(agent: Agent) -> str:
    rows = next(r for r in agent.app.window.findChildren(QListWidget) if "Look at these" in r.accessibleName())
    return "\n".join(rows.item(row).text() for row in range(rows.count()))
