"""The settings window: what IT has set is greyed, the token goes out once and is never shown again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from ptodesk_gui.ui.settings import CheckLine, SettingsDialog, SettingsView, SettingsWanted


@pytest.fixture
def dialog(qtbot: QtBot) -> SettingsDialog:
    dialog = SettingsDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def box(dialog: SettingsDialog, name: str) -> QLineEdit:
    return next(b for b in dialog.findChildren(QLineEdit) if b.accessibleName() == name)


def shown(dialog: SettingsDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisibleTo(dialog))


def press_save(dialog: SettingsDialog) -> None:
    next(b for b in dialog.findChildren(QPushButton) if b.text() == "&Save").click()


def test_the_window_is_not_modal(dialog: SettingsDialog) -> None:
    assert not dialog.isModal()


def test_a_typed_token_goes_out_once_and_is_cleared_at_once(dialog: SettingsDialog, qtbot: QtBot) -> None:
    dialog.set_settings(SettingsView(url="https://example.atlassian.net", email="a@example.com", agent="Sample Agent"))
    qtbot.keyClicks(box(dialog, "API token"), "witness-token")
    with qtbot.waitSignal(dialog.save_requested) as saved:
        press_save(dialog)
    assert saved.args == [
        SettingsWanted("https://example.atlassian.net", "a@example.com", "Sample Agent", "witness-token")
    ]
    assert "witness-token" not in repr(saved.args)
    assert box(dialog, "API token").text() == ""
    with qtbot.waitSignal(dialog.save_requested) as again:
        press_save(dialog)
    assert again.args is not None
    assert again.args[0].token == ""


def test_the_token_is_typed_behind_dots(dialog: SettingsDialog) -> None:
    assert box(dialog, "API token").echoMode() is QLineEdit.EchoMode.Password


@pytest.mark.parametrize(("stored", "words"), [(True, "A token is stored."), (False, "No token is stored yet.")])
def test_it_says_only_whether_a_token_is_stored(dialog: SettingsDialog, stored: bool, words: str) -> None:
    dialog.set_settings(SettingsView(token_stored=stored))
    assert words in shown(dialog)
    assert box(dialog, "API token").text() == ""


def test_a_missing_keyring_is_said_with_what_becomes_of_the_token(dialog: SettingsDialog) -> None:
    dialog.set_settings(SettingsView(keyring_fault="No keyring service was found."))
    assert "No keyring service was found. The token is kept for this run only" in shown(dialog)


def test_what_it_has_locked_is_greyed_and_says_so(dialog: SettingsDialog) -> None:
    dialog.set_settings(SettingsView(url="https://example.atlassian.net", locked=frozenset({"url"})))
    assert not box(dialog, "Site address").isEnabled()
    assert box(dialog, "Email you sign in with").isEnabled()
    assert "Set by your IT" in shown(dialog)


def test_in_practice_mode_only_the_name_can_be_changed(dialog: SettingsDialog) -> None:
    dialog.set_settings(SettingsView(practice=True))
    enabled = [b.accessibleName() for b in dialog.findChildren(QLineEdit) if b.isEnabled()]
    assert enabled == ["Your name"]
    assert "Practice mode" in shown(dialog)


def test_the_lines_of_the_connection_test_come_one_by_one_with_their_cure(dialog: SettingsDialog) -> None:
    lines = dialog.findChildren(QListWidget)[0]
    dialog.begin_test()
    dialog.add_line(CheckLine(True, "The site answers."))
    assert lines.count() == 1
    dialog.add_line(CheckLine(False, "Sign-in was refused.", "Make a new token."))
    dialog.end_test()
    assert "Make a new token." in lines.item(1).text()
    dialog.begin_test()
    assert lines.count() == 0


def test_the_first_thing_that_is_missing_has_the_keyboard(qtbot: QtBot) -> None:
    dialog = SettingsDialog()
    qtbot.addWidget(dialog)
    dialog.set_settings(SettingsView(agent="Sample Agent", url="https://example.atlassian.net"))
    dialog.show()
    qtbot.waitExposed(dialog)
    assert dialog.focusWidget() is box(dialog, "Email you sign in with")
    assert Qt.FocusPolicy.NoFocus is not box(dialog, "API token").focusPolicy()


def test_a_fresh_desk_for_practice_is_asked_for_in_practice_only(dialog: SettingsDialog, qtbot: QtBot) -> None:
    fresh = dialog.findChild(QCheckBox)
    dialog.set_settings(SettingsView())
    assert not fresh.isVisibleTo(dialog)
    dialog.set_settings(SettingsView(agent="Sample Agent", practice=True, practice_fresh=True))
    assert fresh.isVisibleTo(dialog)
    assert fresh.isChecked()
    fresh.setChecked(False)
    with qtbot.waitSignal(dialog.save_requested) as saved:
        press_save(dialog)
    assert saved.args == [SettingsWanted("", "", "Sample Agent", practice_fresh=False)]
