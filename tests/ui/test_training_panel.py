"""The practice panel and the comparison: names, signs with words, nothing cut off, the call untouched beside it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QLabel,
    QListWidget,
    QPushButton,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ptodesk_gui.sop.training import CallerRow, CallerView, Comparison, Point, TicketRef, Verdict
from ptodesk_gui.ui.actions import ACTIONS, HABITS, PRACTICE_ACTIONS
from ptodesk_gui.ui.main_window import MainWindow
from ptodesk_gui.ui.training import ComparisonPage, TrainingPanel, words
from ptodesk_gui.ui.training.panel import WIDE, TrainingDock
from ptodesk_gui.ui.widgets.signs import Sign, SignLabel

ROWS = (
    CallerRow("one", "First caller", "On the phone", "Calls for the first time."),
    CallerRow("two", "Second caller", "HubSpot email", "Came in through HubSpot."),
)
VIEW = CallerView(
    title="A caller with a title that is rather long",
    channel="HubSpot email",
    about="Came in through HubSpot; name and address are in the text, and the job is found.",
    said=("Hello.", "It was put up in March, and it has been standing there ever since without doing anything."),
    left=2,
    job_page="Homeowner: Ann Sample\nM2 approved on 3/1/2026",
    tickets=(TicketRef("The ticket that waits", "EBH-1234"),),
    rules=("H6",),
)
POINTS = (
    Point("Homeowner ticket PTO-1", "Title", ("H2",), Verdict.RIGHT, "T" * 300, "T" * 300),
    Point("Homeowner ticket PTO-1", "Reply", ("H4",), Verdict.DIFFERENT, '"Within"', "None", "Nothing was sent."),
    Point("All tickets", "Link", ("I1",), Verdict.LOOK, "one is caused by other", "other\nwords"),
)
COMPARISON = Comparison("First caller", "One thing to learn.", POINTS, 252, 48)


@pytest.fixture
def window(qtbot: QtBot, themed: QApplication) -> MainWindow:
    made = MainWindow(practice=True)
    made.add_actions(PRACTICE_ACTIONS)
    made.action("practice.bad_day").setCheckable(True)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def panel(window: MainWindow) -> TrainingPanel:
    return TrainingPanel(window.action("practice.bad_day"))


@pytest.fixture
def dock(window: MainWindow, panel: TrainingPanel) -> TrainingDock:
    made = TrainingDock(window, panel)
    panel.set_callers(ROWS)
    return made


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


def focusable(widget: QWidget) -> Iterator[QWidget]:
    for part in widget.findChildren(QWidget):
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisible() and part.isEnabled():
            yield part


def name_of(widget: QWidget) -> str:
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")


def shown(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def cut_off(widget: QWidget) -> list[str]:
    bad = []
    for part in widget.findChildren(QWidget):
        if not part.isVisible():
            continue
        if isinstance(part, QPushButton | QCheckBox) and part.text() and part.sizeHint().width() > part.width():
            bad.append(part.text())
        if isinstance(part, QLabel) and part.text():
            flag = Qt.TextFlag.TextWordWrap if part.wordWrap() else Qt.TextFlag.TextSingleLine
            needed = part.fontMetrics().boundingRect(part.contentsRect(), flag, part.text())
            if needed.width() > part.width() or needed.height() > part.height() + 1:
                bad.append(part.text())
    return bad


def test_a_caller_is_chosen_by_keyboard(qtbot: QtBot, dock: TrainingDock, panel: TrainingPanel) -> None:
    dock.open()
    settle()
    callers = panel.findChild(QListWidget)
    assert callers.hasFocus()
    qtbot.keyClick(callers, Qt.Key.Key_Down)
    assert "HubSpot email. Came in through HubSpot." in shown(panel)
    with qtbot.waitSignal(panel.caller_chosen) as said:
        qtbot.keyClick(callers, Qt.Key.Key_Return)
    assert said.args == ["two"]


def test_before_the_desk_is_open_nobody_can_call(panel: TrainingPanel, window: MainWindow) -> None:
    TrainingDock(window, panel).open()
    settle()
    assert words.NOBODY in shown(panel)
    button = next(b for b in panel.findChildren(QPushButton) if b.accessibleName() == words.BEGIN)
    assert not button.isEnabled()


def test_what_is_said_is_shown_and_the_last_sentence_stands_out(dock: TrainingDock, panel: TrainingPanel) -> None:
    dock.open()
    panel.set_caller(replace(VIEW, said=VIEW.said[:1], left=3))
    panel.set_caller(VIEW)
    settle()
    labels = {label.text(): label.font().bold() for label in panel.findChildren(QLabel) if label.isVisible()}
    bold = [text for text, is_bold in labels.items() if text.startswith("“") and is_bold]
    assert bold == [f"“{VIEW.said[1]}”"]
    assert f"“{VIEW.said[0]}”" in labels
    assert not panel.choosing


def test_when_all_is_said_there_is_no_next_sentence(dock: TrainingDock, panel: TrainingPanel) -> None:
    dock.open()
    panel.set_caller(replace(VIEW, left=0))
    settle()
    button = next(b for b in panel.findChildren(QPushButton) if b.text() == words.NO_MORE)
    assert not button.isEnabled()


def test_a_tickets_key_and_the_job_page_are_there_to_be_copied(
    qtbot: QtBot, dock: TrainingDock, panel: TrainingPanel
) -> None:
    dock.open()
    panel.set_caller(VIEW)
    settle()
    for text, copied in (("Copy EBH-1234", "EBH-1234"), (words.COPY_JOB_SPOKEN, VIEW.job_page)):
        button = next(b for b in panel.findChildren(QPushButton) if b.accessibleName() == text)
        with qtbot.waitSignal(panel.copy_requested) as said:
            button.click()
        assert said.args == [copied]


@pytest.mark.parametrize("calling", [False, True])
def test_everything_with_the_keyboard_has_a_name_of_its_own(
    dock: TrainingDock, panel: TrainingPanel, calling: bool
) -> None:
    dock.open()
    if calling:
        panel.set_caller(VIEW)
        panel.set_result(COMPARISON)
    settle()
    names = [name_of(widget) for widget in focusable(panel)]
    assert len(names) >= 3
    assert all(names)
    assert len(names) == len(set(names))


@pytest.mark.parametrize("calling", [False, True])
def test_beside_the_call_at_1280_by_800_nothing_is_cut_off(
    window: MainWindow, dock: TrainingDock, panel: TrainingPanel, calling: bool
) -> None:
    window.resize(1280, 800)
    dock.open()
    if calling:
        panel.set_caller(VIEW)
        panel.set_result(COMPARISON)
    settle()
    assert window.width() == 1280
    assert window.call_page.width() >= 1024
    assert cut_off(panel) == []
    page = window.call_page
    for section in page.checklist.sections.values():
        assert page.rect().contains(section.rect().translated(section.mapTo(page, QPoint(0, 0))))
    area = next(a for a in window.findChildren(QScrollArea) if a.accessibleName() == "Checklist")
    assert area.horizontalScrollBar().maximum() == 0


def test_hidden_it_gives_the_call_its_room_back(window: MainWindow, dock: TrainingDock) -> None:
    window.resize(1280, 800)
    settle()
    before = window.call_page.width()
    dock.open()
    settle()
    dock.close()
    settle()
    assert not dock.isVisible()
    assert (window.width(), window.call_page.width()) == (1280, before)


def test_where_the_screen_has_room_the_window_grows_by_the_panel_and_shrinks_again(
    window: MainWindow, dock: TrainingDock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dock, "_room", lambda: WIDE)
    window.resize(1280, 800)
    settle()
    before = window.call_page.width()
    dock.open()
    settle()
    assert window.width() == 1280 + WIDE
    assert abs(window.call_page.width() - before) < 20
    dock.fold()
    settle()
    assert (window.width(), window.call_page.width()) == (1280, before)


def test_the_box_and_the_action_for_bad_days_are_one(
    window: MainWindow, dock: TrainingDock, panel: TrainingPanel
) -> None:
    box, action = panel.findChild(QCheckBox), window.action("practice.bad_day")
    box.setChecked(True)
    assert action.isChecked()
    action.setChecked(False)
    assert not box.isChecked()


@pytest.fixture
def page(qtbot: QtBot, themed: QApplication) -> ComparisonPage:
    made = ComparisonPage()
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.set_comparison(COMPARISON)
    made.show()
    settle()
    return made


def test_the_comparison_says_how_many_points_stand_how_and_the_times(page: ComparisonPage) -> None:
    assert "1 of 3 points as the procedure asks.  1 different.  1 for you to judge.  Call 4:12, wrap-up 0:48." in shown(
        page
    )
    assert "One thing to learn." in shown(page)


def test_how_a_point_stands_is_said_by_sign_and_word(page: ComparisonPage) -> None:
    assert [sign.sign for sign in page.findChildren(SignLabel)] == [Sign.TICK, Sign.FAULT, Sign.WARNING]
    text = shown(page)
    for word in ("As asked", "Different", "Judge it", "Title (H2)", "Reply (H4)", "Nothing was sent.", "other\nwords"):
        assert word in text
    assert "T" * 89 + "…" in text
    assert "T" * 91 not in text


def test_the_comparison_is_left_by_esc(qtbot: QtBot, page: ComparisonPage) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    area = page.findChild(QScrollArea)
    assert area.accessibleName()
    area.setFocus()
    with qtbot.waitSignal(page.back_requested):
        qtbot.keyClick(area, Qt.Key.Key_Escape)


def test_no_text_of_the_comparison_is_cut_off(page: ComparisonPage) -> None:
    assert cut_off(page) == []


def test_the_keys_of_practice_are_nobody_elses_and_are_listed() -> None:
    taken = [spec.key for spec in (*ACTIONS, *HABITS)]
    assert not {spec.key for spec in PRACTICE_ACTIONS} & set(taken)
