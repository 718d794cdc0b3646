"""Whatever the call is at: no word is cut, none lies over another, in any size of window and of text."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from ptodesk_gui.ui import theme
from ptodesk_gui.ui.text_size import set_text_size
from scripts.camera import Camera
from scripts.pictures import walk
from tests.acceptance.seen import faults

VIEWS = ((1024, 700, 100), (1024, 700, 200), (1280, 800, 125), (2560, 1440, 80))  # width, height, percent
TALLEST = 660  # of a window of its own: what fits on a screen of 700
_TURNS = 20  # of the event loop at most, until all is laid out


class Inspector(Camera):
    """Looks at every state instead of taking a picture."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.taken = []
        self.found: list[str] = []

    def take(self, name: str, *, main: bool = False) -> None:
        """Look at a state of the window in every size."""
        for width, height, percent in VIEWS:
            self._window.resize(width, height)
            self._look_at(self._window, f"{name} {width}x{height} {percent} %", percent)

    def take_apart(self, name: str, widget: QWidget) -> None:
        """Look at a window of its own."""
        for _, _, percent in VIEWS:
            widget.adjustSize()
            self._look_at(widget, f"{name} {percent} %", percent)
            if widget.height() > TALLEST:
                self.found.append(f"{name} {percent} %: {widget.height()} high")

    def _look_at(self, window: QWidget, what: str, percent: int) -> None:
        set_text_size(self.application, percent)
        found: list[str] = []
        for _ in range(_TURNS):
            QApplication.processEvents()
            if not (found := faults(window)):
                break
        self.taken.append(what)
        self.found += [f"{what}: {line}" for line in found]


@pytest.fixture
def dressed(qapp: QApplication, project_dir: Path) -> Iterator[QApplication]:
    """The program's look, taken off again."""
    style, palette = qapp.style().objectName(), qapp.palette()
    theme.apply_theme(qapp, project_dir / "resources", theme.LIGHT)
    yield qapp
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    set_text_size(qapp, theme.USUAL)
    qapp.setPalette(palette)
    qapp.setStyle(style)


def test_nothing_is_cut_or_lies_over_another_in_any_state(dressed: QApplication, tmp_path: Path) -> None:
    made: list[Inspector] = []

    def inspector(window: QWidget) -> Inspector:
        made.append(Inspector(window))
        return made[0]

    seen = walk(inspector, tmp_path)
    assert len(seen) > 20 * len(VIEWS)
    assert made[0].found == []
