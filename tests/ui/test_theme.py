"""Light, dark and high contrast, and text sizes by point."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ptodesk_gui.sop.entry import Entry, Field
from ptodesk_gui.sop.view import CallView
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.main_window import MainWindow
from ptodesk_gui.ui.settings.look_box import THEMES as LOOK_WORDS
from ptodesk_gui.ui.text_size import set_text_size, stepped
from ptodesk_gui.ui.widgets.inputs import EXAMPLE_OPACITY
from ptodesk_gui.workstation import settings


@pytest.fixture
def dark(themed: QApplication, project_dir: Path) -> Iterator[QApplication]:
    theme.apply_theme(themed, project_dir / "resources", theme.DARK)
    yield themed
    theme.apply_theme(themed, project_dir / "resources", theme.LIGHT)


def test_dark_is_dark_and_light_is_light(dark: QApplication, project_dir: Path) -> None:
    assert dark.palette().color(QPalette.ColorRole.Window).lightness() < 50
    theme.apply_theme(dark, project_dir / "resources", theme.LIGHT)
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
    theme.apply_theme(themed, project_dir / "resources", theme.DARK)
    try:
        QApplication.processEvents()
        after = window.grab().toImage()
        spots = [(x, y) for x in range(5, 1280, 40) for y in range(60, 760, 40)]
        lighter = sum(before.pixelColor(*at).lightness() > after.pixelColor(*at).lightness() for at in spots)
        assert lighter > 0.9 * len(spots)
        assert window.call_page.checklist.inputs.value(Field.FIRST_NAME) == "Jane"
    finally:
        theme.apply_theme(themed, project_dir / "resources", theme.LIGHT)


def test_an_open_window_then_looks_like_one_that_is_opened_in_that_look(
    themed: QApplication, project_dir: Path, qtbot: QtBot, call_stages: dict[str, CallView], sample_entry: Entry
) -> None:
    def opened() -> MainWindow:
        window = MainWindow(practice=True)
        qtbot.addWidget(window)
        window.call_page.load(sample_entry)
        window.call_page.set_view(call_stages["halfway"])
        assert window.call_page.replies.sides
        window.show()
        return window

    def picture(window: MainWindow) -> QImage:
        window.call_page.checklist.setFocus()  # where no frame or caret shows it
        QApplication.processEvents()
        return window.grab().toImage()

    window = opened()
    try:
        for look in (theme.DARK, theme.CONTRAST, theme.CONTRAST_DARK, theme.LIGHT):
            theme.apply_theme(themed, project_dir / "resources", look)
            fresh = opened()
            QApplication.processEvents()
            assert picture(window) == picture(fresh), look
            fresh.close()
    finally:
        theme.apply_theme(themed, project_dir / "resources", theme.LIGHT)


def test_what_is_disabled_has_a_colour_of_its_own_in_the_systems_high_contrast(themed: QApplication) -> None:
    palette = QPalette(QColor("black"), QColor("black"))
    palette.setColor(QPalette.ColorRole.WindowText, QColor("yellow"))
    palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText, QColor("gray"))
    themed.setProperty("ptodeskHighContrast", True)
    try:
        for group, colour in (("Disabled", "gray"), ("Active", "yellow")):
            palette.setCurrentColorGroup(QPalette.ColorGroup[group])
            assert theme.colours(palette).text == QColor(colour)
    finally:
        themed.setProperty("ptodeskHighContrast", False)


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


# --- contrast: WCAG 2.2, AA ---------------------------------------------------------------------------------------------

TEXT, SHAPE = 4.5, 3.0  # least contrast of words, and of signs, frames of controls and the keyboard's frame

PAINTED = {  # on what: the words, and the shapes, that are painted there
    "panel": ("text muted accent ok warning error example", "edge muted accent ok warning error"),
    "window": ("text muted accent error", "edge muted accent ok warning error"),
    "accent_fill": ("text muted accent", "muted accent ok"),
    "warning_fill": ("text muted", "warning edge"),
    "error_fill": ("text", "error"),
    "accent": ("on_accent", "on_accent"),
    "pressed": ("on_accent", ""),
    "practice": ("on_practice", "on_practice accent"),
    "text": ("panel", ""),  # a tool tip
}
_OWN = [name for name in theme.THEMES if name != theme.SYSTEM]


def luminance(colour: QColor) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [part / 255 for part in (colour.red(), colour.green(), colour.blue())]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """From 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mixed(ink: QColor, ground: QColor, opacity: float) -> QColor:
    """What is seen of an ink that is not opaque."""
    return QColor.fromRgbF(
        *(
            i * opacity + g * (1 - opacity)
            for i, g in zip(ink.getRgbF()[:3], ground.getRgbF()[:3], strict=True)  # type: ignore[index]
        )
    )


@pytest.fixture
def look(themed: QApplication, project_dir: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The look that is named, taken off again."""
    theme.apply_theme(themed, project_dir / "resources", request.param)
    yield request.param
    theme.apply_theme(themed, project_dir / "resources", theme.LIGHT)


@pytest.mark.parametrize("look", _OWN, indirect=True)
def test_words_shapes_and_frames_stand_out_in_every_look(look: str) -> None:
    c = theme.colours(QPalette())
    found = {name: getattr(c, name) for name in theme.Colours.__slots__}
    found["pressed"] = c.accent.darker(120)
    weak = []
    for ground, (words, shapes) in PAINTED.items():
        found["example"] = mixed(c.text, found[ground], EXAMPLE_OPACITY)
        pairs = [(ink, TEXT) for ink in words.split()] + [(ink, SHAPE) for ink in shapes.split()]
        weak += [
            f"{ink} on {ground}: {contrast(found[ink], found[ground]):.2f}"
            for ink, least in pairs
            if contrast(found[ink], found[ground]) < least
        ]
    assert weak == []


@pytest.mark.parametrize("look", [theme.CONTRAST, theme.CONTRAST_DARK], indirect=True)
def test_high_contrast_is_higher_than_the_law_asks_for(look: str) -> None:
    c = theme.colours(QPalette())
    inks = (c.text, c.muted, c.accent, c.ok, c.warning, c.error, c.edge, c.border)
    assert min(contrast(ink, ground) for ink in inks for ground in (c.panel, c.window)) >= 7


@pytest.mark.parametrize("look", _OWN, indirect=True)
def test_the_palette_of_standard_widgets_says_the_same(look: str) -> None:
    palette, role = QPalette(), QPalette.ColorRole
    for ink, ground, least in (
        (role.Text, role.Base, TEXT), (role.WindowText, role.Window, TEXT), (role.ButtonText, role.Button, TEXT),
        (role.PlaceholderText, role.Base, TEXT), (role.HighlightedText, role.Highlight, TEXT), (role.Link, role.Base, TEXT),
        (role.ToolTipText, role.ToolTipBase, TEXT), (role.Dark, role.Window, TEXT), (role.BrightText, role.Base, TEXT),
        (role.Mid, role.Base, SHAPE), (role.Mid, role.Window, SHAPE), (role.Highlight, role.Window, SHAPE),
    ):  # fmt: skip
        assert contrast(palette.color(ink), palette.color(ground)) >= least, (ink, ground)


def test_a_look_that_was_asked_for_holds_against_the_systems(themed: QApplication, project_dir: Path) -> None:
    theme.apply_theme(themed, project_dir / "resources", theme.CONTRAST_DARK)
    try:
        themed.styleHints().colorSchemeChanged.emit(themed.styleHints().colorScheme())
        assert theme.colours(QPalette()).window == QColor("black")
        theme.set_theme(themed, "no such look")
        assert theme.colours(QPalette()).window == QColor("#f3f5f8"), "the system's, which is light here"
    finally:
        theme.set_theme(themed, theme.SYSTEM)


# --- size of text -------------------------------------------------------------------------------------------------------


@pytest.fixture
def sized(themed: QApplication) -> Iterator[QApplication]:
    yield themed
    set_text_size(themed, theme.USUAL)


def place(widget: QWidget) -> QPoint:
    return widget.mapTo(widget.window(), QPoint())


def test_text_grows_in_an_open_window_and_comes_back_exactly(
    sized: QApplication, qtbot: QtBot, call_stages: dict[str, CallView], sample_entry: Entry
) -> None:
    window = MainWindow(practice=True)
    qtbot.addWidget(window)
    window.call_page.load(sample_entry)
    window.call_page.set_view(call_stages["past"])
    window.show()
    texts = [
        w for w in window.findChildren(QWidget) if isinstance(w, QLabel | QAbstractButton | QLineEdit) and w.isVisible()
    ]
    before = [w.font().pointSizeF() for w in texts]
    QApplication.processEvents()
    places = [place(w) for w in texts]
    set_text_size(sized, 200)
    assert [
        (type(w).__name__, w.text(), w.font().pointSizeF(), was)
        for w, was in zip(texts, before, strict=True)
        if w.font().pointSizeF() < 1.1 * was
    ] == []
    set_text_size(sized, 80)
    assert min(w.font().pointSizeF() for w in texts) < min(before)
    set_text_size(sized, theme.USUAL)
    qtbot.waitUntil(lambda: [(w.font().pointSizeF(), place(w)) for w in texts] == [*zip(before, places, strict=True)])


def test_the_page_goes_back_to_two_columns_with_the_text_and_gives_the_replies_their_lines_in_one(
    sized: QApplication, qtbot: QtBot, call_stages: dict[str, CallView]
) -> None:
    window = MainWindow(practice=True)
    qtbot.addWidget(window)
    page = window.call_page
    window.resize(1100, 900)
    page.set_view(call_stages["within"])
    assert page.replies.sides
    window.show()

    def lines() -> float:
        return page.replies.height() / page.replies.fontMetrics().lineSpacing()

    def is_stacked() -> bool:
        return place(page.replies).x() == place(page.checklist).x()

    set_text_size(sized, 150)
    qtbot.waitUntil(is_stacked)
    qtbot.waitUntil(lambda: lines() >= 14)
    set_text_size(sized, 200)
    qtbot.waitUntil(lambda: lines() >= 14)
    set_text_size(sized, theme.USUAL)
    qtbot.waitUntil(lambda: not is_stacked())


def test_what_a_style_sheet_dresses_grows_with_the_rest_and_is_dressed_in_it(sized: QApplication, qtbot: QtBot) -> None:
    page = QWidget()
    button = QPushButton("File", page)
    theme.dress(page)
    qtbot.addWidget(page)
    page.show()
    before = button.sizeHint()
    set_text_size(sized, 200)
    assert button.font().pointSizeF() == sized.font().pointSizeF()
    assert button.sizeHint().height() > 1.5 * before.height()
    set_text_size(sized, theme.USUAL)
    assert button.sizeHint() == before


def test_words_to_say_stay_at_least_16_points_and_grow_with_the_rest(sized: QApplication) -> None:
    set_text_size(sized, 80)
    assert theme.say_font().pointSizeF() == theme.SAY_POINTS
    set_text_size(sized, 200)
    assert theme.say_font().pointSizeF() == 2 * theme.SAY_POINTS


def test_sizes_go_up_and_down_in_steps_and_end_at_80_and_200() -> None:
    walked, percent = [], 80
    while (further := stepped(percent, 1)) != percent:
        walked.append(further)
        percent = further
    assert (80, *walked) == theme.SIZES
    assert (theme.SIZES[0], theme.SIZES[-1], stepped(80, -1), stepped(175, 0)) == (80, 200, 80, 100)


def test_settings_and_window_name_the_same_looks_and_sizes() -> None:
    assert settings.THEMES == theme.THEMES == tuple(LOOK_WORDS)
    assert tuple(str(size) for size in theme.SIZES) == settings.TEXT_SIZES
