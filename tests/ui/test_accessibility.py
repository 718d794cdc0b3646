"""For everybody: names, visible focus, nothing cut off, right to left, larger text, contrast."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ptodesk_gui.sop.entry import Entry
from ptodesk_gui.sop.view import CallView
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.call.page import CallPage
from ptodesk_gui.ui.main_window import MainWindow
from ptodesk_gui.ui.widgets.rendering_label import RenderingLabel
from ptodesk_gui.ui.widgets.word_label import WordLabel

SIZES = [(1280, 800), (1024, 768), (1440, 900)]
STAGES = ["empty", "halfway", "within", "due_today", "past", "littleton", "faults", "own"]
LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3


@pytest.fixture
def window(qtbot: QtBot, themed: QApplication) -> MainWindow:
    made = MainWindow(practice=True)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


def stage(window: MainWindow, view: CallView, entry: Entry, size: tuple[int, int]) -> None:
    window.resize(*size)
    window.call_page.load(entry)
    window.call_page.set_view(view)
    assert window.call_page.replies.sides, "looked at, they are as they stand"
    window.set_call_seconds(3723)
    window.set_wrap_up_seconds(65)
    window.set_outbox(12, 0)
    settle()


def focusable(window: QWidget) -> Iterator[QWidget]:
    for widget in window.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled():
            yield widget


@pytest.mark.parametrize("name", STAGES)
def test_every_focusable_widget_has_an_accessible_name(
    window: MainWindow, call_stages: dict[str, CallView], sample_entry: Entry, name: str
) -> None:
    stage(window, call_stages[name], sample_entry, SIZES[0])
    found = list(focusable(window))
    assert len(found) > 30
    assert [w for w in found if not w.accessibleName()] == []


def test_two_widgets_with_the_keyboard_never_share_a_name(
    window: MainWindow, call_stages: dict[str, CallView], sample_entry: Entry
) -> None:
    stage(window, call_stages["own"], sample_entry, SIZES[0])
    names = [w.accessibleName() for w in focusable(window)]
    assert sorted(set(names)) == sorted(names)


def crop(window: QWidget, widget: QWidget) -> QImage:
    return window.grab(widget.rect().translated(widget.mapTo(window, QPoint(0, 0))).adjusted(-3, -3, 3, 3)).toImage()


@pytest.mark.parametrize("name", ["within", "own", "littleton"])
def test_the_keyboard_is_seen_wherever_it_is(
    window: MainWindow, call_stages: dict[str, CallView], sample_entry: Entry, name: str
) -> None:
    stage(window, call_stages[name], sample_entry, SIZES[0])
    for widget in list(focusable(window)):
        if isinstance(widget, (QLineEdit, QPlainTextEdit)):
            widget.setCursorWidth(0) if isinstance(widget, QPlainTextEdit) else widget.setCursorPosition(0)
        window.setFocus()
        settle()
        without = crop(window, widget)
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        settle()
        assert widget.hasFocus(), widget.accessibleName()
        changed = sum(
            QColor(without.pixel(x, y)) != QColor(with_.pixel(x, y))
            for with_ in (crop(window, widget),)
            for x in range(min(without.width(), with_.width()))
            for y in range(min(without.height(), with_.height()))
        )
        assert changed > 60, f"{widget.accessibleName()}: {changed} pixels differ"


def cut_off(window: MainWindow) -> list[str]:
    """Widgets whose text needs more room than they have."""
    bad: list[str] = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, RenderingLabel):
            needed, has = widget.heightForWidth(widget.width()), widget.height()
        elif isinstance(widget, WordLabel):
            continue  # elides on purpose; the callout shows it whole
        elif isinstance(widget, QLabel) and widget.text():
            if widget.wordWrap():
                space = widget.fontMetrics().boundingRect(widget.rect(), Qt.TextFlag.TextWordWrap, widget.text())
                needed, has = space.height(), widget.height()
                if space.width() > widget.width():
                    bad.append(f"{widget.text()!r}: {space.width()} wide, has {widget.width()}")
            else:
                needed, has = widget.fontMetrics().horizontalAdvance(widget.text()), widget.width()
        elif isinstance(widget, QAbstractButton) and widget.text():
            needed, has = widget.sizeHint().width(), widget.width()
        else:
            continue
        if needed > has:
            bad.append(f"{type(widget).__name__} {widget.text()!r}: needs {needed}, has {has}")
    return bad


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", STAGES)
def test_no_text_is_cut_off(
    window: MainWindow, call_stages: dict[str, CallView], sample_entry: Entry, name: str, size: tuple[int, int]
) -> None:
    stage(window, call_stages[name], sample_entry, size)
    assert (window.width(), window.height()) == size
    assert cut_off(window) == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", STAGES)
def test_every_item_is_seen_at_once_without_scrolling(
    window: MainWindow, call_stages: dict[str, CallView], sample_entry: Entry, name: str, size: tuple[int, int]
) -> None:
    stage(window, call_stages[name], sample_entry, size)
    area = next(a for a in window.findChildren(QScrollArea) if a.accessibleName() == "Checklist")
    assert area.verticalScrollBar().maximum() == 0
    page = window.call_page
    for section in page.checklist.sections.values():
        box = section.rect().translated(section.mapTo(page, QPoint(0, 0)))
        assert page.rect().contains(box)


@pytest.mark.parametrize("name", STAGES)
def test_all_that_is_to_be_said_is_seen_at_1280_by_800(
    window: MainWindow, call_stages: dict[str, CallView], sample_entry: Entry, name: str
) -> None:
    stage(window, call_stages[name], sample_entry, (1280, 800))
    area = next(a for a in window.findChildren(QScrollArea) if a.accessibleName() == "What to say now")
    assert area.verticalScrollBar().maximum() == 0


def test_no_input_lies_over_another(window: MainWindow, call_stages: dict[str, CallView], sample_entry: Entry) -> None:
    for size in SIZES:
        stage(window, call_stages["faults"], sample_entry, size)
        page = window.call_page
        boxes = [m.rect().translated(m.mapTo(page, QPoint(0, 0))) for m in page.checklist.inputs.by_field.values()]
        assert not any(a.intersects(b) for i, a in enumerate(boxes) for b in boxes[i + 1 :])


def test_right_to_left_shows_everything_too(
    window: MainWindow, call_stages: dict[str, CallView], sample_entry: Entry, themed: QApplication
) -> None:
    themed.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        for name in ("faults", "past"):
            stage(window, call_stages[name], sample_entry, SIZES[0])
            assert cut_off(window) == []
            window.grab()
    finally:
        themed.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.fixture
def large_text(themed: QApplication) -> Iterator[QFont]:
    usual = themed.font()
    large = QFont(usual)
    large.setPointSizeF(usual.pointSizeF() * 1.5)
    themed.setFont(large)
    yield large
    themed.setFont(usual)


def test_larger_text_makes_everything_larger_and_cuts_nothing(
    large_text: QFont, qtbot: QtBot, call_stages: dict[str, CallView], sample_entry: Entry
) -> None:
    window = MainWindow(practice=False)
    qtbot.addWidget(window)
    window.show()
    stage(window, call_stages["past"], sample_entry, (1920, 1200))
    assert cut_off(window) == []
    sizes = [w.font().pointSizeF() for w in window.findChildren(QLabel) if w.isVisible()]
    assert min(sizes) >= large_text.pointSizeF() * 0.8


def luminance(colour: QColor) -> float:
    parts = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(a: QColor, b: QColor) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True])
def test_every_text_stands_out_from_what_is_behind_it(dark: bool) -> None:
    palette = QPalette(QColor("#15191e" if dark else "#f2f4f7"))
    c = theme.colours(palette)
    pairs = [
        (c.text, c.panel), (c.text, c.window), (c.muted, c.panel), (c.muted, c.window), (c.error, c.panel), (c.warning, c.panel),
        (c.accent, c.panel), (c.accent, c.accent_fill), (c.text, c.accent_fill), (c.text, c.warning_fill), (c.text, c.error_fill),
        (c.muted, c.warning_fill), (c.on_accent, c.accent), (c.on_practice, c.practice), (c.ok, c.panel),
    ]  # fmt: skip
    assert [(a.name(), b.name(), round(contrast(a, b), 2)) for a, b in pairs if contrast(a, b) < LEAST_CONTRAST] == []


@pytest.mark.parametrize("scheme", [theme.LIGHT, theme.DARK])
def test_a_button_that_cannot_be_pressed_can_still_be_read_on_the_practice_bar(
    qtbot: QtBot, themed: QApplication, project_dir: Path, scheme: str
) -> None:
    theme.apply_theme(themed, project_dir / "resources", scheme)
    window = MainWindow(practice=True)
    qtbot.addWidget(window)
    end = next(b for b in window.findChildren(QAbstractButton) if b.text().startswith("End call"))
    end.setEnabled(False)
    ink = end.palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText)
    assert contrast(ink, theme.colours(QPalette()).practice) >= LEAST_CONTRAST


def test_the_call_page_is_small_enough_for_1024_by_768(qtbot: QtBot, themed: QApplication) -> None:
    page = CallPage()
    qtbot.addWidget(page)
    assert page.minimumSizeHint().width() <= 1024
