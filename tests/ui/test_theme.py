"""Light, dark and high contrast, and text sizes by point."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ptodesk_gui.sop.entry import Entry, Field
from ptodesk_gui.sop.view import CallView
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.main_window import MainWindow


@pytest.fixture
def dark(themed: QApplication, project_dir: Path) -> Iterator[QApplication]:
    theme.apply_theme(themed, project_dir / "resources", Qt.ColorScheme.Dark)
    yield themed
    theme.apply_theme(themed, project_dir / "resources", Qt.ColorScheme.Light)


def test_dark_is_dark_and_light_is_light(dark: QApplication, project_dir: Path) -> None:
    assert dark.palette().color(QPalette.ColorRole.Window).lightness() < 50
    theme.apply_theme(dark, project_dir / "resources", Qt.ColorScheme.Light)
    assert dark.palette().color(QPalette.ColorRole.Window).lightness() > 200


def test_the_colours_go_with_the_palette() -> None:
    light, dark_ = theme.colours(QPalette(QColor("white"))), theme.colours(QPalette(QColor("black")))
    assert light.text.lightness() < light.panel.lightness()
    assert dark_.text.lightness() > dark_.panel.lightness()


def test_an_open_window_follows_the_change(
    themed: QApplication, project_dir: Path, qtbot: QtBot, call_stages: dict[str, CallView], sample_entry: Entry
) -> None:
    window = MainWindow(practice=True)
    qtbot.addWidget(window)
    window.call_page.load(sample_entry)
    window.call_page.set_view(call_stages["past"])
    window.show()
    before = window.grab().toImage()
    theme.apply_theme(themed, project_dir / "resources", Qt.ColorScheme.Dark)
    try:
        QApplication.processEvents()
        after = window.grab().toImage()
        spots = [(x, y) for x in range(5, 1280, 40) for y in range(60, 760, 40)]
        lighter = sum(before.pixelColor(*at).lightness() > after.pixelColor(*at).lightness() for at in spots)
        assert lighter > 0.9 * len(spots)
        assert window.call_page.checklist.inputs.value(Field.FIRST_NAME) == "Jane"
    finally:
        theme.apply_theme(themed, project_dir / "resources", Qt.ColorScheme.Light)


def test_a_system_palette_of_high_contrast_is_the_only_source_of_colours(themed: QApplication) -> None:
    palette = QPalette(QColor("black"), QColor("black"))
    for role, name in (
        ("WindowText", "yellow"),
        ("Highlight", "cyan"),
        ("HighlightedText", "black"),
        ("Base", "black"),
    ):
        palette.setColor(QPalette.ColorRole[role], QColor(name))
    themed.setProperty("ptodeskHighContrast", True)
    try:
        c = theme.colours(palette)
    finally:
        themed.setProperty("ptodeskHighContrast", False)
    assert c.text == c.error == c.warning == c.on_practice == QColor("yellow")
    assert c.panel == c.warning_fill == QColor("black")
    assert (c.accent, c.on_accent) == (QColor("cyan"), QColor("black"))


def test_text_sizes_are_points_and_follow_the_systems(themed: QApplication) -> None:
    usual = themed.font().pointSizeF()
    assert theme.font().pointSizeF() == usual
    assert theme.font(1.5).pointSizeF() == pytest.approx(usual * 1.5)
    assert theme.say_font().pointSizeF() >= theme.SAY_POINTS == 16


def test_a_later_page_is_dressed_by_the_style_sheet_and_keeps_its_own(themed: QApplication, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.setStyleSheet("#own { color: red; }")
    theme.dress(page)
    assert "QPushButton" in page.styleSheet()
    assert page.styleSheet().endswith("#own { color: red; }")
    assert themed.styleSheet() == "", "a style sheet for the whole program would cost its start"
