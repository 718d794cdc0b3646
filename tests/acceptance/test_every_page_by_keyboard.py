"""Every page without a mouse and without sight: Tab reaches each part once, in reading order, named, and is seen where it is."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QRadioButton, QWidget

from ptodesk_gui.sop.entry import Field
from ptodesk_gui.ui import theme
from tests.acceptance.agent import SAMPLE, Agent
from tests.acceptance.keys_seen import unseen_keys

PAGES = (
    ("call", ["Alt+1"]),
    ("review", ["F9"]),
    ("receipt", ["Ctrl+Return"]),
    ("outbox", ["Ctrl+Shift+O"]),
    ("past", ["Ctrl+F"]),
    ("tickets", ["Ctrl+T"]),
    ("playbook", ["Ctrl+Shift+P"]),
    ("call", ["Ctrl+N", "F11"]),  # the compact window
)
MOST = 150  # no page has more stops
SEEN = 30  # pixels that differ where the keyboard is


@pytest.fixture(autouse=True)
def look(qapp: QApplication, project_dir: Path) -> Iterator[None]:
    """The program's look, before a window is made; and a caret that does not blink is no difference between two pictures."""
    style, palette, flash = qapp.style().objectName(), qapp.palette(), qapp.cursorFlashTime()
    qapp.setCursorFlashTime(0)
    theme.apply_theme(qapp, project_dir / "resources")
    yield
    qapp.setCursorFlashTime(flash)
    qapp.setPalette(palette)
    qapp.setStyle(style)


def stops(agent: Agent, key: str = "Tab") -> list[QWidget]:
    """Where the keyboard goes, from where it is, until it is there again."""
    found: list[QWidget] = []
    for _ in range(MOST):
        focused = QApplication.focusWidget()
        assert focused is not None
        if found and focused is found[0]:
            return found
        assert focused not in found, f"{found[found.index(focused)].accessibleName()} is a trap"
        found.append(focused)
        agent.chord(key)
    raise AssertionError([widget.accessibleName() for widget in found])


def reachable(part: QWidget) -> set[QWidget]:
    """What can have the keyboard; of the buttons that exclude each other the one that is chosen."""
    return {
        widget
        for widget in part.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (isinstance(widget, QRadioButton) and not widget.isChecked())
    }


def name(widget: QWidget) -> str:
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")


def box(widget: QWidget, window: QWidget) -> QRect:
    """Where a widget is, with the frame around it."""
    place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()).adjusted(-4, -4, 4, 4)
    return place.intersected(window.rect())


def differ(a: QImage, b: QImage) -> bool:
    """Whether two pictures differ by more than a caret."""
    if a == b:
        return False
    spots = ((x, y) for y in range(a.height()) for x in range(a.width()) if a.pixel(x, y) != b.pixel(x, y))
    return len(list(islice(spots, SEEN))) == SEEN


def check(agent: Agent, page: str) -> list[str]:
    """What is wrong with a page that is shown."""
    window, wrong = agent.app.window, []
    agent.wait(lambda: QApplication.focusWidget() is not None, "The keyboard")
    way = stops(agent)
    wrong += [f"{page}: {type(w).__name__} has no name" for w in way if not name(w)]
    wrong += [f"{page}: Tab misses {name(w)!r}" for w in reachable(window) - set(way)]
    wrong += [f"{page}: {line}" for line in unseen_keys(window)]
    back = stops(agent, "Shift+Tab")
    if back[1:] != way[:0:-1]:
        wrong.append(f"{page}: Shift+Tab is not the way back")
    for widget in way:
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        lit = window.grab(box(widget, window)).toImage()
        widget.clearFocus()
        if not differ(lit, window.grab(box(widget, window)).toImage()):
            wrong.append(f"{page}: the keyboard is not seen on {name(widget)!r}")
    way[0].setFocus(Qt.FocusReason.TabFocusReason)
    return wrong


def test_tab_reaches_everything_once_named_and_seen_on_every_page(agent: Agent) -> None:
    agent.type_call({field: text for field, text in SAMPLE.items() if field is not Field.REP_EMAIL})
    wrong = []
    for page, keys in PAGES:
        for key in keys:
            agent.chord(key)
        agent.wait(lambda page=page: agent.page == page, page)  # type: ignore[misc]
        wrong += check(agent, page)
        if page == "receipt":
            agent.filed()
    assert wrong == []


def test_tab_goes_in_the_order_of_talking(agent: Agent) -> None:
    agent.chord("Alt+1")
    way = stops(agent)
    checklist = agent.app.window.call_page.checklist
    fields = [widget for widget in way if checklist.isAncestorOf(widget)]
    order = [
        widget for made in checklist.inputs.by_field.values() for widget in (made, *made.findChildren(QRadioButton))
    ]
    assert fields == way[: len(fields)] == sorted(fields, key=order.index)
    replies = agent.app.window.call_page.replies
    after = [widget for widget in way[len(fields) :] if replies.isAncestorOf(widget)]
    assert after == way[len(fields) : len(fields) + len(after)]
    assert name(way[len(fields) + len(after)]) == "End call, review"
