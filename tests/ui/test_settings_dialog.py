"""The settings window: what IT has set is greyed, the token goes out once and is never shown again."""

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QColor, QImage, QKeySequence, QPalette, QRegion
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ptodesk_gui.ui.settings import CheckLine, SettingsDialog, SettingsView, SettingsWanted

KEPT = SettingsView(url="https://example.atlassian.net", email="a@example.com", agent="Sample Agent")


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
    next(b for b in dialog.findChildren(QPushButton) if b.accessibleName() == "Save").click()


def test_the_window_is_not_modal(dialog: SettingsDialog) -> None:
    assert not dialog.isModal()


def test_a_typed_token_is_cleared_when_it_was_taken_and_not_before(dialog: SettingsDialog, qtbot: QtBot) -> None:
    dialog.set_settings(KEPT)
    qtbot.keyClicks(box(dialog, "API token"), "witness-token")
    with qtbot.waitSignal(dialog.save_requested) as saved:
        press_save(dialog)
    wanted = SettingsWanted("https://example.atlassian.net", "a@example.com", "Sample Agent", "witness-token")
    assert saved.args == [wanted]
    assert "witness-token" not in repr(saved.args)
    dialog.set_reason("The site's address must begin with https.", "url")
    assert box(dialog, "API token").text() == "witness-token"
    dialog.taken(wanted)
    assert box(dialog, "API token").text() == ""
    box(dialog, "API token").undo()
    assert box(dialog, "API token").text() == ""
    with qtbot.waitSignal(dialog.save_requested) as again:
        press_save(dialog)
    assert again.args is not None
    assert again.args[0].token == ""


def test_what_is_typed_while_the_settings_are_being_kept_stays(dialog: SettingsDialog, qtbot: QtBot) -> None:
    dialog.set_settings(KEPT)
    wanted = SettingsWanted("https://example.atlassian.net", "a@example.com", "Sample Agent", "first")
    qtbot.keyClicks(box(dialog, "API token"), "second")
    qtbot.keyClicks(box(dialog, "Your name"), " Two")
    dialog.taken(wanted)
    dialog.set_settings(KEPT)
    assert box(dialog, "API token").text() == "second"
    assert box(dialog, "Your name").text() == "Sample Agent Two"


def test_a_token_that_was_not_saved_is_gone_when_the_window_is_closed(dialog: SettingsDialog, qtbot: QtBot) -> None:
    qtbot.keyClicks(box(dialog, "API token"), "witness-token")
    dialog.close()
    assert box(dialog, "API token").text() == ""


def test_a_refusal_stands_below_its_field_which_has_the_keyboard(dialog: SettingsDialog, qtbot: QtBot) -> None:
    qtbot.waitExposed(dialog)
    dialog.set_settings(KEPT)
    site, email = box(dialog, "Site address"), box(dialog, "Email you sign in with")
    box(dialog, "API token").setFocus()
    dialog.set_reason("The site's address must begin with https.", "url")
    dialog.go_to_reason()
    dialog.adjustSize()
    label = next(one for one in dialog.findChildren(QLabel) if "https." in one.text())
    assert dialog.focusWidget() is site
    top = label.mapTo(dialog, label.rect().topLeft()).y()
    assert site.geometry().bottom() < top < email.geometry().top()
    qtbot.keyClicks(site, "x")
    assert not label.isVisible()


def test_no_two_controls_have_the_same_mnemonic(dialog: SettingsDialog, qtbot: QtBot) -> None:
    for typed in ("", "x"):
        qtbot.keyClicks(box(dialog, "Your name"), typed)
        labels = [label for label in dialog.findChildren(QLabel) if label.buddy() is not None]
        words = [widget.text() for widget in (*labels, *dialog.findChildren(QAbstractButton))]
        keys = [QKeySequence.mnemonic(text).toString() for text in words]
        assert all(keys), words
        assert len(set(keys)) == len(keys), words


def test_the_test_of_typed_settings_says_that_it_keeps_them_first(dialog: SettingsDialog, qtbot: QtBot) -> None:
    dialog.set_settings(KEPT)
    button = next(b for b in dialog.findChildren(QPushButton) if "connection" in b.text())
    with qtbot.waitSignal(dialog.test_requested) as clean:
        button.click()
    assert clean.args == [None]
    qtbot.keyClicks(box(dialog, "API token"), "witness-token")
    assert button.text() == "Save and test &connection  F5"
    with qtbot.waitSignal(dialog.test_requested) as typed:
        button.click()
    assert typed.args is not None
    assert typed.args[0].token == "witness-token"


def test_the_lines_of_the_last_test_can_be_taken_away(dialog: SettingsDialog) -> None:
    lines = dialog.findChildren(QListWidget)[0]
    dialog.begin_test()
    dialog.add_line(CheckLine(True, "The site answers."))
    dialog.end_test()
    dialog.clear_test()
    assert lines.count() == 0
    assert not lines.isVisible()


def test_the_practice_check_box_has_a_frame_in_the_dark(dialog: SettingsDialog, qtbot: QtBot) -> None:
    dialog.set_settings(SettingsView(practice=True))
    qtbot.waitExposed(dialog)
    palette = QPalette(QColor("#1d2329"), QColor("#15191e"))
    fresh = dialog.findChildren(QCheckBox)[0]
    assert fresh.width() >= fresh.sizeHint().width()  # its words are not cut
    fresh.clearFocus()
    fresh.setPalette(palette)
    image = QImage(fresh.size(), QImage.Format.Format_RGB32)
    image.fill(palette.color(QPalette.ColorRole.Window))
    fresh.render(image, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    side = image.height()
    lightest = max(QColor(image.pixel(x, image.height() // 2)).lightness() for x in range(side))
    assert lightest > palette.color(QPalette.ColorRole.Window).lightness() + 60


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
    assert "Set by your administrator" in shown(dialog)


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


def test_building_the_window_opens_no_other(qtbot: QtBot, qapp: QApplication) -> None:
    shown: list[QObject] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                shown.append(watched)
            return False

    watch = Watch()
    qapp.installEventFilter(watch)
    dialog = SettingsDialog()
    qtbot.addWidget(dialog)
    qapp.removeEventFilter(watch)
    assert shown == []
