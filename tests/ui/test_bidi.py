"""Names in other scripts do not turn a sentence around, and what is copied is the name as it is."""

import pytest
from PySide6.QtGui import QTextLayout
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ptodesk_gui.sop.view import Part, Rendering, TicketPreview
from ptodesk_gui.sop.view import ReviewLine as Line
from ptodesk_gui.ui.review.ticket_card import TicketCard
from ptodesk_gui.ui.widgets.bidi import END, ISOLATE, plain, shown
from ptodesk_gui.ui.widgets.plain_label import PlainLabel, SelectableLabel
from ptodesk_gui.ui.widgets.rendering_label import RenderingLabel

DAVID = "\u05d3\u05d5\u05d3 \u05db\u05d4\u05df"  # a sample name of two words
ROTEM = "\u05e8\u05d5\u05ea\u05dd"
TITLE = f"Homeowner Concern \u2013 {ROTEM} \u2013 {DAVID}"


def places(text: str, *parts: str) -> list[float]:
    """Where the parts begin on the line, from the left, as it is painted."""
    layout = QTextLayout(text)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(10_000)
    layout.endLayout()
    starts = [(text.index(part), len(part)) for part in parts]
    return [min(run.boundingRect().left() for run in line.glyphRuns(at, long)) for at, long in starts]


def test_two_names_keep_their_order_in_a_title(qapp: QApplication) -> None:
    raw = places(TITLE, ROTEM, DAVID)
    assert raw[0] > raw[1], "as it is, the second name stands before the first"
    apart = places(shown(TITLE), ROTEM, DAVID)
    assert apart[0] < apart[1]


@pytest.mark.parametrize(
    "text",
    [
        f"{DAVID}: a person is needed.",
        f"{DAVID}, 12 Main St",
        f"Adds to PTO-5 ({DAVID}).",
        f"{ROTEM}\u2013{DAVID}",
        "Jane Doe",
        "",
    ],
)
def test_nothing_but_marks_is_added(text: str) -> None:
    assert plain(shown(text)) == text
    assert shown(text).count(ISOLATE) == shown(text).count(END)


def test_a_name_of_two_words_is_one_stretch() -> None:
    assert shown(f"{DAVID}, {ROTEM}") == f"{ISOLATE}{DAVID}{END}, {ISOLATE}{ROTEM}{END}"


def test_a_sentence_that_begins_with_a_name_still_reads_from_the_left(qapp: QApplication) -> None:
    before, after = places(shown(f"{DAVID}: a person is needed."), DAVID, "needed")
    assert before < after


def test_labels_show_names_apart_and_labels_of_plain_words_are_left_alone(qtbot: QtBot) -> None:
    label = PlainLabel(TITLE)
    qtbot.addWidget(label)
    assert label.text() == shown(TITLE)
    label.setText("Jane Doe")
    assert label.text() == "Jane Doe"


def test_the_preview_shows_a_name_apart_and_gives_out_the_letters_as_they_are(qtbot: QtBot) -> None:
    rendering = Rendering(
        (Part("Hello "), Part(DAVID), Part(", your installer, "), Part("installer", "installer.name"))
    )
    label = RenderingLabel(QApplication.font())
    qtbot.addWidget(label)
    label.set_rendering(rendering)
    assert f"{ISOLATE}{DAVID}{END}" in label.text()
    assert ISOLATE not in "".join(part.text for part in rendering.parts)


def test_what_is_selected_in_the_review_is_copied_without_the_marks(qtbot: QtBot) -> None:
    card = TicketCard(TicketPreview("homeowner", "New ticket", "", (Line("Title", TITLE, "create"),)))
    qtbot.addWidget(card)
    card.resize(800, 300)
    card.show()
    label = next(found for found in card.findChildren(SelectableLabel) if plain(found.text()) == TITLE)
    label.setSelection(0, len(label.text()))
    label.copy_selected()
    assert QApplication.clipboard().text() == TITLE
