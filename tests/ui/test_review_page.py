"""The review page: problems first with a jump, what the customer sees apart, File only when it may be."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QListWidget, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from ptodesk_gui.sop.plan import Problem
from ptodesk_gui.sop.view import Review, ReviewLine, ReviewStep, TicketPreview
from ptodesk_gui.ui.review import ReviewPage
from ptodesk_gui.ui.review.ticket_card import TicketCard

BLOCKING = Problem("job.m2", "C14", "The M2 date lies after today.", True)
MISSING = Problem("installer.rep_email", "M1", "The rep's email is missing.", False)
HOMEOWNER = TicketPreview(
    "homeowner",
    "Homeowner ticket",
    "To jane@example.com",
    (
        ReviewLine("Title", "Homeowner Concern Received – <b>Jane</b> Doe – Sunny Roofs", "homeowner.create", True),
        ReviewLine("Internal comment", "Homeowner Name: Jane Doe\nAddress: unknown", "homeowner.comment"),
        ReviewLine("Reply to the customer", "Hello Jane Doe", "homeowner.reply", True),
    ),
)
INSTALLER = TicketPreview(
    "installer", "Installer ticket", "To sam@example.com", (ReviewLine("Label", "PTO", "installer.create"),)
)


def review(*problems: Problem, can_file: bool = True) -> Review:
    return Review(
        problems,
        (HOMEOWNER, INSTALLER),
        ("The homeowner ticket is caused by the installer ticket.",),
        ("No reply to the installer: the rep's email is missing.",),
        can_file,
        (ReviewStep("homeowner.create", "Create the homeowner ticket"),),
    )


@pytest.fixture
def page(qtbot: QtBot) -> ReviewPage:
    page = ReviewPage()
    qtbot.addWidget(page)
    page.resize(1280, 800)
    page.show()
    qtbot.waitExposed(page)
    return page


def texts(page: ReviewPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)]


def file_button(page: ReviewPage) -> QPushButton:
    return next(b for b in page.findChildren(QPushButton) if b.accessibleName() == "File")


def test_blocking_problems_stand_before_the_others(page: ReviewPage) -> None:
    page.set_review(review(MISSING, BLOCKING, can_file=False))
    rows = page.findChildren(QListWidget)[0]
    assert [rows.item(i).text() for i in range(rows.count())] == [
        "Must be mended: The M2 date lies after today.  (C14)",
        "Missing: The rep's email is missing.  (M1)",
    ]


def test_enter_on_a_problem_asks_for_its_field(page: ReviewPage, qtbot: QtBot) -> None:
    page.set_review(review(MISSING, BLOCKING, can_file=False))
    rows = page.findChildren(QListWidget)[0]
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.jump_requested) as jump:
        qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert jump.args == ["installer.rep_email"]


def test_a_blocked_review_cannot_be_filed_and_says_why(page: ReviewPage, qtbot: QtBot) -> None:
    page.set_review(review(BLOCKING, can_file=False))
    asked: list[None] = []
    page.file_requested.connect(lambda: asked.append(None))
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert asked == []
    assert not file_button(page).isEnabled()
    assert "The M2 date lies after today." in texts(page)


def test_a_review_without_a_problem_has_no_problem_list(page: ReviewPage) -> None:
    page.set_review(review())
    assert not page.findChildren(QListWidget)[0].isVisibleTo(page)
    assert file_button(page).isEnabled()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_filing_by_key_is_asked_for_once_however_often_it_is_pressed(
    page: ReviewPage, qtbot: QtBot, key: Qt.Key
) -> None:
    page.set_review(review())
    asked: list[None] = []
    page.file_requested.connect(lambda: asked.append(None))
    for _ in range(3):
        qtbot.keyClick(page, key, Qt.KeyboardModifier.ControlModifier)
    assert asked == [None]
    assert not file_button(page).isEnabled()


def test_a_review_begins_at_its_top_each_time_it_is_opened(page: ReviewPage, qtbot: QtBot) -> None:
    long = replace(HOMEOWNER, lines=HOMEOWNER.lines * 20)
    shown = replace(review(), tickets=(long, INSTALLER))
    page.set_review(shown)
    tickets = next(box for box in page.findChildren(QScrollArea) if box.accessibleName() == "Tickets")
    bar = tickets.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    page.hide()
    page.set_review(shown)
    page.show()
    assert bar.value() == 0


def test_a_new_review_can_be_filed_again(page: ReviewPage, qtbot: QtBot) -> None:
    page.set_review(review())
    file_button(page).click()
    page.set_review(review())
    assert file_button(page).isEnabled()


def test_escape_asks_to_go_back(page: ReviewPage, qtbot: QtBot) -> None:
    page.set_review(review(MISSING))
    with qtbot.waitSignal(page.back_requested):
        qtbot.keyClick(page, Qt.Key.Key_Escape)


def test_what_the_customer_sees_is_apart_from_what_is_internal(page: ReviewPage) -> None:
    page.set_review(review())

    def inside(name: str) -> str:
        blocks = page.findChildren(QFrame, name)
        return "\n".join(label.text() for block in blocks for label in block.findChildren(QLabel))

    assert "Hello Jane Doe" in inside("publicBlock")
    assert "Address: unknown" not in inside("publicBlock")
    assert "Address: unknown" in inside("internalBlock")
    assert "Hello Jane Doe" not in inside("internalBlock")


def test_painting_a_review_opens_no_other_window(page: ReviewPage, qtbot: QtBot, qapp: QApplication) -> None:
    shown: list[str] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                shown.append(type(watched).__name__)
            return False

    watch = Watch()
    qapp.installEventFilter(watch)
    page.set_review(review(MISSING))
    qapp.removeEventFilter(watch)
    assert shown == []


def test_links_and_what_is_not_done_read_as_sentences(page: ReviewPage) -> None:
    page.set_review(review())
    shown = "\n".join(texts(page))
    assert "The homeowner ticket is caused by the installer ticket." in shown
    assert "No reply to the installer: the rep's email is missing." in shown


def test_markup_in_a_name_stays_text(page: ReviewPage) -> None:
    page.set_review(review())
    title = next(label for label in page.findChildren(QLabel) if "<b>Jane</b>" in label.text())
    assert title.textFormat() is Qt.TextFormat.PlainText


def test_several_blocking_problems_are_counted_not_repeated(page: ReviewPage) -> None:
    page.set_review(review(BLOCKING, Problem("job.m1", "C14", "M1 lies after M2.", True), can_file=False))
    assert "2 things must be mended first." in texts(page)


def test_what_a_problem_says_is_not_said_again_as_not_done(page: ReviewPage) -> None:
    page.set_review(replace(review(MISSING), not_done=(f"{MISSING.text} (M1)", "No installer ticket.")))
    shown = [text for text in texts(page) if text.startswith("Not done")]
    assert shown == ["Not done, and why: No installer ticket."]


@pytest.mark.parametrize(
    ("field", "rule", "lead"),
    [
        ("homeowner_reply", "H5", "Look again"),
        ("installer_reply", "I4", "Look again"),
        ("job.m3", "C14", "Look again"),
        ("address.zip", "M2", "Look again"),
        ("concern", "T8", "Look again"),
        ("homeowner.email", "H3", "Missing"),
        ("job.m2", "C12", "Missing"),
    ],
)
def test_only_what_is_not_known_is_called_missing(page: ReviewPage, field: str, rule: str, lead: str) -> None:
    page.set_review(review(Problem(field, rule, "A sentence.", False)))
    assert page.findChildren(QListWidget)[0].item(0).text() == f"{lead}: A sentence.  ({rule})"
    verdict = "look again" if lead == "Look again" else "what is missing"
    assert any(verdict in text for text in texts(page) if text.startswith("Can be filed"))


@pytest.mark.parametrize("count", [1, 2])
def test_a_card_ends_where_its_text_ends(page: ReviewPage, qapp: QApplication, count: int) -> None:
    sentence = "Hello Jane Doe, this is one sentence of several in the sample reply. " * 12
    lines = (*HOMEOWNER.lines, ReviewLine("Reply to the customer", sentence, "homeowner.reply", True))
    page.set_review(replace(review(MISSING), tickets=(replace(HOMEOWNER, lines=lines), INSTALLER)[:count]))
    qapp.processEvents()
    cards = [card for card in page.findChildren(TicketCard) if card.isVisible()]
    assert len(cards) == count
    for card in cards:
        blocks = [frame for frame in card.findChildren(QFrame) if frame.objectName().endswith("Block")]
        blocks = [block for block in blocks if block.isVisible()]
        assert blocks, "a card shows something"
        assert card.height() - max(block.geometry().bottom() for block in blocks) <= 30
        assert all(block.height() >= block.heightForWidth(block.width()) for block in blocks)
