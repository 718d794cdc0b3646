"""A look that is chosen holds at once and at the next start, unless IT has set another."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ptodesk_gui.application.appearance import LOCKED, Appearance
from ptodesk_gui.application.backstage import Backstage
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.settings import SettingsView
from ptodesk_gui.ui.text_size import set_text_size, text_size
from ptodesk_gui.workstation import paths
from ptodesk_gui.workstation.look import SYSTEM, keep_look, read_look
from ptodesk_gui.workstation.policy import Policy
from ptodesk_gui.workstation.settings import read_settings


class Inline:
    """A thread that does at once what it is asked for."""

    def submit(self, what: Callable[[], Any], then: Any = None, failed: Any = None) -> None:
        what()


class Behind:
    disk = Inline()


@pytest.fixture
def appearance(qapp: QApplication, project_dir: Path) -> Iterator[Appearance]:
    palette = qapp.palette()
    theme.apply_theme(qapp, project_dir / "resources")
    parent = QObject()
    yield Appearance(cast(Backstage, Behind()), parent)
    set_text_size(qapp, theme.USUAL)
    theme.set_theme(qapp, theme.SYSTEM)
    qapp.setPalette(palette)


def window_colour() -> QColor:
    return QPalette().color(QPalette.ColorRole.Window)


def test_a_chosen_look_holds_at_once_and_at_the_next_start(appearance: Appearance, qapp: QApplication) -> None:
    appearance.choose_theme(theme.DARK)
    appearance.choose_size(150)
    assert window_colour().lightness() < 50
    assert text_size(qapp) == 150
    appearance.keep_now()
    kept = read_settings(environment={}, policy=Policy())
    assert (kept.theme, kept.text_size) == ("dark", "150")
    assert read_look() == ("dark", 150), "the first paint of the next start"


def test_a_size_chosen_before_the_settings_are_read_keeps_the_look_of_the_first_paint(
    appearance: Appearance, qapp: QApplication
) -> None:
    theme.set_theme(qapp, theme.DARK)
    appearance = Appearance(cast(Backstage, Behind()), appearance)
    appearance.step_size(1)
    assert theme.theme_of(qapp) == theme.DARK
    appearance.keep_now()
    assert read_look()[0] == theme.DARK, "the first paint of the next start"


def test_the_settings_do_not_take_back_what_was_chosen_since(appearance: Appearance, qapp: QApplication) -> None:
    before = SettingsView(theme=theme.LIGHT)
    appearance.settle(before)
    appearance.choose_theme(theme.CONTRAST)
    appearance.settle(before)
    appearance.keep_now()
    appearance.settle(before)  # read before it was written
    assert theme.colours(QPalette()).text == QColor("black")
    appearance.settle(SettingsView(theme=theme.DARK))  # somebody has mended the file
    assert window_colour().lightness() < 50


def test_a_look_that_it_has_set_cannot_be_changed(appearance: Appearance, qapp: QApplication, qtbot: QtBot) -> None:
    appearance.settle(SettingsView(theme=theme.CONTRAST_DARK, text_size=125, locked=frozenset({"theme", "text_size"})))
    for choose in (
        lambda: appearance.choose_theme(theme.LIGHT),
        lambda: appearance.step_size(1),
        appearance.next_theme,
    ):
        with qtbot.waitSignal(appearance.said) as said:
            choose()
        assert said.args is not None
        assert said.args[0] == LOCKED
    assert window_colour() == QColor("black")
    assert text_size(qapp) == 125
    appearance.keep_now()
    assert not paths.settings_path().exists()


def test_the_keys_go_through_every_look_and_size(appearance: Appearance, qapp: QApplication) -> None:
    seen = []
    appearance.changed.connect(lambda name, percent: seen.append((name, percent)))
    for _ in theme.THEMES:
        appearance.next_theme()
    assert [name for name, _ in seen] == [*theme.THEMES[1:], theme.THEMES[0]]
    for by in (1, 1, -1, 0):
        appearance.step_size(by)
    assert [percent for _, percent in seen[-4:]] == [110, 125, 110, 100]


def test_a_policy_locks_the_look_and_a_strange_one_does_not_hold() -> None:
    locked = read_settings(environment={}, policy=Policy({"theme": "contrast"}, {"text_size": "125"}))
    assert (locked.theme, locked.text_size, locked.locked) == ("contrast", "125", {"theme"})
    strange = read_settings(environment={}, policy=Policy({"theme": "pink"}, {"text_size": "1000"}))
    assert (strange.theme, strange.text_size) == ("", "")
    assert ["pink" in fault or "1000" in fault for fault in strange.faults] == [True, True]


@pytest.mark.parametrize("text", ["", "dark", "dark 1 2", "dark big", "\x00\xff"])
def test_a_damaged_note_of_the_last_look_is_the_systems(text: str) -> None:
    keep_look("dark", 125)
    assert read_look() == ("dark", 125)
    paths.look_path().write_text(text, encoding="utf-8")
    assert read_look() == SYSTEM
